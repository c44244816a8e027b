//! Bases that a file declares, held against the limits: one of all insurances, one of each side, one of each insurance;
//! and rows that name the insurance they are about.
//!
//! May 2025 in Shandong: limits 4504.00 and 22518.00; pension 16 % and 8 %, unemployment 0.7 % and 0.3 %.

use crate::support::{csv_rows, run_with_input};

/// Status and detail of each row.
fn judged(text: &str, flags: &[&str]) -> (Vec<(String, String)>, String) {
    let arguments = [&["check", "-", "--result-only", "--duplicates", "off"], flags].concat();
    let ran = run_with_input(&arguments, text.as_bytes());
    let rows = csv_rows(ran.out.as_bytes());
    let status = rows[0].iter().position(|heading| heading == "status").unwrap_or_else(|| panic!("{}", ran.err));
    (rows[1..].iter().map(|row| (row[status].clone(), row[status + 2].clone())).collect(), ran.err)
}

fn one(text: &str) -> (String, String) {
    judged(text, &["-q"]).0.remove(0)
}

#[test]
fn each_side_is_held_to_the_limits_with_its_own_base() {
    let headings = "姓名,身份证号,月份,单位缴费基数,个人缴费基数,养老单位,养老个人";
    // 7000.00 x 16 % = 1120.00; 3000.00 lies under the floor: 4504.00 x 8 % = 360.32.
    let (status, detail) = one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,7000,3000,1120.00,360.32\n"));
    assert_eq!(status, "mismatch");
    assert!(detail.starts_with("employee_base: declared 3000.00, due 4504.00"), "{detail}");
    assert!(!detail.contains("employer"), "{detail}");
    // 30000.00 lies over the ceiling: 22518.00 x 16 % = 3602.88; 7000.00 x 8 % = 560.00.
    let (status, detail) = one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,30000,7000,3602.88,560.00\n"));
    assert_eq!(status, "mismatch");
    assert!(detail.starts_with("employer_base: declared 30000.00, due 22518.00"), "{detail}");
    assert!(!detail.contains("employee"), "{detail}");
}

#[test]
fn an_amount_that_its_wrong_base_gives_says_so() {
    // The wage is 6000.00, the declared base 5500.00: 5500.00 x 16 % = 880.00, x 8 % = 440.00.
    let text = "姓名,身份证号,月份,工资,缴费基数,养老单位,养老个人\n\
                丛一禾,371003199005129968,2025-05,6000,5500,880.00,440.00\n";
    let (status, detail) = one(text);
    assert_eq!(status, "mismatch");
    assert!(detail.contains("base: declared 5500.00, due 6000.00"), "{detail}");
    assert!(detail.contains("pension_employer: declared 880.00, due 960.00"), "{detail}");
    assert_eq!(detail.matches("[unexplained: the declared base gives it]").count(), 2, "{detail}");
}

#[test]
fn a_refund_may_be_written_on_a_positive_or_a_negative_base() {
    let headings = "姓名,身份证号,缴费类型,月份,缴费基数,养老单位";
    for base in ["6000", "-6000"] {
        let (status, detail) = one(&format!("{headings}\n丛一禾,371003199005129968,退收,2025-05,{base},-960.00\n"));
        assert_eq!((status.as_str(), detail.as_str()), ("ok", ""), "{base}");
    }
    let (status, detail) = one(&format!("{headings}\n丛一禾,371003199005129968,退收,2025-05,6000,960.00\n"));
    assert_eq!(status, "mismatch");
    assert!(detail.contains("declared 960.00, due -960.00"), "{detail}");
}

#[test]
fn an_insurance_without_a_base_has_that_of_the_others_where_they_agree() {
    let headings = "姓名,身份证号,月份,养老缴费基数,养老单位,失业单位";
    // 6000.00 x 0.7 % = 42.00.
    assert_eq!(one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,6000,960.00,42.00\n")).0, "ok");
    let headings = "姓名,身份证号,月份,养老缴费基数,养老单位,医疗缴费基数,医疗单位,失业单位";
    // 8 % of 6000.00 is 480.00, of 7000.00 560.00.
    assert_eq!(one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,6000,960.00,6000,480.00,42.00\n")).0, "ok");
    let (status, detail) =
        one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,6000,960.00,7000,560.00,42.00\n"));
    assert_eq!(status, "error");
    assert!(detail.contains("has no base"), "{detail}");
    // Where nothing is declared of it, nothing is missed.
    assert_eq!(one(&format!("{headings}\n丛一禾,371003199005129968,2025-05,6000,960.00,7000,560.00,0\n")).0, "ok");
}

#[test]
fn files_of_bases_only_hold_them_to_the_limits() {
    let headings = "姓名,身份证号,月份,缴费基数";
    let text = format!(
        "{headings}\n丛一禾,371003199005129968,2025-05,6000\n毕二川,371002198509239975,2025-05,4503.99\n\
         于三省,371082197811309994,2025-05,22518.01\n初九思,37108219800108998X,2001-01,6000\n"
    );
    let (rows, _) = judged(&text, &["-q", "--only", "pension"]);
    assert_eq!(rows[0], ("ok".to_owned(), String::new()));
    for (row, [declared, due]) in rows[1..3].iter().zip([["4503.99", "4504.00"], ["22518.01", "22518.00"]]) {
        assert_eq!(row.0, "mismatch");
        assert!(row.1.contains(&format!("base: declared {declared}, due {due}")), "{}", row.1);
    }
    // The tables know no limits of 2001.
    assert_eq!(rows[3].0, "error");
    assert!(rows[3].1.contains("no base limits for 2001-01"), "{}", rows[3].1);
}

#[test]
fn rows_say_what_they_are_about() {
    let headings = "姓名,身份证号,月份,险种,征收品目,缴费基数,应缴金额";
    let person = "丛一禾,371003199005129968,2025-05";
    let text = format!(
        "{headings}\n{person},养老保险,单位缴纳,6000,960.00\n{person},养老保险,个人缴纳,6000,480.01\n\
         {person},住房公积金,单位缴纳,6000,720.00\n{person},月亮保险,单位缴纳,6000,1.00\n\
         {person},养老保险,什么,6000,960.00\n"
    );
    let (rows, said) = judged(&text, &[]);
    let statuses: Vec<&str> = rows.iter().map(|(status, _)| status.as_str()).collect();
    assert_eq!(statuses, ["ok", "mismatch", "ok", "error", "error"], "{rows:?}");
    assert!(rows[1].1.contains("declared 480.01, due 480.00"), "{}", rows[1].1);
    assert!(rows[3].1.contains("月亮保险"), "{}", rows[3].1);
    assert!(rows[4].1.contains("does not say whether the employer or the employee pays"), "{}", rows[4].1);
    // The row of the housing fund is counted as one that is not checked.
    assert!(said.contains("1 row"), "{said}");
}

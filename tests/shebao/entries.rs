//! Kinds of entries: months of the past, differences of bases, refunds.
//!
//! Every amount is worked by hand from the law of Shandong in 2025: limits 4504.00 and 22518.00, pension 16 %
//! and 8 %, unemployment 0.7 % and 0.3 %.

use crate::support::{self, Ran, run, run_with_input, written};

const HEADINGS: &str = "姓名,身份证件号码,参保费种,征收品目,费款所属日期起,缴费基数,本期应缴费额,业务类型";
const PENSION: &str = "企业职工基本养老保险,单位缴纳部分";
const ONE: &str = "丛一禾,371003199005129968";
const TWO: &str = "毕二川,371002198509239975";
const THREE: &str = "于三省,371082197811309994";

#[test]
fn a_year_and_a_month_may_stand_apart() {
    // 5000.00 x 18 % in April 2019, x 16 % in May.
    let text = "姓名,身份证号,年份,月份,缴费基数,养老单位\n\
                丛一禾,371003199005129968,2019,4,5000,900.00\n\
                毕二川,371002198509239975,2019,05,5000,800.00\n";
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
    assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.replace(",4,", ",13,").as_bytes());
    assert!(ran.out.contains("“13” is not a month"), "{}", ran.out);
}

/// Checks rows that stand in a file: the base and the employer's amount due, the status, the detail.
fn checked(name: &str, rows: &[String]) -> (Vec<[String; 4]>, Ran) {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEADINGS}\n{}\n", rows.join("\n"));
    let ran = run(&["check", &written(folder.path(), &format!("{name}.csv"), text.as_bytes()), "--result-only"]);
    let found =
        support::csv_rows(ran.out.as_bytes())[1..].iter().map(|row| [4, 5, 7, 9].map(|at| row[at].clone())).collect();
    (found, ran)
}

#[test]
fn a_base_and_its_differences_are_held_to_the_limits_together() {
    let rows = [
        // 4000.00 lies under the floor, and the 504.00 of row 5 raise it to 4504.00: 640.00 and 80.64.
        format!("{ONE},{PENSION},2025-05,4000,640.00,正常缴费"),
        // Nothing raises this one: 4504.00 x 16 % = 720.64.
        format!("{TWO},{PENSION},2025-05,4000,640.00,正常缴费"),
        // With the 1000.00 of row 6 it comes to 23000.00; 518.00 are left to the ceiling, 16 % of which are 82.88.
        format!("{THREE},{PENSION},2025-05,22000,3520.00,正常缴费"),
        format!("{ONE},{PENSION},2025-05,504,80.64,补差"),
        format!("{THREE},{PENSION},2025-05,1000,160.00,缴费基数调整补收"),
        // Another month, and nothing it belongs to: 16 % of 100.00.
        format!("{ONE},{PENSION},2025-04,100,16.00,补差"),
    ];
    let (found, ran) = checked("joint", &rows);
    let brief: Vec<[&str; 3]> =
        found.iter().map(|[base, due, status, _]| [base, due, status].map(String::as_str)).collect();
    assert_eq!(
        brief,
        [
            ["4000.00", "640.00", "ok"],
            ["4504.00", "720.64", "mismatch"],
            ["22000.00", "3520.00", "ok"],
            ["504.00", "80.64", "ok"],
            ["518.00", "82.88", "mismatch"],
            ["100.00", "16.00", "ok"],
        ],
        "{}",
        ran.err
    );
    assert!(found[4][3].contains("base: declared 1000.00, due 518.00"), "{}", found[4][3]);
    assert!(found[4][3].contains("[limit-not-applied: ceiling 22518.00]"), "{}", found[4][3]);
}

#[test]
fn what_is_read_once_is_judged_alone_and_says_so() {
    let text =
        format!("{HEADINGS}\n{ONE},{PENSION},2025-05,4000,640.00,正常缴费\n{ONE},{PENSION},2025-05,504,80.64,补差\n");
    let ran = run_with_input(&["check", "-", "--result-only"], text.as_bytes());
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.err.contains("standard input can be read only once"), "{}", ran.err);
}

#[test]
fn months_of_the_past_are_each_worked_by_their_own_rules() {
    // Pension in April 2019 is 18 % and in May 16 %; 5000.00 lies within the limits of both: 900.00 + 800.00.
    let text = "姓名,身份证号,缴费类型,费款所属期起,费款所属期止,缴费基数,养老单位\n\
                丛一禾,371003199005129968,补缴,201904,201905,5000,1700.00\n\
                毕二川,371002198509239975,正常,201905,201905,5000,800.00\n";
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
    assert_eq!(ran.status, Some(0), "{}", ran.out);
    // Three months in one row: 3 x 800.00.
    let text = "姓名,身份证号,缴费月份,缴纳月数,缴费基数,养老单位\n丛一禾,371003199005129968,2019-05,3,5000,2400.00\n";
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
    assert_eq!(ran.status, Some(0), "{}", ran.out);
}

#[test]
fn negative_deductions_are_the_employees() {
    // 6000.00 - 480.00 - 120.00 - 18.00 = 5382.00, 6535.00 - 522.80 - 130.70 - 19.61 = 5861.89: net pay tells the
    // side. In the third row 26.67 (0.3 % of 8888.88) is written as 26.76, and net pay is right.
    let text = "姓名,身份证号,月份,应发工资,社保基数,养老保险,医疗保险,失业保险,实发工资\n\
                丛一禾,371003199005129968,2025-05,6000,6000,-480.00,-120.00,-18.00,5382.00\n\
                毕二川,371002198509239975,2025-05,6535,6535,-522.80,-130.70,-19.61,5861.89\n\
                邹七巧,371003199306299960,2025-05,8888.88,8888.88,-711.11,-177.78,-26.76,7973.32\n";
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
    assert_eq!(ran.status, Some(1), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("unemployment_employee: declared -26.76, due -26.67"), "{}", ran.out);
    assert_eq!(ran.out.matches(",ok,").count(), 2, "{}", ran.out);
}

#[test]
fn refunds_are_negative() {
    // On a positive base with its kind, and on a negative one without.
    for text in [
        "姓名,身份证号,缴费类型,月份,缴费基数,养老单位\n丛一禾,371003199005129968,退收,2025-05,6000,-960.00\n",
        "姓名,身份证号,月份,缴费基数,养老单位\n丛一禾,371003199005129968,2025-05,-6000,-960.00\n",
    ] {
        let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
        assert_eq!(ran.status, Some(0), "{}", ran.out);
    }
}

#[test]
fn a_row_that_would_be_right_as_a_plain_entry_is_judged_by_its_kind() {
    let rows = [
        // Alone 4000.00 would be raised to the floor: 720.64 and 360.32. The 504.00 of row 3 raise it already, so
        // 16 % and 8 % of 4000.00 are due: 640.00 and 320.00.
        format!("丛一禾,{},2025-05,正常缴费,4000,720.64,360.32", &ONE[10..]),
        format!("丛一禾,{},2025-05,补差,504,80.64,40.32", &ONE[10..]),
        // Given back, so with a minus: 6000.00 x 16 % = 960.00.
        format!("毕二川,{},2025-05,退费,6000,960.00,480.00", &TWO[10..]),
        format!("于三省,{},2025-05,正常缴费,6000,960.00,480.00", &THREE[10..]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let text = format!("姓名,身份证号,月份,缴费类型,缴费工资,养老单位,养老个人\n{}\n", rows.join("\n"));
    let ran = run(&["check", &written(folder.path(), "kinds.csv", text.as_bytes()), "--result-only"]);
    let found = support::csv_rows(ran.out.as_bytes());
    let brief: Vec<[&str; 3]> = found[1..].iter().map(|row| [4, 5, 6].map(|at| row[at].as_str())).collect();
    assert_eq!(
        brief,
        [
            ["640.00", "320.00", "mismatch"],
            ["80.64", "40.32", "ok"],
            ["-960.00", "-480.00", "mismatch"],
            ["960.00", "480.00", "ok"],
        ],
        "{}{}",
        ran.out,
        ran.err
    );
}

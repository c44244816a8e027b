//! What a row is: a person, a person once more, a section, a sample; and whose it is.
//!
//! May 2025 in Shandong: pension 16 % and 8 %, unemployment 0.7 % and 0.3 %.

use crate::support::{csv_rows, json, run_with_input, written};

/// Status and detail of each row.
fn judged(text: &str, flags: &[&str]) -> Vec<(String, String)> {
    let ran = run_with_input(&[&["check", "-", "--result-only", "-q"], flags].concat(), text.as_bytes());
    let rows = csv_rows(ran.out.as_bytes());
    let status = rows[0].iter().position(|heading| heading == "status").unwrap_or_else(|| panic!("{}", ran.err));
    rows[1..].iter().map(|row| (row[status].clone(), row[status + 2].clone())).collect()
}

fn statuses(rows: &[(String, String)]) -> Vec<&str> {
    rows.iter().map(|(status, _)| status.as_str()).collect()
}

#[test]
fn what_is_declared_again_is_told_insurance_by_insurance() {
    let headings = "姓名,身份证号,月份,缴费基数,养老单位,失业单位";
    let person = "丛一禾,371003199005129968,2025-05,6000";
    // Pension in one row and unemployment in another are no repeats; unemployment in a third one is.
    let rows = judged(&format!("{headings}\n{person},960.00,\n{person},,42.00\n{person},,42.00\n"), &[]);
    assert_eq!(statuses(&rows), ["ok", "ok", "mismatch"], "{rows:?}");
    assert_eq!(rows[2].1, "unemployment_employer: declared 42.00 again, first in row 3");
    // Another month or another person is no repeat, and a repeat that is wrong says both.
    let other = ["2025-06", "371002198509239975"];
    let month = person.replace("2025-05", other[0]);
    let whose = person.replace("371003199005129968", other[1]);
    let text = format!(
        "{headings}\n{person},960.00,42.00\n{month},960.00,42.00\n{whose},960.00,42.00\n{person},961.00,42.00\n"
    );
    let rows = judged(&text, &[]);
    assert_eq!(statuses(&rows), ["ok", "ok", "ok", "mismatch"], "{rows:?}");
    assert!(rows[3].1.contains("pension_employer: declared 961.00, due 960.00"), "{}", rows[3].1);
    assert!(rows[3].1.contains("unemployment_employer: declared 42.00 again, first in row 2"), "{}", rows[3].1);
}

#[test]
fn what_is_declared_again_is_added_up() {
    // The rows 3 and 4 repeat row 2: 2 x 960.00.
    let person = "丛一禾,371003199005129968,2025-05,6000,960.00";
    let text = format!("姓名,身份证号,月份,缴费基数,养老单位\n{person}\n{person}\n{person}\n");
    let ran = run_with_input(&["check", "-", "--result-only"], text.as_bytes());
    assert!(ran.err.contains("2 rows repeat an earlier row, 1,920.00 yuan in total"), "{}", ran.err);
}

#[test]
fn numbers_tell_people_apart_to_the_last_character() {
    let headings = "身份证号,月份,缴费基数,养老单位";
    let rows = |numbers: &[&str]| {
        let rows = numbers.iter().map(|number| format!("{number},2025-05,6000,960.00\n"));
        let rows = judged(&format!("{headings}\n{}", rows.collect::<String>()), &[]);
        rows.into_iter().map(|(status, _)| status).collect::<Vec<_>>()
    };
    // A small x is a large one; blanks and an apostrophe are none of the number.
    assert_eq!(rows(&["37108219800108998X", "37108219800108998x"]), ["ok", "mismatch"]);
    assert_eq!(rows(&["371003199005129968", "' 371003199005129968"]), ["ok", "mismatch"]);
    // Next to one another, and next to one with an X: 11 check characters a number.
    assert_eq!(
        rows(&["371003199005129960", "371003199005129961", "37100319900512996X", "371003199005129970"]),
        ["ok"; 4]
    );
    assert_eq!(rows(&["00000000000000000X", "000000000000000001", "00000000000000000X"]), ["ok", "ok", "mismatch"]);
    // What lost its last digits in a spreadsheet, or is masked, names nobody.
    assert_eq!(rows(&["371003199005129000", "371003199005129000"]), ["ok", "ok"]);
    assert_eq!(rows(&["3.71003E+17", "3.71003E+17"]), ["ok", "ok"]);
    assert_eq!(rows(&["3710**********9968", "3710**********9968"]), ["ok", "ok"]);
}

#[test]
fn a_row_that_is_cut_off_is_no_section() {
    let headings = "姓名,身份证号,月份,缴费基数,养老单位";
    let rows = judged(&format!("{headings}\n在职人员,,,,\n李四\n丛一禾,371003199005129968,2025-05,6000,960.00\n"), &[]);
    assert_eq!(statuses(&rows), ["skipped", "error", "ok"], "{rows:?}");
    assert!(rows[1].1.contains("the row has 1 cell"), "{}", rows[1].1);
    // A number alone is a person of whom the rest is missing.
    let rows =
        judged(&format!("{headings}\n,ID371003199005129968,,,\n丛一禾,371003199005129968,2025-05,6000,960.00\n"), &[]);
    assert_eq!(statuses(&rows), ["error", "ok"], "{rows:?}");
}

#[test]
fn a_cell_that_is_no_text_is_named_by_its_heading_or_its_number() {
    let mut text = "月份,工资,养老单位\n2019-05,5000,800\n2019-05,5000,800,".as_bytes().to_vec();
    text.extend_from_slice(b"\xD0\xD5\n2019-05,\xD0\xD5,800\n");
    let ran = run_with_input(&["check", "-", "--result-only", "-q", "--encoding", "utf-8"], &text);
    let rows = csv_rows(ran.out.as_bytes());
    assert_eq!(rows.len(), 4, "{}", ran.err);
    assert_eq!(rows[1][rows[1].len() - 3], "ok", "{}", ran.out);
    for (row, name) in [(2, "4"), (3, "工资")] {
        assert_eq!(rows[row].last().unwrap(), &format!("“{name}” is not valid utf-8 text"), "{}", ran.out);
    }
}

#[test]
fn identity_numbers_of_a_roster_give_the_birth() {
    // 371081 1954-05-15, sequence 996: the check character is 4 (GB 11643).
    let text =
        "身份证号,出生日期,月份\n371081195405159964,,2019-06\n,1954-05-15,2019-06\n371081195405159960,,2019-06\n";
    let ran = run_with_input(&["resident-pension", "--file", "-", "-q", "--result-only"], text.as_bytes());
    let rows = csv_rows(ran.out.as_bytes());
    let at = |name: &str| rows[0].iter().position(|heading| heading == name).unwrap();
    let (status, from, total) = (at("status"), at("payable_from"), at("total"));
    // 60 years old in May 2014: paid from the month after.
    assert_eq!([&rows[1][status], &rows[1][from]], ["ok", "2014-06"], "{}", ran.out);
    assert_eq!([&rows[1][from], &rows[1][total]], [&rows[2][from], &rows[2][total]]);
    assert_eq!(rows[3][status], "error", "{}", ran.out);
}

#[test]
fn rows_that_are_no_persons_are_listed_up_to_twenty() {
    let mut text =
        "姓名,身份证号,月份,缴费基数,养老单位\n丛一禾,371003199005129968,2025-05,6000,960.00\n,,,,\n".to_owned();
    text.push_str(&"合计,,,6000,960.00\n".repeat(25));
    let folder = tempfile::tempdir().unwrap();
    let read = json(&["inspect", &written(folder.path(), "rows.csv", text.as_bytes())]);
    assert_eq!((&read["no_person_rows"]["total"], &read["no_person_rows"]["empty"]), (&25.into(), &1.into()));
    let listed: Vec<u64> =
        read["no_persons"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()).collect();
    // Rows 4 to 23 of the sheet: the blank row 3 has nothing to be listed for.
    assert_eq!(listed, (4..24).collect::<Vec<_>>());
}

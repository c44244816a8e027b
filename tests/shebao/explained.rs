//! `check --explain-row`: each finding stands beside the lines of the tables that contradict it.
//!
//! Shandong in 2025: limits 4504.00 and 22518.00, pension 16 % and 8 %, unemployment 0.7 % and 0.3 %; in May 2019
//! pension 16 % and 8 %, in April 18 %.

use crate::support::{root, run_with_input};

/// A finding: column, declared, due, cause, and the table lines that it contradicts as they stand in the tables.
type Found = (String, String, String, String, Vec<String>);

/// Explains row 2 of a text.
fn explained(text: &str, flags: &[&str]) -> (serde_json::Value, Vec<Found>) {
    let arguments = [&["check", "-", "--explain-row", "2", "--format", "json", "--exit-zero"], flags].concat();
    let ran = run_with_input(&arguments, text.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |at: &serde_json::Value| {
        let table = std::fs::read_to_string(root().join(text(&at["file"]))).unwrap();
        let number = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
        table.lines().nth(number - 1).unwrap().to_owned()
    };
    let found = json["findings"].as_array().unwrap().iter().map(|finding| {
        let lines = finding["tables"].as_array().unwrap().iter().map(line).collect();
        let [column, declared, due, cause] = ["column", "declared", "due", "cause"].map(|key| text(&finding[key]));
        (column, declared, due, cause, lines)
    });
    let found = found.collect();
    (json, found)
}

fn finding(parts: [&str; 4], lines: &[&str]) -> Found {
    let [column, declared, due, cause] = parts.map(str::to_owned);
    (column, declared, due, cause, lines.iter().map(|line| (*line).to_owned()).collect())
}

const LIMITS: [&str; 2] = ["floor = \"4504\"", "ceiling = \"22518\""];

#[test]
fn a_rate_is_contradicted_by_the_line_of_its_side() {
    let text = "姓名,身份证号,月份,工资,养老单位,养老个人\n丛一禾,371003199005129968,2019-05,5000,900,401\n";
    // 5000.00 x 18 % = 900.00, the rate until April; 401.00 is no amount of any rule.
    let (_, found) = explained(text, &[]);
    assert_eq!(
        found,
        [
            finding(["养老单位", "900.00", "800.00", "other-rate"], &["employer = \"16%\""]),
            finding(["养老个人", "401.00", "400.00", "unexplained"], &["employee = \"8%\""]),
        ]
    );
}

#[test]
fn a_limit_is_contradicted_by_both_limits() {
    // 3000.00 x 16 % = 480.00 and x 8 % = 240.00 without the floor; 4504.00 x 16 % = 720.64, x 8 % = 360.32.
    let text = "姓名,身份证号,月份,工资,缴费基数,养老单位,养老个人\n\
                丛一禾,371003199005129968,2025-05,3000,3000,480.00,240.00\n";
    let (json, found) = explained(text, &[]);
    let due = [["缴费基数", "3000.00", "4504.00"], ["养老单位", "480.00", "720.64"], ["养老个人", "240.00", "360.32"]];
    let mut expected: Vec<Found> =
        due.map(|[column, declared, due]| finding([column, declared, due, "limit-not-applied"], &LIMITS)).to_vec();
    expected.sort();
    let mut found = found;
    found.sort();
    assert_eq!(found, expected);
    assert_eq!((&json["status"], &json["month"]), (&"mismatch".into(), &"2025-05".into()));
    assert!(json["steps"].as_array().unwrap().len() >= 3, "{json}");
}

#[test]
fn limits_and_rate_of_another_time_are_contradicted_by_all_three_lines() {
    // By the rules of April 2019: ceiling 17326.25 x 18 % = 3118.725, half up 3118.73. In May 16345.75 x 16 % = 2615.32.
    let text = "姓名,身份证号,月份,工资,养老单位\n丛一禾,371003199005129968,2019-05,20000,3118.73\n";
    let (_, found) = explained(text, &[]);
    let lines = ["floor = \"3269.15\"", "ceiling = \"16345.75\"", "employer = \"16%\""];
    assert_eq!(found, [finding(["养老单位", "3118.73", "2615.32", "other-limits;other-rate"], &lines)]);
}

#[test]
fn a_rounding_is_contradicted_by_its_rule_and_the_rate() {
    // 6535.00 x 0.7 % = 45.745, cut off 45.74; pension 6535.00 x 16 % = 1045.60 is right.
    let text = "姓名,身份证号,月份,工资,养老单位,失业单位\n丛一禾,371003199005129968,2025-05,6535,1045.60,45.74\n";
    let (_, found) = explained(text, &[]);
    let lines = ["mode = \"half-up\"", "employer = \"0.7%\""];
    assert_eq!(found, [finding(["失业单位", "45.74", "45.75", "rounding"], &lines)]);
}

#[test]
fn a_rate_of_another_class_is_named() {
    // Class 1 is 0.2 % and class 2 is 0.4 %, both cut to 80 % in 2025: 5000.00 x 0.16 % = 8.00, x 0.32 % = 16.00.
    let text = "姓名,身份证号,月份,工资,工伤单位\n丛一禾,371003199005129968,2025-03,5000,16.00\n";
    let (json, found) = explained(text, &["--injury-class", "1"]);
    assert_eq!((found.len(), found[0].1.as_str(), found[0].2.as_str()), (1, "16.00", "8.00"));
    assert_eq!(found[0].3, "other-rate");
    assert!(json["detail"].as_str().unwrap().contains("[other-rate: 0.32% of class 2"), "{json}");
}

#[test]
fn a_sum_has_no_line_and_a_repeat_that_is_right_contradicts_nothing() {
    // 800.00 + 400.00 = 1200.00.
    let text = "姓名,身份证号,月份,工资,养老单位,养老个人,养老合计\n\
                丛一禾,371003199005129968,2019-05,5000,800,400,1201\n\
                毕二川,371002198509239975,2019-05,5000,800,400,1200\n\
                于三省,371082197811309994,2019-05,5000,800,400,1200\n";
    let (_, found) = explained(text, &[]);
    assert_eq!(found, [finding(["养老合计", "1201.00", "1200.00", "does-not-add-up"], &[])]);
}

#[test]
fn rows_that_are_right_unread_or_no_persons_say_so() {
    let headings = "姓名,身份证号,月份,工资,养老单位";
    let (json, found) = explained(&format!("{headings}\n丛一禾,371003199005129968,2019-05,5000,800\n"), &[]);
    assert!(found.is_empty() && json["status"] == "ok", "{json}");
    // Pension 5000.00 x 8 % = 400.00 comes last, though nobody declares it.
    assert_eq!(json["steps"].as_array().unwrap().last().unwrap()["value"], "400.00", "{json}");
    let (json, found) = explained(&format!("{headings}\n丛一禾,371003199005129968,2019-05,五千,800\n"), &[]);
    assert!(found.is_empty() && json["status"] == "error", "{json}");
    assert!(json["detail"].as_str().unwrap().contains("“五千”"), "{json}");
    let (json, found) = explained(&format!("{headings}\n合计,,,5000,800\n"), &[]);
    assert!(found.is_empty() && json["status"] == "skipped" && json["month"].is_null(), "{json}");
    assert_eq!(json["steps"], serde_json::json!([]), "{json}");
}

//! Six small files with real headings and made-up people, checked to the cell.
//!
//! What is wrong in them was written down when they were made, with the shares worked out on paper from the
//! law of Shandong in 2025 (limits 4504.00 and 22518.00; pension 16 % and 8 %, medical 8 % and 2 %,
//! unemployment 0.7 % and 0.3 %, work injury 0.16 %; half up to the fen). Every cell that is not named here
//! is right, so a finding more is as wrong as one that is missing. A sum that a wrong share went into is
//! named with the sum of the right ones.

use crate::support::{self, root, run};

/// Row, column, declared, due, cause.
type Finding<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// The findings in a file, and how many rows were counted in all.
fn assert_findings(file: &str, flags: &[&str], expected: &[Finding<'_>], counts: &str) {
    let path = root().join("tests/heading-files").join(file);
    let findings = std::env::temp_dir().join(format!("shebao-heading-{}-{file}.csv", std::process::id()));
    let (path, written) = (path.to_string_lossy(), findings.to_string_lossy());
    let mut arguments = vec!["check", &path, "--injury-class", "1", "--result-only", "--findings", &written];
    arguments.extend(flags);
    let ran = run(&arguments);
    assert_eq!(ran.status, Some(1), "{file}: {}", ran.err);
    assert!(ran.err.contains(counts), "{file}: {}", ran.err);
    let rows = support::csv_rows(&std::fs::read(&findings).unwrap());
    std::fs::remove_file(&findings).unwrap();
    let mut found: Vec<Finding<'_>> = rows[1..]
        .iter()
        .map(|row| (row[2].as_str(), row[5].as_str(), row[8].as_str(), row[9].as_str(), row[11].as_str()))
        .collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{file}");
}

#[test]
fn the_bureaus_long_list() {
    let expected = [("3", "本期应缴费额", "480.01", "480.00", "unexplained")];
    assert_findings("02-tax-社保单位缴费明细-long.csv", &[], &expected, "5 rows: 4 ok, 1 mismatch, 0 error");
}

#[test]
fn merged_headings_in_a_workbook() {
    let expected = [
        ("6", "合计", "2297.71", "2297.72", "does-not-add-up"),
        // 22518.00 x 0.7 % = 157.626, cut off at the fen.
        ("9", "失业应缴费额 > 单位部分", "157.62", "157.63", "rounding"),
        ("9", "合计", "7917.32", "7917.33", "carried"),
        ("10", "失业应缴费额 > 单位部分", "234.90", "234.91", "carried"),
        ("10", "合计", "11798.64", "11798.66", "carried"),
    ];
    assert_findings("04-tax-职工全险种明细-two-row-merged.xlsx", &[], &expected, "6 rows: 3 ok, 3 mismatch, 0 error");
}

#[test]
fn an_insurance_that_only_the_name_of_the_file_names() {
    let expected = [
        ("5", "缴费合计", "45.05", "45.04", "does-not-add-up"),
        ("7", "单位应缴金额", "7.01", "7.00", "unexplained"),
        ("7", "缴费合计", "10.01", "10.00", "carried"),
    ];
    assert_findings("06-agency-失业保险-人员缴费信息-gb18030.csv", &[], &expected, "5 rows: 3 ok, 2 mismatch, 0 error");
}

#[test]
fn tab_separated_text_named_a_workbook() {
    // 企业小计 of row 4: 720.64 + 31.53 + 360.32 + 7.21 + 160.00 (fund) = 1279.70; 个人小计: 360.32 + 13.51
    // + 90.08 + 160.00 = 623.91; 实发工资: 3200.00 - 623.91 = 2576.09.
    let expected = [
        ("3", "企业失业", "45.74", "45.75", "rounding"),
        ("3", "企业小计", "1951.35", "1951.36", "carried"),
        ("4", "社保基数", "3200.00", "4504.00", "limit-not-applied"),
        ("4", "医疗技术", "3200.00", "4504.00", "limit-not-applied"),
        ("4", "企业养老", "512.00", "720.64", "limit-not-applied"),
        ("4", "企业失业", "22.40", "31.53", "limit-not-applied"),
        ("4", "企业医疗", "256.00", "360.32", "limit-not-applied"),
        ("4", "企业工伤", "5.12", "7.21", "limit-not-applied"),
        ("4", "个人养老", "256.00", "360.32", "limit-not-applied"),
        ("4", "个人失业", "9.60", "13.51", "limit-not-applied"),
        ("4", "个人医疗", "64.00", "90.08", "limit-not-applied"),
        ("4", "企业小计", "955.52", "1279.70", "carried"),
        ("4", "个人小计", "489.60", "623.91", "carried"),
        ("4", "实发工资", "2710.40", "2576.09", "carried"),
    ];
    let counts = "5 rows: 3 ok, 2 mismatch, 0 error";
    assert_findings("09-payroll-工资明细-tab.xls", &["--month", "2025-05"], &expected, counts);
    let path = root().join("tests/heading-files/09-payroll-工资明细-tab.xls");
    let ran = run(&["check", &path.to_string_lossy(), "--injury-class", "1"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("--month"), "{}", ran.err);
}

#[test]
fn an_html_table_named_a_workbook() {
    let expected = [
        ("4", "养老保险(单位)", "1045.61", "1045.60", "unexplained"),
        ("6", "缴费基数", "30000.00", "22518.00", "limit-not-applied"),
        ("8", "养老保险(单位)", "7751.35", "7751.34", "carried"),
        ("8", "缴费基数", "55927.88", "48445.88", "carried"),
    ];
    assert_findings("10-hr-社会保险缴费表-html.xls", &[], &expected, "6 rows: 3 ok, 3 mismatch, 0 error");
}

#[test]
fn no_side_in_any_heading() {
    let expected = [
        ("5", "失业保险", "67.56", "67.55", "rounding"),
        ("5", "实发工资", "26554.74", "26554.75", "carried"),
        ("6", "养老保险", "1422.22", "711.11", "other-rate"),
        ("7", "养老保险", "4586.78", "3875.67", "carried"),
        ("7", "失业保险", "145.35", "145.34", "carried"),
        ("7", "实发工资", "47211.65", "47211.66", "carried"),
    ];
    let counts = "6 rows: 3 ok, 3 mismatch, 0 error";
    assert_findings("12-payroll-工资管理信息-no-side.csv", &["--month", "2025-05"], &expected, counts);
}

//! How a file is understood, before anything is computed: shown, saved, used again, and told when it no
//! longer fits. Sheets, months and columns are chosen by what was said, or asked for.

use std::path::PathBuf;

use crate::support::grid::{Cell, Container, Grid, xlsx_of};
use crate::support::{json, root, run, written};

fn sample(name: &str) -> PathBuf {
    root().join("tests/heading-files").join(name)
}

const MERGED: &str = "04-tax-职工全险种明细-two-row-merged.xlsx";

#[test]
fn a_reading_says_what_each_column_means_and_why() {
    let path = sample(MERGED);
    let read = json(&["inspect", path.to_str().unwrap()]);
    assert_eq!(
        (&read["command"], &read["container"], &read["sheet"], &read["shape"]),
        (&"inspect".into(), &"xlsx".into(), &"Sheet1".into(), &"wide".into())
    );
    assert_eq!(read["heading_rows"], serde_json::json!([3, 4]));
    assert_eq!((&read["month"]["from"], &read["month"]["month"]), (&"label".into(), &"2025-05".into()));
    let columns = read["columns"].as_array().unwrap();
    let meanings: Vec<&str> = columns.iter().filter_map(|column| column["meaning"].as_str()).collect();
    // As the merged headings say: insurance above, side below; work injury has one side only.
    let amounts = [
        "pension_employer",
        "pension_employee",
        "unemployment_employer",
        "unemployment_employee",
        "injury_employer",
        "medical_employer",
        "medical_employee",
    ];
    assert_eq!(meanings[3..10], amounts);
    assert_eq!(columns[4]["why"], "heading");
    assert_eq!(read["sums"][0]["heading"], "合计");
    assert_eq!((&read["no_person_rows"]["total"], &read["no_person_rows"]["sample"]), (&1.into(), &0.into()));
}

#[test]
fn what_is_not_settled_is_asked_with_the_flag_that_settles_it() {
    let path = sample("12-payroll-工资管理信息-no-side.csv");
    let ran = run(&["inspect", path.to_str().unwrap()]);
    assert!(ran.out.contains("undecided: employer or employee?"), "{}", ran.out);
    assert!(ran.out.contains("--month 2025-05") || ran.err.contains("--month 2025-05"), "{}{}", ran.out, ran.err);
    // With the month the rates are known, and net pay tells the side.
    let ran = run(&["inspect", path.to_str().unwrap(), "--month", "2025-05", "--lang", "zh"]);
    assert!(ran.out.contains("应发减这些列等于实发，是个人部分"), "{}", ran.out);
}

#[test]
fn a_layout_is_kept_used_and_refused_where_it_no_longer_fits() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut grid = Grid::default();
    grid.push_texts(&["姓名", "身份证号", "月份", "合同工资", "单位养老钱"]);
    grid.push(vec![
        Cell::text("丛一禾"),
        Cell::text("371003199005129968"),
        Cell::text("2019-05"),
        Cell::Number("5000".into()),
        Cell::Number("800".into()),
    ]);
    written(folder.path(), "may.xlsx", &Container::Xlsx.write(&grid));
    let said = ["--column", "wage=合同工资", "--column", "pension_employer=单位养老钱"];
    let kept = run(&[&["inspect", &at("may.xlsx"), "--save", &at("layout.toml")], &said[..]].concat());
    assert_eq!(kept.status, Some(0), "{}", kept.err);
    // Without what was said the columns are not known; with the layout they are.
    assert_eq!(run(&["check", &at("may.xlsx")]).status, Some(2));
    let ran = run(&["check", &at("may.xlsx"), "--layout", &at("layout.toml"), "--result-only"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.out.contains("2,371003199005129968,2019-05,5000.00,800.00,400.00,ok"), "{}", ran.out);
    // Next month a column is gone and another one is there.
    grid.rows[0].cells[4] = Cell::text("公司养老钱");
    written(folder.path(), "june.xlsx", &Container::Xlsx.write(&grid));
    let ran = run(&["check", &at("june.xlsx"), "--layout", &at("layout.toml")]);
    assert_eq!(ran.status, Some(2));
    for part in ["[layout-differs]", "单位养老钱", "公司养老钱"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    written(folder.path(), "broken.toml", b"columns = 7");
    let ran = run(&["check", &at("may.xlsx"), "--layout", &at("broken.toml")]);
    assert!(ran.status == Some(2) && ran.err.contains("[bad-layout]"), "{}", ran.err);
    let ran = run(&["check", &at("may.xlsx"), "--layout", &at("nowhere.toml")]);
    assert_eq!(ran.status, Some(2), "{}", ran.err);
}

/// A workbook of several sheets, each with its rows.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    let mut text = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\">"
    );
    for (name, rows) in sheets {
        text.push_str(&format!("<Worksheet ss:Name=\"{name}\"><Table>"));
        for row in *rows {
            text.push_str("<Row>");
            for cell in *row {
                text.push_str(&format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>"));
            }
            text.push_str("</Row>");
        }
        text.push_str("</Table></Worksheet>");
    }
    (text + "</Workbook>").into_bytes()
}

const HEADINGS: &[&str] = &["姓名", "身份证号", "月份", "工资", "养老单位"];
const RIGHT: &[&str] = &["丛一禾", "371003199005129968", "2019-05", "5000", "800"];
const WRONG: &[&str] = &["毕二川", "371002198509239975", "2019-05", "5000", "801"];

#[test]
fn the_one_sheet_with_persons_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let notes: &[&[&str]] = &[&["填表说明"], &["模板中带 * 的栏目为必填项"]];
    let one = workbook(&[("填表说明", notes), ("明细", &[HEADINGS, WRONG]), ("Sheet3", &[])]);
    let path = written(folder.path(), "one.xls", &one);
    let ran = run(&["check", &path, "--result-only"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.err.contains("sheet “明细”"), "{}", ran.err);
    let read = json(&["inspect", &path]);
    let others: Vec<&str> =
        read["other_sheets"].as_array().unwrap().iter().map(|other| other["what"].as_str().unwrap()).collect();
    assert_eq!(others, ["no-persons", "empty"]);
}

#[test]
fn a_row_without_name_and_number_makes_no_sheet_of_persons() {
    let folder = tempfile::tempdir().unwrap();
    let remark: &[&str] = &["", "", "2019-05", "5000", "800"];
    let two = workbook(&[("明细", &[HEADINGS, RIGHT]), ("模板", &[HEADINGS, remark])]);
    let path = written(folder.path(), "template.xls", &two);
    assert_eq!(run(&["check", &path, "-q"]).status, Some(0), "{}", run(&["check", &path]).err);
}

#[test]
fn of_several_sheets_with_persons_one_must_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let two = workbook(&[("甲公司", &[HEADINGS, RIGHT]), ("乙公司", &[HEADINGS, WRONG])]);
    let path = written(folder.path(), "two.xls", &two);
    let ran = run(&["check", &path]);
    assert_eq!(ran.status, Some(2));
    for part in ["[several-sheets]", "甲公司", "乙公司", "--sheet"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(run(&["check", &path, "--sheet", "甲公司"]).status, Some(0));
    let findings = folder.path().join("f.csv");
    let ran = run(&["check", &path, "--sheet", "乙公司", "--findings", findings.to_str().unwrap()]);
    assert_eq!(ran.status, Some(1));
    assert!(std::fs::read_to_string(&findings).unwrap().contains(",乙公司,2,"), "the sheet is named");
    let ran = run(&["check", &path, "--sheet", "丙公司"]);
    assert!(ran.status == Some(2) && ran.err.contains("[no-such-sheet]"), "{}", ran.err);
    let ran = run(&["check", "examples/payroll.csv", "--sheet", "甲公司"]);
    assert!(ran.status == Some(2) && ran.err.contains("[no-such-sheet]"), "{}", ran.err);
}

#[test]
fn damaged_identity_numbers_are_told_and_never_repaired() {
    let text = "姓名,身份证号,月份,工资,养老单位\n\
                丛一禾,371003199005129000,2019-05,5000,800\n\
                毕二川,3.71002E+17,2019-05,5000,800\n\
                于三省,371082197811309995,2019-05,5000,800\n";
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "pay.csv", text.as_bytes());
    let ran = run(&["check", &path, "--result-only"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.out.contains("\n2,371003199005129000,") && ran.out.contains("\n3,3.71002E+17,"), "{}", ran.out);
    assert!(ran.err.contains("2 identity numbers") || ran.err.contains("2 rows"), "{}", ran.err);
}

#[test]
fn formulas_that_were_never_calculated_are_told() {
    // As programs write them that do not calculate: the sum is a formula, and what it came to is 0 or is left out.
    for value in ["<v>0</v>", ""] {
        uncalculated_sum(value);
    }
}

fn uncalculated_sum(value: &str) {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let headings = [
        ("A1", "姓名"),
        ("B1", "身份证号"),
        ("C1", "月份"),
        ("D1", "缴费基数"),
        ("E1", "养老单位"),
        ("F1", "养老个人"),
        ("G1", "养老小计"),
    ];
    let headings: String = headings.iter().map(|(at, heading)| text(at, heading)).collect();
    let row = format!(
        "{}{}{}<c r=\"D2\"><v>5000</v></c><c r=\"E2\"><v>800</v></c><c r=\"F2\"><v>400</v></c><c r=\"G2\"><f>E2+F2</f>{value}</c>",
        text("A2", "丛一禾"),
        text("B2", "371003199005129968"),
        text("C2", "2019-05")
    );
    let bytes = xlsx_of(&format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{headings}</row><row r=\"2\">{row}</row></sheetData></worksheet>"
    ));
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "formulas.xlsx", &bytes);
    let ran = run(&["check", &path, "--result-only"]);
    assert_eq!(ran.status, Some(1), "{}{}", ran.err, ran.out);
    // 800.00 + 400.00.
    assert!(
        ran.out.contains("not-calculated") && ran.out.contains("养老小计: declared 0.00, due 1200.00"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("1 formula has never been calculated"), "{}", ran.err);
}

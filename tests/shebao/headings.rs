//! Which rows are headings, and how those above and below divide the columns.

use crate::support::{json, written};

/// The first and the last heading row of a table that begins so, and what its columns mean.
fn read(rows: &[&str]) -> (serde_json::Value, Vec<Option<String>>) {
    let person = "丛一禾,371003199005129968,6000,960.00,480.00";
    let width = rows.iter().map(|row| row.split(',').count()).max().unwrap();
    let padded = |row: &&str| format!("{row}{}\n", ",".repeat(width - row.split(',').count()));
    let text: String = rows.iter().chain([&person]).map(padded).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "table.csv", text.as_bytes());
    let read = json(&["inspect", &path, "--month", "2025-05"]);
    let meaning = |column: &serde_json::Value| column["meaning"].as_str().map(str::to_owned);
    (read["heading_rows"].clone(), read["columns"].as_array().unwrap().iter().map(meaning).collect())
}

const MAIN: &str = "姓名,身份证号,缴费基数,单位,个人";
const PENSION: [Option<&str>; 2] = [Some("pension_employer"), Some("pension_employee")];

fn shares(meanings: &[Option<String>]) -> [Option<&str>; 2] {
    [meanings[3].as_deref(), meanings[4].as_deref()]
}

#[test]
fn headings_stand_in_three_rows_at_the_most() {
    let group = ",,,养老保险,养老保险";
    for (above, expected) in [(1, [1, 2]), (2, [1, 3]), (3, [2, 4]), (4, [3, 5])] {
        let (rows, meanings) = read(&[vec![group; above], vec![MAIN]].concat());
        assert_eq!(rows, serde_json::json!(expected), "{above}");
        assert_eq!(shares(&meanings), PENSION, "{above}");
    }
    let (main, below) = ("姓名,身份证号,缴费基数,养老保险,养老保险", ",,,单位,个人");
    let (rows, meanings) = read(&[main, below]);
    assert_eq!((rows, shares(&meanings)), (serde_json::json!([1, 2]), PENSION));
}

#[test]
fn a_row_above_groups_columns_where_it_is_no_fuller_than_the_headings() {
    // As full as the headings: five cells each.
    let (rows, meanings) = read(&["员工,员工,基数,养老保险,养老保险", MAIN]);
    assert_eq!((rows, shares(&meanings)), (serde_json::json!([1, 2]), PENSION));
    // Six cells are a remark in several columns, one cell is a title.
    let (rows, _) = read(&["说明,甲,乙,养老保险,养老保险,丙", MAIN]);
    assert_eq!(rows, serde_json::json!([2, 2]));
    let (rows, _) = read(&["养老保险", MAIN]);
    assert_eq!(rows, serde_json::json!([2, 2]));
    // A label of the month groups nothing, whatever stands beside it.
    let (rows, _) = read(&["费款所属期,2025-05,,养老保险,养老保险", MAIN]);
    assert_eq!(rows, serde_json::json!([2, 2]));
}

#[test]
fn a_group_reaches_to_the_next_one() {
    let (_, meanings) = read(&[",,,养老保险,", MAIN]);
    assert_eq!(meanings[3..], [None, None], "one cell groups nothing");
    let (_, meanings) = read(&["人员,,,养老保险,", MAIN]);
    assert_eq!(shares(&meanings), PENSION);
    let (_, meanings) = read(&[",,,养老保险,医疗保险", "姓名,身份证号,缴费基数,单位,个人"]);
    assert_eq!(shares(&meanings), [Some("pension_employer"), Some("medical_employee")]);
}

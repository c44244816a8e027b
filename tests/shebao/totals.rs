//! Printed sums of rows and of the rows above a total, and what a summary adds up.
//!
//! May 2025 in Shandong: pension 16 % and 8 %; half up to the fen. 6000.00: 960.00 and 480.00; 6535.00: 1045.60 and
//! 522.80; 8888.88: 1422.2208 and 711.1104, that is 1422.22 and 711.11.

use crate::support::{csv_rows, json, run, run_with_input, written, yuan};

const HEADINGS: &str = "姓名,身份证号,月份,缴费基数,养老单位,养老个人,养老合计";
const ONE: &str = "丛一禾,371003199005129968,2025-05,6000,960.00,480.00,1440.00";
const TWO: &str = "毕二川,371002198509239975,2025-05,6535,1045.60,522.80,1568.40";
const THREE: &str = "邹七巧,371003199306299960,2025-05,8888.88,1422.22,711.11,2133.33";

/// Status and detail of each row.
fn judged(rows: &[&str]) -> Vec<(String, String)> {
    let text = format!("{HEADINGS}\n{}\n", rows.join("\n"));
    let ran = run_with_input(&["check", "-", "--result-only", "-q"], text.as_bytes());
    let rows = csv_rows(ran.out.as_bytes());
    let last = rows[0].len() - 1;
    rows[1..].iter().map(|row| (row[last - 2].clone(), row[last].clone())).collect()
}

#[test]
fn a_total_is_of_all_rows_or_of_those_since_the_last_one() {
    // 960.00 + 1045.60 = 2005.60, 480.00 + 522.80 = 1002.80; with 1422.22 and 711.11: 3427.82 and 1713.91.
    let (part, rest) = ("小计,,,12535,2005.60,1002.80,3008.40", "小计,,,8888.88,1422.22,711.11,2133.33");
    let all = "合计,,,21423.88,3427.82,1713.91,5141.73";
    let found = judged(&[ONE, TWO, part, THREE, rest, all]);
    let statuses: Vec<&str> = found.iter().map(|(status, _)| status.as_str()).collect();
    assert_eq!(statuses, ["ok", "ok", "skipped", "ok", "skipped", "skipped"], "{found:?}");
    // A fen more in the second subtotal and a fen less in the total: neither adds up.
    let (rest, all) = (rest.replace("1422.22", "1422.23"), all.replace("3427.82", "3427.81"));
    let found = judged(&[ONE, TWO, part, THREE, &rest, &all]);
    assert_eq!((found[4].0.as_str(), found[5].0.as_str()), ("mismatch", "mismatch"), "{found:?}");
    assert!(found[4].1.contains("declared 1422.23, due 1422.22"), "{}", found[4].1);
    assert!(found[5].1.contains("declared 3427.81, due 3427.82"), "{}", found[5].1);
    for (_, detail) in &found[4..] {
        assert!(detail.contains("[does-not-add-up]"), "{detail}");
    }
}

#[test]
fn a_sum_that_repeats_a_wrong_share_is_carried() {
    let wrong = TWO.replace("1045.60", "1045.61").replace("1568.40", "1568.41");
    // 960.00 + 1045.61 = 2005.61 where 2005.60 is due; of both sides 3008.41 where 3008.40 is due.
    let found = judged(&[ONE, &wrong, "合计,,,12535,2005.61,1002.80,3008.41"]);
    assert_eq!(found[1].0, "mismatch");
    assert!(
        found[1].1.contains("养老合计: declared 1568.41, due 1568.40, difference 0.01 [carried]"),
        "{}",
        found[1].1
    );
    assert_eq!(found[2].0, "mismatch");
    assert_eq!(found[2].1.matches("[carried]").count(), 2, "{}", found[2].1);
    assert!(found[2].1.contains("declared 2005.61, due 2005.60"), "{}", found[2].1);
}

#[test]
fn a_total_below_many_blocks_is_of_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let rows = 40_000;
    let mut text = format!("{HEADINGS}\n");
    for at in 0..rows {
        text.push_str(&format!("张三,37{at:016},2025-05,6000,960.00,480.00,1440.00\n"));
    }
    let total = |fen: [i64; 4]| format!("合计,,,{}\n", fen.map(|fen| yuan(fen * rows)).join(","));
    text.push_str(&total([600_000, 96_000, 48_000, 144_000]));
    for jobs in ["1", "2"] {
        let path = written(folder.path(), "many.csv", text.as_bytes());
        let ran = run(&["check", &path, "--jobs", jobs, "--only-mismatches", "--duplicates", "off"]);
        assert_eq!((ran.status, csv_rows(ran.out.as_bytes()).len()), (Some(0), 1), "{}", ran.err);
        // One row more, and the total lacks it.
        let again = text.replace("\n合计", &format!("\n{ONE}\n合计"));
        let path = written(folder.path(), "more.csv", again.as_bytes());
        let ran = run(&["check", &path, "--jobs", jobs, "--only-mismatches", "--duplicates", "off", "--result-only"]);
        // 40,001 x 960.00 = 38,400,960.00.
        assert!(ran.out.contains("declared 38400000.00, due 38400960.00"), "{}", ran.err);
    }
}

#[test]
fn the_summary_adds_up_files_and_says_what_other_roundings_would_give() {
    // 0.7 % of 6535.00 is 45.745, a tie: 45.75 half up, 45.74 cut off and to the even neighbour. 0.3 % of it is 19.605,
    // a tie: 19.61, or 19.60 both ways. 0.7 % of 8888.88 is 62.22216: 62.22 in any way; 0.3 % is 26.66664: 26.67, or
    // 26.66 cut off.
    let headings = "姓名,身份证号,月份,缴费基数,失业单位,失业个人";
    let one = format!("{headings}\n毕二川,371002198509239975,2025-05,6535,45.75,19.61\n");
    let two = format!(
        "{headings}\n邹七巧,371003199306299960,2025-05,8888.88,62.22,26.67\n毕二川,371002198509239975,2025-06,6535,45.74,\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = [("a.csv", one), ("b.csv", two)].map(|(name, text)| written(folder.path(), name, text.as_bytes()));
    let summary = folder.path().join("s.json").to_str().unwrap().to_owned();
    let ran = run(&["check", &one, &two, "--summary", &summary, "--result-only"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let summary: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(summary).unwrap()).unwrap();
    // Three amounts of 6535.00 that are declared lie in the middle; the blank one is declared by nobody.
    assert_eq!(summary["ties"], 3, "{summary}");
    let total = |at: usize, key: &str| summary["totals"][at][key].as_str().unwrap_or("").to_owned();
    // 45.75 + 62.22 + 45.74 = 153.71 declared; 45.75 + 62.22 + 45.75 = 153.72 due; 19.61 + 26.67 = 46.28.
    assert_eq!([total(0, "declared"), total(0, "due"), total(0, "difference")], ["153.71", "153.72", "-0.01"]);
    assert_eq!([total(1, "declared"), total(1, "due"), total(1, "difference")], ["46.28", "46.28", "0.00"]);
    // Half to even: 45.74 + 62.22 + 45.74 = 153.70 and 19.60 + 26.67 = 46.27; cut off: 153.70 and 19.60 + 26.66 = 46.26.
    assert_eq!([total(0, "due_half_even"), total(0, "due_cut")], ["153.70", "153.70"]);
    assert_eq!([total(1, "due_half_even"), total(1, "due_cut")], ["46.27", "46.26"]);
    let codes: Vec<&str> =
        summary["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"blank-cells"), "{codes:?}");
}

#[test]
fn the_list_of_findings_names_the_insurance_of_a_wrong_total() {
    // Pension 960.00 + 1045.60 = 2005.60; unemployment 0.7 %: 42.00 + 45.75 = 87.75, where 87.76 stands.
    let text = "姓名,身份证号,月份,缴费基数,养老单位,失业单位\n\
                丛一禾,371003199005129968,2025-05,6000,960.00,42.00\n\
                毕二川,371002198509239975,2025-05,6535,1045.60,45.75\n\
                合计,,,,2005.60,87.76\n";
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "wages.csv", text.as_bytes());
    let list = folder.path().join("list.csv").to_str().unwrap().to_owned();
    assert_eq!(run(&["check", &path, "--findings", &list, "-q", "--result-only"]).status, Some(1));
    let rows = csv_rows(&std::fs::read(&list).unwrap());
    let at = |name: &str| rows[0].iter().position(|heading| heading == name).unwrap();
    let cells = ["row", "column", "insurance", "declared", "due", "cause"].map(|name| rows[1][at(name)].as_str());
    assert_eq!(cells, ["4", "失业单位", "unemployment", "87.76", "87.75", "does-not-add-up"]);
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_column_is_a_sum_where_it_is_one_in_more_than_half_of_the_rows() {
    let summed = |rows: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), "sums.csv", format!("{HEADINGS}\n{}\n", rows.join("\n")).as_bytes());
        json(&["inspect", &path])["sums"].as_array().unwrap().len()
    };
    // 1440.00 and 1568.40 are the sums of their rows; 1.00 is none.
    let wrong = THREE.replace("2133.33", "1.00");
    assert_eq!(summed(&[ONE, TWO, &wrong]), 1);
    assert_eq!(summed(&[ONE, &wrong]), 0);
}

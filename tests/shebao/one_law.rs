//! One law of an entry: whatever shape a file has and whatever kind an entry is of, the same base and amounts are
//! due, and the explanation ends with what the row says.
//!
//! Every amount is worked by hand from the law of Shandong: in 2025 limits 4504.00 and 22518.00, pension 16 % and
//! 8 %; in April 2019 pension 18 % and 8 %, limits 3465.25 and 17326.25, from May 16 % and 3269.15 to 16345.75.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{fen, json, run, yuan};
use proptest::prelude::*;

/// One entry of one person, what is declared for it, and what is due: the same, since all of it is right.
struct Entry {
    person: &'static str,
    kind: &'static str,
    /// The first month, the last one and how many months one row is for, where they are said.
    months: (&'static str, &'static str, &'static str),
    /// The wage or base: that of the employer and that of the employee.
    declared: (&'static str, &'static str),
    /// The base of the employee, the employer's amount, the employee's amount.
    due: [&'static str; 3],
}

const ONE: &str = "371003199005129968";
const TWO: &str = "371002198509239975";
const THREE: &str = "371082197811309994";
const FOUR: &str = "37108219800108998X";

const fn entry(
    person: &'static str,
    kind: &'static str,
    months: (&'static str, &'static str, &'static str),
    declared: &'static str,
    due: [&'static str; 3],
) -> Entry {
    Entry { person, kind, months, declared: (declared, declared), due }
}

/// Entries on one base.
const ENTRIES: [Entry; 12] = [
    // 6000.00 x 16 % and 8 %.
    entry(ONE, "正常缴费", ("2025-05", "", ""), "6000.00", ["6000.00", "960.00", "480.00"]),
    // The floor itself: 4504.00 x 16 % = 720.64, x 8 % = 360.32.
    entry(TWO, "正常缴费", ("2025-06", "", ""), "4504.00", ["4504.00", "720.64", "360.32"]),
    // A difference of 504.00 beside 4000.00 comes to the floor: 504.00 x 16 % = 80.64, x 8 % = 40.32.
    entry(TWO, "正常缴费", ("2025-05", "", ""), "4000.00", ["4000.00", "640.00", "320.00"]),
    entry(TWO, "补差", ("2025-05", "", ""), "504.00", ["504.00", "80.64", "40.32"]),
    // A difference whose month is not in the file stands alone: 100.00 x 16 %, x 8 %.
    entry(THREE, "补差", ("2025-04", "", ""), "100.00", ["100.00", "16.00", "8.00"]),
    // Three months in a row: 3 x 960.00, 3 x 480.00.
    entry(THREE, "正常缴费", ("2025-01", "2025-03", ""), "6000.00", ["6000.00", "2880.00", "1440.00"]),
    entry(FOUR, "正常缴费", ("2025-01", "", "3"), "6000.00", ["6000.00", "2880.00", "1440.00"]),
    // Two months of different rates: 5000.00 x 18 % + x 16 % = 900.00 + 800.00, x 8 % twice = 800.00.
    entry(ONE, "补缴", ("2019-04", "2019-05", ""), "5000.00", ["5000.00", "1700.00", "800.00"]),
    // Given back, on a base that is written with a minus and on one that is not.
    entry(ONE, "退费", ("2025-05", "", ""), "-6000.00", ["-6000.00", "-960.00", "-480.00"]),
    entry(TWO, "退费", ("2025-06", "", ""), "6000.00", ["6000.00", "-960.00", "-480.00"]),
    // Two months given back: 2 x 960.00, 2 x 480.00.
    entry(FOUR, "退费", ("2025-07", "2025-08", ""), "-6000.00", ["-6000.00", "-1920.00", "-960.00"]),
    // A base that was declared too high, made up downwards: 200.00 less than the 6000.00 of May.
    entry(ONE, "补差", ("2025-05", "", ""), "-200.00", ["-200.00", "-32.00", "-16.00"]),
];

/// Entries of which each side has a base: 7000.00 x 16 % = 1120.00, 6000.00 x 8 % = 480.00.
const SIDES: [Entry; 2] = [
    Entry {
        person: ONE,
        kind: "正常缴费",
        months: ("2025-05", "", ""),
        declared: ("7000.00", "6000.00"),
        due: ["6000.00", "1120.00", "480.00"],
    },
    Entry {
        person: TWO,
        kind: "正常缴费",
        months: ("2025-01", "2025-03", ""),
        declared: ("7000.00", "6000.00"),
        due: ["6000.00", "3360.00", "1440.00"],
    },
];

/// How a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Wage,
    Base,
    WithSums,
    Long,
    LongBothSides,
    Single,
    BasesOnly,
}

const SHAPES: [Shape; 7] =
    [Shape::Wage, Shape::Base, Shape::WithSums, Shape::Long, Shape::LongBothSides, Shape::Single, Shape::BasesOnly];

/// The file of a shape, and for each of its rows the entry and the sides that it declares.
fn render(shape: Shape, entries: &[Entry], side_bases: bool) -> (String, Vec<(usize, &'static [usize])>) {
    const BOTH: &[usize] = &[1, 2];
    let base = match (shape, side_bases) {
        (Shape::Wage, _) => "缴费工资",
        (_, true) => "单位缴费基数,个人缴费基数",
        (_, false) => "缴费基数",
    };
    let amounts = match shape {
        Shape::Wage | Shape::Base => "养老单位,养老个人",
        Shape::WithSums => "养老单位,养老个人,养老合计",
        Shape::Long => "参保费种,征收品目,本期应缴费额",
        Shape::LongBothSides => "险种,单位应缴金额,个人应缴金额",
        Shape::Single => "单位应缴金额,个人应缴金额",
        Shape::BasesOnly => "备注",
    };
    let mut text =
        if shape == Shape::Single { "企业职工基本养老保险缴费明细\n".to_owned() } else { String::new() };
    text.push_str(&format!("姓名,身份证号,缴费类型,费款所属期起,费款所属期止,缴纳月数,{base},{amounts}\n"));
    let mut rows = Vec::new();
    for (at, Entry { person, kind, months: (first, last, count), declared, due }) in entries.iter().enumerate() {
        let base = if side_bases { format!("{},{}", declared.0, declared.1) } else { declared.1.to_owned() };
        let lead = format!("丛一禾,{person},{kind},{first},{last},{count},{base}");
        let [_, employer, employee] = due;
        let mut row = |amounts: String, sides| {
            text.push_str(&format!("{lead},{amounts}\n"));
            rows.push((at, sides));
        };
        match shape {
            Shape::Wage | Shape::Base | Shape::Single => row(format!("{employer},{employee}"), BOTH),
            Shape::WithSums => row(format!("{employer},{employee},{}", sum(employer, employee)), BOTH),
            Shape::Long => {
                row(format!("企业职工基本养老保险,单位缴纳部分,{employer}"), &[1]);
                row(format!("企业职工基本养老保险,个人缴纳部分,{employee}"), &[2]);
            }
            Shape::LongBothSides => row(format!("养老,{employer},{employee}"), BOTH),
            Shape::BasesOnly => row(String::new(), &[]),
        }
    }
    (text, rows)
}

fn sum(one: &str, other: &str) -> String {
    yuan(fen(one) + fen(other))
}

/// A file on disk, since differences are looked for in it before.
fn written(shape: Shape, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{shape:?}.csv"));
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

/// The rows of a result by heading.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The cells of base and amounts that a result has, whatever they are called in its shape.
fn due_cells(row: &BTreeMap<String, String>) -> [Option<&str>; 3] {
    let cell = |names: [&str; 2]| names.iter().find_map(|name| row.get(*name)).map(String::as_str);
    [
        ["pension_base_due", "base_due"],
        ["pension_employer_due", "employer_due"],
        ["pension_employee_due", "employee_due"],
    ]
    .map(|names| cell(names).filter(|text| !text.is_empty()))
}

/// What the explanation of a row ends with: the last base and amounts of the pension.
fn explained(path: &Path, row: &str) -> [Option<String>; 3] {
    let arguments = ["check", path.to_str().unwrap(), "--only", "pension", "--exit-zero", "--explain-row", row];
    let result = json(&arguments);
    let steps = result["steps"].as_array().unwrap();
    ["Pension: base", "Pension: employer amount", "Pension: employee amount"].map(|label| {
        let last = steps.iter().rfind(|step| step["label"] == label)?;
        Some(last["value"].as_str().unwrap().to_owned())
    })
}

fn judge(shape: Shape, entries: &[Entry], side_bases: bool) {
    let (text, expected) = render(shape, entries, side_bases);
    let (_folder, path) = written(shape, &text);
    let ran = run(&["check", path.to_str().unwrap(), "--only", "pension", "--result-only"]);
    let found = rows(&ran.out);
    assert_eq!(found.len(), expected.len(), "{shape:?}: {}", ran.err);
    for (row, (entry, sides)) in found.iter().filter(|row| row["status"] != "skipped").zip(&expected) {
        let what = format!("{shape:?}, row {}: {row:?}", row["row"]);
        assert_eq!(row["status"], "ok", "{what}");
        let due = due_cells(row);
        assert_eq!(due[0], Some(entries[*entry].due[0]), "{what}");
        let explained = explained(&path, &row["row"]);
        assert_eq!(explained[0].as_deref(), due[0], "{what}");
        for side in *sides {
            assert_eq!(due[*side], Some(entries[*entry].due[*side]), "{what}");
            assert_eq!(explained[*side].as_deref(), due[*side], "{what}");
        }
    }
    assert_eq!(ran.status, Some(0), "{shape:?}: {}", ran.err);
}

#[test]
fn the_same_is_due_in_every_shape_and_explained_so() {
    for shape in SHAPES {
        judge(shape, &ENTRIES, false);
    }
}

#[test]
fn each_side_may_have_its_own_base() {
    for shape in [Shape::Base, Shape::WithSums, Shape::Long, Shape::LongBothSides, Shape::Single, Shape::BasesOnly] {
        judge(shape, &SIDES, true);
    }
}

#[test]
fn the_calculator_over_a_file_gives_what_the_check_demands() {
    // Differences are worked alone there, so those that are held to the limits with others are left out.
    let own: Vec<Entry> = ENTRIES.into_iter().filter(|entry| entry.declared.0 != "4000.00").collect();
    for shape in [Shape::Wage, Shape::Base] {
        let (text, expected) = render(shape, &own, false);
        let (_folder, path) = written(shape, &text);
        let ran = run(&["contrib", "--file", path.to_str().unwrap(), "--only", "pension", "--result-only"]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        assert!(ran.err.contains("differences of bases were calculated alone"), "{}", ran.err);
        for (row, (entry, _)) in rows(&ran.out).iter().zip(&expected) {
            let found = ["pension_base", "pension_employer", "pension_employee"].map(|name| row[name].as_str());
            assert_eq!(found, own[*entry].due, "{shape:?}: {row:?}");
        }
    }
}

#[test]
fn a_single_case_gives_what_the_check_demands() {
    for Entry { kind, months: (first, last, count), declared, due, .. } in ENTRIES {
        let last = if last.is_empty() { first } else { last };
        if !["正常缴费", "补缴"].contains(&kind) || declared.1 == "4000.00" || !count.is_empty() {
            continue;
        }
        let result = json(&["contrib", "--base", declared.1, "--from", first, "--to", last, "--only", "pension"]);
        let totals = ["employer_total", "employee_total"].map(|key| result[key].as_str().unwrap());
        assert_eq!(totals, due[1..], "{first}");
    }
}

/// One row of a file that is worked column by column, and the same row beside a kind, which makes it a row worked
/// alone.
#[derive(Clone, Debug)]
struct RandomRow {
    base: i64,
    /// What is put on top of the amount due, for each amount and the base; 0 in most rows.
    off: [i64; 3],
    /// How amounts are written.
    form: usize,
    month: u32,
    /// Whether the row is a total, and how much is put on top of it.
    total: Option<i64>,
}

fn random_rows() -> impl Strategy<Value = Vec<RandomRow>> {
    let off = || prop_oneof![8 => Just(0_i64), 1 => -200..200_i64, 1 => Just(1_i64)];
    let total = prop_oneof![12 => Just(None), 1 => off().prop_map(Some)];
    let row = (300_000..2_400_000_i64, [off(), off(), off()], 0..8_usize, 1..=6_u32, total);
    let row = row.prop_map(|(base, off, form, month, total)| RandomRow { base, off, form, month, total });
    prop::collection::vec(row, 1..40)
}

/// An amount as people write it; two of the forms are no amounts.
fn typed(fen: i64, form: usize) -> String {
    let plain = yuan(fen);
    match form {
        1 => plain.trim_end_matches('0').trim_end_matches('.').to_owned(),
        2 => format!("¥{plain}"),
        3 => plain
            .chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
            .collect(),
        4 => format!("\"{plain}\""),
        5 => format!("{plain} "),
        6 => String::new(),
        7 => "见备注".to_owned(),
        _ => plain,
    }
}

/// Floors and ceilings of May 2025; 16 % and 8 % half up, in fen.
fn due(base: i64) -> [i64; 3] {
    let held = base.clamp(450_400, 2_251_800);
    [held, (held * 16 + 50) / 100, (held * 8 + 50) / 100]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A block worked column by column says what its rows say one by one: with one month of its own beside an
    /// insurance nothing is due otherwise, and every row is worked alone. 正常缴费 beside each row changes nothing either.
    #[test]
    fn columns_say_what_rows_say(rows in random_rows(), wage in any::<bool>()) {
        let (mut plain, mut kinds, mut months) = (Vec::new(), Vec::new(), Vec::new());
        let mut sums = [0_i64; 4];
        for row in &rows {
            let [held, employer, employee] = due(row.base);
            let declared = [held + row.off[0], employer + row.off[1], employee + row.off[2]];
            let base = if wage { row.base } else { declared[0] };
            let sum = declared[1] + declared[2] + row.off[0];
            let [base_cell, employer, employee, sum_cell] = if let Some(off) = row.total {
                [sums[0], sums[1], sums[2], sums[3] + off].map(yuan)
            } else {
                let form = if row.form > 5 && row.off[1] == 0 { 0 } else { row.form };
                [typed(base, row.form.min(5)), typed(declared[1], form), typed(declared[2], row.form.min(5)), yuan(sum)]
            };
            let lead = match row.total {
                Some(_) => "合计,,".to_owned(),
                None => format!("丛一禾,{ONE},2025-0{}", row.month),
            };
            if row.total.is_none() {
                for (all, one) in sums.iter_mut().zip([base, declared[1], declared[2], sum]) { *all += one; }
            }
            let amounts = format!("{base_cell},{employer},{employee},{sum_cell}");
            plain.push(format!("{lead},备注,{amounts}"));
            kinds.push(format!("{lead},正常缴费,{amounts}"));
            months.push(format!("{lead},1,{amounts}"));
        }
        let base = if wage { "缴费工资" } else { "缴费基数" };
        let judged = |kind: &str, rows: &[String]| {
            let text = format!("姓名,身份证号,月份,{kind},{base},养老单位,养老个人,养老合计\n{}\n", rows.join("\n"));
            let (_folder, path) = written(Shape::Base, &text);
            let summary = path.with_extension("json");
            let flags = ["--duplicates", "off", "--result-only", "--summary", summary.to_str().unwrap()];
            let ran = run(&[&["check", path.to_str().unwrap()], &flags[..]].concat());
            let mut summary: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(summary).unwrap()).unwrap();
            let summary = summary.as_object_mut().unwrap();
            for key in ["files", "columns", "notes", "reading", "tables"] { summary.remove(key); }
            (ran.status, ran.out, summary.clone())
        };
        let alone = judged("养老月数", &months);
        prop_assert_eq!(&judged("备注", &plain), &alone);
        prop_assert_eq!(&judged("缴费类型", &kinds), &alone);
    }
}

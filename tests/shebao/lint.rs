//! The lint: a gallery of broken tables, one fault each, with the exact message in both languages; and the
//! tables of the program themselves.
//!
//! What stands in `expected.*.snap` is wording and layout, read by hand: what is wrong, where, what to do.

use crate::support;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Every fault that a table can have.
const CODES: &[&str] = &[
    "table-syntax",
    "table-name",
    "not-a-region",
    "unknown-block",
    "not-a-block",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "bare-float",
    "table-money",
    "table-rate",
    "table-number",
    "table-month",
    "table-choice",
    "out-of-range",
    "wrong-year",
    "ends-before-start",
    "unknown-source",
    "unused-source",
    "undeclared-insurance",
    "floor-above-ceiling",
    "limit-off-average",
    "not-ascending",
    "class-count",
    "two-answers",
    "uncovered-months",
    "jump",
];

/// The folders of the gallery.
fn gallery() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(support::root().join("tests/broken")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_broken_table_is_told_exactly_in_both_languages() {
    for folder in gallery() {
        for lang in ["en", "zh"] {
            let arguments = ["tables", "lint", "rates", "--until", "2030-12", "--lang", lang];
            let output = support::shebao().current_dir(&folder).args(arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{}", folder.display());
            let printed = String::from_utf8(output.stdout).unwrap();
            support::snapshot(&folder, &format!("expected.{lang}"), &printed);
        }
    }
}

#[test]
fn each_folder_has_one_fault_and_each_fault_a_folder() {
    let mut shown = BTreeSet::new();
    let folders = gallery();
    assert!(folders.len() >= 30, "{} folders", folders.len());
    for folder in folders {
        let expected = fs::read_to_string(folder.join("expected.en.snap")).unwrap();
        let codes: Vec<&str> = expected.split("error[").skip(1).map(|part| part.split(']').next().unwrap()).collect();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(codes.len() == 1 || name == "many-at-once", "{name}: {codes:?}");
        shown.extend(codes.into_iter().map(str::to_owned));
    }
    let missing: Vec<&&str> = CODES.iter().filter(|code| !shown.contains(**code)).collect();
    assert!(missing.is_empty(), "no folder shows {missing:?}");
}

#[test]
fn the_embedded_tables_are_in_order() {
    for lang in ["en", "zh"] {
        let ran = support::run(&["tables", "lint", "--until", "2026-12", "--lang", lang]);
        assert_eq!(ran.status, Some(0), "{}", ran.out);
    }
}

#[test]
fn a_month_after_the_tables_end_is_found() {
    let ran = support::run(&["tables", "lint", "--until", "2027-01"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("base limits: no block from 2027-01 to 2027-01"), "{}", ran.out);
}

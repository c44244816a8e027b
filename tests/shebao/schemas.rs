//! The JSON contract: schemas that are fresh, results that keep them, the same types for one case and for a file.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{self, json, root, run, schema};
use serde_json::Value;
use shebao::facts::Lang;
use shebao::render::results::ResultKind;

fn schema_of(kind: ResultKind) -> Value {
    serde_json::from_str(&kind.schema()).unwrap()
}

#[test]
fn the_schemas_in_docs_are_those_that_the_program_prints() {
    let folder = root().join("docs/schemas");
    for kind in ResultKind::ALL.iter().copied() {
        let code = kind.code();
        let kept = fs::read_to_string(folder.join(format!("{code}.json"))).unwrap_or_default();
        let printed = run(&["schema", code]);
        assert!(printed.out == kept, "write it anew: cargo run -- schema {code} > docs/schemas/{code}.json");
        assert_eq!(printed.out, run(&["schema", code, "--lang", "zh"]).out, "{code} changes with the language");
    }
    let known: BTreeSet<String> = ResultKind::ALL.iter().map(|kind| format!("{}.json", kind.code())).collect();
    let kept = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(kept.collect::<BTreeSet<String>>(), known);
}

#[test]
fn every_result_has_its_words_and_every_field_is_described() {
    for kind in ResultKind::ALL.iter().copied() {
        for lang in [Lang::Chinese, Lang::English] {
            assert!(!kind.about(lang).is_empty(), "{} in {lang:?}", kind.code());
        }
        let schema = schema_of(kind);
        let mut nameless = Vec::new();
        undescribed(&schema, kind.code(), &mut nameless);
        assert!(nameless.is_empty(), "{nameless:?}");
    }
    let listed = json(&["schema"]);
    let names: Vec<&str> =
        listed["results"].as_array().unwrap().iter().map(|one| one["result"].as_str().unwrap()).collect();
    assert_eq!(names, ResultKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
    let unknown = run(&["schema", "contribs"]);
    assert!(unknown.status == Some(2) && unknown.err.contains("did you mean “contrib”?"), "{}", unknown.err);
}

/// The properties without a description.
fn undescribed(schema: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let bare = properties.iter().filter(|(_, one)| one["description"].as_str().is_none_or(str::is_empty));
        found.extend(bare.map(|(key, _)| format!("{at}/{key}")));
    }
    for (key, one) in schema.as_object().into_iter().flatten() {
        undescribed(one, &format!("{at}/{key}"), found);
    }
}

/// A roster with somebody who draws a pension, somebody who does not yet, a row that cannot be read, an empty one.
const ROSTER: &str = "姓名,身份证号,出生日期,个人账户,缴费年限\n\
    张三,371081195405159964,1954-05-15,10000,20\n\
    李四,,1990-01-01,,\n\
    王五,,1990-13-01,,\n\
    ,,,,\n";
/// A roster with headings that are names of the result.
const NUMBERED: &str = "姓名,出生日期,row,age\n张三,1954-05-15,007,65\n";
/// A list of tiers, one of them unknown.
const TIERS: &str = "姓名,缴费档次,年度,人数\n张三,500,2019,3\n李四,501,2019,1\n";

/// Runs the program over files, and keeps what it writes to the files named in the arguments.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("roster.csv"), ROSTER).unwrap();
        fs::write(folder.path().join("numbered.csv"), NUMBERED).unwrap();
        fs::write(folder.path().join("tiers.csv"), TIERS).unwrap();
        Self(folder)
    }

    /// What a command line prints, or the file that it writes; `IN` and `OUT` stand for this folder.
    fn text(&self, line: &str) -> String {
        let path = |name: &str| self.0.path().join(name).to_str().unwrap().to_owned();
        let words = line.split_whitespace().map(|word| match word.split_once('/') {
            Some(("IN" | "OUT", name)) => path(name),
            _ => word.to_owned(),
        });
        let words: Vec<String> = words.collect();
        let ran = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(ran.status.is_some_and(|status| status < 2), "{line}: {}", ran.err);
        match line.split_whitespace().find_map(|word| word.strip_prefix("OUT/")) {
            Some(name) => fs::read_to_string(path(name)).unwrap(),
            None => ran.out,
        }
    }

    /// The values: one, or one a line.
    fn values(&self, line: &str) -> Vec<Value> {
        let text = self.text(line);
        if line.contains(".jsonl") {
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        } else {
            vec![serde_json::from_str(&text).unwrap()]
        }
    }
}

/// Command lines with what they print or write.
const RESULTS: &[(ResultKind, &str)] = &[
    (ResultKind::Contrib, "contrib --wage 5000 --month 2019-05 --explain --format json"),
    (ResultKind::Contrib, "contrib --wage 99999 --month 2025-03 --injury-class 3 --format json"),
    (ResultKind::Contrib, "contrib --wage 4015 --from 2019-01 --to 2020-12 --format json"),
    (ResultKind::ContribFile, "contrib --file examples/payroll.csv -q --format json"),
    (ResultKind::ContribFile, "contrib --file examples/payroll.csv -q --result-only --explain --format json"),
    (ResultKind::ContribRow, "contrib --file examples/payroll.csv -q -o OUT/rows.jsonl"),
    (ResultKind::ContribRow, "contrib --file examples/payroll.csv -q --result-only -o OUT/rows.jsonl"),
    (
        ResultKind::ResidentPension,
        "resident-pension --birth 1954-05-15 --month 2019-06 --account 10000 --years 20 --explain --format json",
    ),
    (ResultKind::ResidentPension, "resident-pension --birth 1990-01-01 --month 2019-06 --format json"),
    (ResultKind::ResidentPension, "resident-pension --birth 1954-05-15 --from 2014-01 --to 2019-06 --format json"),
    (ResultKind::ResidentPensionFile, "resident-pension --file IN/roster.csv --month 2019-06 -q --format json"),
    (
        ResultKind::ResidentPensionRow,
        "resident-pension --file IN/roster.csv --month 2019-06 -q --result-only -o OUT/rows.jsonl",
    ),
    (
        ResultKind::ResidentContrib,
        "resident-contrib --tier 300 --year 2019 --category severely-disabled --people 1564 --format json",
    ),
    (ResultKind::ResidentContribFile, "resident-contrib --file IN/tiers.csv -q --format json"),
    (ResultKind::ResidentContribRow, "resident-contrib --file IN/tiers.csv -q -o OUT/rows.jsonl"),
    (ResultKind::CheckRow, "check examples/payroll.csv -q -o OUT/rows.jsonl"),
    (ResultKind::CheckRow, "check examples/payroll.csv examples/payroll.csv -q --result-only -o OUT/rows.jsonl"),
    (ResultKind::CheckSummary, "check examples/payroll.csv -q --summary OUT/summary.json"),
    (ResultKind::CheckFinding, "check examples/payroll.csv -q --findings OUT/findings.jsonl"),
    (ResultKind::CheckExplainRow, "check examples/payroll.csv --explain-row 3 --format json"),
    (ResultKind::Inspect, "inspect examples/payroll.csv --format json"),
    (ResultKind::Inspect, "inspect examples/失业保险-人员缴费信息.csv --format json"),
    (ResultKind::TablesList, "tables list --format json"),
    (ResultKind::TablesShow, "tables show --month 2010-06 --format json"),
    (ResultKind::TablesShow, "tables show --month 2019-06 --format json"),
    (ResultKind::TablesHistory, "tables history contribution_rate.pension --format json"),
    (ResultKind::TablesDiff, "tables diff 2018 2026 --format json"),
    (ResultKind::Schema, "schema --format json"),
];

#[test]
fn results_keep_their_schemas() {
    let folder = Folder::new();
    for (kind, line) in RESULTS {
        let schema = schema_of(*kind);
        let values = folder.values(line);
        assert!(!values.is_empty(), "{line}");
        for value in values {
            let faults = schema::faults(&schema, &value);
            assert!(faults.is_empty(), "{line}: {faults:#?}");
        }
    }
    let shown: Vec<&str> = RESULTS.iter().map(|(kind, _)| kind.code()).collect();
    assert!(
        ResultKind::ALL.iter().all(|kind| shown.contains(&kind.code())),
        "a result is never held against its schema"
    );
    // Each payroll file of practice as well; what is still to be asked of one cannot be checked.
    let kept = |kind: ResultKind, line: String| {
        let values = folder.values(&line);
        for value in &values {
            let faults = schema::faults(&schema_of(kind), value);
            assert!(faults.is_empty(), "{line}: {faults:#?}");
        }
        values
    };
    for file in support::files(&root().join("tests/heading-files"), ".csv") {
        let file = file.strip_prefix(root()).unwrap().to_str().unwrap();
        let read = &kept(ResultKind::Inspect, format!("inspect {file} --format json"))[0];
        if read["questions"].as_array().unwrap().is_empty() {
            let row = read["heading_rows"][1].as_u64().unwrap() + 1;
            kept(ResultKind::CheckRow, format!("check {file} -q -o OUT/rows.jsonl"));
            kept(ResultKind::CheckExplainRow, format!("check {file} --explain-row {row} --format json"));
        }
    }
}

#[test]
fn a_result_that_breaks_its_schema_is_seen() {
    let schema = schema_of(ResultKind::Contrib);
    let right = json(&["contrib", "--wage", "5000", "--month", "2019-05"]);
    assert_eq!(schema::faults(&schema, &right), Vec::<String>::new());
    for (place, wrong) in [
        ("/contributions/0/employer", Value::from(800)),
        ("/contributions/0/employer", Value::from("800")),
        ("/contributions/0/limit", Value::from("roof")),
        ("/month", Value::from("2019-5")),
        ("/tables/sha256", Value::Null),
        ("/notes", Value::from("none")),
    ] {
        let mut value = right.clone();
        *value.pointer_mut(place).unwrap() = wrong;
        assert!(!schema::faults(&schema, &value).is_empty(), "{place}");
    }
    let mut more = right.clone();
    more["contributions"][0]["more"] = true.into();
    let mut less = right.clone();
    less["contributions"][0].as_object_mut().unwrap().remove("base");
    for value in [more, less] {
        assert!(!schema::faults(&schema, &value).is_empty(), "{value:#}");
    }
}

#[test]
fn a_file_and_one_case_give_the_same_values() {
    let folder = Folder::new();
    let one = json(&[
        "resident-pension",
        "--birth",
        "1954-05-15",
        "--month",
        "2019-06",
        "--account",
        "10000",
        "--years",
        "20",
    ]);
    let other = json(&["resident-pension", "--birth", "1990-01-01", "--month", "2019-06"]);
    let listed = &folder.values("resident-pension --file IN/roster.csv --month 2019-06 -q --format json")[0]["results"];
    let lines = folder.values("resident-pension --file IN/roster.csv --month 2019-06 -q -o OUT/rows.jsonl");
    for (at, single) in [&one, &other].into_iter().enumerate() {
        for key in [
            "age",
            "payable_from",
            "payable",
            "base_pension",
            "age_supplement",
            "years_supplement",
            "account_pension",
            "total",
        ] {
            assert_eq!(listed[at][key], single[key], "{key}");
            // JSON lines leave out what is blank.
            assert_eq!(lines[at].get(key).unwrap_or(&Value::Null), &single[key], "{key}");
        }
        assert_eq!(listed[at]["pension_birth"], single["birth"]);
    }
    assert_eq!((&listed[0]["age"], &listed[0]["payable"]), (&65.into(), &true.into()));
    // The file's own columns stay as they were typed; the row that is added is a number.
    let numbered = folder.values("resident-pension --file IN/numbered.csv --month 2019-06 -q -o OUT/rows.jsonl");
    assert_eq!(
        (&numbered[0]["row"], &numbered[0]["age"], &numbered[0]["age (2)"]),
        (&"007".into(), &"65".into(), &65.into())
    );
    let rows =
        folder.values("resident-pension --file IN/roster.csv --month 2019-06 -q --result-only -o OUT/rows.jsonl");
    assert_eq!(rows[0]["row"], 2);
    let one = json(&["resident-contrib", "--tier", "500", "--year", "2019", "--people", "3"]);
    let listed = &folder.values("resident-contrib --file IN/tiers.csv -q --format json")[0]["results"][0];
    for key in ["paid_by_person", "paid_by_government", "subsidy", "per_person", "total"] {
        assert_eq!(listed[key], one[key], "{key}");
    }
}

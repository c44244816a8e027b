//! The promises of CONTRIBUTING.md: what is one file or one line is not more than that.

use std::collections::BTreeSet;
use std::fs;

use crate::support::code::sources;
use crate::support::{self, json, run, run_with_input, tables};
use rust_decimal::Decimal;
use shebao::facts::{FigureKind, Lang};
use shebao::payroll::{PlainRole, headings};
use shebao::render::{Format, words};
use shebao::tables::{Book, Shelf, history};

/// A region with limits of 1,000 to 10,000 from July to June, a pension of 10 % and 5 %, and an
/// insurance of its own with limits of its own.
const TOY: &[(&str, &str)] = &[
    (
        "toy/region.toml",
        "name = { zh = \"玩具省\", en = \"Toyland\" }\n\n[[insurance]]\ncode = \"care\"\nname = { zh = \"护理\", en = \"Care\" }\nfull = { zh = \"长期护理保险\", en = \"Long-term care insurance\" }\n",
    ),
    (
        "toy/2030.toml",
        r#"
[sources.toy]
title = "made up"
issuer = "tests"

[[base_limits]]
from = "2030-07"
floor = "1000"
ceiling = "10000"
source = "toy"
status = "official"

[[base_limits]]
insurances = ["care"]
from = "2030-07"
floor = "2000"
ceiling = "5000"
source = "toy"
status = "official"

[[contribution_rate]]
insurance = "pension"
from = "2030-07"
employer = "10%"
employee = "5%"
source = "toy"
status = "official"

[[contribution_rate]]
insurance = "care"
from = "2030-07"
employer = "1%"
employee = "0.5%"
source = "toy"
status = "official"

[[rounding]]
applies_to = "contribution"
from = "2030-07"
unit = "1"
mode = "up"
source = "toy"
status = "official"

[[rounding]]
applies_to = "base"
from = "2030-07"
unit = "1"
mode = "down"
source = "toy"
status = "official"
"#,
    ),
];

fn folder(tables: &tempfile::TempDir) -> String {
    tables.path().to_string_lossy().into_owned()
}

#[test]
fn a_region_is_only_a_folder() {
    let tables = tables(TOY);
    let rates = folder(&tables);
    let listed = run(&["tables", "list", "--rates", &rates, "--region", "toy"]);
    assert!(listed.out.contains("Toyland"), "{}", listed.err);
    // a base of 5,555.55 is cut to whole yuan, 5,555; 10 % is 555.5, up to 556; 5 % is 277.75, up to 278
    let found = json(&[
        "contrib", "--wage", "5555.55", "--month", "2031-06", "--region", "toy", "--rates", &rates, "--only", "pension",
    ]);
    let pension = &found["contributions"][0];
    assert_eq!(
        (&pension["base"], &pension["employer"], &pension["employee"]),
        (&"5555.00".into(), &"556.00".into(), &"278.00".into())
    );
    assert_eq!(run(&["tables", "lint", &rates, "--until", "2031-06"]).status, Some(0));
    // Before its first month there is nothing, and no wider region to ask.
    let before = run(&["contrib", "--wage", "5000", "--month", "2030-06", "--region", "toy", "--rates", &rates]);
    assert!(before.status == Some(2) && before.err.contains("[missing-figure]"), "{}", before.err);
}

#[test]
fn an_insurance_is_only_blocks() {
    let tables = tables(TOY);
    let rates = folder(&tables);
    // care has limits of its own: 1,500 is held to 2,000; 1 % is 20, 0.5 % is 10; pension of 1,500: 150 and 75
    let found = json(&["contrib", "--wage", "1500", "--month", "2030-07", "--region", "toy", "--rates", &rates]);
    let care = found["contributions"].as_array().unwrap().iter().find(|one| one["insurance"] == "care").unwrap();
    assert_eq!(
        (&care["base"], &care["limit"], &care["employer"], &care["employee"]),
        (&"2000.00".into(), &"floor".into(), &"20.00".into(), &"10.00".into())
    );
    assert_eq!(found["total"], "255.00");
    let chinese = run(&[
        "contrib", "--wage", "1500", "--month", "2030-07", "--region", "toy", "--rates", &rates, "--only", "护理",
        "--lang", "zh",
    ]);
    assert!(chinese.out.contains("护理"), "{}", chinese.err);
    // Its columns and headings are known to files.
    let checked = run_with_input(
        &["check", "-", "-q", "--region", "toy", "--rates", &rates],
        "月份,工资,长期护理保险(单位),护理个人\n2030-07,1500,20,10\n2030-07,1500,15,10\n".as_bytes(),
    );
    assert!(
        checked
            .out
            .starts_with("月份,工资,长期护理保险(单位),护理个人,care_base_due,care_employer_due,care_employee_due,"),
        "{}",
        checked.err
    );
    assert_eq!(checked.out.matches(",ok,").count(), 1);
    assert!(checked.out.contains("care_employer: declared 15.00, due 20.00, difference -5.00"));
}

/// A gap from 2031 in the pension of Toyland, whose block has no end of its own.
const GAP: &str = "[[gap]]\nof = \"contribution_rate\"\ninsurance = \"pension\"\nfrom = \"2031-01\"\nreason = { zh = \"忘了\", en = \"forgotten\" }\n";

#[test]
fn a_gap_speaks_from_its_month_on_unless_a_folder_laid_over_it_covers_the_month() {
    let toy = tables(&[TOY[0], TOY[1], ("toy/2031.toml", GAP)]);
    let over = tables(&[(
        "toy/2030.toml",
        "[sources.own]\ntitle = \"own\"\nissuer = \"own\"\n\n[[contribution_rate]]\ninsurance = \"pension\"\nfrom = \"2030-09\"\nemployer = \"12%\"\nemployee = \"6%\"\nsource = \"own\"\nstatus = \"official\"\n",
    )]);
    let (toy, over) = (folder(&toy), folder(&over));
    let ask = |month: &str, more: &[&str]| {
        let mut arguments = vec![
            "contrib", "--wage", "5000", "--month", month, "--region", "toy", "--only", "pension", "--rates", &toy,
            "--format", "json",
        ];
        arguments.extend(more);
        run(&arguments)
    };
    assert!(ask("2030-12", &[]).out.contains("\"employer_rate\": \"0.1\""));
    let gap = ask("2031-01", &[]);
    assert!(gap.status == Some(2) && gap.err.contains("forgotten"), "{}", gap.err);
    // The folder laid over speaks from its own month, and over the gap.
    let laid = ["--rates", over.as_str()];
    assert!(ask("2030-08", &laid).out.contains("\"employer_rate\": \"0.1\""));
    assert!(ask("2030-09", &laid).out.contains("\"employer_rate\": \"0.12\""));
    assert!(ask("2031-01", &laid).out.contains("\"employer_rate\": \"0.12\""));
}

#[test]
fn the_users_own_folder_is_laid_over_the_tables() {
    let home = tables(&[("shebao/rates/toy/region.toml", TOY[0].1), ("shebao/rates/toy/2030.toml", TOY[1].1)]);
    let output = support::shebao()
        .env("XDG_CONFIG_HOME", home.path())
        .args([
            "contrib", "--wage", "5000", "--month", "2030-07", "--region", "toy", "--only", "pension", "--format",
            "json",
        ])
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // 5,000 x 10 % + 5,000 x 5 %
    assert_eq!(found["total"], "750.00");
}

/// What only the tables name: risk classes by number, reliefs, which must be asked for by their name.
fn is_a_name_of_its_own(kind: FigureKind, at: usize) -> bool {
    kind == FigureKind::InjuryGrades || kind == FigureKind::Reduction && at == 2
}

#[test]
fn whatever_singles_a_figure_out_has_words_in_both_languages() {
    let shelf = Shelf::with_folders([]);
    let mut seen = BTreeSet::new();
    for region in shelf.regions().unwrap() {
        let Ok(book) = Book::open(shelf.clone(), &region, None) else { continue };
        for kind in FigureKind::ALL {
            for entry in history(&book, kind, &[]).unwrap() {
                let key = entry.key.into_iter().enumerate();
                seen.extend(
                    key.filter(|(at, _)| !is_a_name_of_its_own(kind, *at)).map(|(_, text)| (kind.code(), text)),
                );
            }
        }
    }
    assert!(seen.len() > 20, "the keys are not seen");
    for (code, text) in seen {
        let kind = FigureKind::ALL.into_iter().find(|kind| kind.code() == code);
        for lang in [Lang::Chinese, Lang::English] {
            assert!(words::speaker(lang).key(kind, &text).is_some(), "{code}.{text} has no words in {lang:?}");
        }
    }
}

#[test]
fn every_format_renders_every_command() {
    let commands: &[&[&str]] = &[
        &["contrib", "--wage", "5000", "--month", "2019-05", "--explain"],
        &["contrib", "--wage", "5000", "--from", "2019-04", "--to", "2019-06"],
        &["resident-pension", "--birth", "1954-05-15", "--month", "2019-06", "--explain"],
        &["resident-contrib", "--tier", "500", "--year", "2019", "--explain"],
        &["tables", "show", "--month", "2019-06"],
        &["tables", "history", "base_limits"],
        &["tables", "diff", "2025", "2026"],
        &["tables", "list"],
    ];
    for format in Format::ALL {
        for command in commands {
            let mut arguments = command.to_vec();
            arguments.extend(["--format", format.code()]);
            let ran = run(&arguments);
            assert!(ran.status == Some(0) && ran.out.len() > 20, "{arguments:?}: {}", ran.err);
            match format {
                Format::Json => drop(serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()),
                Format::Csv => {
                    let rows = support::csv_rows(ran.out.as_bytes());
                    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{arguments:?}");
                }
                Format::Markdown => assert!(ran.out.contains("--"), "{arguments:?}"),
                Format::Table => assert!(ran.out.lines().all(|line| line == line.trim_end()), "{arguments:?}"),
            }
        }
    }
}

/// The headings of each plain role, its code first.
fn columns() -> Vec<Vec<&'static str>> {
    let roles = PlainRole::ALL.into_iter().filter(|role| *role != PlainRole::BillMonth);
    roles.map(|role| [&[role.code()], headings(role)].concat()).collect()
}

#[test]
fn every_column_is_read_by_each_of_its_headings() {
    let columns = columns();
    let most = columns.iter().map(Vec::len).max().unwrap();
    assert!(columns.len() > 20 && most > 10, "the columns are not seen");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("headings.csv");
    for nth in 0..most {
        // One heading of each column side by side, with a person below. The month of a fee pushes that of the bill aside.
        let beside = columns.iter().filter(|column| column[0] != "fee_month" && column[0] != "name");
        let headings: Vec<(&str, &str)> = beside.filter_map(|column| Some((column[0], *column.get(nth)?))).collect();
        let line = |of: &dyn Fn(&(&str, &str)) -> String| headings.iter().map(of).collect::<Vec<_>>().join(",");
        let text =
            format!("姓名,{}\n张三,{}\n", line(&|(_, heading)| (*heading).to_owned()), line(&|_| "1".to_owned()));
        fs::write(&path, text).unwrap();
        let found = json(&["inspect", &path.to_string_lossy()]);
        for ((code, heading), column) in headings.iter().zip(found["columns"].as_array().unwrap().iter().skip(1)) {
            assert_eq!(column["meaning"], *code, "{heading}");
        }
    }
    for name in columns.iter().find(|column| column[0] == "name").unwrap() {
        fs::write(&path, format!("{name},月份,对应费款所属期,工资\n张三,2025-02,2025-01,5000\n")).unwrap();
        let found = json(&["inspect", &path.to_string_lossy()]);
        let meanings: Vec<&str> =
            found["columns"].as_array().unwrap().iter().map(|column| column["meaning"].as_str().unwrap()).collect();
        assert_eq!(meanings, ["name", "bill_month", "month", "wage"], "{name}");
    }
}

#[test]
fn the_schema_in_docs_is_the_one_the_program_prints() {
    let printed = run(&["tables", "schema"]).out;
    let kept = fs::read_to_string(support::root().join("docs/rates.schema.json")).unwrap();
    assert_eq!(printed, kept, "write it anew: cargo run -- tables schema > docs/rates.schema.json");
    let schema: serde_json::Value = serde_json::from_str(&printed).unwrap();
    for kind in FigureKind::ALL.map(FigureKind::code) {
        let items = &schema["properties"][kind]["items"];
        assert_eq!(items["additionalProperties"], false, "{kind}");
        assert!(items["required"].as_array().unwrap().contains(&"source".into()), "{kind}");
    }
}

/// Figures of the tables that a message, a help text or the schema shows as an example of how one is written, by file.
/// No code computes with them. The list can only shrink.
const SHOWN: &[&str] = &[
    "render/words/en_faults.rs: 0.7%",
    "render/words/en_faults.rs: 3269.15",
    "render/words/en_faults.rs: 80%",
    "render/words/help.rs: 120%",
    "render/words/help.rs: 150%",
    "render/words/help.rs: 50%",
    "render/words/help.rs: 80%",
    "render/words/zh_faults.rs: 0.7%",
    "render/words/zh_faults.rs: 3269.15",
    "render/words/zh_faults.rs: 80%",
    "tables/reader/types.rs: 0.7%",
    "tables/reader/types.rs: 3269.15",
    "tables/reader/types.rs: 65383",
];

/// The quoted amounts and percentages of the tables.
fn figures() -> BTreeSet<String> {
    let is_figure = |text: &&str| {
        let number = text.strip_suffix('%').unwrap_or(text);
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let mut found = BTreeSet::new();
    for path in support::files(&support::root().join("rates"), ".toml") {
        let text = fs::read_to_string(path).unwrap();
        found.extend(text.split('"').skip(1).step_by(2).filter(is_figure).map(str::to_owned));
    }
    found
}

/// How code could write a figure: an amount in yuan or in fen, a rate as a percentage, a decimal or in billionths.
/// What could be anything is left out: amounts of less than four digits that count, the whole and the hundredth.
fn forms(figure: &str) -> Vec<String> {
    let digits = figure.chars().filter(char::is_ascii_digit).collect::<String>();
    let counting = digits.trim_matches('0').len();
    let number: Decimal = figure.trim_end_matches('%').parse().unwrap();
    let plain = |number: Decimal| number.normalize().to_string();
    if !figure.ends_with('%') {
        let forms = [figure.to_owned(), plain(number), format!("{number:.2}"), plain(number * Decimal::ONE_HUNDRED)];
        return if counting < 4 { Vec::new() } else { forms.into() };
    }
    if [Decimal::ZERO, Decimal::ONE, Decimal::ONE_HUNDRED].contains(&number) {
        return Vec::new();
    }
    let mut forms = vec![figure.to_owned()];
    let decimal = plain(number / Decimal::ONE_HUNDRED);
    // A tenth is too common a number.
    if decimal.split_once('.').is_some_and(|(_, places)| places.len() > 1) {
        forms.push(decimal);
    }
    if counting > 1 {
        forms.push(plain(number * Decimal::from(10_000_000)));
    }
    forms
}

/// The numbers in a text, in strings or not, without separators: `3_269_15` and `3,269.15` as `326915` and `3269.15`.
fn numbers(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: usize| {
        let before = at.checked_sub(1).map_or(' ', |before| chars[before]);
        // Not the digits of a name, nor those after a point.
        chars[at].is_ascii_digit() && !before.is_ascii_alphanumeric() && !matches!(before, '_' | '.' | ',')
    };
    let number = |at: usize| {
        let digits: String =
            chars[at..].iter().take_while(|c| c.is_ascii_digit() || matches!(c, '_' | '.' | ',')).collect();
        let percent = if chars.get(at + digits.len()) == Some(&'%') { "%" } else { "" };
        digits.replace(['_', ','], "").trim_end_matches('.').to_owned() + percent
    };
    (0..chars.len()).filter(|&at| starts(at)).map(number).collect()
}

#[test]
fn no_figure_lives_in_the_code() {
    let figures = figures();
    let forms: BTreeSet<String> = figures.iter().flat_map(|figure| forms(figure)).collect();
    for form in ["3269.15", "326915", "65383", "16%", "0.16", "160000000", "0.007", "22518.00", "2251800"] {
        assert!(forms.contains(form), "{form} is not looked for");
    }
    let mut found = BTreeSet::new();
    for source in sources() {
        let figures = numbers(&source.code).into_iter().filter(|number| forms.contains(number));
        found.extend(figures.map(|figure| format!("{}: {figure}", source.path)));
    }
    let shown: BTreeSet<String> = SHOWN.iter().map(|shown| (*shown).to_owned()).collect();
    assert_eq!(found.difference(&shown).collect::<Vec<_>>(), Vec::<&String>::new(), "the tables hold them");
    assert_eq!(shown.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "no longer shown: off the list");
}

/// A rule is handed its numbers: it has none of its own but nothing, one and ten (a unit above, a power of ten).
#[test]
fn no_rule_has_a_number_of_its_own() {
    let sources = sources();
    let rules: Vec<_> = sources.iter().filter(|source| source.path.starts_with("rules/")).collect();
    assert!(rules.len() > 2, "the rules are not seen");
    for source in rules {
        let own: Vec<String> =
            numbers(&source.code).into_iter().filter(|number| !["0", "1", "10"].contains(&number.as_str())).collect();
        assert_eq!(own, Vec::<String>::new(), "{}", source.path);
    }
}

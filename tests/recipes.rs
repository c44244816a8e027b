//! The promises of CONTRIBUTING.md: what is one file or one line is not more than that.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail"
)]

mod support;

use std::fs;
use std::path::Path;

use shebao::facts::Lang;
use shebao::render::{Format, Speaker};
use support::{json, run, run_with_input};

/// Writes the files of a made-up folder of tables with round figures.
fn tables(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

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

#[test]
fn every_kind_has_a_name_in_both_languages() {
    for lang in [Lang::Chinese, Lang::English] {
        for kind in shebao::tables::kind_names() {
            assert_ne!(Speaker::new(lang).block(kind), *kind, "{kind} has no name in {lang:?}");
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
                    let rows = shebao::batch::read_all(ran.out.as_bytes());
                    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{arguments:?}");
                }
                Format::Markdown => assert!(ran.out.contains("--"), "{arguments:?}"),
                Format::Table => assert!(ran.out.lines().all(|line| line == line.trim_end()), "{arguments:?}"),
            }
        }
    }
}

#[test]
fn the_schema_in_docs_is_the_one_the_program_prints() {
    let printed = run(&["tables", "schema"]).out;
    let kept = fs::read_to_string(support::root().join("docs/rates.schema.json")).unwrap();
    assert_eq!(printed, kept, "write it anew: cargo run -- tables schema > docs/rates.schema.json");
    let schema: serde_json::Value = serde_json::from_str(&printed).unwrap();
    for kind in shebao::tables::kind_names() {
        let items = &schema["properties"][kind]["items"];
        assert_eq!(items["additionalProperties"], false, "{kind}");
        assert!(items["required"].as_array().unwrap().contains(&"source".into()), "{kind}");
    }
}

#[test]
fn no_figure_lives_in_the_code() {
    // Amounts and rates that the tables hold; none may stand in the program itself, tests and examples apart.
    let figures = ["3269", "16345", "4573", "22863", "0.16", "16%", "0.7%", "139", "547400", "65383"];
    for path in support::files(&support::root().join("src"), ".rs") {
        // The types of fields show an example of their grammar in the schema.
        if path.ends_with("tables/reader/types.rs") {
            continue;
        }
        let whole = fs::read_to_string(&path).unwrap();
        let code: Vec<&str> = whole
            .split("#[cfg(test)]")
            .next()
            .unwrap()
            .lines()
            .filter(|line| {
                !line.trim_start().starts_with("//")
                    && !line.contains("examples")
                    && !line.contains('“')
                    && !line.contains("for example")
                    && !line.contains("例如")
            })
            .collect();
        for figure in figures {
            let found = code.iter().find(|line| {
                line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '%')).any(|word| word == figure)
            });
            assert_eq!(
                found,
                None,
                "{figure} in {}",
                path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().display()
            );
        }
    }
}

//! Every mistake that is planted is named, and nothing else is: 100,000 rows made by an oracle of plain
//! integers, over tables of two invented years.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{self, run, tables, yuan};

/// Two years: the rates and limits of the first are what the second can be mistaken for.
const TABLE: &str = r#"
[sources.made-up]
number = "t-1"
title  = "Invented for a test"
issuer = "tests/shebao/causes.rs"
date   = 2018-01-01
"#;

fn table(year: i32, (floor, ceiling): (i64, i64), pension: (&str, &str), unemployment: (&str, &str)) -> String {
    let rate = |insurance: &str, (employer, employee): (&str, &str)| {
        format!(
            "[[contribution_rate]]\ninsurance = \"{insurance}\"\nfrom = \"{year}-01\"\nemployer = \"{employer}\"\nemployee = \"{employee}\"\nsource = \"made-up\"\nstatus = \"official\"\n"
        )
    };
    format!(
        "{TABLE}[[base_limits]]\nfrom = \"{year}-01\"\nto = \"{year}-12\"\nfloor = \"{floor}\"\nceiling = \"{ceiling}\"\nsource = \"made-up\"\nstatus = \"official\"\njump = \"invented\"\n{}{}[[rounding]]\napplies_to = \"contribution\"\nfrom = \"{year}-01\"\nunit = \"0.01\"\nmode = \"half-up\"\nsource = \"made-up\"\nstatus = \"official\"\n",
        rate("pension", pension),
        rate("unemployment", unemployment)
    )
}

/// Rates in thousandths, in the order of the columns: pension and unemployment, employer and employee.
const NEW: [i64; 4] = [160, 80, 7, 3];
const OLD: [i64; 4] = [200, 90, 10, 5];
const NEW_LIMITS: (i64, i64) = (300_000, 1_500_000);
const OLD_LIMITS: (i64, i64) = (200_000, 1_000_000);

fn half_up(base: i64, rate: i64) -> i64 {
    (base * rate + 500) / 1000
}

fn due(wage: i64, (floor, ceiling): (i64, i64), rates: [i64; 4]) -> [i64; 4] {
    rates.map(|rate| half_up(wage.clamp(floor, ceiling), rate))
}

/// Everything that one known mistake makes of one column.
fn explicable(wage: i64, column: usize) -> Vec<i64> {
    let base = wage.clamp(NEW_LIMITS.0, NEW_LIMITS.1);
    let mut amounts = Vec::new();
    for unit in [1, 10, 100] {
        let exact = base * NEW[column];
        for step in [exact / (1000 * unit), exact / (1000 * unit) + 1] {
            amounts.push(step * unit);
        }
        // The base itself, up or down to a whole jiao or yuan.
        amounts.extend([base / unit, base / unit + 1].map(|units| half_up(units * unit, NEW[column])));
    }
    for limits in [NEW_LIMITS, OLD_LIMITS, (0, i64::MAX), (0, NEW_LIMITS.1), (NEW_LIMITS.0, i64::MAX)] {
        for rates in [NEW, OLD] {
            amounts.extend(due(wage, limits, rates));
        }
    }
    amounts
}

/// A fixed sequence of numbers that look like none.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).cast_signed()
    }
}

/// The declared amounts of a row with one mistake in it, where the wage allows that mistake and no less
/// surprising one gives the same.
fn planted(cause: &str, wage: i64, numbers: &mut Numbers) -> Option<[i64; 4]> {
    let right = due(wage, NEW_LIMITS, NEW);
    let base = wage.clamp(NEW_LIMITS.0, NEW_LIMITS.1);
    let column = usize::try_from(numbers.next() % 4).unwrap();
    let mut declared = right;
    match cause {
        "rounding" => {
            // The neighbour that half up did not take.
            let exact = base * NEW[column];
            let other = if right[column] * 1000 > exact { right[column] - 1 } else { right[column] + 1 };
            declared[column] = other;
            (exact % 1000 != 0).then_some(declared)
        }
        "limit-not-applied" => {
            let open = due(wage, (0, i64::MAX), NEW);
            // Below the old floor nothing but the wage itself gives these amounts.
            (wage > NEW_LIMITS.1 + 10_000 || wage < OLD_LIMITS.0 - 10_000).then_some(open)
        }
        "other-limits" => {
            let old = due(wage, OLD_LIMITS, NEW);
            (wage > OLD_LIMITS.1 + 200_000).then_some(old)
        }
        "other-rate" => {
            let insurance = column / 2 * 2;
            let old = due(wage, NEW_LIMITS, OLD);
            declared[insurance..insurance + 2].copy_from_slice(&old[insurance..insurance + 2]);
            (!rounds_to(base, insurance, &declared)).then_some(declared)
        }
        "sides-swapped" => {
            let insurance = column / 2 * 2;
            declared.swap(insurance, insurance + 1);
            (!rounds_to(base, insurance, &declared)).then_some(declared)
        }
        "unexplained" => {
            declared[column] = right[column] + 137 + numbers.next() % 5_000;
            (!explicable(wage, column).contains(&declared[column])).then_some(declared)
        }
        _ => None,
    }
}

/// Whether a coarser rounding could give a column of the insurance.
fn rounds_to(base: i64, insurance: usize, declared: &[i64; 4]) -> bool {
    (insurance..insurance + 2).any(|column| (declared[column] * 1000 - base * NEW[column]).abs() < 200_000)
}

const CAUSES: [&str; 7] =
    ["rounding", "limit-not-applied", "other-limits", "other-rate", "sides-swapped", "duplicate", "unexplained"];

#[expect(clippy::too_many_lines, reason = "one file, read once for all its findings")]
#[test]
fn every_planted_mistake_is_named_and_no_right_row_is_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let rates = tables(&[
        ("t/region.toml", "name = { zh = \"测\", en = \"T\" }\n"),
        ("t/2018.toml", &table(2018, (2000, 10_000), ("20%", "9%"), ("1%", "0.5%"))),
        ("t/2019.toml", &table(2019, (3000, 15_000), ("16%", "8%"), ("0.7%", "0.3%"))),
    ]);

    let mut numbers = Numbers(20_190_501);
    let mut content =
        "employee_id,month,wage,pension_employer,pension_employee,unemployment_employer,unemployment_employee\n"
            .to_owned();
    let mut expected: Vec<&str> = Vec::new();
    let mut last_right: Option<String> = None;
    while expected.len() < 100_000 {
        let wage = match numbers.next() % 4 {
            0 => 100_000 + numbers.next() % 100_000,
            1 => 1_500_000 + numbers.next() % 1_500_000,
            _ => 300_000 + numbers.next() % 1_200_000,
        };
        let line = |amounts: [i64; 4]| {
            let cells: Vec<String> = [wage].iter().chain(&amounts).map(|fen| yuan(*fen)).collect();
            format!("9900{:014},2019-{:02},{}\n", expected.len(), expected.len() % 12 + 1, cells.join(","))
        };
        // One row in ten is wrong.
        if expected.len() % 10 != 3 {
            let right = line(due(wage, NEW_LIMITS, NEW));
            content.push_str(&right);
            last_right = Some(right);
            expected.push("");
            continue;
        }
        let cause = CAUSES[usize::try_from(numbers.next() % 7).unwrap()];
        if cause == "duplicate" {
            content.push_str(&last_right.take().unwrap());
        } else if let Some(declared) = planted(cause, wage, &mut numbers) {
            content.push_str(&line(declared));
        } else {
            continue;
        }
        expected.push(cause);
    }
    let file = folder.path().join("planted.csv").to_string_lossy().into_owned();
    fs::write(&file, content).unwrap();
    let findings = folder.path().join("findings.jsonl").to_string_lossy().into_owned();
    let rates = rates.path().to_string_lossy();
    let flags = ["check", &file, "--rates", &rates, "--region", "t", "--result-only", "-q", "--findings", &findings];
    let ran = run(&flags);
    assert_eq!(ran.status, Some(1), "{}", ran.err);

    let rows = support::csv_rows(ran.out.as_bytes());
    assert_eq!(rows.len(), expected.len() + 1);
    let mut named: BTreeMap<&str, u64> = BTreeMap::new();
    for (row, cause) in rows[1..].iter().zip(&expected) {
        let [status, found, detail] = row.last_chunk().unwrap();
        assert_eq!(
            (status.as_str(), found.as_str()),
            (if cause.is_empty() { "ok" } else { "mismatch" }, *cause),
            "{detail}"
        );
        *named.entry(cause).or_default() += 1;
    }
    // Each cause was planted often enough to mean something.
    assert!(CAUSES.iter().all(|cause| named[cause] > 100), "{named:?}");
    // The list has a line for each wrong amount, and only for those rows.
    let listed = fs::read_to_string(&findings).unwrap();
    let mut listed_rows: Vec<u64> = listed
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["row"].as_u64().unwrap())
        .collect();
    listed_rows.dedup();
    let wrong: Vec<u64> = (2..).zip(&expected).filter(|(_, cause)| !cause.is_empty()).map(|(row, _)| row).collect();
    assert_eq!(listed_rows, wrong);
}

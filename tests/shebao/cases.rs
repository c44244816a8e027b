//! Every case that people who know the policy have written, run through the program.
//!
//! A case names the document and the arithmetic its amounts come from; nothing here was printed by the
//! program first. `expect` is a part of the JSON result; a list in it must find each of its entries.

use crate::support;
use serde_json::Value;

/// Whether `found` holds everything that `expected` asks for.
fn holds(expected: &toml::Value, found: &Value) -> bool {
    match (expected, found) {
        (toml::Value::Table(expected), Value::Object(found)) => {
            expected.iter().all(|(key, value)| found.get(key).is_some_and(|found| holds(value, found)))
        }
        (toml::Value::Array(expected), Value::Array(found)) => {
            expected.iter().all(|value| found.iter().any(|found| holds(value, found)))
        }
        (toml::Value::String(expected), Value::String(found)) => expected == found,
        (toml::Value::String(expected), Value::Null) => expected == "null",
        (toml::Value::Integer(expected), Value::Number(found)) => found.as_i64() == Some(*expected),
        (toml::Value::Boolean(expected), Value::Bool(found)) => expected == found,
        _ => false,
    }
}

/// The command line of a case.
fn arguments(case: &toml::Table) -> Vec<String> {
    let mut arguments = vec![case["command"].as_str().unwrap().to_owned()];
    for (flag, value) in case["input"].as_table().unwrap() {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            arguments.push(format!("--{flag}"));
            arguments.push(
                value
                    .as_str()
                    .unwrap_or_else(|| panic!("{flag}: write the value as it is typed, in quotes"))
                    .to_owned(),
            );
        }
    }
    arguments.extend(["--format".to_owned(), "json".to_owned()]);
    arguments
}

/// Runs a case; the text says what differs.
fn judge(case: &toml::Table) -> Result<(), String> {
    for key in ["name", "source"] {
        if case.get(key).and_then(toml::Value::as_str).is_none_or(str::is_empty) {
            return Err(format!("the case has no {key}"));
        }
    }
    let arguments = arguments(case);
    let ran = support::run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let expect = &case["expect"];
    if let Some(code) = expect.get("error").and_then(toml::Value::as_str) {
        let told = ran.status == Some(2) && ran.err.contains(&format!("[{code}]"));
        return if told { Ok(()) } else { Err(format!("expected the fault {code}\n{ran:?}")) };
    }
    let found: Value = serde_json::from_str(&ran.out).map_err(|error| format!("{error}\n{ran:?}"))?;
    if holds(expect, &found) { Ok(()) } else { Err(format!("expected {expect}\nfound    {found}")) }
}

#[test]
fn every_case_comes_out_as_its_source_says() {
    let mut failures = Vec::new();
    let mut count = 0;
    for path in support::files(&support::root().join("tests/cases"), ".toml") {
        let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for case in table["case"].as_array().unwrap() {
            count += 1;
            let case = case.as_table().unwrap();
            if let Err(why) = judge(case) {
                failures.push(format!("{}: {}\n{why}", path.file_name().unwrap().display(), case["name"]));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} cases:\n\n{}", failures.len(), failures.join("\n\n"));
    assert!(count >= 100, "only {count} cases were found");
}

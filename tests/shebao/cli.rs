//! The command line as its users and scripts see it: faults in both languages, notes, formats, tables.

use std::fs;
use std::process::Stdio;

use crate::support::{self, json, run, shebao};
use serde_json::Value;

/// A wrong command line and the code of its fault.
const WRONG: &[(&[&str], &str)] = &[
    (&["contrib", "--wage", "5x", "--month", "2019-05"], "bad-money"),
    (&["contrib", "--wage", "-5", "--month", "2019-05"], "bad-money"),
    (&["contrib", "--wage", "5.001", "--month", "2019-05"], "bad-money"),
    (&["contrib", "--wage", "99999999999999999999999999", "--month", "2019-05"], "bad-money"),
    (&["contrib", "--wage", "5000", "--month", "2019-13"], "bad-month"),
    (&["contrib", "--wage", "5000"], "missing-flag"),
    (&["contrib", "--month", "2019-05"], "missing-flag"),
    (&["contrib", "--wage", "1", "--base", "1", "--month", "2019-05"], "flag-conflict"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--from", "2019-01"], "flag-conflict"),
    (&["contrib", "--wage", "1", "--from", "2019-05", "--to", "2019-01"], "span-reversed"),
    (&["contrib", "--wage", "1", "--from", "1900-01", "--to", "2199-12"], "span-too-long"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--only", "pensoin"], "unknown-insurance"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--payer", "enterprize"], "unknown-choice"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--injury-class", "9"], "bad-count"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--injury-grade", "80%"], "grade-without-class"),
    (
        &["contrib", "--wage", "1", "--month", "2019-05", "--injury-class", "1", "--injury-grade", "80%"],
        "grade-not-open",
    ),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--relief", "x"], "unknown-relief"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--region", "weihia"], "unknown-region"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--lang", "fr"], "unknown-choice"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--format", "xml"], "unknown-choice"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--known-on", "x"], "bad-date"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--rates", "no/where"], "no-such-folder"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--config", "no.toml"], "no-such-file"),
    (&["contrib", "--wage", "1", "--month", "2019-05", "--only", "medical"], "missing-figure"),
    (&["contrib", "--wage", "1", "--month", "2027-01"], "missing-figure"),
    (&["contrib", "--wage", "1", "--month", "2026-02", "--known-on", "2026-01-31"], "missing-figure"),
    (&["contrib", "--wages", "1"], "unknown-flag"),
    (&["contrib", "--wage"], "missing-value"),
    (&["contrib", "--wage", "1", "--wage", "2", "--month", "2019-05"], "repeated-flag"),
    (&["contribute"], "unknown-command"),
    (&["contrib", "stray"], "unexpected-value"),
    (&["resident-pension", "--month", "2019-06"], "missing-flag"),
    (&["resident-pension", "--birth", "1954-02-30", "--month", "2019-06"], "bad-date"),
    (&["resident-pension", "--birth", "2020-01-01", "--month", "2019-06"], "born-later"),
    (
        &["resident-pension", "--birth", "1954-05-15", "--death", "1950-01-01", "--month", "2019-06"],
        "died-before-birth",
    ),
    (&["resident-pension", "--id", "110105194912310021", "--month", "2019-06"], "bad-identity"),
    (&["resident-pension", "--id", "11010519491231", "--month", "2019-06"], "bad-identity"),
    (&["resident-pension", "--birth", "1954-05-15", "--month", "2024-01"], "missing-figure"),
    (&["resident-pension", "--birth", "1954-05-15", "--month", "2019-06", "--years", "200"], "bad-count"),
    (&["resident-contrib", "--tier", "300", "--year", "2019"], "restricted-tier"),
    (&["resident-contrib", "--tier", "300", "--year", "19"], "bad-year"),
    (&["resident-contrib", "--tier", "300", "--year", "2024"], "missing-figure"),
    (&["check", "examples/payroll.csv", "--format", "json"], "unknown-choice"),
    (&["tables", "history", "resident_base_pensions"], "unknown-figure"),
    (&["tables", "diff", "x", "2026"], "bad-month"),
];

#[test]
fn what_is_wrong_is_said_in_both_languages_with_what_to_do() {
    for (lang, locale, help) in [("en", "C", "help: "), ("zh", "zh_CN.UTF-8", "办法: ")] {
        let mut said = String::new();
        for (arguments, code) in WRONG {
            let output = shebao().env("LANG", locale).args(*arguments).output().unwrap();
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
            assert!(text.contains(&format!("[{code}]")), "{arguments:?} {lang}: {text}");
            assert!(text.contains(help), "{arguments:?} {lang} says nothing to do: {text}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            said.push_str(&format!("$ shebao {}\n{text}\n", arguments.join(" ")));
        }
        support::snapshot(&snapshots(), &format!("wrong-command-lines.{lang}"), &said);
    }
}

#[test]
fn a_tier_that_is_not_open_is_answered_with_those_that_are() {
    // The city's page of 2019: the ordinary tiers begin at 500 yuan.
    for (lang, said) in [("en", "open tiers: 500.00"), ("zh", "可选档次：500.00")] {
        let ran = run(&["resident-contrib", "--tier", "350", "--year", "2019", "--lang", lang]);
        assert_eq!(ran.status, Some(2), "{}", ran.err);
        assert!(ran.err.contains("[unknown-tier]") && ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn several_faults_are_told_at_once_and_underlined_in_the_users_own_text() {
    let ran = run(&["contrib", "--wage", "５千", "--month", "2019-13", "--region", "nowhere", "--known-on", "soon"]);
    for code in ["bad-money", "bad-month", "unknown-region", "bad-date"] {
        assert!(ran.err.contains(&format!("[{code}]")), "{}", ran.err);
    }
    // Two wide characters are underlined four columns wide.
    assert!(ran.err.contains(" | --wage ５千\n |        ^^^^\n"), "{}", ran.err);
}

#[test]
fn an_identity_number_is_masked_in_messages() {
    let ran = run(&["resident-pension", "--id", "371081195405159960", "--month", "2019-06"]);
    assert!(ran.err.contains("371081********9960") && !ran.err.contains("19540515"), "{}", ran.err);
}

#[test]
fn identity_numbers_stand_for_the_birth_date() {
    // 371081 1954-05-15, sequence 996: check character by GB 11643 is 4
    // (weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; sum 415; 415 mod 11 = 8 -> 4)
    let by_id = json(&["resident-pension", "--id", "371081195405159964", "--month", "2019-06"]);
    assert_eq!(by_id["birth"], "1954-05-15");
    assert_eq!(json(&["resident-pension", "--id", "371081540515996", "--month", "2019-06"])["total"], by_id["total"]);
}

#[test]
fn a_region_goes_by_its_path_its_last_part_or_its_name() {
    for region in ["cn/shandong/weihai", "weihai", "shandong/weihai", "威海市", "威海", "Weihai"] {
        let found = json(&["contrib", "--wage", "5000", "--month", "2019-05", "--region", region]);
        assert_eq!(found["region"], "cn/shandong/weihai", "{region}");
    }
}

#[test]
fn codes_of_faults_are_kebab_case_and_unique() {
    let text = fs::read_to_string(support::root().join("src/facts/fault.rs")).unwrap();
    let body = text.split("pub fn code(&self)").nth(1).unwrap().split("\n}\n").next().unwrap();
    let mut codes: Vec<&str> = body.split('"').skip(1).step_by(2).collect();
    assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{codes:?}");
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

/// Where the texts stand that are held word by word.
fn snapshots() -> std::path::PathBuf {
    support::root().join("tests/shebao/snapshots")
}

/// A help screen.
struct Screen {
    text: String,
    /// What it says of its command.
    about: String,
    /// Each command, argument and flag in its lists with what is said of it.
    entries: Vec<(String, String)>,
    /// The commands below this one.
    commands: Vec<String>,
}

impl Screen {
    /// The names of the entries, as they are listed.
    fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The arguments that are no flags, as they are listed.
    fn arguments(&self) -> Vec<&str> {
        self.names().into_iter().filter(|name| name.starts_with(['<', '['])).collect()
    }

    /// The arguments that are no flags, as the line of usage has them.
    fn arguments_of_usage(&self) -> Vec<&str> {
        let usage = self.text.lines().find(|line| line.starts_with("Usage:")).unwrap();
        let words = usage.split_whitespace().filter(|word| word.starts_with(['<', '[']));
        words.filter(|word| !["[OPTIONS]", "<COMMAND>"].contains(word)).collect()
    }
}

fn help(command: &[String], lang: &str) -> Screen {
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.extend(["--help", "--lang", lang]);
    let ran = run(&arguments);
    assert_eq!(ran.status, Some(0), "{command:?}: {}", ran.err);
    let [usage, list, examples] =
        if lang == "en" { ["Usage:", "Commands:", "Examples:"] } else { ["用法：", "命令:", "例子："] };
    let about = ran.out.lines().take_while(|line| !line.starts_with(usage)).collect();
    let (mut section, mut entries, mut commands) = ("", Vec::new(), Vec::new());
    for line in ran.out.lines().skip_while(|line| !line.starts_with(usage)).filter(|line| !line.is_empty()) {
        if !line.starts_with(' ') {
            section = line;
        } else if section != examples {
            let (name, said) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
            entries.push((name.to_owned(), said.trim().to_owned()));
            if section == list {
                commands.push(name.to_owned());
            }
        }
    }
    Screen { about, entries, commands, text: ran.out }
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// What an English screen may not say: Chinese but for what a user types (`1.2万`, `wage=应发工资`), full-width signs.
fn is_foreign(word: &str) -> bool {
    let typed = word.contains(|c: char| c.is_ascii_digit() || c == '=');
    word.contains(is_chinese) && !typed
        || word.contains(|c| matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}'))
}

/// The English words of a message in which foreign ones stand; what is quoted is the user's own.
fn foreign_words(message: &str) -> Vec<String> {
    let own = message.split('“').map(|part| part.split_once('”').map_or(part, |(_, after)| after));
    own.flat_map(str::split_whitespace).filter(|word| is_foreign(word)).map(str::to_owned).collect()
}

#[test]
fn english_messages_hold_no_chinese_and_no_full_width_signs() {
    let words = support::root().join("src/render/words");
    let literals = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(words.join(name)).unwrap();
        text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    // Of words side by side, `"中文", "English"`, the second.
    let second = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(words.join(name)).unwrap();
        let parts: Vec<&str> = text.split('"').collect();
        let literals = (3..parts.len()).step_by(2).filter(|at| parts[at - 1].trim() == ",");
        literals.map(|at| parts[at].to_owned()).collect()
    };
    let mut phrases: Vec<String> = ["en.rs", "en_faults.rs"].into_iter().flat_map(literals).collect();
    phrases.extend(["names.rs", "reading.rs", "workbook.rs"].into_iter().flat_map(second));
    assert!(phrases.iter().filter(|phrase| !phrase.is_empty()).count() > 400, "phrases are not seen");
    for (arguments, _) in WRONG {
        let ran = run(arguments);
        let said = ran.err.lines().filter(|line| line.starts_with("error[") || line.contains("= help: "));
        phrases.extend(said.map(str::to_owned));
    }
    let wrong: Vec<&String> = phrases.iter().filter(|phrase| !foreign_words(phrase).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The commands are those that the screens themselves list.
#[test]
fn every_command_and_flag_has_help_in_both_languages() {
    let mut wrong = Vec::new();
    let mut commands = vec![Vec::new()];
    let mut seen = 0;
    while let Some(command) = commands.pop() {
        seen += 1;
        let [english, chinese] = ["en", "zh"].map(|lang| help(&command, lang));
        let name = [vec!["help".to_owned()], command.clone()].concat().join("-");
        support::snapshot(&snapshots(), &name, &format!("{}\n{}", english.text, chinese.text));
        assert_eq!(english.names(), chinese.names(), "{command:?}");
        assert_eq!(english.arguments(), english.arguments_of_usage(), "{command:?}");
        let last = if command.is_empty() { ["-h, --help", "-V, --version"].as_slice() } else { &["-h, --help"] };
        assert!(english.names().ends_with(last), "{command:?}: {:?}", english.names());
        let english_says: fn(&str) -> bool = |said| !said.is_empty();
        let chinese_says: fn(&str) -> bool = |said| said.contains(is_chinese);
        for (lang, screen, is_said) in [("English", &english, english_says), ("Chinese", &chinese, chinese_says)] {
            let own = [("itself".to_owned(), screen.about.clone())];
            let silent = own.iter().chain(&screen.entries).filter(|(_, said)| !is_said(said));
            wrong.extend(silent.map(|(name, said)| format!("{command:?} has no {lang} help for {name}: {said}")));
        }
        let foreign = english.text.split_whitespace().filter(|word| is_foreign(word));
        wrong.extend(foreign.map(|word| format!("{command:?} in English: {word}")));
        let left = ["Usage", "Options", "Arguments", "Commands", "Examples", "[OPTIONS]", "<COMMAND>"];
        let left = left.iter().filter(|word| chinese.text.contains(**word));
        wrong.extend(left.map(|word| format!("{command:?} in Chinese: {word}")));
        let below = english.commands.iter().map(|name| [command.clone(), vec![name.clone()]].concat());
        commands.extend(below);
    }
    assert!(seen > 12, "only {seen} commands are seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(run(&["--version"]).out, format!("shebao {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_language_comes_from_flag_environment_configuration_and_locale_in_that_order() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("shebao")).unwrap();
    fs::write(folder.path().join("shebao/config.toml"), "lang = \"zh\"\n").unwrap();
    let said = |flag: &[&str], lang: Option<&str>, configured: bool, locale: &str| {
        let mut command = shebao();
        command.args(["contrib", "--wage", "5000", "--month", "2019-05"]).args(flag).env("LANG", locale);
        if let Some(lang) = lang {
            command.env("SHEBAO_LANG", lang);
        }
        if configured {
            command.env("XDG_CONFIG_HOME", folder.path());
        }
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        if text.contains("养老") { "zh" } else { "en" }
    };
    assert_eq!(said(&["--lang", "en"], Some("zh"), true, "zh_CN.UTF-8"), "en");
    assert_eq!(said(&[], Some("en"), true, "zh_CN.UTF-8"), "en");
    assert_eq!(said(&[], None, true, "C"), "zh");
    assert_eq!(said(&[], None, false, "zh_CN.UTF-8"), "zh");
    assert_eq!(said(&[], None, false, "de_DE.UTF-8"), "en");
}

#[test]
fn the_configuration_sets_region_and_injury_class_and_its_faults_show_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let name = path.to_string_lossy().into_owned();
    fs::write(&path, "region = \"weihai\"\ninjury-class = 1\n").unwrap();
    let found = json(&["contrib", "--wage", "5000", "--month", "2025-03", "--config", &name]);
    assert_eq!(found["region"], "cn/shandong/weihai");
    // class 1 in 2025: 0.2 % x 80 % = 0.16 %; 5,000 x 0.16 % = 8.00
    let injury = found["contributions"].as_array().unwrap().iter().find(|one| one["insurance"] == "injury").unwrap();
    assert_eq!(injury["employer"], "8.00");
    fs::write(&path, "region = \"weihai\"\nregoin = 1\n").unwrap();
    let ran = run(&["contrib", "--wage", "5000", "--month", "2025-03", "--config", &name]);
    assert!(ran.status == Some(2) && ran.err.contains("own.toml:2:1"), "{}", ran.err);
}

/// The amounts in a text: digits with a point and two decimals.
fn amounts(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
    split
        .map(|part| part.trim_matches([',', '.']).to_owned())
        .filter(|part| part.len() > 3 && part.as_bytes()[part.len() - 3] == b'.')
        .collect()
}

#[expect(clippy::too_many_lines, reason = "a table of commands")]
#[test]
fn the_language_changes_no_digit() {
    let commands: &[&[&str]] = &[
        &[
            "contrib",
            "--wage",
            "5005",
            "--month",
            "2019-05",
            "--injury-class",
            "4",
            "--injury-grade",
            "120%",
            "--explain",
        ],
        &["contrib", "--wage", "3000", "--from", "2019-01", "--to", "2019-12"],
        &[
            "resident-pension",
            "--birth",
            "1944-08-20",
            "--month",
            "2020-08",
            "--account",
            "10000",
            "--years",
            "18",
            "--explain",
        ],
        &[
            "resident-contrib",
            "--tier",
            "300",
            "--year",
            "2019",
            "--category",
            "severely-disabled",
            "--people",
            "1564",
            "--explain",
        ],
    ];
    for command in commands {
        for format in ["table", "csv", "markdown", "json"] {
            let text = |lang| {
                let mut arguments = command.to_vec();
                arguments.extend(["--format", format, "--lang", lang, "-q"]);
                run(&arguments).out
            };
            let (english, chinese) = (amounts(&text("en")), amounts(&text("zh")));
            assert!(!english.is_empty());
            assert_eq!(english, chinese, "{command:?} {format}");
        }
        // What sheets and programs read does not change at all.
        let csv = |lang| run(&[*command, &["--format", "csv", "--lang", lang]].concat()).out;
        assert_eq!(csv("en"), csv("zh"), "{command:?}");
        let value = |lang| {
            let mut arguments = command.to_vec();
            arguments.extend(["--lang", lang]);
            let mut value = json(&arguments);
            // Labels and messages follow the language; everything else must not.
            value["notes"].as_array_mut().unwrap().iter_mut().for_each(|note| note["message"] = Value::Null);
            value["steps"] = Value::Null;
            value
        };
        assert_eq!(value("en"), value("zh"), "{command:?}");
    }
}

#[test]
fn a_span_of_months_equals_the_sum_of_its_months() {
    let span = json(&["contrib", "--wage", "4015", "--from", "2019-01", "--to", "2020-12"]);
    let months = span["months"].as_array().unwrap();
    assert_eq!(months.len(), 24);
    let fen = |value: &Value| support::fen(value.as_str().unwrap());
    for total in ["employer_total", "employee_total", "total"] {
        assert_eq!(fen(&span[total]), months.iter().map(|month| fen(&month[total])).sum::<i64>(), "{total}");
    }
    for month in months.iter().step_by(5) {
        let one = json(&["contrib", "--wage", "4015", "--month", month["month"].as_str().unwrap()]);
        assert_eq!((&one["total"], &one["contributions"]), (&month["total"], &month["contributions"]));
    }
}

#[test]
fn every_json_result_carries_its_frame() {
    for command in [
        &["contrib", "--wage", "5000", "--month", "2019-05"][..],
        &["resident-pension", "--birth", "1954-05-15", "--month", "2019-06"],
        &["resident-contrib", "--tier", "500", "--year", "2019"],
        &["tables", "show", "--month", "2019-06"],
        &["tables", "history", "resident_base_pension"],
        &["tables", "diff", "2025", "2026"],
        &["tables", "list"],
    ] {
        let value = json(command);
        assert!(value["command"].as_str().unwrap().starts_with(command[0]));
        assert!(value["region"].as_str().unwrap().starts_with("cn/"));
        assert!(value["notes"].is_array());
        assert_eq!(value["tables"]["sha256"].as_str().unwrap().len(), 64);
    }
    assert!(json(&["contrib", "--wage", "1", "--month", "2019-05", "--explain"])["steps"][0]["formula"].is_string());
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [
        &["tables", "schema"][..],
        &["check", "examples/payroll.csv", "-q"],
        &["contrib", "--wage", "1", "--month", "2019-05"],
        &["contrib", "--file", "examples/payroll.csv", "-q", "--format", "json"],
        &["contrib", "--file", "examples/payroll.csv", "-q", "--format", "markdown"],
        &["contrib", "--file", "examples/payroll.csv", "-q", "--format", "table"],
    ] {
        let mut child =
            shebao().args(arguments).arg("--exit-zero").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn an_overlay_supplies_what_the_tables_lack_block_by_block() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("cn/shandong/weihai/wendeng");
    fs::create_dir_all(&home).unwrap();
    let block = "[sources.own]\ntitle = \"own\"\nissuer = \"own\"\n\n[[resident_base_pension]]\nfrom = \"2023-07\"\namount = \"200\"\nsource = \"own\"\nstatus = \"unconfirmed\"\n";
    fs::write(home.join("2023.toml"), block).unwrap();
    let rates = folder.path().to_string_lossy().into_owned();
    let person = ["resident-pension", "--birth", "1954-05-15", "--rates", &rates];
    let in_month = |month: &'static str| {
        let mut arguments = person.to_vec();
        arguments.extend(["--month", month]);
        json(&arguments)["base_pension"].clone()
    };
    assert_eq!(in_month("2024-01"), "200.00");
    // The months before stay with the embedded tables, of the same year's file too.
    assert_eq!(in_month("2023-06"), "172.00");
    assert_eq!(in_month("2019-06"), "130.00");
    let supplied = json(&["resident-pension", "--birth", "1954-05-15", "--month", "2024-01", "--base-pension", "200"]);
    assert_eq!(supplied["base_pension"], "200.00");
    assert_eq!(supplied["notes"][0]["code"], "given-figure");
}

#[test]
fn a_broken_overlay_is_an_error_that_shows_every_fault() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("cn/shandong");
    fs::create_dir_all(&home).unwrap();
    fs::write(
        home.join("2019.toml"),
        "[[base_limits]]\nfrom = \"2019-05\"\nfloor = 3269.15\nceilling = \"16345.75\"\n",
    )
    .unwrap();
    let ran = run(&["contrib", "--wage", "5000", "--month", "2019-05", "--rates", &folder.path().to_string_lossy()]);
    assert_eq!(ran.status, Some(2));
    for part in [
        "[bare-float]",
        "write \"3269.15\"",
        "[unknown-key]",
        "did you mean “ceiling”?",
        "[missing-key]",
        "2019.toml:3:9",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn exported_tables_are_the_embedded_ones() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("rates");
    let name = target.to_string_lossy().into_owned();
    assert_eq!(run(&["tables", "export", &name]).status, Some(0));
    for table in shebao::tables::embedded() {
        assert_eq!(fs::read_to_string(target.join(table.name)).unwrap(), table.text);
    }
    assert_eq!(run(&["tables", "lint", &name, "--until", "2026-12"]).status, Some(0));
    assert!(run(&["tables", "export", &name]).err.contains("[folder-not-empty]"));
    assert!(run(&["tables", "export", "no/where/rates"]).err.contains("[no-such-folder]"));
}

#[test]
fn known_on_answers_as_known_on_a_day() {
    // 鲁人社字〔2026〕75号, 2026-08-14: 4573 / 22863; until then on the 2025 average: 4504 / 22518
    let floor = |known_on: &[&str]| {
        let mut arguments = vec!["contrib", "--wage", "1", "--month", "2026-03", "--only", "pension"];
        arguments.extend(known_on);
        json(&arguments)["contributions"][0]["base"].clone()
    };
    assert_eq!(floor(&[]), "4573.00");
    assert_eq!(floor(&["--known-on", "2026-08-14"]), "4573.00");
    assert_eq!(floor(&["--known-on", "2026-08-13"]), "4504.00");
    assert_eq!(floor(&["--known-on", "2026-05-01"]), "4504.00");
}

#[test]
fn history_shows_the_series_of_wendeng_and_its_gaps() {
    let value = json(&["tables", "history", "resident_base_pension"]);
    let blocks = value["blocks"].as_array().unwrap();
    let own: Vec<&str> = blocks.iter().filter_map(|block| block["values"]["amount"].as_str()).collect();
    // W1 (2017) and the pages of 2019, 2020, 2021, 2023; 55 yuan of the pilot is the province's
    assert_eq!(
        own,
        ["55.00", "33.00", "60.00", "70.00", "100.00", "110.00", "120.00", "130.00", "154.00", "162.00", "172.00"]
    );
    assert_eq!(blocks.last().unwrap()["from"], "2023-07");
    assert!(blocks.last().unwrap()["gap"].is_string());
}

#[test]
fn a_change_of_years_shows_what_changed_and_nothing_else() {
    let value = json(&["tables", "diff", "2025", "2026"]);
    let limits = value["changes"].as_array().unwrap().iter().find(|change| change["figure"] == "base_limits").unwrap();
    assert!(limits["before"].as_str().unwrap().contains("floor = 4504.00"));
    assert!(limits["after"].as_str().unwrap().contains("floor = 4573.00"));
    assert_eq!(json(&["tables", "diff", "2019-06", "2019-07"])["changes"], Value::Array(Vec::new()));
}

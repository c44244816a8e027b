//! Both READMEs do what they say: every command in them is run, and prints what stands there.

use crate::support;
use std::fs;

/// A command of a page with the output that stands below it.
struct Shown {
    command: String,
    output: String,
}

/// The commands in the fenced `console` blocks of a page.
fn shown(page: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = !inside && line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            found.push(Shown { command: command.to_owned(), output: String::new() });
        } else if let (true, Some(last)) = (inside, found.last_mut()) {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    found
}

/// What a terminal shows of a command, run in a folder of its own that has the examples.
fn printed(command: &str, locale: &str, folder: &std::path::Path) -> String {
    let arguments: Vec<String> = words(command);
    let output = support::shebao().current_dir(folder).env("LANG", locale).args(&arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// The words of a command line; quotes keep blanks.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' | '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn judge(name: &str, locale: &str) {
    let root = support::root();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("examples")).unwrap();
    for name in ["payroll.csv", "失业保险-人员缴费信息.csv"] {
        fs::copy(root.join("examples").join(name), folder.path().join("examples").join(name)).unwrap();
    }
    let page = fs::read_to_string(root.join(name)).unwrap();
    let fences: Vec<&str> = page.lines().filter(|line| line.starts_with("```")).collect();
    assert!(fences.chunks(2).all(|fence| fence == ["```console", "```"]), "{name} has a fence that is not run");
    let mut ran = 0;
    for Shown { command, output } in shown(&page) {
        let arguments = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("shebao "));
        let Some(arguments) = arguments else {
            assert!(["cargo test"].contains(&command.as_str()), "{name} shows {command}, which no test runs");
            continue;
        };
        ran += 1;
        let printed = printed(arguments, locale, folder.path());
        // A command shown without output is only run.
        assert!(
            output.is_empty() || output.trim_end() == printed.trim_end(),
            "{name}: $ {command}\n--- stands there\n{output}\n--- printed\n{printed}"
        );
    }
    assert!(ran >= 8, "{name} shows only {ran} commands");
}

#[test]
fn the_english_page_shows_what_the_program_prints() {
    judge("README.md", "C");
}

#[test]
fn the_chinese_page_shows_what_the_program_prints() {
    judge("README.zh.md", "zh_CN.UTF-8");
}

#[test]
fn both_pages_show_the_same_commands_and_link_to_each_other() {
    let read = |name: &str| fs::read_to_string(support::root().join(name)).unwrap();
    let commands = |page: &str| shown(page).into_iter().map(|shown| shown.command).collect::<Vec<_>>();
    let (english, chinese) = (read("README.md"), read("README.zh.md"));
    assert_eq!(commands(&english), commands(&chinese));
    assert!(english.contains("(README.zh.md)") && chinese.contains("(README.md)"));
    let opening = ["cargo run --release -- check examples/payroll.csv --exit-zero", "cargo test"];
    assert_eq!(commands(&english)[..2], opening);
}

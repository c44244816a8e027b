//! The READMEs and the pages under `docs/` do what they say: every command in them is run, and prints what stands there.

use crate::support;
use std::fs;

/// A command of a page with the output that stands below it.
struct Shown {
    command: String,
    output: String,
}

/// Commands of the pages that a test cannot run.
const BUILDS: [&str; 2] = ["cargo test", "cargo install --path . --profile dist"];

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

/// The files that a page says to write: the name behind `toml` at a fence, and what stands in it.
fn files(page: &str) -> Vec<(&str, &str)> {
    let fences = page.split("```toml ").skip(1).filter_map(|fence| fence.split("\n```").next());
    fences.filter_map(|fence| fence.split_once('\n')).collect()
}

/// Every page with a Chinese one beside it: the English name, the Chinese one.
fn pages() -> Vec<(String, String)> {
    let root = support::root();
    let found = support::files(&root.join("docs"), ".zh.md");
    let names = found.iter().map(|path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"));
    let chinese = names.chain(["README.zh.md".to_owned()]);
    chinese.map(|chinese| (chinese.replace(".zh.md", ".md"), chinese)).collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(support::root().join(name)).unwrap()
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

/// Runs the commands of a page, in a folder of its own with the examples and the files that the page says to write.
fn judge(name: &str, locale: &str) {
    let root = support::root();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("examples")).unwrap();
    for name in ["payroll.csv", "失业保险-人员缴费信息.csv"] {
        fs::copy(root.join("examples").join(name), folder.path().join("examples").join(name)).unwrap();
    }
    let page = read(name);
    let fences: Vec<&str> = page.lines().filter(|line| line.starts_with("```")).collect();
    let is_known = |fence: &[&str]| (fence[0] == "```console" || fence[0].starts_with("```toml ")) && fence[1] == "```";
    assert!(fences.chunks(2).all(is_known), "{name} has a fence that is not run");
    for (path, text) in files(&page) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for Shown { command, output } in shown(&page) {
        let arguments = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("shebao "));
        let Some(arguments) = arguments else {
            assert!(BUILDS.contains(&command.as_str()), "{name} shows {command}, which no test runs");
            continue;
        };
        let printed = printed(arguments, locale, folder.path());
        // A command shown without output is only run.
        assert!(
            output.is_empty() || output.trim_end() == printed.trim_end(),
            "{name}: $ {command}\n--- stands there\n{output}\n--- printed\n{printed}"
        );
    }
}

#[test]
fn the_english_pages_show_what_the_program_prints() {
    for (english, _) in pages() {
        judge(&english, "C");
    }
}

#[test]
fn the_chinese_pages_show_what_the_program_prints() {
    for (_, chinese) in pages() {
        judge(&chinese, "zh_CN.UTF-8");
    }
}

#[test]
fn both_languages_show_the_same_commands_and_link_to_each_other() {
    let commands = |name: &str| shown(&read(name)).into_iter().map(|shown| shown.command).collect::<Vec<_>>();
    let mut count = 0;
    for (english, chinese) in pages() {
        count += commands(&english).len();
        assert_eq!(commands(&english), commands(&chinese), "{english}");
        let link = |name: &str| format!("({})", name.rsplit('/').next().unwrap());
        assert!(read(&english).contains(&link(&chinese)) && read(&chinese).contains(&link(&english)), "{english}");
    }
    assert!(count > 15, "the pages show only {count} commands");
    let opening = ["cargo run --release -- check examples/payroll.csv --exit-zero", "cargo test"];
    assert_eq!(commands("README.md")[..2], opening);
}

#[test]
fn every_page_that_shows_commands_is_run() {
    let pages = pages();
    for path in
        ["docs", "examples", "benches"].iter().flat_map(|folder| support::files(&support::root().join(folder), ".md"))
    {
        let is_run = pages.iter().any(|(english, chinese)| path.ends_with(english) || path.ends_with(chinese));
        assert!(is_run || !fs::read_to_string(&path).unwrap().contains("```console"), "{}", path.display());
    }
}

#[test]
fn the_readme_fits_on_two_screens_and_leads_to_every_page() {
    for (english, chinese) in pages() {
        for (readme, page) in [("README.md", &english), ("README.zh.md", &chinese)] {
            assert!(page == readme || read(readme).contains(&format!("({page})")), "{readme} does not lead to {page}");
        }
    }
    for readme in ["README.md", "README.zh.md"] {
        assert!(read(readme).lines().count() <= 85, "{readme} is longer than two screens");
    }
}

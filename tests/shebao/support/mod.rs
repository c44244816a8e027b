//! What the tests share: the program run as a user runs it, away from the user's own settings.

pub mod code;
pub mod grid;
pub mod people;
pub mod schema;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use shebao::facts::RegionId;
use shebao::tables::{Book, Shelf};

/// The embedded tables as they hold in the program's home region.
pub static BOOK: LazyLock<Book> =
    LazyLock::new(|| Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai/wendeng"), None).unwrap());

/// The root of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, in English, without settings of the machine.
pub fn shebao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shebao"));
    command
        .current_dir(root())
        .env_clear()
        .env("LANG", "C")
        .env("HOME", "/nonexistent")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Ran {
    ran(shebao().args(arguments).output().unwrap())
}

/// Runs the program with something on standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child =
        shebao().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    ran(output)
}

fn ran(output: Output) -> Ran {
    Ran {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The JSON of a run that went well.
pub fn json(arguments: &[&str]) -> serde_json::Value {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    let ran = run(&all);
    assert_eq!(ran.status, Some(0), "{arguments:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Every file below a folder with an ending, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// Writes a payroll file. Where `SHEBAO_FILES` names a folder, a copy is kept there for `tests/same_results.py`.
pub fn write(path: &Path, content: &[u8]) {
    std::fs::write(path, content).unwrap();
    if let Some(folder) = std::env::var_os("SHEBAO_FILES").map(PathBuf::from) {
        let folder = folder.join(path.parent().unwrap().file_name().unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(path.file_name().unwrap()), content).unwrap();
    }
}

/// Writes a file of this name into a folder, as [`write`] does, and gives its path.
pub fn written(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    write(&path, content);
    path.to_str().unwrap().to_owned()
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Writes the files of a made-up folder of tables.
pub fn tables(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// An amount in yuan with two decimals.
pub fn yuan(fen: i64) -> String {
    format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.abs() / 100, fen.abs() % 100)
}

/// An amount with two decimals in fen.
pub fn fen(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// Holds a text against the snapshot `name.snap` of a folder. Help and diagnostics only: no amount is expected because
/// the program printed it. Where a text differs the test fails, and the new one is written beside the old as `.snap.new`.
pub fn snapshot(folder: &Path, name: &str, text: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The rows of a CSV text with all their cells, the headings first: read by the `csv` crate and not by the program.
/// A line ends with a line feed; a carriage return before it belongs to it and is content everywhere else.
pub fn csv_rows(text: &[u8]) -> Vec<Vec<String>> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut builder = csv::ReaderBuilder::new();
    let builder = builder.has_headers(false).flexible(true).terminator(csv::Terminator::Any(b'\n'));
    let cells = |row: csv::StringRecord| {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        if let Some(last) = cells.last_mut() {
            last.truncate(last.strip_suffix('\r').unwrap_or(last).len());
        }
        cells
    };
    builder.from_reader(text).records().map(|row| cells(row.unwrap())).collect()
}

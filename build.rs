//! Lists every table under `rates/` into the program, so that a new file needs no change of code.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the tables from disk; it is no part of the program"
)]
#![expect(clippy::unnecessary_debug_formatting, reason = "a path inside a string literal must be escaped")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rates");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    let mut names: Vec<(String, PathBuf)> = files
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
            Some((name, path))
        })
        .collect();
    names.sort();
    let mut list = String::from("static EMBEDDED: &[Embedded] = &[\n");
    for (name, path) in &names {
        let text = fs::read_to_string(path)?;
        let kinds = kinds_of(&text);
        let _ = writeln!(list, "    Embedded {{ name: {name:?}, text: include_str!({path:?}), kinds: &{kinds:?} }},");
    }
    list.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(out, list)
}

/// The kinds of block in a table, and those that it declares gaps of, so that the program knows without
/// reading it what a table can answer.
fn kinds_of(text: &str) -> Vec<&str> {
    let mut kinds: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let block = line.trim().strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
            block.or_else(|| line.trim().strip_prefix("of = \"").and_then(|rest| rest.strip_suffix('"')))
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

//! The documents name what exists: files, folders, tests; and program output stands in fences only.

use crate::support;
use std::fs;
use std::path::Path;

/// Where documents and what they name live.
const FOLDERS: [&str; 6] = ["src", "tests", "benches", "docs", "rates", "examples"];

struct Document {
    name: String,
    /// Without fenced blocks.
    prose: String,
    /// What stands in fences.
    fenced: String,
}

impl Document {
    /// What stands between backticks.
    fn spans(&self) -> impl Iterator<Item = &str> {
        self.prose.split('`').skip(1).step_by(2)
    }
}

/// Every page of the project.
fn documents() -> Vec<Document> {
    let root = support::root();
    let mut paths: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.extend(["docs", "examples", "benches"].iter().flat_map(|folder| support::files(&root.join(folder), ".md")));
    paths.iter().map(|path| document(&root, path)).collect()
}

fn document(root: &Path, path: &Path) -> Document {
    let (mut prose, mut fenced, mut inside) = (String::new(), String::new(), false);
    for line in fs::read_to_string(path).unwrap().lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else {
            let part = if inside { &mut fenced } else { &mut prose };
            part.push_str(line);
            part.push('\n');
        }
    }
    let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    assert_eq!(prose.matches('`').count() % 2, 0, "{name} has an open backtick");
    Document { name, prose, fenced }
}

/// Every file of the project, as a path below its root.
fn files() -> Vec<String> {
    let root = support::root();
    let found = FOLDERS.iter().flat_map(|folder| support::files(&root.join(folder), ""));
    found.map(|path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/")).collect()
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "rs")
}

/// Whether a word is a path of the project, as far as it says one: `rates/<region>` is `rates/`.
fn is_there(word: &str, files: &[String]) -> Option<bool> {
    let root = support::root();
    let written = word.find(['<', '*']).map_or(word, |at| &word[..at]);
    let first = written.split_once('/').map(|(first, _)| first);
    let exists = |folder: &str| first.filter(|first| !first.is_empty() && root.join(folder).join(first).is_dir());
    if FOLDERS.iter().any(|folder| first == Some(folder)) || first == Some(".ci") {
        Some(root.join(written).exists())
    } else if exists("src").is_some() {
        Some(root.join("src").join(written).exists())
    } else if is_rust(written) {
        Some(files.iter().any(|file| file.ends_with(&format!("/{written}"))))
    } else {
        None
    }
}

#[test]
fn every_path_that_a_document_names_exists() {
    let files = files();
    let (mut named, mut missing) = (0, Vec::new());
    for document in documents() {
        for word in document.spans().flat_map(str::split_whitespace) {
            let Some(there) = is_there(word, &files) else { continue };
            named += 1;
            if !there {
                missing.push(format!("{} names `{word}`", document.name));
            }
        }
    }
    assert!(named > 30, "paths are not seen");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The words of a Rust file, so that `#[test] fn name(` is found however it is set.
fn words_of(path: &str) -> String {
    let text = fs::read_to_string(support::root().join(path)).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_name(span: &str) -> bool {
    span.contains('_') && span.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[test]
fn every_test_that_a_document_names_exists() {
    let (mut named, mut missing) = (0, Vec::new());
    for document in documents() {
        // Text and spans by turns: `tests/file.rs` (`name`, `name`).
        let parts: Vec<&str> = document.prose.split('`').collect();
        let mut file = None;
        for (i, span) in parts.iter().enumerate().skip(1).step_by(2) {
            match parts[i - 1].trim() {
                "(" | "," if is_name(span) && file.is_some() => {
                    named += 1;
                    let file: &str = file.unwrap();
                    if !words_of(file).contains(&format!("#[test] fn {span}(")) {
                        missing.push(format!("{}: no test {span} in {file}", document.name));
                    }
                }
                _ => file = Some(*span).filter(|span| is_rust(span)),
            }
        }
    }
    assert!(named > 5, "tests are not seen");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// A test goes by its name and its file: a name alone is not looked up, so it must not stand alone.
#[test]
fn a_test_is_named_with_its_file() {
    let tests: String =
        files().iter().filter(|file| is_rust(file)).map(|file| words_of(file)).collect::<Vec<_>>().join(" ");
    for document in documents() {
        let parts: Vec<&str> = document.prose.split('`').collect();
        for (i, span) in parts.iter().enumerate().skip(1).step_by(2) {
            // Four words or more: no key of a result and no name of a figure is as long.
            if is_name(span) && span.matches('_').count() > 2 {
                let known = tests.contains(&format!("#[test] fn {span}("));
                assert!(known && matches!(parts[i - 1].trim(), "(" | ","), "{} names {span}", document.name);
            }
        }
    }
}

#[test]
fn output_stands_in_fences_only() {
    for document in documents() {
        let shown: Vec<&str> =
            document.fenced.lines().map(str::trim).filter(|line| line.chars().count() > 12).collect();
        for line in document.prose.lines().map(str::trim) {
            assert!(!shown.contains(&line), "{} has output outside a fence: {line}", document.name);
        }
    }
}

/// What links can point to on a page: its headings, as a browser of the repository writes them.
fn anchors(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept =
        |heading: &str| heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>();
    headings.map(|heading| kept(heading).to_lowercase().replace(' ', "-")).collect()
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    for document in documents() {
        let folder = support::root().join(&document.name).parent().unwrap().to_owned();
        for part in document.prose.split("](").skip(1) {
            let link = part.split(')').next().unwrap();
            if link.starts_with("http") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = if target.is_empty() { support::root().join(&document.name) } else { folder.join(target) };
            assert!(path.exists(), "{} links to {target}", document.name);
            assert!(anchor.is_empty() || anchors(&path).contains(&anchor.to_owned()), "{}: no {link}", document.name);
        }
    }
}

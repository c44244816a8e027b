//! Lists every table under `rates/` into the program, so that a new file needs no change of code.
//!
//! Each table comes with an index: where its sources lie, and for every block where its kind, its quoted
//! fields and itself lie. The spans are those of the parser; the program reads there what they mean, with the
//! reader that reads whole files.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the tables from disk; it is no part of the program"
)]
#![expect(clippy::unnecessary_debug_formatting, reason = "a path inside a string literal must be escaped")]

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    let mut list = String::from("#[allow(clippy::single_range_in_vec_init)]\nstatic EMBEDDED: &[Embedded] = &[\n");
    for (name, path) in &names {
        let text = fs::read_to_string(path)?;
        let index = index_of(&text).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        let sources: Vec<Range<usize>> = index.sources.into_iter().map(|(_, span)| span).collect();
        let _ = writeln!(list, "    Embedded {{ name: {name:?}, text: include_str!({path:?}),");
        let _ = writeln!(list, "        sources: &{sources:?}, index: &[");
        for Indexed { kind, texts, sources, span } in index.blocks {
            let fields = format!("kind: {kind:?}, texts: &{texts:?}, sources: &{sources:?}, span: {span:?}");
            let _ = writeln!(list, "            Indexed {{ {fields} }},");
        }
        list.push_str("        ] },\n");
    }
    list.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(out, list)
}

/// The sources of a table by key, and its blocks in order within each kind.
struct Index {
    sources: Vec<(String, Range<usize>)>,
    blocks: Vec<Indexed>,
}

/// A block of a table; `Indexed` in `src/tables/source.rs` says what the spans are.
struct Indexed {
    kind: Range<usize>,
    texts: Vec<(Range<usize>, Range<usize>)>,
    sources: Vec<usize>,
    span: Range<usize>,
}

fn index_of(text: &str) -> Result<Index, toml::de::Error> {
    let table = DeTable::parse(text)?.into_inner();
    let sources = table.get("sources").and_then(|found| found.get_ref().as_table());
    let sources = sources.into_iter().flatten();
    let sources: Vec<(String, Range<usize>)> =
        sources.map(|(key, source)| (key.get_ref().to_string(), span_of(source))).collect();
    let mut blocks = Vec::new();
    for (name, found) in &table {
        for block in found.get_ref().as_array().into_iter().flatten() {
            let Some(fields) = block.get_ref().as_table() else { continue };
            let texts = fields.iter().filter(|(_, value)| value.get_ref().is_str());
            let texts = texts.map(|(key, value)| (key.span(), unquoted(value))).collect();
            let of = fields.get("of").filter(|_| name.get_ref() == "gap");
            let kind = of.map_or_else(|| name.span(), unquoted);
            blocks.push(Indexed { kind, texts, sources: cited(fields, &sources), span: span_of(block) });
        }
    }
    Ok(Index { sources, blocks })
}

/// Which of the sources a block cites.
fn cited(block: &DeTable<'_>, sources: &[(String, Range<usize>)]) -> Vec<usize> {
    let named = block.get("source").map(Spanned::get_ref);
    let one = named.and_then(|found| found.as_str()).into_iter();
    let several = named.and_then(|found| found.as_array()).into_iter().flatten();
    let keys = one.chain(several.filter_map(|key| key.get_ref().as_str()));
    keys.filter_map(|key| sources.iter().position(|(name, _)| name == key)).collect()
}

/// A table from its heading to its last value; the parser's span is the heading alone.
fn span_of(table: &Spanned<DeValue<'_>>) -> Range<usize> {
    table.span().start..end_of(table)
}

/// Where a value ends, with all that is in it.
fn end_of(found: &Spanned<DeValue<'_>>) -> usize {
    let inside = match found.get_ref() {
        DeValue::Table(fields) => fields.values().map(end_of).max(),
        DeValue::Array(items) => items.iter().map(end_of).max(),
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            None
        }
    };
    inside.unwrap_or(0).max(found.span().end)
}

/// The span of a text between its quotes.
fn unquoted(found: &Spanned<DeValue<'_>>) -> Range<usize> {
    let span = found.span();
    span.start + 1..span.end - 1
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

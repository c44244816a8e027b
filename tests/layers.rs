//! The house keeps its shape: imports only go down, no circles, no room too large.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The layers, lowest first; an import may only go to an earlier one.
const LAYERS: [&str; 7] = ["units", "facts", "rules", "tables", "batch", "render", "cli"];
/// The most lines of a file.
const LINES_AT_MOST: usize = 500;

/// A source file without its test module and its comments.
struct Source {
    path: String,
    text: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = support::root().join("src");
    let read = |path: &Path| {
        let whole = std::fs::read_to_string(path).unwrap();
        let code = whole.split("#[cfg(test)]").next().unwrap().to_owned();
        let text = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        Source { path, text, lines: whole.lines().count() }
    };
    support::files(&root, ".rs").iter().map(|path| read(path)).collect()
}

/// The paths that a file imports, groups written out: `crate::facts::Fault`, `super::book::Book`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split("use ").skip(1) {
        let statement = part.split(';').next().unwrap().split_whitespace().collect::<String>();
        if statement.starts_with("crate::") || statement.starts_with("super::") || statement.starts_with("self::") {
            found.extend(expand(&statement));
        }
    }
    // Paths written out in the code count as well.
    for root in ["crate::", "super::"] {
        for part in text.split(root).skip(1) {
            let path: String = part.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
            found.push(format!("{root}{path}"));
        }
    }
    found
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expand(path: &str) -> Vec<String> {
    let Some(open) = path.find('{') else { return vec![path.to_owned()] };
    let (front, inside) = (&path[..open], &path[open + 1..path.rfind('}').unwrap()]);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    parts.iter().filter(|part| !part.is_empty()).flat_map(|part| expand(&format!("{front}{part}"))).collect()
}

#[test]
fn imports_only_go_down() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((own, _)) = source.path.split_once('/') else { continue };
        let own_level = LAYERS.iter().position(|layer| *layer == own).unwrap_or_else(|| panic!("{own} is no layer"));
        for import in imports(&source.text) {
            let Some(layer) = import.strip_prefix("crate::").and_then(|path| path.split("::").next()) else { continue };
            if let Some(level) = LAYERS.iter().position(|other| *other == layer).filter(|level| *level > own_level) {
                wrong.push(format!("{} imports {} ({import})", source.path, LAYERS[level]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_never_see_tables_and_render_never_sees_rules() {
    for (layer, forbidden) in [("rules", "tables"), ("render", "rules"), ("render", "tables")] {
        for source in sources().iter().filter(|source| source.path.starts_with(&format!("{layer}/"))) {
            let seen =
                imports(&source.text).into_iter().find(|import| import.starts_with(&format!("crate::{forbidden}")));
            assert_eq!(seen, None, "{} imports from {forbidden}", source.path);
        }
    }
}

/// The rooms of a layer: its files and folders, the front page apart.
fn room(path: &str) -> Option<(String, String)> {
    let (layer, rest) = path.split_once('/')?;
    let room = rest.split('/').next()?.trim_end_matches(".rs");
    (room != "mod").then(|| (layer.to_owned(), room.to_owned()))
}

/// Names that a layer's front page hands out, with the room each comes from.
fn handed_out(sources: &[Source], layer: &str) -> BTreeMap<String, String> {
    let front = sources.iter().find(|source| source.path == format!("{layer}/mod.rs")).unwrap();
    let mut names = BTreeMap::new();
    for part in front.text.split("use ").skip(1) {
        let statement = part.split(';').next().unwrap().split_whitespace().collect::<String>();
        for path in expand(&statement) {
            let parts: Vec<&str> = path.trim_start_matches("self::").split("::").collect();
            if let [room, .., name] = parts.as_slice() {
                names.insert((*name).to_owned(), (*room).to_owned());
            }
        }
    }
    names
}

#[test]
fn no_layer_has_a_circle_of_rooms() {
    let sources = sources();
    for layer in LAYERS {
        let names = handed_out(&sources, layer);
        let rooms: BTreeSet<String> = sources
            .iter()
            .filter_map(|source| room(&source.path))
            .filter(|(own, _)| own == layer)
            .map(|(_, room)| room)
            .collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for source in &sources {
            let Some((_, own)) = room(&source.path).filter(|(own, _)| own == layer) else { continue };
            let nested = source.path.matches('/').count() > 1;
            for import in imports(&source.text) {
                let inside = import.strip_prefix(&format!("crate::{layer}::"));
                let beside = if nested { None } else { import.strip_prefix("super::") };
                let Some(first) = inside.or(beside).and_then(|path| path.split("::").next()) else { continue };
                let target = if rooms.contains(first) { Some(first.to_owned()) } else { names.get(first).cloned() };
                if let Some(target) = target.filter(|target| *target != own) {
                    edges.entry(own.clone()).or_default().insert(target);
                }
            }
        }
        // Rooms that only lead to rooms already taken away are taken away; a circle stays.
        let mut left: BTreeSet<String> = rooms.clone();
        loop {
            let free: Vec<String> =
                left.iter().filter(|room| edges.get(*room).is_none_or(|to| to.is_disjoint(&left))).cloned().collect();
            if free.is_empty() {
                break;
            }
            for room in free {
                left.remove(&room);
            }
        }
        let circle: Vec<String> = left
            .iter()
            .map(|room| format!("{layer}::{room} -> {:?}", edges[room].intersection(&left).collect::<Vec<_>>()))
            .collect();
        assert!(circle.is_empty(), "{}", circle.join("\n"));
    }
}

#[test]
fn no_file_is_too_large_and_none_is_a_grab_bag() {
    for source in sources() {
        assert!(
            source.lines <= LINES_AT_MOST,
            "{} has {} lines: two rooms would be easier to live in",
            source.path,
            source.lines
        );
        let name = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        assert!(
            !["utils", "util", "helpers", "common", "misc", "manager"].contains(&name),
            "{} says nothing by its name",
            source.path
        );
    }
}

#[test]
fn every_room_opens_with_what_it_is_for() {
    for source in sources() {
        let whole = std::fs::read_to_string(support::root().join("src").join(&source.path)).unwrap();
        assert!(whole.starts_with("//! "), "{} has no front page", source.path);
    }
}

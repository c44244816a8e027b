//! The house keeps its shape: imports only go down, no circles, no room too large, one place for each type.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::code::{Import, Modules, Source, Type, sources};

/// The rooms, lowest rank first. A room imports from lower ranks only; rooms of one rank do not import each other.
const RANKS: &[&[&str]] = &[
    &["units"],
    &["facts"],
    &["rules", "tables", "files"],
    &["payroll"],
    &["batch"],
    &["check", "calculate"],
    &["render"],
    &["cli"],
];
/// Rooms that do not see each other although their ranks would let them: who, and whom it must not see.
const UNSEEN: &[(&str, &str)] = &[("render", "rules"), ("render", "tables")];
/// The most lines of a file.
const LINES_AT_MOST: usize = 500;
/// The largest share of all lines that a room may hold, one part in so many.
const ROOM_AT_MOST: usize = 4;

/// Fails where anything breaks a rule.
fn none(found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "breaks the rule:\n{}", found.join("\n"));
}

fn imports() -> BTreeSet<Import> {
    Modules::of(&sources()).imports()
}

/// The room of a file; `None` for the crate's own front pages.
fn room(path: &str) -> Option<&str> {
    path.split_once('/').map(|(room, _)| room)
}

/// The rooms that an import touches: the one whose path is written, and the one that defines the item.
fn rooms(import: &Import) -> impl Iterator<Item = &str> {
    [Some(import.room.as_str()).filter(|room| !room.is_empty()), room(&import.to)].into_iter().flatten()
}

fn rank(room: &str) -> usize {
    RANKS.iter().position(|rank| rank.contains(&room)).unwrap_or_else(|| panic!("{room} has no rank"))
}

#[test]
fn imports_only_go_down() {
    let mut wrong = Vec::new();
    for import in &imports() {
        let Some(own) = room(&import.from) else { continue };
        let allowed = |other: &str| other == own || rank(other) < rank(own) && !UNSEEN.contains(&(own, other));
        wrong.extend(rooms(import).find(|other| !allowed(other)).map(|other| format!("{other}: {import:?}")));
    }
    none(wrong);
}

#[test]
fn every_room_has_a_rank_and_every_rank_its_rooms() {
    let sources = sources();
    let found: BTreeSet<&str> = sources.iter().filter_map(|source| room(&source.path)).collect();
    let ranked: Vec<&str> = RANKS.concat();
    assert_eq!(found, ranked.iter().copied().collect());
    assert_eq!(found.len(), ranked.len(), "a room stands in two ranks");
    let roomless: Vec<&str> = sources.iter().map(|one| one.path.as_str()).filter(|path| room(path).is_none()).collect();
    assert_eq!(roomless, ["lib.rs", "main.rs"]);
}

type Edges = BTreeSet<(String, String)>;

/// The edges that lie on a circle, or between two: taking away what leads nowhere leaves them.
fn on_circles(edges: &Edges) -> Edges {
    let mut left = edges.clone();
    loop {
        let (starts, ends): (BTreeSet<String>, BTreeSet<String>) = left.iter().cloned().unzip();
        let before = left.len();
        left.retain(|(from, to)| starts.contains(to) && ends.contains(from));
        if left.len() == before {
            return left;
        }
    }
}

fn arrow((from, to): (String, String)) -> String {
    format!("{from} -> {to}")
}

#[test]
fn no_file_is_in_a_circle() {
    let edges: Edges = imports().into_iter().map(|import| (import.from, import.to)).collect();
    assert!(edges.len() > 100, "imports are not seen");
    none(on_circles(&edges).into_iter().map(arrow));
}

/// A file or a folder directly in a room; the room's front page belongs to none.
fn chamber(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let (room, chamber) = (parts.next()?, parts.next()?.trim_end_matches(".rs"));
    (chamber != "mod").then(|| format!("{room}/{chamber}"))
}

#[test]
fn no_room_has_a_circle_of_its_folders() {
    let edges = imports().into_iter().filter_map(|import| Some((chamber(&import.from)?, chamber(&import.to)?)));
    none(on_circles(&edges.filter(|(from, to)| from != to).collect()).into_iter().map(arrow));
}

/// Names with the files where they stand, of those that stand in more than one place.
fn in_several_places(types: Vec<Type>) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in types {
        places.entry(one.name).or_default().push(one.file);
    }
    places.retain(|_, files| files.len() > 1);
    places.into_iter().map(|(name, files)| format!("{name}: {}", files.join(" "))).collect()
}

#[test]
fn the_impl_blocks_of_a_type_stand_in_one_file() {
    let mut blocks = Modules::of(&sources()).inherent_impls();
    assert!(blocks.len() > 100, "impl blocks are not seen");
    blocks.sort_by(|one, other| (&one.name, &one.file).cmp(&(&other.name, &other.file)));
    blocks.dedup_by(|one, other| (&one.name, &one.file) == (&other.name, &other.file));
    none(in_several_places(blocks));
}

#[test]
fn the_name_of_a_public_type_is_its_own() {
    let types = Modules::of(&sources()).public_types();
    assert!(types.len() > 100, "public types are not seen");
    none(in_several_places(types));
}

#[test]
fn no_room_is_larger_than_its_share() {
    let sources = sources();
    let lines = |sources: &mut dyn Iterator<Item = &Source>| -> usize {
        sources.map(|source| source.whole.lines().count()).sum()
    };
    let all = lines(&mut sources.iter());
    let share = |name: &str| lines(&mut sources.iter().filter(|source| room(&source.path) == Some(name)));
    let large = RANKS.concat().into_iter().filter(|room| share(room) * ROOM_AT_MOST > all);
    none(large.map(str::to_owned));
}

#[test]
fn no_file_is_too_large_and_none_is_a_grab_bag() {
    for source in sources() {
        let lines = source.whole.lines().count();
        assert!(lines <= LINES_AT_MOST, "{} has {lines} lines: two files would be easier to live in", source.path);
        let name = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        assert!(
            !["utils", "util", "helpers", "common", "misc", "manager"].contains(&name),
            "{} says nothing by its name",
            source.path
        );
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for source in sources() {
        assert!(source.whole.starts_with("//! "), "{} has no front page", source.path);
    }
}

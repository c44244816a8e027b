//! Looking at the tables themselves: what is in force, and one figure through the years.
//!
//! It is what `tables show`, `history` and `diff` print: every kind of block alike, with its values as text and its
//! citation. Which block is in force is for `levels` to say.

use std::sync::Arc;

use super::book::Book;
use super::kinds::{self, BlockKind, Gap, TableBlock, Visitor};
use super::levels::{Answer, Levels};
use crate::facts::{Bilingual, Citation, Faults, FigureKind, Outcome, RegionId};
use crate::units::{Date, Month};

/// A block or gap, ready to be shown.
#[derive(Clone, Debug)]
pub struct TableEntry {
    /// The kind of block.
    pub kind: FigureKind,
    /// What singles the thing out.
    pub key: Vec<String>,
    /// Its values: name and text as the tables write it; empty for a gap.
    pub values: Vec<(&'static str, String)>,
    /// From when.
    pub from: Month,
    /// Until when.
    pub to: Option<Month>,
    /// When published.
    pub published: Option<Date>,
    /// The level whose block it is.
    pub region: RegionId,
    /// Its citation; none for a gap.
    pub citation: Option<Arc<Citation>>,
    /// The reason of a gap.
    pub reason: Option<Bilingual>,
}

impl TableEntry {
    /// The kind and key as `tables history` takes them: `contribution_rate.pension`.
    #[must_use]
    pub fn name(&self) -> String {
        let parts: Vec<&str> = std::iter::once(self.kind.code()).chain(self.key.iter().map(String::as_str)).collect();
        parts.join(".")
    }

    fn of<K: BlockKind>(block: &TableBlock<K>) -> Self {
        Self {
            kind: K::KIND,
            key: kinds::named(&block.value),
            values: block
                .value
                .values()
                .into_iter()
                .filter(|(_, text, _)| !text.is_empty())
                .map(|(name, text, _)| (name, text))
                .collect(),
            from: block.head.from,
            to: block.head.to,
            published: block.head.published,
            region: block.head.citation.region.clone(),
            citation: Some(Arc::clone(&block.head.citation)),
            reason: None,
        }
    }

    fn of_gap<K: BlockKind>(gap: &Gap, region: &RegionId) -> Self {
        Self {
            kind: K::KIND,
            key: gap.keys.iter().map(|(_, value)| value.clone()).collect(),
            values: Vec::new(),
            from: gap.from,
            to: gap.to,
            published: None,
            region: region.clone(),
            citation: None,
            reason: Some(gap.reason.clone()),
        }
    }
}

/// Borrowed pairs, as `Levels::find` takes them.
pub(super) fn borrowed<'a>(pairs: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Everything that is in force in a month, by kind and key.
///
/// # Errors
/// Every fault of the blocks that were read; one that many figures meet is said once.
///
/// ```
/// use shebao::facts::{FigureKind, RegionId};
/// use shebao::tables::{Book, Shelf, entries_in_force};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let entries = entries_in_force(&book, "2025-02".parse().unwrap()).unwrap();
/// let limits = entries.iter().find(|entry| entry.kind == FigureKind::BaseLimits).unwrap();
/// // 鲁人社字〔2025〕91号
/// assert!(limits.values.contains(&("floor", "4504.00".to_owned())));
/// ```
pub fn entries_in_force(book: &Book, month: Month) -> Outcome<Vec<TableEntry>> {
    struct InForce<'a> {
        levels: &'a Levels,
        month: Month,
        entries: Vec<TableEntry>,
        faults: Faults,
    }
    impl Visitor for InForce<'_> {
        fn visit<K: BlockKind>(&mut self) {
            let mut seen: Vec<Vec<(&'static str, String)>> = Vec::new();
            let started = self.faults.keep(self.levels.started::<K>(self.month)).unwrap_or_default();
            for block in started {
                let key = kinds::key_values(&block.value);
                if seen.contains(&key) {
                    continue;
                }
                let found = self.faults.keep(self.levels.find::<K>(&borrowed(&key), self.month));
                if let Some(Answer::Found(block)) = found {
                    self.entries.push(TableEntry::of(block));
                }
                seen.push(key);
            }
        }
    }
    let mut visitor = InForce { levels: book.levels(), month, entries: Vec::new(), faults: Faults::default() };
    kinds::each_kind(&mut visitor);
    visitor.faults.0.dedup();
    visitor.faults.or(visitor.entries)
}

/// Every block and gap of a kind that speaks for the region, oldest first.
///
/// The most specific level that has the kind speaks from its first block on; before that, the wider
/// ones. `only` keeps the things whose key holds all of these values.
///
/// # Errors
/// Every fault of the blocks that were read.
///
/// ```
/// use shebao::facts::{FigureKind, RegionId};
/// use shebao::tables::{Book, Shelf, history};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let rates = history(&book, FigureKind::ContributionRate, &["pension"]).unwrap();
/// assert!(rates.iter().any(|entry| entry.from == "2019-05".parse().unwrap()));
/// assert!(rates.is_sorted_by_key(|entry| entry.from));
/// ```
pub fn history(book: &Book, kind: FigureKind, only: &[&str]) -> Outcome<Vec<TableEntry>> {
    struct History<'a> {
        levels: &'a Levels,
        kind: FigureKind,
        only: &'a [&'a str],
        entries: Vec<TableEntry>,
        faults: Faults,
    }
    impl Visitor for History<'_> {
        fn visit<K: BlockKind>(&mut self) {
            if K::KIND != self.kind {
                return;
            }
            let mut first: Option<Month> = None;
            for level in &self.levels.list {
                let mut here = Vec::new();
                for slot in &level.slots {
                    let read = slot.blocks::<K>(&self.levels.shelf, &level.region, &[]);
                    for blocks in self.faults.keep(read).unwrap_or_default() {
                        here.extend(K::of(blocks).iter().map(TableEntry::of));
                        let gaps = blocks.gaps.iter().filter(|gap| gap.of == K::KIND);
                        here.extend(gaps.map(|gap| TableEntry::of_gap::<K>(gap, &level.region)));
                    }
                }
                here.retain(|entry| self.only.iter().all(|part| entry.key.iter().any(|value| value == part)));
                here.retain(|entry| first.is_none_or(|first| entry.from < first));
                first = here.iter().map(|entry| entry.from).chain(first).min();
                self.entries.extend(here);
            }
            self.entries.sort_by(|a, b| (a.from, &a.key, a.published).cmp(&(b.from, &b.key, b.published)));
        }
    }
    let mut visitor = History { levels: book.levels(), kind, only, entries: Vec::new(), faults: Faults::default() };
    kinds::each_kind(&mut visitor);
    visitor.faults.0.dedup();
    visitor.faults.or(visitor.entries)
}

/// The key of a block for `Levels::find`.
pub(super) type OwnedKey = Vec<(&'static str, String)>;

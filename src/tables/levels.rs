//! The levels of one region's tables: what is in force for a thing in a month.
//!
//! The folder tree is the region tree. For a thing (a kind of block and its key) the most specific
//! level speaks, from the first month it has a block or a gap for it. Within a level the block with
//! the latest start not after the month speaks; if it has ended, that is a gap, and the wider
//! level's figure is not used in its place. Files are read only when a question needs them.

use std::sync::Arc;

use super::kinds::{BlockKind, Gap, Head, Key, TableBlock, accepts};
use super::selector::Selector;
use super::slot::Slot;
use super::source::Shelf;
use crate::facts::{Fault, Figure, Kind, MissingWhy, Outcome, RegionId, TableFile};
use crate::units::{Date, Month};

/// What the tables say when asked for a thing in a month.
#[derive(Clone, Debug)]
pub(super) enum Answer<T> {
    /// This is in force.
    Found(T),
    /// The level that speaks has no figure.
    Gap(MissingWhy),
    /// No level has ever had one.
    Nowhere,
}

/// One level of the region tree with its files, the latest year first.
#[derive(Debug)]
pub(super) struct Level {
    /// The region of the level.
    pub region: RegionId,
    /// Its files.
    pub slots: Vec<Slot>,
}

impl Level {
    /// The level of a region on the shelf, its year files the latest first; in one year the lower layer first.
    pub fn open(shelf: &Shelf, region: RegionId) -> Outcome<Self> {
        let mut slots = Vec::new();
        for layer in 0..shelf.depth() {
            for (name, embedded) in shelf.folder(layer, region.path())? {
                if let Some(year) = year_of(&name) {
                    slots.push(Slot::new(year, layer, name, embedded));
                }
            }
        }
        slots.sort_by_key(|slot| (std::cmp::Reverse(slot.year), slot.layer));
        Ok(Self { region, slots })
    }
}

/// The levels of a region, the most specific first, and the day up to which published figures count.
#[derive(Debug)]
pub(super) struct Levels {
    /// The region.
    pub region: RegionId,
    /// The day up to which published figures count.
    pub known_on: Option<Date>,
    /// Where the files lie.
    pub shelf: Shelf,
    /// The levels.
    pub list: Vec<Level>,
}

impl Levels {
    /// The files that held what was asked so far.
    pub fn files_read(&self) -> impl Iterator<Item = &Arc<TableFile>> {
        self.list.iter().flat_map(|level| &level.slots).filter_map(Slot::asked_file)
    }

    /// What is in force for a thing in a month.
    pub fn find<K: BlockKind>(&self, key: Key<'_>, month: Month) -> Outcome<Answer<&TableBlock<K>>> {
        for level in &self.list {
            if let Some(answer) = self.find_at(level, key, month)? {
                return Ok(answer);
            }
        }
        Ok(Answer::Nowhere)
    }

    /// What one level says; `None` where it has nothing for the thing up to the month.
    fn find_at<'l, K: BlockKind>(
        &self,
        level: &'l Level,
        key: Key<'_>,
        month: Month,
    ) -> Outcome<Option<Answer<&'l TableBlock<K>>>> {
        let mut gap: Option<(usize, &Gap)> = None;
        let mut at = level.slots.partition_point(|slot| slot.year > month.year());
        while let Some(year) = level.slots.get(at).map(|slot| slot.year) {
            let mut best: Option<(Rank, &TableBlock<K>)> = None;
            while let Some(slot) = level.slots.get(at).filter(|slot| slot.year == year) {
                at += 1;
                if gap.as_ref().is_some_and(|(layer, _)| slot.layer <= *layer) {
                    continue;
                }
                let read = slot.blocks::<K>(&self.shelf, &level.region, key)?;
                let blocks = read.iter().flat_map(|blocks| K::of(blocks));
                for block in blocks.filter(|block| self.counts(&block.head, month) && accepts(&block.value, key)) {
                    let rank = Rank::of(block, slot.layer);
                    if best.as_ref().is_none_or(|(other, _)| rank >= *other) {
                        best = Some((rank, block));
                    }
                }
                let gaps = read.iter().flat_map(|blocks| &blocks.gaps);
                for candidate in gaps.filter(|gap| gap.from <= month && gap_accepts::<K>(gap, key)) {
                    if gap.as_ref().is_none_or(|(_, other)| candidate.from >= other.from) {
                        gap = Some((slot.layer, candidate));
                    }
                }
            }
            if let Some((rank, block)) = best {
                // A gap speaks where it starts later, unless a folder laid over it covers the month.
                let covers = block.head.to.is_none_or(|to| month <= to);
                match &gap {
                    Some((layer, gap)) if gap.from > rank.from && !(covers && rank.layer > *layer) => {}
                    _ => return Ok(Some(self.in_force(block, month))),
                }
            }
            if gap.as_ref().is_some_and(|(layer, _)| layer + 1 >= self.shelf.depth()) {
                break;
            }
        }
        Ok(gap.map(|(_, gap)| {
            let ended = gap.to.filter(|to| month > *to);
            let reason = ended.is_none().then(|| gap.reason.clone());
            Answer::Gap(MissingWhy { reason, ended, known_on: self.known_on })
        }))
    }

    fn in_force<'l, K: BlockKind>(&self, block: &'l TableBlock<K>, month: Month) -> Answer<&'l TableBlock<K>> {
        match block.head.to.filter(|to| month > *to) {
            Some(to) => Answer::Gap(MissingWhy { reason: None, ended: Some(to), known_on: self.known_on }),
            None => Answer::Found(block),
        }
    }

    fn counts(&self, head: &Head, month: Month) -> bool {
        let known = self.known_on.zip(head.published).is_none_or(|(known_on, published)| published <= known_on);
        head.from <= month && known
    }

    /// What is in force for a thing; not to have it is a fault.
    pub fn need<K: BlockKind>(&self, key: Key<'_>, month: Month) -> Outcome<&TableBlock<K>> {
        match self.find(key, month)? {
            Answer::Found(block) => Ok(block),
            Answer::Gap(why) => Err(self.missing::<K>(key, month, why).into()),
            Answer::Nowhere => Err(self
                .missing::<K>(key, month, MissingWhy { known_on: self.known_on, ..MissingWhy::default() })
                .into()),
        }
    }

    /// The fault of a figure that the tables lack.
    #[must_use]
    pub fn missing<K: BlockKind>(&self, key: Key<'_>, month: Month, why: MissingWhy) -> Fault {
        let figure = Figure { kind: K::KIND, key: key.iter().map(|(_, value)| (*value).to_owned()).collect() };
        Fault::new(Kind::MissingFigure { figure, region: self.region.clone(), month, why })
    }

    /// Every block of a kind that has started by a month, at any level: for listing what exists.
    pub fn started<K: BlockKind>(&self, month: Month) -> Outcome<Vec<&TableBlock<K>>> {
        let mut found = Vec::new();
        for level in &self.list {
            for slot in level.slots.iter().skip_while(|slot| slot.year > month.year()) {
                for blocks in slot.blocks::<K>(&self.shelf, &level.region, &[])? {
                    found.extend(K::of(blocks).iter().filter(|block| self.counts(&block.head, month)));
                }
            }
        }
        Ok(found)
    }
}

/// Which of several blocks speaks: the latest start, then the higher layer, then the one that names
/// what it is for, then the one published last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    from: Month,
    layer: usize,
    named: usize,
    published: Option<Date>,
}

impl Rank {
    fn of<K: BlockKind>(block: &TableBlock<K>, layer: usize) -> Self {
        let named = block.value.keys().iter().filter(|(_, selector)| *selector != Selector::Any).count();
        Self { from: block.head.from, layer, named, published: block.head.published }
    }
}

fn gap_accepts<K: BlockKind>(gap: &Gap, key: Key<'_>) -> bool {
    gap.of == K::KIND
        && gap.keys.iter().all(|(name, value)| key.iter().any(|(asked, wanted)| asked == name && wanted == value))
}

/// The year that a file name stands for.
pub(super) fn year_of(file: &str) -> Option<i32> {
    let year = file.strip_suffix(".toml").filter(|stem| stem.len() == 4 && stem.bytes().all(|b| b.is_ascii_digit()))?;
    year.parse().ok().filter(|year| (1900..2200).contains(year))
}

//! The book of one region: what is in force, for whom, in which month, by which document.
//!
//! The folder tree is the region tree. For a thing (a kind of block and its key) the most specific
//! level speaks, from the first month it has a block or a gap for it. Within a level the block with
//! the latest start not after the month speaks; if it has ended, that is a gap, and the wider
//! level's figure is not used in its place. Files are read only when a question needs them.

use std::sync::Arc;

use super::kinds::{self, Block, Gap, Key, Kind, accepts};
use super::reader::{Field, Fields, Reader};
use super::selector::Selector;
use super::slot::Slot;
use super::source::{INSURANCES_FILE, REGION_FILE, Shelf};
use crate::facts::{
    Bilingual, Cited, Fault, Faults, Figure, Insurance, InsuranceNames, Kind as FaultKind, MissingWhy, Outcome,
    RegionId, TableFile,
};
use crate::units::{Date, Month};

/// One level of the region tree with its files, the latest year first.
#[derive(Debug)]
pub(super) struct Level {
    /// The region of the level.
    pub region: RegionId,
    /// Its files.
    pub slots: Vec<Slot>,
}

/// The tables as they speak for one region.
#[derive(Debug)]
pub struct Book {
    shelf: Shelf,
    region: RegionId,
    name: Bilingual,
    known_on: Option<Date>,
    insurances: Vec<InsuranceNames>,
    levels: Vec<Level>,
    /// Files read apart from years: names of regions and insurances.
    names: Vec<Arc<TableFile>>,
}

/// What the tables say when asked for a thing in a month.
#[derive(Clone, Debug)]
pub enum Answer<T> {
    /// This is in force.
    Found(T),
    /// The level that speaks has no figure.
    Gap(MissingWhy),
    /// No level has ever had one.
    Nowhere,
}

impl Book {
    /// The book of a region that the shelf has.
    pub fn open(shelf: Shelf, region: &RegionId, known_on: Option<Date>) -> Outcome<Self> {
        let mut faults = Faults::default();
        let mut names = Vec::new();
        let mut insurances = Vec::new();
        for layer in 0..shelf.depth() {
            if let Some(Some(file)) = faults.keep(shelf.open(layer, INSURANCES_FILE)) {
                names.push(read_names(file, None, &mut insurances, &mut faults));
            }
        }
        let mut name = Bilingual { zh: region.last_part().to_owned(), en: region.last_part().to_owned() };
        let mut levels = Vec::new();
        for level in region.levels() {
            let own = level == *region;
            for layer in 0..shelf.depth() {
                let path = format!("{level}/{REGION_FILE}");
                // The names of a wider region are read only for the insurances they may add.
                if !own && !shelf.may_hold(layer, &path, "insurance") {
                    continue;
                }
                if let Some(Some(file)) = faults.keep(shelf.open(layer, &path)) {
                    let before = insurances.clone();
                    let file = read_names(file, own.then_some(&mut name), &mut insurances, &mut faults);
                    if own || insurances != before {
                        names.push(file);
                    }
                }
            }
            if let Some(slots) = faults.keep(slots(&shelf, &level)) {
                levels.push(Level { region: level, slots });
            }
        }
        faults.or(Self { shelf, region: region.clone(), name, known_on, insurances, levels, names })
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &RegionId {
        &self.region
    }

    /// What the region is called.
    #[must_use]
    pub fn region_name(&self) -> &Bilingual {
        &self.name
    }

    /// The insurances that the tables name, in the order of display.
    #[must_use]
    pub fn insurances(&self) -> &[InsuranceNames] {
        &self.insurances
    }

    /// The day up to which published figures count.
    #[must_use]
    pub fn known_on(&self) -> Option<Date> {
        self.known_on
    }

    /// The files that held what was asked so far, in order of name.
    #[must_use]
    pub fn files_read(&self) -> Vec<Arc<TableFile>> {
        let read = self.levels.iter().flat_map(|level| &level.slots).filter_map(Slot::asked_file);
        let mut files: Vec<Arc<TableFile>> = self.names.iter().chain(read).cloned().collect();
        files.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        files
    }

    pub(super) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The shelf.
    pub(super) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// What is in force for a thing in a month.
    pub fn find<K: Kind>(&self, key: Key<'_>, month: Month) -> Outcome<Answer<&Block<K>>> {
        for level in &self.levels {
            if let Some(answer) = self.find_at(level, key, month)? {
                return Ok(answer);
            }
        }
        Ok(Answer::Nowhere)
    }

    /// What one level says; `None` where it has nothing for the thing up to the month.
    fn find_at<'l, K: Kind>(
        &self,
        level: &'l Level,
        key: Key<'_>,
        month: Month,
    ) -> Outcome<Option<Answer<&'l Block<K>>>> {
        let mut gap: Option<(usize, &Gap)> = None;
        let mut at = level.slots.partition_point(|slot| slot.year > month.year());
        while let Some(year) = level.slots.get(at).map(|slot| slot.year) {
            let mut best: Option<(Rank, &Block<K>)> = None;
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

    fn in_force<'l, K: Kind>(&self, block: &'l Block<K>, month: Month) -> Answer<&'l Block<K>> {
        match block.head.to.filter(|to| month > *to) {
            Some(to) => Answer::Gap(MissingWhy { reason: None, ended: Some(to), known_on: self.known_on }),
            None => Answer::Found(block),
        }
    }

    fn counts(&self, head: &kinds::Head, month: Month) -> bool {
        let known = self.known_on.zip(head.published).is_none_or(|(known_on, published)| published <= known_on);
        head.from <= month && known
    }

    /// What is in force for a thing; not to have it is a fault.
    pub fn need<K: Kind>(&self, key: Key<'_>, month: Month) -> Outcome<&Block<K>> {
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
    pub fn missing<K: Kind>(&self, key: Key<'_>, month: Month, why: MissingWhy) -> Fault {
        let figure = Figure { kind: K::NAME, key: key.iter().map(|(_, value)| (*value).to_owned()).collect() };
        Fault::new(FaultKind::MissingFigure { figure, region: self.region.clone(), month, why })
    }

    /// Every block of a kind that has started by a month, at any level: for listing what exists.
    pub fn started<K: Kind>(&self, month: Month) -> Outcome<Vec<&Block<K>>> {
        let mut found = Vec::new();
        for level in &self.levels {
            for slot in level.slots.iter().skip_while(|slot| slot.year > month.year()) {
                for blocks in slot.blocks::<K>(&self.shelf, &level.region, &[])? {
                    found.extend(K::of(blocks).iter().filter(|block| self.counts(&block.head, month)));
                }
            }
        }
        Ok(found)
    }
}

/// What a region is called, without opening its book.
pub fn region_name(shelf: &Shelf, region: &RegionId) -> Outcome<Option<Bilingual>> {
    let mut faults = Faults::default();
    let mut name = None;
    for layer in 0..shelf.depth() {
        if let Some(Some(file)) = faults.keep(shelf.open(layer, &format!("{region}/{REGION_FILE}"))) {
            let mut own = Bilingual { zh: String::new(), en: String::new() };
            read_names(file, Some(&mut own), &mut Vec::new(), &mut faults);
            name = Some(own);
        }
    }
    faults.or(name)
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
    fn of<K: Kind>(block: &Block<K>, layer: usize) -> Self {
        let named = block.value.keys().iter().filter(|(_, selector)| *selector != Selector::Any).count();
        Self { from: block.head.from, layer, named, published: block.head.published }
    }
}

fn gap_accepts<K: Kind>(gap: &Gap, key: Key<'_>) -> bool {
    gap.of == K::NAME
        && gap.keys.iter().all(|(name, value)| key.iter().any(|(asked, wanted)| asked == name && wanted == value))
}

/// The year files of one level, the latest first; in one year the lower layer first.
fn slots(shelf: &Shelf, level: &RegionId) -> Outcome<Vec<Slot>> {
    let mut slots = Vec::new();
    for layer in 0..shelf.depth() {
        for (name, embedded) in shelf.folder(layer, level.path())? {
            if let Some(year) = year_of(&name) {
                slots.push(Slot::new(year, layer, name, embedded));
            }
        }
    }
    slots.sort_by_key(|slot| (std::cmp::Reverse(slot.year), slot.layer));
    Ok(slots)
}

/// The year that a file name stands for.
pub(super) fn year_of(file: &str) -> Option<i32> {
    let year = file.strip_suffix(".toml").filter(|stem| stem.len() == 4 && stem.bytes().all(|b| b.is_ascii_digit()))?;
    year.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// Reads a file of names: a region's, or the insurances'.
pub(super) fn read_names(
    file: TableFile,
    name: Option<&mut Bilingual>,
    insurances: &mut Vec<InsuranceNames>,
    faults: &mut Faults,
) -> Arc<TableFile> {
    let file = Arc::new(file);
    let mut reader = Reader::new(Arc::clone(&file));
    let table = reader.parse(&file.text, 0..file.text.len());
    let is_region = file.name.ends_with(REGION_FILE);
    let mut fields = Fields::new(&mut reader, &table, 0..0, if is_region { REGION_FILE } else { INSURANCES_FILE });
    if is_region {
        let own = fields.take::<Bilingual>("name");
        fields.take::<Option<String>>("code");
        if let (Some(name), Some(own)) = (name, own) {
            *name = own;
        }
    }
    for entry in fields.take::<Option<Vec<InsuranceEntry>>>("insurance").flatten().unwrap_or_default() {
        let names = InsuranceNames { insurance: Insurance::new(&entry.code), name: entry.name, full: entry.full };
        match insurances.iter_mut().find(|other| other.insurance == names.insurance) {
            Some(other) => *other = names,
            None => insurances.push(names),
        }
    }
    fields.finish();
    faults.0.append(&mut reader.faults.0);
    file
}

super::reader::table_struct! {
    /// An entry of the list of insurances.
    InsuranceEntry { /// Its code.
        code: String, /// Its short name.
        name: Bilingual, /// Its full name.
        full: Bilingual }
    show |entry| entry.code.clone()
}
use super::reader::Found;

impl<K: Kind> Block<K> {
    /// A value resting on the whole block.
    pub fn cite<T>(&self, value: T) -> Cited<T> {
        Cited { value, citation: Some(Arc::clone(&self.head.citation)) }
    }

    /// A value resting on one field of the block.
    pub fn cite_field<T>(&self, field: &str, value: T) -> Cited<T> {
        Cited { value, citation: Some(self.head.citation_of(field)) }
    }
}

//! The book of one region: what is in force, for whom, in which month, by which document.
//!
//! The folder tree is the region tree. For a thing (a kind of block and its key) the most specific
//! level speaks, from the first month it has a block or a gap for it. Within a level the block with
//! the latest start not after the month speaks; if it has ended, that is a gap, and the wider
//! level's figure is not used in its place. Files are read only when a question needs them.

use std::sync::{Arc, OnceLock};

use super::judge::judge;
use super::kinds::{self, Block, Blocks, Context, Gap, Kind, Sources};
use super::reader::{Field, Fields, Reader, items_of, nearest};
use super::selector::Selector;
use super::source::{INSURANCES_FILE, REGION_FILE, Shelf, TableFile};
use crate::facts::{
    Bilingual, Cited, Excerpt, Fault, Faults, Figure, Insurance, InsuranceNames, Kind as FaultKind, MissingWhy,
    Outcome, Place, RegionId,
};
use crate::units::{Date, Month};

/// What singles a thing out: pairs of a key field's name and the value asked for.
pub type Key<'a> = &'a [(&'static str, &'a str)];

/// One file, read when first asked for.
#[derive(Debug)]
pub(super) struct Slot {
    /// The year it is for.
    pub year: i32,
    /// The layer it belongs to.
    pub layer: usize,
    name: String,
    kinds: Option<&'static [&'static str]>,
    text: OnceLock<Outcome<Arc<TableFile>>>,
    content: OnceLock<Outcome<Blocks>>,
}

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
                let file = faults.keep(shelf.open(layer, &path)).flatten();
                if let Some(file) = file.filter(|file| own || file.text.contains("insurance")) {
                    names.push(read_names(file, own.then_some(&mut name), &mut insurances, &mut faults));
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

    /// The line of a block that holds one of these keys; the block's own line where none does.
    #[must_use]
    pub fn line_with(&self, block: &Place, keys: &[&str]) -> Place {
        let Place::Line(excerpt) = block else { return block.clone() };
        let holds = |line: &str| line.split_once('=').is_some_and(|(key, _)| keys.contains(&key.trim()));
        let files = self.files_read();
        let own = files.iter().find(|file| {
            excerpt.file.ends_with(&file.name) && file.text.lines().nth(excerpt.line - 1) == Some(excerpt.text.as_str())
        });
        let found = own.and_then(|file| {
            let below = file.text.lines().enumerate().skip(excerpt.line);
            let mut block = below.take_while(|(_, line)| !line.starts_with('['));
            block.find(|(_, line)| holds(line))
        });
        match found {
            Some((at, line)) => Place::Line(Excerpt {
                file: excerpt.file.clone(),
                line: at + 1,
                text: line.to_owned(),
                span: 0..line.len(),
            }),
            None => block.clone(),
        }
    }

    /// The files that were read to answer so far, in order of name.
    #[must_use]
    pub fn files_read(&self) -> Vec<Arc<TableFile>> {
        let slots = self.levels.iter().flat_map(|level| &level.slots);
        let read = slots.filter(|slot| slot.content.get().is_some()).filter_map(|slot| slot.text.get()?.as_ref().ok());
        let mut files: Vec<Arc<TableFile>> = self.names.iter().chain(read).cloned().collect();
        files.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        files
    }

    pub(super) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The blocks of a file, read when first asked for; `None` where it cannot hold what is wanted.
    pub(super) fn blocks<'l>(&self, level: &'l Level, at: usize, wanted: &[&str]) -> Outcome<Option<&'l Blocks>> {
        let Some(file) = level.slots.get(at) else { return Ok(None) };
        if file.kinds.is_some_and(|kinds| wanted.first().is_some_and(|kind| !kinds.contains(kind))) {
            return Ok(None);
        }
        let text = file.text.get_or_init(|| self.open_slot(file)).as_ref().map_err(Clone::clone)?;
        if !can_answer(text.text.as_bytes(), wanted) {
            return Ok(None);
        }
        let read = file.content.get_or_init(|| read_year(text, file.year, &level.region));
        read.as_ref().map(Some).map_err(Clone::clone)
    }

    fn open_slot(&self, slot: &Slot) -> Outcome<Arc<TableFile>> {
        let gone = || Faults::from(FaultKind::NoSuchFile { path: slot.name.clone() });
        self.shelf.open(slot.layer, &slot.name)?.map(Arc::new).ok_or_else(gone)
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
        let wanted = wanted::<K>(key);
        let mut gap: Option<(usize, &Gap)> = None;
        let mut at = level.slots.partition_point(|slot| slot.year > month.year());
        while let Some(year) = level.slots.get(at).map(|slot| slot.year) {
            let mut best: Option<(Rank, &Block<K>)> = None;
            while let Some(slot) = level.slots.get(at).filter(|slot| slot.year == year) {
                let blocks = if gap.as_ref().is_some_and(|(layer, _)| slot.layer <= *layer) {
                    None
                } else {
                    self.blocks(level, at, &wanted)?
                };
                at += 1;
                let Some(blocks) = blocks else { continue };
                for block in
                    K::of(blocks).iter().filter(|block| self.counts(&block.head, month) && accepts(&block.value, key))
                {
                    let rank = Rank::of(block, slot.layer);
                    if best.as_ref().is_none_or(|(other, _)| rank >= *other) {
                        best = Some((rank, block));
                    }
                }
                for candidate in blocks.gaps.iter().filter(|gap| gap.from <= month && gap_accepts::<K>(gap, key)) {
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
            for at in level.slots.partition_point(|slot| slot.year > month.year())..level.slots.len() {
                if let Some(blocks) = self.blocks(level, at, &[K::NAME])? {
                    found.extend(K::of(blocks).iter().filter(|block| self.counts(&block.head, month)));
                }
            }
        }
        Ok(found)
    }
}

/// Whether a file could hold the kind (the first word wanted) with these written keys, or a gap of it: told
/// by its text, so that a file that cannot answer need not be read.
fn can_answer(text: &[u8], wanted: &[&str]) -> bool {
    let Some((kind, keys)) = wanted.split_first() else { return true };
    let mentions = |word: &str| memchr::memmem::find(text, word.as_bytes()).is_some();
    let quoted = |word: &str| mentions(&format!("\"{word}\""));
    let kind = mentions(&format!("[[{kind}]]")) || (quoted(kind) && mentions("[[gap]]"));
    kind && keys.iter().all(|key| quoted(key))
}

/// What a file must mention to answer: the kind, and the values of key fields that every block writes out.
fn wanted<K: Kind>(key: Key<'_>) -> Vec<&str> {
    let written = key.iter().filter(|(name, _)| K::WRITTEN_KEYS.contains(name)).map(|(_, value)| *value);
    std::iter::once(K::NAME).chain(written).collect()
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

pub(super) fn accepts<K: Kind>(value: &K, key: Key<'_>) -> bool {
    let fields = value.keys();
    fields.iter().all(|(name, selector)| {
        key.iter().find(|(asked, _)| asked == name).is_none_or(|(_, wanted)| selector.accepts(wanted))
    })
}

fn gap_accepts<K: Kind>(gap: &Gap, key: Key<'_>) -> bool {
    gap.of == K::NAME
        && gap.keys.iter().all(|(name, value)| key.iter().any(|(asked, wanted)| asked == name && wanted == value))
}

/// The year files of one level, the latest first; in one year the lower layer first.
fn slots(shelf: &Shelf, level: &RegionId) -> Outcome<Vec<Slot>> {
    let mut slots = Vec::new();
    for layer in 0..shelf.depth() {
        for file in shelf.folder(layer, level.path())? {
            if let Some(year) = year_of(&file) {
                let name = format!("{level}/{file}");
                let kinds = shelf.kinds(layer, &name);
                slots.push(Slot { year, layer, name, kinds, text: OnceLock::new(), content: OnceLock::new() });
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
    let table = reader.parse(&file.text);
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

/// Reads a year's file.
pub(super) fn read_year(file: &Arc<TableFile>, year: i32, region: &RegionId) -> Outcome<Blocks> {
    let mut reader = Reader::new(Arc::clone(file));
    let table = reader.parse(&file.text);
    let sources: Sources = kinds::read_sources(&mut reader, table.get("sources"));
    let context = Context { year, region, sources: &sources };
    let mut blocks = Blocks::default();
    let mut used = Vec::new();
    for (key, found) in &table {
        let name = key.get_ref().as_ref();
        if name == "sources" {
            continue;
        }
        let mut known = true;
        for item in items_of(found) {
            known &= kinds::read(&mut reader, name, item, &context, &mut blocks, &mut used);
        }
        if !known {
            let nearest = nearest(name, kinds::NAMES.iter().copied().chain(["sources", "gap"]));
            reader.fault(FaultKind::UnknownBlock { name: name.to_owned(), nearest }, key.span());
        }
    }
    // A block that could not be read may well have cited it.
    let readable = reader.faults.0.is_empty();
    for (key, _, span) in &sources {
        if readable && !used.contains(key) {
            reader.fault(FaultKind::UnusedSource { key: key.clone() }, span.clone());
        }
    }
    judge(&blocks, &mut reader.faults);
    reader.faults.0.sort_by_key(|fault| match &fault.place {
        Place::Line(excerpt) => (excerpt.line, excerpt.column()),
        Place::Nowhere | Place::Flag { .. } | Place::File { .. } | Place::Cell { .. } => (0, 0),
    });
    reader.faults.or(blocks)
}

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

//! Proves the tables, level by level: every fault at once.
//!
//! From the first block of a thing to a given month, each month has exactly one answer or a declared
//! gap; limits agree with the average wage; what at least doubles or halves says why; names are
//! known. What a file must hold within itself is judged when it is read, here as anywhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::book::Book;
use super::kinds::{self, BlockKind, TableBlock, Visitor};
use super::levels::{Answer, year_of};
use super::names::read_names;
use super::reader::nearest;
use super::selector::Selector;
use super::slot::read_whole;
use super::source::{FileName, INSURANCES_FILE, REGION_FILE, Shelf};
use super::view::{OwnedKey, borrowed};
use crate::facts::{Fault, Faults, Figure, FigureKind, Kind, Place, RegionId};
use crate::units::{Decimal, Money, Month};

/// A figure that grows to this many times the one before it, or shrinks as much, is a jump.
const JUMP: Decimal = Decimal::TWO;

/// What linting found.
#[derive(Clone, Debug, Default)]
pub struct Lint {
    /// Every fault, in order of file and line.
    pub faults: Faults,
    /// How many files were read.
    pub files: usize,
    /// How many regions they are for.
    pub regions: usize,
    /// How many blocks they hold.
    pub blocks: usize,
}

/// Judges the files of a shelf, from the layer `first` up: embedded tables and all (0), or only what is
/// laid over them (1). Coverage is asked for up to `until`.
///
/// ```
/// use shebao::tables::{Shelf, lint};
/// let found = lint(&Shelf::with_folders([]), 0, "2025-01".parse().unwrap());
/// assert!(found.faults.0.is_empty() && found.regions > 0);
/// ```
#[must_use]
pub fn lint(shelf: &Shelf, first: usize, until: Month) -> Lint {
    let mut lint = Lint::default();
    let names = match shelf.names(first) {
        Ok(names) => names,
        Err(faults) => return Lint { faults, ..lint },
    };
    lint.files = names.len();
    let mut regions: BTreeSet<RegionId> = BTreeSet::new();
    for name in &names {
        regions.extend(name.name.rsplit_once('/').map(|(folder, _)| RegionId::new(folder)));
        judge_file(shelf, name, &mut lint.faults);
    }
    lint.regions = regions.len();
    for region in regions {
        judge_region(shelf, first, &region, until, &mut lint);
    }
    let judged: BTreeSet<&str> = names.iter().map(|name| name.path.as_str()).collect();
    let mut seen: Vec<Fault> = Vec::new();
    lint.faults.0.retain(|fault| {
        let own = match &fault.place {
            Place::Line(excerpt) => judged.contains(excerpt.file.as_str()),
            Place::File { .. } | Place::Nowhere | Place::Flag { .. } | Place::Cell { .. } => true,
        };
        let new = own && !seen.contains(fault);
        if new {
            seen.push(fault.clone());
        }
        new
    });
    lint.faults.0.sort_by_key(|fault| match &fault.place {
        Place::Line(excerpt) => (excerpt.file.clone(), excerpt.line, excerpt.column()),
        Place::File { path } => (path.clone(), 0, 0),
        Place::Nowhere | Place::Flag { .. } | Place::Cell { .. } => (String::new(), 0, 0),
    });
    lint
}

/// One file by itself: its name, its place, and what it holds.
fn judge_file(shelf: &Shelf, name: &FileName, faults: &mut Faults) {
    let (folder, file) = name.name.rsplit_once('/').unwrap_or(("", &name.name));
    let year = year_of(file).filter(|_| !folder.is_empty());
    let known =
        year.is_some() || (folder.is_empty() && file == INSURANCES_FILE) || (!folder.is_empty() && file == REGION_FILE);
    if !known {
        let place = Place::File { path: name.path.clone() };
        return faults.push(Fault::at(Kind::TableName { name: file.to_owned() }, place));
    }
    let Some(Some(text)) = faults.keep(shelf.open(name.layer, &name.name)) else { return };
    let Some(year) = year else {
        read_names(text, None, &mut Vec::new(), faults);
        return;
    };
    faults.keep(read_whole(&Arc::new(text), year, &RegionId::new(folder)));
    let has_names =
        (0..shelf.depth()).any(|layer| matches!(shelf.open(layer, &format!("{folder}/{REGION_FILE}")), Ok(Some(_))));
    if !has_names {
        let path = name.path.strip_suffix(file).unwrap_or(&name.path).trim_end_matches('/').to_owned();
        faults.push(Fault::at(Kind::NotARegion { path: path.clone() }, Place::File { path }));
    }
}

/// The blocks of one region's own level against each other. What cannot be read cannot be compared.
fn judge_region(shelf: &Shelf, first: usize, region: &RegionId, until: Month, lint: &mut Lint) {
    let Ok(book) = Book::open(shelf.clone(), region, None) else { return };
    let Some(level) = book.levels().list.first() else { return };
    if level.slots.iter().any(|slot| slot.all(&book.levels().shelf, region).is_err()) {
        return;
    }
    let mut judge = Judge { book: &book, first, until, lint };
    kinds::each_kind(&mut judge);
}

/// Compares the blocks of one level with each other, kind by kind.
struct Judge<'a> {
    book: &'a Book,
    first: usize,
    until: Month,
    lint: &'a mut Lint,
}

impl Visitor for Judge<'_> {
    fn visit<K: BlockKind>(&mut self) {
        let blocks = self.own_blocks::<K>();
        self.lint.blocks += blocks.iter().filter(|(layer, _)| *layer >= self.first).count();
        let mut things: Vec<OwnedKey> = Vec::new();
        for (_, block) in &blocks {
            self.known_insurances(block);
            let key = kinds::key_values(&block.value);
            if !things.contains(&key) {
                things.push(key);
            }
        }
        for key in &things {
            let same: Vec<&(usize, TableBlock<K>)> =
                blocks.iter().filter(|(_, block)| kinds::key_values(&block.value) == *key).collect();
            self.two_answers(&same);
            self.jumps(&same);
            if K::CONTINUOUS {
                self.coverage(key, &same);
            }
        }
        if K::KIND == FigureKind::BaseLimits {
            self.limits();
        }
    }
}

impl Judge<'_> {
    /// The blocks of the region's own level with their layers, in order of start.
    fn own_blocks<K: BlockKind>(&self) -> Vec<(usize, TableBlock<K>)> {
        let Some(level) = self.book.levels().list.first() else { return Vec::new() };
        let mut found = Vec::new();
        for slot in &level.slots {
            for blocks in slot.blocks::<K>(&self.book.levels().shelf, &level.region, &[]).unwrap_or_default() {
                found.extend(K::of(blocks).iter().map(|block| (slot.layer, block.clone())));
            }
        }
        found.sort_by_key(|(layer, block)| (block.head.from, *layer, block.head.published));
        found
    }

    fn known_insurances<K: BlockKind>(&mut self, block: &TableBlock<K>) {
        let known: Vec<&str> = self.book.insurances().iter().map(|names| names.insurance.code()).collect();
        for (name, selector) in block.value.keys() {
            let (true, Selector::Only(codes)) = (name == "insurance", selector) else { continue };
            for code in codes.iter().filter(|code| !known.contains(&code.as_str())) {
                let nearest = nearest(code, known.iter().copied());
                let place = block.head.citation.place.value(&["insurance", "insurances"]);
                self.lint.faults.push(Fault::at(Kind::UndeclaredInsurance { code: code.clone(), nearest }, place));
            }
        }
    }

    /// Two blocks of one layer that start together, of which neither was published later.
    fn two_answers<K: BlockKind>(&mut self, same: &[&(usize, TableBlock<K>)]) {
        for pair in same.windows(2) {
            let ((layer, first), (other_layer, second)) = (pair[0], pair[1]);
            if layer == other_layer
                && first.head.from == second.head.from
                && first.head.published == second.head.published
            {
                let kind = Kind::TwoAnswers { figure: figure(second), from: second.head.from };
                let fault = Fault::at(kind, second.head.citation.place.place());
                self.lint.faults.push(fault.with_related(first.head.citation.place.place()));
            }
        }
    }

    fn jumps<K: BlockKind>(&mut self, same: &[&(usize, TableBlock<K>)]) {
        for pair in same.windows(2) {
            let ((_, before), (_, after)) = (pair[0], pair[1]);
            if after.head.jump.is_some() {
                continue;
            }
            for ((name, old_text, old), (_, new_text, new)) in
                before.value.values().into_iter().zip(after.value.values())
            {
                let (Some(old), Some(new)) =
                    (old.filter(|value| !value.is_zero()), new.filter(|value| !value.is_zero()))
                else {
                    continue;
                };
                if new >= old * JUMP || new * JUMP <= old {
                    let kind = Kind::Jump { figure: figure(after), before: old_text, after: new_text };
                    let fault = Fault::at(kind, after.head.place_of(name));
                    self.lint.faults.push(fault.with_related(before.head.place_of(name)));
                }
            }
        }
    }

    /// Every month from the first block on has an answer or a declared gap.
    fn coverage<K: BlockKind>(&mut self, key: &OwnedKey, same: &[&(usize, TableBlock<K>)]) {
        let Some((_, first)) = same.first() else { return };
        let mut hole: Option<(Month, Month)> = None;
        let mut month = first.head.from;
        while month <= self.until {
            let answered = match self.book.levels().find::<K>(&borrowed(key), month) {
                Ok(Answer::Found(_)) => true,
                Ok(Answer::Gap(why)) => why.reason.is_some(),
                Ok(Answer::Nowhere) | Err(_) => false,
            };
            hole = match (answered, hole) {
                (false, None) => Some((month, month)),
                (false, Some((start, _))) => Some((start, month)),
                (true, Some(hole)) => {
                    self.uncovered(hole, same);
                    None
                }
                (true, None) => None,
            };
            month = month.next();
        }
        if let Some(hole) = hole {
            self.uncovered(hole, same);
        }
    }

    fn uncovered<K: BlockKind>(&mut self, (first, last): (Month, Month), same: &[&(usize, TableBlock<K>)]) {
        let before = same.iter().rev().find(|(_, block)| block.head.from <= first);
        if let Some((_, block)) = before {
            let kind = Kind::Uncovered { figure: figure(block), first, last };
            self.lint.faults.push(Fault::at(kind, block.head.place_of("to")));
        }
    }

    /// Limits agree with their share of the average wage, to within the rounding.
    fn limits(&mut self) {
        for (_, block) in self.own_blocks::<kinds::BaseLimitsBlock>() {
            let Some(average) = block.value.average_wage else { continue };
            let Ok(Answer::Found(rule)) = self.book.levels().find::<kinds::BaseRuleBlock>(&[], block.head.from) else {
                continue;
            };
            let rule = rule.value.clone();
            for (name, limit, share) in
                [("floor", block.value.floor, rule.floor), ("ceiling", block.value.ceiling, rule.ceiling)]
            {
                let Some(exact) = share_of_month(average, share) else { continue };
                if limit.fen().abs_diff(exact.fen()) > rule.tolerance.fen().unsigned_abs() {
                    let kind = Kind::LimitOffAverage { limit, exact, tolerance: rule.tolerance };
                    self.lint.faults.push(
                        Fault::at(kind, block.head.place_of(name)).with_related(block.head.place_of("average_wage")),
                    );
                }
            }
        }
    }
}

/// A share of a twelfth of a yearly wage, to the fen.
fn share_of_month(average: Decimal, share: crate::units::Rate) -> Option<Money> {
    let product = average.checked_mul(Decimal::new(share.billionths(), 9))?.checked_div(Decimal::from(12))?;
    let fen = product.checked_mul(Decimal::ONE_HUNDRED)?.round();
    i64::try_from(fen.mantissa()).ok().filter(|_| fen.scale() == 0).map(Money::from_fen)
}

fn figure<K: BlockKind>(block: &TableBlock<K>) -> Figure {
    Figure { kind: K::KIND, key: kinds::named(&block.value) }
}

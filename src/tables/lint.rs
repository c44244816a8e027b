//! Proves the tables, level by level: every fault at once.
//!
//! From the first block of a thing to a given month, each month has exactly one answer or a declared
//! gap; limits agree with the average wage; what at least doubles or halves says why; names are
//! known. What a file must hold within itself is judged when it is read, here as anywhere.

use super::book::{Answer, Book, year_of};
use super::kinds::{self, Block, Kind, Visitor};
use super::reader::nearest;
use super::selector::Selector;
use super::source::{INSURANCES_FILE, REGION_FILE, Shelf};
use super::view::{OwnedKey, find_owned, key_values};
use crate::facts::{Fault, Faults, Figure, Kind as FaultKind, Place, RegionId};
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

/// Judges every file of a shelf; coverage is asked for up to `until`.
#[must_use]
pub fn lint(shelf: &Shelf, until: Month) -> Lint {
    let mut lint = Lint::default();
    let names = match shelf.names() {
        Ok(names) => names,
        Err(faults) => return Lint { faults, ..lint },
    };
    lint.files = names.len();
    judge_names(&names.iter().map(String::as_str).collect::<Vec<_>>(), &mut lint.faults);
    let regions = match shelf.regions() {
        Ok(regions) => regions,
        Err(faults) => return Lint { faults, ..lint },
    };
    lint.regions = regions.len();
    for region in &regions {
        lint_region(shelf, region, until, &mut lint);
    }
    let mut seen: Vec<Fault> = Vec::new();
    lint.faults.0.retain(|fault| {
        let new = !seen.contains(fault);
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

/// File names that mean nothing, and folders without the names of their region.
fn judge_names(names: &[&str], faults: &mut Faults) {
    for name in names {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let known =
            if folder.is_empty() { file == INSURANCES_FILE } else { file == REGION_FILE || year_of(file).is_some() };
        if !known {
            faults.push(Fault::at(
                FaultKind::TableName { name: file.to_owned() },
                Place::File { path: (*name).to_owned() },
            ));
        }
        let region_file = format!("{folder}/{REGION_FILE}");
        if year_of(file).is_some() && !folder.is_empty() && !names.contains(&region_file.as_str()) {
            faults.push(Fault::at(
                FaultKind::NotARegion { path: folder.to_owned() },
                Place::File { path: folder.to_owned() },
            ));
        }
    }
}

fn lint_region(shelf: &Shelf, region: &RegionId, until: Month, lint: &mut Lint) {
    let book = match Book::open(shelf.clone(), region, None) {
        Ok(book) => book,
        Err(faults) => return lint.faults.0.extend(faults.0),
    };
    let before = lint.faults.0.len();
    let own = book.levels().first();
    for (at, _) in own.iter().flat_map(|level| level.slots.iter().enumerate()) {
        if let Some(level) = own {
            lint.faults.keep(book.blocks(level, "", at));
        }
    }
    // What cannot be read cannot be compared.
    if lint.faults.0.len() > before {
        return;
    }
    let mut judge = Judge { book: &book, until, lint };
    kinds::each_kind(&mut judge);
}

/// Compares the blocks of one level with each other, kind by kind.
struct Judge<'a> {
    book: &'a Book,
    until: Month,
    lint: &'a mut Lint,
}

impl Visitor for Judge<'_> {
    fn visit<K: Kind>(&mut self) {
        let blocks = self.own_blocks::<K>();
        self.lint.blocks += blocks.len();
        let mut things: Vec<OwnedKey> = Vec::new();
        for (_, block) in &blocks {
            self.known_insurances(block);
            let key = key_values(&block.value);
            if !things.contains(&key) {
                things.push(key);
            }
        }
        for key in &things {
            let same: Vec<&(usize, Block<K>)> =
                blocks.iter().filter(|(_, block)| key_values(&block.value) == *key).collect();
            self.two_answers(&same);
            self.jumps(&same);
            if K::CONTINUOUS {
                self.coverage(key, &same);
            }
        }
        if K::NAME == kinds::BaseLimits::NAME {
            self.limits();
        }
    }
}

impl Judge<'_> {
    /// The blocks of the region's own level with their layers, in order of start.
    fn own_blocks<K: Kind>(&self) -> Vec<(usize, Block<K>)> {
        let Some(level) = self.book.levels().first() else { return Vec::new() };
        let mut found = Vec::new();
        for (at, slot) in level.slots.iter().enumerate() {
            if let Ok(Some(blocks)) = self.book.blocks(level, "", at) {
                found.extend(K::of(blocks).iter().map(|block| (slot.layer, block.clone())));
            }
        }
        found.sort_by_key(|(layer, block)| (block.head.from, *layer, block.head.published));
        found
    }

    fn known_insurances<K: Kind>(&mut self, block: &Block<K>) {
        let known: Vec<&str> = self.book.insurances().iter().map(|names| names.insurance.code()).collect();
        for (name, selector) in block.value.keys() {
            let (true, Selector::Only(codes)) = (name == "insurance", selector) else { continue };
            for code in codes.iter().filter(|code| !known.contains(&code.as_str())) {
                let nearest = nearest(code, known.iter().copied());
                let place = match block.head.place_of("insurance") {
                    place if place == block.head.citation.place => block.head.place_of("insurances"),
                    place => place,
                };
                self.lint.faults.push(Fault::at(FaultKind::UndeclaredInsurance { code: code.clone(), nearest }, place));
            }
        }
    }

    /// Two blocks of one layer that start together, of which neither was published later.
    fn two_answers<K: Kind>(&mut self, same: &[&(usize, Block<K>)]) {
        for pair in same.windows(2) {
            let ((layer, first), (other_layer, second)) = (pair[0], pair[1]);
            if layer == other_layer
                && first.head.from == second.head.from
                && first.head.published == second.head.published
            {
                let kind = FaultKind::TwoAnswers { figure: figure(second), from: second.head.from };
                let fault = Fault::at(kind, second.head.citation.place.clone());
                self.lint.faults.push(fault.with_related(first.head.citation.place.clone()));
            }
        }
    }

    fn jumps<K: Kind>(&mut self, same: &[&(usize, Block<K>)]) {
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
                    let kind = FaultKind::Jump { figure: figure(after), before: old_text, after: new_text };
                    let fault = Fault::at(kind, after.head.place_of(name));
                    self.lint.faults.push(fault.with_related(before.head.place_of(name)));
                }
            }
        }
    }

    /// Every month from the first block on has an answer or a declared gap.
    fn coverage<K: Kind>(&mut self, key: &OwnedKey, same: &[&(usize, Block<K>)]) {
        let Some((_, first)) = same.first() else { return };
        let mut hole: Option<(Month, Month)> = None;
        let mut month = first.head.from;
        while month <= self.until {
            let answered = match find_owned::<K>(self.book, key, month) {
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

    fn uncovered<K: Kind>(&mut self, (first, last): (Month, Month), same: &[&(usize, Block<K>)]) {
        let before = same.iter().rev().find(|(_, block)| block.head.from <= first);
        if let Some((_, block)) = before {
            let kind = FaultKind::Uncovered { figure: figure(block), first, last };
            self.lint.faults.push(Fault::at(kind, block.head.place_of("to")));
        }
    }

    /// Limits agree with their share of the average wage, to within the rounding.
    fn limits(&mut self) {
        for (_, block) in self.own_blocks::<kinds::BaseLimits>() {
            let Some(average) = block.value.average_wage else { continue };
            let Ok(Answer::Found(rule)) = self.book.find::<kinds::BaseRule>(&[], block.head.from) else { continue };
            let rule = rule.value;
            for (name, limit, share) in
                [("floor", block.value.floor, rule.floor), ("ceiling", block.value.ceiling, rule.ceiling)]
            {
                let Some(exact) = share_of_month(average, share) else { continue };
                if limit.fen().abs_diff(exact.fen()) > rule.tolerance.fen().unsigned_abs() {
                    let kind = FaultKind::LimitOffAverage { limit, exact, tolerance: rule.tolerance };
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

fn figure<K: Kind>(block: &Block<K>) -> Figure {
    Figure {
        kind: K::NAME,
        key: key_values(&block.value).into_iter().map(|(_, value)| value).filter(|value| !value.is_empty()).collect(),
    }
}

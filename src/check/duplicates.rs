//! Finds the same person, month and insurance twice in a file.
//!
//! Workers enter their blocks in the order of the file, so the first of two rows is always the first.
//! Persons are kept as they stand: a collision of hashes cannot make two people one. A number that
//! hides digits (`*`) names nobody and is left out.

use std::collections::hash_map::Entry;
use std::sync::{Condvar, Mutex, PoisonError};

use super::plan::Plan;
use crate::batch::Frame;
use crate::facts::{IdentityNumber, coded};
use crate::files::csv::grid::Grid;
use crate::files::{Block, Row};
use crate::payroll::cell::{self, At, is_damaged};
use crate::payroll::insured_columns::Declares;
use crate::units::Month;

coded! {
    /// Whether doubled rows are looked for.
    pub enum Duplicates {
        /// In inputs up to [`Duplicates::AUTO_MOST`].
        Auto = "auto",
        /// Always; memory grows with the file.
        On = "on",
        /// Never.
        Off = "off",
    }
}

impl Duplicates {
    /// How many bytes of input `auto` looks through.
    pub const AUTO_MOST: u64 = 64 * 1024 * 1024;
}

/// Who a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Person {
    /// A number of seventeen digits and a check character, as one number.
    Number(u64),
    /// Anything else, as it stands.
    Text(Box<[u8]>),
}

impl Person {
    /// Who the cell names; `None` where it names nobody.
    pub fn named(cell: &[u8]) -> Option<Self> {
        let cell = cell.trim_ascii();
        if cell.is_empty() || cell.contains(&b'*') {
            return None;
        }
        // What was kept as a number has lost the digits in which people differ.
        if std::str::from_utf8(cell).is_ok_and(|text| is_damaged(text) && !IdentityNumber::is_valid(cell)) {
            return None;
        }
        Some(Self::numbered(cell).unwrap_or_else(|| Self::Text(cell.to_ascii_uppercase().into_boxed_slice())))
    }

    /// Who a number of seventeen digits and a check character names.
    fn numbered(cell: &[u8]) -> Option<Self> {
        let [digits @ .., check] = <&[u8; 18]>::try_from(cell).ok()?;
        let check = match check {
            b'X' | b'x' => 10,
            digit if digit.is_ascii_digit() => u64::from(digit - b'0'),
            _ => return None,
        };
        let number = digits.iter().fold(0_u64, |number, digit| number * 10 + u64::from(digit & 0x0F));
        digits.iter().all(u8::is_ascii_digit).then_some(Self::Number(number * 11 + check))
    }

    /// Who a row is about; `None` where it names nobody.
    fn of(row: &Row<'_>, employee: &At) -> Option<Self> {
        // A number whose last digits are zeros may have been kept as a double.
        let cell = row.bare_cell(employee.position);
        let plain = Self::numbered(cell).filter(|_| !cell.ends_with(b"000"));
        plain.or_else(|| Self::named(cell::number_text(row, employee)?.as_bytes()))
    }
}

/// One row as it is entered.
pub(super) struct Entered {
    pub row: u64,
    pub person: Person,
    pub month: Month,
    /// A bit for each insurance that the row declares something of.
    pub insurances: u64,
}

/// A row that declares again what an earlier one did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub row: u64,
    /// The insurance, by its place in the file's list.
    pub insurance: usize,
    /// The row that declared it first.
    pub first: u64,
}

type Who = (Person, Month);

#[expect(clippy::disallowed_types, reason = "asked by key only; its order is never seen")]
type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

#[derive(Default)]
struct Seen {
    next_block: u64,
    /// How many wait for their block's turn.
    waiting: usize,
    bytes: u64,
    /// The first row of each person and month, and the insurances it declared.
    first: Map<Who, (u64, u64)>,
    /// Insurances that a later row was the first to declare.
    later: Map<(Who, usize), u64>,
    ended: bool,
}

/// What has been declared so far.
pub struct DuplicateFinder {
    seen: Mutex<Seen>,
    moved: Condvar,
    most: u64,
}

impl DuplicateFinder {
    /// A finder for the first `most` bytes of a file, `None` for all of it. Past them it is closed: its memory is freed,
    /// and later rows are not compared. One finder is for one run over one file.
    ///
    /// ```
    /// use shebao::check::DuplicateFinder;
    /// assert!(!DuplicateFinder::new(None).closed());
    /// ```
    #[must_use]
    pub fn new(most: Option<u64>) -> Self {
        Self { seen: Mutex::default(), moved: Condvar::new(), most: most.unwrap_or(u64::MAX) }
    }

    /// Whether it was closed before the end of the file, so that some rows were not compared.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).ended
    }

    /// Enters the rows of a block and replaces `repeats` by those that repeat an earlier row, in the order of the rows.
    /// Waits until all blocks before this one were entered.
    pub(super) fn enter(&self, block: u64, bytes: usize, rows: Vec<Entered>, repeats: &mut Vec<Repeat>) {
        repeats.clear();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        while seen.next_block != block {
            seen.waiting += 1;
            seen = self.moved.wait(seen).unwrap_or_else(PoisonError::into_inner);
            seen.waiting -= 1;
        }
        seen.next_block += 1;
        seen.bytes += u64::try_from(bytes).unwrap_or(u64::MAX);
        if seen.bytes > self.most && !seen.ended {
            seen.ended = true;
            (seen.first, seen.later) = Default::default();
        }
        if !seen.ended {
            for row in rows {
                seen.enter(row, repeats);
            }
        }
        let awaited = seen.waiting > 0;
        drop(seen);
        if awaited {
            self.moved.notify_all();
        }
    }
}

impl Seen {
    fn enter(&mut self, row: Entered, repeats: &mut Vec<Repeat>) {
        let who = (row.person, row.month);
        let (first, declared) = match self.first.entry(who.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert((row.row, row.insurances));
                return;
            }
            Entry::Occupied(occupied) => *occupied.get(),
        };
        for insurance in 0..64 {
            let bit = 1 << insurance;
            if row.insurances & bit == 0 {
                continue;
            }
            let first = if declared & bit != 0 {
                first
            } else {
                match self.later.entry((who.clone(), insurance)) {
                    Entry::Vacant(vacant) => {
                        vacant.insert(row.row);
                        continue;
                    }
                    Entry::Occupied(occupied) => *occupied.get(),
                }
            };
            repeats.push(Repeat { row: row.row, insurance, first });
        }
    }
}

/// Enters the rows of a block; gives those that repeat what an earlier row declared.
pub(super) fn survey(
    finder: &DuplicateFinder,
    plan: &Plan,
    (block, grid, frame): (&Block, &Grid, &Frame<'_>),
    repeats: &mut Vec<Repeat>,
) {
    let Some(employee) = &plan.employee else { return };
    let (mut seen, mut own_kind) = (Vec::new(), Vec::new());
    for (row, closed) in grid.rows(block, frame.headings.text) {
        if !closed || !frame.kinds.is_person(&row) {
            continue;
        }
        let Some(person) = Person::of(&row, employee) else { continue };
        // What is declared besides the month's own amount is no repetition of it.
        if !plan.entries.says_own(&row, &mut own_kind) && plan.entries.kind_of(&row).is_besides() {
            continue;
        }
        let (Ok(month), insurances) = (plan.month.of(&row), declared(plan, &row)) else { continue };
        if insurances != 0 {
            seen.push(Entered { row: row.number, person, month, insurances });
        }
    }
    finder.enter(block.at, block.bytes().len(), seen, repeats);
}

/// A bit for each insurance that the row declares something of.
fn declared(plan: &Plan, row: &Row<'_>) -> u64 {
    if let Declares::Rows(long) = &plan.declares {
        return long
            .insurance_of(row, &plan.insurances)
            .map_or(0, |at| 1_u64.checked_shl(long.bit(row, at)).unwrap_or(0));
    }
    let mut bits = 0;
    for (at, checked) in (0_u32..64).zip(&plan.insurances) {
        let something = checked.columns().any(|at| !row.raw_cell(at.position).trim_ascii().is_empty());
        bits |= u64::from(something) << at;
    }
    bits
}

/// The row that declared an insurance first, where this row declares it again; `repeats` are those of the block.
pub(super) fn first_of(repeats: &[Repeat], row: u64, insurance: usize) -> Option<u64> {
    let own = repeats[repeats.partition_point(|repeat| repeat.row < row)..].iter();
    own.take_while(|repeat| repeat.row == row).find(|repeat| repeat.insurance == insurance).map(|repeat| repeat.first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: u64, person: &str, insurances: u64) -> Entered {
        let person = Person::named(person.as_bytes()).unwrap();
        Entered { row, person, month: "2019-05".parse().unwrap(), insurances }
    }

    #[test]
    fn each_insurance_is_a_repeat_of_the_row_that_declared_it_first() {
        let finder = DuplicateFinder::new(None);
        let mut repeats = Vec::new();
        // Pension in row 2, unemployment in row 3, both again in row 4; row 5 is another person.
        let rows = vec![
            row(2, "37108119900101996x", 1),
            row(3, "37108119900101996X", 2),
            row(4, "37108119900101996X", 3),
            row(5, "A1", 3),
        ];
        finder.enter(0, 1, rows, &mut repeats);
        let repeat = |insurance, first| Repeat { row: 4, insurance, first };
        assert_eq!(repeats, [repeat(0, 2), repeat(1, 3)]);
        finder.enter(1, 1, vec![row(6, "a1 ", 1)], &mut repeats);
        assert_eq!(repeats, [Repeat { row: 6, insurance: 0, first: 5 }]);
        assert!(!finder.closed());
    }

    #[test]
    fn hidden_numbers_name_nobody_and_check_characters_tell_apart() {
        assert_eq!(Person::named(b"371081********1234"), None);
        assert_eq!(Person::named(b" "), None);
        assert_ne!(Person::named(b"371081199001019961"), Person::named(b"371081199001019962"));
        assert_ne!(Person::named(b"371081199001019960"), Person::named(b"37108119900101996X"));
    }

    #[test]
    fn past_its_measure_it_closes() {
        let finder = DuplicateFinder::new(Some(10));
        let mut repeats = Vec::new();
        finder.enter(0, 10, vec![row(2, "A", 1)], &mut repeats);
        finder.enter(1, 1, vec![row(3, "A", 1)], &mut repeats);
        assert!(repeats.is_empty() && finder.closed());
    }
}

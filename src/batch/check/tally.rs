//! What a check counts and sums up, block by block.

use std::collections::BTreeMap;

use crate::facts::Share;
use crate::units::{Exactness, Mode, Money, Month, Rounded, Rounding};

/// Declared and due of one insurance and side, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideTotals {
    /// The sum of the amounts declared.
    pub declared: i128,
    /// The sum of the amounts due for them.
    pub due: i128,
    /// By how much less would be due if the middle went to the even neighbour.
    even_less: i64,
    /// By how much less would be due if everything below the unit were cut off.
    cut_less: i64,
}

impl SideTotals {
    /// What would be due if the middle went to the even neighbour.
    #[must_use]
    pub fn half_even(&self) -> i128 {
        self.due - i128::from(self.even_less)
    }

    /// What would be due if everything below the unit were cut off.
    #[must_use]
    pub fn cut(&self) -> i128 {
        self.due - i128::from(self.cut_less)
    }

    fn add(&mut self, other: Self) {
        self.declared += other.declared;
        self.due += other.due;
        self.even_less = self.even_less.saturating_add(other.even_less);
        self.cut_less = self.cut_less.saturating_add(other.cut_less);
    }

    /// Adds an amount that is due.
    #[inline]
    pub(super) fn count(&mut self, declared: Money, due: Rounded, rounding: Rounding) {
        self.declared += i128::from(declared.fen());
        self.due += i128::from(due.money.fen());
        // Each is a unit at the most, so the sums stay small.
        if due.is_raised() || rounding.mode != Mode::HalfUp {
            let less = |mode| due.money.fen() - Rounding { mode, ..rounding }.instead(due).fen();
            self.cut_less = self.cut_less.saturating_add(less(Mode::Down));
            if due.exactness() == Exactness::Tie || rounding.mode != Mode::HalfUp {
                self.even_less = self.even_less.saturating_add(less(Mode::HalfEven));
            }
        }
    }
}

/// What a check counts.
#[derive(Clone, Debug, Default)]
pub struct CheckTally {
    /// Rows by cause.
    pub causes: BTreeMap<&'static str, u64>,
    /// Amounts that lay exactly on half a unit.
    pub ties: u64,
    /// Sums by insurance, in the order of the file's insurances; only of rows that could be read whole.
    pub totals: Vec<Share<SideTotals>>,
    /// Rows whose identity number does not hold.
    pub bad_identity: u64,
    /// Declared cells that were blank.
    pub blank: u64,
    /// The sum of the amounts that an earlier row had declared already, in fen.
    pub again: i128,
    /// The months met.
    pub months: Vec<Month>,
}

impl CheckTally {
    /// An empty one, for so many insurances.
    #[must_use]
    pub fn of(insurances: usize) -> Self {
        Self { totals: vec![Share::default(); insurances], ..Self::default() }
    }

    /// Adds what was counted elsewhere: in the next block, or in the next file.
    pub fn add(&mut self, other: Self) {
        for (cause, rows) in other.causes {
            *self.causes.entry(cause).or_default() += rows;
        }
        self.ties += other.ties;
        self.bad_identity += other.bad_identity;
        self.blank += other.blank;
        self.again += other.again;
        for (mine, theirs) in self.totals.iter_mut().zip(other.totals) {
            mine.employer.add(theirs.employer);
            mine.employee.add(theirs.employee);
        }
        for month in other.months {
            if !self.months.contains(&month) {
                self.months.push(month);
            }
        }
    }
}

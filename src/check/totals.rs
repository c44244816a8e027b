//! What a check counts and sums up, block by block.
//!
//! Each block has totals of its own, and those of the next block are added in the order of the file ([`CheckTotals::add`]);
//! sums since the last printed total begin anew below each of them. Sums are in fen and wider than an amount, since a
//! file may have any number of rows. What would be due under other roundings is kept as the difference from what is due.

use std::collections::BTreeMap;

use super::cause::Cause;
use crate::facts::{Share, Side};
use crate::units::{Exactness, Mode, Money, Month, Rounded, Rounding};

/// A sum of any size, in fen: most additions touch one machine word only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Total {
    carried: i128,
    word: i64,
}

impl Total {
    #[inline]
    fn add(&mut self, fen: i64) {
        match self.word.checked_add(fen) {
            Some(word) => self.word = word,
            None => *self = Self { carried: self.all(), word: fen },
        }
    }

    fn all(self) -> i128 {
        self.carried + i128::from(self.word)
    }

    fn join(&mut self, other: Self) {
        self.carried += other.all();
    }
}

/// Declared and due of one insurance and side, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideTotals {
    declared: Total,
    due: Total,
    /// By how much less would be due if the middle went to the even neighbour.
    even_less: Total,
    /// By how much less would be due if everything below the unit were cut off.
    cut_less: Total,
}

impl SideTotals {
    /// The sum of the amounts declared, in fen.
    #[must_use]
    pub fn declared(&self) -> i128 {
        self.declared.all()
    }

    /// The sum of the amounts due for them, in fen.
    #[must_use]
    pub fn due(&self) -> i128 {
        self.due.all()
    }

    /// Declared less due, in fen.
    #[must_use]
    pub fn difference(&self) -> i128 {
        self.declared() - self.due()
    }

    /// What would be due, in fen, if exact halves went to the even neighbour.
    #[must_use]
    pub fn half_even(&self) -> i128 {
        self.due() - self.even_less.all()
    }

    /// What would be due, in fen, if everything below the unit of rounding were cut off.
    #[must_use]
    pub fn cut(&self) -> i128 {
        self.due() - self.cut_less.all()
    }

    fn join(&mut self, other: Self) {
        self.declared.join(other.declared);
        self.due.join(other.due);
        self.even_less.join(other.even_less);
        self.cut_less.join(other.cut_less);
    }

    /// Adds an amount that is due.
    #[inline]
    pub(super) fn count(&mut self, declared: Money, due: Rounded, rounding: Rounding) {
        self.declared.add(declared.fen());
        self.due.add(due.money.fen());
        if rounding == Rounding::FEN_HALF_UP && due.money >= Money::ZERO {
            // What was raised would be a fen less; without a branch, since half of all are.
            self.cut_less.add(i64::from(due.is_raised()));
            if due.exactness() == Exactness::Tie {
                self.even_less.add(due.money.fen() % 2);
            }
        } else {
            let less = |mode| due.money.fen() - Rounding { mode, ..rounding }.instead(due).fen();
            self.cut_less.add(less(Mode::Down));
            self.even_less.add(less(Mode::HalfEven));
        }
    }
}

/// What is noticed of rows besides their amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Rows with an invalid identity number.
    pub bad_identity: u64,
    /// Rows whose identity number was kept as a number and lost its last digits.
    pub damaged_identity: u64,
    /// Declared cells that were blank.
    pub blank: u64,
    /// Entries that were given back.
    pub refunds: u64,
    /// Entries on a difference of bases.
    pub differences: u64,
    /// Rows of insurances that are not checked.
    pub not_checked: u64,
    /// Formulas that were never calculated.
    pub not_calculated: u64,
}

impl Noticed {
    fn add(&mut self, other: Self) {
        self.bad_identity += other.bad_identity;
        self.damaged_identity += other.damaged_identity;
        self.blank += other.blank;
        self.refunds += other.refunds;
        self.differences += other.differences;
        self.not_checked += other.not_checked;
        self.not_calculated += other.not_calculated;
    }
}

/// What a check counts and adds up.
#[derive(Clone, Debug, Default)]
pub struct CheckTotals {
    /// Rows by cause.
    pub causes: BTreeMap<Cause, u64>,
    /// Amounts that lay exactly on half a unit.
    pub ties: u64,
    /// What was noticed besides.
    pub noticed: Noticed,
    /// Sums by insurance, in the order of the file's insurances; only of rows that could be read whole.
    pub totals: Vec<Share<SideTotals>>,
    /// The sum of the amounts that an earlier row had declared already, in fen.
    pub again: i128,
    /// The months met.
    pub months: Vec<Month>,
    /// The columns that are added up.
    pub columns: Vec<ColumnSum>,
    /// Whether a total has been met.
    pub total_met: bool,
}

/// A column added up: what is declared and what is due, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnSum {
    /// Since the beginning.
    pub all: Pair,
    /// Since the last total.
    pub since: Pair,
    /// What is still to be added to both: amounts that are declared as they are due.
    plain: i128,
}

/// Declared and due, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What is declared.
    pub declared: i128,
    /// What is due.
    pub due: i128,
}

impl Pair {
    fn add(&mut self, other: Self) {
        self.declared += other.declared;
        self.due += other.due;
    }
}

impl ColumnSum {
    /// Adds what a row declares, and what is due for it.
    pub(super) fn count(&mut self, declared: i64, due: i64) {
        let pair = Pair { declared: declared.into(), due: due.into() };
        self.all.add(pair);
        self.since.add(pair);
    }

    /// Adds what rows declare as it is due.
    pub(super) fn count_plain(&mut self, fen: i128) {
        self.plain += fen;
    }

    /// The same with nothing left to be added.
    fn settled(self) -> Self {
        let plain = Pair { declared: self.plain, due: self.plain };
        let (mut all, mut since) = (self.all, self.since);
        all.add(plain);
        since.add(plain);
        Self { all, since, plain: 0 }
    }
}

impl CheckTotals {
    /// Totals of no rows, for so many insurances and added-up columns.
    #[must_use]
    pub fn of(insurances: usize, columns: usize) -> Self {
        let (totals, columns) = (vec![Share::default(); insurances], vec![ColumnSum::default(); columns]);
        Self { totals, columns, ..Self::default() }
    }

    /// Rows by cause, in the order of the codes and not in that of surprise.
    ///
    /// ```
    /// use shebao::check::{Cause, CheckTotals};
    /// let mut totals = CheckTotals::of(1, 0);
    /// totals.causes.extend([(Cause::Rounding, 2), (Cause::OtherRate, 1)]);
    /// assert_eq!(totals.causes_by_code(), [(Cause::OtherRate, 1), (Cause::Rounding, 2)]);
    /// ```
    #[must_use]
    pub fn causes_by_code(&self) -> Vec<(Cause, u64)> {
        let mut causes: Vec<(Cause, u64)> = self.causes.iter().map(|(cause, rows)| (*cause, *rows)).collect();
        causes.sort_by_key(|(cause, _)| cause.code());
        causes
    }

    /// Adds an amount that was declared and what is due for it.
    #[inline]
    pub(super) fn count(&mut self, (at, side): (usize, Side), declared: Money, due: Rounded, rounding: Rounding) {
        self.ties += u64::from(due.exactness() == Exactness::Tie);
        self.totals[at].get_mut(side).count(declared, due, rounding);
    }

    /// Adds amounts that are declared as they are due, rounded half up to the fen and not negative.
    pub(super) fn count_right(&mut self, (at, side): (usize, Side), amounts: impl Iterator<Item = Rounded>) {
        let (mut sum, mut raised, mut ties, mut odd) = (0_i128, 0, 0, 0);
        for amount in amounts {
            sum += i128::from(amount.money.fen());
            raised += i64::from(amount.is_raised());
            if amount.exactness() == Exactness::Tie {
                ties += 1;
                odd += amount.money.fen() % 2;
            }
        }
        self.ties += ties;
        let totals = self.totals[at].get_mut(side);
        totals.declared.carried += sum;
        totals.due.carried += sum;
        totals.cut_less.add(raised);
        totals.even_less.add(odd);
    }

    /// Adds what was counted elsewhere: in the next block, or in the next file.
    pub fn add(&mut self, other: Self) {
        self.add_columns(&other);
        for (cause, rows) in other.causes {
            *self.causes.entry(cause).or_default() += rows;
        }
        self.ties += other.ties;
        self.noticed.add(other.noticed);
        self.again += other.again;
        for (mine, theirs) in self.totals.iter_mut().zip(other.totals) {
            mine.employer.join(theirs.employer);
            mine.employee.join(theirs.employee);
        }
        for month in other.months {
            if !self.months.contains(&month) {
                self.months.push(month);
            }
        }
    }
}

impl CheckTotals {
    /// Goes on with the columns of the next block.
    pub(super) fn add_columns(&mut self, next: &Self) {
        for (mine, theirs) in self.columns.iter_mut().zip(&next.columns) {
            let theirs = theirs.settled();
            *mine = mine.settled();
            mine.all.add(theirs.all);
            if next.total_met {
                mine.since = theirs.since;
            } else {
                mine.since.add(theirs.since);
            }
        }
        self.total_met |= next.total_met;
    }

    /// Begins anew below a total.
    pub(super) fn below_total(&mut self) {
        self.total_met = true;
        for column in &mut self.columns {
            *column = column.settled();
            column.since = Pair::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rate;

    #[test]
    fn other_roundings_add_up_to_what_they_would_have_given() {
        let half = Rate::from_percent("50%").unwrap();
        for rounding in [
            Rounding::FEN_HALF_UP,
            Rounding { mode: Mode::Up, ..Rounding::FEN_HALF_UP },
            Rounding { unit: Money::from_fen(10), mode: Mode::HalfUp },
        ] {
            let mut totals = SideTotals::default();
            let (mut even, mut cut) = (0, 0);
            for fen in (-50..50).chain([i64::MAX / 2, i64::MAX / 2, i64::MAX / 2]) {
                let by = |mode| Rounding { mode, ..rounding }.product(Money::from_fen(fen), half).unwrap();
                even += i128::from(by(Mode::HalfEven).money.fen());
                cut += i128::from(by(Mode::Down).money.fen());
                totals.count(Money::from_fen(fen), by(rounding.mode), rounding);
            }
            assert_eq!((totals.half_even(), totals.cut()), (even, cut));
            assert_eq!(totals.declared(), (-50..50).sum::<i128>() + 3 * i128::from(i64::MAX / 2));
        }
    }
}

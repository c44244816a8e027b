//! The work on one row: what is plainly right is told at once, every other row is looked at closely
//! (`closely`).

use super::duplicates::Repeat;
use super::findings::{About, Finding};
use super::plan::Check;
use super::summed_columns::Slots;
use super::terms_cache::KnownMonths;
use super::totals::CheckTally;
use crate::batch::{Desk, RowStatus};
use crate::facts::{Charge, Faults, IdentityNumber, Kind, Share, Side, mask};
use crate::files::{CellNote, Lines, Row};
use crate::payroll::cell::{self, At};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rounded};

/// What a worker keeps from row to row.
#[derive(Default)]
pub struct CheckWorker {
    pub(super) months: KnownMonths,
    pub(super) paper: Paper,
    person: LastPerson,
    block: u64,
    /// The repeats of the block, in the order of its rows.
    pub(super) repeats: Vec<Repeat>,
    /// The findings of the block, as they are listed.
    pub(super) listed: Vec<u8>,
    /// The notes on the cells of the block.
    pub(super) noted: Vec<CellNote>,
}

impl CheckWorker {
    /// Begins a block.
    pub(super) fn begin(&mut self, block: u64) {
        self.block = block + 1;
        self.repeats.clear();
    }

    /// The row that declared an insurance first, where this one declares it again.
    pub(super) fn repeat_of(&self, row: &Row<'_>, bit: usize) -> Option<u64> {
        let own = self.repeats[self.repeats.partition_point(|repeat| repeat.row < row.number)..].iter();
        own.take_while(|repeat| repeat.row == row.number)
            .find(|repeat| repeat.insurance == bit)
            .map(|repeat| repeat.first)
    }

    /// The findings of the row that was worked last.
    pub(super) fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.paper.findings)
    }
}

/// Scratch paper of one row.
#[derive(Default)]
pub(super) struct Paper {
    pub findings: Vec<Finding>,
    pub refused: Vec<Kind>,
    /// Cells that were blank where something could be declared.
    pub blank: u64,
    /// What is declared again, in fen.
    pub again: i128,
    /// The wage of a row that is plainly right.
    wage: Money,
    /// The due base of each side that all insurances share.
    pub bases: Option<Share<Money>>,
    /// What each insurance came to; every row writes all of them.
    pub items: Vec<Share<Option<Sum>>>,
    /// What is due for each insurance of a row that is plainly right.
    right: Vec<Share<Rounded>>,
    /// The bases of the same.
    right_bases: Vec<Money>,
}

/// A declared amount that enters the sums, and what is due for it.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub declared: Money,
    pub due: Rounded,
}

impl Paper {
    fn clear(&mut self, insurances: usize) {
        self.findings.clear();
        self.refused.clear();
        (self.bases, self.blank, self.again) = (None, 0, 0);
        self.items.clear();
        self.items.resize(insurances, Share::default());
        self.right.resize(insurances, Share::default());
        self.right_bases.resize(insurances, Money::ZERO);
    }
}

impl Check<'_> {
    /// The whole row: every difference, or every fault that stands in the way.
    #[inline]
    pub(super) fn judge(&self, row: &Row<'_>, desk: &mut Desk<'_, Self>) -> RowStatus {
        let worker = &mut *desk.worker;
        worker.paper.clear(self.insurances.len());
        if let Some(at) = &self.employee
            && worker.person.is_bad(row, at)
        {
            let damaged = cell::number_text(row, at).is_some_and(|text| is_damaged(&text));
            *(if damaged { &mut desk.tally.damaged_identity } else { &mut desk.tally.bad_identity }) += 1;
        }
        desk.tally.not_calculated += row.uncalculated();
        let month = self.month.of(row);
        let repeats = &worker.repeats[worker.repeats.partition_point(|repeat| repeat.row < row.number)..];
        let repeated = repeats.first().is_some_and(|repeat| repeat.row == row.number);
        if let Ok(month) = month {
            let known = worker.months.of(month, || self.charges(month));
            if known.met != worker.block {
                known.met = worker.block;
                desk.tally.months.push(month);
            }
            if self.is_simple && !repeated {
                let start = desk.lines.position();
                if self.is_plainly_right(row, &known.charges, &mut worker.paper, desk.lines) {
                    self.sum_right(&worker.paper.right, &known.charges, desk.tally);
                    self.track_right(row, &worker.paper, desk.tally);
                    return RowStatus::Ok;
                }
                desk.lines.back_to(start);
            }
        }
        self.judge_closely(row, month, desk)
    }

    /// Works a row in which every cell stands as this program would write it and says what is due, as
    /// nearly all do: what is due is then written as it was declared. `false` for every other row; those
    /// are judged cell by cell.
    #[inline]
    fn is_plainly_right(
        &self,
        row: &Row<'_>,
        charges: &[Result<Charge, Faults>],
        paper: &mut Paper,
        lines: &mut Lines,
    ) -> bool {
        let Some(wage) = self.entries.wage.as_ref().and_then(|at| row.written(at.position)) else { return false };
        paper.wage = wage.money;
        // Writes what is due: as the cell of its column says it, if it says the same.
        let says = |at: &Option<At>, due: Money, lines: &mut Lines| {
            let Some(at) = at else {
                lines.money(due);
                return true;
            };
            let written = row.written(at.position).filter(|written| written.money == due);
            written.map(|written| lines.written(written)).is_some()
        };
        let due = paper.right.iter_mut().zip(&mut paper.right_bases);
        for ((checked, charge), (item, due_base)) in self.insurances.iter().zip(charges).zip(due) {
            let Ok(charge) = charge else { return false };
            let Ok((base, _)) = contribution::base(wage.money, charge, None, &mut Silent) else { return false };
            let base_said = match &checked.base {
                None if base == wage.money => {
                    lines.written(wage);
                    true
                }
                at => says(at, base, lines),
            };
            if !base_said {
                return false;
            }
            *due_base = base;
            paper.bases = paper.bases.or(Some(Share { employer: base, employee: base }));
            for side in Side::BOTH {
                let Ok(due) = contribution::amount(base, side, charge, None, &mut Silent) else { return false };
                let column = checked.amounts.get(side);
                if !says(column, due.money, lines) {
                    return false;
                }
                *item.get_mut(side) = due;
            }
        }
        match (&self.entries.base, paper.bases) {
            (Some(at), Some(bases)) => row.written(at.position).is_some_and(|written| written.money == bases.employee),
            (_, _) => true,
        }
    }

    /// Adds up a row that is plainly right: what is declared is what is due.
    #[inline]
    fn sum_right(&self, due: &[Share<Rounded>], charges: &[Result<Charge, Faults>], tally: &mut CheckTally) {
        for (at, ((due, checked), charge)) in due.iter().zip(&self.insurances).zip(charges).enumerate() {
            let Ok(charge) = charge else { continue };
            for side in Side::BOTH {
                if checked.amounts.get(side).is_some() {
                    let due = *due.get(side);
                    tally.count((at, side), due.money, due, charge.terms.rounding.value);
                }
            }
        }
    }

    #[inline]
    pub(super) fn differs(&self, declared: Money, due: Money) -> bool {
        declared.fen().abs_diff(due.fen()) > self.tolerance.fen().unsigned_abs()
    }

    /// Adds a row that is plainly right to the sums of columns: what was compared need not be read again.
    #[inline]
    fn track_right(&self, row: &Row<'_>, paper: &Paper, tally: &mut CheckTally) {
        let Slots { wage, base, insurances, others } = &self.summed.slots;
        let mut add = |slot: &Option<usize>, fen: i64| {
            if let Some(sum) = slot.and_then(|slot| tally.columns.get_mut(slot)) {
                sum.count_plain(fen);
            }
        };
        add(wage, paper.wage.fen());
        add(base, paper.bases.unwrap_or_default().employee.fen());
        for ((slots, due), base) in insurances.iter().zip(&paper.right).zip(&paper.right_bases) {
            add(&slots.base, base.fen());
            add(&slots.amounts.employer, due.employer.money.fen());
            add(&slots.amounts.employee, due.employee.money.fen());
        }
        if !others.is_empty() {
            self.track_columns(row, others.iter().copied(), &[], tally);
        }
    }

    /// Adds the row to the sums of columns: what is due is what is declared, except where a finding says
    /// otherwise.
    #[inline]
    pub(super) fn track(&self, row: &Row<'_>, findings: &[Finding], tally: &mut CheckTally) {
        self.track_columns(row, 0..self.summed.tracked.len(), findings, tally);
    }

    fn track_columns(
        &self,
        row: &Row<'_>,
        slots: impl Iterator<Item = usize>,
        findings: &[Finding],
        tally: &mut CheckTally,
    ) {
        for slot in slots {
            let (Some(position), Some(sum)) = (self.summed.tracked.get(slot), tally.columns.get_mut(slot)) else {
                continue;
            };
            let at = At { position: *position, heading: String::new() };
            let Ok(Some(declared)) = cell::signed(row, &at) else { continue };
            let due =
                findings.iter().find(|finding| finding.column == *position).map_or(declared, |finding| finding.due);
            sum.count(declared.fen(), due.fen());
        }
    }

    /// Puts a finding on the list.
    pub(super) fn enlist(&self, row: &Row<'_>, finding: &Finding, listed: &mut Vec<u8>) {
        let Some(listing) = &self.listing else { return };
        let employee = self.employee.as_ref().and_then(|at| cell::number_text(row, at));
        let employee = employee.map(|text| if self.mask { mask(&text) } else { text.into_owned() });
        let about = About {
            row: row.number,
            employee: employee.as_deref(),
            month: self.month.of(row).ok().map(|month| month.to_string()),
            heading: self.heading(finding),
            insurance: finding.insurance.map(|at| &self.insurances[at].insurance),
        };
        listing.write(finding, &about, listed);
    }

    /// The heading of a finding's column, as it stands.
    #[must_use]
    pub fn heading(&self, finding: &Finding) -> &str {
        self.headings.get(finding.column).map_or("", String::as_str)
    }
}

/// The number of the row before: the rows of one person often stand together.
#[derive(Default)]
struct LastPerson {
    number: [u8; 18],
    holds: bool,
}

impl LastPerson {
    /// Whether the row's identity number does not hold; a blank one is none.
    #[inline]
    fn is_bad(&mut self, row: &Row<'_>, at: &At) -> bool {
        let cell = row.bare_cell(at.position);
        if self.holds && *cell == self.number {
            return false;
        }
        if let Ok(number) = <&[u8; 18]>::try_from(cell)
            && number.iter().all(u8::is_ascii_alphanumeric)
        {
            *self = Self { number: *number, holds: IdentityNumber::holds(cell) };
            return !self.holds;
        }
        cell::number_text(row, at).is_some_and(|text| IdentityNumber::parse(&text).is_err())
    }
}

/// Whether an identity number was kept as a number: a double holds fifteen digits, the others became
/// noughts (`371003199005129000`) or an exponent (`3.71003E+17`).
pub(super) fn is_damaged(text: &str) -> bool {
    let exponent = text.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        power.starts_with('+') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let noughts = text.len() == 18 && text.ends_with("000") && text.bytes().all(|byte| byte.is_ascii_digit());
    exponent || noughts
}

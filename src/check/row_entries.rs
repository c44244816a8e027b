//! From a row to its entries: for each insurance what it rests on, the months it is for, and what it is held to
//! the limits with.
//!
//! Every shape is read here into the same entries: amounts in columns, rows that name their insurance, bases only. Cells
//! that cannot be read are noted in the scratch, so that all faults of a row are reported. Cells are read by
//! `payroll`, a base that only shares imply by `implied_base`; what an entry makes due is decided by
//! [`crate::rules::entry`].

use std::borrow::Cow;
use std::sync::Arc;

use super::duplicates::{Repeat, first_of};
use super::implied_base;
use super::scratch::Scratch;
use super::setup::Check;
use super::terms_cache::KnownMonths;
use crate::facts::{Entry, EntryKind, EntryMonth, Faults, Kind, Outcome, Share, Side};
use crate::files::Row;
use crate::payroll::BaseSource;
use crate::payroll::cell;
use crate::payroll::insured_columns::{CheckedInsurance, Declares, Long};
use crate::units::{Money, Month, Rate};

/// One insurance of a row.
pub(super) struct Item<'c> {
    /// Its place among the checked insurances.
    pub at: usize,
    /// Its columns.
    pub checked: Cow<'c, CheckedInsurance>,
    /// The row that declared it first, where this one declares it again.
    pub first: Option<u64>,
    /// The entry, or why there is none; without faults where the reason is in the scratch already.
    pub entry: Outcome<Entry>,
}

impl Item<'_> {
    /// Whether nothing but zeros is declared of the insurance.
    pub fn declares_nothing(&self, row: &Row<'_>) -> bool {
        declares_nothing(row, &self.checked)
    }
}

/// Reads one row.
pub(super) struct RowReader<'r, 'c> {
    pub check: &'c Check<'c>,
    pub row: &'r Row<'r>,
    /// Of what kind the row is.
    pub kind: EntryKind,
    /// Its month, or the first of several; why there is none is said by whoever asks.
    pub month: &'r Result<Month, Kind>,
    pub months: &'r mut KnownMonths,
    pub repeats: &'r [Repeat],
    pub scratch: &'r mut Scratch,
}

impl<'c> RowReader<'_, 'c> {
    /// The entries of the row, one for each insurance that it is about. Cells that stand in the way are noted in
    /// the scratch.
    pub fn items(&mut self) -> Vec<Item<'c>> {
        let plan = &self.check.plan;
        match &plan.declares {
            Declares::Rows(long) => self.long_item(long).into_iter().collect(),
            Declares::Columns | Declares::Bases => {
                let item = |(at, checked)| {
                    let first = first_of(self.repeats, self.row.number, at);
                    Item { at, checked: Cow::Borrowed(checked), first, entry: self.entry(at, checked) }
                };
                plan.insurances.iter().enumerate().map(item).collect()
            }
        }
    }

    /// The entry of a row that names its insurance; `None` where nothing of it is checked.
    fn long_item(&mut self, long: &Long) -> Option<Item<'c>> {
        let (row, plan) = (self.row, &self.check.plan);
        let at = long.insurance_of(row, &plan.insurances)?;
        let insurance = &plan.insurances[at].insurance;
        let charge = self.month.as_ref().ok().map(|month| self.months.of(*month, &self.check.law));
        let charge = charge.and_then(|known| known.charges.get(at)).and_then(|charge| charge.as_ref().ok());
        let employer_only = charge.is_some_and(|charge| charge.rates.employee == Rate::ZERO);
        let checked = match long.checked(row, insurance, employer_only) {
            Ok(checked) => checked,
            Err(kind) => {
                let checked = Cow::Owned(CheckedInsurance::bare(insurance.clone()));
                return Some(Item { at, checked, first: None, entry: Err(kind.into()) });
            }
        };
        let first = first_of(self.repeats, row.number, usize::try_from(long.bit(row, at)).unwrap_or(0));
        let entry = self.entry(at, &checked);
        Some(Item { at, checked: Cow::Owned(checked), first, entry })
    }

    fn entry(&mut self, at: usize, checked: &CheckedInsurance) -> Outcome<Entry> {
        let months = self.months_of(at, checked);
        let bases = self.bases(checked);
        let (months, bases) = (months?, bases.ok_or_else(Faults::default)?);
        let together = self.check.supplements.together(&self.check.plan, self.row, at, self.kind);
        Ok(Entry { kind: self.kind, bases, months, together, negative: self.negative(checked) })
    }

    /// The months that an insurance of the row is for, each with what it charges.
    fn months_of(&mut self, at: usize, checked: &CheckedInsurance) -> Outcome<Arc<[EntryMonth]>> {
        let (row, plan) = (self.row, &self.check.plan);
        // Why there is no month was said where it was looked for.
        let Ok(month) = self.month else { return Err(Faults::default()) };
        let months = plan.entries.months_of(row, checked.own(), (*month, plan.month.several(row)))?;
        let mut own = |month: Month| -> Outcome<Arc<[EntryMonth]>> {
            let known = self.months.of(month, &self.check.law);
            known.own.get(at).cloned().unwrap_or_else(|| Err(Faults::default()))
        };
        if let [(month, 1)] = months.as_slice() {
            return own(*month);
        }
        let mut each = Vec::with_capacity(months.len());
        for (month, times) in months {
            each.extend(own(month)?.iter().map(|own| EntryMonth { times, ..own.clone() }));
        }
        Ok(each.into())
    }

    /// Whether the amounts of each side are written with a minus: without a word on kinds, amounts that are all
    /// negative are given back or taken off.
    fn negative(&self, checked: &CheckedInsurance) -> Share<bool> {
        let plan = &self.check.plan;
        if plan.entries.has_kinds() {
            return Share::default();
        }
        let of = |side: Side| {
            let all = plan.insurances.iter().chain([checked]).filter_map(|checked| checked.amounts.get(side).as_ref());
            let all = all.filter_map(|at| cell::signed(self.row, at).ok().flatten());
            let mut all = all.filter(|amount| *amount != Money::ZERO).peekable();
            all.peek().is_some() && all.all(|amount| amount < Money::ZERO)
        };
        Share { employer: of(Side::Employer), employee: of(Side::Employee) }
    }

    /// What the amounts of an insurance rest on; faults are noted in the scratch.
    fn bases(&mut self, checked: &CheckedInsurance) -> Option<Share<Money>> {
        let (row, plan) = (self.row, &self.check.plan);
        if plan.base_source == BaseSource::Shares {
            let month = self.month.as_ref().ok()?;
            let known = self.months.of(*month, &self.check.law);
            let base = implied_base::implied(plan, row, &known.charges, self.scratch)?;
            return Some(Share { employer: base, employee: base });
        }
        match plan.entries.bases(row, checked.own(), self.kind) {
            Ok(Some(bases)) => Some(bases),
            Ok(None) => self.missing_base(checked),
            Err(kind) => {
                self.scratch.refuse(kind);
                None
            }
        }
    }

    /// The base of an insurance whose own columns hold none: where no column could, that of the other insurances.
    fn missing_base(&mut self, checked: &CheckedInsurance) -> Option<Share<Money>> {
        let plan = &self.check.plan;
        if let Some(column) = plan.entries.first_base_column(checked.own()) {
            self.scratch.refuse(cell::blank(column));
            return None;
        }
        let bases = plan.insurances.iter().filter_map(|checked| checked.base.as_ref());
        let mut bases = bases.filter_map(|at| cell::signed(self.row, at).ok().flatten());
        let first = bases.next();
        let agreed = first.filter(|first| bases.all(|base| base == *first));
        if agreed.is_none() && !declares_nothing(self.row, checked) {
            self.scratch.refuse(Kind::NoBaseFor { insurance: checked.insurance.clone() });
        }
        agreed.map(|base| Share { employer: base, employee: base })
    }
}

/// Whether nothing but zeros is declared of an insurance.
fn declares_nothing(row: &Row<'_>, checked: &CheckedInsurance) -> bool {
    let mut columns = [&checked.amounts.employer, &checked.amounts.employee].into_iter().flatten().peekable();
    let some = columns.peek().is_some();
    some && columns.all(|at| matches!(cell::signed(row, at), Ok(Some(Money::ZERO))))
}

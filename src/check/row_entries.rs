//! From a row to its entries: for each insurance what it rests on, the months it is for, and what it is held to
//! the limits with. What an entry makes due is not decided here but by [`crate::rules::entry`].

use std::borrow::Cow;
use std::sync::Arc;

use super::implied_base;
use super::judge::{CheckWorker, Paper};
use super::plan::Check;
use crate::facts::{Entry, EntryKind, EntryMonth, Faults, Kind, Outcome, Share, Side};
use crate::files::Row;
use crate::payroll::BaseSource;
use crate::payroll::cell;
use crate::payroll::insured_columns::{CheckedInsurance, Declares, Long};
use crate::units::{Money, Month};

/// One insurance of a row.
pub(super) struct Item<'c> {
    /// Its place among the checked insurances.
    pub at: usize,
    /// Its columns.
    pub checked: Cow<'c, CheckedInsurance>,
    /// The row that declared it first, where this one declares it again.
    pub first: Option<u64>,
    /// The entry, or why there is none; without faults where the reason is on the paper already.
    pub entry: Outcome<Entry>,
}

impl Check<'_> {
    /// The entries of a row, one for each insurance that it is about. Cells that stand in the way are noted on
    /// the paper.
    pub(super) fn items(
        &self,
        row: &Row<'_>,
        (kind, month): (EntryKind, &Result<Month, Kind>),
        paper: &mut Paper,
        worker: &mut CheckWorker,
    ) -> Vec<Item<'_>> {
        match &self.declares {
            Declares::Rows(long) => self.long_item(row, long, (kind, month), paper, worker).into_iter().collect(),
            Declares::Columns | Declares::Bases => {
                let item = |(at, checked)| {
                    let first = worker.repeat_of(row, at);
                    let entry = self.entry(row, (at, checked), (kind, month), paper, worker);
                    Item { at, checked: Cow::Borrowed(checked), first, entry }
                };
                self.insurances.iter().enumerate().map(item).collect()
            }
        }
    }

    /// The entry of a row that names its insurance; `None` where nothing of it is checked.
    fn long_item(
        &self,
        row: &Row<'_>,
        long: &Long,
        (kind, month): (EntryKind, &Result<Month, Kind>),
        paper: &mut Paper,
        worker: &mut CheckWorker,
    ) -> Option<Item<'_>> {
        let at = long.insurance_of(row, &self.insurances)?;
        let insurance = &self.insurances[at].insurance;
        let charge = month.as_ref().ok().map(|month| worker.months.of(*month, || self.charges(*month)));
        let rates = charge.and_then(|known| known.charges.get(at)).and_then(|charge| charge.as_ref().ok());
        let employer_only = rates.is_some_and(|charge| charge.rates.employee == crate::units::Rate::default());
        let checked = match long.checked(row, insurance, employer_only) {
            Ok(checked) => checked,
            Err(kind) => {
                let checked = Cow::Owned(CheckedInsurance::bare(insurance.clone()));
                return Some(Item { at, checked, first: None, entry: Err(kind.into()) });
            }
        };
        let first = worker.repeat_of(row, usize::try_from(long.bit(row, at)).unwrap_or(0));
        let entry = self.entry(row, (at, &checked), (kind, month), paper, worker);
        Some(Item { at, checked: Cow::Owned(checked), first, entry })
    }

    fn entry(
        &self,
        row: &Row<'_>,
        (at, checked): (usize, &CheckedInsurance),
        (kind, month): (EntryKind, &Result<Month, Kind>),
        paper: &mut Paper,
        worker: &mut CheckWorker,
    ) -> Outcome<Entry> {
        let months = self.months(row, (at, checked), month, worker);
        let bases = self.bases(row, checked, (kind, month), paper, worker);
        let months = months?;
        let (Some(employer), Some(employee)) = (bases.employer, bases.employee) else { return Err(Faults::default()) };
        let together = self.together(row, at, kind);
        Ok(Entry { kind, bases: Share { employer, employee }, months, together, negative: self.negative(row, checked) })
    }

    /// The months that an insurance of the row is for, each with what it charges.
    fn months(
        &self,
        row: &Row<'_>,
        (at, checked): (usize, &CheckedInsurance),
        month: &Result<Month, Kind>,
        worker: &mut CheckWorker,
    ) -> Outcome<Arc<[EntryMonth]>> {
        // Why there is no month was said where it was looked for.
        let Ok(month) = month else { return Err(Faults::default()) };
        let months = self.entries.months_of(row, checked.own(), (*month, self.month.several(row)))?;
        let mut own = |month: Month| -> Outcome<Arc<[EntryMonth]>> {
            let known = worker.months.of(month, || self.charges(month));
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
    fn negative(&self, row: &Row<'_>, checked: &CheckedInsurance) -> Share<bool> {
        if self.entries.has_kinds() {
            return Share::default();
        }
        let of = |side: Side| {
            let all = self.insurances.iter().chain([checked]).filter_map(|checked| checked.amounts.get(side).as_ref());
            let all = all.filter_map(|at| cell::signed(row, at).ok().flatten()).filter(|amount| *amount != Money::ZERO);
            let mut all = all.peekable();
            all.peek().is_some() && all.all(|amount| amount < Money::ZERO)
        };
        Share { employer: of(Side::Employer), employee: of(Side::Employee) }
    }

    /// What the amounts of an insurance rest on; faults are noted on the paper.
    fn bases(
        &self,
        row: &Row<'_>,
        checked: &CheckedInsurance,
        (kind, month): (EntryKind, &Result<Month, Kind>),
        paper: &mut Paper,
        worker: &mut CheckWorker,
    ) -> Share<Option<Money>> {
        if self.ground == BaseSource::Shares {
            let implied = month.as_ref().ok().and_then(|month| {
                let known = worker.months.of(*month, || self.charges(*month));
                implied_base::implied(self, row, &known.charges, paper)
            });
            return Share { employer: implied, employee: implied };
        }
        let bases = match self.entries.bases(row, checked.own(), kind) {
            Err(kind) => {
                paper.refuse(kind);
                None
            }
            Ok(Some(bases)) => Some(bases),
            Ok(None) => self.missing_base(row, checked, paper),
        };
        bases.map_or_else(Share::default, |bases| bases.map(Some))
    }

    /// The base of an insurance whose own columns hold none: where no column could, that of the other insurances.
    fn missing_base(&self, row: &Row<'_>, checked: &CheckedInsurance, paper: &mut Paper) -> Option<Share<Money>> {
        if let Some(column) = self.entries.first_base_column(checked.own()) {
            paper.refuse(cell::blank(column));
            return None;
        }
        let base = self.common_base(row);
        if base.is_none() && !Self::declares_nothing(row, checked) {
            paper.refuse(Kind::NoBaseFor { insurance: checked.insurance.clone() });
        }
        base.map(|base| Share { employer: base, employee: base })
    }

    /// The base of all insurances of a row that have one of their own, where they agree.
    fn common_base(&self, row: &Row<'_>) -> Option<Money> {
        let bases = self.insurances.iter().filter_map(|checked| checked.base.as_ref());
        let mut bases = bases.filter_map(|at| cell::signed(row, at).ok().flatten());
        let first = bases.next()?;
        bases.all(|base| base == first).then_some(first)
    }
}

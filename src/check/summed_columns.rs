//! The columns that are added up, for printed sums and totals.

use super::findings::Finding;
use super::totals::CheckTotals;
use crate::facts::{Share, Side};
use crate::files::Row;
use crate::payroll::cell::{self, At};
use crate::payroll::insured_columns::CheckedInsurance;
use crate::payroll::{Columns, Meaning, PrintedSum, Reading};

/// The columns that are added up, for printed sums and totals.
#[derive(Default)]
pub(super) struct SummedColumns {
    pub sums: Vec<PrintedSum>,
    /// The columns that are added up, for the totals below them.
    pub tracked: Vec<usize>,
    /// Where in that list the columns of a plain row are.
    pub slots: Slots,
}

/// Where the columns of a plain row are among those that are added up.
#[derive(Default)]
pub(super) struct Slots {
    pub wage: Option<usize>,
    pub base: Option<usize>,
    pub insurances: Vec<InsuranceSlots>,
    /// All others.
    pub others: Vec<usize>,
}

/// The same of one insurance.
#[derive(Default)]
pub(super) struct InsuranceSlots {
    pub base: Option<usize>,
    pub amounts: Share<Option<usize>>,
}

impl Slots {
    fn of(tracked: &[usize], columns: &Columns, insurances: &[CheckedInsurance]) -> Self {
        let slot = |at: Option<&At>| at.and_then(|at| tracked.iter().position(|tracked| *tracked == at.position));
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        let (wage, base) = (slot(wage.as_ref()), slot(base.as_ref()));
        let of = |checked: &CheckedInsurance| InsuranceSlots {
            base: slot(checked.base.as_ref()),
            amounts: Share {
                employer: slot(checked.amounts.employer.as_ref()),
                employee: slot(checked.amounts.employee.as_ref()),
            },
        };
        let insurances: Vec<InsuranceSlots> = insurances.iter().map(of).collect();
        let known = insurances.iter().flat_map(|slots| [slots.base, slots.amounts.employer, slots.amounts.employee]);
        let known: Vec<usize> = known.chain([wage, base]).flatten().collect();
        let others = (0..tracked.len()).filter(|slot| !known.contains(slot)).collect();
        Self { wage, base, insurances, others }
    }
}

impl SummedColumns {
    /// The columns of amounts, whatever they belong to.
    pub fn plan(reading: &Reading, insurances: &[CheckedInsurance]) -> Self {
        let columns = &reading.columns;
        let mut tracked: Vec<usize> = Vec::new();
        tracked.extend(insurances.iter().flat_map(CheckedInsurance::columns).map(|at| at.position));
        tracked.extend(reading.sums.iter().map(|sum| sum.at));
        let others = ["wage", "base", "income", "net", "amount", "late_fee"].map(Meaning::Plain);
        let sides = Side::BOTH.into_iter().flat_map(|side| [Meaning::SideAmount(side), Meaning::SideBase(side)]);
        for meaning in others.into_iter().chain(sides) {
            tracked.extend(columns.find(&meaning).map(|at| at.position));
        }
        let known =
            (0..columns.headings().len()).filter(|at| matches!(columns.left_out(*at), Some(code) if code != "beside"));
        tracked.extend(known);
        tracked.sort_unstable();
        tracked.dedup();
        Self { sums: reading.sums.clone(), slots: Slots::of(&tracked, columns, insurances), tracked }
    }

    /// Adds some columns of a row to their sums: what is due is what is declared, except where a finding says
    /// otherwise.
    pub fn track(
        &self,
        row: &Row<'_>,
        slots: impl Iterator<Item = usize>,
        findings: &[Finding],
        totals: &mut CheckTotals,
    ) {
        for slot in slots {
            let (Some(position), Some(sum)) = (self.tracked.get(slot), totals.columns.get_mut(slot)) else {
                continue;
            };
            let at = At { position: *position, heading: String::new() };
            let Ok(Some(declared)) = cell::signed(row, &at) else { continue };
            let due =
                findings.iter().find(|finding| finding.column == *position).map_or(declared, |finding| finding.due);
            sum.count(declared.fen(), due.fen());
        }
    }
}

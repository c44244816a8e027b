//! Which columns are added up, for the totals printed below them?
//!
//! Every column of amounts, whether it is checked or only known (a housing fund, tax): a total row has all of them. For a
//! checked cell with a finding the due amount is added to what is due, for every other cell the declared one. Which
//! columns a sum within a row adds up was found by `payroll`; comparing is left to `printed_totals`.

use super::findings::Finding;
use super::totals::CheckTotals;
use crate::facts::Side;
use crate::files::Row;
use crate::payroll::cell::{self, At};
use crate::payroll::insured_columns::CheckedInsurance;
use crate::payroll::{LeftOut, Meaning, PlainRole, PrintedSum, Reading};

/// The plain roles that are added up. An account is a balance, and no sum of a month.
const ADDED_UP: [PlainRole; 6] =
    [PlainRole::Wage, PlainRole::Base, PlainRole::Income, PlainRole::Net, PlainRole::Amount, PlainRole::LateFee];

/// The columns that are added up, for printed sums and totals.
#[derive(Default)]
pub(super) struct SummedColumns {
    pub sums: Vec<PrintedSum>,
    /// The columns that are added up, for the totals below them.
    pub tracked: Vec<usize>,
}

impl SummedColumns {
    /// The columns of a file that are added up, in their order.
    pub fn plan(reading: &Reading, insurances: &[CheckedInsurance]) -> Self {
        let columns = &reading.columns;
        let mut tracked: Vec<usize> = Vec::new();
        tracked.extend(insurances.iter().flat_map(CheckedInsurance::columns).map(|at| at.position));
        tracked.extend(reading.sums.iter().map(|sum| sum.at));
        let others = ADDED_UP.map(Meaning::Plain);
        let sides = Side::BOTH.into_iter().flat_map(|side| [Meaning::SideAmount(side), Meaning::SideBase(side)]);
        for meaning in others.into_iter().chain(sides) {
            tracked.extend(columns.find(&meaning).map(|at| at.position));
        }
        let known = (0..columns.headings().len())
            .filter(|at| columns.left_out(*at).is_some_and(|what| what != LeftOut::Beside));
        tracked.extend(known);
        tracked.sort_unstable();
        tracked.dedup();
        Self { sums: reading.sums.clone(), tracked }
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

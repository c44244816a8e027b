//! Printed sums: of a row, and of the rows above a total.
//!
//! A sum is held against what is due for its parts. Where it adds up what is declared, a fault in a part
//! is carried into it; where it does not, it is wrong in itself.

use super::causes::{Cause, Explanation};
use super::findings::{Finding, Part};
use super::plan::Check;
use super::totals::{CheckTally, Pair};
use crate::batch::{Desk, RowStatus};
use crate::files::Row;
use crate::payroll::Sign;
use crate::payroll::cell::{self, At};
use crate::units::Money;

/// An amount of a row where it can be read.
fn amount(row: &Row<'_>, position: usize) -> Option<Money> {
    cell::signed(row, &At { position, heading: String::new() }).ok().flatten()
}

/// Why a sum is not what is due.
fn why(row: &Row<'_>, column: usize, printed: i128, declared: i128) -> Explanation {
    Explanation::plain(if row.is_uncalculated(column) {
        Cause::NotCalculated
    } else if printed == declared {
        Cause::Carried
    } else {
        Cause::DoesNotAddUp
    })
}

impl Check<'_> {
    /// Adds the printed sums of a row that are not what is due.
    pub(super) fn printed_sums(&self, row: &Row<'_>, findings: &mut Vec<Finding>) {
        for sum in &self.summed.sums {
            let never = row.is_uncalculated(sum.at).then_some(Money::ZERO);
            let Some(printed) = amount(row, sum.at).or(never) else { continue };
            let mut parts = Pair::default();
            for (at, sign) in &sum.parts {
                let declared = amount(row, *at).unwrap_or_default();
                let due = findings.iter().find(|finding| finding.column == *at).map_or(declared, |finding| finding.due);
                let sign = match sign {
                    Sign::Plus => 1,
                    Sign::Minus => -1,
                };
                parts.declared += i128::from(declared.fen()) * sign;
                parts.due += i128::from(due.fen()) * sign;
            }
            let Ok(due) = i64::try_from(parts.due) else { continue };
            let due = Money::from_fen(due);
            if self.differs(printed, due) {
                let mut finding = Finding::new(None, Part::Sum, sum.at, (printed, due), None);
                finding.why = why(row, sum.at, printed.fen().into(), parts.declared);
                findings.push(finding);
            }
        }
    }

    /// Holds a total against the rows above it; `None` where all of it is right.
    pub(super) fn judge_total(
        &self,
        row: &Row<'_>,
        before: &CheckTally,
        desk: &mut Desk<'_, Self>,
    ) -> Option<RowStatus> {
        let mut findings = Vec::new();
        let mut sums = CheckTally { columns: before.columns.clone(), ..CheckTally::default() };
        sums.add_columns(desk.tally);
        for (position, sum) in self.summed.tracked.iter().zip(&sums.columns) {
            let Some(printed) = amount(row, *position) else { continue };
            let printed_fen = i128::from(printed.fen());
            // A total may be of all rows or of those since the last one: the nearer is meant.
            let apart = |pair: &Pair| (pair.due - printed_fen).abs().min((pair.declared - printed_fen).abs());
            let pair = if apart(&sum.since) < apart(&sum.all) { sum.since } else { sum.all };
            let Ok(due) = i64::try_from(pair.due) else { continue };
            let due = Money::from_fen(due);
            if self.differs(printed, due) {
                let insurance = self.insurances.iter().position(|checked| {
                    [&checked.base, &checked.amounts.employer, &checked.amounts.employee]
                        .into_iter()
                        .flatten()
                        .any(|at| at.position == *position)
                });
                let mut finding = Finding::new(insurance, Part::Sum, *position, (printed, due), None);
                finding.why = why(row, *position, printed_fen, pair.declared);
                findings.push(finding);
            }
        }
        desk.tally.below_total();
        if findings.is_empty() {
            return None;
        }
        self.tell(row, &findings, desk);
        Some(RowStatus::Mismatch)
    }
}

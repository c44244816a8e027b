//! Printed sums: of a row, and of the rows above a total.
//!
//! A sum is compared with what is due for its parts. Where it adds up what is declared, a fault in a part
//! is carried into it; where it does not, it is wrong in itself.

use super::cause::{Cause, Explanation};
use super::findings::{Finding, Part};
use super::plan::Plan;
use super::totals::{CheckTotals, Pair};
use crate::files::Row;
use crate::payroll::CheckedInsurance;
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

/// Adds the printed sums of a row that are not what is due.
pub(super) fn printed_sums(plan: &Plan, row: &Row<'_>, findings: &mut Vec<Finding>) {
    for sum in &plan.summed.sums {
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
        if plan.differs(printed, due) {
            let mut finding = Finding::new(None, Part::Sum, sum.at, (printed, due), None);
            finding.why = why(row, sum.at, printed.fen().into(), parts.declared);
            findings.push(finding);
        }
    }
}

/// The printed amounts of a total row that are not what is due for the rows above it: `before` has the sums of the
/// blocks before, `totals` those of the row's own block.
pub(super) fn total_findings(plan: &Plan, row: &Row<'_>, before: &CheckTotals, totals: &CheckTotals) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sums = CheckTotals { columns: before.columns.clone(), ..CheckTotals::default() };
    sums.add_columns(totals);
    for (position, sum) in plan.summed.tracked.iter().zip(&sums.columns) {
        let Some(printed) = amount(row, *position) else { continue };
        let printed_fen = i128::from(printed.fen());
        // A total may be of all rows or of those since the last one: the nearer is meant.
        let apart = |pair: &Pair| (pair.due - printed_fen).abs().min((pair.declared - printed_fen).abs());
        let pair = if apart(&sum.since) < apart(&sum.all) { sum.since } else { sum.all };
        let Ok(due) = i64::try_from(pair.due) else { continue };
        let due = Money::from_fen(due);
        if plan.differs(printed, due) {
            let own = |checked: &CheckedInsurance| checked.columns().any(|at| at.position == *position);
            let insurance = plan.insurances.iter().position(own);
            let mut finding = Finding::new(insurance, Part::Sum, *position, (printed, due), None);
            finding.why = why(row, *position, printed_fen, pair.declared);
            findings.push(finding);
        }
    }
    findings
}

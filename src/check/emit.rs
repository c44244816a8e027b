//! Where do the findings of a row go? Into its causes and its detail, into the list of findings, onto its cells.
//!
//! All three say the same finding; which of them are wanted is set in [`Check`]. A cause counts once for each row,
//! however many findings have it, and an explanation that an earlier finding of the row gave is not written out again.
//! Findings are written as text only here; how a line of the list looks is left to `findings`, the words of a note to
//! the caller.

use super::findings::{About, Finding};
use super::setup::Check;
use crate::batch::RowContext;
use crate::facts::mask;
use crate::files::{CellNote, Row};
use crate::payroll::cell;

/// Writes the findings of a row to all places that are wanted, and counts its causes.
pub(super) fn emit(check: &Check<'_>, row: &Row<'_>, findings: &[Finding], context: &mut RowContext<'_, Check<'_>>) {
    let plan = &check.plan;
    for (at, finding) in findings.iter().enumerate() {
        for cause in &finding.why.causes {
            context.remark.cause(*cause);
        }
        let is_repeated = findings[..at].iter().any(|other| other.why == finding.why);
        let heading = plan.heading(finding.column);
        finding.detail(plan.insurance(finding.insurance), (heading, !is_repeated), &mut context.remark.detail);
        list(check, row, finding, &mut context.worker.listed);
        if let Some(note) = &check.note {
            let (row, line, column) = (row.number, context.line, finding.column);
            context.worker.noted.push(CellNote { row, line, column, text: note(finding) });
        }
    }
    for cause in &context.remark.causes {
        *context.totals.causes.entry(*cause).or_default() += 1;
    }
}

/// Puts a finding on the list.
fn list(check: &Check<'_>, row: &Row<'_>, finding: &Finding, listed: &mut Vec<u8>) {
    let (Some(listing), plan) = (&check.listing, &check.plan) else { return };
    let employee = plan.employee.as_ref().and_then(|at| cell::number_text(row, at));
    let employee = employee.map(|text| if listing.mask { mask(&text) } else { text.into_owned() });
    let about = About {
        row: row.number,
        employee: employee.as_deref(),
        month: plan.month.of(row).ok(),
        heading: plan.heading(finding.column),
        insurance: plan.insurance(finding.insurance),
    };
    listing.write(finding, &about, listed);
}

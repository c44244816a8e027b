//! Says of a row what was found: causes and detail for the result, the list of findings, notes on cells.

use super::findings::{About, Finding};
use super::setup::Check;
use crate::batch::RowContext;
use crate::facts::mask;
use crate::files::{CellNote, Row};
use crate::payroll::cell;

/// Says of a row what was found.
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

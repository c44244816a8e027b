//! Judges one row: is everything that it declares due, and if not, what differs?
//!
//! Fast path: a row whose block was found right by `columns`, that repeats no earlier row and belongs to no supplement,
//! is copied through. Every other row is judged alone: read into entries, compared, explained, summed up, emitted. A row
//! with one cell that cannot be read is an error as a whole and enters no sum, so that what is declared and what is due
//! are summed up over the same rows.
//!
//! What an entry makes due is decided by [`rules::entry`](crate::rules::entry); reading, comparing and explaining are
//! left to `row_entries`, `compare` and `causes`. Here is only their order.

use super::causes::explain;
use super::compare;
use super::duplicates::Repeat;
use super::emit::emit;
use super::printed_totals::{printed_sums, total_findings};
use super::row_entries::{Item, RowReader};
use super::scratch::CheckWorker;
use super::setup::Check;
use super::terms_cache::MonthCharges;
use super::totals::CheckTotals;
use crate::batch::{RowContext, RowStatus};
use crate::facts::{EntryKind, Kind};
use crate::files::Row;
use crate::payroll::cell::{self, is_damaged};
use crate::payroll::insured_columns::{Declares, Long};
use crate::units::Month;

type Context<'a, 'c> = RowContext<'a, Check<'c>>;

/// The status of a row; its cells, findings, faults and sums go into the context.
#[inline]
pub(super) fn judge<'c>(check: &Check<'c>, row: &Row<'_>, context: &mut Context<'_, 'c>) -> RowStatus {
    let (plan, worker) = (&check.plan, &mut *context.worker);
    if let Some(at) = &plan.employee
        && worker.person.is_bad(row, at)
    {
        let damaged = cell::number_text(row, at).is_some_and(|text| is_damaged(&text));
        *(if damaged {
            &mut context.totals.noticed.damaged_identity
        } else {
            &mut context.totals.noticed.bad_identity
        }) += 1;
    }
    context.totals.noticed.not_calculated += row.uncalculated();
    if let (Some(columns), Some((at, month))) = (&check.columns, worker.columns.right(row))
        && !is_repeated(&worker.repeats, row)
        && !check.supplements.concern(plan, row)
    {
        note(worker.months.at_mut(month), worker.block, context.totals);
        worker.columns.write(columns, at, context.lines);
        worker.columns.add(columns, at, context.totals);
        return RowStatus::Ok;
    }
    let month = plan.month.of(row);
    if let Ok(month) = month {
        note(worker.months.of(month, &check.law), worker.block, context.totals);
    }
    worker.scratch.clear(plan.insurances.len());
    judge_alone(check, row, month, context)
}

/// Notes a month when it is first met in a block.
#[inline]
fn note(month: &mut MonthCharges, block: u64, totals: &mut CheckTotals) {
    if month.met != block {
        month.met = block;
        totals.months.push(month.month);
    }
}

/// Whether a row repeats what an earlier one declared.
#[inline]
fn is_repeated(repeats: &[Repeat], row: &Row<'_>) -> bool {
    let own = &repeats[repeats.partition_point(|repeat| repeat.row < row.number)..];
    own.first().is_some_and(|repeat| repeat.row == row.number)
}

/// Judges a row cell by cell, whatever kind of entry it is.
#[cold]
fn judge_alone<'c>(
    check: &Check<'c>,
    row: &Row<'_>,
    month: Result<Month, Kind>,
    context: &mut Context<'_, 'c>,
) -> RowStatus {
    let plan = &check.plan;
    let kind = plan.entries.kind_of(row);
    let month = first_month(check, row, month);
    let items = read(check, row, (kind, &month), context.worker);
    let scratch = &mut context.worker.scratch;
    match (&plan.declares, items.as_slice()) {
        (Declares::Rows(long), []) => {
            context.lines.empty(4);
            if is_known(row, long) {
                context.totals.noticed.not_checked += 1;
                return RowStatus::Ok;
            }
            scratch.refused.push(Kind::UnknownInsuranceText { text: long.insurance_text(row) });
        }
        (Declares::Bases, items) => compare::due_base(&month, items, scratch, context.lines),
        (Declares::Columns | Declares::Rows(_), items) => {
            for item in items {
                if matches!(plan.declares, Declares::Rows(_)) {
                    context.lines.code(plan.insurances[item.at].insurance.code());
                }
                compare::insurance(plan, row, item, scratch, context.lines);
            }
        }
    }
    if let Err(kind) = &month {
        scratch.refused.insert(0, kind.clone());
    }
    conclude(check, row, (kind, month.ok()), &items, context)
}

/// The entries of a row.
pub(super) fn read<'c>(
    check: &'c Check<'_>,
    row: &Row<'_>,
    (kind, month): (EntryKind, &Result<Month, Kind>),
    worker: &mut CheckWorker,
) -> Vec<Item<'c>> {
    let CheckWorker { months, repeats, scratch, .. } = worker;
    RowReader { check, row, kind, month, months, repeats, scratch }.items()
}

/// The month of a row, or the first of several.
pub(super) fn first_month(check: &Check<'_>, row: &Row<'_>, month: Result<Month, Kind>) -> Result<Month, Kind> {
    month.or_else(|kind| check.plan.month.several(row).map(|(first, _)| first).ok_or(kind))
}

/// Whether a row names an insurance that is known, of which nothing is checked.
fn is_known(row: &Row<'_>, long: &Long) -> bool {
    long.named(row).is_some() || long.is_left_out(row)
}

/// Ends a row: its faults where it has any, else causes, sums and findings.
fn conclude<'c>(
    check: &Check<'c>,
    row: &Row<'_>,
    (kind, month): (EntryKind, Option<Month>),
    items: &[Item<'_>],
    context: &mut Context<'_, 'c>,
) -> RowStatus {
    let plan = &check.plan;
    let CheckWorker { months, scratch, .. } = &mut *context.worker;
    compare::declared_bases(plan, row, scratch);
    let Some(month) = month.filter(|_| scratch.refused.is_empty()) else {
        context.remark.faults(scratch.refused.iter(), context.describe);
        return RowStatus::Error;
    };
    let known = months.of(month, &check.law);
    if !scratch.findings.is_empty() {
        explain(check, row, known, items, &mut scratch.findings);
    }
    compare::sum_up(scratch, &known.charges, context.totals);
    printed_sums(plan, row, &mut scratch.findings);
    plan.summed.track(row, 0..plan.summed.tracked.len(), &scratch.findings, context.totals);
    context.totals.noticed.refunds += u64::from(kind == EntryKind::Refund);
    context.totals.noticed.differences += u64::from(kind == EntryKind::Difference);
    if scratch.findings.is_empty() {
        return RowStatus::Ok;
    }
    let findings = std::mem::take(&mut scratch.findings);
    emit(check, row, &findings, context);
    context.worker.scratch.findings = findings;
    RowStatus::Mismatch
}

/// Adds what is still to be summed up.
pub(super) fn sum_up(check: &Check<'_>, worker: &mut CheckWorker, totals: &mut CheckTotals) {
    if let Some(columns) = &check.columns {
        worker.columns.sum_up(columns, totals);
    }
}

/// Compares a total with the rows above it; `None` where all of it is right.
pub(super) fn judge_total<'c>(
    check: &Check<'c>,
    row: &Row<'_>,
    before: &CheckTotals,
    context: &mut Context<'_, 'c>,
) -> Option<RowStatus> {
    sum_up(check, context.worker, context.totals);
    let findings = total_findings(&check.plan, row, before, context.totals);
    context.totals.below_total();
    if findings.is_empty() {
        return None;
    }
    emit(check, row, &findings, context);
    Some(RowStatus::Mismatch)
}

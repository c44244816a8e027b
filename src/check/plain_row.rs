//! Fast path: a row whose cells are canonical and match the due amounts is copied through.

use super::plan::Plan;
use super::scratch::Scratch;
use super::summed_columns::Slots;
use super::totals::CheckTotals;
use crate::facts::{Charge, Outcome, Share, Side};
use crate::files::{Lines, Row};
use crate::payroll::cell::At;
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rounded};

/// Adds a row that is right to all sums: what is declared is what is due.
#[inline]
pub(super) fn add(
    plan: &Plan,
    row: &Row<'_>,
    scratch: &Scratch,
    charges: &[Outcome<Charge>],
    totals: &mut CheckTotals,
) {
    sum_up(plan, &scratch.right, charges, totals);
    track(plan, row, scratch, totals);
}

/// Writes the due cells of a row in which every cell is canonical and says what is due, as in nearly all rows: they
/// are the declared bytes. `false` for every other row, which is then judged cell by cell.
#[inline]
pub(super) fn is_right(
    plan: &Plan,
    row: &Row<'_>,
    charges: &[Outcome<Charge>],
    scratch: &mut Scratch,
    lines: &mut Lines,
) -> bool {
    let Some(wage) = plan.entries.wage.as_ref().and_then(|at| row.written(at.position)) else { return false };
    scratch.wage = wage.money;
    // Writes what is due: as the cell of its column says it, if it says the same.
    let says = |at: &Option<At>, due: Money, lines: &mut Lines| {
        let Some(at) = at else {
            lines.money(due);
            return true;
        };
        let written = row.written(at.position).filter(|written| written.money == due);
        written.map(|written| lines.written(written)).is_some()
    };
    let due = scratch.right.iter_mut().zip(&mut scratch.right_bases);
    for ((checked, charge), (item, due_base)) in plan.insurances.iter().zip(charges).zip(due) {
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
        scratch.bases = scratch.bases.or(Some(Share { employer: base, employee: base }));
        for side in Side::BOTH {
            let Ok(due) = contribution::amount(base, side, charge, None, &mut Silent) else { return false };
            let column = checked.amounts.get(side);
            if !says(column, due.money, lines) {
                return false;
            }
            *item.get_mut(side) = due;
        }
    }
    match (&plan.entries.base, scratch.bases) {
        (Some(at), Some(bases)) => row.written(at.position).is_some_and(|written| written.money == bases.employee),
        (_, _) => true,
    }
}

/// Adds up a row that is plainly right: what is declared is what is due.
#[inline]
fn sum_up(plan: &Plan, due: &[Share<Rounded>], charges: &[Outcome<Charge>], totals: &mut CheckTotals) {
    for (at, ((due, checked), charge)) in due.iter().zip(&plan.insurances).zip(charges).enumerate() {
        let Ok(charge) = charge else { continue };
        for side in Side::BOTH {
            if checked.amounts.get(side).is_some() {
                let due = *due.get(side);
                totals.count((at, side), due.money, due, charge.terms.rounding.value);
            }
        }
    }
}

/// Adds a row that is plainly right to the sums of columns: what was compared need not be read again.
#[inline]
fn track(plan: &Plan, row: &Row<'_>, scratch: &Scratch, totals: &mut CheckTotals) {
    let Slots { wage, base, insurances, others } = &plan.summed.slots;
    let mut add = |slot: &Option<usize>, fen: i64| {
        if let Some(sum) = slot.and_then(|slot| totals.columns.get_mut(slot)) {
            sum.count_plain(fen);
        }
    };
    add(wage, scratch.wage.fen());
    add(base, scratch.bases.unwrap_or_default().employee.fen());
    for ((slots, due), base) in insurances.iter().zip(&scratch.right).zip(&scratch.right_bases) {
        add(&slots.base, base.fen());
        add(&slots.amounts.employer, due.employer.money.fen());
        add(&slots.amounts.employee, due.employee.money.fen());
    }
    if !others.is_empty() {
        plan.summed.track(row, others.iter().copied(), &[], totals);
    }
}

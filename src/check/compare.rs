//! What a row declares beside what is due: the added cells, the findings, the amounts that enter the sums.
//!
//! A declared cell that is blank declares nothing: it is counted and never a finding. A declared amount differs by more
//! than the tolerance, or is declared once more; then it is a finding. Where the tables have no answer the due cells stay
//! empty, and the row is an error, unless it declares nothing but zeros there.
//!
//! What is due comes from [`rules::entry`](crate::rules::entry), why an amount differs from `causes`. Faults go into the
//! scratch, and `judge` decides what becomes of the row.

use super::findings::{Finding, Part};
use super::plan::Plan;
use super::row_entries::Item;
use super::scratch::{Scratch, Sum};
use super::totals::CheckTotals;
use crate::facts::{Charge, Kind, Outcome, Share, Side};
use crate::files::{Lines, Row};
use crate::payroll::insured_columns::Declares;
use crate::rules::{Silent, entry};
use crate::units::{Money, Month};

/// One insurance of a row: writes its due cells (base, employer, employee), and puts its findings and amounts into the
/// scratch.
pub(super) fn insurance(plan: &Plan, row: &Row<'_>, item: &Item<'_>, scratch: &mut Scratch, lines: &mut Lines) {
    let Item { at, checked, first, entry } = item;
    let due = entry.as_ref().map_err(Clone::clone).and_then(|entry| entry::due(entry, &mut Silent));
    match &due {
        Ok(due) => {
            lines.money(due.base());
            for side in Side::BOTH {
                let wanted = matches!(plan.declares, Declares::Columns) || checked.amounts.get(side).is_some();
                if wanted { lines.money(due.amounts.get(side).money) } else { lines.empty(1) }
            }
            scratch.bases = scratch.bases.or(Some(due.bases));
        }
        Err(faults) => {
            lines.empty(3);
            // Where nothing is declared, nothing is missed.
            if !item.declares_nothing(row) {
                scratch.refused.extend(faults.0.iter().map(|fault| fault.kind.clone()));
            }
        }
    }
    if let Some(column) = &checked.base
        && let Some(declared) = scratch.declared(row, column)
        && let Ok(due) = &due
        && plan.differs(declared, due.base())
    {
        let amounts = (declared, due.base());
        scratch.findings.push(Finding::new(Some(*at), Part::Base(None), column.position, amounts, None));
    }
    for side in Side::BOTH {
        let Some(column) = checked.amounts.get(side) else { continue };
        let (Some(declared), Ok(due)) = (scratch.declared(row, column), &due) else { continue };
        let due = *due.amounts.get(side);
        scratch.again += first.map_or(0, |_| i128::from(declared.fen()));
        if first.is_some() || plan.differs(declared, due.money) {
            let (part, amounts) = (Part::Side(side), (declared, due.money));
            scratch.findings.push(Finding::new(Some(*at), part, column.position, amounts, *first));
        }
        *scratch.items[*at].get_mut(side) = Some(Sum { declared, due });
    }
}

/// The due base of a row that declares a wage or a base and nothing else: that of all insurances whose limits are
/// known, where they agree.
pub(super) fn due_base(month: &Result<Month, Kind>, items: &[Item<'_>], scratch: &mut Scratch, lines: &mut Lines) {
    let known = items.iter().filter_map(|item| item.entry.as_ref().ok());
    let mut bases: Vec<Share<Money>> = known.filter_map(|known| entry::bases(known, &mut Silent).ok()).collect();
    bases.dedup();
    match (bases.as_slice(), month) {
        ([bases], _) => {
            lines.money(bases.employee);
            scratch.bases = Some(*bases);
        }
        (several, Ok(month)) if scratch.refused.is_empty() => {
            lines.empty(1);
            scratch.refused.push(if several.is_empty() {
                Kind::NoLimits { month: *month }
            } else {
                Kind::LimitsDiffer { month: *month }
            });
        }
        (_, _) => lines.empty(1),
    }
}

/// The declared bases that belong to no insurance: each side's own, or that of all.
pub(super) fn declared_bases(plan: &Plan, row: &Row<'_>, scratch: &mut Scratch) {
    let own = match &plan.entries.side_bases {
        Some(columns) => Side::BOTH.map(|side| (Some(side), columns.get(side))).to_vec(),
        None => plan.entries.base.iter().map(|at| (None, at)).collect(),
    };
    for (side, at) in own {
        let Some(declared) = scratch.declared(row, at) else { continue };
        let Some(due) = scratch.bases else { continue };
        let due = *due.get(side.unwrap_or(Side::Employee));
        let due = if declared < Money::ZERO && due > Money::ZERO { Money::from_fen(-due.fen()) } else { due };
        if plan.differs(declared, due) {
            scratch.findings.push(Finding::new(None, Part::Base(side), at.position, (declared, due), None));
        }
    }
}

/// Adds a row to the sums; only one that could be read whole enters them.
pub(super) fn sum_up(scratch: &Scratch, charges: &[Outcome<Charge>], totals: &mut CheckTotals) {
    totals.noticed.blank += scratch.blank;
    totals.again += scratch.again;
    for (at, (item, charge)) in scratch.items.iter().zip(charges).enumerate() {
        let Ok(charge) = charge else { continue };
        for side in Side::BOTH {
            if let Some(Sum { declared, due }) = *item.get(side) {
                totals.count((at, side), declared, due, charge.terms.rounding.value);
            }
        }
    }
}

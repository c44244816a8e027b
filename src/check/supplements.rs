//! Entries that are held to the limits together: a month's own base and the differences (补差) declared for it.
//!
//! A base under the floor is right where a difference of the same person, month and insurance raises it to
//! the floor, and a difference is too large where the sum lies over the ceiling. Both may stand anywhere in
//! the file, so files that say of what kind their rows are are looked through first: once for the
//! differences, and, where there are any, once more for what they belong to.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use crate::facts::{EntryKind, Outcome, Share, Side, Together};
use crate::files::csv::grid::Grid;
use crate::files::{Block, Row, RowSource};
use crate::payroll::PayrollTable;
use crate::payroll::cell;
use crate::payroll::insured_columns::Declares;
use crate::units::{Money, Month};

/// Who, and for which month.
type Who = (String, Month);

/// The entries that belong together.
#[derive(Clone, Debug, Default)]
pub struct Supplements {
    groups: BTreeMap<(Who, u32), Group>,
}

/// A month's own entry and its differences.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// The bases added up, for each side.
    sums: Share<Money>,
    /// Whether the month's own entry is there.
    own: bool,
    /// The row of the last difference.
    last: u64,
}

impl Supplements {
    /// Looks through a file for differences and, where there are any, once more for what they belong to. `open` opens the
    /// file from its beginning, once or twice. Nothing is found where the file does not say of what kind its rows are, or
    /// whose.
    ///
    /// # Errors
    /// The faults of `open`, and of reading a block.
    pub fn find(plan: &Plan, mut open: impl FnMut() -> Outcome<PayrollTable>) -> Outcome<Self> {
        let mut differing = BTreeSet::new();
        let mut own_kind = Vec::new();
        each(&mut open()?, |row| {
            if !plan.entries.says_own(row, &mut own_kind) && plan.entries.kind_of(row) == EntryKind::Difference {
                differing.extend(who(plan, row));
            }
        })?;
        let mut groups: BTreeMap<(Who, u32), Group> = BTreeMap::new();
        if differing.is_empty() {
            return Ok(Self { groups });
        }
        each(&mut open()?, |row| {
            let kind = plan.entries.kind_of(row);
            let Some(who) = who(plan, row).filter(|who| kind != EntryKind::Refund && differing.contains(who)) else {
                return;
            };
            for (at, bit) in entered(plan, row) {
                let own = plan.insurances[at].own();
                let Ok(Some(bases)) = plan.entries.bases(row, own, kind) else { continue };
                let group = groups.entry((who.clone(), bit)).or_default();
                for side in Side::BOTH {
                    let (sum, base) = (group.sums.get_mut(side), *bases.get(side));
                    *sum = sum.plus(base).unwrap_or(Money::MOST);
                }
                match kind {
                    EntryKind::Difference => group.last = row.number,
                    EntryKind::Own | EntryKind::BackDated | EntryKind::Refund => group.own = true,
                }
            }
        })?;
        groups.retain(|_, group| group.own && group.last > 0);
        Ok(Self { groups })
    }

    /// Whether an entry of a row is held to the limits with others.
    pub(super) fn concern(&self, plan: &Plan, row: &Row<'_>) -> bool {
        let of = |who: Who| self.groups.range((who.clone(), 0)..=(who, u32::MAX)).next().is_some();
        !self.groups.is_empty() && who(plan, row).is_some_and(of)
    }

    /// What an insurance of a row is held to the limits with.
    pub(super) fn together(&self, plan: &Plan, row: &Row<'_>, at: usize, kind: EntryKind) -> Option<Together> {
        if self.groups.is_empty() || kind == EntryKind::Refund {
            return None;
        }
        let bit = entered(plan, row).into_iter().find(|(found, _)| *found == at)?.1;
        let group = self.groups.get(&(who(plan, row)?, bit))?;
        Some(Together { sums: group.sums, is_last: group.last == row.number })
    }
}

/// Calls for each row that can be read.
fn each(table: &mut PayrollTable, mut call: impl FnMut(&Row<'_>)) -> Outcome<()> {
    let (mut block, mut grid) = (Block::default(), Grid::default());
    while table.rows.next_block(&mut block)? {
        grid.cut(block.bytes());
        for (row, closed) in grid.rows(&block, table.headings.text) {
            if closed && !row.is_hidden() {
                call(&row);
            }
        }
    }
    Ok(())
}

fn who(plan: &Plan, row: &Row<'_>) -> Option<Who> {
    let person = plan.employee.as_ref().and_then(|at| cell::number_text(row, at))?;
    Some((person.into_owned(), plan.month.of(row).ok()?))
}

/// The insurances that a row is about, each with the bit that its entries go by.
fn entered(plan: &Plan, row: &Row<'_>) -> Vec<(usize, u32)> {
    match &plan.declares {
        Declares::Rows(long) => {
            let at = long.insurance_of(row, &plan.insurances);
            at.map(|at| (at, long.bit(row, at))).into_iter().collect()
        }
        Declares::Columns | Declares::Bases => (0..plan.insurances.len()).zip((0..).step_by(2)).collect(),
    }
}

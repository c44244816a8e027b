//! Entries that are held to the limits together: a month's own base and the differences (补差) declared for it.
//!
//! A base under the floor is right where a difference of the same person, month and insurance raises it to
//! the floor, and a difference is too large where the sum lies over the ceiling. Both may stand anywhere in
//! the file, so files that say of what kind their rows are are looked through first: once for the
//! differences, and, where there are any, once more for what they belong to.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Check;
use crate::facts::{EntryKind, Outcome, Share, Side, Together};
use crate::files::csv::scan::Scan;
use crate::files::{Block, Row, RowSource};
use crate::payroll::PayrollTable;
use crate::payroll::cell;
use crate::payroll::insured_columns::Declares;
use crate::units::{Money, Month};

/// Who, and for which month.
type Who = (String, Month);

/// The entries that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Joint {
    /// Those for whom a difference is declared.
    differing: BTreeSet<Who>,
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

impl Check<'_> {
    /// Whether the file says of what kind its rows are, and whose they are.
    #[must_use]
    pub fn may_join(&self) -> bool {
        self.entries.has_kinds() && self.employee.is_some()
    }

    /// Looks through a file for differences; whether there are any.
    pub fn find_differences(&mut self, table: &mut PayrollTable) -> Outcome<bool> {
        let mut differing = BTreeSet::new();
        self.each(table, |who, kind, _| {
            if kind == EntryKind::Difference {
                differing.insert(who);
            }
        })?;
        self.joint.differing = differing;
        Ok(!self.joint.differing.is_empty())
    }

    /// Adds up what the differences belong to.
    pub fn join_differences(&mut self, table: &mut PayrollTable) -> Outcome<()> {
        let mut groups: BTreeMap<(Who, u32), Group> = BTreeMap::new();
        self.each(table, |who, kind, row| {
            if kind == EntryKind::Refund || !self.joint.differing.contains(&who) {
                return;
            }
            for (at, bit) in self.entered(row) {
                let own = self.insurances[at].own();
                let Ok(Some(bases)) = self.entries.bases(row, own, kind) else { continue };
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
        self.joint.groups = groups;
        Ok(())
    }

    /// Calls for each row that is somebody's.
    fn each(&self, table: &mut PayrollTable, mut call: impl FnMut(Who, EntryKind, &Row<'_>)) -> Outcome<()> {
        let text = table.headings.text;
        let (mut block, mut ends) = (Block::default(), Vec::new());
        while table.rows.next_block(&mut block)? {
            let (mut scan, mut number) = (Scan::new(block.bytes()), block.first_row);
            while let Some(found) = scan.next_row(&mut ends) {
                let raw = &block.bytes()[found.start..found.end];
                let row = Row { number, raw, ends: &ends[..found.cells], text, marks: block.marks_of(number) };
                number += 1;
                let hidden = !found.closed || row.is_hidden();
                if let Some(who) = self.who(&row).filter(|_| !hidden) {
                    call(who, self.entries.kind_of(&row), &row);
                }
            }
        }
        Ok(())
    }

    fn who(&self, row: &Row<'_>) -> Option<Who> {
        let person = self.employee.as_ref().and_then(|at| cell::number_text(row, at))?;
        Some((person.into_owned(), self.month.of(row).ok()?))
    }

    /// The insurances that a row is about, each with the bit that its entries go by.
    fn entered(&self, row: &Row<'_>) -> Vec<(usize, u32)> {
        match &self.declares {
            Declares::Rows(long) => {
                let at = long.insurance_of(row, &self.insurances);
                at.map(|at| (at, long.bit(row, at))).into_iter().collect()
            }
            Declares::Columns | Declares::Bases => (0..self.insurances.len()).zip((0..).step_by(2)).collect(),
        }
    }

    /// What an insurance of the row is held to the limits with.
    pub(super) fn together(&self, row: &Row<'_>, at: usize, kind: EntryKind) -> Option<Together> {
        if self.joint.groups.is_empty() || kind == EntryKind::Refund {
            return None;
        }
        let bit = self.entered(row).into_iter().find(|(found, _)| *found == at)?.1;
        let group = self.joint.groups.get(&(self.who(row)?, bit))?;
        Some(Together { sums: group.sums, is_last: group.last == row.number })
    }
}

//! The calculators over files: the same rules as for one case, row by row.
//!
//! A calculator adds columns to each row and a few sums to the run; it is a [`Calculator`], and every calculator is a
//! [`Job`]. A row that cannot be worked is an error with all its reasons and does not end the run. Which columns a
//! calculator needs is settled by its `plan`, before any row is read: what is missing is a fault of the file.

mod contributions;
mod residents;

pub use self::contributions::ComputeContributions;
pub use self::residents::{ComputeResidentContributions, ComputeResidentPensions};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::batch::{AddedColumn, Job, NoCause, RowContext, RowStatus};
use crate::facts::{Faults, Kind, Note, Outcome};
use crate::files::{Lines, Row};
use crate::units::Month;

/// What a calculator adds up, block by block.
#[derive(Clone, Debug, Default)]
pub struct ComputeTotals {
    /// The sum of the `total` column, in fen.
    pub total: i128,
    /// What the tables had to say, each once.
    pub notes: Vec<Note>,
    /// Pensioners by the age of their supplement band, 0 for those below the first.
    pub bands: BTreeMap<i16, Recipients>,
}

/// Some who draw a pension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// How many.
    pub people: u64,
    /// What they draw together, in fen.
    pub total: i128,
}

impl ComputeTotals {
    fn add(&mut self, other: Self) {
        self.total += other.total;
        for note in other.notes {
            self.note(&note);
        }
        for (age, recipients) in other.bands {
            let band = self.bands.entry(age).or_default();
            band.people += recipients.people;
            band.total += recipients.total;
        }
    }

    fn note(&mut self, note: &Note) {
        if !self.notes.contains(note) {
            self.notes.push(note.clone());
        }
    }
}

/// The terms that a worker has looked up, each once: a file has millions of rows and a few months.
pub struct Terms<T>(Vec<(Asked, Arc<Outcome<T>>)>);

/// What terms were looked up for: a month or year, and a category.
type Asked = (i32, Option<String>);

impl<T> Terms<T> {
    /// The terms that were asked for, or why there are none.
    fn of(&mut self, asked: Asked, look_up: impl FnOnce() -> Outcome<T>) -> Arc<Outcome<T>> {
        if let Some((_, terms)) = self.0.iter().find(|(other, _)| *other == asked) {
            return Arc::clone(terms);
        }
        let terms = Arc::new(look_up());
        self.0.push((asked, Arc::clone(&terms)));
        terms
    }
}

/// A month as a number, to ask for terms by.
fn month_key(month: Month) -> i32 {
    month.year() * 12 + i32::try_from(month.number()).unwrap_or(0)
}

fn kinds(faults: &Faults) -> Vec<Kind> {
    faults.0.iter().map(|fault| fault.kind.clone()).collect()
}

/// One calculator over the rows of a file.
///
/// Whoever implements it is a [`Job`] without causes, run by [`batch::run`](crate::batch::run): `columns` is asked
/// first, `row` then called for each person, by several workers at once. Each worker has [`Terms`] of its own, which it
/// keeps for the whole run; `totals` are those of the row's block and are added up in the order of the file. `Ok`
/// makes the row `ok`. After `Err` the cells are left empty, the reasons go into `detail`, and the row is an `error`.
pub trait Calculator: Sync {
    /// What it looks up in the tables.
    type Terms;

    /// The columns it adds, always the same.
    fn columns(&self) -> Vec<AddedColumn>;
    /// Works one row and writes one cell for each of the columns. Nothing is written or added to `totals.total` where it
    /// fails.
    ///
    /// # Errors
    /// Every reason why the row cannot be worked: cells that cannot be read, figures that the tables lack.
    fn row(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<Self::Terms>,
        totals: &mut ComputeTotals,
        lines: &mut Lines,
    ) -> Result<(), Vec<Kind>>;
}

impl<C: Calculator> Job for C {
    type Cause = NoCause;
    type Worker = Terms<C::Terms>;
    type Totals = ComputeTotals;

    fn worker(&self) -> Self::Worker {
        Terms(Vec::new())
    }

    fn totals(&self) -> ComputeTotals {
        ComputeTotals::default()
    }

    fn join(&self, whole: &mut ComputeTotals, next: ComputeTotals) {
        whole.add(next);
    }

    fn added(&self) -> Vec<AddedColumn> {
        self.columns()
    }

    fn work(&self, row: &Row<'_>, context: &mut RowContext<'_, Self>) -> RowStatus {
        match self.row(row, context.worker, context.totals, context.lines) {
            Ok(()) => RowStatus::Ok,
            Err(kinds) => {
                context.lines.empty(self.columns().len());
                context.remark.faults(kinds.iter(), context.describe);
                RowStatus::Error
            }
        }
    }
}

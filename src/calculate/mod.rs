//! The calculators over files: the same rules, row by row.

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
    /// The sum of the totals, in fen.
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

/// The terms that a worker has looked up.
pub struct Terms<T>(Vec<(Asked, Arc<Outcome<T>>)>);

/// What terms were looked up for: a month or year, and a category.
type Asked = (i32, Option<String>);

impl<T> Terms<T> {
    /// The terms, looked up once.
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
pub trait Calculator: Sync {
    /// What it looks up in the tables.
    type Terms;

    /// The columns it adds.
    fn columns(&self) -> Vec<AddedColumn>;
    /// Works one row and writes its cells; the reasons where it cannot, with nothing written.
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

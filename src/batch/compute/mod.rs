//! The calculators over files: the same rules, row by row.

mod contributions;
mod residents;

pub use contributions::ComputeContributions;
pub use residents::{ComputeResidentContributions, ComputeResidentPensions};

use std::sync::Arc;

use super::pipeline::{Job, Status, Worked};
use super::row::Row;
use super::{Added, Tell};
use crate::facts::{Faults, Kind, Note, Outcome};
use crate::units::Month;

/// What a calculator keeps while it works: counts, sums, and the terms it has looked up.
pub struct ComputeState<T> {
    /// Rows seen.
    pub rows: u64,
    /// Rows computed.
    pub ok: u64,
    /// Rows that could not be.
    pub error: u64,
    /// The sum of the totals, in fen.
    pub total: i128,
    /// What the tables had to say, each once.
    pub notes: Vec<Note>,
    terms: Vec<(Asked, Arc<Outcome<T>>)>,
}

/// What terms were looked up for: a month or year, and a category.
type Asked = (i32, Option<String>);

impl<T> ComputeState<T> {
    fn new() -> Self {
        Self { rows: 0, ok: 0, error: 0, total: 0, notes: Vec::new(), terms: Vec::new() }
    }

    /// The terms, looked up once.
    fn terms(&mut self, asked: Asked, look_up: impl FnOnce() -> Outcome<T>) -> Arc<Outcome<T>> {
        if let Some((_, terms)) = self.terms.iter().find(|(other, _)| *other == asked) {
            return Arc::clone(terms);
        }
        let terms = Arc::new(look_up());
        self.terms.push((asked, Arc::clone(&terms)));
        terms
    }

    fn count(&mut self, worked: &Worked) {
        self.rows += 1;
        match worked.status {
            Status::Ok => self.ok += 1,
            Status::Mismatch | Status::Error => self.error += 1,
        }
    }
}

/// A month as a number, to ask for terms by.
fn month_key(month: Month) -> i32 {
    month.year() * 12 + i32::try_from(month.number()).unwrap_or(0)
}

/// What a row came to: nothing to add, or the reasons why not.
fn worked(result: Result<(), Vec<Kind>>, tell: Tell<'_>) -> Worked {
    match result {
        Ok(()) => Worked { status: Status::Ok, causes: Vec::new(), detail: String::new() },
        Err(kinds) => {
            let mut reasons: Vec<String> = kinds.iter().map(tell).collect();
            reasons.dedup();
            Worked { status: Status::Error, causes: Vec::new(), detail: reasons.join("; ") }
        }
    }
}

fn kinds(faults: &Faults) -> Vec<Kind> {
    faults.0.iter().map(|fault| fault.kind.clone()).collect()
}

/// One calculator over the rows of a file.
pub trait Calculator {
    /// What it looks up in the tables.
    type Terms;

    /// The codes of the columns it adds.
    fn added(&self) -> Vec<String>;
    /// Works one row; the reasons where it cannot.
    fn row(
        &self,
        row: &Row<'_>,
        state: &mut ComputeState<Self::Terms>,
        added: &mut Vec<Added>,
    ) -> Result<(), Vec<Kind>>;
}

impl<C: Calculator> Job for C {
    type State = ComputeState<C::Terms>;

    fn start(&self) -> Self::State {
        ComputeState::new()
    }

    fn added(&self) -> Vec<String> {
        Calculator::added(self)
    }

    fn has_causes(&self) -> bool {
        false
    }

    fn work(&self, row: &Row<'_>, state: &mut Self::State, added: &mut Vec<Added>, tell: Tell<'_>) -> Worked {
        worked(self.row(row, state, added), tell)
    }

    fn count(&self, worked: &Worked, state: &mut Self::State) {
        state.count(worked);
    }
}

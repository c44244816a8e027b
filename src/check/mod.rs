//! `check`: every declared amount of a row against what is due.
//!
//! The due base is the row's wage (or, without one, its declared base) held to the limits of its
//! month; the amounts due rest on the due base. A declared base is compared with the due one. Money,
//! rates and rules are the functions of a single case.
//!
//! - `plan` is what is checked in a file, data only; `setup` joins it with the tables, `job` is the check as a job.
//! - `row_entries` reads a row into entries; `implied_base` finds the base that shares imply, `supplements` what is
//!   held to the limits together. `judge` works a row: `columns` finds the right rows of a block
//!   and copies them through, `compare` compares the others with what is due, `printed_totals` the printed sums;
//!   `emit` writes what was found.
//! - `law` asks the tables, `terms_cache` keeps what a month charges; `hypotheses` are the same charges with one thing
//!   changed, and `causes` tries them on a difference. `explain` works one row with all its steps.
//! - `duplicates` finds the same person, month and insurance twice.
//! - `findings` and `cause` are what was found and why, `totals` counts it, `summed_columns` says what is added up.

mod cause;
mod causes;
mod columns;
mod compare;
mod duplicates;
mod emit;
mod explain;
mod findings;
mod hypotheses;
mod implied_base;
mod job;
mod judge;
mod law;
mod plan;
mod printed_totals;
mod row_entries;
mod scratch;
mod setup;
mod summed_columns;
mod supplements;
mod terms_cache;
mod totals;

pub use cause::{Cause, Explanation};
pub use duplicates::{DuplicateFinder, Duplicates};
pub use explain::{RowExplained, explain_row};
pub use findings::{Finding, FindingLine, ListForm, Listing, Part};
pub use law::Law;
pub use plan::{Asked, Plan};
pub use scratch::CheckWorker;
pub use setup::{Check, NoteOf};
pub use supplements::Supplements;
pub use totals::{CheckTotals, SideTotals};

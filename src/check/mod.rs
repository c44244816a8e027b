//! `check`: every declared amount of a row against what is due.
//!
//! The due base is the row's wage (or, without one, its declared base) held to the limits of its
//! month; the amounts due rest on the due base. A declared base is compared with the due one. Money,
//! rates and rules are the functions of a single case.
//!
//! - `plan` is what is checked in a file; `row_entries` reads a row into entries, `implied_base` finds the base that
//!   shares imply, `supplements` what is held to the limits together.
//! - `judge` works a row, `closely` one that is not plainly right; `printed_totals` checks what is printed as a sum.
//! - `terms_cache` looks up what a month charges, once; `hypotheses` are the same charges with one thing changed, and
//!   `causes` holds a difference against them; `explain` works one row with all its steps.
//! - `duplicates` finds the same person, month and insurance twice.
//! - `findings` writes what was found; `totals` counts it.

mod causes;
mod closely;
mod duplicates;
mod explain;
mod findings;
mod hypotheses;
mod implied_base;
mod judge;
mod plan;
mod printed_totals;
mod row_entries;
mod summed_columns;
mod supplements;
mod terms_cache;
mod totals;

pub use self::causes::{Cause, Explanation};
pub use self::duplicates::{Duplicates, Ledger};
pub use self::explain::RowExplained;
pub use self::findings::{Finding, ListForm, Listing, Part};
pub use self::plan::{Asked, Check};
pub use self::totals::{CheckTally, SideTotals};

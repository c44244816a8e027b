//! `check`: every declared amount of a row against what is due.
//!
//! The due base is the row's wage (or, without one, its declared base) held to the limits of its
//! month; the amounts due rest on the due base. A declared base is compared with the due one. Money,
//! rates and rules are the functions of a single case.
//!
//! - `plan` is what is checked in a file, `declared` how its rows declare it.
//! - `judge` works a row, `closely` one that is not plainly right; `shares` finds the base that shares
//!   imply, `sums` checks what is printed as a sum.
//! - `charges` looks up what a month charges, once; `mistakes` are the same charges with one thing
//!   changed, and `causes` holds a difference against them.
//! - `ledger` finds the same person, month and insurance twice.
//! - `findings` writes what was found; `tally` counts it.

mod causes;
mod charges;
mod closely;
mod declared;
mod entries;
mod explain;
mod findings;
mod joint;
mod judge;
mod ledger;
mod mistakes;
mod plan;
mod shares;
mod summed;
mod sums;
mod tally;

pub use causes::{Cause, Explanation};
pub use declared::CheckedInsurance;
pub use explain::RowExplained;
pub use findings::{Finding, ListForm, Listing, Part};
pub use ledger::{Duplicates, Ledger};
pub use plan::{Asked, Check};
pub use tally::{CheckTally, SideTotals};

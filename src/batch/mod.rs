//! Payroll files in, results out: streaming, in parallel, in order.
//!
//! - `text` tells the encoding, `csv` is a [`RowSource`] that cuts its input into [`Block`]s of whole
//!   rows, `scan` finds the cells.
//! - [`columns`] reads the headings, apart from the reading of cells in `cell`; `shape` tells rows that
//!   are no persons.
//! - A [`Job`] works one row: [`Check`] holds it against the rules, the others compute.
//! - [`run`] joins them and hands the finished bytes to a [`Sink`], block by block.
//!
//! Memory does not grow with the file: each worker has one block and its result. Rows in equals rows
//! out, and the same bytes for any number of workers.

mod cell;
mod check;
pub mod columns;
mod compute;
mod csv;
mod frame;
mod input;
mod lines;
mod months;
mod outcome;
mod pipeline;
mod row;
mod scan;
mod shape;
mod text;

pub use check::{
    Asked, Cause, Check, CheckTally, CheckedInsurance, Duplicates, Explanation, Finding, Ledger, ListForm, Listing,
    Part, RowExplained, SideTotals,
};
pub use columns::{Columns, Meaning};
pub use compute::{
    ComputeContributions, ComputeResidentContributions, ComputeResidentPensions, ComputeTally, Recipients,
};
pub use csv::{Csv, Headings, Input, read_all};
pub use frame::{Frame, View};
pub use input::{open, size};
pub use lines::Lines;
pub use outcome::{Counts, NoPerson, Remark, Skipped, Status};
pub use pipeline::{Desk, Job, Manner, Progress, Sink, Sinks, run};
pub use row::{Block, Row, RowSource};
pub use text::{Encoding, RowText};

use crate::facts::Kind;

/// Says a fault in the user's language; the words are not for this layer.
pub type Tell<'a> = &'a (dyn Fn(&Kind) -> String + Sync);

//! Payroll files in, results out: streaming, row by row, in order.
//!
//! - A [`RowSource`] cuts its input into [`Block`]s of whole rows; `csv` is the first of them.
//! - [`columns`] reads the headings, apart from the reading of cells in `cell`.
//! - A [`Job`] works one row: [`Check`] holds it against the rules, the others compute.
//! - [`run`] joins them and hands the finished bytes to a [`Sink`], block by block.
//!
//! Memory does not grow with the file: one block is alive at a time. Rows in equals rows out.

mod cell;
mod check;
pub mod columns;
mod compute;
mod csv;
mod input;
mod months;
mod pipeline;
mod row;
mod write;

pub use check::{Check, CheckState, CheckedInsurance, SideTotals};
pub use columns::{Columns, Meaning};
pub use compute::{ComputeContributions, ComputeResidentContributions, ComputeResidentPensions, ComputeState};
pub use csv::read_all;
pub use csv::{Csv, Headings};
pub use input::open;
pub use pipeline::{Frame, Job, Sink, Status, Worked, run};
pub use row::{Block, Row, RowSource};
pub use write::{Added, push_csv_cell};

use crate::facts::Kind;

/// Says a fault in the user's language; the words are not for this layer.
pub type Tell<'a> = &'a (dyn Fn(&Kind) -> String + Sync);

//! Payroll files in, results out: streaming, in parallel, in order.
//!
//! - `container` opens files of every kind as CSV text; `text` tells encodings, `csv` is a [`RowSource`]
//!   that cuts its input into [`Block`]s of whole rows, `scan` finds the cells.
//! - `reading` tells headings, shape and what stands around a table, apart from the reading of cells in
//!   `cell`; `shape` tells rows that are no persons.
//! - A [`Job`] works one row: [`Check`] holds it against the rules, the others compute.
//! - [`run`] joins them and hands the finished bytes to a [`Sink`], block by block; `workbook` is one that
//!   makes workbooks of them.
//!
//! Memory does not grow with the file: each worker has one block and its result. Rows in equals rows
//! out, and the same bytes for any number of workers.

mod base_source;
mod cell;
mod check;
mod compute;
mod container;
mod csv;
mod entry_columns;
mod frame;
mod lines;
mod months;
mod outcome;
mod pipeline;
mod reading;
mod row;
mod scan;
mod shape;
mod sink;
mod table;
mod text;
mod workbook;

pub use base_source::Ground;
pub use check::{
    Asked, Cause, Check, CheckTally, Duplicates, Explanation, Finding, Ledger, ListForm, Listing, Part, RowExplained,
    SideTotals,
};
pub use compute::{
    ComputeContributions, ComputeResidentContributions, ComputeResidentPensions, ComputeTally, Recipients,
};
pub use container::{Container, Opened, Origin, ROWS_MOST, open_input, size};
pub use csv::{Csv, Headings, TopRow, read_all};
pub use frame::{Frame, View};
pub use lines::Lines;
pub use outcome::{Counts, Remark, Status, Tell};
pub use pipeline::{Desk, Job, Manner, Progress, Sinks, run};
pub use reading::{
    About, Columns, Layout, LayoutColumn, Meaning, PrintedSum, Reading, Shape, Sign, Source, SumOf, Why,
};
pub use row::{Block, Row, RowSource};
pub use shape::{NoPerson, NoPersons, RowKinds, Skipped, no_persons};
pub use sink::{CellNote, Sink};
pub use table::{NoPayroll, OtherSheet, Table, Wanted};
pub use text::{Encoding, RowText};
pub use workbook::{Content, SummarySheet, SummaryTable, SummaryValue, WorkbookPlan, WorkbookSink};

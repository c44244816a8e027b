//! What takes the bytes of a result: a file, a workbook being written, memory.
//!
//! Results come as whole lines, of CSV or of cells, block by block, with notes on cells where the sink can show them. What they
//! mean is settled before; a sink only encodes and writes.

use super::csv::{LineForm, Lines};
use crate::facts::Outcome;

/// A note on a cell of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellNote {
    /// The row of the input.
    pub row: u64,
    /// How many lines of the block's result stand before the row's.
    pub line: u64,
    /// The column of the input.
    pub column: usize,
    /// What is said of the cell.
    pub text: String,
}

/// What the cells of a column hold, for results that tell numbers from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words, codes, dates, months, numbers of persons.
    Text,
    /// Amounts; in JSON they are text, since no reader must take them for floating-point numbers.
    Amount,
    /// Perhaps amounts: what has its decimals is one.
    Decimal,
    /// Whole numbers, of years or people.
    Number,
    /// `true` or `false`.
    Truth,
    /// How rows came out, by code.
    Status,
}

/// Takes the finished rows.
///
/// The worker whose turn it is calls `note`, where there are notes, and then `put` with the whole lines of one block;
/// blocks come in order, the line of the headings first. After `Ok(false)` (a closed pipe, a table that has enough
/// rows) or an error nothing more is put; the run ends, and with `Ok(false)` that is no error.
pub trait Sink: Send {
    /// Takes the notes on cells of the rows that come next, and leaves the list empty.
    fn note(&mut self, notes: &mut Vec<CellNote>) {
        notes.clear();
    }
    /// In which form it takes lines; asked once, before the first of them.
    fn form(&self) -> LineForm {
        LineForm::Csv
    }
    /// Takes whole lines; `false` once nobody reads any more.
    ///
    /// # Errors
    /// What kept the lines from being written. Nothing more is given to a sink that failed.
    fn put(&mut self, lines: &Lines) -> Outcome<bool>;
}

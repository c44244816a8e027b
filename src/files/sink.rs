//! What takes the bytes of a result: a file, a workbook being written, memory.
//!
//! Results come as whole lines of CSV, block by block, with notes on cells where the sink can show them. What they
//! mean is settled before; a sink only encodes and writes.

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
    /// Takes bytes; `false` once nobody reads any more.
    ///
    /// # Errors
    /// What kept the bytes from being written. Nothing more is given to a sink that failed.
    fn put(&mut self, bytes: &[u8]) -> Outcome<bool>;
}

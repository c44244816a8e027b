//! One sheet of a workbook as rows of text, and as the CSV that the rest of the layer reads.
//!
//! A sheet gives the rows that hold anything, in order. Rows that are not there become empty lines, so
//! that every row keeps the number a spreadsheet shows; nothing is written after the last one. What CSV
//! cannot say (hidden rows, formulas that were never calculated) goes beside it as [`Mark`]s.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use crate::facts::Kind;

/// As many rows as a spreadsheet has.
pub const ROWS_MOST: u64 = 1_048_576;
/// As many columns as a spreadsheet has.
pub const COLUMNS_MOST: usize = 16_384;
/// The longest row that is held in memory.
const ROW_LONGEST: usize = 2 * 1024 * 1024;
/// The rows by which the width of a sheet is told.
const BEGINNING: usize = 200;

/// Something that holds rows.
///
/// [`SheetText`] calls `next_row` with a row that it has used before: a sheet begins it with [`SheetRow::begin`] and puts
/// its cells from left to right. Rows come with rising numbers; those that are not there are left out. After
/// `Ok(false)` or an error nothing more is asked for.
pub(crate) trait Sheet: Send {
    /// Reads the next row that is there; `false` at the end.
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind>;
}

/// One row of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetRow {
    pub number: u64,
    pub hidden: bool,
    /// The columns of formulas without a value.
    pub uncalculated: Vec<usize>,
    text: String,
    ends: Vec<usize>,
}

impl SheetRow {
    /// Begins a row.
    pub fn begin(&mut self, number: u64, hidden: bool) {
        (self.number, self.hidden) = (number, hidden);
        self.uncalculated.clear();
        self.text.clear();
        self.ends.clear();
    }

    /// The column that comes next.
    pub fn next_column(&self) -> usize {
        self.ends.len()
    }

    /// Adds a cell; those before it that are not there are blank.
    pub fn put(&mut self, column: usize, text: &str) -> Result<(), Kind> {
        if column >= COLUMNS_MOST {
            return Err(Kind::TooManyColumns { found: column + 1, most: COLUMNS_MOST });
        }
        if column < self.ends.len() {
            return Err(Kind::BrokenWorkbook { what: format!("row {}: cells out of order", self.number) });
        }
        if self.text.len() + text.len() > ROW_LONGEST {
            return Err(Kind::RecordTooLong { limit: ROW_LONGEST });
        }
        self.ends.resize(column, self.text.len());
        self.text.push_str(text);
        self.ends.push(self.text.len());
        Ok(())
    }

    fn cells(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = self.text.get(start..*end).unwrap_or("");
            start = *end;
            cell
        })
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many cells there are up to the last that holds anything.
    fn width(&self) -> usize {
        let last = self.text.len();
        if last == 0 { 0 } else { self.ends.iter().position(|end| *end == last).map_or(0, |at| at + 1) }
    }

    /// Writes the row as a line of CSV of this width at the least.
    fn write(&self, width: usize, out: &mut Vec<u8>) {
        for (at, cell) in self.cells().take(self.width().max(width)).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            write_cell(cell, out);
        }
        let missing = width.saturating_sub(self.ends.len());
        let commas = if self.ends.is_empty() { missing.saturating_sub(1) } else { missing };
        out.extend(std::iter::repeat_n(b',', commas));
        out.push(b'\n');
    }
}

/// A cell, in quotes where it must be.
fn write_cell(cell: &str, out: &mut Vec<u8>) {
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(cell.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// What CSV cannot say of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// What is said.
    pub what: Marked,
}

/// What is said of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It is hidden.
    Hidden,
    /// The formula in this column was never calculated.
    Uncalculated(usize),
}

/// The marks of rows that were read but not yet handed out, in order.
#[derive(Clone, Debug, Default)]
pub struct Marks(Arc<Mutex<VecDeque<Mark>>>);

impl Marks {
    fn push(&self, row: &SheetRow) {
        if !row.hidden && row.uncalculated.is_empty() {
            return;
        }
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.extend(row.hidden.then_some(Mark { row: row.number, what: Marked::Hidden }));
        let formulas = row.uncalculated.iter();
        marks.extend(formulas.map(|column| Mark { row: row.number, what: Marked::Uncalculated(*column) }));
    }

    /// Those that are there, which stay.
    pub fn peek(&self, into: &mut Vec<Mark>) {
        into.extend(self.0.lock().unwrap_or_else(PoisonError::into_inner).iter());
    }

    /// Takes those of the rows before this one.
    pub fn take(&self, before: u64, into: &mut Vec<Mark>) {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while marks.front().is_some_and(|mark| mark.row < before) {
            into.extend(marks.pop_front());
        }
    }
}

/// A sheet read as CSV.
pub(crate) struct SheetText {
    sheet: Box<dyn Sheet>,
    marks: Marks,
    beginning: VecDeque<SheetRow>,
    row: SheetRow,
    width: usize,
    /// The number of the next line.
    next: u64,
    lines: Vec<u8>,
    at: usize,
    done: bool,
}

impl SheetText {
    pub fn new(mut sheet: Box<dyn Sheet>) -> Result<(Self, Marks), Kind> {
        let (mut beginning, mut row) = (VecDeque::new(), SheetRow::default());
        let mut done = false;
        while beginning.len() < BEGINNING && !done {
            done = !sheet.next_row(&mut row)?;
            if !done && !row.is_empty() {
                beginning.push_back(row.clone());
            }
        }
        let width = beginning.iter().map(SheetRow::width).max().unwrap_or(0);
        let (marks, lines) = (Marks::default(), Vec::new());
        Ok((Self { sheet, marks: marks.clone(), beginning, row, width, next: 1, lines, at: 0, done }, marks))
    }

    /// Writes the next row, with the empty ones before it.
    fn fill(&mut self) -> Result<(), Kind> {
        const PIECE: usize = 64 * 1024;
        self.at = 0;
        self.lines.clear();
        while self.lines.len() < PIECE {
            if let Some(row) = self.beginning.pop_front() {
                self.row = row;
            } else if self.done {
                return Ok(());
            } else if !self.sheet.next_row(&mut self.row)? {
                self.done = true;
                return Ok(());
            }
            if self.row.is_empty() {
                continue;
            }
            if self.row.number < self.next || self.row.number > ROWS_MOST {
                return Err(Kind::BrokenWorkbook { what: format!("row {} out of order", self.row.number) });
            }
            let missing = usize::try_from(self.row.number - self.next).unwrap_or(0);
            self.lines.extend(std::iter::repeat_n(b'\n', missing));
            self.marks.push(&self.row);
            self.row.write(self.width, &mut self.lines);
            self.next = self.row.number + 1;
        }
        Ok(())
    }
}

impl Read for SheetText {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.lines.len() {
            if self.done && self.beginning.is_empty() {
                return Ok(0);
            }
            self.fill().map_err(|kind| std::io::Error::other(SheetFault(kind)))?;
        }
        let take = buffer.len().min(self.lines.len() - self.at);
        buffer[..take].copy_from_slice(&self.lines[self.at..self.at + take]);
        self.at += take;
        Ok(take)
    }
}

/// A fault of ours on its way through a reader.
#[derive(Debug)]
pub(crate) struct SheetFault(pub Kind);

impl std::fmt::Display for SheetFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.code())
    }
}

impl std::error::Error for SheetFault {}

/// What a failed read says: a fault of ours, or one of the system.
pub(crate) fn fault_of(error: &std::io::Error) -> Option<Kind> {
    error.get_ref().and_then(|inner| inner.downcast_ref::<SheetFault>()).map(|fault| fault.0.clone())
}

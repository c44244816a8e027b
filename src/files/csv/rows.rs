//! The one loop over the rows of a block.

use super::scan::{Ends, Scan};
use crate::files::block::{Block, Row};
use crate::files::encoding::RowText;

/// Walks over the rows of a block, each with its number, its cells and what is said of it besides.
pub(crate) struct Rows<'b> {
    block: &'b Block,
    scan: Scan<'b>,
    ends: Ends,
    number: u64,
    text: RowText,
}

impl<'b> Rows<'b> {
    /// Begins at the first row; `text` is how the bytes are read.
    pub fn new(block: &'b Block, text: RowText) -> Self {
        Self { block, scan: Scan::new(block.bytes()), ends: Ends::new(), number: block.first_row, text }
    }

    /// The next row, and whether its quotes are closed; `None` at the end.
    #[inline]
    pub fn next(&mut self) -> Option<(Row<'_>, bool)> {
        let found = self.scan.next_row(&mut self.ends)?;
        let number = self.number;
        self.number += 1;
        let row = Row {
            number,
            raw: &self.block.bytes()[found.start..found.end],
            ends: &self.ends[..found.cells],
            text: self.text,
            marks: self.block.marks_of(number),
        };
        Some((row, found.closed))
    }
}

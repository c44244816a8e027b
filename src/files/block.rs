//! Blocks of whole rows, and one row with its cells.
//!
//! A block is CSV text, small enough for the cache, that ends where a row ends; its memory is used again for the next
//! one. A row is a view into it: its bytes as they came and where each cell ends. Cells are handed out with their
//! quotes, without them, or read as money, whichever costs least. Where rows end and cells are found is `csv`'s.

use std::borrow::Cow;
use std::ops::Range;

use super::encoding::RowText;
use super::sheet::{Mark, Marked};
use crate::facts::Outcome;
use crate::units::Money;

/// Some whole rows of the input, in order. Its memory is used again for the next one.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Which block of the file it is, from 0.
    pub at: u64,
    /// The number of the first row, the first line of the file being 1.
    pub first_row: u64,
    /// How many rows it holds.
    pub rows: u64,
    /// What is said of its rows besides their bytes.
    pub(crate) marks: Vec<Mark>,
    pub(crate) buffer: Vec<u8>,
    pub(crate) length: usize,
}

impl Block {
    /// The bytes, from the beginning of a row to the end of a row.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// What is said of a row besides its bytes.
    #[inline]
    pub(crate) fn marks_of(&self, row: u64) -> &[Mark] {
        if self.marks.is_empty() {
            return &[];
        }
        let start = self.marks.partition_point(|mark| mark.row < row);
        let end = self.marks.partition_point(|mark| mark.row <= row);
        &self.marks[start..end]
    }
}

/// Where rows come from.
///
/// The pipeline calls `next_block` under a lock, again and again with blocks that it has used before: a source fills
/// them anew and keeps nothing of them. Blocks come in order and end at row ends; a block without rows is not handed
/// out. After `Ok(false)` or an error nothing more is asked for.
pub trait RowSource: Send {
    /// Fills the block with the next rows; `false` at the end.
    ///
    /// # Errors
    /// A fault of reading, a row of the input that is too long, or a sheet that is broken further down. Nothing more
    /// is asked of a source that failed.
    fn next_block(&mut self, block: &mut Block) -> Outcome<bool>;
    /// Whether it is known that nothing more comes.
    fn is_ended(&self) -> bool;
}

/// One row: its bytes without the line end, and where its cells end.
#[derive(Clone, Copy, Debug)]
pub struct Row<'b> {
    /// The row as a spreadsheet shows it.
    pub number: u64,
    /// The bytes of the row, as they came.
    pub raw: &'b [u8],
    /// Where each cell ends, counted from where `origin` is the row's first byte; the next begins one byte later.
    pub ends: &'b [u32],
    /// Where the row begins.
    pub origin: usize,
    /// How the bytes are read as text.
    pub text: RowText,
    /// What is said of it besides its bytes.
    pub marks: &'b [Mark],
}

impl<'b> Row<'b> {
    /// How many cells there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// Where a cell is in `raw`, quotes included; empty at the end for one that is not there.
    #[must_use]
    #[inline]
    pub fn range(&self, at: usize) -> Range<usize> {
        let start = match at.checked_sub(1) {
            None => 0,
            Some(before) => self.end_of(before).map_or(self.raw.len(), |end| end + 1),
        };
        start..self.end_of(at).unwrap_or(self.raw.len())
    }

    #[inline]
    fn end_of(&self, at: usize) -> Option<usize> {
        let end = usize::try_from(*self.ends.get(at)?).unwrap_or(usize::MAX);
        Some(end.wrapping_sub(self.origin))
    }

    /// A cell as it came, quotes included.
    #[must_use]
    #[inline]
    pub fn raw_cell(&self, at: usize) -> &'b [u8] {
        self.raw.get(self.range(at)).unwrap_or(b"")
    }

    /// The content of a cell, without its quotes.
    #[must_use]
    #[inline]
    pub fn cell(&self, at: usize) -> Cow<'b, [u8]> {
        unquoted(self.raw_cell(at))
    }

    /// Where a cell is without the quotes around it; a quote inside is not looked for.
    #[inline]
    fn inside(&self, at: usize) -> Range<usize> {
        let range = self.range(at);
        unquoted_range(self.raw, range)
    }

    /// A cell as it came without the quotes around it: what has a fixed form inside has no quotes there.
    #[must_use]
    #[inline]
    pub fn bare_cell(&self, at: usize) -> &'b [u8] {
        self.raw.get(self.inside(at)).unwrap_or(b"")
    }

    /// A cell that holds an amount in its plain form; `None` for every other.
    #[must_use]
    #[inline]
    pub fn plain_money(&self, at: usize) -> Option<Money> {
        Money::from_plain_in(self.raw, self.inside(at))
    }

    /// Whether the row is hidden.
    #[must_use]
    #[inline]
    pub fn is_hidden(&self) -> bool {
        self.marks.first().is_some_and(|mark| mark.what == Marked::Hidden)
    }

    /// Whether a cell holds a formula that was never calculated.
    #[must_use]
    #[inline]
    pub fn is_uncalculated(&self, at: usize) -> bool {
        !self.marks.is_empty() && self.marks.iter().any(|mark| mark.what == Marked::Uncalculated(at))
    }

    /// How many formulas of the row were never calculated.
    #[must_use]
    #[inline]
    pub fn uncalculated(&self) -> u64 {
        self.marks.iter().map(|mark| u64::from(matches!(mark.what, Marked::Uncalculated(_)))).sum()
    }

    /// Whether nothing stands in any cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b',' | b'"'))
    }
}

/// Where the content of a cell is, without the quotes around it; a quote inside is not looked for.
#[inline]
pub(crate) fn unquoted_range(bytes: &[u8], cell: Range<usize>) -> Range<usize> {
    let is_quoted = cell.len() > 1 && bytes.get(cell.start) == Some(&b'"') && bytes.get(cell.end - 1) == Some(&b'"');
    if is_quoted { cell.start + 1..cell.end - 1 } else { cell }
}

/// A cell without its quotes; doubled ones inside become single.
#[inline]
pub(crate) fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    match raw.strip_prefix(b"\"") {
        None => Cow::Borrowed(raw),
        Some(inside) => inside_quotes(inside),
    }
}

/// What follows an opening quote, without the closing one.
fn inside_quotes(inside: &[u8]) -> Cow<'_, [u8]> {
    if let Some(body) = inside.strip_suffix(b"\"").filter(|body| memchr::memchr(b'"', body).is_none()) {
        return Cow::Borrowed(body);
    }
    let mut content = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter().copied().peekable();
    let mut open = true;
    while let Some(byte) = bytes.next() {
        if byte == b'"' && open {
            if bytes.peek() == Some(&b'"') {
                content.push(b'"');
                bytes.next();
            } else {
                open = false;
            }
        } else {
            content.push(byte);
        }
    }
    Cow::Owned(content)
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn quotes_are_taken_off_and_doubled_ones_kept_single() {
        for (raw, content) in [
            ("a", "a"),
            ("\"a\"", "a"),
            ("\"a,b\"", "a,b"),
            ("\"a\"\"b\"", "a\"b"),
            ("\"\"", ""),
            ("\"\"\"\"", "\""),
            ("a\"b", "a\"b"),
            ("\"a\"b", "ab"),
        ] {
            assert_eq!(unquoted(raw.as_bytes()).as_ref(), content.as_bytes(), "{raw}");
        }
    }
}

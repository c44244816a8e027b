//! Blocks of whole rows, and one row with its cells.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::Outcome;

/// Some whole rows of the input, in order.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The bytes, from the beginning of a row to the end of a row.
    pub bytes: Vec<u8>,
    /// The number of the first row, the first line of the file being 1.
    pub first_row: u64,
}

/// Where rows come from.
pub trait RowSource {
    /// The next block; `None` at the end.
    fn next_block(&mut self) -> Outcome<Option<Block>>;
}

/// One row: its bytes without the line end, and where its cells are.
#[derive(Clone, Copy, Debug)]
pub struct Row<'b> {
    /// The row as a spreadsheet shows it.
    pub number: u64,
    /// The bytes of the row, as they came.
    pub raw: &'b [u8],
    /// The cells in `raw`, quotes included.
    pub cells: &'b [Range<usize>],
}

impl<'b> Row<'b> {
    /// The content of a cell, without its quotes.
    #[must_use]
    pub fn cell(&self, at: usize) -> Cow<'b, [u8]> {
        let raw = self.cells.get(at).and_then(|range| self.raw.get(range.clone())).unwrap_or(b"");
        unquoted(raw)
    }

    /// Whether nothing stands in any cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.iter().all(|byte| matches!(byte, b' ' | b'\t' | b',' | b'"'))
    }
}

/// A cell without its quotes; doubled ones inside become single.
pub(super) fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inside) = raw.strip_prefix(b"\"") else { return Cow::Borrowed(raw) };
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

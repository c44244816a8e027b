//! Where the rows and cells of a block are: cut once, and used by everyone who looks at the block.

use std::ops::Range;

use super::scan::{Regular, Scan, WORD, find, lowest, padded};
use crate::files::block::{Block, Row};
use crate::files::encoding::RowText;

/// The rows of a block and where their cells end.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Cut>,
    /// Where each cell ends, counted from the beginning of the block.
    ends: Vec<u32>,
    /// Whether there is a quote anywhere.
    has_quotes: bool,
}

/// Where the cells of a row are.
#[derive(Clone, Copy, Debug)]
pub struct RowCells<'g> {
    start: usize,
    ends: &'g [u32],
}

impl RowCells<'_> {
    /// Where a cell is in the block, quotes included; empty for one that is not there.
    #[inline]
    pub fn get(&self, position: usize) -> Range<usize> {
        match (position.checked_sub(1).map(|before| self.ends.get(before)), self.ends.get(position)) {
            (None, Some(end)) => self.start..wide(*end),
            (Some(Some(before)), Some(end)) => wide(*before) + 1..wide(*end),
            _ => 0..0,
        }
    }
}

/// One row.
#[derive(Clone, Copy, Debug)]
struct Cut {
    start: u32,
    end: u32,
    /// Its first cell in `ends`, and how many there are.
    first: u32,
    cells: u32,
    /// Whether every quote that was opened is closed.
    closed: bool,
}

impl Grid {
    /// Cuts these bytes, from the beginning of a row to the end of a row.
    pub fn cut(&mut self, bytes: &[u8]) {
        let mut regular = Regular::new();
        self.has_quotes = memchr::memchr(b'"', bytes).is_some();
        let cut = if self.has_quotes {
            self.cut_by(bytes, |word| regular.next(word)) && !regular.is_inside()
        } else {
            // Without a quote every comma ends a cell and every line feed a row.
            self.cut_by(bytes, |word| Some(find(word, [b',', b'\n'])))
        };
        if !cut {
            self.cut_by_rows(bytes);
        }
    }

    /// Whether there is a quote anywhere in the block.
    pub fn has_quotes(&self) -> bool {
        self.has_quotes
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// A row by its place in the block, and whether its quotes are closed.
    #[inline]
    pub fn row<'g>(&'g self, at: usize, block: &'g Block, text: RowText) -> Option<(Row<'g>, bool)> {
        let Cut { start, end, first, cells, closed } = *self.rows.get(at)?;
        let (start, end, first) = (wide(start), wide(end), wide(first));
        let number = block.first_row + u64::try_from(at).unwrap_or(u64::MAX);
        let raw = block.bytes().get(start..end)?;
        let ends = self.ends.get(first..first + wide(cells))?;
        Some((Row { number, raw, ends, origin: start, text, marks: block.marks_of(number) }, closed))
    }

    /// Where the cells of each row are.
    pub fn cells(&self) -> impl Iterator<Item = RowCells<'_>> {
        self.rows.iter().map(|Cut { start, first, cells, .. }| {
            let ends = self.ends.get(wide(*first)..wide(*first) + wide(*cells));
            RowCells { start: wide(*start), ends: ends.unwrap_or_default() }
        })
    }

    /// The rows of the block that was cut, each with whether its quotes are closed.
    pub fn rows<'g>(&'g self, block: &'g Block, text: RowText) -> impl Iterator<Item = (Row<'g>, bool)> {
        (0..self.rows.len()).map_while(move |at| self.row(at, block, text))
    }

    /// Cuts by the commas and line feeds that end cells and rows, sixty-four bytes at a time; `false` where they
    /// cannot be told so.
    #[inline]
    fn cut_by(&mut self, bytes: &[u8], mut ends_in: impl FnMut(&[u8]) -> Option<[u64; 2]>) -> bool {
        self.rows.clear();
        let (mut found, mut start, mut first) = (0, 0_usize, 0);
        for word in 0..bytes.len().div_ceil(WORD) {
            let base = word * WORD;
            let ends = match bytes.get(base..base + WORD) {
                Some(word) => ends_in(word),
                None => ends_in(&padded(&bytes[base..])),
            };
            let Some([commas, newlines]) = ends else { return false };
            if self.ends.len() < found + WORD {
                self.ends.resize((found + WORD) * 2, 0);
            }
            let (origin, all) = (narrow(base), commas | newlines);
            let room = &mut self.ends[found..found + WORD];
            let (mut bits, mut count) = (all, 0);
            while bits != 0 {
                room[count % WORD] = origin + bits.trailing_zeros();
                count += 1;
                bits &= bits - 1;
            }
            let mut lines = newlines;
            while lines != 0 {
                let bit = lines & lines.wrapping_neg();
                let before = usize::try_from((all & (bit - 1)).count_ones()).unwrap_or(0);
                let at = base + lowest(lines);
                let end = if at > start && bytes[at - 1] == b'\r' { at - 1 } else { at };
                let last = found + before;
                self.ends[last] = narrow(end);
                self.push((start, end), (first, last + 1), true);
                (start, first) = (at + 1, last + 1);
                lines &= lines - 1;
            }
            found += count;
        }
        if start < bytes.len() {
            let end = if bytes.ends_with(b"\r") { bytes.len() - 1 } else { bytes.len() };
            self.ends.truncate(found);
            self.ends.push(narrow(end));
            self.push((start, end), (first, found + 1), true);
        }
        true
    }

    /// Cuts row by row, whatever stands in the cells.
    #[cold]
    fn cut_by_rows(&mut self, bytes: &[u8]) {
        let (mut scan, mut cells, mut first) = (Scan::new(bytes), Vec::new(), 0);
        self.rows.clear();
        self.ends.clear();
        while let Some(found) = scan.next_row(&mut cells) {
            self.ends.extend(cells[..found.cells].iter().map(|end| narrow(found.start + end)));
            self.push((found.start, found.end), (first, first + found.cells), found.closed);
            first += found.cells;
        }
    }

    #[inline]
    fn push(&mut self, (start, end): (usize, usize), (first, last): (usize, usize), closed: bool) {
        let cells = narrow(last - first);
        self.rows.push(Cut { start: narrow(start), end: narrow(end), first: narrow(first), cells, closed });
    }
}

/// A place in a block: blocks are far smaller than four thousand million bytes.
#[inline]
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[inline]
fn wide(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Both ways of cutting give the same rows and cells, with quotes and without.
        #[test]
        fn the_same_cells_as_scanning_row_by_row(text in "[a1,\n\r]{0,300}", quoted in "[a,\"\n\r]{0,200}") {
            let all = quoted.replace('a', "\"a,\n\"");
            for text in [text, quoted, all] {
                let (mut grid, bytes) = (Grid::default(), text.as_bytes());
                grid.cut(bytes);
                let (mut scan, mut ends, mut at) = (Scan::new(bytes), Vec::new(), 0);
                while let Some(found) = scan.next_row(&mut ends) {
                    let cut = grid.rows[at];
                    let cells: Vec<usize> = grid.ends[wide(cut.first)..wide(cut.first + cut.cells)].iter().map(|end| wide(*end) - found.start).collect();
                    proptest::prop_assert_eq!((wide(cut.start), wide(cut.end), cut.closed), (found.start, found.end, found.closed));
                    proptest::prop_assert_eq!(&cells[..], &ends[..found.cells]);
                    at += 1;
                }
                proptest::prop_assert_eq!(at, grid.row_count());
            }
        }
    }
}

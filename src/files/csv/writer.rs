//! The result of a block: amounts and numbers straight into the buffer, as CSV or as cells.
//!
//! A sink that writes CSV takes the bytes as they are. One that makes something else of the rows (JSON, a workbook)
//! asks for cells: then nothing is quoted, and it is kept where each cell ends, so that no text is written and parsed
//! again.

use std::borrow::Cow;

use crate::files::encoding::RowText;
use crate::units::{Date, Money, Month, write_eight_digits};

/// Lines being written. The buffer is kept from block to block; only its length goes back.
#[derive(Debug, Default)]
pub struct Lines {
    buffer: Vec<u8>,
    length: usize,
    text: RowText,
    /// Where cells and rows end, where that is kept.
    ends: Option<Ends>,
}

/// Where the cells of rows end in a buffer in which one byte stands between two cells, and behind each row.
#[derive(Debug, Default)]
struct Ends {
    cells: Vec<u32>,
    /// How many cells there are up to the end of each row.
    rows: Vec<usize>,
}

/// In which form lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineForm {
    /// As CSV.
    #[default]
    Csv,
    /// As cells.
    Cells,
}

/// How much the buffer grows by, at the least.
const GROWTH: usize = 64 * 1024;

impl Lines {
    /// Lines of CSV, or of cells that are read by [`each_row`](Self::each_row).
    #[must_use]
    pub fn new(form: LineForm) -> Self {
        let ends = match form {
            LineForm::Csv => None,
            LineForm::Cells => Some(Ends::default()),
        };
        Self { ends, ..Self::default() }
    }

    /// Begins anew, for rows of this encoding.
    pub fn clear(&mut self, text: RowText) {
        self.length = 0;
        self.text = text;
        if let Some(ends) = &mut self.ends {
            ends.cells.clear();
            ends.rows.clear();
        }
    }

    /// Whether the lines are those of CSV.
    #[must_use]
    #[inline]
    pub fn are_csv(&self) -> bool {
        self.ends.is_none()
    }

    /// Hands over the content of the cells, row by row; nothing where the lines are CSV.
    pub fn each_row<'l>(&'l self, mut take: impl FnMut(&[Cow<'l, str>])) {
        let Some(ends) = &self.ends else { return };
        let (mut cells, mut start, mut first) = (Vec::new(), 0, 0);
        for last in &ends.rows {
            cells.clear();
            for end in ends.cells.get(first..*last).unwrap_or_default() {
                let end = usize::try_from(*end).unwrap_or(usize::MAX);
                cells.push(String::from_utf8_lossy(self.buffer.get(start..end).unwrap_or_default()));
                start = end + 1;
            }
            take(&cells);
            first = *last;
        }
    }

    /// Notes that a cell ends here.
    #[inline]
    fn end_cell(&mut self) {
        if let Some(ends) = &mut self.ends {
            ends.cells.push(u32::try_from(self.length).unwrap_or(u32::MAX));
        }
    }

    /// Ends a row; in CSV with this line end.
    #[inline]
    pub fn end_row(&mut self, line_end: &[u8]) {
        self.end_cell();
        match &mut self.ends {
            Some(ends) => {
                ends.rows.push(ends.cells.len());
                self.byte(b'\n');
            }
            None => self.raw(line_end),
        }
    }

    /// What was written.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// How much was written.
    #[must_use]
    pub fn position(&self) -> usize {
        self.length
    }

    /// Takes back what was written after a position.
    pub fn back_to(&mut self, position: usize) {
        self.length = self.length.min(position);
        if let Some(ends) = &mut self.ends {
            let before = ends.cells.partition_point(|end| usize::try_from(*end).is_ok_and(|end| end < position));
            ends.cells.truncate(before);
            ends.rows.truncate(ends.rows.partition_point(|row| *row <= before));
        }
    }

    #[cold]
    fn grow(&mut self, bytes: usize) {
        self.buffer.resize(self.buffer.len() + bytes.max(GROWTH), 0);
    }

    #[inline]
    fn room(&mut self, bytes: usize) {
        if self.buffer.len() - self.length < bytes {
            self.grow(bytes);
        }
    }

    /// Writes bytes as they are.
    #[inline]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        self.buffer[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// Writes the first of eight bytes.
    #[inline]
    pub fn short(&mut self, bytes: [u8; 8], length: usize) {
        *self.chunk::<8>() = bytes;
        self.length += length.min(8);
    }

    /// Writes so many bytes, known beforehand.
    #[inline]
    pub fn array<const N: usize>(&mut self, bytes: [u8; N]) {
        *self.chunk::<N>() = bytes;
        self.length += N;
    }

    /// Writes one byte.
    #[inline]
    pub fn byte(&mut self, byte: u8) {
        self.room(1);
        self.buffer[self.length] = byte;
        self.length += 1;
    }

    /// Begins a further cell.
    #[inline]
    pub fn next(&mut self) {
        self.end_cell();
        self.byte(b',');
    }

    /// Begins so many further cells and leaves them empty.
    pub fn empty(&mut self, cells: usize) {
        for _ in 0..cells {
            self.next();
        }
    }

    /// The next bytes to be written over, so many of them.
    #[inline]
    fn chunk<const N: usize>(&mut self) -> &mut [u8; N] {
        if self.buffer.len() - self.length < N {
            self.grow(N);
        }
        match self.buffer.get_mut(self.length..).and_then(<[u8]>::first_chunk_mut) {
            Some(chunk) => chunk,
            // There is no other way to tell the compiler; `grow` adds at least `N` bytes.
            None => unreachable!("the buffer has just grown"),
        }
    }

    /// A further cell with an amount.
    #[inline]
    pub fn money(&mut self, money: Money) {
        self.end_cell();
        let [comma, digits @ ..] = self.chunk::<25>();
        *comma = b',';
        self.length += 1 + money.write_plain(digits);
    }

    /// Further cells with amounts, so many at the most: room is made once for all of them.
    #[inline]
    pub fn amount_cells(&mut self, most: usize, write: impl FnOnce(&mut AmountCells<'_>)) {
        self.room(most * AmountCells::BYTES);
        let mut cells = AmountCells { room: &mut self.buffer[self.length..], length: 0 };
        write(&mut cells);
        let start = self.length;
        self.length += cells.length;
        if let Some(ends) = &mut self.ends {
            // An amount holds no comma.
            let commas = memchr::memchr_iter(b',', &self.buffer[start..self.length]);
            ends.cells.extend(commas.map(|at| u32::try_from(start + at).unwrap_or(u32::MAX)));
        }
    }

    /// Further cells with amounts.
    pub fn amounts<const N: usize>(&mut self, amounts: [Money; N]) {
        for amount in amounts {
            self.money(amount);
        }
    }

    /// A whole number.
    #[inline]
    pub fn count(&mut self, count: u64) {
        if count < 100_000_000 {
            let length = write_eight_digits(count, self.chunk::<8>());
            self.length += length;
        } else {
            self.raw(count.to_string().as_bytes());
        }
    }

    /// A further cell with a whole number.
    pub fn number(&mut self, number: i64) {
        self.next();
        if number < 0 {
            self.byte(b'-');
        }
        self.count(number.unsigned_abs());
    }

    /// A further cell with a month.
    pub fn month(&mut self, month: Month) {
        self.next();
        self.raw(month.to_string().as_bytes());
    }

    /// A further cell with a date.
    pub fn date(&mut self, date: Date) {
        self.next();
        self.raw(date.to_string().as_bytes());
    }

    /// A further cell with a code of ours.
    #[inline]
    pub fn code(&mut self, code: &str) {
        self.next();
        self.raw(code.as_bytes());
    }

    /// A further cell with words of ours, in the encoding of the rows.
    pub fn words(&mut self, words: &str) {
        self.next();
        if words.is_ascii() {
            self.cell(words.as_bytes());
        } else {
            let bytes = self.text.write(words).into_owned();
            self.cell(&bytes);
        }
    }

    /// The content of a cell, in CSV quoted where it must be.
    pub fn cell(&mut self, content: &[u8]) {
        if !self.are_csv() {
            self.raw(content);
            return;
        }
        let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
        if !content.iter().any(special) {
            self.raw(content);
            return;
        }
        // Between quotes, each quote inside twice: once at the end of a part, once before the next.
        for part in content.split_inclusive(|byte| *byte == b'"') {
            self.byte(b'"');
            self.raw(part);
        }
        if content.ends_with(b"\"") {
            self.byte(b'"');
        }
        self.byte(b'"');
    }
}

/// Cells of amounts being written.
pub struct AmountCells<'l> {
    room: &'l mut [u8],
    length: usize,
}

impl AmountCells<'_> {
    /// The most bytes that one takes, its comma with it.
    const BYTES: usize = 1 + Money::PLAIN_MOST;

    #[inline]
    fn next<const N: usize>(&mut self) -> &mut [u8; N] {
        match self.room.get_mut(self.length..).and_then(<[u8]>::split_first_chunk_mut) {
            Some((next, _)) => next,
            // There is no other way to tell the compiler; room was made for as many as are written.
            None => unreachable!("more amounts than room was made for"),
        }
    }

    /// One more.
    #[inline]
    pub fn money(&mut self, money: Money) {
        let [comma, digits @ ..] = self.next::<25>();
        *comma = b',';
        self.length += 1 + money.write_plain(digits);
    }

    /// One more, of these bytes, of which so many count.
    #[inline]
    pub fn copied(&mut self, (bytes, length): ([u8; 8], usize)) {
        let [comma, digits @ ..] = self.next::<9>();
        (*comma, *digits) = (b',', bytes);
        self.length += 1 + length.min(8);
    }
}

/// Numbers that follow one another, written one after the other: mostly only the last digit changes.
#[derive(Debug, Default)]
pub struct Counting {
    /// The digits, the first one lowest, in one word: a byte that was just changed could not be read
    /// with the others without waiting.
    digits: u64,
    length: usize,
    last: u64,
}

impl Counting {
    /// Writes a number.
    #[inline]
    pub fn write(&mut self, number: u64, lines: &mut Lines) {
        let shift = self.length.saturating_sub(1) * 8;
        if self.length > 0 && number == self.last + 1 && (self.digits >> shift) & 0xFF < u64::from(b'9') {
            self.digits += 1 << shift;
        } else if number < 100_000_000 {
            let mut digits = [0; 8];
            self.length = write_eight_digits(number, &mut digits);
            self.digits = u64::from_le_bytes(digits);
        } else {
            lines.count(number);
            return;
        }
        self.last = number;
        lines.short(self.digits.to_le_bytes(), self.length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_one_another_are_written_as_others() {
        let (mut counting, mut quick, mut plain) = (Counting::default(), Lines::default(), Lines::default());
        for number in (0..2_000).chain([7, 8, 9, 10, 42]).chain(99_999_990..100_000_010) {
            counting.write(number, &mut quick);
            plain.count(number);
            assert_eq!(quick.bytes(), plain.bytes(), "{number}");
            quick.clear(RowText::Utf8);
            plain.clear(RowText::Utf8);
        }
    }

    #[test]
    fn cells_are_written_as_they_are_read() {
        let mut lines = Lines::default();
        lines.count(0);
        for number in [7, -12, i64::MIN, i64::MAX] {
            lines.number(number);
        }
        lines.money(Money::from_fen(-5));
        lines.words("a,b \"c\"\n");
        lines.code("ok");
        lines.empty(2);
        let expected = "0,7,-12,-9223372036854775808,9223372036854775807,-0.05,\"a,b \"\"c\"\"\n\",ok,,";
        assert_eq!(lines.bytes(), expected.as_bytes());
        let position = lines.position();
        lines.raw(&vec![b'x'; 200_000]);
        lines.back_to(position);
        assert_eq!(lines.bytes(), expected.as_bytes());
    }
}

//! CSV as a source of rows: headings, blocks cut at row ends (quotes respected), cells.
//!
//! A quote opens a cell only where the cell begins; inside, two quotes are one. Everything else is
//! content, so a stray quote in the middle of a cell harms nothing.

use std::io::Read;
use std::ops::Range;

use super::row::{Block, RowSource, unquoted};
use crate::facts::{Fault, Faults, Kind, Outcome, Place, TextHint};

/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
/// The longest row that is held in memory.
const LONGEST: usize = 16 * 1024 * 1024;
/// The mark that UTF-8 files may begin with.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The first row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// The texts.
    pub texts: Vec<String>,
    /// The row as it came, without its line end.
    pub raw: Vec<u8>,
    /// Whether the file began with a byte-order mark.
    pub mark: bool,
    /// The line end that the file uses.
    pub line_end: &'static [u8],
}

/// A CSV file being read.
pub struct Csv<R> {
    name: String,
    input: R,
    pending: Vec<u8>,
    ended: bool,
    next_row: u64,
}

impl<R: Read> Csv<R> {
    /// Begins to read; the headings come first.
    pub fn open(name: &str, input: R) -> Outcome<(Self, Headings)> {
        let mut csv = Self { name: name.to_owned(), input, pending: Vec::new(), ended: false, next_row: 1 };
        while csv.pending.len() < 4 && !csv.ended {
            csv.fill()?;
        }
        if csv.pending.is_empty() {
            return Err(csv.fault(Kind::EmptyFile));
        }
        if let Some(hint) = not_text(&csv.pending) {
            return Err(csv.fault(Kind::NotText { hint }));
        }
        let mark = csv.pending.starts_with(MARK);
        if mark {
            csv.pending.drain(..MARK.len());
        }
        let row = loop {
            if let Some(end) = row_end(&csv.pending, 0) {
                break csv.pending.drain(..end).collect::<Vec<u8>>();
            }
            if csv.ended {
                break std::mem::take(&mut csv.pending);
            }
            csv.fill()?;
        };
        csv.next_row = 2;
        let raw = without_line_end(&row).to_vec();
        let line_end: &'static [u8] = if row.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let mut cells = Vec::new();
        if !split(&raw, &mut cells) {
            return Err(csv.fault(Kind::UnclosedQuote));
        }
        let texts: Option<Vec<String>> =
            cells.iter().map(|cell| String::from_utf8(unquoted(&raw[cell.clone()]).into_owned()).ok()).collect();
        let Some(texts) = texts else { return Err(csv.fault(Kind::NotText { hint: TextHint::Gb18030 })) };
        if texts.iter().all(|text| text.trim().is_empty()) {
            return Err(csv.fault(Kind::EmptyFile));
        }
        Ok((csv, Headings { texts, raw, mark, line_end }))
    }

    /// Reads some more.
    fn fill(&mut self) -> Outcome<()> {
        let before = self.pending.len();
        if before > LONGEST {
            let place = Place::Cell { file: self.name.clone(), row: self.next_row, column: None };
            return Err(Fault::at(Kind::RecordTooLong { limit: LONGEST }, place).into());
        }
        self.pending.resize(before + CHUNK, 0);
        loop {
            match self.input.read(&mut self.pending[before..]) {
                Ok(read) => {
                    self.pending.truncate(before + read);
                    self.ended = read == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.pending.truncate(before);
                    return Err(self.fault(Kind::Unreadable { path: self.name.clone(), message: error.to_string() }));
                }
            }
        }
    }

    fn fault(&self, kind: Kind) -> Faults {
        Fault::at(kind, Place::File { path: self.name.clone() }).into()
    }
}

impl<R: Read> RowSource for Csv<R> {
    fn next_block(&mut self) -> Outcome<Option<Block>> {
        loop {
            let cut = if self.ended { self.pending.len() } else { last_row_end(&self.pending) };
            if cut > 0 {
                let rest = self.pending.split_off(cut);
                let bytes = std::mem::replace(&mut self.pending, rest);
                let first_row = self.next_row;
                self.next_row += rows_in(&bytes);
                return Ok(Some(Block { bytes, first_row }));
            }
            if self.ended {
                return Ok(None);
            }
            self.fill()?;
        }
    }
}

/// What a file that is not text of this kind looks like, by its first bytes.
fn not_text(bytes: &[u8]) -> Option<TextHint> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some(TextHint::Zip)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        Some(TextHint::OldExcel)
    } else if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        Some(TextHint::Utf16)
    } else if bytes.iter().take(512).any(|byte| *byte == 0) {
        Some(TextHint::Nul)
    } else {
        None
    }
}

/// The index after the end of the row that begins at `start`; `None` where the row is not whole.
pub(super) fn row_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at = after_quoted(bytes, at)?;
        }
        let next = at + memchr::memchr2(b',', b'\n', bytes.get(at..)?)?;
        at = next + 1;
        if bytes[next] == b'\n' {
            return Some(at);
        }
    }
}

/// The index after the closing quote of a cell that opens at `at`; `None` where it does not close.
fn after_quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// The index after the last whole row; 0 where there is none.
fn last_row_end(bytes: &[u8]) -> usize {
    if memchr::memchr(b'"', bytes).is_none() {
        return memchr::memrchr(b'\n', bytes).map_or(0, |newline| newline + 1);
    }
    let mut last = 0;
    while let Some(end) = row_end(bytes, last) {
        last = end;
    }
    last
}

/// How many rows a block holds; a last one without a line end counts.
fn rows_in(bytes: &[u8]) -> u64 {
    rows(bytes).map(|_| 1).sum()
}

/// The rows of a block, without their line ends.
pub(super) fn rows(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let end = row_end(bytes, at).unwrap_or(bytes.len());
        let row = without_line_end(&bytes[at..end]);
        at = end;
        Some(row)
    })
}

fn without_line_end(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Every row of a CSV text with the content of its cells; for results that are held whole.
#[must_use]
pub fn read_all(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut cells = Vec::new();
    let content = |row: &[u8], cell: &Range<usize>| String::from_utf8_lossy(&unquoted(&row[cell.clone()])).into_owned();
    rows(bytes.strip_prefix(MARK).unwrap_or(bytes))
        .map(|row| {
            split(row, &mut cells);
            cells.iter().map(|cell| content(row, cell)).collect()
        })
        .collect()
}

/// Finds the cells of a row; `false` where a quote is not closed.
pub(super) fn split(row: &[u8], cells: &mut Vec<Range<usize>>) -> bool {
    cells.clear();
    let mut start = 0;
    loop {
        let mut at = start;
        if row.get(at) == Some(&b'"') {
            let Some(after) = after_quoted(row, at) else {
                cells.push(start..row.len());
                return false;
            };
            at = after;
        }
        let Some(comma) = memchr::memchr(b',', &row[at..]) else {
            cells.push(start..row.len());
            return true;
        };
        cells.push(start..at + comma);
        start = at + comma + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives one byte at a time, so that every cut is tried.
    struct OneByOne<'a>(&'a [u8]);

    impl Read for OneByOne<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let take = usize::from(!self.0.is_empty() && !buffer.is_empty());
            buffer[..take].copy_from_slice(&self.0[..take]);
            self.0 = &self.0[take..];
            Ok(take)
        }
    }

    fn all_rows(text: &str) -> Vec<(u64, String)> {
        let (mut csv, _) = Csv::open("t", OneByOne(text.as_bytes())).unwrap();
        let mut found = Vec::new();
        while let Some(block) = csv.next_block().unwrap() {
            for (at, row) in rows(&block.bytes).enumerate() {
                found.push((block.first_row + u64::try_from(at).unwrap(), String::from_utf8(row.to_vec()).unwrap()));
            }
        }
        found
    }

    #[test]
    fn rows_are_cut_where_they_end_and_not_inside_quotes() {
        let text = "a,b\n1,2\n\"x\ny\",\"p\"\"\n,q\"\r\n3,4";
        let expected = ["1,2", "\"x\ny\",\"p\"\"\n,q\"", "3,4"];
        let found = all_rows(text);
        assert_eq!(found.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn cells_keep_commas_inside_quotes_and_stray_quotes_outside() {
        let mut cells = Vec::new();
        for (row, expected, closed) in [
            ("a,b,c", vec!["a", "b", "c"], true),
            ("\"a,b\",c", vec!["\"a,b\"", "c"], true),
            ("5\" pipe,2", vec!["5\" pipe", "2"], true),
            (",,", vec!["", "", ""], true),
            ("a,\"b", vec!["a", "\"b"], false),
        ] {
            assert_eq!(split(row.as_bytes(), &mut cells), closed, "{row}");
            assert_eq!(cells.iter().map(|cell| &row[cell.clone()]).collect::<Vec<_>>(), expected, "{row}");
        }
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        for (bytes, hint) in [
            (&b"PK\x03\x04zip"[..], TextHint::Zip),
            (b"\xD0\xCF\x11\xE0old", TextHint::OldExcel),
            (b"\xFF\xFEa\0", TextHint::Utf16),
            (b"a,b\0\n", TextHint::Nul),
            (b"\xD0\xD5\xC3\xFB,1\n", TextHint::Gb18030),
        ] {
            let faults = Csv::open("t", bytes).map(|_| ()).unwrap_err();
            assert_eq!(faults.0[0].kind, Kind::NotText { hint });
        }
        assert_eq!(Csv::open("t", &b""[..]).map(|_| ()).unwrap_err().0[0].kind, Kind::EmptyFile);
        assert_eq!(Csv::open("t", &b"\xEF\xBB\xBF"[..]).map(|_| ()).unwrap_err().0[0].kind, Kind::EmptyFile);
    }
}

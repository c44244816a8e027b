//! CSV as a source of rows: the top rows to be understood, then blocks cut at row ends.
//!
//! Memory is bounded: one block, and at most one row of [`LONGEST`] bytes.

use std::io::{Cursor, Read};

use super::scan::Scan;
use super::whole_rows::whole_rows;
use crate::facts::{Fault, Faults, Kind, Outcome, Place};
use crate::files::block::{Block, RowSource, unquoted};
use crate::files::container::{ByteStream, Text};
use crate::files::encoding::{Encoding, RowText, Transcoder};
use crate::files::sheet::{COLUMNS_MOST, Mark, Marked, Marks, fault_of};

/// How much is read at a time: large enough to be worth a turn, small enough that all that is made of it stays in the
/// cache.
const CHUNK: usize = 64 * 1024;
/// How much of the beginning is looked at before the first row is worked.
const BEGINNING: usize = 64 * 1024;
/// The most rows that are looked at.
const TOP: usize = 200;
/// The longest row that is held in memory.
const LONGEST: usize = 4 * 1024 * 1024;

/// The rows that hold the headings, and how the file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// The texts, one for each column.
    pub texts: Vec<String>,
    /// The last heading row as it came (as its rows come), without its line end.
    pub raw: Vec<u8>,
    /// The rows above it, as they came.
    pub above: Vec<Vec<u8>>,
    /// The number of the last heading row.
    pub row: u64,
    /// Whether rows may be shorter or longer than the headings, as those of sheets are.
    pub ragged: bool,
    /// Whether the file began with a byte-order mark.
    pub mark: bool,
    /// The encoding of the file.
    pub encoding: Encoding,
    /// How the rows are read as text.
    pub text: RowText,
    /// The line end that the file uses.
    pub line_end: &'static [u8],
}

/// A row near the beginning of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopRow {
    /// The row as a spreadsheet shows it.
    pub number: u64,
    /// The content of its cells.
    pub cells: Vec<String>,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The columns of formulas that were never calculated.
    pub uncalculated: Vec<usize>,
    /// The row as it came, without its line end.
    pub(crate) raw: Vec<u8>,
    /// Whether its quotes are closed.
    pub(crate) closed: bool,
}

impl TopRow {
    /// A cell, trimmed; blank where it is not there.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.trim())
    }
}

/// A CSV file being read.
pub struct Csv {
    name: String,
    input: ByteStream,
    pending: Vec<u8>,
    ended: bool,
    next_block: u64,
    next_row: u64,
    marks: Marks,
    encoding: Encoding,
    text: RowText,
    mark: bool,
    ragged: bool,
}

impl Csv {
    /// Begins to read a table of text.
    ///
    /// # Errors
    /// A fault of reading the beginning: of the disk ([`Kind::Unreadable`]), or text that is not in its encoding.
    pub fn open(name: &str, text: Text) -> Outcome<Self> {
        let Text { input, encoding, mark, .. } = text;
        Self::of(name, input, Marks::default(), (encoding, mark, false))
    }

    /// Begins to read a sheet of a workbook.
    ///
    /// # Errors
    /// A fault of reading the beginning of the sheet, such as [`Kind::BrokenWorkbook`].
    pub fn of_sheet(name: &str, (input, marks): (ByteStream, Marks)) -> Outcome<Self> {
        Self::of(name, input, marks, (Encoding::Utf8, false, true))
    }

    fn of(
        name: &str,
        input: ByteStream,
        marks: Marks,
        (encoding, mark, ragged): (Encoding, bool, bool),
    ) -> Outcome<Self> {
        let text = encoding.row_text().unwrap_or_default();
        let (name, pending) = (name.to_owned(), Vec::new());
        let mut csv = Self {
            name,
            input,
            pending,
            ended: false,
            next_block: 0,
            next_row: 1,
            marks,
            encoding,
            text,
            mark,
            ragged,
        };
        while csv.pending.len() < BEGINNING && !csv.ended {
            csv.fill(BEGINNING)?;
        }
        Ok(csv)
    }

    /// From here on the rest is read as UTF-8.
    fn transcode(&mut self, from: Encoding) {
        let rest = Cursor::new(std::mem::take(&mut self.pending));
        let input = std::mem::replace(&mut self.input, Box::new(std::io::empty()));
        self.input = Box::new(Transcoder::new(rest.chain(input), from));
        self.ended = false;
    }

    /// Turns a file whose headings were read into one of UTF-8, as it must be where the result is.
    pub fn into_utf8(&mut self, headings: &mut Headings) {
        match headings.text {
            RowText::Utf8 => {}
            RowText::Gb18030 => {
                self.transcode(Encoding::Gb18030);
                for row in headings.above.iter_mut().chain([&mut headings.raw]) {
                    *row = headings.text.show(row).into_owned().into_bytes();
                }
                headings.text = RowText::Utf8;
            }
        }
        headings.encoding = Encoding::Utf8;
    }

    /// The last row that was handed out.
    #[must_use]
    pub fn last_row(&self) -> u64 {
        self.next_row - 1
    }

    /// The rows at the beginning, as far as they are whole; at least one.
    ///
    /// # Errors
    /// [`Kind::EmptyFile`] where there is no row, [`Kind::TooManyColumns`] where a row is wider than a spreadsheet,
    /// [`Kind::RecordTooLong`] where the first row does not end, and faults of reading.
    pub fn top(&mut self) -> Outcome<Vec<TopRow>> {
        loop {
            let rows = self.whole_top();
            if !rows.is_empty() {
                let place = |row: &TopRow| Place::Cell { file: self.name.clone(), row: row.number, column: None };
                return match rows.iter().find(|row| row.cells.len() > COLUMNS_MOST) {
                    Some(row) => {
                        let kind = Kind::TooManyColumns { found: row.cells.len(), most: COLUMNS_MOST };
                        Err(Fault::at(kind, place(row)).into())
                    }
                    None => Ok(rows),
                };
            }
            if self.ended {
                return Err(self.fault(Kind::EmptyFile));
            }
            self.fill(CHUNK)?;
        }
    }

    fn whole_top(&self) -> Vec<TopRow> {
        let mut marks = Vec::new();
        self.marks.peek(&mut marks);
        let (mut scan, mut ends, mut rows) = (Scan::new(&self.pending), Vec::new(), Vec::new());
        while rows.len() < TOP
            && let Some(found) = scan.next_row(&mut ends)
            && (found.ended || self.ended)
        {
            let raw = &self.pending[found.start..found.end];
            let number = u64::try_from(rows.len()).unwrap_or(0) + 1;
            let mut cells = Vec::with_capacity(found.cells);
            let mut start = 0;
            for end in &ends[..found.cells] {
                cells.push(self.text.show(&unquoted(&raw[start..*end])).into_owned());
                start = end + 1;
            }
            let hidden = marks.contains(&Mark { row: number, what: Marked::Hidden });
            let formula = |mark: &Mark| match mark.what {
                Marked::Uncalculated(column) if mark.row == number => Some(column),
                Marked::Uncalculated(_) | Marked::Hidden => None,
            };
            let uncalculated = marks.iter().filter_map(formula).collect();
            rows.push(TopRow { number, cells, hidden, uncalculated, raw: raw.to_vec(), closed: found.closed });
        }
        rows
    }

    /// Takes the rows up to the last heading row away; `texts` are the headings of the columns.
    ///
    /// # Errors
    /// [`Kind::UnclosedQuote`] where a quote is open at the end of a row up to the headings.
    pub fn begin(&mut self, top: &[TopRow], row: u64, texts: Vec<String>) -> Outcome<Headings> {
        let count = usize::try_from(row).unwrap_or(0);
        let above: Vec<&TopRow> = top.iter().take(count).collect();
        if let Some(open) = above.iter().find(|row| !row.closed) {
            let place = Place::Cell { file: self.name.clone(), row: open.number, column: None };
            return Err(Fault::at(Kind::UnclosedQuote, place).into());
        }
        let (mut scan, mut ends, mut cut, mut line_end): (_, _, _, &'static [u8]) =
            (Scan::new(&self.pending), Vec::new(), 0, b"\n");
        for _ in 0..count {
            let Some(found) = scan.next_row(&mut ends) else { break };
            cut = scan.position();
            line_end = if self.pending[found.end..cut].starts_with(b"\r\n") { b"\r\n" } else { b"\n" };
        }
        self.pending.drain(..cut);
        self.next_row = row + 1;
        let mut raws: Vec<Vec<u8>> = above.into_iter().map(|row| row.raw.clone()).collect();
        let raw = raws.pop().unwrap_or_default();
        let (mark, encoding, text, ragged) = (self.mark, self.encoding, self.text, self.ragged);
        Ok(Headings { texts, raw, above: raws, row, ragged, mark, encoding, text, line_end })
    }

    /// Reads up to so many bytes more behind what is pending.
    fn fill(&mut self, more: usize) -> Outcome<()> {
        let before = self.pending.len();
        self.too_long(before)?;
        self.pending.resize(before + more, 0);
        let read = self.read(before, more);
        self.pending.truncate(before + *read.as_ref().unwrap_or(&0));
        read.map(|_| ())
    }

    fn read(&mut self, start: usize, more: usize) -> Outcome<usize> {
        let (pending, input) = (&mut self.pending, &mut self.input);
        let read = read_some(input, &mut pending[start..start + more]);
        let read = read.map_err(|error| self.unreadable(&error))?;
        self.ended = read == 0;
        Ok(read)
    }

    fn too_long(&self, length: usize) -> Outcome<()> {
        if length < LONGEST {
            return Ok(());
        }
        let place = Place::Cell { file: self.name.clone(), row: self.next_row, column: None };
        Err(Fault::at(Kind::RecordTooLong { limit: LONGEST }, place).into())
    }

    fn unreadable(&self, error: &std::io::Error) -> Faults {
        if let Some(kind) = fault_of(error) {
            return self.fault(kind);
        }
        self.fault(Kind::Unreadable { path: self.name.clone(), message: error.to_string() })
    }

    fn fault(&self, kind: Kind) -> Faults {
        Fault::at(kind, Place::File { path: self.name.clone() }).into()
    }
}

/// One read; an interruption is no error.
fn read_some(input: &mut ByteStream, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

impl RowSource for Csv {
    fn next_block(&mut self, block: &mut Block) -> Outcome<bool> {
        let mut want = CHUNK;
        block.length = self.pending.len();
        if block.buffer.len() < want.max(block.length) {
            block.buffer.resize(want.max(block.length), 0);
        }
        block.buffer[..block.length].copy_from_slice(&self.pending);
        self.pending.clear();
        loop {
            while block.length < want && !self.ended {
                let read = read_some(&mut self.input, &mut block.buffer[block.length..want]);
                let read = read.map_err(|error| self.unreadable(&error))?;
                block.length += read;
                self.ended = read == 0;
            }
            let (cut, rows) = whole_rows(block.bytes(), self.ended);
            if cut > 0 {
                self.pending.extend_from_slice(&block.bytes()[cut..]);
                (block.length, block.rows) = (cut, rows);
                (block.at, block.first_row) = (self.next_block, self.next_row);
                self.next_block += 1;
                self.next_row += rows;
                block.marks.clear();
                self.marks.take(self.next_row, &mut block.marks);
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
            self.too_long(block.length)?;
            want = block.length + CHUNK;
            block.buffer.resize(want.max(block.buffer.len()), 0);
        }
    }

    fn is_ended(&self) -> bool {
        self.ended && self.pending.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::facts::TextHint;
    use crate::files::open::{Opened, open_input};

    /// A reader that gives one byte at a time, so that every cut is tried.
    struct OneByOne(Cursor<Vec<u8>>);

    impl Read for OneByOne {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let take = buffer.len().min(1);
            self.0.read(&mut buffer[..take])
        }
    }

    fn open(bytes: &[u8], asked: Option<Encoding>) -> Outcome<(Csv, Headings)> {
        of(OneByOne(Cursor::new(bytes.to_vec())), asked)
    }

    /// A table whose first row holds the headings.
    fn of(input: impl Read + Send + 'static, asked: Option<Encoding>) -> Outcome<(Csv, Headings)> {
        let Opened::Text(text) = open_input("t", Box::new(input), asked)? else { panic!("no text") };
        let mut csv = Csv::open("t", text)?;
        let top = csv.top()?;
        let headings = csv.begin(&top, 1, top[0].cells.clone())?;
        Ok((csv, headings))
    }

    /// The numbers and bytes of all rows.
    fn all_rows(mut csv: Csv) -> Vec<(u64, String)> {
        let (mut found, mut block, mut ends) = (Vec::new(), Block::default(), Vec::new());
        while csv.next_block(&mut block).unwrap() {
            let mut scan = Scan::new(block.bytes());
            let mut number = block.first_row;
            while let Some(row) = scan.next_row(&mut ends) {
                let text = std::str::from_utf8(&block.bytes()[row.start..row.end]).unwrap();
                found.push((number, text.to_owned()));
                number += 1;
            }
            assert_eq!(number, block.first_row + block.rows);
        }
        found
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let text = "a,b\n1,2\n\"x\ny\",\"p\"\"\n,q\"\r\n3,4";
        let expected = ["1,2", "\"x\ny\",\"p\"\"\n,q\"", "3,4"];
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
            let found = all_rows(open(&[encoding.mark(), &encoding.encode(text)].concat(), None).unwrap().0);
            assert_eq!(found, [2, 3, 4].into_iter().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn blocks_are_cut_at_row_ends_and_lose_nothing() {
        for quote in ["", "\""] {
            let rows: Vec<String> = (0..40_000).map(|at| format!("{at},{quote}汉字{quote},{}", at % 7)).collect();
            let text = Cursor::new(format!("a,b,c\n{}", rows.join("\n")));
            let found = all_rows(of(text, None).unwrap().0);
            assert_eq!(found.len(), rows.len());
            assert!(found.iter().zip(&rows).all(|((_, found), row)| found == row));
        }
    }

    #[test]
    fn a_file_that_changes_to_utf8_keeps_its_rows() {
        let (mut csv, mut headings) = open(&Encoding::Gb18030.encode("姓名,工资\n丛一禾,5000\n"), None).unwrap();
        assert_eq!((headings.encoding, headings.texts[0].as_str()), (Encoding::Gb18030, "姓名"));
        csv.into_utf8(&mut headings);
        let mut block = Block::default();
        assert!(csv.next_block(&mut block).unwrap());
        assert_eq!((block.bytes(), headings.raw.as_slice()), ("丛一禾,5000\n".as_bytes(), "姓名,工资".as_bytes()));
    }

    #[test]
    fn files_without_rows_or_without_end_are_refused() {
        let code = |bytes: &[u8]| open(bytes, None).map(|_| ()).unwrap_err().0[0].kind.code();
        assert_eq!(code(b""), "empty-file");
        assert_eq!(code(b"\xEF\xBB\xBF"), "empty-file");
        assert_eq!(code(b"\"a,b\n"), "unclosed-quote");
        assert_eq!(code(&b"a,".repeat(20_000)), "too-many-columns");
        let endless = of(std::io::repeat(b'x'), None).map(|_| ()).unwrap_err();
        assert_eq!(endless.0[0].kind, Kind::RecordTooLong { limit: LONGEST });
        let rest = Cursor::new(b"a,b\n1,2\n").chain(std::io::repeat(b'x'));
        let (mut csv, _) = of(rest, None).unwrap();
        let mut block = Block::default();
        assert!(csv.next_block(&mut block).unwrap());
        let endless = csv.next_block(&mut block).unwrap_err();
        assert_eq!(endless.0[0].place, Place::Cell { file: "t".into(), row: 3, column: None });
    }

    #[test]
    fn a_fault_of_reading_in_the_middle_is_told_and_nothing_goes_on() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the cable was pulled"))
            }
        }
        let rest = Cursor::new(b"a,b\n1,2\n".repeat(50_000)).chain(Broken);
        let (mut csv, _) = of(rest, None).unwrap();
        let mut block = Block::default();
        let faults = loop {
            match csv.next_block(&mut block) {
                Ok(more) => assert!(more),
                Err(faults) => break faults,
            }
        };
        assert_eq!(faults.0[0].kind.code(), "unreadable");
    }

    #[test]
    fn an_encoding_that_is_asked_for_is_held_to() {
        let bytes = Encoding::Gb18030.encode("姓名,工资\n");
        assert_eq!(open(&bytes, Some(Encoding::Gb18030)).unwrap().1.texts[0], "姓名");
        assert_eq!(open(&bytes, Some(Encoding::Utf8)).unwrap().1.encoding, Encoding::Utf8);
        let old = open(b"\x09\x00\x04\x00\x02\x00", Some(Encoding::Utf8)).map(|_| ()).unwrap_err();
        assert_eq!(old.0[0].kind, Kind::NotText { hint: TextHint::OldExcel });
    }
}

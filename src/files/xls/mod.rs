//! Sheets of binary .xls workbooks (BIFF 5 and 8).
//!
//! The stream of records is read from its compound file whole (it is no larger than the file); a sheet
//! is then gathered record by record. Law: [MS-XLS].

mod records;

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use self::records::{Record, Records, double, rk, text_of};
use crate::facts::Kind;
use crate::files::container::SheetName;
use crate::files::number_format::{Format, shown};
use crate::files::sheet::{Sheet, SheetRow};

/// A workbook whose records are at hand.
pub(crate) struct XlsBook {
    stream: Vec<u8>,
    pub sheets: Vec<SheetName>,
    starts: Vec<usize>,
    texts: Vec<String>,
    formats: Vec<Format>,
    from_1904: bool,
    /// Texts are in UTF-16 or Latin (BIFF 8) or in the encoding of the machine (BIFF 5).
    wide: bool,
}

impl XlsBook {
    /// Reads the workbook of a compound file.
    pub fn open<F: Read + Seek>(file: F) -> Result<Self, Kind> {
        let broken = |error: std::io::Error| Kind::BrokenWorkbook { what: error.to_string() };
        let mut compound = cfb::CompoundFile::open(file).map_err(broken)?;
        if compound.exists("/EncryptedPackage") || compound.exists("/EncryptionInfo") {
            return Err(Kind::EncryptedWorkbook);
        }
        let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.exists(name));
        let Some(name) = name else { return Err(Kind::NotAWorkbook) };
        let mut stream = Vec::new();
        compound.open_stream(name).and_then(|mut found| found.read_to_end(&mut stream)).map_err(broken)?;
        Self::of_stream(stream)
    }

    fn of_stream(stream: Vec<u8>) -> Result<Self, Kind> {
        let mut book = Self {
            stream: Vec::new(),
            sheets: Vec::new(),
            starts: Vec::new(),
            texts: Vec::new(),
            formats: Vec::new(),
            from_1904: false,
            wide: true,
        };
        let (mut codes, mut styles) = (Vec::new(), Vec::new());
        let mut records = Records::new(&stream, 0);
        while let Some(record) = records.next() {
            match record.kind {
                Record::BOF => book.wide = record.u16(0) == Some(0x0600),
                Record::FILEPASS => return Err(Kind::EncryptedWorkbook),
                Record::BOUNDSHEET => book.sheet(&record),
                Record::DATE1904 => book.from_1904 = record.u16(0) == Some(1),
                Record::FORMAT => {
                    let code = text_of(&record, 2, if book.wide { 2 } else { 1 }, book.wide).unwrap_or_default();
                    codes.push((record.u16(0).unwrap_or(0), Format::of_code(&code)));
                }
                Record::XF => styles.push(record.u16(2).unwrap_or(0)),
                Record::SST => book.texts = records.shared_texts(&record),
                Record::EOF => break,
                _ => {}
            }
        }
        let format = |id: u16| codes.iter().find(|(own, _)| *own == id).map(|(_, format)| *format);
        book.formats = styles.into_iter().map(|id| format(id).unwrap_or_else(|| Format::built_in(id.into()))).collect();
        book.stream = stream;
        if book.sheets.is_empty() { Err(Kind::NotAWorkbook) } else { Ok(book) }
    }

    fn sheet(&mut self, record: &Record<'_>) {
        let start = record.u32(0).and_then(|start| usize::try_from(start).ok());
        // Only sheets of cells: charts and macros have none.
        if let (Some(start), Some(0)) = (start, record.bytes.get(5)) {
            let name = text_of(record, 6, 1, self.wide).unwrap_or_default();
            let hidden = record.bytes.get(4).is_some_and(|state| state & 3 != 0);
            self.sheets.push(SheetName { name, hidden });
            self.starts.push(start);
        }
    }

    /// Gathers a sheet by its place.
    pub fn read(&self, at: usize) -> XlsSheet {
        let mut sheet = XlsSheet { rows: Vec::new(), next: 0 };
        let (mut cells, mut hidden): (Vec<Cell>, BTreeSet<u16>) = (Vec::new(), BTreeSet::new());
        let mut records = Records::new(&self.stream, self.starts.get(at).copied().unwrap_or(usize::MAX));
        let mut depth = 0;
        while let Some(record) = records.next() {
            match record.kind {
                Record::BOF => depth += 1,
                // A chart within the sheet has a beginning and an end of its own.
                Record::EOF if depth > 1 => depth -= 1,
                Record::EOF => break,
                _ if depth > 1 => {}
                Record::ROW => {
                    if let (Some(row), Some(flags)) = (record.u16(0), record.u16(12))
                        && flags & 0x20 != 0
                    {
                        hidden.insert(row);
                    }
                }
                Record::FORMULA => self.formula(&record, &mut records, &mut cells),
                Record::MULRK => self.rks(&record, &mut cells),
                _ => self.cell(&record, &mut cells),
            }
        }
        // Nearly always in order already.
        cells.sort_by_key(|cell| (cell.row, cell.column));
        cells.dedup_by_key(|cell| (cell.row, cell.column));
        sheet.rows = rows(cells, &hidden);
        sheet
    }

    fn cell(&self, record: &Record<'_>, cells: &mut Vec<Cell>) {
        let (Some(row), Some(column), Some(style)) = (record.u16(0), record.u16(2), record.u16(4)) else { return };
        let text = match record.kind {
            Record::LABELSST => {
                let at = record.u32(6).and_then(|at| usize::try_from(at).ok());
                at.and_then(|at| self.texts.get(at)).cloned()
            }
            Record::LABEL | Record::RSTRING => text_of(record, 6, 2, self.wide),
            Record::NUMBER => record.eight(6).map(|bytes| self.shown(&double(bytes), style)),
            Record::RK => record.u32(6).map(|packed| self.shown(&rk(packed), style)),
            Record::BOOLERR => match (record.bytes.get(6), record.bytes.get(7)) {
                (Some(value), Some(0)) => Some(if *value == 0 { "FALSE" } else { "TRUE" }.to_owned()),
                (Some(_), Some(_)) => Some("#N/A".to_owned()),
                (_, _) => None,
            },
            _ => None,
        };
        cells.extend(text.map(|text| Cell { row, column, text, uncalculated: false }));
    }

    fn rks(&self, record: &Record<'_>, cells: &mut Vec<Cell>) {
        let (Some(row), Some(first)) = (record.u16(0), record.u16(2)) else { return };
        let mut at = 4;
        let mut column = first;
        while let (Some(style), Some(packed), true) = (record.u16(at), record.u32(at + 2), at + 8 <= record.bytes.len())
        {
            cells.push(Cell { row, column, text: self.shown(&rk(packed), style), uncalculated: false });
            column = column.saturating_add(1);
            at += 6;
        }
    }

    fn formula(&self, record: &Record<'_>, records: &mut Records<'_>, cells: &mut Vec<Cell>) {
        let (Some(row), Some(column), Some(style)) = (record.u16(0), record.u16(2), record.u16(4)) else { return };
        let Some(value) = record.eight(6) else { return };
        let text = match value {
            [0, .., 0xFF, 0xFF] => records.string_after(self.wide),
            [1, _, value, .., 0xFF, 0xFF] => Some(if value == 0 { "FALSE" } else { "TRUE" }.to_owned()),
            [2, .., 0xFF, 0xFF] => Some("#N/A".to_owned()),
            [.., 0xFF, 0xFF] => None,
            number => {
                let uncalculated = number == [0; 8];
                cells.push(Cell { row, column, text: self.shown(&double(number), style), uncalculated });
                return;
            }
        };
        cells.extend(text.map(|text| Cell { row, column, text, uncalculated: false }));
    }

    fn shown(&self, number: &str, style: u16) -> String {
        let format = self.formats.get(usize::from(style)).copied().unwrap_or_default();
        shown(number, format, self.from_1904).into_owned()
    }
}

/// A cell that was gathered.
struct Cell {
    row: u16,
    column: u16,
    text: String,
    uncalculated: bool,
}

fn rows(cells: Vec<Cell>, hidden: &BTreeSet<u16>) -> Vec<SheetRow> {
    let mut rows: Vec<SheetRow> = Vec::new();
    for cell in cells {
        let number = u64::from(cell.row) + 1;
        if rows.last().is_none_or(|row| row.number != number) {
            let mut row = SheetRow::default();
            row.begin(number, hidden.contains(&cell.row));
            rows.push(row);
        }
        let Some(row) = rows.last_mut() else { continue };
        let column = usize::from(cell.column);
        if cell.uncalculated {
            row.uncalculated.push(column);
        }
        // A sheet has fewer columns than a row can hold, and cells come in order here.
        let _ = row.put(column, &cell.text);
    }
    rows
}

/// A sheet that was gathered.
pub(crate) struct XlsSheet {
    rows: Vec<SheetRow>,
    next: usize,
}

impl Sheet for XlsSheet {
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        let Some(found) = self.rows.get_mut(self.next) else { return Ok(false) };
        *row = std::mem::take(found);
        self.next += 1;
        Ok(true)
    }
}

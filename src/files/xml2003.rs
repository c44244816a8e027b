//! Sheets of XML Spreadsheet 2003, which mostly go by the name of .xls.
//!
//! Formats stand before the sheets and have names of their own beside the codes of other workbooks. Cells and rows
//! may leave out those before them by an index. The rest is as in .xlsx: a cell is what it shows, and a formula that
//! was never calculated is marked.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::container::{ByteStream, SheetName};
use super::number_format::{Format, day_shown, is_uncalculated, shown};
use super::sheet::{ROWS_MOST, Sheet, SheetRow};
use super::xml::{Markup, add_text, attribute, number};
use crate::facts::Kind;

/// What stands for the name of the part in faults.
const PART: &str = "XML";

/// The names of the sheets.
pub(crate) fn sheets(text: ByteStream) -> Result<Vec<SheetName>, Kind> {
    let (mut markup, mut found) = (Markup::new(text, PART), Vec::new());
    loop {
        match markup.next()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Worksheet" => {
                found.push(SheetName { name: attribute(&start, "Name").unwrap_or_default(), hidden: false });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A sheet being read.
pub(crate) struct Xml2003Sheet {
    markup: Markup<ByteStream>,
    formats: BTreeMap<String, Format>,
    last: u64,
    done: bool,
}

/// A cell while it is read.
struct Cell {
    column: usize,
    across: usize,
    format: Format,
    formula: bool,
    kind: String,
    text: String,
}

impl Xml2003Sheet {
    /// Opens a sheet by its place.
    pub fn open(text: ByteStream, at: usize) -> Result<Self, Kind> {
        const STYLES_MOST: usize = 65_536;
        let (mut markup, mut formats) = (Markup::new(text, PART), BTreeMap::new());
        let (mut left, mut style) = (at, String::new());
        loop {
            match markup.next()? {
                Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                    "Worksheet" if left == 0 => break,
                    "Worksheet" => left -= 1,
                    "Style" => style = attribute(&start, "ID").unwrap_or_default(),
                    "NumberFormat" if formats.len() < STYLES_MOST => {
                        let code = attribute(&start, "Format").unwrap_or_default();
                        formats.insert(style.clone(), named_format(&code));
                    }
                    _ => {}
                },
                Event::Eof => return Err(markup.broken(format_args!("sheet {}", at + 1))),
                _ => {}
            }
        }
        Ok(Self { markup, formats, last: 0, done: false })
    }

    fn cells(&mut self, row: &mut SheetRow) -> Result<(), Kind> {
        let mut column = 0;
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) if start.local_name().as_ref() == "Cell" => {
                    let cell = Cell::begin(start, column, &self.formats);
                    let cell = self.cell(cell)?;
                    column = cell.put(row)?;
                }
                Event::Empty(start) if start.local_name().as_ref() == "Cell" => {
                    column = Cell::begin(start, column, &self.formats).put(row)?;
                }
                Event::End(end) if end.local_name().as_ref() == "Row" => return Ok(()),
                Event::Eof => return Err(self.markup.broken(format_args!("ends within row {}", row.number))),
                _ => {}
            }
        }
    }

    fn cell(&mut self, mut cell: Cell) -> Result<Cell, Kind> {
        let mut inside = false;
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) if start.local_name().as_ref() == "Data" => {
                    cell.kind = attribute(start, "Type").unwrap_or_default();
                    inside = true;
                }
                Event::End(end) => match end.local_name().as_ref() {
                    "Data" => inside = false,
                    "Cell" => return Ok(cell),
                    _ => {}
                },
                Event::Eof => return Err(self.markup.broken("ends within a cell")),
                text if inside => add_text(text, &mut cell.text),
                _ => {}
            }
        }
    }
}

/// A format by its code or by one of the names that only this kind of file has.
fn named_format(code: &str) -> Format {
    match code {
        "Fixed" | "Standard" | "Currency" | "Euro Currency" => Format::Decimals(2),
        "General" | "General Number" | "Percent" | "Scientific" | "Yes/No" | "True/False" | "On/Off" => Format::General,
        name if name.ends_with("Date") || name.ends_with("Time") => Format::Day,
        code => Format::of_code(code),
    }
}

impl Cell {
    fn begin(start: &BytesStart<'_>, next: usize, formats: &BTreeMap<String, Format>) -> Self {
        let whole = |name: &str| number(start, name).and_then(|count| usize::try_from(count).ok());
        let style = attribute(start, "StyleID");
        Self {
            column: whole("Index").and_then(|index| index.checked_sub(1)).unwrap_or(next),
            across: whole("MergeAcross").unwrap_or(0),
            format: style.and_then(|style| formats.get(&style).copied()).unwrap_or_default(),
            formula: attribute(start, "Formula").is_some(),
            kind: String::new(),
            text: String::new(),
        }
    }

    /// Puts the cell into its row; gives the next column.
    fn put(&self, row: &mut SheetRow) -> Result<usize, Kind> {
        let text = self.text.trim();
        match self.kind.as_str() {
            "Number" => {
                if self.formula && is_uncalculated(text) {
                    row.uncalculated.push(self.column);
                }
                row.put(self.column, &shown(text, self.format, false))?;
            }
            "DateTime" => row.put(self.column, &day_shown(text))?,
            _ if self.text.is_empty() => {}
            _ => row.put(self.column, &self.text)?,
        }
        Ok(self.column.saturating_add(1).saturating_add(self.across))
    }
}

impl Sheet for Xml2003Sheet {
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        if self.done {
            return Ok(false);
        }
        let Some((start, empty)) = self.markup.next_row("Row", "Worksheet")? else {
            self.done = true;
            return Ok(false);
        };
        self.last = number(&start, "Index").unwrap_or(self.last + 1);
        if self.last > ROWS_MOST {
            return Err(self.markup.broken(format_args!("row {}", self.last)));
        }
        row.begin(self.last, attribute(&start, "Hidden").is_some_and(|hidden| hidden == "1"));
        // A row with a span stands for several empty ones.
        self.last = self.last.saturating_add(number(&start, "Span").unwrap_or(0));
        if !empty {
            self.cells(row)?;
        }
        Ok(true)
    }
}

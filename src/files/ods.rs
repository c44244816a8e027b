//! Sheets of .ods workbooks, row by row (OpenDocument 1.2, part 1, 9).
//!
//! A cell is what it shows: a number to the decimals of the text beside it, a day as a day. Cells and rows that are
//! repeated are given as often, but for empty ones, which fill every sheet to its end. Tables within drawings are
//! none of the sheets.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use quick_xml::events::{BytesStart, Event};

use super::container::SheetName;
use super::number_format::{Format, day_shown, is_uncalculated, shown};
use super::sheet::{COLUMNS_MOST, ROWS_MOST, Sheet, SheetRow};
use super::xlsx::package::{Package, PartReader};
use super::xml::{Markup, add_text, attribute, number};
use crate::facts::Kind;

const CONTENT: &str = "content.xml";

/// The names of the sheets.
pub(crate) fn sheets(package: &Package) -> Result<Vec<SheetName>, Kind> {
    let mut markup = Markup::new(package.read(CONTENT)?, CONTENT);
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    loop {
        let event = markup.next()?;
        let (start, empty) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(end) if end.local_name().as_ref() == "table" => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::Eof => return Ok(found),
            _ => continue,
        };
        if start.local_name().as_ref() == "table" {
            // A table within a table is part of a drawing.
            if depth == 0 {
                found.push(SheetName { name: attribute(start, "name").unwrap_or_default(), hidden: false });
            }
            depth += usize::from(!empty);
        }
    }
}

/// A sheet being read.
pub(crate) struct OdsSheet {
    markup: Markup<PartReader>,
    last: u64,
    /// How often the row that was read last is to be given once more.
    again: u64,
    repeated: SheetRow,
    done: bool,
}

/// A cell while it is read.
struct Cell {
    repeated: usize,
    kind: String,
    value: Option<String>,
    formula: bool,
    text: String,
}

impl OdsSheet {
    /// Opens a sheet by its place.
    pub fn open(package: &Package, at: usize) -> Result<Self, Kind> {
        let mut markup = Markup::new(package.read(CONTENT)?, CONTENT);
        let (mut left, mut depth) = (at, 0_usize);
        loop {
            let event = markup.next()?;
            match &event {
                Event::Start(start) if start.local_name().as_ref() == "table" => {
                    if depth == 0 && left == 0 {
                        break;
                    }
                    left -= usize::from(depth == 0 && left > 0);
                    depth += 1;
                }
                Event::Empty(start) if start.local_name().as_ref() == "table" && depth == 0 => {
                    left = left.saturating_sub(1);
                }
                Event::End(end) if end.local_name().as_ref() == "table" => depth = depth.saturating_sub(1),
                Event::Eof => return Err(markup.broken(format_args!("sheet {}", at + 1))),
                _ => {}
            }
        }
        Ok(Self { markup, last: 0, again: 0, repeated: SheetRow::default(), done: false })
    }

    /// Reads the cells of a row that has begun.
    fn cells(&mut self, row: &mut SheetRow) -> Result<(), Kind> {
        let mut column = 0_usize;
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) if is_cell(start) => {
                    let cell = Cell::begin(start);
                    let cell = self.cell(cell)?;
                    column = cell.put(column, row)?;
                }
                Event::Empty(start) if is_cell(start) => column = Cell::begin(start).put(column, row)?,
                Event::End(end) if end.local_name().as_ref() == "table-row" => return Ok(()),
                Event::Eof => return Err(self.markup.broken(format_args!("ends within row {}", row.number))),
                _ => {}
            }
        }
    }

    /// Reads what stands in a cell.
    fn cell(&mut self, mut cell: Cell) -> Result<Cell, Kind> {
        let (mut inside, mut note) = (0_usize, false);
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "annotation" => note = true,
                    "p" if !note => {
                        if !cell.text.is_empty() {
                            cell.text.push('\n');
                        }
                        inside += 1;
                    }
                    _ => {}
                },
                Event::Empty(start) if inside > 0 && !note => match start.local_name().as_ref() {
                    "s" => {
                        let blanks = usize::try_from(number(start, "c").unwrap_or(1)).unwrap_or(1);
                        cell.text.extend(std::iter::repeat_n(' ', blanks.min(COLUMNS_MOST)));
                    }
                    "tab" => cell.text.push('\t'),
                    "line-break" => cell.text.push('\n'),
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "annotation" => note = false,
                    "p" if !note => inside = inside.saturating_sub(1),
                    "table-cell" | "covered-table-cell" => return Ok(cell),
                    _ => {}
                },
                Event::Eof => return Err(self.markup.broken("ends within a cell")),
                text if inside > 0 && !note => add_text(text, &mut cell.text),
                _ => {}
            }
        }
    }
}

fn is_cell(start: &BytesStart<'_>) -> bool {
    matches!(start.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

impl Cell {
    fn begin(start: &BytesStart<'_>) -> Self {
        let text = |name: &str| attribute(start, name);
        let repeated = number(start, "number-columns-repeated").unwrap_or(1).clamp(1, 1 << 20);
        Self {
            repeated: usize::try_from(repeated).unwrap_or(1),
            kind: text("value-type").unwrap_or_default(),
            value: ["value", "date-value", "boolean-value"].into_iter().find_map(text),
            formula: text("formula").is_some(),
            text: String::new(),
        }
    }

    /// What the cell shows; a number to the decimals that are shown.
    fn shown(&self) -> String {
        match (self.kind.as_str(), &self.value) {
            ("float" | "currency", Some(value)) => {
                let decimals = self.text.rsplit_once('.').map(|(_, after)| after);
                let count = |after: &str| after.bytes().take_while(u8::is_ascii_digit).count();
                let decimals = decimals.and_then(|after| u32::try_from(count(after)).ok());
                let format = decimals.map_or(Format::General, Format::Decimals);
                shown(value, format, false).into_owned()
            }
            ("date", Some(day)) => day_shown(day),
            _ => self.text.clone(),
        }
    }

    /// Puts the cell into its row, as often as it is repeated; gives the next column.
    fn put(&self, column: usize, row: &mut SheetRow) -> Result<usize, Kind> {
        let next = column.saturating_add(self.repeated);
        let shown = self.shown();
        if shown.is_empty() {
            return Ok(next);
        }
        if next > COLUMNS_MOST {
            return Err(Kind::TooManyColumns { found: next, most: COLUMNS_MOST });
        }
        let numeric = matches!(self.kind.as_str(), "float" | "currency");
        let zero = self.value.as_deref().is_none_or(is_uncalculated);
        for column in column..next {
            if self.formula && numeric && zero {
                row.uncalculated.push(column);
            }
            row.put(column, &shown)?;
        }
        Ok(next)
    }
}

impl Sheet for OdsSheet {
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        if self.again > 0 {
            self.again -= 1;
            self.last += 1;
            row.clone_from(&self.repeated);
            row.number = self.last;
            return Ok(true);
        }
        while !self.done {
            let Some((start, empty)) = self.markup.next_row("table-row", "table")? else {
                self.done = true;
                break;
            };
            let repeated = number(&start, "number-rows-repeated").unwrap_or(1).max(1);
            let hidden = attribute(&start, "visibility").is_some_and(|shown| shown != "visible");
            row.begin(self.last + 1, hidden);
            if !empty {
                self.cells(row)?;
            }
            if row.next_column() == 0 {
                // Empty rows at the end fill the sheet; they are passed over.
                self.last = self.last.saturating_add(repeated);
                continue;
            }
            self.last += 1;
            self.again = repeated - 1;
            if self.last.saturating_add(self.again) > ROWS_MOST {
                return Err(self.markup.broken(format_args!("row {}", self.last)));
            }
            if self.again > 0 {
                self.repeated.clone_from(row);
            }
            return Ok(true);
        }
        Ok(false)
    }
}

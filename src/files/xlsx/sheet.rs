//! Sheets of .xlsx workbooks, row by row.
//!
//! A cell is the text that it shows: shared and inline strings, numbers in their format, days as days.
//! A formula is what it came to when it was last calculated; one that never was is marked.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::package::{Package, PartReader};
use super::workbook::{Parts, is_true, plain};
use crate::facts::Kind;
use crate::files::number_format::{Format, is_uncalculated, shown};
use crate::files::sheet::{ROWS_MOST, Sheet, SheetRow};
use crate::files::xml::{Markup, add_text, attribute, number};

/// The element that the rows stand in.
const ROWS: &str = "sheetData";

/// A sheet being read.
pub(crate) struct XlsxSheet {
    markup: Markup<PartReader>,
    parts: Arc<Parts>,
    last: u64,
    cell: Cell,
    done: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    column: usize,
    style: usize,
    kind: Type,
    formula: bool,
    value: String,
}

/// What the value of a cell is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Type {
    #[default]
    Number,
    /// The number of a shared text.
    Shared,
    /// A text, an error, a day as text.
    Text,
    Boolean,
}

/// Which part of a cell is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    /// A reading aid above a text; no part of it.
    Aid,
}

impl XlsxSheet {
    pub fn open(package: &Package, path: &str, parts: &Arc<Parts>) -> Result<Self, Kind> {
        let mut markup = Markup::new(package.read(path)?, path);
        let done = loop {
            match markup.next()? {
                Event::Start(start) if start.local_name().as_ref() == ROWS => break false,
                Event::Empty(start) if start.local_name().as_ref() == ROWS => break true,
                Event::Eof => return Err(markup.broken("ends early")),
                _ => {}
            }
        };
        Ok(Self { markup, parts: Arc::clone(parts), last: 0, cell: Cell::default(), done })
    }

    /// Reads the cells of a row that has begun.
    fn cells(&mut self, row: &mut SheetRow) -> Result<(), Kind> {
        let mut inside = Inside::Nothing;
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "c" => self.cell.begin(start, row)?,
                    "v" | "t" if inside != Inside::Aid => inside = Inside::Value,
                    "f" => (self.cell.formula, inside) = (true, Inside::Formula),
                    "rPh" => inside = Inside::Aid,
                    _ => {}
                },
                Event::Empty(start) if start.local_name().as_ref() == "f" => self.cell.formula = true,
                Event::End(end) => match end.local_name().as_ref() {
                    "row" => return Ok(()),
                    "c" => {
                        inside = Inside::Nothing;
                        self.cell.end(&self.parts, row)?;
                    }
                    "v" | "t" | "f" if inside != Inside::Aid => inside = Inside::Nothing,
                    "rPh" => inside = Inside::Nothing,
                    _ => {}
                },
                Event::Eof => return Err(self.markup.broken(format_args!("ends within row {}", row.number))),
                text if inside == Inside::Value => add_text(text, &mut self.cell.value),
                _ => {}
            }
        }
    }
}

impl Sheet for XlsxSheet {
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        if self.done {
            return Ok(false);
        }
        let Some((start, empty)) = self.markup.next_row("row", ROWS)? else {
            self.done = true;
            return Ok(false);
        };
        self.last = number(&start, "r").unwrap_or(self.last + 1);
        if self.last > ROWS_MOST {
            return Err(Kind::BrokenWorkbook { what: format!("row {}", self.last) });
        }
        row.begin(self.last, is_true(attribute(&start, "hidden")));
        if !empty {
            self.cells(row)?;
        }
        Ok(true)
    }
}

impl Cell {
    fn begin(&mut self, start: &BytesStart<'_>, row: &SheetRow) -> Result<(), Kind> {
        (self.column, self.style, self.kind, self.formula) = (row.next_column(), 0, Type::Number, false);
        self.value.clear();
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => {
                    self.column = column(&attribute.value).ok_or_else(|| Kind::BrokenWorkbook {
                        what: format!("row {}: cell {}", row.number, attribute.value),
                    })?;
                }
                "s" => self.style = attribute.value.parse().unwrap_or(0),
                "t" => {
                    self.kind = match attribute.value.as_ref() {
                        "s" => Type::Shared,
                        "b" => Type::Boolean,
                        "n" => Type::Number,
                        _ => Type::Text,
                    };
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn end(&mut self, parts: &Parts, row: &mut SheetRow) -> Result<(), Kind> {
        match self.kind {
            Type::Shared => {
                let text = self.value.trim().parse().ok().and_then(|at| parts.texts.get(at));
                let what = || Kind::BrokenWorkbook { what: format!("row {}: text {}", row.number, self.value) };
                let text = text.ok_or_else(what)?;
                return row.put(self.column, text);
            }
            Type::Text => return row.put(self.column, &plain(&self.value)),
            Type::Boolean => return row.put(self.column, if self.value == "1" { "TRUE" } else { "FALSE" }),
            Type::Number => {}
        }
        let value = self.value.trim();
        if self.formula && is_uncalculated(value) {
            row.uncalculated.push(self.column);
        }
        if value.is_empty() {
            return Ok(());
        }
        let format = parts.formats.get(self.style).copied().unwrap_or(Format::General);
        row.put(self.column, &shown(value, format, parts.from_1904))
    }
}

/// The column of a reference such as `AB12`, from 0.
pub(crate) fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0, |column: usize, letter| {
        column.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_escapes_are_read() {
        assert_eq!(
            ["A1", "z9", "AA1", "XFD1048576", "7"].map(column),
            [Some(0), Some(25), Some(26), Some(16383), None]
        );
        for (text, expected) in
            [("a", "a"), ("a_x000D_\nb", "a\r\nb"), ("_xyz_", "_xyz_"), ("_x005F_x000D_", "_x000D_")]
        {
            assert_eq!(plain(text), expected);
        }
    }
}

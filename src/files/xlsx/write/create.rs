//! A sheet made anew of lines of CSV: the headings stay in sight, the columns are as wide as what stands
//! in them.

use std::borrow::Cow;

use super::amend::{added_columns, frozen};
use super::archive::Archive;
use super::cells::{Cell, Names, is_amount, width, write_number};
use super::parts::{HEAD, MAIN, RELATIONS};
use super::styles::{Look, Styles};
use crate::facts::{Kind, Outcome};
use crate::files::Content;
use crate::files::sheet::ROWS_MOST;

/// The lines by which the widths of the columns are told.
const BEGINNING: u64 = 200;
/// The narrowest and the widest column.
const WIDTHS: (usize, usize) = (9, 60);

/// A sheet being made.
pub(crate) struct FreshSheet {
    /// The line of the headings.
    heading_row: u64,
    /// What the first columns hold; the others are added ones.
    contents: Vec<Content>,
    /// The statuses of rows in which something is wrong.
    wrong: &'static [&'static str],
    names: Names,
    widths: Vec<usize>,
    /// How many lines were written.
    pub lines: u64,
    begun: bool,
    out: Vec<u8>,
}

impl FreshSheet {
    pub fn new(heading_row: u64, contents: Vec<Content>, wrong: &'static [&'static str]) -> Self {
        Self {
            heading_row,
            contents,
            wrong,
            names: Names::new(0),
            widths: Vec::new(),
            lines: 0,
            begun: false,
            out: Vec::new(),
        }
    }

    /// Writes a line; `marked` are its wrong cells.
    pub fn line(&mut self, cells: &[Cow<'_, str>], marked: &[usize], styles: &Styles) -> Outcome<()> {
        self.lines += 1;
        if self.lines > ROWS_MOST {
            return Err(Kind::TooManyRows { most: ROWS_MOST }.into());
        }
        if self.widths.len() < cells.len() {
            self.names = Names::new(cells.len());
            self.widths.resize(cells.len(), WIDTHS.0);
        }
        let row = self.lines;
        self.out.extend_from_slice(b"<row r=\"");
        write_number(row, &mut self.out);
        self.out.extend_from_slice(b"\">");
        for (at, text) in cells.iter().enumerate() {
            if text.is_empty() {
                continue;
            }
            if !self.begun && row >= self.heading_row {
                self.widths[at] = self.widths[at].max((width(text) + 2).min(WIDTHS.1));
            }
            let column = self.names.get(at);
            let cell = |style| Cell { column, row, style, prefix: "" };
            if row <= self.heading_row {
                let look = if row == self.heading_row { styles.look(Look::Heading) } else { 0 };
                cell(look).text(text, &mut self.out)?;
                continue;
            }
            let look = match self.contents.get(at) {
                Some(Content::Decimal) => has_decimals(text).then(|| styles.look(Look::Amount)),
                Some(Content::Amount) => Some(styles.look(Look::Amount)),
                Some(Content::Number) => Some(0),
                Some(Content::Text | Content::Truth | Content::Status) | None => None,
            };
            let bad = self.contents.get(at) == Some(&Content::Status) && self.wrong.contains(&text.as_ref());
            let wrong = marked.contains(&at) || bad;
            // Thousands marks are shown by the format.
            let digits = if text.contains(',') { ungrouped(text) } else { None };
            let digits = digits.as_deref().unwrap_or(text);
            if let Some(style) = look.filter(|_| is_amount(digits.as_bytes())) {
                let style = if wrong { styles.look(Look::WrongAmount) } else { style };
                cell(style).number(digits.as_bytes(), &mut self.out);
            } else {
                let look = if wrong { Look::Wrong } else { Look::Text };
                cell(styles.look(look)).text(text, &mut self.out)?;
            }
        }
        self.out.extend_from_slice(b"</row>");
        Ok(())
    }

    /// Hands on what is written so far, once the widths are known.
    pub fn drain(&mut self, archive: &mut Archive, last: bool) -> Outcome<()> {
        if !self.begun && (last || self.lines >= BEGINNING) {
            self.begun = true;
            let mut head = format!(
                "{HEAD}<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">{}</sheetView></sheetViews>",
                frozen("", self.heading_row)
            )
            .into_bytes();
            if !self.widths.is_empty() {
                head.extend_from_slice(b"<cols>");
                added_columns("", 0, &self.widths, &mut head);
                head.extend_from_slice(b"</cols>");
            }
            head.extend_from_slice(b"<sheetData>");
            archive.write(&head)?;
        }
        if self.begun {
            archive.write(&self.out)?;
            self.out.clear();
        }
        Ok(())
    }

    /// Ends the sheet; `comments` is the name that its comments' drawing goes by.
    pub fn finish(&mut self, comments: Option<&str>, archive: &mut Archive) -> Outcome<()> {
        self.drain(archive, true)?;
        archive.write(b"</sheetData>")?;
        if let Some(id) = comments {
            archive.write(format!("<legacyDrawing r:id=\"{id}\"/>").as_bytes())?;
        }
        archive.write(b"</worksheet>")
    }
}

/// An amount without its thousands marks, if they stand where they belong.
fn ungrouped(text: &str) -> Option<String> {
    let whole = text.strip_prefix('-').unwrap_or(text).split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let right = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    right.then(|| text.replace(',', ""))
}

/// Whether a number has the decimals of an amount.
fn has_decimals(text: &str) -> bool {
    text.len() > 3 && text.as_bytes()[text.len() - 3] == b'.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_no_more_rows_than_a_spreadsheet() {
        let styles = Styles::amend(crate::files::xlsx::write::styles::PLAIN.as_bytes()).unwrap().unwrap();
        let mut sheet = FreshSheet::new(1, Vec::new(), &[]);
        sheet.lines = ROWS_MOST - 1;
        assert!(sheet.line(&["a".into()], &[], &styles).is_ok());
        let fault = sheet.line(&["a".into()], &[], &styles).unwrap_err();
        assert_eq!(fault.0[0].kind.code(), "too-many-rows");
    }

    #[test]
    fn thousands_marks_are_taken_off_where_they_belong() {
        for (text, expected) in [
            ("30,000.00", Some("30000.00")),
            ("-1,234,567", Some("-1234567")),
            ("1,00", None),
            ("1234,567", None),
            (",100", None),
        ] {
            assert_eq!(ungrouped(text).as_deref(), expected, "{text}");
        }
    }
}

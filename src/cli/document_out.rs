//! The rows of a calculator as one document: JSON, Markdown, or the first of them as a table for the terminal.
//!
//! The lines of each block are turned into objects or rows as they come, so memory does not grow with the file.
//! What is known only at the end (counts, sums, notes) comes last; in JSON it follows `results`, which changes
//! nothing for its readers: the keys of an object have no order.

use std::borrow::Cow;

use super::outlet::Sink;
use super::rows_out::RowColumns;
use crate::facts::Outcome;
use crate::files::{LineForm, Lines};
use crate::render::results::{FileEnding, Opening};
use crate::render::words::Label;
use crate::render::{
    Align, Cell, Column, Format, JsonRows, Page, Report, RowLayout, Speaker, Table, cell_text, json_text,
    markdown_headings, markdown_row,
};

/// How many rows a terminal is shown.
const SHOWN: usize = 20;

/// A document being written.
pub(super) struct DocumentOut {
    target: Sink,
    /// The lines above the headings still to come.
    above: usize,
    columns: RowColumns,
    shape: Shape,
    headings: Vec<String>,
    /// How many rows came.
    rows: u64,
}

/// What the rows become.
pub(super) enum Shape {
    /// Objects, in the frame of a result.
    Json {
        /// The keys that begin the document.
        opening: Opening,
        /// How rows are written, once the headings are known.
        rows: Option<JsonRows>,
    },
    /// Rows of a table.
    Markdown,
    /// The first rows, held until the sums are known.
    Table(Vec<Vec<Cell>>),
}

impl Shape {
    /// The shape that a format asks for; `None` for CSV, whose rows go out as they are.
    pub fn of(format: Format, opening: impl FnOnce() -> Opening) -> Option<Self> {
        match format {
            Format::Json => Some(Self::Json { opening: opening(), rows: None }),
            Format::Markdown => Some(Self::Markdown),
            Format::Table => Some(Self::Table(Vec::new())),
            Format::Csv => None,
        }
    }
}

/// What is known once all rows are written.
pub(super) struct Ending {
    /// The keys that follow `results`.
    pub json: FileEnding,
    /// The sum of the column `total`.
    pub total: i128,
}

impl DocumentOut {
    /// An empty document; so many lines come before the headings, and this is what the columns hold.
    pub fn new(shape: Shape, target: Sink, (above, columns): (usize, RowColumns)) -> Self {
        Self { target, above, columns, shape, headings: Vec::new(), rows: 0 }
    }

    /// Ends the document.
    pub fn finish(mut self, ending: Ending, speaker: Speaker<'_>) -> Outcome<()> {
        let text = match self.shape {
            Shape::Json { .. } => {
                let (keys, end) = (json_text(&ending.json), if self.rows == 0 { "" } else { "\n  " });
                format!("{end}],{}\n", keys.trim_start_matches('{'))
            }
            Shape::Markdown => "\n".to_owned(),
            Shape::Table(rows) => {
                let page = first_rows(&self.headings, rows, (self.rows, ending.total), speaker);
                Format::Table.render(&Report { json: String::new(), page })
            }
        };
        self.target.write(text.as_bytes())?;
        self.target.finish()
    }

    /// The row of headings.
    fn begin(&mut self, headings: &[Cow<'_, str>], out: &mut Vec<u8>) {
        self.headings = headings.iter().map(|heading| heading.clone().into_owned()).collect();
        match &mut self.shape {
            Shape::Json { opening, rows } => {
                out.extend_from_slice(json_text(opening).trim_end_matches("\n}").as_bytes());
                out.extend_from_slice(b",\n  \"results\": [");
                *rows = Some(self.columns.json_rows(self.headings.iter().cloned(), RowLayout::Listed));
            }
            Shape::Markdown => {
                let headings = self.headings.iter().map(|heading| (heading.as_str(), Align::Left));
                out.extend_from_slice(markdown_headings(headings).as_bytes());
            }
            Shape::Table(_) => {}
        }
    }

    /// One row; what is longer than the headings is cut off.
    fn row(&mut self, cells: &[Cow<'_, str>], out: &mut Vec<u8>) {
        let seen = || cells.iter().take(self.headings.len()).map(Cow::as_ref);
        match &mut self.shape {
            Shape::Json { rows, .. } => {
                out.extend_from_slice(if self.rows == 0 { b"\n    " } else { b",\n    " });
                if let Some(rows) = rows {
                    rows.write(cells, out);
                }
            }
            Shape::Markdown => out.extend_from_slice(markdown_row(seen()).as_bytes()),
            Shape::Table(rows) => {
                if rows.len() < SHOWN {
                    rows.push(seen().map(Cell::text).collect());
                }
            }
        }
        self.rows += 1;
    }
}

impl crate::files::Sink for DocumentOut {
    fn form(&self) -> LineForm {
        LineForm::Cells
    }

    fn put(&mut self, lines: &Lines) -> Outcome<bool> {
        let mut out = Vec::new();
        lines.each_row(|cells| {
            if self.above > 0 {
                self.above -= 1;
            } else if self.headings.is_empty() {
                self.begin(cells, &mut out);
            } else {
                self.row(cells, &mut out);
            }
        });
        self.target.write(&out)
    }
}

/// The first rows over the sum of all, and how to get the others.
fn first_rows(headings: &[String], shown: Vec<Vec<Cell>>, (rows, total): (u64, i128), speaker: Speaker<'_>) -> Page {
    let left_out = u64::try_from(shown.len()).is_ok_and(|shown| shown < rows);
    let mut footer = Vec::new();
    if left_out {
        footer.push(headings.iter().map(|_| Cell::text("…")).collect());
    }
    // The calculator's own column stands after those of the file.
    if let Some(column) = headings.iter().rposition(|heading| heading == "total") {
        let cell = |at: usize| match at {
            at if at == column => Cell::text(cell_text(&Cell::Sum(total))),
            0 => Cell::text(speaker.label(Label::Total)),
            _ => Cell::Empty,
        };
        footer.push((0..headings.len()).map(cell).collect());
    }
    let remarks = if left_out { vec![speaker.first_rows(shown.len(), rows)] } else { Vec::new() };
    let columns = headings.iter().map(|heading| Column::left(heading, heading)).collect();
    Page { tables: vec![Table { columns, rows: shown, footer }], remarks, ..Page::default() }
}

//! The rows of a calculator as one document: JSON, Markdown, or the first of them as a table for the terminal.
//!
//! The lines of each block are turned into objects or rows as they come, so memory does not grow with the file.
//! What is known only at the end (counts, sums, notes) comes last; in JSON it follows `results`, which changes
//! nothing for its readers: the keys of an object have no order.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::outlet::Sink;
use super::rows_out::each_once;
use crate::facts::Outcome;
use crate::files::each_row;
use crate::render::words::Label;
use crate::render::{
    Align, Cell, Column, Format, Page, Report, Speaker, Table, cell_text, markdown_headings, markdown_row,
};

/// How many rows a terminal is shown.
const SHOWN: usize = 20;

/// A document being written.
pub(super) struct DocumentOut {
    target: Sink,
    /// The lines above the headings still to come.
    above: usize,
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
        opening: Map<String, Json>,
        /// What stands before the value of each column: its indented key.
        keys: Vec<Vec<u8>>,
    },
    /// Rows of a table.
    Markdown,
    /// The first rows, held until the sums are known.
    Table(Vec<Vec<Cell>>),
}

impl Shape {
    /// The shape that a format asks for; `None` for CSV, whose rows go out as they are.
    pub fn of(format: Format, opening: impl FnOnce() -> Map<String, Json>) -> Option<Self> {
        match format {
            Format::Json => Some(Self::Json { opening: opening(), keys: Vec::new() }),
            Format::Markdown => Some(Self::Markdown),
            Format::Table => Some(Self::Table(Vec::new())),
            Format::Csv => None,
        }
    }
}

/// What is known once all rows are written.
pub(super) struct Ending {
    /// The keys that follow `results`.
    pub json: Map<String, Json>,
    /// The sum of the column `total`.
    pub total: i128,
}

impl DocumentOut {
    /// An empty document; so many lines come before the headings.
    pub fn new(shape: Shape, target: Sink, above: usize) -> Self {
        Self { target, above, shape, headings: Vec::new(), rows: 0 }
    }

    /// Ends the document.
    pub fn finish(mut self, ending: Ending, speaker: Speaker<'_>) -> Outcome<()> {
        let text = match self.shape {
            Shape::Json { .. } => {
                let (keys, end) =
                    (format!("{:#}", Json::Object(ending.json)), if self.rows == 0 { "" } else { "\n  " });
                format!("{end}],{}\n", keys.trim_start_matches('{'))
            }
            Shape::Markdown => "\n".to_owned(),
            Shape::Table(rows) => {
                let page = first_rows(&self.headings, rows, (self.rows, ending.total), speaker);
                Format::Table.render(&Report { json: Json::Null, page })
            }
        };
        self.target.write(text.as_bytes())?;
        self.target.finish()
    }

    /// The row of headings.
    fn begin(&mut self, headings: &[Cow<'_, str>], out: &mut Vec<u8>) {
        self.headings = headings.iter().map(|heading| heading.clone().into_owned()).collect();
        match &mut self.shape {
            Shape::Json { opening, keys } => {
                let opening = format!("{:#}", Json::Object(std::mem::take(opening)));
                out.extend_from_slice(opening.trim_end_matches("\n}").as_bytes());
                out.extend_from_slice(b",\n  \"results\": [");
                let key = |heading: String| format!("\n      {}: ", Json::String(heading)).into_bytes();
                *keys = each_once(self.headings.iter().cloned()).into_iter().map(key).collect();
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
        let cells = cells.iter().take(self.headings.len()).map(Cow::as_ref);
        match &mut self.shape {
            Shape::Json { keys, .. } => {
                out.extend_from_slice(if self.rows == 0 { b"\n    {" } else { b",\n    {" });
                for (at, (key, text)) in keys.iter().zip(cells).enumerate() {
                    out.extend_from_slice(if at == 0 { b"" } else { b"," });
                    out.extend_from_slice(key);
                    if text.is_empty() {
                        out.extend_from_slice(b"null");
                    } else {
                        // Writing into memory cannot fail.
                        let _ = serde_json::to_writer(&mut *out, text);
                    }
                }
                out.extend_from_slice(b"\n    }");
            }
            Shape::Markdown => out.extend_from_slice(markdown_row(cells).as_bytes()),
            Shape::Table(rows) => {
                if rows.len() < SHOWN {
                    rows.push(cells.map(Cell::text).collect());
                }
            }
        }
        self.rows += 1;
    }
}

impl crate::files::Sink for DocumentOut {
    fn put(&mut self, bytes: &[u8]) -> Outcome<bool> {
        let mut out = Vec::new();
        each_row(bytes, |cells| {
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

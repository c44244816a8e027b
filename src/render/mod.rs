//! Results into bytes: terminal table, JSON, CSV, Markdown; faults into messages; words in two languages.
//!
//! A command makes a [`Report`]: JSON for programs, from one of the [`results`], and a [`Page`] for people and sheets.
//! Each [`Format`] is one file; adding one is that file and one line in [`Format::ALL`].

mod csv;
mod diagnostic;
mod json;
mod markdown;
mod page;
pub mod results;
mod table;
pub mod words;

pub use csv::csv_cell;
pub use diagnostic::{Look, faults_text};
pub use json::{JsonRows, RowLayout, json_text};
pub use markdown::{markdown_headings, markdown_row};
pub use page::{Align, Cell, Column, Page, Report, Table, cell_text, grouped};
pub use words::Speaker;

/// The formats of a single result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For sheets: the main table under code headings.
    Csv,
    /// For documents.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Table, Self::Json, Self::Csv, Self::Markdown];

    /// The word used with `--format`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
        }
    }

    /// The report in this format.
    #[must_use]
    pub fn render(self, report: &Report) -> String {
        match self {
            Self::Table => table::render(&report.page),
            Self::Json => format!("{}\n", report.json),
            Self::Csv => csv::render(&report.page),
            Self::Markdown => markdown::render(&report.page),
        }
    }
}

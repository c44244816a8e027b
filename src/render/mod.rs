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

    /// The report in this format, with a line feed at its end. JSON takes the text that the report has; the others show
    /// its page, and CSV only the first table of it.
    ///
    /// ```
    /// use shebao::render::{Cell, Column, Format, Page, Report, Table};
    /// use shebao::units::Money;
    /// let columns = vec![Column::left("side", "Side"), Column::right("amount", "Amount")];
    /// let rows = vec![vec![Cell::named("employer", "Employer"), Cell::Money(Money::from_fen(1_634_575))]];
    /// let tables = vec![Table { columns, rows, footer: Vec::new() }];
    /// let report = Report { json: "{}".to_owned(), page: Page { tables, ..Page::default() } };
    /// assert_eq!(Format::Csv.render(&report), "side,amount\nemployer,16345.75\n");
    /// assert!(Format::Markdown.render(&report).contains("| Employer | 16,345.75 |"));
    /// ```
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

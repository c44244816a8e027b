//! Rows going out in the form that the name of the result asks for: CSV, JSON lines, or a workbook.
//!
//! It is a [`files::Sink`](crate::files::Sink): lines come block by block in the order of the file and are encoded as they
//! come. Where the result is the workbook that was read, columns are added to its sheet, with notes on wrong cells.
//! Documents (`--format json` and so on) are written by `document_out`.

use std::borrow::Cow;
use std::fs::File;

use super::files::{Filing, Opened};
use super::outlet::Sink;
use crate::batch::{AddedColumn, RowStatus};
use crate::facts::Outcome;
use crate::files::{
    CellNote, Content, Encoding, LineForm, Lines, SummarySheet, SummaryTable, SummaryValue, WorkbookPlan, WorkbookSink,
};
use crate::payroll::{Columns, Meaning};
use crate::render::words::BookWord;
use crate::render::{Cell, JsonRows, Page, RowLayout, Speaker, Table, cell_text};

/// What is known of a result before its first row.
pub(super) struct Form<'a> {
    /// How files are worked.
    pub filing: &'a Filing,
    /// The files that went in.
    pub inputs: &'a [String],
    /// The added columns, `status` and what follows it among them.
    pub added: Vec<AddedColumn>,
    /// Only rows that are not in order.
    pub only_mismatches: bool,
    /// In which language.
    pub speaker: Speaker<'a>,
}

impl Form<'_> {
    /// What the columns of the result hold.
    pub fn row_columns(&self) -> RowColumns {
        let first = match (self.filing.result_only(), self.inputs.len() > 1) {
            (true, true) => vec![Content::Text, Content::Number],
            (true, false) => vec![Content::Number],
            (false, _) => Vec::new(),
        };
        RowColumns { first, added: self.added.iter().map(|column| column.content).collect() }
    }

    fn codes(&self) -> Vec<String> {
        self.added.iter().map(|column| column.code.clone()).collect()
    }
}

/// What the columns of a result hold: `file` and `row` before all others, and those that were added after them.
pub(super) struct RowColumns {
    first: Vec<Content>,
    added: Vec<Content>,
}

impl RowColumns {
    /// Rows as JSON objects under these names.
    pub fn json_rows(&self, names: impl Iterator<Item = String>, layout: RowLayout) -> JsonRows {
        JsonRows::new(names, (&self.first, &self.added), layout)
    }
}

/// Where rows go.
pub(super) enum RowsOut {
    /// As they come.
    Plain(Sink),
    /// A JSON object each.
    Lines(JsonLines),
    /// Into a workbook.
    Book {
        /// The workbook.
        book: Box<WorkbookSink>,
        /// What it appears in when it is whole.
        target: Sink,
        /// Whether the sheet is the user's own.
        own: bool,
    },
}

impl RowsOut {
    /// Opens what the rows go to; files that become something else than CSV are read as UTF-8.
    pub fn open(form: &Form<'_>, files: &mut [Opened]) -> Outcome<Self> {
        let filing = form.filing;
        let named = |ending: &str| filing.output().is_some_and(|path| path.to_ascii_lowercase().ends_with(ending));
        let (book, lines) = (named(".xlsx"), named(".jsonl"));
        let encoding = files.first().map_or(Encoding::Utf8, |file| file.table.headings.encoding);
        if !book && !lines {
            return Ok(Self::Plain(Sink::open("--output", filing.output(), form.inputs, encoding)?));
        }
        let above = as_utf8(filing, files);
        let target = Sink::open("--output", filing.output(), form.inputs, Encoding::Utf8)?;
        if lines {
            return Ok(Self::Lines(JsonLines { target, above, columns: form.row_columns(), rows: None }));
        }
        Self::book(form, files, above, target)
    }

    fn book(form: &Form<'_>, files: &mut [Opened], above: usize, target: Sink) -> Outcome<Self> {
        let (filing, several) = (form.filing, files.len() > 1);
        let Some(first) = files.first_mut() else { return Ok(Self::Plain(target)) };
        let speaker = form.speaker;
        let mut plan = WorkbookPlan {
            name: filing.output().unwrap_or_default().to_owned(),
            sheet: first.table.sheet.clone().unwrap_or_else(|| speaker.word(BookWord::Rows).to_owned()),
            author: speaker.word(BookWord::Author).to_owned(),
            heading_row: first.table.reading.heading_rows.1,
            contents: Vec::new(),
            before: 3,
            wrong: RowStatus::WRONG,
            width: first.table.headings.texts.len(),
            marks: !filing.result_only(),
        };
        let number_and_month = [Content::Number, Content::Text, Content::Text];
        let added = || form.added.iter().map(|column| column.content);
        plan.contents = number_and_month.into_iter().chain(added()).collect();
        let as_it_was = !several && !filing.result_only() && !form.only_mismatches && !filing.mask;
        if let Some(origin) = first.table.origin.take().filter(|_| as_it_was)
            && let Some(book) = WorkbookSink::own(target.seekable()?, plan.clone(), origin, &form.codes())?
        {
            return Ok(Self::Book { book: Box::new(book), target, own: true });
        }
        plan.heading_row = u64::try_from(above + 1).unwrap_or(1);
        plan.contents = if filing.result_only() {
            let before = if several { vec![Content::Text] } else { Vec::new() };
            before.into_iter().chain(number_and_month).chain(added()).collect()
        } else {
            let file = several.then_some(Content::Text);
            contents(first.columns()).into_iter().chain(file).chain(added()).collect()
        };
        let book = WorkbookSink::fresh(target.seekable()?, plan)?;
        Ok(Self::Book { book: Box::new(book), target, own: false })
    }

    /// Whether the rows go into the sheet they came from, so that only what is added to them is wanted.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Book { own: true, .. })
    }

    /// Whether notes on cells are wanted.
    pub fn takes_notes(&self) -> bool {
        matches!(self, Self::Book { .. })
    }

    /// Ends the result; a workbook is summed up by this.
    pub fn finish(self, summary: impl FnOnce() -> SummarySheet, speaker: Speaker<'_>) -> Outcome<()> {
        match self {
            Self::Plain(target) | Self::Lines(JsonLines { target, .. }) => target.finish(),
            Self::Book { book, mut target, .. } => {
                let file: File = book.finish(summary(), |cells| speaker.notes_left_out(cells))?;
                target.take_file(file)?;
                target.finish()
            }
        }
    }
}

impl crate::files::Sink for RowsOut {
    fn note(&mut self, notes: &mut Vec<CellNote>) {
        match self {
            Self::Book { book, .. } => crate::files::Sink::note(book.as_mut(), notes),
            Self::Plain(_) | Self::Lines(_) => notes.clear(),
        }
    }

    fn form(&self) -> LineForm {
        match self {
            Self::Plain(_) => LineForm::Csv,
            Self::Lines(_) | Self::Book { .. } => LineForm::Cells,
        }
    }

    fn put(&mut self, lines: &Lines) -> Outcome<bool> {
        match self {
            Self::Plain(target) => target.write(lines.bytes()),
            Self::Lines(json) => json.put(lines),
            Self::Book { book, .. } => book.put(lines),
        }
    }
}

/// Reads the files as UTF-8 without a mark from here on; how many lines of the result stand above its headings.
pub(super) fn as_utf8(filing: &Filing, files: &mut [Opened]) -> usize {
    for file in files.iter_mut() {
        file.table.rows.into_utf8(&mut file.table.headings);
        file.table.headings.mark = false;
    }
    let above = files.first().map_or(0, |file| file.table.headings.above.len());
    if filing.result_only() { 0 } else { above }
}

/// What the columns of the input hold.
fn contents(columns: &Columns) -> Vec<Content> {
    let content = |at: usize| match columns.meanings().get(at).and_then(Option::as_ref) {
        Some((Meaning::Plain(role), _)) if !role.is_money() => Content::Text,
        Some((
            Meaning::Plain(_)
            | Meaning::InsuranceBase(_)
            | Meaning::Amount(..)
            | Meaning::SideBase(_)
            | Meaning::SideAmount(_)
            | Meaning::Sum(_),
            _,
        )) => Content::Amount,
        Some((Meaning::Months(_) | Meaning::Span(_), _)) => Content::Text,
        None => Content::Decimal,
    };
    (0..columns.headings().len()).map(content).collect()
}

/// Rows as JSON objects, one to a line. What is blank is left out.
pub(super) struct JsonLines {
    target: Sink,
    /// The lines above the headings still to come.
    above: usize,
    columns: RowColumns,
    /// How rows are written, once the headings are known.
    rows: Option<JsonRows>,
}

impl JsonLines {
    fn put(&mut self, lines: &Lines) -> Outcome<bool> {
        let mut out = Vec::new();
        lines.each_row(|cells| {
            if self.above > 0 {
                self.above -= 1;
            } else if let Some(rows) = &self.rows {
                rows.write(cells, &mut out);
                out.push(b'\n');
            } else {
                self.rows = Some(self.columns.json_rows(names(cells), RowLayout::Line));
            }
        });
        self.target.write(&out)
    }
}

/// The headings on one line each; a column without one is named by its place.
fn names(headings: &[Cow<'_, str>]) -> impl Iterator<Item = String> {
    headings.iter().enumerate().map(|(at, heading)| {
        let name = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() { format!("column {}", at + 1) } else { name }
    })
}

/// A page as the sheet that sums up, with tables before its own; the chart shows the page's first.
pub(super) fn sheet(page: Page, before: Vec<SummaryTable>, charted: bool, speaker: Speaker<'_>) -> SummarySheet {
    let mut lines = page.title.lines().map(str::to_owned);
    let title = lines.next().unwrap_or_default();
    let chart = charted.then_some(before.len());
    let own = page.tables.iter().filter(|table| !table.rows.is_empty()).map(table);
    SummarySheet {
        name: speaker.word(BookWord::Summary).to_owned(),
        title,
        lines: lines.collect(),
        tables: before.into_iter().chain(own).collect(),
        charted: chart,
        remarks: page.remarks,
    }
}

fn table(table: &Table) -> SummaryTable {
    let value = |cell: &Cell| match cell {
        Cell::Sum(fen) => SummaryValue::Fen(*fen),
        Cell::Money(money) => SummaryValue::Fen(money.fen().into()),
        Cell::Count(count) => match u64::try_from(*count) {
            Ok(count) => SummaryValue::Count(count),
            Err(_) => SummaryValue::Text(count.to_string()),
        },
        Cell::Text(text) => SummaryValue::Text(text.clone()),
        Cell::Named { name, .. } => SummaryValue::Text(name.clone()),
        other @ (Cell::Empty | Cell::Rate(_) | Cell::Month(_) | Cell::Date(_) | Cell::Number(_)) => {
            SummaryValue::Text(cell_text(other))
        }
    };
    let rows = table.rows.iter().chain(&table.footer).map(|row| row.iter().map(value).collect());
    SummaryTable {
        headings: table.columns.iter().map(|column| column.heading.clone().unwrap_or_default()).collect(),
        rows: rows.collect(),
    }
}

//! Source, job and sink joined: every row of every block, in order.

use super::columns::Columns;
use super::csv::{rows, split};
use super::row::{Row, RowSource};
use super::write::{Added, push_csv_cell};
use super::{Headings, Tell, cell};
use crate::facts::{Kind, Outcome, mask};

/// How a row came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It agrees, or was computed.
    Ok,
    /// It does not agree.
    Mismatch,
    /// It could not be read or answered.
    Error,
}

impl Status {
    /// The code of the status column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Mismatch => "mismatch",
            Self::Error => "error",
        }
    }
}

/// What a job says of a row: how it came out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// How it came out.
    pub status: Status,
    /// The causes, by code.
    pub causes: Vec<&'static str>,
    /// The findings or faults.
    pub detail: String,
}

/// Works one row after the other.
pub trait Job {
    /// What it keeps while working: counts, sums, what was looked up.
    type State;

    /// A fresh state.
    fn start(&self) -> Self::State;
    /// The codes of the columns it adds, before `status`.
    fn added(&self) -> Vec<String>;
    /// Whether it names causes.
    fn has_causes(&self) -> bool;
    /// Works a row that has as many cells as the headings; adds one cell for each column.
    fn work(&self, row: &Row<'_>, state: &mut Self::State, added: &mut Vec<Added>, tell: Tell<'_>) -> Worked;
    /// Counts a row, whoever judged it.
    fn count(&self, worked: &Worked, state: &mut Self::State);
}

/// Takes the finished rows.
pub trait Sink {
    /// Takes bytes; `false` once nobody reads any more.
    fn put(&mut self, bytes: &[u8]) -> Outcome<bool>;
}

/// What is written around the added cells.
pub struct Frame<'a> {
    /// The columns of the input.
    pub columns: &'a Columns,
    /// The headings as they came.
    pub headings: &'a Headings,
    /// Only the added cells, after row, employee and month.
    pub result_only: bool,
    /// Only rows that are not `ok`.
    pub only_mismatches: bool,
    /// Whether identity numbers are masked.
    pub mask: bool,
    /// The name of the file, where several are read.
    pub file: Option<&'a str>,
    /// The month of every row, where the file has no such column.
    pub month: Option<crate::units::Month>,
    /// Says faults.
    pub tell: Tell<'a>,
}

impl Frame<'_> {
    /// The heading row of the result.
    #[must_use]
    pub fn heading_row<J: Job>(&self, job: &J) -> Vec<u8> {
        let mut out = Vec::new();
        if self.headings.mark {
            out.extend_from_slice("\u{FEFF}".as_bytes());
        }
        let mut codes: Vec<String> = Vec::new();
        codes.extend(self.file.map(|_| "file".to_owned()));
        if self.result_only {
            codes.extend(["row", "employee_id", "month"].map(str::to_owned));
        } else {
            out.extend_from_slice(&self.headings.raw);
            out.push(b',');
        }
        codes.extend(job.added());
        codes.push("status".to_owned());
        if job.has_causes() {
            codes.push("cause".to_owned());
        }
        codes.push("detail".to_owned());
        out.extend_from_slice(codes.join(",").as_bytes());
        out.extend_from_slice(self.headings.line_end);
        out
    }

    /// Writes one row of the result; `closed` says whether its quotes are.
    fn push_row<J: Job>(
        &self,
        job: &J,
        row: &Row<'_>,
        closed: bool,
        (added, worked): (&[Added], &Worked),
        out: &mut Vec<u8>,
    ) {
        if self.result_only {
            self.push_file(out);
            out.extend_from_slice(row.number.to_string().as_bytes());
            out.push(b',');
            self.push_identity(row, out);
            out.push(b',');
            self.push_month(row, out);
        } else {
            self.push_input(row, closed, out);
            if self.file.is_some() {
                out.push(b',');
                self.push_file(out);
                out.pop();
            }
        }
        for cell in added {
            out.push(b',');
            cell.push(out);
        }
        out.push(b',');
        out.extend_from_slice(worked.status.code().as_bytes());
        if job.has_causes() {
            out.push(b',');
            out.extend_from_slice(worked.causes.join(";").as_bytes());
        }
        out.push(b',');
        push_csv_cell(out, worked.detail.as_bytes());
        out.extend_from_slice(self.headings.line_end);
    }

    fn push_file(&self, out: &mut Vec<u8>) {
        if let Some(file) = self.file {
            push_csv_cell(out, file.as_bytes());
            out.push(b',');
        }
    }

    /// The input's own cells, as they came. Too few are filled up, what is too much (or follows a quote
    /// that never closes) becomes one cell, so that the added cells stay in their columns.
    fn push_input(&self, row: &Row<'_>, closed: bool, out: &mut Vec<u8>) {
        let width = self.headings.texts.len();
        let whole = if closed && row.cells.len() <= width {
            row.cells.len()
        } else {
            row.cells.len().min(width).saturating_sub(1)
        };
        let masked = self.columns.plain("employee_id").filter(|_| self.mask);
        for at in 0..width {
            if at > 0 {
                out.push(b',');
            }
            let Some(range) = row.cells.get(at) else { continue };
            if masked.as_ref().is_some_and(|column| column.position == at) {
                push_csv_cell(out, mask(&String::from_utf8_lossy(&row.cell(at))).as_bytes());
            } else if at < whole {
                out.extend_from_slice(&row.raw[range.clone()]);
            } else if at == whole {
                push_csv_cell(out, &row.raw[range.start..]);
            }
        }
    }

    fn push_identity(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        let Some(at) = self.columns.plain("employee_id") else { return };
        let bytes = row.cell(at.position);
        if self.mask {
            push_csv_cell(out, mask(&String::from_utf8_lossy(&bytes)).as_bytes());
        } else {
            push_csv_cell(out, &bytes);
        }
    }

    fn push_month(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        match (self.month, self.columns.plain("month")) {
            (Some(month), _) => out.extend_from_slice(month.to_string().as_bytes()),
            (None, Some(at)) => match cell::month(row, &at) {
                Ok(month) => out.extend_from_slice(month.to_string().as_bytes()),
                Err(_) => push_csv_cell(out, &row.cell(at.position)),
            },
            (None, None) => {}
        }
    }
}

/// Works every row of a source into a sink. Rows in equals rows out.
pub fn run<J: Job>(
    job: &J,
    source: &mut dyn RowSource,
    frame: &Frame<'_>,
    sink: &mut dyn Sink,
    state: &mut J::State,
) -> Outcome<()> {
    let width = frame.headings.texts.len();
    let columns = job.added().len();
    let (mut cells, mut added, mut out) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(block) = source.next_block()? {
        out.clear();
        for (number, raw) in (block.first_row..).zip(rows(&block.bytes)) {
            let closed = split(raw, &mut cells);
            let row = Row { number, raw, cells: &cells };
            added.clear();
            let refused =
                |kind: &Kind| Worked { status: Status::Error, causes: Vec::new(), detail: (frame.tell)(kind) };
            let worked = if !closed {
                refused(&Kind::UnclosedQuote)
            } else if row.is_empty() {
                refused(&Kind::EmptyRow)
            } else if cells.len() != width {
                refused(&Kind::WrongCellCount { found: cells.len(), expected: width })
            } else {
                job.work(&row, state, &mut added, frame.tell)
            };
            added.resize(columns, Added::Empty);
            job.count(&worked, state);
            if !(frame.only_mismatches && worked.status == Status::Ok) {
                frame.push_row(job, &row, closed, (&added, &worked), &mut out);
            }
        }
        if !sink.put(&out)? {
            break;
        }
    }
    Ok(())
}

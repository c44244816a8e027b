//! One row of a file with its whole working: what is due step by step, and for each difference the
//! cell and the table line that contradict each other.

use std::sync::Arc;

use super::causes::Cause;
use super::findings::{Finding, Part};
use super::judge::{CheckWorker, Paper};
use super::plan::Check;
use crate::batch::{Desk, Frame, Job, Remark, RowStatus};
use crate::facts::{Charge, Citation, Excerpt, Outcome, Place, Side, Step, mask};
use crate::files::csv::scan::Scan;
use crate::files::{Block, Lines, Row, RowSource};
use crate::payroll::insured_columns::Declares;
use crate::payroll::row_kind::RowKind;
use crate::rules::{Steps, entry};
use crate::tables::Book;
use crate::units::Month;

/// One row, worked and explained.
pub struct RowExplained {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// How it came out.
    pub status: RowStatus,
    /// The faults or findings as the result states them.
    pub remark: Remark,
    /// Its month.
    pub month: Option<Month>,
    /// The steps of what is due.
    pub steps: Vec<Step>,
    /// The differences.
    pub findings: Vec<Finding>,
    /// For each difference its cell in the file.
    pub cells: Vec<Excerpt>,
    /// For each difference the lines of the tables that say otherwise.
    pub contradicting: Vec<Vec<Place>>,
}

impl Check<'_> {
    /// Looks for a row and explains it; `None` where the file ends before.
    pub fn explain_row(
        &self,
        file: &str,
        source: &mut dyn RowSource,
        frame: &Frame<'_>,
        number: u64,
    ) -> Outcome<Option<RowExplained>> {
        let mut worker = self.worker();
        let (mut block, mut ends) = (Block::default(), Vec::new());
        while source.next_block(&mut block)? {
            self.survey(&block, frame, &mut worker);
            if number >= block.first_row + block.rows {
                continue;
            }
            let mut scan = Scan::new(block.bytes());
            for at in block.first_row.. {
                let Some(found) = scan.next_row(&mut ends) else { return Ok(None) };
                if at == number {
                    let raw = &block.bytes()[found.start..found.end];
                    let row = Row {
                        number,
                        raw,
                        ends: &ends[..found.cells],
                        text: frame.headings.text,
                        marks: block.marks_of(number),
                    };
                    let kind = frame.kinds.of(&row, found.closed, false);
                    return Ok(Some(self.explained(file, &row, (frame, kind), &mut worker)));
                }
            }
        }
        Ok(None)
    }

    fn explained(
        &self,
        file: &str,
        row: &Row<'_>,
        (frame, kind): (&Frame<'_>, RowKind),
        worker: &mut CheckWorker,
    ) -> RowExplained {
        let (mut remark, mut tally, mut lines) = (Remark::default(), self.tally(), Lines::default());
        let status = if kind == RowKind::Person {
            let (tally, lines, remark) = (&mut tally, &mut lines, &mut remark);
            self.work(row, &mut Desk { worker, tally, lines, remark, line: 0, tell: frame.tell })
        } else {
            frame.remark(row, kind, &mut remark)
        };
        let month = self.month.of(row).ok().filter(|_| status != RowStatus::Skipped);
        let charges = month.map(|month| self.charges(month)).unwrap_or_default();
        let findings = if status == RowStatus::Mismatch { worker.take_findings() } else { Vec::new() };
        let steps = self.steps(row, status, worker);
        let (text, spans) = Self::shown(row, frame);
        let line = usize::try_from(row.number).unwrap_or(usize::MAX);
        let cell = |finding: &Finding| Excerpt {
            file: file.to_owned(),
            line,
            text: text.clone(),
            span: spans.get(finding.column).cloned().unwrap_or(0..text.len()),
        };
        let against = |finding: &Finding| {
            let charge = charges.get(finding.insurance.unwrap_or(0)).and_then(|charge| charge.as_ref().ok());
            charge.map_or_else(Vec::new, |charge| contradicting(finding, charge, self.book))
        };
        RowExplained {
            row: row.number,
            status,
            month,
            steps,
            cells: findings.iter().map(cell).collect(),
            contradicting: findings.iter().map(against).collect(),
            findings,
            remark,
        }
    }

    /// The same entries that were judged, worked with a trace that listens. What cannot be worked was refused.
    fn steps(&self, row: &Row<'_>, status: RowStatus, worker: &mut CheckWorker) -> Vec<Step> {
        let mut steps = Steps::default();
        if status != RowStatus::Skipped {
            let (kind, month) = (self.entries.kind_of(row), self.first_month(row, self.month.of(row)));
            let items = self.items(row, (kind, &month), &mut Paper::default(), worker);
            for entry in items.iter().filter_map(|item| item.entry.as_ref().ok()) {
                let _ = match self.declares {
                    Declares::Bases => entry::bases(entry, &mut steps).map(drop),
                    Declares::Columns | Declares::Rows(_) => entry::due(entry, &mut steps).map(drop),
                };
            }
        }
        steps.0
    }

    /// The row as it is shown, on one line and with its identity number hidden, and where its cells are.
    fn shown(row: &Row<'_>, frame: &Frame<'_>) -> (String, Vec<std::ops::Range<usize>>) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for at in 0..row.width() {
            if at > 0 {
                text.push(',');
            }
            let start = text.len();
            let shown = if frame.kinds.identity == Some(at) {
                mask(&row.text.show(&row.cell(at)))
            } else {
                row.text.show(row.raw_cell(at)).into_owned()
            };
            text.push_str(&shown.replace(['\n', '\r'], " "));
            spans.push(start..text.len());
        }
        (text, spans)
    }
}

/// The table lines that a finding contradicts.
fn contradicting(finding: &Finding, charge: &Charge, book: &Book) -> Vec<Place> {
    if finding.declared == finding.due {
        return Vec::new();
    }
    let terms = &charge.terms;
    let line = |citation: &Option<Arc<Citation>>, keys: &[&str]| {
        citation.as_ref().map(|citation| book.line_with(&citation.place, keys))
    };
    let limits = || {
        let citation = &terms.limits.citation;
        vec![line(citation, &["floor"]), line(citation, &["ceiling"])]
    };
    let rate = |side: Side| line(&terms.rates.get(side).citation, &[side.code(), "rates"]);
    let found = match finding.part {
        Part::Base(_) => limits(),
        Part::Sum => Vec::new(),
        Part::Side(side) => match finding.why.causes.as_slice() {
            [Cause::Rounding] => vec![line(&terms.rounding.citation, &["mode"]), rate(side)],
            [Cause::LimitNotApplied | Cause::OtherLimits] => limits(),
            [Cause::OtherLimits, Cause::OtherRate] => limits().into_iter().chain([rate(side)]).collect(),
            _ => vec![rate(side)],
        },
    };
    found.into_iter().flatten().collect()
}

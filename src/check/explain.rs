//! One row of a file with its whole working (`--explain-row`): what is due step by step, and for each difference
//! the cell and the table line that contradict each other.
//!
//! The row is worked by the same job as in a run, and the steps are those of the same entries, so the explanation ends
//! with the due cells of the row. Which line of the tables contradicts a finding follows from its cause. Words and
//! layout are left to `render`.

use std::sync::Arc;

use super::cause::Cause;
use super::findings::{Finding, Part};
use super::judge::{first_month, read};
use super::scratch::CheckWorker;
use super::setup::Check;
use crate::batch::{Frame, Job, Remark, RowContext, RowStatus};
use crate::facts::{Charge, Citation, Excerpt, Outcome, Place, Side, Step, mask};
use crate::files::csv::grid::Grid;
use crate::files::{Block, Lines, Row, RowSource};
use crate::payroll::insured_columns::Declares;
use crate::payroll::row_kind::RowKind;
use crate::rules::{Steps, entry};
use crate::units::Month;

/// One row, worked and explained.
pub struct RowExplained {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// How it came out.
    pub status: RowStatus,
    /// The faults or findings as the result states them.
    pub remark: Remark<Cause>,
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

/// Looks for a row by its number as a spreadsheet shows it, and explains it; `None` where the file has no such row
/// below the headings. The steps end with the due amounts that the result of the row has. The example of
/// [`Check::new`] explains a row.
///
/// The source is read up to the block of the row, and what is met before (repeated rows) counts as in a run.
///
/// # Errors
/// Faults of reading a block of the file.
pub fn explain_row(
    check: &Check<'_>,
    file: &str,
    source: &mut dyn RowSource,
    frame: &Frame<'_>,
    number: u64,
) -> Outcome<Option<RowExplained>> {
    let mut worker = check.worker();
    let (mut block, mut grid) = (Block::default(), Grid::default());
    while source.next_block(&mut block)? {
        grid.cut(block.bytes());
        check.begin_block((&block, &grid), frame, &mut worker);
        for (row, closed) in grid.rows(&block, frame.headings.text) {
            if row.number == number {
                let kind = frame.kinds.of(&row, closed, false);
                return Ok(Some(explained(check, file, &row, (frame, kind), &mut worker)));
            }
        }
    }
    Ok(None)
}

fn explained(
    check: &Check<'_>,
    file: &str,
    row: &Row<'_>,
    (frame, kind): (&Frame<'_>, RowKind),
    worker: &mut CheckWorker,
) -> RowExplained {
    let (mut remark, mut totals, mut lines) = (Remark::default(), check.totals(), Lines::default());
    let status = if kind == RowKind::Person {
        let (totals, lines, remark) = (&mut totals, &mut lines, &mut remark);
        check.work(row, &mut RowContext { worker, totals, lines, remark, line: 0, describe: frame.describe })
    } else {
        frame.remark(row, kind, &mut remark)
    };
    let month = check.plan.month.of(row).ok().filter(|_| status != RowStatus::Skipped);
    let charges = month.map(|month| check.law.charges(month)).unwrap_or_default();
    let findings =
        if status == RowStatus::Mismatch { std::mem::take(&mut worker.scratch.findings) } else { Vec::new() };
    let (text, spans) = shown(row, frame);
    let line = usize::try_from(row.number).unwrap_or(usize::MAX);
    let cell = |finding: &Finding| Excerpt {
        file: file.to_owned(),
        line,
        text: text.clone(),
        span: spans.get(finding.column).cloned().unwrap_or(0..text.len()),
    };
    let against = |finding: &Finding| {
        let charge = charges.get(finding.insurance.unwrap_or(0)).and_then(|charge| charge.as_ref().ok());
        charge.map_or_else(Vec::new, |charge| contradicting(finding, charge))
    };
    RowExplained {
        row: row.number,
        status,
        month,
        steps: if status == RowStatus::Skipped { Vec::new() } else { steps(check, row, worker) },
        cells: findings.iter().map(cell).collect(),
        contradicting: findings.iter().map(against).collect(),
        findings,
        remark,
    }
}

/// The steps of the entries that were judged: the same entries, worked with a trace that collects. What cannot be
/// worked is among the faults of the row.
fn steps(check: &Check<'_>, row: &Row<'_>, worker: &mut CheckWorker) -> Vec<Step> {
    let mut steps = Steps::default();
    let kind = check.plan.entries.kind_of(row);
    let month = first_month(check, row, check.plan.month.of(row));
    for item in read(check, row, (kind, &month), worker) {
        let Ok(entry) = &item.entry else { continue };
        let _ = match check.plan.declares {
            Declares::Bases => entry::bases(entry, &mut steps).map(drop),
            Declares::Columns | Declares::Rows(_) => entry::due(entry, &mut steps).map(drop),
        };
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

/// The table lines that a finding contradicts.
fn contradicting(finding: &Finding, charge: &Charge) -> Vec<Place> {
    if finding.declared == finding.due {
        return Vec::new();
    }
    let terms = &charge.terms;
    let line = |citation: &Option<Arc<Citation>>, keys: &[&str]| {
        citation.as_ref().map(|citation| citation.place.line_with(keys))
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

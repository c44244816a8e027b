//! `check --explain-row N`: one row with its whole working, and for each difference the payroll cell and
//! the table line that contradicts it, in one message.

use super::context::Context;
use super::ended::Ended;
use super::files::{self, Opened};
use super::report::{Draft, figure_notes, publish};
use super::{interrupt, outlet};
use crate::batch::RowStatus;
use crate::check::{Check, Plan, RowExplained, explain_row};
use crate::facts::{Fault, Faults, Kind, Outcome, Place};
use crate::payroll::PayrollTable;
use crate::render::results::{FindingResult, RowResult, TableLine};
use crate::render::{Format, Page, faults_text};
use crate::tables::Book;

pub(super) fn run(context: &Context, book: &Book, file: &mut Opened, check: &Check<'_>, number: u64) -> Outcome<Ended> {
    interrupt::watch();
    let speaker = context.speaker(book);
    let describe = |kind: &Kind| speaker.fault(kind).what;
    let Opened { name, table, month } = file;
    let PayrollTable { rows, headings, reading, .. } = table;
    let frame = files::frame(headings, &reading.columns, *month, &describe);
    let Some(row) = explain_row(check, name, rows, &frame, number)? else {
        let kind = Kind::NoSuchRow { row: number, last: rows.last_row() };
        return Err(Fault::flag(kind, "--explain-row", &number.to_string()).into());
    };
    let plan = &check.plan;
    let faults = differences(&row, plan);
    if context.format() == Format::Table && !faults.0.is_empty() {
        outlet::print(&faults_text(&faults, speaker, context.look))?;
        outlet::print("\n")?;
    }
    let mut title = speaker.row_title(name, number, row.status);
    if faults.0.is_empty() && !row.remark.detail.is_empty() {
        title.push_str(&format!("\n{}", row.remark.detail));
    }
    let result = RowResult {
        file: name.clone(),
        row: number,
        month: row.month,
        status: row.status,
        causes: row.remark.causes.iter().map(|cause| cause.code()).collect(),
        detail: row.remark.detail.clone(),
        findings: (0..row.findings.len()).map(|at| finding_result(&row, at, plan)).collect(),
    };
    let notes = figure_notes(&row.steps);
    let page = Page { title, ..Page::default() };
    let remarks = notes.clone();
    let draft = Draft { command: "check", result, page, notes, remarks, steps: &row.steps };
    publish(&context.explaining(), book, draft)?;
    Ok(match row.status {
        RowStatus::Mismatch | RowStatus::Error => Ended::Found,
        RowStatus::Ok | RowStatus::Skipped => Ended::Done,
    })
}

fn finding_result(row: &RowExplained, at: usize, plan: &Plan) -> FindingResult {
    let finding = &row.findings[at];
    let tables = row.contradicting[at].iter().filter_map(|place| match place {
        Place::Line(excerpt) => Some(TableLine { file: excerpt.file.clone(), line: excerpt.line }),
        Place::Nowhere | Place::Flag { .. } | Place::File { .. } | Place::Cell { .. } => None,
    });
    let causes: Vec<&str> = finding.why.causes.iter().map(|cause| cause.code()).collect();
    FindingResult {
        column: plan.heading(finding.column).to_owned(),
        insurance: plan.insurance(finding.insurance).cloned(),
        side: finding.part,
        declared: finding.declared,
        due: finding.due,
        difference: finding.difference(),
        cause: causes.join(";"),
        tables: tables.collect(),
    }
}

/// Each difference as a message that shows the cell and the table lines.
fn differences(row: &RowExplained, plan: &Plan) -> Faults {
    let mut faults = Faults::default();
    for (at, finding) in row.findings.iter().enumerate() {
        let what = finding.subject(plan.insurance(finding.insurance), plan.heading(finding.column));
        let kind = Kind::DeclaredDiffers {
            what,
            declared: finding.declared,
            due: finding.due,
            why: finding.why.detail.clone(),
        };
        let mut fault = Fault::at(kind, Place::Line(row.cells[at].clone()));
        for place in &row.contradicting[at] {
            fault = fault.with_related(place.clone());
        }
        faults.push(fault);
    }
    faults
}

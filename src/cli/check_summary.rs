//! The summary of a check: for programs as JSON, for people at a glance, as a sheet of a workbook.
//!
//! Counts, causes and sums are those of all files together; insurances are those of the first file, which all share.
//! A side without any amount is left out for people and kept for programs.

use super::files::counted;
use super::rows_out::sheet;
use crate::batch::{RowCounts, RowStatus};
use crate::check::{CheckTotals, Plan, SideTotals};
use crate::facts::{Insurance, Note, Side};
use crate::files::{SummarySheet, SummaryTable, SummaryValue};
use crate::render::results::{CheckSummary, SideSum};
use crate::render::words::{BookWord, Label};
use crate::render::{Cell, Column, Page, Speaker, Table};
use crate::units::JsonSum;

/// The summary of a run.
pub(super) struct Summary<'a> {
    /// How the first file was read, in two lines.
    pub reading: Option<&'a str>,
    /// The files, as the user named them.
    pub files: &'a [String],
    /// The rows.
    pub counts: &'a RowCounts,
    /// The causes and sums.
    pub totals: &'a CheckTotals,
    /// What was checked.
    pub plan: Option<&'a Plan>,
    /// What must be known.
    pub notes: &'a [Note],
}

impl Summary<'_> {
    fn insurances(&self) -> impl Iterator<Item = &Insurance> {
        self.plan.into_iter().flat_map(|plan| plan.insurances.iter().map(|checked| &checked.insurance))
    }

    /// The summary for programs.
    pub fn result(&self) -> CheckSummary {
        let sums = self.insurances().zip(&self.totals.totals).flat_map(|(insurance, sums)| {
            Side::BOTH.map(|side| {
                let sum = sums.get(side);
                SideSum {
                    insurance: insurance.clone(),
                    side,
                    declared: JsonSum(sum.declared()),
                    due: JsonSum(sum.due()),
                    difference: JsonSum(sum.difference()),
                    due_half_even: JsonSum(sum.half_even()),
                    due_cut: JsonSum(sum.cut()),
                }
            })
        });
        CheckSummary {
            files: self.files.to_vec(),
            rows: self.counts.rows,
            ok: self.counts.ok,
            mismatch: self.counts.mismatch,
            error: self.counts.error,
            skipped: self.counts.skipped.all(),
            skipped_rows: self.counts.skipped.parts().into_iter().map(|(what, rows)| (what.code(), rows)).collect(),
            stopped_at: self.counts.stopped_at,
            causes: self.totals.causes_by_code().into_iter().map(|(cause, rows)| (cause.code(), rows)).collect(),
            ties: self.totals.ties,
            totals: sums.collect(),
        }
    }

    /// The same as a sheet of a workbook.
    pub fn sheet(&self, speaker: Speaker<'_>) -> SummarySheet {
        let word = |word: BookWord| speaker.word(word).to_owned();
        let counts = self.counts;
        let kinds =
            [(RowStatus::Ok, counts.ok), (RowStatus::Mismatch, counts.mismatch), (RowStatus::Error, counts.error)];
        let skipped = counts.skipped.parts().into_iter().map(|(what, rows)| (speaker.word(what).to_owned(), rows));
        let kinds = kinds.into_iter().map(|(status, rows)| (speaker.word(status).to_owned(), rows)).chain(skipped);
        let row = |(name, rows): (String, u64)| vec![SummaryValue::Text(name), SummaryValue::Count(rows)];
        let rows = SummaryTable {
            headings: vec![word(BookWord::Kind), word(BookWord::Count)],
            rows: kinds.filter(|(_, rows)| *rows > 0).map(row).collect(),
        };
        let causes = self.totals.causes_by_code().into_iter();
        let causes = causes.map(|(cause, rows)| (speaker.word(cause).to_owned(), rows));
        let causes = SummaryTable {
            headings: vec![word(BookWord::Cause), word(BookWord::Count)],
            rows: causes.map(row).collect(),
        };
        let before = [rows, causes].into_iter().filter(|table| !table.rows.is_empty()).collect();
        sheet(self.page(speaker), before, true, speaker)
    }

    pub fn page(&self, speaker: Speaker<'_>) -> Page {
        let totals = self.totals;
        let mut title = speaker.check_counts(&self.files.join(", "), &counted(self.counts));
        if let Some(reading) = self.reading {
            title.push_str(&format!("\n{reading}"));
        }
        if let Some(row) = self.counts.stopped_at {
            title.push_str(&format!("\n{}", speaker.stopped_at(row)));
        }
        if !totals.causes.is_empty() {
            let mut causes = totals.causes_by_code();
            causes.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
            title.push_str(&format!("\n{}", speaker.causes(&causes)));
        }
        let mut rows = Vec::new();
        for (insurance, sums) in self.insurances().zip(&totals.totals) {
            for side in Side::BOTH {
                let sum = sums.get(side);
                if (sum.declared(), sum.due()) != (0, 0) {
                    rows.push(vec![
                        Cell::text(speaker.insurance(insurance)),
                        Cell::text(speaker.word(side)),
                        Cell::Sum(sum.declared()),
                        Cell::Sum(sum.due()),
                        Cell::Sum(sum.difference()),
                    ]);
                }
            }
        }
        let label = |label| speaker.label(label);
        let columns = vec![
            Column::left("insurance", label(Label::Insurance)),
            Column::left("side", label(Label::Side)),
            Column::right("declared", label(Label::Declared)),
            Column::right("due", label(Label::Due)),
            Column::right("difference", label(Label::Difference)),
        ];
        let mut remarks = Vec::new();
        if totals.ties > 0 {
            remarks.push(speaker.ties(totals.ties));
        }
        let sums = || totals.totals.iter().flat_map(|sums| [&sums.employer, &sums.employee]);
        let (half_even, cut) = (sums().map(SideTotals::half_even).sum(), sums().map(SideTotals::cut).sum());
        if sums().map(SideTotals::due).sum::<i128>() != cut {
            remarks.push(speaker.other_roundings(half_even, cut));
        }
        remarks.extend(self.notes.iter().map(|note| speaker.note(note)));
        Page { title, tables: vec![Table { columns, rows, footer: Vec::new() }], remarks, explanation: None }
    }
}

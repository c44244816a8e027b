//! The check as a [`Job`]: which part of the check does what of its protocol.
//!
//! At the beginning of a block its persons are entered for duplicates, in the order of the file, and its columns are worked
//! (`columns`); then rows and totals are judged (`judge`); at the end the right rows are summed up. Findings and notes
//! wait in the worker until the block's turn. Nothing is decided here.

use super::cause::Cause;
use super::duplicates::survey;
use super::judge::{judge, judge_total, sum_up};
use super::scratch::CheckWorker;
use super::setup::Check;
use super::totals::CheckTotals;
use crate::batch::{AddedColumn, Frame, Job, RowContext, RowStatus};
use crate::files::csv::grid::Grid;
use crate::files::{Block, CellNote, Row};

impl Job for Check<'_> {
    type Cause = Cause;
    type Worker = CheckWorker;
    type Totals = CheckTotals;

    fn worker(&self) -> CheckWorker {
        CheckWorker::default()
    }

    fn totals(&self) -> CheckTotals {
        CheckTotals::of(self.plan.insurances.len(), self.plan.summed.tracked.len())
    }

    fn join(&self, whole: &mut CheckTotals, next: CheckTotals) {
        whole.add(next);
    }

    fn added(&self) -> Vec<AddedColumn> {
        self.plan.added()
    }

    fn begin_block(&self, (block, grid): (&Block, &Grid), frame: &Frame<'_>, worker: &mut CheckWorker) {
        worker.block = block.at + 1;
        worker.repeats.clear();
        if let Some(finder) = &self.duplicates {
            survey(finder, &self.plan, (block, grid, frame), &mut worker.repeats);
        }
        if let Some(columns) = &self.columns {
            let block = (block, grid, frame.headings.text);
            worker.columns.work(columns, (&self.plan, &self.law), block, &mut worker.months);
        }
    }

    fn end_block(&self, worker: &mut CheckWorker, totals: &mut CheckTotals) {
        sum_up(self, worker, totals);
    }

    fn work(&self, row: &Row<'_>, context: &mut RowContext<'_, Self>) -> RowStatus {
        judge(self, row, context)
    }

    fn total(&self, row: &Row<'_>, before: &CheckTotals, context: &mut RowContext<'_, Self>) -> Option<RowStatus> {
        judge_total(self, row, before, context)
    }

    fn findings<'w>(&self, worker: &'w mut CheckWorker) -> Option<&'w mut Vec<u8>> {
        self.listing.is_some().then_some(&mut worker.listed)
    }

    fn notes<'w>(&self, worker: &'w mut CheckWorker) -> Option<&'w mut Vec<CellNote>> {
        self.note.is_some().then_some(&mut worker.noted)
    }
}

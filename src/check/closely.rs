//! A row that is not plainly right: cell by cell, whatever kind of entry it is, and why it differs.

use super::causes::{Cause, Explanation, explain, follows};
use super::findings::{Finding, Part};
use super::hypotheses::mistakes;
use super::judge::{Paper, Sum};
use super::plan::Check;
use super::row_entries::Item;
use super::terms_cache::MonthCharges;
use super::totals::CheckTally;
use crate::batch::{Desk, RowStatus};
use crate::facts::{Charge, EntryKind, Faults, Kind, Share, Side};
use crate::files::{CellNote, Lines, Row};
use crate::payroll::cell::{self, At};
use crate::payroll::insured_columns::{CheckedInsurance, Declares, Long};
use crate::rules::{Silent, entry};
use crate::units::{Money, Month};

/// What a declared cell holds: every kind of blank is none.
pub(super) fn declared(row: &Row<'_>, at: &At, paper: &mut Paper) -> Option<Money> {
    match cell::signed(row, at) {
        Ok(Some(declared)) => return Some(declared),
        Ok(None) => paper.blank += 1,
        Err(kind) => paper.refused.push(kind),
    }
    None
}

impl Check<'_> {
    /// Every difference of a row, or every fault that stands in the way.
    #[cold]
    pub(super) fn judge_closely(
        &self,
        row: &Row<'_>,
        month: Result<Month, Kind>,
        desk: &mut Desk<'_, Self>,
    ) -> RowStatus {
        let kind = self.entries.kind_of(row);
        let month = self.first_month(row, month);
        let mut paper = std::mem::take(&mut desk.worker.paper);
        let items = self.items(row, (kind, &month), &mut paper, desk.worker);
        let status = match (&self.declares, items.as_slice()) {
            (Declares::Rows(long), []) => Self::not_checked(row, long, &mut paper, desk),
            (Declares::Bases, items) => {
                Self::due_base(&month, items, &mut paper, desk.lines);
                None
            }
            (Declares::Columns | Declares::Rows(_), items) => {
                for item in items {
                    if matches!(self.declares, Declares::Rows(_)) {
                        desk.lines.code(self.insurances[item.at].insurance.code());
                    }
                    self.insurance(row, item, &mut paper, desk.lines);
                }
                None
            }
        };
        if let Err(kind) = &month {
            paper.refused.insert(0, kind.clone());
        }
        let status = status.unwrap_or_else(|| self.conclude(row, (kind, month.ok()), &items, &mut paper, desk));
        desk.worker.paper = paper;
        status
    }

    /// The month of a row, or the first of several.
    pub(super) fn first_month(&self, row: &Row<'_>, month: Result<Month, Kind>) -> Result<Month, Kind> {
        month.or_else(|kind| self.month.several(row).map(|(first, _)| first).ok_or(kind))
    }

    /// A row that names an insurance of which nothing is checked; `Some` where that is known.
    fn not_checked(row: &Row<'_>, long: &Long, paper: &mut Paper, desk: &mut Desk<'_, Self>) -> Option<RowStatus> {
        desk.lines.empty(4);
        if long.named(row).is_none() && !long.is_left_out(row) {
            paper.refused.push(Kind::UnknownInsuranceText { text: long.insurance_text(row) });
            return None;
        }
        desk.tally.not_checked += 1;
        Some(RowStatus::Ok)
    }

    /// The due base of a row that declares a wage or a base and nothing else: that of all insurances whose
    /// limits are known, where they agree.
    fn due_base(month: &Result<Month, Kind>, items: &[Item<'_>], paper: &mut Paper, lines: &mut Lines) {
        let known = items.iter().filter_map(|item| item.entry.as_ref().ok());
        let mut bases: Vec<Share<Money>> = known.filter_map(|known| entry::bases(known, &mut Silent).ok()).collect();
        bases.dedup();
        match (bases.as_slice(), month) {
            ([bases], _) => {
                lines.money(bases.employee);
                paper.bases = Some(*bases);
            }
            (several, Ok(month)) if paper.refused.is_empty() => {
                lines.empty(1);
                paper.refused.push(if several.is_empty() {
                    Kind::NoLimits { month: *month }
                } else {
                    Kind::LimitsDiffer { month: *month }
                });
            }
            (_, _) => lines.empty(1),
        }
    }

    /// One insurance of one row: its added cells, and what its declared cells come to.
    fn insurance(&self, row: &Row<'_>, item: &Item<'_>, paper: &mut Paper, lines: &mut Lines) {
        let Item { at, checked, first, entry } = item;
        let due = entry.as_ref().map_err(Clone::clone).and_then(|entry| entry::due(entry, &mut Silent));
        match &due {
            Ok(due) => {
                lines.money(due.base());
                for side in Side::BOTH {
                    let wanted = matches!(self.declares, Declares::Columns) || checked.amounts.get(side).is_some();
                    if wanted { lines.money(due.amounts.get(side).money) } else { lines.empty(1) }
                }
                paper.bases = paper.bases.or(Some(due.bases));
            }
            Err(faults) => {
                lines.empty(3);
                // Where nothing is declared, nothing is missed.
                if !Self::declares_nothing(row, checked) {
                    paper.refused.extend(faults.0.iter().map(|fault| fault.kind.clone()));
                }
            }
        }
        if let Some(column) = &checked.base
            && let Some(declared) = declared(row, column, paper)
            && let Ok(due) = &due
            && self.differs(declared, due.base())
        {
            let amounts = (declared, due.base());
            paper.findings.push(Finding::new(Some(*at), Part::Base(None), column.position, amounts, None));
        }
        for side in Side::BOTH {
            let Some(column) = checked.amounts.get(side) else { continue };
            let (Some(declared), Ok(due)) = (declared(row, column, paper), &due) else { continue };
            let due = *due.amounts.get(side);
            paper.again += first.map_or(0, |_| i128::from(declared.fen()));
            if first.is_some() || self.differs(declared, due.money) {
                let (part, amounts) = (Part::Side(side), (declared, due.money));
                paper.findings.push(Finding::new(Some(*at), part, column.position, amounts, *first));
            }
            *paper.items[*at].get_mut(side) = Some(Sum { declared, due });
        }
    }

    /// Whether nothing but blanks and zeros is declared of an insurance.
    pub(super) fn declares_nothing(row: &Row<'_>, checked: &CheckedInsurance) -> bool {
        let mut columns = [&checked.amounts.employer, &checked.amounts.employee].into_iter().flatten().peekable();
        let some = columns.peek().is_some();
        some && columns.all(|at| matches!(cell::signed(row, at), Ok(Some(Money::ZERO))))
    }

    /// What is said of the row in the end.
    fn conclude(
        &self,
        row: &Row<'_>,
        (kind, month): (EntryKind, Option<Month>),
        items: &[Item<'_>],
        paper: &mut Paper,
        desk: &mut Desk<'_, Self>,
    ) -> RowStatus {
        self.declared_bases(row, paper);
        if !paper.refused.is_empty() {
            desk.remark.faults(paper.refused.iter(), desk.tell);
            return RowStatus::Error;
        }
        let Some(month) = month else { return RowStatus::Error };
        let known = desk.worker.months.of(month, || self.charges(month));
        if !paper.findings.is_empty() {
            self.explain(row, known, items, &mut paper.findings);
        }
        sum_up(paper, &known.charges, desk.tally);
        self.printed_sums(row, &mut paper.findings);
        self.track(row, &paper.findings, desk.tally);
        desk.tally.refunds += u64::from(kind == EntryKind::Refund);
        desk.tally.differences += u64::from(kind == EntryKind::Difference);
        if paper.findings.is_empty() {
            return RowStatus::Ok;
        }
        self.tell(row, &paper.findings, desk);
        RowStatus::Mismatch
    }

    /// The declared bases that belong to no insurance: each side's own, or that of all.
    fn declared_bases(&self, row: &Row<'_>, paper: &mut Paper) {
        let own = match &self.entries.side_bases {
            Some(columns) => Side::BOTH.map(|side| (Some(side), columns.get(side))).to_vec(),
            None => self.entries.base.iter().map(|at| (None, at)).collect(),
        };
        for (side, at) in own {
            let Some(declared) = declared(row, at, paper) else { continue };
            let Some(due) = paper.bases else { continue };
            let due = *due.get(side.unwrap_or(Side::Employee));
            let due = if declared < Money::ZERO && due > Money::ZERO { Money::from_fen(-due.fen()) } else { due };
            if self.differs(declared, due) {
                paper.findings.push(Finding::new(None, Part::Base(side), at.position, (declared, due), None));
            }
        }
    }

    /// Says of a row what was found.
    pub(super) fn tell(&self, row: &Row<'_>, findings: &[Finding], desk: &mut Desk<'_, Self>) {
        for (at, finding) in findings.iter().enumerate() {
            for cause in &finding.why.causes {
                desk.remark.cause(cause.code());
            }
            let insurance = finding.insurance.map(|at| &self.insurances[at].insurance);
            let told = findings[..at].iter().any(|other| other.why == finding.why);
            finding.detail(insurance, (self.heading(finding), !told), &mut desk.remark.detail);
            self.enlist(row, finding, &mut desk.worker.listed);
            if let Some(note) = &self.note {
                let (row, line, column) = (row.number, desk.line, finding.column);
                desk.worker.noted.push(CellNote { row, line, column, text: note(finding) });
            }
        }
        for cause in &desk.remark.causes {
            *desk.tally.causes.entry(cause).or_default() += 1;
        }
    }

    /// Says why each finding differs.
    fn explain(&self, row: &Row<'_>, month: &mut MonthCharges, items: &[Item<'_>], findings: &mut [Finding]) {
        let mut groups: Vec<Option<usize>> = findings.iter().map(|finding| finding.insurance).collect();
        groups.dedup();
        for group in groups {
            // A base of all insurances is explained by the first that has an answer.
            let mut own = items.iter().filter(|item| group.is_none_or(|at| at == item.at));
            let Some((item, entry)) = own.find_map(|item| Some((item, item.entry.as_ref().ok()?))) else { continue };
            let Some(Ok(charge)) = month.charges.get(item.at) else { continue };
            // What is a repeat and right in itself needs no other cause.
            let wrong: Vec<usize> = (0..findings.len())
                .filter(|i| findings[*i].insurance == group && self.differs(findings[*i].declared, findings[*i].due))
                .collect();
            let mut bases = [&item.checked.base, &self.entries.base].into_iter().flatten();
            let own_base = bases.find_map(|at| cell::signed(row, at).ok().flatten());
            let known = month.mistakes[item.at].get_or_insert_with(|| mistakes(self, item.at, month.month, charge));
            let Ok(due) = entry::due(entry, &mut Silent) else { continue };
            let told = explain(entry, &wrong.iter().map(|i| &findings[*i]).collect::<Vec<_>>(), known);
            for (i, why) in wrong.into_iter().zip(told) {
                let finding = &mut findings[i];
                let own_base = own_base.filter(|base| why.detail.is_empty() && *base != due.base());
                let follows = own_base.is_some_and(|base| follows(base, entry, finding));
                finding.why = if follows { Explanation::none("the declared base gives it") } else { why };
            }
        }
        for finding in findings {
            if row.is_uncalculated(finding.column) {
                finding.why = Explanation::plain(Cause::NotCalculated);
            } else if let Some(first) = finding.first {
                finding.why = std::mem::take(&mut finding.why).and(Explanation::duplicate(first));
            } else if finding.why.causes.is_empty() {
                finding.why = Explanation::none("");
            }
        }
    }
}

impl Paper {
    /// Notes a fault once.
    pub(super) fn refuse(&mut self, kind: Kind) {
        if !self.refused.contains(&kind) {
            self.refused.push(kind);
        }
    }
}

/// Only a row that could be read whole enters the sums.
fn sum_up(paper: &Paper, charges: &[Result<Charge, Faults>], tally: &mut CheckTally) {
    tally.blank += paper.blank;
    tally.again += paper.again;
    for (at, (item, charge)) in paper.items.iter().zip(charges).enumerate() {
        let Ok(charge) = charge else { continue };
        for side in Side::BOTH {
            if let Some(Sum { declared, due }) = *item.get(side) {
                tally.count((at, side), declared, due, charge.terms.rounding.value);
            }
        }
    }
}

//! A row that is not plainly right: cell by cell, whatever kind of entry it is, and why it differs.

use super::causes::{Cause, Explanation, explain, follows};
use super::charges::MonthCharges;
use super::declared::{Declares, Entry, Long};
use super::findings::{Finding, Part};
use super::judge::{Paper, Sum};
use super::mistakes::mistakes;
use super::plan::{Check, CheckedInsurance};
use super::tally::CheckTally;
use crate::batch::cell::{self, At};
use crate::batch::lines::Lines;
use crate::batch::outcome::Status;
use crate::batch::pipeline::{CellNote, Desk};
use crate::batch::row::Row;
use crate::facts::{Charge, Due, Faults, Kind, Outcome, Share, Side};
use crate::rules::entry::{given_back, silently, unlimited};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Month, Rounded};

/// One insurance of a row, and what is known of it.
pub(super) struct Item<'c> {
    at: usize,
    checked: &'c CheckedInsurance,
    /// The row that declared it first, where this one declares it again.
    first: Option<u64>,
    /// What the amounts rest on, for each side.
    ground: Share<Option<Money>>,
    /// What is charged in each month the amounts are for.
    charges: Outcome<Vec<Charge>>,
    /// Whether what is due is given back, for each side.
    back: Share<bool>,
}

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
    pub(super) fn judge_closely(&self, row: &Row<'_>, month: Result<Month, Kind>, desk: &mut Desk<'_, Self>) -> Status {
        let entry = self.extras.kind_of(row);
        let month = month.or_else(|kind| self.month.several(row).map(|(first, _)| first).ok_or(kind));
        let mut paper = std::mem::take(&mut desk.worker.paper);
        let status = match &self.declares {
            Declares::Columns => {
                for (at, checked) in self.insurances.iter().enumerate() {
                    let first = Self::repeat(row, at, desk);
                    let item = self.item(row, (at, checked, first), (entry, &month), &mut paper, desk);
                    self.insurance(row, &item, &mut paper, desk.lines);
                }
                None
            }
            Declares::Rows(long) => self.long_row(row, long, (entry, &month), &mut paper, desk),
            Declares::Bases => {
                self.declared_base(row, &month, &mut paper, desk);
                None
            }
        };
        if let Err(kind) = &month {
            paper.refused.insert(0, kind.clone());
        }
        let status = status.unwrap_or_else(|| self.conclude(row, (entry, month.ok()), &mut paper, desk));
        desk.worker.paper = paper;
        status
    }

    /// The row that declared an insurance first, where this one declares it again.
    fn repeat(row: &Row<'_>, bit: usize, desk: &Desk<'_, Self>) -> Option<u64> {
        let repeats = &desk.worker.repeats;
        let own = repeats[repeats.partition_point(|repeat| repeat.row < row.number)..].iter();
        own.take_while(|repeat| repeat.row == row.number)
            .find(|repeat| repeat.insurance == bit)
            .map(|repeat| repeat.first)
    }

    /// A row that names its insurance; `Some` where nothing of it is checked.
    fn long_row(
        &self,
        row: &Row<'_>,
        long: &Long,
        (entry, month): (Entry, &Result<Month, Kind>),
        paper: &mut Paper,
        desk: &mut Desk<'_, Self>,
    ) -> Option<Status> {
        let Some(at) = long.insurance_of(row, &self.insurances) else {
            desk.lines.empty(4);
            if long.named(row).is_none() && !long.is_left_out(row) {
                paper.refused.push(Kind::UnknownInsuranceText { text: long.insurance_text(row) });
                return None;
            }
            desk.tally.not_checked += 1;
            return Some(Status::Ok);
        };
        let insurance = &self.insurances[at].insurance;
        desk.lines.code(insurance.code());
        let charge = month.as_ref().ok().map(|month| desk.worker.months.of(*month, || self.charges(*month)));
        let rates = charge.and_then(|known| known.charges.get(at)).and_then(|charge| charge.as_ref().ok());
        let employer_only = rates.is_some_and(|charge| charge.rates.employee == crate::units::Rate::default());
        let checked = match long.checked(row, insurance, employer_only) {
            Ok(checked) => checked,
            Err(kind) => {
                desk.lines.empty(3);
                paper.refused.push(kind);
                return None;
            }
        };
        let bit = usize::try_from(long.bit(row, at)).unwrap_or(0);
        let first = Self::repeat(row, bit, desk);
        let item = self.item(row, (at, &checked, first), (entry, month), paper, desk);
        self.insurance(row, &item, paper, desk.lines);
        None
    }

    /// A row that declares a wage or a base and nothing else: the base is held to the limits of its month.
    fn declared_base(&self, row: &Row<'_>, month: &Result<Month, Kind>, paper: &mut Paper, desk: &mut Desk<'_, Self>) {
        let ground = self.common_ground(row, paper);
        let charges =
            month.as_ref().map(|month| desk.worker.months.of(*month, || self.charges(*month)).charges.clone());
        let known: Vec<Charge> = charges.unwrap_or_default().into_iter().filter_map(Result::ok).collect();
        let bases = known
            .iter()
            .map(|charge| ground.and_then(|ground| contribution::base(ground, charge, None, &mut Silent).ok()));
        let mut bases: Vec<Money> = bases.flatten().map(|(base, _)| base).collect();
        bases.dedup();
        match (bases.as_slice(), month, ground) {
            ([base], _, _) => {
                desk.lines.money(*base);
                paper.base = Some(*base);
            }
            (several, Ok(month), Some(_)) => {
                desk.lines.empty(1);
                paper.refused.push(if several.is_empty() {
                    Kind::NoLimits { month: *month }
                } else {
                    Kind::LimitsDiffer { month: *month }
                });
            }
            (_, _, _) => desk.lines.empty(1),
        }
    }

    /// What is known of one insurance of a row before its cells are compared.
    fn item<'c>(
        &self,
        row: &Row<'_>,
        (at, checked, first): (usize, &'c CheckedInsurance, Option<u64>),
        (entry, month): (Entry, &Result<Month, Kind>),
        paper: &mut Paper,
        desk: &mut Desk<'_, Self>,
    ) -> Item<'c> {
        let charges = self.charges_of(row, (at, checked), (entry, month), desk);
        let mut ground = self.grounds(row, checked, month, paper, desk);
        if entry == Entry::Difference
            && let Ok(month) = month
            && let Some(Ok(charge)) = desk.worker.months.of(*month, || self.charges(*month)).charges.get(at)
            && let Some(misses) = self.misses(row, at, entry, charge)
        {
            paper.is_joined = true;
            for ground in [&mut ground.employer, &mut ground.employee].into_iter().flatten() {
                *ground = Money::from_fen(ground.fen().saturating_add(misses.fen()));
            }
        }
        // Without a word on kinds, amounts that are all below nought are given back or taken off.
        let below = |side: Side| {
            let all = self.insurances.iter().chain([checked]).filter_map(|checked| checked.amounts.get(side).as_ref());
            let all = all.filter_map(|at| cell::signed(row, at).ok().flatten()).filter(|amount| *amount != Money::ZERO);
            let mut all = all.peekable();
            all.peek().is_some() && all.all(|amount| amount < Money::ZERO)
        };
        let back = |side: Side| {
            let negative = ground.get(side).is_some_and(|ground| ground < Money::ZERO);
            entry == Entry::Refund || negative || (!self.extras.has_kinds() && below(side))
        };
        let back = Share { employer: back(Side::Employer), employee: back(Side::Employee) };
        Item { at, checked, first, ground, charges, back }
    }

    /// What is charged in each month that an insurance of the row is for.
    fn charges_of(
        &self,
        row: &Row<'_>,
        (at, checked): (usize, &CheckedInsurance),
        (entry, month): (Entry, &Result<Month, Kind>),
        desk: &mut Desk<'_, Self>,
    ) -> Outcome<Vec<Charge>> {
        // Why there is no month was said where it was looked for.
        let Ok(month) = month else { return Err(Faults::default()) };
        let several = self.month.several(row);
        let months = self.extras.months_of(row, checked, (*month, several))?;
        let mut charges = Vec::with_capacity(months.len());
        for month in months {
            let known = desk.worker.months.of(month, || self.charges(month));
            let charge = known.charges.get(at).cloned().unwrap_or_else(|| Err(Faults::default()))?;
            let besides = entry == Entry::Difference || self.is_joined(row, at, entry);
            charges.push(if besides { unlimited(&charge) } else { charge });
        }
        Ok(charges)
    }

    /// One insurance of one row: its added cells, and what its declared cells come to.
    fn insurance(&self, row: &Row<'_>, item: &Item<'_>, paper: &mut Paper, lines: &mut Lines) {
        let Item { at, checked, first, .. } = *item;
        let due = item.due();
        match &due {
            Ok(due) => {
                lines.money(due.base);
                for side in Side::BOTH {
                    let wanted = matches!(self.declares, Declares::Columns) || checked.amounts.get(side).is_some();
                    if wanted { lines.money(due.amounts.get(side).money) } else { lines.empty(1) }
                }
                paper.base = paper.base.or(Some(due.base));
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
            && self.differs(declared, due.base)
        {
            paper.findings.push(Finding::new(Some(at), Part::Base, column.position, (declared, due.base), None));
        }
        for side in Side::BOTH {
            let Some(column) = checked.amounts.get(side) else { continue };
            let (Some(declared), Ok(due)) = (declared(row, column, paper), &due) else { continue };
            let due = *due.amounts.get(side);
            paper.again += first.map_or(0, |_| i128::from(declared.fen()));
            if first.is_some() || self.differs(declared, due.money) {
                let (part, amounts) = (Part::Side(side), (declared, due.money));
                paper.findings.push(Finding::new(Some(at), part, column.position, amounts, first));
            }
            *paper.items[at].get_mut(side) = Some(Sum { declared, due });
        }
    }

    /// Whether nothing but blanks and noughts is declared of an insurance.
    pub(super) fn declares_nothing(row: &Row<'_>, checked: &CheckedInsurance) -> bool {
        let mut columns = [&checked.amounts.employer, &checked.amounts.employee].into_iter().flatten().peekable();
        let some = columns.peek().is_some();
        some && columns.all(|at| matches!(cell::signed(row, at), Ok(Some(Money::ZERO))))
    }

    /// What is said of the row in the end.
    fn conclude(
        &self,
        row: &Row<'_>,
        (entry, month): (Entry, Option<Month>),
        paper: &mut Paper,
        desk: &mut Desk<'_, Self>,
    ) -> Status {
        self.declared_bases(row, entry, paper);
        if !paper.refused.is_empty() {
            desk.remark.faults(paper.refused.iter(), desk.tell);
            return Status::Error;
        }
        let Some(month) = month else { return Status::Error };
        let known = desk.worker.months.of(month, || self.charges(month));
        if !paper.findings.is_empty() {
            self.explain(row, (known, entry), &mut paper.findings);
        }
        sum_up(paper, &known.charges, desk.tally);
        self.printed_sums(row, &mut paper.findings);
        self.track(row, &paper.findings, desk.tally);
        desk.tally.refunds += u64::from(entry == Entry::Refund);
        desk.tally.differences += u64::from(entry == Entry::Difference);
        if paper.findings.is_empty() {
            return Status::Ok;
        }
        self.tell(row, &paper.findings, desk);
        Status::Mismatch
    }

    /// The declared bases that belong to no insurance.
    fn declared_bases(&self, row: &Row<'_>, entry: Entry, paper: &mut Paper) {
        if entry == Entry::Difference && !paper.is_joined {
            return;
        }
        let both = [&self.extras.side_bases.employer, &self.extras.side_bases.employee];
        let own: Vec<&At> = if self.wage.is_none() && both[0].is_some() {
            both.into_iter().flatten().collect()
        } else {
            self.base.iter().collect()
        };
        for at in own {
            let Some(declared) = declared(row, at, paper) else { continue };
            let Some(due) = paper.base else { continue };
            let due = if declared < Money::ZERO && due > Money::ZERO { Money::from_fen(-due.fen()) } else { due };
            if self.differs(declared, due) {
                paper.findings.push(Finding::new(None, Part::Base, at.position, (declared, due), None));
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
    fn explain(&self, row: &Row<'_>, (month, entry): (&mut MonthCharges, Entry), findings: &mut [Finding]) {
        let mut groups: Vec<Option<usize>> = findings.iter().map(|finding| finding.insurance).collect();
        groups.dedup();
        for group in groups {
            let at = group.unwrap_or(0);
            let (Some(checked), Some(Ok(charge))) = (self.insurances.get(at), month.charges.get(at)) else { continue };
            // What is a repeat and right in itself needs no other cause; what was given back or is for
            // several months is held against no mistake of a month.
            let wrong: Vec<usize> = (0..findings.len())
                .filter(|i| findings[*i].insurance == group && self.differs(findings[*i].declared, findings[*i].due))
                .filter(|i| findings[*i].due >= Money::ZERO && findings[*i].declared >= Money::ZERO)
                .collect();
            let Some(ground) =
                self.ground_in(row, checked).and_then(Result::ok).filter(|ground| *ground >= Money::ZERO)
            else {
                continue;
            };
            let several = self
                .extras
                .months_of(row, checked, (month.month, self.month.several(row)))
                .is_ok_and(|months| months.len() > 1);
            if self.misses(row, at, entry, charge).is_some() {
                for i in wrong {
                    let finding = &mut findings[i];
                    let own = match finding.part {
                        Part::Base | Part::Sum => finding.declared == ground,
                        Part::Side(side) => follows(ground, side, charge, finding.declared),
                    };
                    if own {
                        finding.why = Explanation::plain(Cause::LimitNotApplied);
                    }
                }
                continue;
            }
            if several || entry == Entry::Difference {
                continue;
            }
            let own_base =
                [&checked.base, &self.base].into_iter().flatten().find_map(|at| cell::signed(row, at).ok().flatten());
            let known = month.mistakes[at].get_or_insert_with(|| mistakes(self, at, month.month, charge));
            let Ok(due) = contribution::due(ground, charge, None, &mut Silent) else { continue };
            let told = explain(ground, &wrong.iter().map(|i| &findings[*i]).collect::<Vec<_>>(), known);
            for (i, why) in wrong.into_iter().zip(told) {
                let finding = &mut findings[i];
                let follows = match (finding.part, own_base) {
                    (Part::Side(side), Some(base)) if why.detail.is_empty() && base != due.base => {
                        follows(base, side, charge, finding.declared)
                    }
                    _ => false,
                };
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

impl Item<'_> {
    /// What is due, each side on its own ground.
    fn due(&self) -> Outcome<Due> {
        let charges = self.charges.as_ref().map_err(Clone::clone)?;
        let on = |side: Side| -> Outcome<Due> {
            let Some(ground) = *self.ground.get(side) else { return Err(Faults::default()) };
            let size = Money::from_fen(ground.fen().saturating_abs());
            let due = silently(size, charges)?;
            let base = if ground < Money::ZERO { Money::from_fen(-due.base.fen()) } else { due.base };
            Ok(Due { base, ..due })
        };
        let employee = on(Side::Employee)?;
        let employer = if self.ground.employer == self.ground.employee { employee } else { on(Side::Employer)? };
        let amount = |side: Side, amount: Rounded| if *self.back.get(side) { given_back(amount) } else { amount };
        let amounts = Share {
            employer: amount(Side::Employer, employer.amounts.employer),
            employee: amount(Side::Employee, employee.amounts.employee),
        };
        Ok(Due { amounts, ..employee })
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

//! The work on one row: what is due, what differs, why.

use super::causes::{Explanation, explain, follows};
use super::charges::{KnownMonths, MonthCharges};
use super::findings::{About, Finding, Part};
use super::ledger::Repeat;
use super::mistakes::mistakes;
use super::plan::{Check, CheckedInsurance};
use super::tally::CheckTally;
use crate::batch::cell::{self, At};
use crate::batch::lines::Lines;
use crate::batch::outcome::Status;
use crate::batch::pipeline::Desk;
use crate::batch::row::Row;
use crate::facts::{Charge, Due, Faults, IdentityNumber, Kind, Outcome, Share, Side, mask};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rounded};

/// What a worker keeps from row to row.
#[derive(Default)]
pub struct CheckWorker {
    months: KnownMonths,
    paper: Paper,
    person: LastPerson,
    block: u64,
    /// The repeats of the block, in the order of its rows.
    pub(super) repeats: Vec<Repeat>,
    /// The findings of the block, as they are listed.
    pub(super) listed: Vec<u8>,
}

impl CheckWorker {
    /// Begins a block.
    pub(super) fn begin(&mut self, block: u64) {
        self.block = block + 1;
        self.repeats.clear();
    }

    /// The findings of the row that was worked last.
    pub(super) fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.paper.findings)
    }
}

/// Scratch paper of one row.
#[derive(Default)]
pub(super) struct Paper {
    pub findings: Vec<Finding>,
    pub refused: Vec<Kind>,
    ground: Ground,
    base: Option<Money>,
    blank: u64,
    /// What is declared again, in fen.
    again: i128,
    /// What each insurance came to; every row writes all of them.
    items: Vec<Share<Option<Sum>>>,
    /// What is due for each insurance of a row that is plainly right.
    right: Vec<Share<Rounded>>,
}

/// What the due bases of a row rest on.
#[derive(Clone, Copy, Default)]
enum Ground {
    /// An amount that was read.
    Known(Money),
    /// Nothing that all insurances share.
    #[default]
    Nothing,
    /// A cell that cannot be read.
    Unreadable,
}

/// A declared amount that enters the sums, and what is due for it.
#[derive(Clone, Copy)]
struct Sum {
    declared: Money,
    due: Rounded,
}

impl Paper {
    fn clear(&mut self) {
        self.findings.clear();
        self.refused.clear();
        (self.ground, self.base, self.blank, self.again) = (Ground::Nothing, None, 0, 0);
    }

    /// A declared cell; a blank one declares nothing.
    #[inline]
    fn declared(&mut self, row: &Row<'_>, at: &At) -> Option<Money> {
        row.plain_money(at.position).or_else(|| self.oddly_declared(row, at))
    }

    #[cold]
    fn oddly_declared(&mut self, row: &Row<'_>, at: &At) -> Option<Money> {
        match cell::money(row, at) {
            Ok(Some(declared)) => return Some(declared),
            Ok(None) => self.blank += 1,
            Err(kind) => self.refused.push(kind),
        }
        None
    }
}

/// One insurance of a row, and what is known of it.
struct Item<'c> {
    at: usize,
    checked: &'c CheckedInsurance,
    first: Option<u64>,
}

impl Check<'_> {
    /// The whole row: every difference, or every fault that stands in the way.
    #[inline]
    pub(super) fn judge(&self, row: &Row<'_>, desk: &mut Desk<'_, Self>) -> Status {
        let CheckWorker { months, paper, person, block, repeats, listed } = &mut *desk.worker;
        paper.clear();
        paper.items.resize(self.insurances.len(), Share::default());
        paper.right.resize(self.insurances.len(), Share::default());
        if let Some(at) = &self.employee {
            desk.tally.bad_identity += u64::from(person.is_bad(row, at));
        }
        let mut month = match self.month.of(row) {
            Ok(month) => Some(months.of(month, || self.charges(month))),
            Err(kind) => {
                paper.refused.push(kind);
                None
            }
        };
        if let Some(month) = month.as_mut().filter(|month| month.met != *block) {
            month.met = *block;
            desk.tally.months.push(month.month);
        }
        let repeats = &repeats[repeats.partition_point(|repeat| repeat.row < row.number)..];
        let repeated = repeats.first().is_some_and(|repeat| repeat.row == row.number);
        if let Some(month) = month.as_ref().filter(|_| !repeated) {
            let start = desk.lines.position();
            if self.is_plainly_right(row, &month.charges, paper, desk.lines) {
                self.sum_right(&paper.right, &month.charges, desk.tally);
                return Status::Ok;
            }
            desk.lines.back_to(start);
        }
        let wage = self.wage.as_ref().and_then(|at| row.plain_money(at.position));
        paper.ground = match wage {
            Some(wage) => Ground::Known(wage),
            None => self.other_ground(row, paper),
        };
        for (at, checked) in self.insurances.iter().enumerate() {
            let own = repeats.iter().take_while(|repeat| repeat.row == row.number);
            let repeat = own.into_iter().find(|repeat| repeat.insurance == at);
            let item = Item { at, checked, first: repeat.map(|repeat| repeat.first) };
            let charge = month.as_ref().map(|month| &month.charges[at]);
            self.insurance(row, &item, charge, paper, desk.lines);
        }
        if let Some(at) = &self.base
            && let Some(declared) = paper.declared(row, at)
            && let Some(due) = paper.base
            && self.differs(declared, due)
        {
            paper.findings.push(Finding::new(None, Part::Base, at.position, (declared, due), None));
        }
        if !paper.refused.is_empty() {
            desk.remark.faults(paper.refused.iter(), desk.tell);
            return Status::Error;
        }
        if let Some(month) = &month {
            sum_up(paper, &month.charges, desk.tally);
        }
        if paper.findings.is_empty() {
            return Status::Ok;
        }
        let Some(month) = month else { return Status::Error };
        self.explain(row, month, &mut paper.findings);
        for (at, finding) in paper.findings.iter().enumerate() {
            for cause in &finding.why.causes {
                desk.remark.cause(cause.code());
            }
            let insurance = finding.insurance.map(|at| &self.insurances[at].insurance);
            let told = paper.findings[..at].iter().any(|other| other.why == finding.why);
            finding.detail(insurance, !told, &mut desk.remark.detail);
            self.enlist(row, finding, listed);
        }
        for cause in &desk.remark.causes {
            *desk.tally.causes.entry(cause).or_default() += 1;
        }
        Status::Mismatch
    }

    /// Works a row in which every cell stands as this program would write it and says what is due, as
    /// nearly all do: what is due is then written as it was declared. `false` for every other row; those
    /// are judged cell by cell.
    #[inline]
    fn is_plainly_right(
        &self,
        row: &Row<'_>,
        charges: &[Result<Charge, Faults>],
        paper: &mut Paper,
        lines: &mut Lines,
    ) -> bool {
        let Some(wage) = self.wage.as_ref().and_then(|at| row.written(at.position)) else { return false };
        // Writes what is due: as the cell of its column says it, if it says the same.
        let says = |at: &Option<At>, due: Money, lines: &mut Lines| {
            let Some(at) = at else {
                lines.money(due);
                return true;
            };
            let written = row.written(at.position).filter(|written| written.money == due);
            written.map(|written| lines.written(written)).is_some()
        };
        for ((checked, charge), item) in self.insurances.iter().zip(charges).zip(&mut paper.right) {
            let Ok(charge) = charge else { return false };
            let Ok((base, _)) = contribution::base(wage.money, charge, None, &mut Silent) else { return false };
            let base_said = match &checked.base {
                None if base == wage.money => {
                    lines.written(wage);
                    true
                }
                at => says(at, base, lines),
            };
            if !base_said {
                return false;
            }
            paper.base = paper.base.or(Some(base));
            for side in Side::BOTH {
                let Ok(due) = contribution::amount(base, side, charge, None, &mut Silent) else { return false };
                let column = checked.amounts.get(side);
                if !says(column, due.money, lines) {
                    return false;
                }
                *item.get_mut(side) = due;
            }
        }
        match (&self.base, paper.base) {
            (Some(at), Some(base)) => row.written(at.position).is_some_and(|written| written.money == base),
            (_, _) => true,
        }
    }

    /// Adds up a row that is plainly right: what is declared is what is due.
    #[inline]
    fn sum_right(&self, due: &[Share<Rounded>], charges: &[Result<Charge, Faults>], tally: &mut CheckTally) {
        for (at, ((due, checked), charge)) in due.iter().zip(&self.insurances).zip(charges).enumerate() {
            let Ok(charge) = charge else { continue };
            for side in Side::BOTH {
                if checked.amounts.get(side).is_some() {
                    let due = *due.get(side);
                    tally.count((at, side), due.money, due, charge.terms.rounding.value);
                }
            }
        }
    }

    #[inline]
    fn differs(&self, declared: Money, due: Money) -> bool {
        declared.fen().abs_diff(due.fen()) > self.tolerance.fen().unsigned_abs()
    }

    /// The same where the wage is not plainly there: written in another way, or the declared base.
    #[cold]
    fn other_ground(&self, row: &Row<'_>, paper: &mut Paper) -> Ground {
        match self.common_ground(row) {
            None => Ground::Nothing,
            Some(Ok(money)) => Ground::Known(money),
            Some(Err(kind)) => {
                paper.refused.push(kind);
                Ground::Unreadable
            }
        }
    }

    /// What the due base of every insurance rests on: the wage or, without one, the declared base;
    /// `None` where the row has neither.
    fn common_ground(&self, row: &Row<'_>) -> Option<Result<Money, Kind>> {
        [&self.wage, &self.base].into_iter().flatten().find_map(|at| cell::money(row, at).transpose())
    }

    /// What the due base of an insurance rests on, where it can be read.
    pub(super) fn ground_of(&self, row: &Row<'_>, at: usize) -> Option<Money> {
        let own = self.insurances[at].base.as_ref();
        let own = || own.and_then(|base| cell::money(row, base).ok().flatten());
        self.common_ground(row).and_then(Result::ok).or_else(own)
    }

    /// What the due base of one insurance rests on; a fault is noted on the paper.
    #[inline]
    fn ground(&self, row: &Row<'_>, checked: &CheckedInsurance, paper: &mut Paper) -> Option<Money> {
        match paper.ground {
            Ground::Known(money) => Some(money),
            Ground::Nothing => self.own_ground(row, checked, paper),
            Ground::Unreadable => None,
        }
    }

    #[cold]
    fn own_ground(&self, row: &Row<'_>, checked: &CheckedInsurance, paper: &mut Paper) -> Option<Money> {
        let own = checked.base.as_ref().map(|at| cell::money(row, at));
        match own {
            Some(Ok(Some(money))) => return Some(money),
            Some(Err(kind)) => paper.refused.push(kind),
            Some(Ok(None)) | None => {
                let places = [&self.wage, &self.base, &checked.base];
                paper.refused.push(places.into_iter().flatten().next().map_or(Kind::EmptyRow, cell::blank));
            }
        }
        None
    }

    /// One insurance of one row: its added cells, and what its declared cells come to.
    #[inline]
    fn insurance(
        &self,
        row: &Row<'_>,
        item: &Item<'_>,
        charge: Option<&Result<Charge, Faults>>,
        paper: &mut Paper,
        lines: &mut Lines,
    ) {
        let Item { at, checked, first } = *item;
        let due = self.due(row, checked, charge, paper);
        match &due {
            Ok(due) => {
                lines.amounts([due.base, due.amounts.employer.money, due.amounts.employee.money]);
                paper.base = paper.base.or(Some(due.base));
            }
            Err(faults) => {
                lines.empty(3);
                paper.refused.extend(faults.0.iter().map(|fault| fault.kind.clone()));
            }
        }
        if let Some(column) = &checked.base
            && let Some(declared) = paper.declared(row, column)
            && let Ok(due) = &due
            && self.differs(declared, due.base)
        {
            paper.findings.push(Finding::new(Some(at), Part::Base, column.position, (declared, due.base), None));
        }
        for side in Side::BOTH {
            let sum = match checked.amounts.get(side) {
                Some(column) => match (paper.declared(row, column), &due) {
                    (Some(declared), Ok(due)) => {
                        let due = due.amounts.get(side);
                        paper.again += first.map_or(0, |_| i128::from(declared.fen()));
                        if first.is_some() || self.differs(declared, due.money) {
                            let (part, amounts) = (Part::Side(side), (declared, due.money));
                            paper.findings.push(Finding::new(Some(at), part, column.position, amounts, first));
                        }
                        Some(Sum { declared, due: *due })
                    }
                    (_, _) => None,
                },
                None => None,
            };
            *paper.items[at].get_mut(side) = sum;
        }
    }

    #[inline]
    fn due(
        &self,
        row: &Row<'_>,
        checked: &CheckedInsurance,
        charge: Option<&Result<Charge, Faults>>,
        paper: &mut Paper,
    ) -> Outcome<Due> {
        match (charge, self.ground(row, checked, paper)) {
            (Some(Ok(charge)), Some(ground)) => contribution::due(ground, charge, None, &mut Silent),
            (Some(Err(faults)), _) => Err(faults.clone()),
            // Why was said where the month or the ground was looked for.
            (Some(Ok(_)) | None, _) => Err(Faults::default()),
        }
    }

    /// Says why each finding differs.
    #[cold]
    pub(super) fn explain(&self, row: &Row<'_>, month: &mut MonthCharges, findings: &mut [Finding]) {
        let common = self.common_ground(row).and_then(Result::ok);
        let mut groups: Vec<Option<usize>> = findings.iter().map(|finding| finding.insurance).collect();
        groups.dedup();
        for group in groups {
            let at = group.unwrap_or(0);
            let Some(Ok(charge)) = month.charges.get(at) else { continue };
            let known = month.mistakes[at].get_or_insert_with(|| mistakes(self, at, month.month, charge));
            let base = self.insurances.get(at).and_then(|checked| checked.base.as_ref());
            let own_base = base.and_then(|base| cell::money(row, base).ok().flatten());
            let Some(ground) = common.or(own_base) else { continue };
            let declared_base =
                own_base.or_else(|| self.base.as_ref().and_then(|at| cell::money(row, at).ok().flatten()));
            let Ok(due) = contribution::due(ground, charge, None, &mut Silent) else { continue };
            // What is a repeat and right in itself needs no other cause.
            let wrong: Vec<usize> = (0..findings.len())
                .filter(|i| findings[*i].insurance == group && self.differs(findings[*i].declared, findings[*i].due))
                .collect();
            let told = explain(ground, &wrong.iter().map(|i| &findings[*i]).collect::<Vec<_>>(), known);
            for (i, why) in wrong.into_iter().zip(told) {
                let finding = &mut findings[i];
                let follows = match (finding.part, declared_base) {
                    (Part::Side(side), Some(base)) if why.detail.is_empty() && base != due.base => {
                        follows(base, side, charge, finding.declared)
                    }
                    _ => false,
                };
                finding.why = if follows { Explanation::none("the declared base gives it") } else { why };
            }
        }
        for finding in findings {
            if let Some(first) = finding.first {
                finding.why = std::mem::take(&mut finding.why).and(Explanation::duplicate(first));
            } else if finding.why.causes.is_empty() {
                finding.why = Explanation::none("");
            }
        }
    }

    /// Puts a finding on the list.
    fn enlist(&self, row: &Row<'_>, finding: &Finding, listed: &mut Vec<u8>) {
        let Some(listing) = &self.listing else { return };
        let employee = self.employee.as_ref().and_then(|at| cell::text(row, at));
        let employee = employee.map(|text| if self.mask { mask(&text) } else { text.into_owned() });
        let about = About {
            row: row.number,
            employee: employee.as_deref(),
            month: self.month.of(row).ok().map(|month| month.to_string()),
            heading: self.heading(finding),
            insurance: finding.insurance.map(|at| &self.insurances[at].insurance),
        };
        listing.write(finding, &about, listed);
    }

    /// The heading of a finding's column, as it stands.
    #[must_use]
    pub fn heading(&self, finding: &Finding) -> &str {
        let checked = finding.insurance.and_then(|at| self.insurances.get(at));
        let at = match (checked, finding.part) {
            (Some(checked), Part::Base) => checked.base.as_ref(),
            (Some(checked), Part::Side(side)) => checked.amounts.get(side).as_ref(),
            (None, _) => self.base.as_ref(),
        };
        at.map_or("", |at| at.heading.as_str())
    }
}

/// Only a row that could be read whole enters the sums.
#[inline]
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

/// The number of the row before: the rows of one person often stand together.
#[derive(Default)]
struct LastPerson {
    number: [u8; 18],
    holds: bool,
}

impl LastPerson {
    /// Whether the row's identity number does not hold; a blank one is none.
    #[inline]
    fn is_bad(&mut self, row: &Row<'_>, at: &At) -> bool {
        let cell = row.bare_cell(at.position);
        if self.holds && *cell == self.number {
            return false;
        }
        if let Ok(number) = <&[u8; 18]>::try_from(cell)
            && number.iter().all(u8::is_ascii_alphanumeric)
        {
            *self = Self { number: *number, holds: IdentityNumber::holds(cell) };
            return !self.holds;
        }
        cell::text(row, at).is_some_and(|text| IdentityNumber::parse(&text).is_err())
    }
}

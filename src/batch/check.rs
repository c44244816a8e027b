//! `check`: every declared amount of a row against what is due.
//!
//! The due base is the row's wage (or, without one, its declared base) held to the limits of its
//! month; the amounts due rest on the due base. A declared base is compared with the due one. Money,
//! rates and rules are the functions of a single case.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{self, At};
use super::columns::{Columns, Meaning};
use super::months::MonthSource;
use super::pipeline::{Job, Status, Worked};
use super::row::Row;
use super::{Added, Tell};
use crate::facts::{Charge, Faults, IdentityNumber, Insurance, Kind, Outcome, Selection, Share, Side};
use crate::rules::{Silent, contribution};
use crate::tables::Book;
use crate::units::{Exactness, Money, Month};

/// One insurance that the file declares something of.
#[derive(Clone, Debug)]
pub struct CheckedInsurance {
    /// The insurance.
    pub insurance: Insurance,
    base: Option<At>,
    amounts: Share<Option<At>>,
}

/// The check of one file.
pub struct Check<'a> {
    book: &'a Book,
    selection: Selection,
    insurances: Vec<CheckedInsurance>,
    employee: Option<At>,
    month: MonthSource,
    wage: Option<At>,
    base: Option<At>,
    tolerance: Money,
}

/// Declared and due of one insurance and side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideTotals {
    /// The sum of the amounts declared, in fen.
    pub declared: i128,
    /// The sum of the amounts due for them, in fen.
    pub due: i128,
}

/// What a check keeps while it works.
#[derive(Default)]
pub struct CheckState {
    /// Rows seen.
    pub rows: u64,
    /// Rows that agree.
    pub ok: u64,
    /// Rows that do not.
    pub mismatch: u64,
    /// Rows that could not be read or answered.
    pub error: u64,
    /// Rows by cause.
    pub causes: BTreeMap<&'static str, u64>,
    /// Amounts that lay exactly on half a unit.
    pub ties: u64,
    /// Sums by insurance, in the order of the file's insurances.
    pub totals: Vec<Share<SideTotals>>,
    /// Rows whose identity number does not hold.
    pub bad_identity: u64,
    /// Declared cells that were blank.
    pub blank: u64,
    months: Vec<(Month, Charges)>,
}

impl CheckState {
    /// The months met, each with its charges.
    pub fn charges(&self) -> impl Iterator<Item = (Month, &Charge)> {
        self.months
            .iter()
            .flat_map(|(month, charges)| charges.iter().filter_map(|charge| Some((*month, charge.as_ref().ok()?))))
    }
}

/// One amount that differs.
struct Finding {
    what: String,
    declared: Money,
    due: Money,
}

impl<'a> Check<'a> {
    /// Plans the check of a file with these columns. Also gives the headings of declared columns that
    /// are not checked, because their insurance is not asked for or cannot be answered.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        selection: Selection,
        month: Option<Month>,
        tolerance: Money,
    ) -> Outcome<(Self, Vec<String>)> {
        let mut faults = Faults::default();
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        let mut insurances = Vec::new();
        let mut unchecked = Vec::new();
        for names in book.insurances() {
            let insurance = names.insurance.clone();
            let found = CheckedInsurance {
                base: columns.find(&Meaning::InsuranceBase(insurance.clone())),
                amounts: Share {
                    employer: columns.find(&Meaning::Amount(insurance.clone(), Side::Employer)),
                    employee: columns.find(&Meaning::Amount(insurance.clone(), Side::Employee)),
                },
                insurance,
            };
            let columns = [&found.base, &found.amounts.employer, &found.amounts.employee];
            let headings: Vec<String> = columns.into_iter().flatten().map(|at| at.heading.clone()).collect();
            let asked = selection.only.as_ref().is_none_or(|only| only.contains(&found.insurance));
            let classless = found.insurance.code() == Insurance::INJURY && selection.injury_class.is_none();
            if headings.is_empty() {
                continue;
            }
            if asked && !classless { insurances.push(found) } else { unchecked.extend(headings) }
        }
        let own_bases = insurances.iter().any(|insurance| insurance.base.is_some());
        if wage.is_none() && base.is_none() && !own_bases {
            faults.push(columns.missing(file, &["wage", "base"]));
        }
        let month = MonthSource::plan(columns, file, month, &mut faults);
        if insurances.is_empty() && (base.is_none() || wage.is_none() || !unchecked.is_empty()) {
            let place = crate::facts::Place::Cell { file: file.to_owned(), row: 1, column: None };
            faults
                .push(crate::facts::Fault::at(Kind::NothingDeclared { headings: columns.headings().to_vec() }, place));
        }
        let Some(month) = month else { return Err(faults) };
        let employee = columns.plain("employee_id");
        faults.or((Self { book, selection, insurances, employee, month, wage, base, tolerance }, unchecked))
    }

    /// The insurances that are checked, in the order of the sums.
    #[must_use]
    pub fn insurances(&self) -> &[CheckedInsurance] {
        &self.insurances
    }

    /// The charges of a month, one for each checked insurance.
    fn charges(&self, month: Month, state: &mut CheckState) -> Charges {
        if let Some((_, charges)) = state.months.iter().find(|(other, _)| *other == month) {
            return Arc::clone(charges);
        }
        let charges: Vec<Result<Charge, Faults>> =
            self.insurances.iter().map(|checked| self.charge(&checked.insurance, month)).collect();
        let charges = Arc::new(charges);
        state.months.push((month, Arc::clone(&charges)));
        charges
    }

    fn charge(&self, insurance: &Insurance, month: Month) -> Outcome<Charge> {
        let selection = Selection { only: Some(vec![insurance.clone()]), ..self.selection.clone() };
        let terms = self.book.month_terms(month, &selection)?;
        let only = terms.insurances.into_iter().next().ok_or_else(|| Faults::from(Kind::EmptyRow))?;
        contribution::charge(Arc::new(only), Some(month), &mut Silent)
    }

    /// What the row's due base rests on, for one insurance.
    fn ground(&self, row: &Row<'_>, checked: &CheckedInsurance) -> Result<Money, Kind> {
        let places = || [&self.wage, &self.base, &checked.base].into_iter().flatten();
        for at in places() {
            if let Some(money) = cell::money(row, at)? {
                return Ok(money);
            }
        }
        Err(places().next().map_or(Kind::EmptyRow, cell::blank))
    }

    /// One insurance of one row: its added cells, and what its declared cells come to.
    fn insurance(
        &self,
        row: &Row<'_>,
        at: usize,
        charge: &Result<Charge, Faults>,
        judged: &mut Judged,
        added: &mut Vec<Added>,
    ) {
        let checked = &self.insurances[at];
        let due = match (charge, self.ground(row, checked)) {
            (Ok(charge), Ok(ground)) => contribution::contribution(ground, charge, None, &mut Silent),
            (Err(faults), Ok(_)) => Err(faults.clone()),
            (Ok(_), Err(kind)) => Err(kind.into()),
            (Err(faults), Err(kind)) => {
                judged.refused.push(kind);
                Err(faults.clone())
            }
        };
        let due = due.map_err(|faults| judged.refused.extend(faults.0.into_iter().map(|fault| fault.kind))).ok();
        match &due {
            Some(due) => {
                added.push(Added::Money(due.base));
                added.extend(Side::BOTH.map(|side| Added::Money(*due.amounts.get(side))));
                judged.base = judged.base.or(Some(due.base));
            }
            None => added.extend([Added::Empty, Added::Empty, Added::Empty]),
        }
        if let Some(column) = &checked.base {
            let base = due.as_ref().map(|due| due.base);
            judged.compare(row, column, base, self.tolerance, || format!("{}_base", checked.insurance));
        }
        for side in Side::BOTH {
            let Some(column) = checked.amounts.get(side) else { continue };
            let amount = due.as_ref().map(|due| *due.amounts.get(side));
            let what = || format!("{}_{}", checked.insurance, side.code());
            let declared = judged.compare(row, column, amount, self.tolerance, what);
            if let (Some(declared), Some(due)) = (declared, &due) {
                judged.ties += u64::from(*due.exactness.get(side) == Exactness::Tie);
                judged.sums.push((at, side, declared, *due.amounts.get(side)));
            }
        }
    }

    /// The whole row: every difference, or every fault that stands in the way.
    fn judge(&self, row: &Row<'_>, state: &mut CheckState, added: &mut Vec<Added>) -> Judged {
        let mut judged = Judged::default();
        if let Some(at) = &self.employee {
            let text = cell::text(row, at).ok().flatten();
            state.bad_identity += u64::from(text.is_some_and(|text| IdentityNumber::parse(&text).is_err()));
        }
        let charges = match self.month.of(row) {
            Ok(month) => self.charges(month, state),
            Err(kind) => {
                judged.refused.push(kind);
                Arc::new(vec![Err(Faults::default()); self.insurances.len()])
            }
        };
        for (at, charge) in charges.iter().enumerate() {
            self.insurance(row, at, charge, &mut judged, added);
        }
        if let Some(at) = &self.base {
            judged.compare(row, at, judged.base, self.tolerance, || "base".to_owned());
        }
        judged
    }
}

/// What a row comes to, before it is counted.
#[derive(Default)]
struct Judged {
    findings: Vec<Finding>,
    refused: Vec<Kind>,
    base: Option<Money>,
    blank: u64,
    ties: u64,
    sums: Vec<(usize, Side, Money, Money)>,
}

impl Judged {
    /// Compares one declared cell with what is due, where that is known; a blank one declares nothing.
    fn compare(
        &mut self,
        row: &Row<'_>,
        at: &At,
        due: Option<Money>,
        tolerance: Money,
        what: impl FnOnce() -> String,
    ) -> Option<Money> {
        match cell::money(row, at) {
            Ok(Some(declared)) => {
                let due = due?;
                if declared.fen().abs_diff(due.fen()) > tolerance.fen().unsigned_abs() {
                    self.findings.push(Finding { what: what(), declared, due });
                }
                Some(declared)
            }
            Ok(None) => {
                self.blank += 1;
                None
            }
            Err(kind) => {
                self.refused.push(kind);
                None
            }
        }
    }
}

/// The charges of one month, one for each checked insurance.
type Charges = Arc<Vec<Result<Charge, Faults>>>;

impl Job for Check<'_> {
    type State = CheckState;

    fn start(&self) -> CheckState {
        CheckState { totals: vec![Share::default(); self.insurances.len()], ..CheckState::default() }
    }

    fn added(&self) -> Vec<String> {
        let columns = self.insurances.iter().flat_map(|checked| {
            ["base", "employer", "employee"].map(|what| format!("{}_{what}_due", checked.insurance))
        });
        columns.collect()
    }

    fn has_causes(&self) -> bool {
        true
    }

    fn work(&self, row: &Row<'_>, state: &mut CheckState, added: &mut Vec<Added>, tell: Tell<'_>) -> Worked {
        let judged = self.judge(row, state, added);
        if !judged.refused.is_empty() {
            let mut reasons: Vec<String> = Vec::new();
            for reason in judged.refused.iter().map(tell) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            return Worked { status: Status::Error, causes: Vec::new(), detail: reasons.join("; ") };
        }
        // Only a row that could be read whole enters the sums.
        state.blank += judged.blank;
        state.ties += judged.ties;
        for (at, side, declared, due) in judged.sums {
            let sums = state.totals[at].get_mut(side);
            sums.declared += i128::from(declared.fen());
            sums.due += i128::from(due.fen());
        }
        if judged.findings.is_empty() {
            return Worked { status: Status::Ok, causes: Vec::new(), detail: String::new() };
        }
        let details: Vec<String> = judged.findings.iter().map(Finding::detail).collect();
        Worked { status: Status::Mismatch, causes: vec!["unexplained"], detail: details.join("; ") }
    }

    fn count(&self, worked: &Worked, state: &mut CheckState) {
        state.rows += 1;
        match worked.status {
            Status::Ok => state.ok += 1,
            Status::Mismatch => state.mismatch += 1,
            Status::Error => state.error += 1,
        }
        for cause in &worked.causes {
            *state.causes.entry(cause).or_default() += 1;
        }
    }
}

impl Finding {
    /// The finding as the detail column states it.
    fn detail(&self) -> String {
        let difference = Money::from_fen(self.declared.fen().saturating_sub(self.due.fen()));
        format!("{}: declared {}, due {}, difference {difference}", self.what, self.declared, self.due)
    }
}

//! The calculators over files: the same rules, row by row.

use std::sync::Arc;

use super::cell::{self, At};
use super::check::Month0;
use super::columns::Columns;
use super::pipeline::{Job, Status, Worked};
use super::row::Row;
use super::{Added, Tell};
use crate::facts::{
    Cited, Faults, Insurance, Kind, MonthTerms, Note, Outcome, ResidentPerson, ResidentTerms, Selection, TierTerms,
};
use crate::rules::{Silent, contribution, resident};
use crate::tables::Book;
use crate::units::{Money, Month};

/// What a calculator keeps while it works: counts, sums, and the terms it has looked up.
pub struct ComputeState<T> {
    /// Rows seen.
    pub rows: u64,
    /// Rows computed.
    pub ok: u64,
    /// Rows that could not be.
    pub error: u64,
    /// The sum of the totals, in fen.
    pub total: i128,
    /// What the tables had to say, each once.
    pub notes: Vec<Note>,
    terms: Vec<(Asked, Arc<Outcome<T>>)>,
}

/// What terms were looked up for: a month or year, and a category.
type Asked = (i32, Option<String>);

impl<T> ComputeState<T> {
    fn new() -> Self {
        Self { rows: 0, ok: 0, error: 0, total: 0, notes: Vec::new(), terms: Vec::new() }
    }

    /// The terms, looked up once.
    fn terms(&mut self, asked: Asked, look_up: impl FnOnce() -> Outcome<T>) -> Arc<Outcome<T>> {
        if let Some((_, terms)) = self.terms.iter().find(|(other, _)| *other == asked) {
            return Arc::clone(terms);
        }
        let terms = Arc::new(look_up());
        self.terms.push((asked, Arc::clone(&terms)));
        terms
    }

    fn count(&mut self, worked: &Worked) {
        self.rows += 1;
        match worked.status {
            Status::Ok => self.ok += 1,
            Status::Mismatch | Status::Error => self.error += 1,
        }
    }
}

/// A month as a number, to ask for terms by.
fn month_key(month: Month) -> i32 {
    month.year() * 12 + i32::try_from(month.number()).unwrap_or(0)
}

/// What a row came to: nothing to add, or the reasons why not.
fn worked(result: Result<(), Vec<Kind>>, tell: Tell<'_>) -> Worked {
    match result {
        Ok(()) => Worked { status: Status::Ok, causes: Vec::new(), detail: String::new() },
        Err(kinds) => {
            let mut reasons: Vec<String> = kinds.iter().map(tell).collect();
            reasons.dedup();
            Worked { status: Status::Error, causes: Vec::new(), detail: reasons.join("; ") }
        }
    }
}

fn kinds(faults: &Faults) -> Vec<Kind> {
    faults.0.iter().map(|fault| fault.kind.clone()).collect()
}

fn month_from(columns: &Columns, file: &str, given: Option<Month>, faults: &mut Faults) -> Option<Month0> {
    match (given, columns.plain("month")) {
        (Some(month), _) => Some(Month0::Given(month)),
        (None, Some(at)) => Some(Month0::Column(at)),
        (None, None) => {
            faults.push(columns.missing(file, &["month"]));
            None
        }
    }
}

fn month_of(row: &Row<'_>, month: &Month0) -> Result<Month, Kind> {
    match month {
        Month0::Given(month) => Ok(*month),
        Month0::Column(at) => cell::month(row, at),
    }
}

/// `contrib` over a file of wages.
pub struct ComputeContributions<'a> {
    book: &'a Book,
    selection: Selection,
    insurances: Vec<Insurance>,
    month: Month0,
    wage: Option<At>,
    base: Option<At>,
    tell: Tell<'a>,
}

impl<'a> ComputeContributions<'a> {
    /// Plans it: a file needs wages or bases, and months.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        selection: Selection,
        month: Option<Month>,
        tell: Tell<'a>,
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        if wage.is_none() && base.is_none() {
            faults.push(columns.missing(file, &["wage", "base"]));
        }
        let month = month_from(columns, file, month, &mut faults);
        let insurances = faults.keep(book.charged_insurances(&selection)).unwrap_or_default();
        let Some(month) = month else { return Err(faults) };
        faults.or(Self { book, selection, insurances, month, wage, base, tell })
    }

    fn row(
        &self,
        row: &Row<'_>,
        state: &mut ComputeState<MonthTerms>,
        added: &mut Vec<Added>,
    ) -> Result<(), Vec<Kind>> {
        let month = month_of(row, &self.month).map_err(|kind| vec![kind])?;
        let terms = state.terms((month_key(month), None), || self.book.month_terms(month, &self.selection));
        let terms = match terms.as_ref() {
            Ok(terms) => terms,
            Err(faults) => return Err(kinds(faults)),
        };
        let wage = self.wage(row).map_err(|kind| vec![kind])?;
        let due = contribution::month(wage, terms, &mut Silent).map_err(|faults| kinds(&faults))?;
        for note in &terms.notes {
            if !state.notes.contains(note) {
                state.notes.push(note.clone());
            }
        }
        for insurance in &self.insurances {
            match due.contributions.iter().find(|one| one.insurance == *insurance) {
                Some(one) => added.extend([one.base, one.amounts.employer, one.amounts.employee].map(Added::Money)),
                None => added.extend([Added::Empty, Added::Empty, Added::Empty]),
            }
        }
        added.extend([due.totals.employer, due.totals.employee, due.total].map(Added::Money));
        state.total += i128::from(due.total.fen());
        Ok(())
    }

    fn wage(&self, row: &Row<'_>) -> Result<Money, Kind> {
        for at in [&self.wage, &self.base].into_iter().flatten() {
            if let Some(money) = cell::money(row, at)? {
                return Ok(money);
            }
        }
        Err([&self.wage, &self.base].into_iter().flatten().next().map_or(Kind::EmptyRow, cell::blank))
    }
}

impl Job for ComputeContributions<'_> {
    type State = ComputeState<MonthTerms>;

    fn start(&self) -> Self::State {
        ComputeState::new()
    }

    fn added(&self) -> Vec<String> {
        let each = self
            .insurances
            .iter()
            .flat_map(|insurance| ["base", "employer", "employee"].map(|what| format!("{insurance}_{what}")));
        each.chain(["employer_total", "employee_total", "total"].map(str::to_owned)).collect()
    }

    fn has_causes(&self) -> bool {
        false
    }

    fn work(&self, row: &Row<'_>, state: &mut Self::State, added: &mut Vec<Added>) -> Worked {
        worked(self.row(row, state, added), self.tell)
    }

    fn count(&self, worked: &Worked, state: &mut Self::State) {
        state.count(worked);
    }
}

/// `resident-pension` over a roster.
pub struct ComputeResidentPensions<'a> {
    book: &'a Book,
    month: Month0,
    birth: Option<At>,
    identity: Option<At>,
    account: Option<At>,
    years: Option<At>,
    category: Option<String>,
    given: Option<Money>,
    tell: Tell<'a>,
}

/// The most years that anybody can have paid.
const YEARS_AT_MOST: i64 = 100;
/// The most people in one row.
const PEOPLE_AT_MOST: i64 = 1_000_000_000;

impl<'a> ComputeResidentPensions<'a> {
    /// Plans it: a roster needs birth dates or identity numbers, and months.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        month: Option<Month>,
        (category, given): (Option<String>, Option<Money>),
        tell: Tell<'a>,
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (birth, identity) = (columns.plain("birth"), columns.plain("employee_id"));
        if birth.is_none() && identity.is_none() {
            faults.push(columns.missing(file, &["employee_id", "birth"]));
        }
        let month = month_from(columns, file, month, &mut faults);
        let (account, years) = (columns.plain("account"), columns.plain("years"));
        let Some(month) = month else { return Err(faults) };
        faults.or(Self { book, month, birth, identity, account, years, category, given, tell })
    }

    fn person(&self, row: &Row<'_>) -> Result<ResidentPerson, Vec<Kind>> {
        let mut refused = Vec::new();
        let mut keep = |result: Result<Option<i64>, Kind>| {
            result.unwrap_or_else(|kind| {
                refused.push(kind);
                None
            })
        };
        let years = keep(self.years.as_ref().map_or(Ok(None), |at| cell::count(row, at, 0, YEARS_AT_MOST)));
        let account =
            keep(self.account.as_ref().map_or(Ok(None), |at| cell::money(row, at)).map(|money| money.map(Money::fen)));
        let birth = match self.birth.as_ref().map_or(Ok(None), |at| cell::date(row, at)) {
            Ok(None) => self
                .identity
                .as_ref()
                .map_or(Ok(None), |at| cell::identity(row, at))
                .map(|number| number.map(|number| number.birth)),
            other => other,
        };
        match birth {
            Ok(Some(birth)) if refused.is_empty() => {
                Ok(ResidentPerson { birth, death: None, account: account.map(Money::from_fen), years })
            }
            Ok(Some(_)) => Err(refused),
            Ok(None) => {
                refused.extend([&self.birth, &self.identity].into_iter().flatten().next().map(cell::blank));
                Err(refused)
            }
            Err(kind) => {
                refused.push(kind);
                Err(refused)
            }
        }
    }

    fn row(
        &self,
        row: &Row<'_>,
        state: &mut ComputeState<ResidentTerms>,
        added: &mut Vec<Added>,
    ) -> Result<(), Vec<Kind>> {
        let month = month_of(row, &self.month).map_err(|kind| vec![kind])?;
        let person = self.person(row)?;
        let terms = state.terms((month_key(month), None), || {
            let mut terms = self.book.resident_terms(month, self.category.as_deref())?;
            if let Some(given) = self.given {
                terms.base_pension = Ok(Cited::given(given));
            }
            Ok(terms)
        });
        let terms = match terms.as_ref() {
            Ok(terms) => terms,
            Err(faults) => return Err(kinds(faults)),
        };
        let pension = resident::pension(&person, terms, &mut Silent).map_err(|faults| kinds(&faults))?;
        added.extend([
            Added::Date(pension.birth),
            Added::Count(pension.age.into()),
            Added::Month(pension.payable_from),
            Added::Code(if pension.payable { "true" } else { "false" }),
            Added::money(pension.base_pension),
            Added::money(pension.age_supplement),
            Added::money(pension.years_supplement),
            Added::money(pension.account_pension),
            Added::Money(pension.total),
        ]);
        state.total += i128::from(pension.total.fen());
        Ok(())
    }
}

impl Job for ComputeResidentPensions<'_> {
    type State = ComputeState<ResidentTerms>;

    fn start(&self) -> Self::State {
        ComputeState::new()
    }

    fn added(&self) -> Vec<String> {
        [
            "pension_birth",
            "age",
            "payable_from",
            "payable",
            "base_pension",
            "age_supplement",
            "years_supplement",
            "account_pension",
            "total",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn has_causes(&self) -> bool {
        false
    }

    fn work(&self, row: &Row<'_>, state: &mut Self::State, added: &mut Vec<Added>) -> Worked {
        worked(self.row(row, state, added), self.tell)
    }

    fn count(&self, worked: &Worked, state: &mut Self::State) {
        state.count(worked);
    }
}

/// `resident-contrib` over a file of tiers.
pub struct ComputeResidentContributions<'a> {
    book: &'a Book,
    tier: At,
    year: Option<At>,
    given_year: Option<i32>,
    category: Option<At>,
    given_category: Option<String>,
    people: Option<At>,
    tell: Tell<'a>,
}

impl<'a> ComputeResidentContributions<'a> {
    /// Plans it: a file needs tiers and years.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        (given_year, given_category): (Option<i32>, Option<String>),
        tell: Tell<'a>,
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (tier, year) = (columns.plain("tier"), columns.plain("year"));
        if tier.is_none() {
            faults.push(columns.missing(file, &["tier"]));
        }
        if year.is_none() && given_year.is_none() {
            faults.push(columns.missing(file, &["year"]));
        }
        let Some(tier) = tier else { return Err(faults) };
        let (category, people) = (columns.plain("category"), columns.plain("people"));
        faults.or(Self { book, tier, year, given_year, category, given_category, people, tell })
    }

    fn row(&self, row: &Row<'_>, state: &mut ComputeState<TierTerms>, added: &mut Vec<Added>) -> Result<(), Vec<Kind>> {
        let one = |kind: Kind| vec![kind];
        let tier = cell::money(row, &self.tier).map_err(one)?.ok_or_else(|| one(cell::blank(&self.tier)))?;
        let year = match (&self.year, self.given_year) {
            (_, Some(year)) => year,
            (Some(at), None) => {
                let year = cell::count(row, at, 1900, 2199).map_err(one)?.ok_or_else(|| one(cell::blank(at)))?;
                i32::try_from(year).map_err(|_| one(Kind::BadYear { text: year.to_string() }))?
            }
            (None, None) => return Err(one(cell::blank(&self.tier))),
        };
        let category = match &self.category {
            Some(at) => cell::text(row, at).map_err(one)?.map(std::borrow::Cow::into_owned),
            None => self.given_category.clone(),
        };
        let people = match &self.people {
            Some(at) => cell::count(row, at, 1, PEOPLE_AT_MOST).map_err(one)?.unwrap_or(1),
            None => 1,
        };
        let terms = state.terms((year, category.clone()), || self.book.tier_terms(year, category.as_deref()));
        let terms = match terms.as_ref() {
            Ok(terms) => terms,
            Err(faults) => return Err(kinds(faults)),
        };
        let result = resident::contribution(tier, category.as_deref(), people, terms, &mut Silent)
            .map_err(|faults| kinds(&faults))?;
        added.extend(
            [result.paid_by_person, result.paid_by_government, result.subsidy, result.per_person, result.total]
                .map(Added::Money),
        );
        state.total += i128::from(result.total.fen());
        Ok(())
    }
}

impl Job for ComputeResidentContributions<'_> {
    type State = ComputeState<TierTerms>;

    fn start(&self) -> Self::State {
        ComputeState::new()
    }

    fn added(&self) -> Vec<String> {
        ["paid_by_person", "paid_by_government", "subsidy", "per_person", "total"].map(str::to_owned).to_vec()
    }

    fn has_causes(&self) -> bool {
        false
    }

    fn work(&self, row: &Row<'_>, state: &mut Self::State, added: &mut Vec<Added>) -> Worked {
        worked(self.row(row, state, added), self.tell)
    }

    fn count(&self, worked: &Worked, state: &mut Self::State) {
        state.count(worked);
    }
}

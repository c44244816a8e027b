//! The resident scheme over files: what a roster of people draws, what a list of tiers costs.
//!
//! A roster row needs a birth date, or an identity number that has one, and a month; account and years of contribution
//! are worked where columns have them. A row of tiers stands for one person or for a number of people. What is due is
//! decided by [`rules::resident`](resident).

use super::{Calculator, ComputeTotals, Terms, kinds, month_key};
use crate::batch::AddedColumn;
use crate::facts::{Cited, Faults, Kind, Outcome, ResidentPerson, ResidentTerms, TierTerms};
use crate::files::{Content, Lines, Row};
use crate::payroll::cell::{self, At};
use crate::payroll::month::MonthSource;
use crate::payroll::{Columns, PlainRole};
use crate::rules::{Silent, resident};
use crate::tables::Book;
use crate::units::{Money, Month};

/// `resident-pension` over a roster.
pub struct ComputeResidentPensions<'a> {
    book: &'a Book,
    month: MonthSource,
    birth: Option<At>,
    identity: Option<At>,
    account: Option<At>,
    years: Option<At>,
    category: Option<String>,
    given: Option<Money>,
}

/// The most years that anybody can have paid.
const YEARS_AT_MOST: i64 = 100;
/// The most people in one row.
const PEOPLE_AT_MOST: i64 = 1_000_000_000;

impl<'a> ComputeResidentPensions<'a> {
    /// The calculator for one roster. `month` is that of all rows, where one is given; the last two are the category of
    /// all people, and a base pension in place of that of the tables.
    ///
    /// # Errors
    /// All together: no column of birth dates or identity numbers, and a file that gives no month.
    ///
    /// ```
    /// use shebao::calculate::{Calculator, ComputeResidentPensions};
    /// use shebao::facts::RegionId;
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let opened = open_input("people.csv", Box::new("姓名,出生日期\n甲,1950-01-31\n".as_bytes()), None)?;
    /// let columns = PayrollTable::of_opened("people.csv", opened, Wanted::default())?.reading.columns;
    /// let month = "2025-05".parse().ok();
    /// let job = ComputeResidentPensions::plan(&book, "people.csv", &columns, month, (None, None))?;
    /// assert_eq!(job.columns().last().unwrap().code, "total");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        month: Option<Month>,
        (category, given): (Option<String>, Option<Money>),
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (birth, identity) = (columns.plain(PlainRole::Birth), columns.plain(PlainRole::EmployeeId));
        if birth.is_none() && identity.is_none() {
            faults.push(columns.missing(file, &[PlainRole::EmployeeId, PlainRole::Birth]));
        }
        let month = MonthSource::plan(columns, file, month, &mut faults);
        let (account, years) = (columns.plain(PlainRole::Account), columns.plain(PlainRole::Years));
        let Some(month) = month else { return Err(faults) };
        faults.or(Self { book, month, birth, identity, account, years, category, given })
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
}

impl Calculator for ComputeResidentPensions<'_> {
    type Terms = ResidentTerms;

    fn columns(&self) -> Vec<AddedColumn> {
        let column = |(code, content): (&str, Content)| AddedColumn { code: code.to_owned(), content };
        let columns = [
            ("pension_birth", Content::Text),
            ("age", Content::Number),
            ("payable_from", Content::Text),
            ("payable", Content::Truth),
            ("base_pension", Content::Amount),
            ("age_supplement", Content::Amount),
            ("years_supplement", Content::Amount),
            ("account_pension", Content::Amount),
            ("total", Content::Amount),
        ];
        columns.map(column).to_vec()
    }

    fn row(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<ResidentTerms>,
        totals: &mut ComputeTotals,
        lines: &mut Lines,
    ) -> Result<(), Vec<Kind>> {
        let month = self.month.of(row).map_err(|kind| vec![kind])?;
        let person = self.person(row)?;
        let terms = terms.of((month_key(month), None), || {
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
        lines.date(pension.birth);
        lines.number(pension.age.into());
        lines.month(pension.payable_from);
        lines.code(if pension.payable { "true" } else { "false" });
        let parts = [pension.base_pension, pension.age_supplement, pension.years_supplement, pension.account_pension];
        for part in parts {
            if let Some(part) = part {
                lines.money(part);
            } else {
                lines.empty(1);
            }
        }
        lines.money(pension.total);
        if pension.payable {
            let band = totals.bands.entry(pension.age_band.unwrap_or(0)).or_default();
            band.people += 1;
            band.total += i128::from(pension.total.fen());
        }
        totals.total += i128::from(pension.total.fen());
        Ok(())
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
}

impl<'a> ComputeResidentContributions<'a> {
    /// The calculator for one list of tiers; year and category are those of all rows, where they are given. The example of
    /// [`all_added`](crate::batch::all_added) plans one.
    ///
    /// # Errors
    /// All together: no column of tiers, and no year in a column or given.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        (given_year, given_category): (Option<i32>, Option<String>),
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (tier, year) = (columns.plain(PlainRole::Tier), columns.plain(PlainRole::Year));
        if tier.is_none() {
            faults.push(columns.missing(file, &[PlainRole::Tier]));
        }
        if year.is_none() && given_year.is_none() {
            faults.push(columns.missing(file, &[PlainRole::Year]));
        }
        let Some(tier) = tier else { return Err(faults) };
        let (category, people) = (columns.plain(PlainRole::Category), columns.plain(PlainRole::People));
        faults.or(Self { book, tier, year, given_year, category, given_category, people })
    }
}

impl Calculator for ComputeResidentContributions<'_> {
    type Terms = TierTerms;

    fn columns(&self) -> Vec<AddedColumn> {
        ["paid_by_person", "paid_by_government", "subsidy", "per_person", "total"].map(AddedColumn::amount).to_vec()
    }

    fn row(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<TierTerms>,
        totals: &mut ComputeTotals,
        lines: &mut Lines,
    ) -> Result<(), Vec<Kind>> {
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
            Some(at) => cell::text(row, at).map(std::borrow::Cow::into_owned),
            None => self.given_category.clone(),
        };
        let people = match &self.people {
            Some(at) => cell::count(row, at, 1, PEOPLE_AT_MOST).map_err(one)?.unwrap_or(1),
            None => 1,
        };
        let terms = terms.of((year, category.clone()), || self.book.tier_terms(year, category.as_deref()));
        let terms = match terms.as_ref() {
            Ok(terms) => terms,
            Err(faults) => return Err(kinds(faults)),
        };
        let result = resident::contribution(tier, category.as_deref(), people, terms, &mut Silent)
            .map_err(|faults| kinds(&faults))?;
        lines.amounts([
            result.paid_by_person,
            result.paid_by_government,
            result.subsidy,
            result.per_person,
            result.total,
        ]);
        totals.total += i128::from(result.total.fen());
        Ok(())
    }
}

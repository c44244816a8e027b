//! The resident scheme (国发〔2014〕8号, 鲁政发〔2013〕13号, 威人社字〔2019〕10号).
//!
//! In words: the monthly pension is the base pension, plus the age supplement, plus so much for
//! each year paid beyond the threshold, plus the personal account divided by a number of months.
//! It is paid from the month after the age is reached to the month of death; a supplement from the
//! month after its age is reached, and a later one replaces the earlier.

use super::Trace;
use crate::facts::{
    AgeBand, Cited, Faults, Input, Kind, Operation, Outcome, Quantity, ResidentContribution, ResidentPension,
    ResidentPerson, ResidentTerms, Step, TierTerms, Value,
};
use crate::units::{Date, Decimal, Money, Month, birthday, completed_years};

/// The first month that counts for an age: the month after the birthday that completes it.
///
/// # Errors
/// [`Kind::BadDate`] where the age is reached beyond the calendar.
///
/// ```
/// use shebao::rules::resident::month_after_age;
/// use shebao::units::Date;
/// // a birthday on the 1st still waits for the next month
/// let from = month_after_age(Date::constant(1954, 2, 1), 65).unwrap();
/// assert_eq!(from.to_string(), "2019-03");
/// ```
pub fn month_after_age(birth: Date, age: i16) -> Outcome<Month> {
    birthday(birth, age)
        .and_then(Month::of)
        .map(Month::next)
        .ok_or_else(|| Faults::from(Kind::BadDate { text: birth.to_string() }))
}

/// The pension of one person in one month.
/// Nothing is asked of the tables for a month that is not payable.
///
/// # Errors
/// [`Kind::BornLater`] and [`Kind::DiedBeforeBirth`] where the dates contradict each other, the fault of a figure that
/// the person needs and the tables lack, [`Kind::AmountTooLarge`] where an amount cannot be held.
///
/// ```
/// use shebao::facts::{RegionId, ResidentPerson};
/// use shebao::rules::{Silent, resident};
/// use shebao::tables::{Book, Shelf};
/// use shebao::units::Date;
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let terms = book.resident_terms("2019-06".parse().unwrap(), None).unwrap();
/// let birth = Date::constant(1958, 1, 15);
/// let person = ResidentPerson { birth, death: None, account: "13900".parse().ok(), years: Some(17) };
/// let pension = resident::pension(&person, &terms, &mut Silent).unwrap();
/// // 61 years old: base pension 130.00, 2 years beyond 15 at 2.00, 13,900 over 139 months
/// assert_eq!(pension.total.to_string(), "234.00");
/// ```
pub fn pension(person: &ResidentPerson, terms: &ResidentTerms, trace: &mut impl Trace) -> Outcome<ResidentPension> {
    let month = terms.month;
    if person.birth > month.last_day() {
        return Err(Faults::from(Kind::BornLater { birth: person.birth, month }));
    }
    if let Some(death) = person.death.filter(|death| *death < person.birth) {
        return Err(Faults::from(Kind::DiedBeforeBirth { birth: person.birth, death }));
    }
    let payable_from = month_after_age(person.birth, terms.payable_age.value)?;
    note_payable_from(person.birth, terms, payable_from, trace);
    let alive = person.death.and_then(Month::of).is_none_or(|last| month <= last);
    let payable = month >= payable_from && alive;
    let mut pension = ResidentPension {
        birth: person.birth,
        month,
        age: completed_years(person.birth, month.last_day()),
        payable_from,
        payable,
        base_pension: None,
        age_band: None,
        age_supplement: None,
        years_supplement: None,
        account_pension: None,
        total: Money::ZERO,
    };
    if !payable {
        return Ok(pension);
    }
    let base_pension = terms.base_pension.as_ref().map_err(Clone::clone)?;
    let bands = terms.bands.as_ref().map_err(Clone::clone)?;
    trace.note(|| take(month, Quantity::BasePension, base_pension));
    pension.base_pension = Some(base_pension.value);
    let band = age_band(person.birth, month, bands, trace)?;
    pension.age_band = band.map(|band| band.age);
    pension.age_supplement = Some(band.map_or(Money::ZERO, |band| band.amount));
    pension.years_supplement = person.years.map(|years| years_supplement(years, terms, trace)).transpose()?;
    pension.account_pension = person.account.map(|account| account_pension(account, terms, trace)).transpose()?;
    let parts = [
        (Quantity::BasePension, pension.base_pension),
        (Quantity::AgeSupplement, pension.age_supplement),
        (Quantity::YearsSupplement, pension.years_supplement),
        (Quantity::AccountPension, pension.account_pension),
    ];
    let paid = parts.iter().filter_map(|(quantity, amount)| amount.map(|amount| (*quantity, amount)));
    pension.total = paid.clone().try_fold(Money::ZERO, |sum, (_, amount)| sum.plus(amount)).ok_or_else(too_large)?;
    trace.note(|| Step {
        insurance: None,
        month: Some(month),
        result: Quantity::Total,
        value: Value::Money(pension.total),
        operation: Operation::Add,
        inputs: paid.map(|(quantity, amount)| Input::of(quantity, Value::Money(amount))).collect(),
        citation: None,
    });
    Ok(pension)
}

/// Notes from which month it is paid.
fn note_payable_from(birth: Date, terms: &ResidentTerms, payable_from: Month, trace: &mut impl Trace) {
    let age = &terms.payable_age;
    trace.note(|| Step {
        insurance: None,
        month: Some(terms.month),
        result: Quantity::PayableFrom,
        value: Value::Month(payable_from),
        operation: Operation::MonthAfterAge,
        inputs: vec![
            Input::of(Quantity::Birth, Value::Date(birth)),
            Input::cited(Quantity::PayableAge, Value::Count(age.value.into()), age.citation.as_ref()),
        ],
        citation: None,
    });
}

/// The highest band of the age supplement whose month has come.
fn age_band(
    birth: Date,
    month: Month,
    bands: &Cited<Vec<AgeBand>>,
    trace: &mut impl Trace,
) -> Outcome<Option<AgeBand>> {
    let mut reached: Option<AgeBand> = None;
    for band in &bands.value {
        let from = month_after_age(birth, band.age)?;
        trace.note(|| Step {
            insurance: None,
            month: Some(month),
            result: Quantity::BandFrom,
            value: Value::Month(from),
            operation: Operation::MonthAfterAge,
            inputs: vec![
                Input::of(Quantity::Birth, Value::Date(birth)),
                Input::cited(Quantity::BandAge, Value::Count(band.age.into()), bands.citation.as_ref()),
            ],
            citation: None,
        });
        if month >= from {
            reached = Some(*band);
        }
    }
    let amount = reached.map_or(Money::ZERO, |band| band.amount);
    trace.note(|| take(month, Quantity::AgeSupplement, &bands.with(amount)));
    Ok(reached)
}

/// So much for each year paid beyond the threshold.
fn years_supplement(years: i64, terms: &ResidentTerms, trace: &mut impl Trace) -> Outcome<Money> {
    let (threshold, per_year) = (&terms.years_threshold, &terms.per_extra_year);
    let beyond = years.saturating_sub(threshold.value).max(0);
    let amount = per_year.value.times(beyond).ok_or_else(too_large)?;
    trace.note(|| Step {
        insurance: None,
        month: Some(terms.month),
        result: Quantity::YearsSupplement,
        value: Value::Money(amount),
        operation: Operation::Beyond,
        inputs: vec![
            Input::of(Quantity::YearsPaid, Value::Count(years)),
            Input::cited(Quantity::YearsThreshold, Value::Count(threshold.value), threshold.citation.as_ref()),
            Input::cited(Quantity::PerExtraYear, Value::Money(per_year.value), per_year.citation.as_ref()),
        ],
        citation: None,
    });
    Ok(amount)
}

/// The account divided by a number of months, rounded.
fn account_pension(account: Money, terms: &ResidentTerms, trace: &mut impl Trace) -> Outcome<Money> {
    let divisor = &terms.account_divisor;
    let rounded = divide(account, divisor.value)
        .and_then(|(fen, parts)| terms.rounding.value.quotient(fen, parts))
        .ok_or_else(too_large)?;
    trace.note(|| Step {
        insurance: None,
        month: Some(terms.month),
        result: Quantity::AccountPension,
        value: Value::Money(rounded.money),
        operation: Operation::Divide(terms.rounding.value),
        inputs: vec![
            Input::of(Quantity::Account, Value::Money(account)),
            Input::cited(Quantity::AccountDivisor, Value::Number(divisor.value), divisor.citation.as_ref()),
        ],
        citation: if rounded.exactness() == crate::units::Exactness::Exact {
            None
        } else {
            terms.rounding.citation.clone()
        },
    });
    Ok(rounded.money)
}

/// An amount over a decimal number as an exact fraction of whole numbers.
fn divide(money: Money, divisor: Decimal) -> Option<(i128, i128)> {
    let scale = 10_i128.checked_pow(divisor.scale())?;
    Some((i128::from(money.fen()).checked_mul(scale)?, divisor.mantissa()))
}

/// A resident's yearly contribution in a tier, for one category of person.
///
/// # Errors
/// [`Kind::UnknownTier`] where the tier does not exist, [`Kind::RestrictedTier`] where it is not open to the category,
/// [`Kind::NoSubsidy`] where no subsidy is set for it, [`Kind::AmountTooLarge`] where the sum cannot be held.
///
/// ```
/// use shebao::facts::RegionId;
/// use shebao::rules::{Silent, resident};
/// use shebao::tables::{Book, Shelf};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let terms = book.tier_terms(2019, None).unwrap();
/// let due = resident::contribution("500".parse().unwrap(), None, 2, &terms, &mut Silent).unwrap();
/// // 500 and a subsidy of 60, for two people
/// assert_eq!(due.total.to_string(), "1120.00");
/// ```
pub fn contribution(
    tier: Money,
    category: Option<&str>,
    people: i64,
    terms: &TierTerms,
    trace: &mut impl Trace,
) -> Outcome<ResidentContribution> {
    let open_to =
        |only: &[String]| only.is_empty() || category.is_some_and(|category| only.iter().any(|name| name == category));
    let open = || terms.tiers.value.iter().filter(|other| open_to(&other.only)).map(|other| other.amount).collect();
    let entry = terms
        .tiers
        .value
        .iter()
        .find(|entry| entry.amount == tier)
        .ok_or_else(|| Faults::from(Kind::UnknownTier { tier, year: terms.year, open: open() }))?;
    if !open_to(&entry.only) {
        return Err(Faults::from(Kind::RestrictedTier { tier, only: entry.only.clone(), open: open() }));
    }
    let citation = entry.status.map_or_else(|| terms.tiers.citation.clone(), |status| terms.tiers.with_status(status));
    let subsidy = entry.subsidy.ok_or_else(|| Faults::from(Kind::NoSubsidy { tier, year: terms.year }))?;
    let government = terms.government_paid.as_ref().filter(|paid| paid.value == tier);
    let (paid_by_person, paid_by_government) =
        if government.is_some() { (Money::ZERO, tier) } else { (tier, Money::ZERO) };
    let per_person = tier.plus(subsidy).ok_or_else(too_large)?;
    let total = per_person.times(people).ok_or_else(too_large)?;
    let step = |result, value, operation, inputs| Step {
        insurance: None,
        month: None,
        result,
        value,
        operation,
        inputs,
        citation: None,
    };
    let by_person = Input::cited(Quantity::PaidByPerson, Value::Money(paid_by_person), citation.as_ref());
    let by_government = Input::cited(
        Quantity::PaidByGovernment,
        Value::Money(paid_by_government),
        government.and_then(|paid| paid.citation.as_ref()),
    );
    let with_subsidy = Input::cited(Quantity::Subsidy, Value::Money(subsidy), citation.as_ref());
    trace.note(|| {
        step(
            Quantity::PerPerson,
            Value::Money(per_person),
            Operation::Add,
            vec![by_person, by_government, with_subsidy],
        )
    });
    trace.note(|| {
        let inputs = vec![
            Input::of(Quantity::PerPerson, Value::Money(per_person)),
            Input::of(Quantity::People, Value::Count(people)),
        ];
        step(Quantity::Total, Value::Money(total), Operation::Times, inputs)
    });
    Ok(ResidentContribution { tier, paid_by_person, paid_by_government, subsidy, per_person, people, total })
}

/// A step that takes a figure as it stands.
fn take(month: Month, quantity: Quantity, figure: &Cited<Money>) -> Step {
    Step {
        insurance: None,
        month: Some(month),
        result: quantity,
        value: Value::Money(figure.value),
        operation: Operation::Take,
        inputs: vec![Input::cited(quantity, Value::Money(figure.value), figure.citation.as_ref())],
        citation: None,
    }
}

fn too_large() -> Faults {
    Kind::AmountTooLarge.into()
}

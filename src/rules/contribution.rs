//! What employer and employee pay (社会保险法 第十条、第十二条, 国办发〔2019〕13号).
//!
//! In words: the contribution base is the wage, held between floor and ceiling; each side of each
//! insurance pays the base times its rate, rounded as the tables order; the rate is that of the
//! tables times the floating grade and the staged reductions in force. Limits, rates and rounding
//! are terms handed in; nothing here knows a figure.

use std::sync::Arc;

use super::Trace;
use crate::facts::{
    Charge, Cited, Contribution, Due, Faults, Input, InsuranceTerms, Kind, Limit, MonthContributions, Operation,
    Outcome, Quantity, Share, Side, Step, Value,
};
use crate::units::{Exactness, Money, Month, Rate, Rounded};

/// The rates that are charged: the tables' rates times grade and reductions, exact.
///
/// # Errors
/// [`Kind::BadRate`] where a product is finer than a billionth: rates are never rounded.
///
/// ```
/// use shebao::facts::{BaseLimits, Cited, Insurance, InsuranceTerms, Share, Side};
/// use shebao::rules::{Silent, contribution};
/// use shebao::units::{Rate, Rounding};
/// let rate = |text| Cited::given(Rate::from_percent(text).unwrap());
/// let terms = InsuranceTerms {
///     insurance: Insurance::new("injury"),
///     limits: Cited::given(BaseLimits {
///         floor: "4504".parse().unwrap(), ceiling: "22518".parse().unwrap(), average_wage: None, average_year: None, average_kind: None,
///     }),
///     rates: Share { employer: rate("0.2%"), employee: rate("0%") },
///     factors: Share { employer: vec![rate("80%")], employee: vec![] },
///     base_rounding: None,
///     rounding: Cited::given(Rounding::FEN_HALF_UP),
/// };
/// // class 1 cut by 20 %: 0.2 % x 80 % = 0.16 %; 5,000 x 0.16 % = 8.00
/// let charge = contribution::charge(terms.into(), None, &mut Silent).unwrap();
/// assert_eq!(charge.rates.get(Side::Employer).percent(), "0.16%");
/// let due = contribution::due("5000".parse().unwrap(), &charge, None, &mut Silent).unwrap();
/// assert_eq!(due.amounts.employer.money.to_string(), "8.00");
/// ```
pub fn charge(terms: Arc<InsuranceTerms>, month: Option<Month>, trace: &mut impl Trace) -> Outcome<Charge> {
    let mut rates = Share::default();
    for side in Side::BOTH {
        let mut rate = terms.rates.get(side).value;
        for factor in terms.factors.get(side) {
            rate = rate.times(factor.value).ok_or_else(|| {
                Faults::from(Kind::BadRate { text: format!("{} x {}", rate.percent(), factor.value.percent()) })
            })?;
        }
        *rates.get_mut(side) = rate;
    }
    let charge = Charge { terms, rates };
    note_rates(&charge, month, trace);
    Ok(charge)
}

/// Notes how the rates of a charge came about.
pub(super) fn note_rates(charge: &Charge, month: Option<Month>, trace: &mut impl Trace) {
    for side in Side::BOTH {
        trace.note(|| {
            let (table, factors) = (charge.terms.rates.get(side), charge.terms.factors.get(side));
            let first = Input::cited(Quantity::TableRate(side), Value::Rate(table.value), table.citation.as_ref());
            let factor = |factor: &Cited<Rate>| {
                Input::cited(Quantity::Factor(side), Value::Rate(factor.value), factor.citation.as_ref())
            };
            Step {
                insurance: Some(charge.terms.insurance.clone()),
                month,
                result: Quantity::ChargedRate(side),
                value: Value::Rate(*charge.rates.get(side)),
                operation: if factors.is_empty() { Operation::Take } else { Operation::Compose },
                inputs: std::iter::once(first).chain(factors.iter().map(factor)).collect(),
                citation: None,
            }
        });
    }
}

/// The contribution base of a wage in yuan a month: held between floor and ceiling, and rounded; and which limit
/// applied.
///
/// # Errors
/// [`Kind::AmountTooLarge`] where the rounded base cannot be held.
///
/// ```
/// use shebao::facts::{RegionId, Selection};
/// use shebao::rules::{Silent, contribution};
/// use shebao::tables::{Book, Shelf};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let terms = book.month_terms("2025-02".parse().unwrap(), &Selection::default()).unwrap();
/// let pension = contribution::charge(terms.insurances[0].clone().into(), None, &mut Silent).unwrap();
/// // The floor of 2025 is 4,504 (鲁人社字〔2025〕91号).
/// let (base, limit) = contribution::base("4000".parse().unwrap(), &pension, None, &mut Silent).unwrap();
/// assert_eq!((base.to_string().as_str(), limit.code()), ("4504.00", "floor"));
/// ```
#[expect(clippy::inline_always, reason = "handed over in registers: through memory a batch takes a sixth longer")]
#[inline(always)]
pub fn base(wage: Money, charge: &Charge, month: Option<Month>, trace: &mut impl Trace) -> Outcome<(Money, Limit)> {
    held(wage, charge, (Quantity::Wage, Quantity::Base), month, trace)
}

/// An amount held between floor and ceiling, and rounded; `of` names the amount and the result.
#[expect(clippy::inline_always, reason = "as for `base`")]
#[inline(always)]
pub(super) fn held(
    wage: Money,
    charge: &Charge,
    (of, result): (Quantity, Quantity),
    month: Option<Month>,
    trace: &mut impl Trace,
) -> Outcome<(Money, Limit)> {
    let limits = &charge.terms.limits;
    let rounding = charge.terms.base_rounding.as_ref();
    let (held, limit) = if wage < limits.value.floor {
        (limits.value.floor, Limit::Floor)
    } else if wage > limits.value.ceiling {
        (limits.value.ceiling, Limit::Ceiling)
    } else {
        (wage, Limit::None)
    };
    let base = match rounding {
        Some(rounding) => rounding.value.quotient(held.fen().into(), 1).ok_or_else(too_large)?.money,
        None => held,
    };
    trace.note(|| Step {
        insurance: Some(charge.terms.insurance.clone()),
        month,
        result,
        value: Value::Money(base),
        operation: Operation::Hold(rounding.map(|rounding| rounding.value)),
        inputs: vec![
            Input::of(of, Value::Money(wage)),
            Input::cited(Quantity::Floor, Value::Money(limits.value.floor), limits.citation.as_ref()),
            Input::cited(Quantity::Ceiling, Value::Money(limits.value.ceiling), limits.citation.as_ref()),
        ],
        citation: rounding.filter(|_| base != held).and_then(|rounding| rounding.citation.clone()),
    });
    Ok((base, limit))
}

/// One side's amount: base times charged rate, rounded.
///
/// # Errors
/// [`Kind::AmountTooLarge`] where the product cannot be held.
///
/// ```
/// use shebao::facts::{RegionId, Selection, Side};
/// use shebao::rules::{Silent, contribution};
/// use shebao::tables::{Book, Shelf};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let terms = book.month_terms("2025-02".parse().unwrap(), &Selection::default()).unwrap();
/// let pension = contribution::charge(terms.insurances[0].clone().into(), None, &mut Silent).unwrap();
/// // 16 % of 6,000 (国办发〔2019〕13号)
/// let base = "6000".parse().unwrap();
/// let rounded = contribution::amount(base, Side::Employer, &pension, None, &mut Silent).unwrap();
/// assert_eq!(rounded.money.to_string(), "960.00");
/// ```
#[expect(clippy::inline_always, reason = "handed over in registers: through memory a batch takes a sixth longer")]
#[inline(always)]
pub fn amount(
    base: Money,
    side: Side,
    charge: &Charge,
    month: Option<Month>,
    trace: &mut impl Trace,
) -> Outcome<Rounded> {
    let rate: Rate = *charge.rates.get(side);
    let rounding = &charge.terms.rounding;
    let rounded = rounding.value.product(base, rate).ok_or_else(too_large)?;
    trace.note(|| Step {
        insurance: Some(charge.terms.insurance.clone()),
        month,
        result: Quantity::Amount(side),
        value: Value::Money(rounded.money),
        operation: Operation::Multiply(rounding.value),
        inputs: vec![
            Input::of(Quantity::Base, Value::Money(base)),
            Input::of(Quantity::ChargedRate(side), Value::Rate(rate)),
        ],
        citation: if rounded.exactness() == Exactness::Exact { None } else { rounding.citation.clone() },
    });
    Ok(rounded)
}

/// What is due on a wage for one insurance: the figures alone.
///
/// # Errors
/// [`Kind::AmountTooLarge`] where the base or an amount cannot be held.
#[expect(clippy::inline_always, reason = "handed over in registers: through memory a batch takes a sixth longer")]
#[inline(always)]
pub fn due(wage: Money, charge: &Charge, month: Option<Month>, trace: &mut impl Trace) -> Outcome<Due> {
    let (base, limit) = base(wage, charge, month, trace)?;
    let employer = amount(base, Side::Employer, charge, month, trace)?;
    let employee = amount(base, Side::Employee, charge, month, trace)?;
    Ok(Due { base, limit, amounts: Share { employer, employee } })
}

/// The totals of a month's contributions.
///
/// # Errors
/// [`Kind::AmountTooLarge`] where a sum cannot be held.
pub fn totals(
    wage: Money,
    month: Month,
    contributions: Vec<Contribution>,
    trace: &mut impl Trace,
) -> Outcome<MonthContributions> {
    let mut totals = Share::default();
    for side in Side::BOTH {
        let amounts = contributions.iter().map(|contribution| *contribution.amounts.get(side));
        let sum = amounts.clone().try_fold(Money::ZERO, Money::plus).ok_or_else(too_large)?;
        trace.note(|| Step {
            insurance: None,
            month: Some(month),
            result: Quantity::SideTotal(side),
            value: Value::Money(sum),
            operation: Operation::Add,
            inputs: amounts.map(|amount| Input::of(Quantity::Amount(side), Value::Money(amount))).collect(),
            citation: None,
        });
        *totals.get_mut(side) = sum;
    }
    let total = totals.employer.plus(totals.employee).ok_or_else(too_large)?;
    trace.note(|| Step {
        insurance: None,
        month: Some(month),
        result: Quantity::Total,
        value: Value::Money(total),
        operation: Operation::Add,
        inputs: Side::BOTH.map(|side| Input::of(Quantity::SideTotal(side), Value::Money(*totals.get(side)))).to_vec(),
        citation: None,
    });
    Ok(MonthContributions { month, wage, contributions, totals, total })
}

pub(super) fn too_large() -> Faults {
    Kind::AmountTooLarge.into()
}

//! What is due for one entry of a payroll, whatever its kind: the one place that decides it.
//!
//! In words: the base of a month is held between floor and ceiling and charged by [`contribution::due`]. An entry
//! for several months (补缴, a span) is worked month by month, each by its own rules, and its amounts are added
//! up. A difference of bases (补差) is charged on the difference alone, which may lie under the floor: the limits
//! hold for the month's own base and its differences together, and the last difference makes up what they ask. A
//! refund (退费) is negative; limits are held against the size of its base. Each side may rest on a base of its own.
//!
//! The check of every shape, its causes, `--explain-row`, `contrib --file` and a single `contrib` all call
//! [`due`]; an explanation is the same call with a trace that listens.

use std::sync::Arc;

use super::contribution::{self, amount, note_rates, too_large, totals};
use super::{Silent, Trace};
use crate::facts::{
    Charge, Contribution, Entry, EntryDue, EntryKind, EntryMonth, Input, Kind, Limit, MonthContributions, MonthTerms,
    Operation, Outcome, Quantity, Share, Side, Step, Together, Value,
};
use crate::units::{Money, Month, Rounded, Rounding};

/// What is due for an entry: a base and an amount for each side, in fen, with the sign that the file writes.
///
/// # Errors
/// [`Kind::AmountTooLarge`] where an amount or a sum cannot be held, [`Kind::EmptyRow`] where the entry is for no
/// month.
///
/// ```
/// use shebao::facts::{Entry, EntryKind, RegionId, Selection, Share};
/// use shebao::rules::{Silent, contribution, entry};
/// use shebao::tables::{Book, Shelf};
/// use shebao::units::Money;
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai/wendeng"), None).unwrap();
/// let terms = book.month_terms("2025-02".parse().unwrap(), &Selection::default()).unwrap();
/// let pension = contribution::charge(terms.insurances[0].clone().into(), None, &mut Silent).unwrap();
/// // A difference of 1,085 yuan, far under the floor: 16 % of it are 173.60.
/// let own = Entry::own("1085".parse().unwrap(), None, pension);
/// let difference = Entry { kind: EntryKind::Difference, ..own.clone() };
/// let due = entry::due(&difference, &mut Silent).unwrap();
/// assert_eq!(due.amounts.employer.money.to_string(), "173.60");
/// // 6,000 yuan given back: 16 % of them, with a minus.
/// let base = Money::from_fen(-600_000);
/// let refund = Entry { kind: EntryKind::Refund, bases: Share { employer: base, employee: base }, ..own };
/// let due = entry::due(&refund, &mut Silent).unwrap();
/// assert_eq!((due.base(), due.amounts.employer.money.to_string()), (base, "-960.00".to_owned()));
/// ```
pub fn due(entry: &Entry, trace: &mut impl Trace) -> Outcome<EntryDue> {
    work(entry, None, trace)
}

/// One thing that could have been done otherwise.
#[derive(Clone, Copy, Debug)]
pub enum Instead<'a> {
    /// Every month was charged so.
    Charge(&'a Charge),
    /// These bases were charged as they stand, whatever the limits ask.
    Bases(Share<Money>),
}

/// What would be due for an entry if one thing had been done otherwise: that it gives what was declared is the
/// proof of a cause.
///
/// # Errors
/// As [`due`].
pub fn due_instead(entry: &Entry, instead: Instead<'_>) -> Outcome<EntryDue> {
    work(entry, Some(instead), &mut Silent)
}

fn work(entry: &Entry, instead: Option<Instead<'_>>, trace: &mut impl Trace) -> Outcome<EntryDue> {
    let month = |month: &EntryMonth, trace: &mut _| {
        let charge = match instead {
            Some(Instead::Charge(charge)) => charge,
            Some(Instead::Bases(_)) | None => &month.charge,
        };
        month_due(entry, instead, (month, charge), trace)
    };
    let whole = match &*entry.months {
        [] => return Err(Kind::EmptyRow.into()),
        [only] => month(only, trace)?,
        several => {
            let each = several.iter().map(|one| month(one, trace)).collect::<Outcome<Vec<EntryDue>>>()?;
            added(&each, &several[0].charge, trace)?
        }
    };
    let mut amounts = whole.amounts;
    for side in Side::BOTH {
        let amount = amounts.get_mut(side);
        let negative = entry.kind == EntryKind::Refund || *entry.negative.get(side);
        if negative && amount.money > Money::ZERO {
            let charge = &entry.months[0].charge;
            note_negated(amount.money, charge, Quantity::Amount(side), trace);
            *amount = amount.negated();
        }
    }
    Ok(EntryDue { amounts, ..whole })
}

/// The base that is due for each side of an entry, of its last month: for files that declare bases only.
///
/// # Errors
/// As [`due`].
pub fn bases(entry: &Entry, trace: &mut impl Trace) -> Outcome<Share<Money>> {
    let EntryMonth { month, charge, .. } = entry.months.last().ok_or(Kind::EmptyRow)?;
    let (employer, _) = base(entry, Side::Employer, (charge, *month), trace)?;
    let employee =
        if entry.has_one_base() { employer } else { base(entry, Side::Employee, (charge, *month), trace)?.0 };
    Ok(Share { employer, employee })
}

/// What is due for an entry, with the rates that it was charged by.
///
/// # Errors
/// As [`due`].
pub fn contribution(entry: &Entry, trace: &mut impl Trace) -> Outcome<Contribution> {
    let due = due(entry, trace)?;
    let charge = &entry.months.last().ok_or(Kind::EmptyRow)?.charge;
    Ok(Contribution {
        insurance: charge.terms.insurance.clone(),
        base: due.base(),
        limit: due.limit,
        rates: charge.rates,
        amounts: due.amounts.map(|rounded| rounded.money),
    })
}

/// What is due on a wage for all insurances of a month, with the totals.
///
/// # Errors
/// As [`due`], and [`Kind::BadRate`] where grade and reductions give a rate finer than a billionth.
///
/// ```
/// use shebao::facts::{RegionId, Selection};
/// use shebao::rules::{Silent, entry};
/// use shebao::tables::{Book, Shelf};
/// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
/// let terms = book.month_terms("2025-02".parse().unwrap(), &Selection::default()).unwrap();
/// let due = entry::month("6000".parse().unwrap(), &terms, &mut Silent).unwrap();
/// // Pension: 16 % and 8 % of 6,000
/// assert_eq!(due.contributions[0].amounts.employee.to_string(), "480.00");
/// ```
pub fn month(wage: Money, terms: &MonthTerms, trace: &mut impl Trace) -> Outcome<MonthContributions> {
    let month = Some(terms.month);
    let mut contributions = Vec::with_capacity(terms.insurances.len());
    for insurance in &terms.insurances {
        let charge = contribution::charge(Arc::new(insurance.clone()), month, &mut Silent)?;
        contributions.push(contribution(&Entry::own(wage, month, charge), trace)?);
    }
    totals(wage, terms.month, contributions, trace)
}

/// What is due in one of the months; the amounts have the sign of their base.
fn month_due(
    entry: &Entry,
    instead: Option<Instead<'_>>,
    (EntryMonth { month: at, times, .. }, charge): (&EntryMonth, &Charge),
    trace: &mut impl Trace,
) -> Outcome<EntryDue> {
    note_rates(charge, *at, trace);
    let base = |side, trace: &mut _| match instead {
        Some(Instead::Bases(bases)) => Ok((*bases.get(side), Limit::None)),
        Some(Instead::Charge(_)) | None => base(entry, side, (charge, *at), trace),
    };
    let (employer, limit) = base(Side::Employer, trace)?;
    let employer_amount = amount(employer, Side::Employer, charge, *at, trace)?;
    let is_one = entry.has_one_base() && !matches!(instead, Some(Instead::Bases(_)));
    let (employee, limit) = if is_one { (employer, limit) } else { base(Side::Employee, trace)? };
    let employee_amount = amount(employee, Side::Employee, charge, *at, trace)?;
    let bases = Share { employer, employee };
    let mut amounts = Share { employer: employer_amount, employee: employee_amount };
    if *times != 1 {
        for side in Side::BOTH {
            let one = amounts.get(side).money;
            let all = one.times(*times).ok_or_else(too_large)?;
            trace.note(|| {
                let count = Input::of(Quantity::Months, Value::Count(*times));
                let inputs = vec![Input::of(Quantity::Amount(side), Value::Money(one)), count];
                step(charge, *at, (Quantity::Amount(side), all), Operation::Times, inputs)
            });
            *amounts.get_mut(side) = Rounded::exact(all);
        }
    }
    Ok(EntryDue { bases, limit, amounts })
}

/// The base that is due in a month for one side, with its sign.
fn base(
    entry: &Entry,
    side: Side,
    (charge, at): (&Charge, Option<Month>),
    trace: &mut impl Trace,
) -> Outcome<(Money, Limit)> {
    let declared = *entry.bases.get(side);
    if let Some(together) = &entry.together {
        let base = together_base(declared, (together, side), (charge, at), trace)?;
        return Ok((base, Limit::None));
    }
    if entry.kind == EntryKind::Difference {
        return Ok((unlimited(declared, (charge, at), trace)?, Limit::None));
    }
    let (held, limit) = contribution::base(size(declared), charge, at, trace)?;
    if declared >= Money::ZERO {
        return Ok((held, limit));
    }
    note_negated(held, charge, Quantity::Base, trace);
    Ok((opposite(held), limit))
}

/// The base of an entry that is held to the limits together with others: its own, or for the last difference
/// what the limits leave for it.
fn together_base(
    declared: Money,
    (together, side): (&Together, Side),
    (charge, at): (&Charge, Option<Month>),
    trace: &mut impl Trace,
) -> Outcome<Money> {
    let sum = *together.sums.get(side);
    let others = sum.minus(declared).ok_or_else(too_large)?;
    trace.note(|| {
        let others = Input::of(Quantity::OtherBases, Value::Money(others));
        let inputs = vec![others, Input::of(Quantity::Wage, Value::Money(declared))];
        step(charge, at, (Quantity::AllBases, sum), Operation::Add, inputs)
    });
    let held = contribution::held(sum, charge, (Quantity::AllBases, Quantity::AllBasesHeld), at, trace)?.0;
    if !together.is_last {
        return unlimited(declared, (charge, at), trace);
    }
    let base = held.minus(others).ok_or_else(too_large)?;
    trace.note(|| {
        let held = Input::of(Quantity::AllBasesHeld, Value::Money(held));
        let inputs = vec![held, Input::of(Quantity::OtherBases, Value::Money(others))];
        step(charge, at, (Quantity::Base, base), Operation::Subtract, inputs)
    });
    Ok(base)
}

/// A base to which no limits are held, rounded where the tables round bases.
fn unlimited(declared: Money, (charge, at): (&Charge, Option<Month>), trace: &mut impl Trace) -> Outcome<Money> {
    let rounding = charge.terms.base_rounding.as_ref();
    let round = |rule: Rounding| rule.quotient(declared.fen().into(), 1).ok_or_else(too_large);
    let base = rounding.map(|rule| round(rule.value)).transpose()?.map_or(declared, |rounded| rounded.money);
    trace.note(|| {
        let operation = rounding.map_or(Operation::Take, |rule| Operation::Round(rule.value));
        let inputs = vec![Input::of(Quantity::Wage, Value::Money(declared))];
        let citation = rounding.filter(|_| base != declared).and_then(|rule| rule.citation.clone());
        Step { citation, ..step(charge, at, (Quantity::Base, base), operation, inputs) }
    });
    Ok(base)
}

/// The amounts of several months added up; the base is that of the last one.
fn added(each: &[EntryDue], charge: &Charge, trace: &mut impl Trace) -> Outcome<EntryDue> {
    let last = each.last().ok_or(Kind::EmptyRow)?;
    let mut amounts = Share::default();
    for side in Side::BOTH {
        let parts = || each.iter().map(move |due| due.amounts.get(side).money);
        let sum = parts().try_fold(Money::ZERO, Money::plus).ok_or_else(too_large)?;
        trace.note(|| {
            let inputs = parts().map(|part| Input::of(Quantity::Amount(side), Value::Money(part))).collect();
            step(charge, None, (Quantity::Amount(side), sum), Operation::Add, inputs)
        });
        *amounts.get_mut(side) = Rounded::exact(sum);
    }
    Ok(EntryDue { amounts, ..*last })
}

/// An amount or base without its sign.
fn size(money: Money) -> Money {
    Money::from_fen(money.fen().saturating_abs())
}

fn opposite(money: Money) -> Money {
    Money::from_fen(money.fen().saturating_neg())
}

/// Notes that an amount or base has the opposite sign.
fn note_negated(money: Money, charge: &Charge, quantity: Quantity, trace: &mut impl Trace) {
    trace.note(|| {
        let inputs = vec![Input::of(quantity, Value::Money(money))];
        step(charge, None, (quantity, opposite(money)), Operation::Negate, inputs)
    });
}

fn step(
    charge: &Charge,
    month: Option<Month>,
    (result, value): (Quantity, Money),
    operation: Operation,
    inputs: Vec<Input>,
) -> Step {
    let insurance = Some(charge.terms.insurance.clone());
    Step { insurance, month, result, value: Value::Money(value), operation, inputs, citation: None }
}

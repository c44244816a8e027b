//! Laws that hold for any input, over the embedded tables.

use crate::support::BOOK;
use proptest::prelude::*;
use shebao::facts::{
    Entry, EntryKind, EntryMonth, Limit, MonthContributions, MonthTerms, Operation, Payer, Quantity, ResidentPerson,
    Selection, Share, Side, Step, Together, Value,
};
use shebao::rules::{Silent, Steps, contribution, entry, resident};
use shebao::units::{Date, Decimal, Mode, Money, Month, Rate, Rounding};

fn month(index: u32) -> Month {
    Month::new(2009 + i32::try_from(index / 12).unwrap(), index % 12 + 1).unwrap()
}

/// A month that the tables have limits for: 2009-01 to 2026-12.
fn months() -> impl Strategy<Value = Month> {
    (0..18 * 12_u32).prop_map(month)
}

fn wages() -> impl Strategy<Value = Money> {
    prop_oneof![0..5_000_000_i64, 0..Money::MOST.fen()].prop_map(Money::from_fen)
}

fn selections() -> impl Strategy<Value = Selection> {
    (prop_oneof![Just(None), (1..=8_usize).prop_map(Some)], any::<bool>()).prop_map(|(injury_class, relief)| {
        Selection {
            payer: Payer::Enterprise,
            injury_class,
            relief: if relief { vec!["2020-small".to_owned()] } else { Vec::new() },
            ..Selection::default()
        }
    })
}

fn terms(month: Month, selection: &Selection) -> MonthTerms {
    BOOK.month_terms(month, selection).unwrap()
}

fn due(wage: Money, terms: &MonthTerms) -> MonthContributions {
    entry::month(wage, terms, &mut Silent).unwrap()
}

/// Entries of any kind, over one to four months, on one base or two, alone or held to the limits with others.
fn entries() -> impl Strategy<Value = Entry> {
    let kinds = prop_oneof![
        Just(EntryKind::Own),
        Just(EntryKind::BackDated),
        Just(EntryKind::Difference),
        Just(EntryKind::Refund)
    ];
    let base = || (-3_000_000..3_000_000_i64).prop_map(Money::from_fen);
    let months = ((0..18 * 12 - 3_u32).prop_map(month), 1..=4_u32, 1..=12_i64);
    let others = prop_oneof![Just(None), (0..3_000_000_i64, any::<bool>()).prop_map(Some)];
    let negative = (any::<bool>(), any::<bool>());
    (kinds, base(), prop_oneof![Just(None), base().prop_map(Some)], months, others, negative).prop_map(
        |(kind, employer, employee, (first, count, times), others, negative)| {
            let charge = |month: Month| {
                let terms = terms(month, &Selection::default()).insurances.pop().unwrap();
                contribution::charge(terms.into(), Some(month), &mut Silent).unwrap()
            };
            let months = std::iter::successors(Some(first), |month| Some(month.next())).take(count.try_into().unwrap());
            let times = if count == 1 { times } else { 1 };
            let months = months.map(|month| EntryMonth { month: Some(month), charge: charge(month), times }).collect();
            let bases = Share { employer, employee: employee.unwrap_or(employer) };
            let together = others.map(|(others, is_last)| Together {
                sums: bases.map(|base| Money::from_fen(base.fen() + others)),
                is_last,
            });
            Entry { kind, bases, months, together, negative: Share { employer: negative.0, employee: negative.1 } }
        },
    )
}

proptest! {
    #[test]
    fn the_base_stays_in_its_limits_and_says_which_applied(month in months(), wage in wages(), selection in selections()) {
        let terms = terms(month, &selection);
        for (one, terms) in due(wage, &terms).contributions.iter().zip(&terms.insurances) {
            let limits = &terms.limits.value;
            prop_assert!(limits.floor <= one.base && one.base <= limits.ceiling);
            let expected = if wage < limits.floor { Limit::Floor } else if wage > limits.ceiling { Limit::Ceiling } else { Limit::None };
            prop_assert_eq!(one.limit, expected);
            if one.limit == Limit::None { prop_assert_eq!(one.base, wage); }
        }
    }

    #[test]
    fn contributions_never_fall_when_the_wage_rises(month in months(), one in wages(), other in wages(), selection in selections()) {
        let terms = terms(month, &selection);
        let (less, more) = (due(one.min(other), &terms), due(one.max(other), &terms));
        for (less, more) in less.contributions.iter().zip(&more.contributions) {
            for side in Side::BOTH {
                prop_assert!(less.amounts.get(side) <= more.amounts.get(side));
            }
        }
    }

    #[test]
    fn above_the_ceiling_and_below_the_floor_nothing_changes(month in months(), more in 1..1_000_000_i64, selection in selections()) {
        let terms = terms(month, &selection);
        let limits = &terms.insurances[0].limits.value;
        let (floor, ceiling) = (limits.floor, limits.ceiling);
        let above = due(ceiling.plus(Money::from_fen(more)).unwrap(), &terms);
        prop_assert_eq!(above.totals, due(ceiling, &terms).totals);
        let below = due(Money::from_fen((floor.fen() - more).max(0)), &terms);
        prop_assert_eq!(below.totals, due(floor, &terms).totals);
    }

    #[test]
    fn shares_add_up_to_the_shown_totals(month in months(), wage in wages(), selection in selections()) {
        let due = due(wage, &terms(month, &selection));
        for side in Side::BOTH {
            let sum: i64 = due.contributions.iter().map(|one| one.amounts.get(side).fen()).sum();
            prop_assert_eq!(sum, due.totals.get(side).fen());
        }
        prop_assert_eq!(due.totals.employer.fen() + due.totals.employee.fen(), due.total.fen());
    }

    #[test]
    fn rounding_is_off_by_less_than_its_unit_and_in_the_stated_direction(fen in 0..100_000_000_000_i64, parts in 1..100_000_i64, unit in prop_oneof![Just(1_i64), Just(10), Just(100)]) {
        for mode in [Mode::HalfUp, Mode::Up, Mode::Down, Mode::HalfEven] {
            let rounded = Rounding { unit: Money::from_fen(unit), mode }.quotient(fen.into(), parts.into()).unwrap().money.fen();
            prop_assert_eq!(rounded % unit, 0);
            let error = i128::from(rounded) * i128::from(parts) - i128::from(fen);
            let step = i128::from(parts) * i128::from(unit);
            match mode {
                Mode::HalfUp => prop_assert!(-step < error * 2 && error * 2 <= step),
                Mode::Up => prop_assert!((0..step).contains(&error)),
                Mode::Down => prop_assert!((0..step).contains(&-error)),
                Mode::HalfEven => prop_assert!(error.abs() * 2 < step || error.abs() * 2 == step && rounded / unit % 2 == 0),
            }
        }
    }

    #[test]
    fn money_and_rates_survive_being_written_and_read(fen in 0..Money::MOST.fen(), billionths in 0..10 * Rate::PER_ONE) {
        let money = Money::from_fen(fen);
        prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        prop_assert_eq!(shebao::units::typed::money(&shebao::render::grouped(fen.into())), Ok(money));
        let rate = Rate::from_billionths(billionths);
        prop_assert_eq!(Rate::from_percent(&rate.percent()), Some(rate));
    }

    #[test]
    fn typed_texts_are_read_or_refused_and_never_panic(text in "\\PC{0,24}") {
        let _ = shebao::units::typed::money(&text);
        let _ = shebao::units::typed::month(&text);
        let _ = shebao::units::typed::date(&text);
        let _ = shebao::facts::IdentityNumber::parse(&text);
        prop_assert_eq!(shebao::facts::mask(&text).chars().count(), text.chars().count());
    }

    #[test]
    fn every_step_of_a_contribution_can_be_worked_out_again(month in months(), wage in wages(), selection in selections()) {
        let mut steps = Steps::default();
        let due = entry::month(wage, &terms(month, &selection), &mut steps).unwrap();
        redo(&steps.0)?;
        let last = steps.0.last().unwrap();
        prop_assert_eq!((last.result, last.value), (Quantity::Total, Value::Money(due.total)));
    }

    #[test]
    fn every_step_of_an_entry_can_be_worked_out_again_and_ends_with_what_is_due(entry in entries()) {
        let mut steps = Steps::default();
        let due = entry::due(&entry, &mut steps).unwrap();
        redo(&steps.0)?;
        prop_assert_eq!(entry::due(&entry, &mut Silent).unwrap(), due);
        prop_assert_eq!(entry::bases(&entry, &mut Silent).unwrap(), due.bases);
        let last = |quantity| steps.0.iter().rfind(|step| step.result == quantity).map(|step| step.value);
        prop_assert_eq!(last(Quantity::Base), Some(Value::Money(due.base())));
        for side in Side::BOTH {
            prop_assert_eq!(last(Quantity::Amount(side)), Some(Value::Money(due.amounts.get(side).money)));
        }
    }

    #[test]
    fn entries_follow_the_law_of_the_month(entry in entries()) {
        let due = entry::due(&entry, &mut Silent).unwrap();
        // What is given back is what was paid, with the other sign.
        let opposite = |money: &Money| Money::from_fen(-money.fen());
        let paid = Entry { kind: EntryKind::Own, together: None, negative: Share::default(), ..entry.clone() };
        let paid = Entry { bases: entry.bases.map(|base| Money::from_fen(base.fen().abs())), ..paid };
        let refund = Entry { kind: EntryKind::Refund, ..paid.clone() };
        let (paid, refund) = (entry::due(&paid, &mut Silent).unwrap(), entry::due(&refund, &mut Silent).unwrap());
        for side in Side::BOTH {
            prop_assert_eq!(refund.amounts.get(side).money, opposite(&paid.amounts.get(side).money));
        }
        // One month counted twice is that month and the same month once more.
        let [first, ..] = &*entry.months else { panic!("an entry is for a month") };
        let count = |times| Entry { months: [EntryMonth { times, ..first.clone() }].into(), ..entry.clone() };
        let twice = Entry { months: [first.clone(), first.clone()].into(), ..entry.clone() };
        let twice = if first.times == 1 { twice } else { count(2) };
        prop_assert_eq!(
            entry::due(&count(2), &mut Silent).unwrap().amounts.map(|amount| amount.money),
            entry::due(&twice, &mut Silent).unwrap().amounts.map(|amount| amount.money)
        );
        // The last difference brings the sum of the bases within the limits, to the fen.
        if let Some(together) = entry.together.filter(|together| together.is_last) {
            let limits = &entry.months.last().unwrap().charge.terms.limits.value;
            for side in Side::BOTH {
                let others = together.sums.get(side).fen() - entry.bases.get(side).fen();
                let whole = others + due.bases.get(side).fen();
                prop_assert_eq!(whole, together.sums.get(side).fen().clamp(limits.floor.fen(), limits.ceiling.fen()));
            }
        }
        // A single base in one month, held to its limits, is the plain rule.
        let one = entry.bases.employer;
        let is_plain = entry.kind == EntryKind::Own && entry.together.is_none() && !entry.negative.employer;
        if let (true, true, [only]) = (is_plain && one >= Money::ZERO, entry.has_one_base(), &*entry.months) {
            let plain = contribution::due(one, &only.charge, None, &mut Silent).unwrap();
            let times = |amount: &Money| Money::from_fen(amount.fen() * only.times);
            prop_assert_eq!(due.base(), plain.base);
            prop_assert_eq!(due.amounts.employer.money, times(&plain.amounts.employer.money));
        }
    }

    #[test]
    fn every_step_of_a_resident_pension_can_be_worked_out_again(
        days in 0..36_000_i32, month in (0..156_u32).prop_map(|index| month(index + 12)),
        account in prop_oneof![Just(None), (0..10_000_000_i64).prop_map(|fen| Some(Money::from_fen(fen)))],
        years in prop_oneof![Just(None), (0..60_i64).prop_map(Some)],
    ) {
        let birth = Date::constant(1920, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let person = ResidentPerson { birth, death: None, account, years };
        let terms = BOOK.resident_terms(month, None).unwrap();
        let mut steps = Steps::default();
        let Ok(pension) = resident::pension(&person, &terms, &mut steps) else { return Ok(()) };
        redo(&steps.0)?;
        if pension.payable {
            prop_assert_eq!(steps.0.last().unwrap().value, Value::Money(pension.total));
        }
        prop_assert_eq!(pension.payable, month >= pension.payable_from);
    }
}

/// Works out every step from its own inputs, and demands that every input is given, cited, or the value
/// of an earlier step: the explanation is a proof and not a comment.
fn redo(steps: &[Step]) -> Result<(), TestCaseError> {
    for (at, step) in steps.iter().enumerate() {
        prop_assert_eq!(again(step), step.value, "{:?}", step);
        for input in &step.inputs {
            let given = matches!(
                input.quantity,
                Quantity::Wage
                    | Quantity::OtherBases
                    | Quantity::Months
                    | Quantity::Birth
                    | Quantity::Account
                    | Quantity::YearsPaid
            );
            let earlier = steps[..at].iter().any(|other| other.result == input.quantity && other.value == input.value);
            prop_assert!(
                given || input.citation.is_some() || earlier,
                "{:?} of {:?} comes from nowhere",
                input.quantity,
                step.result
            );
        }
    }
    Ok(())
}

/// The value of a step, computed with decimals and whole numbers only: none of the program's own
/// arithmetic is used.
fn again(step: &Step) -> Value {
    let value = |at: usize| step.inputs[at].value;
    let decimal = |value: Value| match value {
        Value::Money(money) => Decimal::new(money.fen(), 2),
        Value::Rate(rate) => Decimal::new(rate.billionths(), 9),
        Value::Number(number) => number,
        Value::Count(count) => count.into(),
        Value::Month(_) | Value::Date(_) => panic!("no number"),
    };
    let money = |value: Decimal, rounding: Rounding| {
        use rust_decimal::RoundingStrategy::{AwayFromZero, MidpointAwayFromZero, MidpointNearestEven, ToZero};
        let strategy = match rounding.mode {
            Mode::HalfUp => MidpointAwayFromZero,
            Mode::Up => AwayFromZero,
            Mode::Down => ToZero,
            Mode::HalfEven => MidpointNearestEven,
        };
        let unit = Decimal::new(rounding.unit.fen(), 2);
        let rounded = (value / unit).round_dp_with_strategy(0, strategy) * unit;
        Value::Money(Money::from_fen((rounded * Decimal::ONE_HUNDRED).round_dp(0).to_string().parse().unwrap()))
    };
    match step.operation {
        Operation::Take => value(0),
        Operation::Hold(rounding) => {
            let held = decimal(value(0)).max(decimal(value(1))).min(decimal(value(2)));
            money(held, rounding.unwrap_or(Rounding::FEN_HALF_UP))
        }
        Operation::Compose => {
            let product: Decimal = step.inputs.iter().map(|input| decimal(input.value)).product();
            let billionths = (product * Decimal::from(Rate::PER_ONE)).round_dp(0);
            Value::Rate(Rate::from_billionths(billionths.to_string().parse().unwrap()))
        }
        Operation::Round(rounding) => money(decimal(value(0)), rounding),
        Operation::Multiply(rounding) => money(decimal(value(0)) * decimal(value(1)), rounding),
        Operation::Divide(rounding) => money(decimal(value(0)) / decimal(value(1)), rounding),
        Operation::Add => money(step.inputs.iter().map(|input| decimal(input.value)).sum(), Rounding::FEN_HALF_UP),
        Operation::Subtract => money(decimal(value(0)) - decimal(value(1)), Rounding::FEN_HALF_UP),
        Operation::Negate => money(-decimal(value(0)), Rounding::FEN_HALF_UP),
        Operation::Beyond => {
            let years = (decimal(value(0)) - decimal(value(1))).max(Decimal::ZERO);
            money(years * decimal(value(2)), Rounding::FEN_HALF_UP)
        }
        Operation::Times => money(decimal(value(0)) * decimal(value(1)), Rounding::FEN_HALF_UP),
        Operation::MonthAfterAge => match (value(0), value(1)) {
            (Value::Date(birth), Value::Count(age)) => {
                let reached = birth.checked_add(jiff::Span::new().years(age)).unwrap();
                Value::Month(Month::of(reached).unwrap().next())
            }
            _ => panic!("a birth and an age"),
        },
    }
}

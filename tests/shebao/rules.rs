//! What rules say at their edges: sums that are too large, days that fall together, what a step rests on.
//!
//! May 2019 in Shandong: pension 16 % and 8 %. The ordinary tiers of residents begin at 500 yuan; 300 yuan is open to
//! some only (the city's page of 2019).

use std::sync::Arc;

use crate::support::{BOOK, run};
use shebao::facts::{
    Entry, EntryKind, EntryMonth, Insurance, InsuranceTerms, Kind, Outcome, Quantity, Selection, Value,
};
use shebao::rules::{Silent, Steps, contribution, entry, resident};
use shebao::units::{Mode, Money, Month, Rounding};

fn month() -> Month {
    "2019-05".parse().unwrap()
}

fn pension() -> InsuranceTerms {
    let selection = Selection { only: Some(vec![Insurance::new("pension")]), ..Selection::default() };
    BOOK.month_terms(month(), &selection).unwrap().insurances.remove(0)
}

/// A difference of bases, which is held to no limits, for so many months.
fn difference(fen: i64, terms: InsuranceTerms, times: i64) -> Entry {
    let charge = contribution::charge(Arc::new(terms), Some(month()), &mut Silent).unwrap();
    let own = Entry::own(Money::from_fen(fen), Some(month()), charge);
    let months = own.months.iter().map(|own| EntryMonth { times, ..own.clone() }).collect();
    Entry { kind: EntryKind::Difference, months, ..own }
}

fn is_too_large<T>(outcome: Outcome<T>) -> bool {
    outcome.err().is_some_and(|faults| faults.0.iter().any(|fault| matches!(fault.kind, Kind::AmountTooLarge)))
}

#[test]
fn what_no_amount_can_hold_is_a_fault() {
    // 16 % of half of what an amount can hold, a hundred times over, is eight times what it can hold.
    assert!(is_too_large(entry::due(&difference(i64::MAX / 2, pension(), 100), &mut Silent)));
    assert!(entry::due(&difference(i64::MAX / 2, pension(), 1), &mut Silent).is_ok());
    let tiers = BOOK.tier_terms(2019, None).unwrap();
    let asked = |people| resident::contribution(Money::from_fen(50_000), None, people, &tiers, &mut Silent);
    assert!(is_too_large(asked(i64::MAX)));
    assert!(asked(1).is_ok());
}

#[test]
fn an_entry_of_no_month_is_a_fault() {
    let entry = Entry { months: Arc::new([]), ..difference(50_000, pension(), 1) };
    assert!(entry::due(&entry, &mut Silent).is_err());
    assert!(entry::bases(&entry, &mut Silent).is_err());
}

#[test]
fn a_step_rests_on_the_rule_that_moved_it() {
    let whole = Rounding { unit: Money::from_fen(100), mode: Mode::Down };
    let mut terms = pension();
    terms.base_rounding = Some(terms.rounding.with(whole));
    // 504.50 is cut to whole yuan by the rule; 504.00 is left as it is.
    for (fen, by_rule) in [(50_450, true), (50_400, false)] {
        let mut steps = Steps::default();
        entry::due(&difference(fen, terms.clone(), 1), &mut steps).unwrap();
        let base = steps.0.iter().find(|step| step.result == Quantity::Base).unwrap();
        assert_eq!(base.value, Value::Money(Money::from_fen(50_400)));
        assert_eq!(base.citation.is_some(), by_rule, "{fen}");
    }
}

#[test]
fn a_tier_is_open_to_its_own_categories() {
    let mut terms = BOOK.tier_terms(2019, None).unwrap();
    for tier in &mut terms.tiers.value {
        if tier.amount == Money::from_fen(30_000) {
            tier.only = vec!["severely-disabled".to_owned()];
        }
    }
    let asked = |category| resident::contribution(Money::from_fen(30_000), category, 1, &terms, &mut Silent);
    assert!(asked(Some("severely-disabled")).is_ok());
    for category in [Some("hardship"), None] {
        let faults = asked(category).unwrap_err();
        assert!(matches!(faults.0[0].kind, Kind::RestrictedTier { .. }), "{category:?}");
    }
}

#[test]
fn a_death_on_the_day_of_birth_and_a_birth_on_the_last_day_are_no_faults() {
    let born = |birth: &str| run(&["resident-pension", "--birth", birth, "--month", "2019-06"]);
    assert_eq!(born("2019-06-30").status, Some(0), "{}", born("2019-06-30").err);
    assert!(born("2019-07-01").err.contains("[born-later]"));
    let asked =
        |death: &str| run(&["resident-pension", "--birth", "1954-05-15", "--death", death, "--month", "2019-06"]);
    assert_eq!(asked("1954-05-15").status, Some(0), "{}", asked("1954-05-15").err);
    assert!(asked("1954-05-14").err.contains("[died-before-birth]"));
}

#[test]
fn every_insurance_that_is_chosen_must_be_answered() {
    // The medical rates before 2025 were not found; the pension alone, or whatever there is, can be told.
    let asked = |only: &[&str]| run(&[&["contrib", "--wage", "5000", "--month", "2019-05"], only].concat());
    let both = asked(&["--only", "pension,medical"]);
    assert!(both.status == Some(2) && both.err.contains("[missing-figure]"), "{}{}", both.out, both.err);
    assert_eq!(asked(&["--only", "pension"]).status, Some(0));
    assert_eq!(asked(&[]).status, Some(0));
}

//! The resident scheme (城乡居民基本养老保险): what is given to the rules, and what comes out.
//!
//! Terms are a month's or a year's answer of the tables, persons and tiers what is asked. A figure that the tables
//! lack is kept as a fault inside the terms: it matters only for a person who needs it.

use super::{Cited, Outcome, Status};
use crate::units::{Date, Decimal, Money, Month, Rounding};

/// A band of the age supplement: from `age` on, `amount` a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeBand {
    /// From this age, in years.
    pub age: i16,
    /// The supplement, which replaces that of a lower band.
    pub amount: Money,
}

/// A person who draws or will draw a resident pension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentPerson {
    /// The birth date.
    pub birth: Date,
    /// The date of death, if it has come.
    pub death: Option<Date>,
    /// The balance of the personal account, if given.
    pub account: Option<Money>,
    /// The years paid, if given.
    pub years: Option<i64>,
}

/// What the tables say for one month. A figure that is missing is an error only where the person
/// needs it.
#[derive(Clone, Debug)]
pub struct ResidentTerms {
    /// The month.
    pub month: Month,
    /// The age from which it is paid, in years.
    pub payable_age: Cited<i16>,
    /// The personal account is divided by this many months.
    pub account_divisor: Cited<Decimal>,
    /// Years beyond these raise the pension.
    pub years_threshold: Cited<i64>,
    /// By how much for each, yuan a month.
    pub per_extra_year: Cited<Money>,
    /// The base pension.
    pub base_pension: Outcome<Cited<Money>>,
    /// The bands of the age supplement, ascending.
    pub bands: Outcome<Cited<Vec<AgeBand>>>,
    /// How the account pension is rounded.
    pub rounding: Cited<Rounding>,
}

/// A resident pension in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentPension {
    /// The birth date.
    pub birth: Date,
    /// The month.
    pub month: Month,
    /// Completed years at the end of the month.
    pub age: i16,
    /// The first month it is paid.
    pub payable_from: Month,
    /// Whether it is paid in this month.
    pub payable: bool,
    /// The base pension, where paid.
    pub base_pension: Option<Money>,
    /// The age of the supplement band that is reached, where one is.
    pub age_band: Option<i16>,
    /// The age supplement, where paid.
    pub age_supplement: Option<Money>,
    /// The supplement for long contribution, where paid and the years were given.
    pub years_supplement: Option<Money>,
    /// The account pension, where paid and the balance was given.
    pub account_pension: Option<Money>,
    /// The sum; zero where nothing is paid.
    pub total: Money,
}

/// A yearly contribution tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The yearly contribution.
    pub amount: Money,
    /// The yearly subsidy, where this level sets one.
    pub subsidy: Option<Money>,
    /// The groups it is open to; empty for everybody.
    pub only: Vec<String>,
    /// A status of its own, where it differs from the block's.
    pub status: Option<Status>,
}

/// What the tables say of a year's tiers, for one category of person.
#[derive(Clone, Debug)]
pub struct TierTerms {
    /// The year.
    pub year: i32,
    /// The tiers.
    pub tiers: Cited<Vec<Tier>>,
    /// The tier that the government pays for this category.
    pub government_paid: Option<Cited<Money>>,
}

/// A resident's yearly contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentContribution {
    /// The tier.
    pub tier: Money,
    /// What the person pays.
    pub paid_by_person: Money,
    /// What the government pays in the person's place.
    pub paid_by_government: Money,
    /// The subsidy.
    pub subsidy: Money,
    /// The sum for one person.
    pub per_person: Money,
    /// The number of people.
    pub people: i64,
    /// The sum for all.
    pub total: Money,
}

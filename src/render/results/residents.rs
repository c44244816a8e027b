//! The resident scheme: `resident-pension` and `resident-contrib`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::facts::{ResidentContribution, ResidentPension};
use crate::units::{Date, JsonDate, Money, Month};

/// What one person draws.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ResidentPensionResult {
    /// In one month.
    One(PensionMonth),
    /// In several months.
    Several {
        /// The birth date.
        birth: JsonDate,
        /// What is drawn in each month.
        months: Vec<PensionMonth>,
        /// What is drawn in all months.
        total: Money,
    },
}

/// What one person draws in one month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PensionMonth {
    /// The birth date.
    pub birth: JsonDate,
    /// The month.
    pub month: Month,
    /// Completed years at the end of the month.
    pub age: i16,
    /// The first month that is paid.
    pub payable_from: Month,
    /// Whether the month is paid.
    pub payable: bool,
    /// The base pension, where the month is paid.
    pub base_pension: Option<Money>,
    /// The age supplement, where the month is paid.
    pub age_supplement: Option<Money>,
    /// The years supplement, where the month is paid and the years were given.
    pub years_supplement: Option<Money>,
    /// The account pension, where the month is paid and the balance was given.
    pub account_pension: Option<Money>,
    /// The sum of these; "0.00" where the month is not paid.
    pub total: Money,
}

/// What is paid for residents of one tier in a year.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ResidentContribResult {
    /// The year.
    pub year: i32,
    /// The tier: the yearly contribution for one person.
    pub tier: Money,
    /// What the person pays.
    pub paid_by_person: Money,
    /// What the government pays in the person's place.
    pub paid_by_government: Money,
    /// What the government adds.
    pub subsidy: Money,
    /// The sum for one person.
    pub per_person: Money,
    /// The number of people.
    pub people: i64,
    /// The sum for all.
    pub total: Money,
}

impl ResidentPensionResult {
    /// The result of these months.
    #[must_use]
    pub fn new(birth: Date, months: &[ResidentPension], total: Money) -> Self {
        if let [month] = months {
            return Self::One(PensionMonth::from(month));
        }
        Self::Several { birth: JsonDate(birth), months: months.iter().map(PensionMonth::from).collect(), total }
    }
}

impl From<&ResidentPension> for PensionMonth {
    fn from(one: &ResidentPension) -> Self {
        Self {
            birth: JsonDate(one.birth),
            month: one.month,
            age: one.age,
            payable_from: one.payable_from,
            payable: one.payable,
            base_pension: one.base_pension,
            age_supplement: one.age_supplement,
            years_supplement: one.years_supplement,
            account_pension: one.account_pension,
            total: one.total,
        }
    }
}

impl ResidentContribResult {
    /// The result of a year.
    #[must_use]
    pub fn new(year: i32, one: &ResidentContribution) -> Self {
        Self {
            year,
            tier: one.tier,
            paid_by_person: one.paid_by_person,
            paid_by_government: one.paid_by_government,
            subsidy: one.subsidy,
            per_person: one.per_person,
            people: one.people,
            total: one.total,
        }
    }
}

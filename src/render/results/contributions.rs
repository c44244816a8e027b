//! `contrib`: what employer and employee pay.

use schemars::JsonSchema;
use serde::Serialize;

use crate::facts::{Contribution, Insurance, Limit, MonthContributions, Share};
use crate::units::{Money, Month, Rate};

/// What is due for one wage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ContribResult {
    /// In one month.
    One(MonthResult),
    /// In several months.
    Several {
        /// The wage (or declared base) of each month.
        wage: Money,
        /// What is due in each month.
        months: Vec<MonthResult>,
        /// What the employer pays in all months.
        employer_total: Money,
        /// What the employee pays in all months.
        employee_total: Money,
        /// What both pay in all months.
        total: Money,
    },
}

/// What is due for one wage in one month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthResult {
    /// The month.
    pub month: Month,
    /// The wage (or declared base).
    pub wage: Money,
    /// What is due for each insurance.
    pub contributions: Vec<InsuranceResult>,
    /// What the employer pays.
    pub employer_total: Money,
    /// What the employee pays.
    pub employee_total: Money,
    /// What both pay.
    pub total: Money,
}

/// What is due for one insurance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InsuranceResult {
    /// The insurance.
    pub insurance: Insurance,
    /// The contribution base: the wage held between floor and ceiling.
    pub base: Money,
    /// Which of the two moved it.
    pub limit: Limit,
    /// The charged rate of the employer.
    pub employer_rate: Rate,
    /// What the employer pays.
    pub employer: Money,
    /// The charged rate of the employee.
    pub employee_rate: Rate,
    /// What the employee pays.
    pub employee: Money,
}

impl ContribResult {
    /// The result of these months; the totals are those of all of them.
    #[must_use]
    pub fn new(wage: Money, months: &[MonthContributions], (shares, total): (Share<Money>, Money)) -> Self {
        if let [month] = months {
            return Self::One(MonthResult::from(month));
        }
        Self::Several {
            wage,
            months: months.iter().map(MonthResult::from).collect(),
            employer_total: shares.employer,
            employee_total: shares.employee,
            total,
        }
    }
}

impl From<&MonthContributions> for MonthResult {
    fn from(month: &MonthContributions) -> Self {
        Self {
            month: month.month,
            wage: month.wage,
            contributions: month.contributions.iter().map(InsuranceResult::from).collect(),
            employer_total: month.totals.employer,
            employee_total: month.totals.employee,
            total: month.total,
        }
    }
}

impl From<&Contribution> for InsuranceResult {
    fn from(one: &Contribution) -> Self {
        Self {
            insurance: one.insurance.clone(),
            base: one.base,
            limit: one.limit,
            employer_rate: one.rates.employer,
            employer: one.amounts.employer,
            employee_rate: one.rates.employee,
            employee: one.amounts.employee,
        }
    }
}

//! Contributions: what is given to the rules, and what comes out.
//!
//! [`Selection`] is what a question asks for, [`MonthTerms`] what the tables answer, [`Charge`] an insurance made
//! ready for many wages, [`Contribution`] and [`MonthContributions`] the result. Amounts are yuan and fen a month; a
//! [`Share`] holds one thing for each side.

use std::sync::Arc;

use super::{Cited, Insurance, Note, coded};
use crate::units::{Money, Month, Rate, Rounded, Rounding};

coded! {
    /// Who pays: the employer's share or the person's own.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Side {
        /// 单位
        Employer = "employer",
        /// 个人
        Employee = "employee",
    }
}

impl Side {
    /// Both, in the order of display.
    pub const BOTH: [Self; 2] = Self::ALL;
}

coded! {
    /// What kind of payer the tables distinguish.
    #[derive(Default, PartialOrd, Ord, Hash)]
    pub enum Payer {
        /// 企业
        #[default]
        Enterprise = "enterprise",
        /// 机关事业单位
        Institution = "institution",
        /// 灵活就业人员
        Flexible = "flexible",
    }
}

/// A thing for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share<T> {
    /// The employer's.
    pub employer: T,
    /// The employee's.
    pub employee: T,
}

impl<T> Share<T> {
    /// The same of something else, side by side.
    ///
    /// ```
    /// use shebao::facts::Share;
    /// let rates = Share { employer: 16, employee: 8 };
    /// assert_eq!(rates.map(|rate| rate * 60), Share { employer: 960, employee: 480 });
    /// ```
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Share<U> {
        Share { employer: change(self.employer), employee: change(self.employee) }
    }

    /// One side's.
    pub fn get(&self, side: Side) -> &T {
        match side {
            Side::Employer => &self.employer,
            Side::Employee => &self.employee,
        }
    }

    /// One side's, to change.
    pub fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Employer => &mut self.employer,
            Side::Employee => &mut self.employee,
        }
    }
}

/// Floor and ceiling of the contribution base, yuan a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseLimits {
    /// The floor (下限).
    pub floor: Money,
    /// The ceiling (上限), not below the floor.
    pub ceiling: Money,
    /// The average wage they derive from, yuan a year.
    pub average_wage: Option<crate::units::Decimal>,
    /// The year of that wage.
    pub average_year: Option<i64>,
    /// Which average it is.
    pub average_kind: Option<AverageKind>,
}

coded! {
    /// Which average wage limits derive from.
    pub enum AverageKind {
        /// 全口径
        FullCalibre = "full-calibre",
        /// 在岗职工
        OnPost = "on-post",
    }
}

coded! {
    /// Which limit applied to a wage.
    #[derive(Hash)]
    pub enum Limit {
        /// Neither: the wage lay between them.
        None = "none",
        /// The wage lay below the floor.
        Floor = "floor",
        /// The wage lay above the ceiling.
        Ceiling = "ceiling",
    }
}

/// What a question about contributions asks for, besides wage and month.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these insurances; each must then be answerable.
    pub only: Option<Vec<Insurance>>,
    /// Who pays.
    pub payer: Payer,
    /// The risk class of the employer's trade, 1 to 8.
    pub injury_class: Option<usize>,
    /// The floating grade of the employer.
    pub injury_grade: Option<Rate>,
    /// Names of reliefs to be applied.
    pub relief: Vec<String>,
}

/// Everything the rules need for one insurance in one month.
#[derive(Clone, Debug)]
pub struct InsuranceTerms {
    /// The insurance.
    pub insurance: Insurance,
    /// The limits of its base.
    pub limits: Cited<BaseLimits>,
    /// The rates before grade and reductions.
    pub rates: Share<Cited<Rate>>,
    /// What the rates are multiplied with: floating grade, staged reductions.
    pub factors: Share<Vec<Cited<Rate>>>,
    /// How the base is rounded; without a rule it stays as it is.
    pub base_rounding: Option<Cited<Rounding>>,
    /// How each amount is rounded.
    pub rounding: Cited<Rounding>,
}

/// The terms of one month, and what could not be answered.
#[derive(Clone, Debug)]
pub struct MonthTerms {
    /// The month.
    pub month: Month,
    /// The insurances, in the order of display.
    pub insurances: Vec<InsuranceTerms>,
    /// What the tables say besides: left-out insurances, reliefs on offer.
    pub notes: Vec<Note>,
}

/// One insurance made ready for many wages of one month: the rates after grade and reductions.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The terms it was made from.
    pub terms: Arc<InsuranceTerms>,
    /// The rates that are charged.
    pub rates: Share<Rate>,
}

/// What is due for one insurance, month and person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The insurance.
    pub insurance: Insurance,
    /// The contribution base.
    pub base: Money,
    /// Which limit applied.
    pub limit: Limit,
    /// The rates charged.
    pub rates: Share<Rate>,
    /// The amounts.
    pub amounts: Share<Money>,
}

/// The bare figures of what is due for one insurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The contribution base.
    pub base: Money,
    /// Which limit applied.
    pub limit: Limit,
    /// The amounts, and how the exact products lay.
    pub amounts: Share<Rounded>,
}

/// What is due for one person and month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthContributions {
    /// The month.
    pub month: Month,
    /// The wage (or declared base) it was worked on.
    pub wage: Money,
    /// Each insurance.
    pub contributions: Vec<Contribution>,
    /// The sum by side.
    pub totals: Share<Money>,
    /// The sum of both sides.
    pub total: Money,
}

//! Steps of an explanation: data that can be worked out again, without words.

use std::sync::Arc;

use super::{Citation, Insurance, Side};
use crate::units::{Date, Decimal, Money, Month, Rate, Rounding};

/// A value in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Money(Money),
    /// A rate or factor.
    Rate(Rate),
    /// A number that is neither.
    Number(Decimal),
    /// A whole number of years, months or people.
    Count(i64),
    /// A month.
    Month(Month),
    /// A date.
    Date(Date),
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The wage, or the base given in its place.
    Wage,
    /// The floor of the base.
    Floor,
    /// The ceiling of the base.
    Ceiling,
    /// The contribution base.
    Base,
    /// The bases of the other entries of the same person, month and insurance.
    OtherBases,
    /// The bases of all these entries together.
    AllBases,
    /// The same, held between floor and ceiling.
    AllBasesHeld,
    /// How many months an amount is for.
    Months,
    /// A rate as the tables have it.
    TableRate(Side),
    /// A floating grade or reduction.
    Factor(Side),
    /// The rate after grade and reductions.
    ChargedRate(Side),
    /// An amount due.
    Amount(Side),
    /// The sum of one side.
    SideTotal(Side),
    /// The sum of all.
    Total,
    /// The birth date.
    Birth,
    /// The age from which the pension is paid.
    PayableAge,
    /// The first month it is paid.
    PayableFrom,
    /// The base pension.
    BasePension,
    /// The age of a band of the supplement.
    BandAge,
    /// The first month of a band.
    BandFrom,
    /// The age supplement.
    AgeSupplement,
    /// The years paid.
    YearsPaid,
    /// The years that earn nothing extra.
    YearsThreshold,
    /// The supplement for each year beyond.
    PerExtraYear,
    /// The supplement for long contribution.
    YearsSupplement,
    /// The balance of the personal account.
    Account,
    /// The number of months it is divided by.
    AccountDivisor,
    /// The account pension.
    AccountPension,
    /// The yearly contribution tier.
    Tier,
    /// What the person pays.
    PaidByPerson,
    /// What the government pays.
    PaidByGovernment,
    /// The subsidy.
    Subsidy,
    /// The sum for one person.
    PerPerson,
    /// The number of people.
    People,
}

/// How a step's value follows from its inputs. The order of the inputs is fixed for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The only input, as the tables or the user gave it.
    Take,
    /// The first input, held between the second (floor) and the third (ceiling), then rounded where a
    /// rule says so.
    Hold(Option<Rounding>),
    /// The only input, rounded.
    Round(Rounding),
    /// The product of all inputs, rates only, exact.
    Compose,
    /// Money times rate, rounded.
    Multiply(Rounding),
    /// Money divided by a number, rounded.
    Divide(Rounding),
    /// The sum of all inputs.
    Add,
    /// The first input less the second.
    Subtract,
    /// The only input with the opposite sign: what is given back.
    Negate,
    /// The years of the first input beyond the second, times the third.
    Beyond,
    /// The month after the first input (a birth date) reaches the second (an age).
    MonthAfterAge,
    /// Money (first) times a count (second).
    Times,
}

/// One input of a step.
#[derive(Clone, Debug)]
pub struct Input {
    /// What it is.
    pub quantity: Quantity,
    /// Its value.
    pub value: Value,
    /// The document it rests on, where a table gave it.
    pub citation: Option<Arc<Citation>>,
}

impl Input {
    /// An input that an earlier step or the user gave.
    #[must_use]
    pub fn of(quantity: Quantity, value: Value) -> Self {
        Self { quantity, value, citation: None }
    }

    /// An input that a table gave.
    #[must_use]
    pub fn cited(quantity: Quantity, value: Value, citation: Option<&Arc<Citation>>) -> Self {
        Self { quantity, value, citation: citation.cloned() }
    }
}

/// One step: a named value, the operation, and its inputs.
#[derive(Clone, Debug)]
pub struct Step {
    /// The insurance it belongs to.
    pub insurance: Option<Insurance>,
    /// The month it belongs to.
    pub month: Option<Month>,
    /// What the value is.
    pub result: Quantity,
    /// The value.
    pub value: Value,
    /// How it follows from the inputs.
    pub operation: Operation,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The document that orders the operation, such as the rounding rule.
    pub citation: Option<Arc<Citation>>,
}

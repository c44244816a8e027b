//! What fields of blocks hold besides plain values: words to choose from, and small tables.

use crate::facts::{AverageKind, Insurance, Payer, Side, Status, coded};
use crate::tables::reader::{Field, Fields, Found, Reader, choice_field, table_struct};
use crate::tables::selector::Selector;
use crate::units::{Decimal, Mode, Money, Month, Rate};

choice_field!(Status, Status::ALL, Status::code);
choice_field!(Payer, Payer::ALL, Payer::code);
choice_field!(Side, Side::BOTH, Side::code);
choice_field!(Mode, [Mode::HalfUp, Mode::Up, Mode::Down], |mode| match mode {
    Mode::HalfUp => "half-up",
    Mode::Up => "up",
    Mode::Down => "down",
    // Not among the choices: no law asks for it.
    Mode::HalfEven => "half-even",
});

choice_field!(AverageKind, AverageKind::ALL, AverageKind::code);
choice_field!(RoundingTarget, RoundingTarget::ALL, RoundingTarget::code);
choice_field!(Interpolation, Interpolation::ALL, Interpolation::code);
choice_field!(Scheme, Scheme::ALL, Scheme::code);
choice_field!(Group, Group::ALL, Group::code);
choice_field!(Case, Case::ALL, Case::code);

coded! {
    /// What a rounding rule is for.
    pub enum RoundingTarget {
        /// Amounts of contributions.
        Contribution = "contribution",
        /// The contribution base.
        Base = "base",
        /// Parts of a pension.
        Pension = "pension",
    }
}
coded! {
    /// How payout months are read between whole ages.
    pub enum Interpolation {
        /// The completed years count.
        Whole = "whole",
        /// Linear between two whole ages.
        Linear = "linear",
    }
}
coded! {
    /// Whose personal account.
    pub enum Scheme {
        /// 职工
        Employee = "employee",
        /// 居民
        Resident = "resident",
    }
}
coded! {
    /// Who retires.
    pub enum Group {
        /// 男职工
        Men = "men",
        /// 女工人
        WomenWorker = "women-worker",
        /// 女干部
        WomenCadre = "women-cadre",
    }
}
coded! {
    /// On what ground.
    pub enum Case {
        /// 正常
        Normal = "normal",
        /// 特殊工种
        Special = "special",
        /// 因病或非因工致残
        Illness = "illness",
    }
}

table_struct! {
    /// A band of the age supplement.
    Band { /// From this age, in years.
        age: i64, /// Yuan a month.
        amount: Money }
    show |band| format!("{}+: {}", band.age, band.amount)
}
table_struct! {
    /// A yearly contribution tier.
    TierEntry { /// Yuan a year.
        amount: Money, /// Yuan a year.
        subsidy: Option<Money>, /// Open only to these groups.
        only: Option<Vec<String>>, /// A status of its own.
        status: Option<Status> }
    show |tier| match &tier.subsidy { Some(subsidy) => format!("{} (+{subsidy})", tier.amount), None => tier.amount.to_string() }
}
table_struct! {
    /// The least subsidy from a tier on.
    SubsidyFloor { /// From this tier.
        from_tier: Money, /// Yuan a year.
        amount: Money }
    show |floor| format!("{}+: {}", floor.from_tier, floor.amount)
}
table_struct! {
    /// Payout months at a whole age.
    AgeMonths { /// Whole years.
        age: i64, /// Months.
        months: Decimal }
    show |entry| format!("{}: {}", entry.age, entry.months)
}
table_struct! {
    /// A later step of a number of months.
    MonthsStep { /// From when.
        from: Month, /// Months.
        months: i64 }
    show |step| format!("{}: {}", step.from, step.months)
}
table_struct! {
    /// Months of benefit by years of contribution.
    BenefitTerm { /// From so many years.
        years: i64, /// At most so many months.
        months: i64 }
    show |term| format!("{}+: {}", term.years, term.months)
}
table_struct! {
    /// A rate from a month on.
    DatedRate { /// From when.
        from: Month, /// The rate.
        rate: Rate }
    show |entry| format!("{}: {}", entry.from, entry.rate.percent())
}
table_struct! {
    /// A deadline of a procedure.
    Deadline { /// The step.
        step: String, /// Working days.
        working_days: i64 }
    show |entry| format!("{}: {}", entry.step, entry.working_days)
}

/// A list accepts each of its items; one that is absent accepts anything.
impl<T: Field> From<&Option<Vec<T>>> for Selector {
    fn from(list: &Option<Vec<T>>) -> Self {
        list.as_ref().map_or(Self::Any, |items| Self::Only(items.iter().map(Field::show).collect()))
    }
}

/// A list of numbers accepts each of them.
impl From<&Vec<i64>> for Selector {
    fn from(list: &Vec<i64>) -> Self {
        Self::Only(list.iter().map(ToString::to_string).collect())
    }
}

/// A payer that is not named is an enterprise.
impl From<&Option<Payer>> for Selector {
    fn from(payer: &Option<Payer>) -> Self {
        Self::Only(vec![payer.unwrap_or_default().code().to_owned()])
    }
}

/// A name that is not given is the empty one.
impl From<&Option<String>> for Selector {
    fn from(name: &Option<String>) -> Self {
        Self::Only(vec![name.clone().unwrap_or_default()])
    }
}

/// A single value accepts itself.
macro_rules! accepts_itself {
    ($($type:ty),*) => { $(impl From<&$type> for Selector {
        fn from(value: &$type) -> Self { Self::Only(vec![value.show()]) }
    })* };
}
accepts_itself!(String, Insurance, Side, RoundingTarget, Scheme, Group, Case);

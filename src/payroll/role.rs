//! What a column can be, and why it is that.
//!
//! [`PlainRole`] lists what belongs to no insurance, [`LeftOut`] what is known and not checked, [`Meaning`] joins roles
//! with insurances and sides. The lists are closed, and their codes are those of `--column` and of layouts. The headings
//! of each role are in `vocabulary`, its words in `render::words`.

use crate::facts::{Insurance, InsuranceNames, Side, coded};

coded! {
    /// What a column can hold that belongs to no insurance. Its headings are in `vocabulary`.
    #[derive(Hash)]
    pub enum PlainRole {
        /// The identity number.
        EmployeeId = "employee_id",
        /// The name of the person.
        Name = "name",
        /// The month that the row is about.
        Month = "month",
        /// The month that a fee is for, where the month of the bill stands beside it; then it is the month.
        FeeMonth = "fee_month",
        /// The last of several months.
        MonthTo = "month_to",
        /// From which month to which the row is about.
        Span = "span",
        /// How many months the row is about.
        Months = "months",
        /// The wage.
        Wage = "wage",
        /// The declared base of all insurances.
        Base = "base",
        /// The insurance that the row is about.
        Insurance = "insurance",
        /// The side that the row is about.
        Side = "side",
        /// The declared amount; insurance and side stand elsewhere.
        Amount = "amount",
        /// The kind of the entry.
        Kind = "kind",
        /// How many people.
        People = "people",
        /// The birth date.
        Birth = "birth",
        /// The sex.
        Sex = "sex",
        /// The balance of the personal account.
        Account = "account",
        /// The years paid.
        Years = "years",
        /// The yearly contribution tier.
        Tier = "tier",
        /// The year.
        Year = "year",
        /// The group with rules of its own.
        Category = "category",
        /// Gross pay.
        Income = "income",
        /// Net pay.
        Net = "net",
        /// A rate.
        Rate = "rate",
        /// A late fee or interest.
        LateFee = "late_fee",
        /// The serial number of the row.
        Number = "number",
        /// Another month than the one that counts.
        BillMonth = "bill_month",
    }
}

impl PlainRole {
    /// Whether a file can hold it only once.
    fn is_single(self) -> bool {
        match self {
            Self::Income
            | Self::Net
            | Self::Rate
            | Self::LateFee
            | Self::Number
            | Self::People
            | Self::Year
            | Self::Months
            | Self::Span => false,
            Self::EmployeeId
            | Self::Name
            | Self::Month
            | Self::FeeMonth
            | Self::MonthTo
            | Self::Wage
            | Self::Base
            | Self::Insurance
            | Self::Side
            | Self::Amount
            | Self::Kind
            | Self::Birth
            | Self::Sex
            | Self::Account
            | Self::Years
            | Self::Tier
            | Self::Category
            | Self::BillMonth => true,
        }
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        match self {
            Self::Wage | Self::Base | Self::Amount | Self::Income | Self::Net | Self::LateFee | Self::Account => true,
            Self::EmployeeId
            | Self::Name
            | Self::Month
            | Self::FeeMonth
            | Self::MonthTo
            | Self::Span
            | Self::Months
            | Self::Insurance
            | Self::Side
            | Self::Kind
            | Self::People
            | Self::Birth
            | Self::Sex
            | Self::Years
            | Self::Tier
            | Self::Year
            | Self::Category
            | Self::Rate
            | Self::Number
            | Self::BillMonth => false,
        }
    }
}

coded! {
    /// What a column holds that is known and belongs to no check. Its headings are in `vocabulary`.
    pub enum LeftOut {
        /// The housing fund (公积金).
        HousingFund = "housing_fund",
        /// An occupational pension (年金).
        Annuity = "annuity",
        /// Supplementary medical insurance (大额、大病).
        LargeMedical = "large_medical",
        /// A private pension account.
        PrivatePension = "private_pension",
        /// Another scheme, or insurance of a company.
        OtherScheme = "other_scheme",
        /// Income tax.
        Tax = "tax",
        /// A rate, a count, a fee beside an amount.
        Beside = "beside",
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something that belongs to no insurance.
    Plain(PlainRole),
    /// The declared base of one insurance.
    InsuranceBase(Insurance),
    /// The declared amount of one insurance and side.
    Amount(Insurance, Side),
    /// The declared base of one side, whatever the insurance.
    SideBase(Side),
    /// The declared amount of one side; the insurance stands elsewhere.
    SideAmount(Side),
    /// How many months the amounts of one insurance are for.
    Months(Insurance),
    /// From which month to which the amounts of one insurance are for.
    Span(Insurance),
    /// A printed sum.
    Sum(SumOf),
}

/// What a printed sum says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SumOf {
    /// Of one insurance.
    pub insurance: Option<Insurance>,
    /// Of one side.
    pub side: Option<Side>,
}

impl Meaning {
    /// The code, as `--column` takes it and `inspect` prints it.
    ///
    /// ```
    /// use shebao::facts::{Insurance, Side};
    /// use shebao::payroll::Meaning;
    /// assert_eq!(Meaning::Amount(Insurance::new("pension"), Side::Employee).code(), "pension_employee");
    /// assert_eq!(Meaning::SideBase(Side::Employer).code(), "employer_base");
    /// ```
    #[must_use]
    pub fn code(&self) -> String {
        let of = |insurance: &Option<Insurance>, what: &str| match insurance {
            Some(insurance) => format!("{insurance}_{what}"),
            None => what.to_owned(),
        };
        match self {
            Self::Plain(role) => role.code().to_owned(),
            Self::InsuranceBase(insurance) => format!("{insurance}_base"),
            Self::Amount(insurance, side) => format!("{insurance}_{}", side.code()),
            Self::SideBase(side) => format!("{}_base", side.code()),
            Self::SideAmount(side) => format!("{}_amount", side.code()),
            Self::Months(insurance) => format!("{insurance}_months"),
            Self::Span(insurance) => format!("{insurance}_span"),
            Self::Sum(SumOf { insurance, side }) => match side {
                Some(side) => of(insurance, &format!("{}_sum", side.code())),
                None => of(insurance, "sum"),
            },
        }
    }

    /// All that a column can mean.
    pub(crate) fn all(insurances: &[InsuranceNames]) -> Vec<Self> {
        let mut all: Vec<Self> = PlainRole::ALL.into_iter().map(Self::Plain).collect();
        let insurances = || insurances.iter().map(|names| names.insurance.clone());
        for insurance in insurances() {
            all.push(Self::InsuranceBase(insurance.clone()));
            all.extend(Side::BOTH.map(|side| Self::Amount(insurance.clone(), side)));
            all.extend([Self::Months(insurance.clone()), Self::Span(insurance)]);
        }
        all.extend(Side::BOTH.map(Self::SideBase));
        all.extend(Side::BOTH.map(Self::SideAmount));
        for insurance in std::iter::once(None).chain(insurances().map(Some)) {
            for side in std::iter::once(None).chain(Side::BOTH.map(Some)) {
                all.push(Self::Sum(SumOf { insurance: insurance.clone(), side }));
            }
        }
        all
    }

    /// Whether a file can hold it only once.
    pub(crate) fn is_single(&self) -> bool {
        match self {
            Self::Plain(role) => role.is_single(),
            Self::InsuranceBase(_) | Self::Amount(..) | Self::SideBase(_) | Self::SideAmount(_) => true,
            Self::Months(_) | Self::Span(_) | Self::Sum(_) => false,
        }
    }
}

coded! {
    /// Why a column means what it does.
    pub enum Why {
        /// The user said so.
        Said = "said",
        /// A layout that was kept says so.
        Layout = "layout",
        /// Its heading says so.
        Heading = "heading",
        /// Its heading names no side; by law only the employer pays.
        EmployerOnly = "employer-only",
        /// Its heading names no side; the form it belongs to holds the employee's shares.
        WithholdingForm = "withholding-form",
        /// Its heading names no side; what is paid out is what is earned less these columns.
        NetPay = "net-pay",
        /// Its heading names no side; its amounts are those of this side, row by row.
        Ratio = "ratio",
    }
}

//! What a column can be, and why it is that.

use super::vocabulary;
use crate::facts::{Insurance, InsuranceNames, Side};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something that belongs to no insurance, by its code.
    Plain(&'static str),
    /// The declared base of one insurance.
    InsuranceBase(Insurance),
    /// The declared amount of one insurance and side.
    Amount(Insurance, Side),
    /// The declared base of one side, whatever the insurance.
    SideBase(Side),
    /// The declared amount of one side; the insurance stands elsewhere.
    SideAmount(Side),
    /// How many months a row is about, for one insurance or for all.
    Months(Option<Insurance>),
    /// From which month to which a row is about, for one insurance or for all.
    Span(Option<Insurance>),
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
    /// The code, as `--column` takes it.
    #[must_use]
    pub fn code(&self) -> String {
        let of = |insurance: &Option<Insurance>, what: &str| match insurance {
            Some(insurance) => format!("{insurance}_{what}"),
            None => what.to_owned(),
        };
        match self {
            Self::Plain(code) => (*code).to_owned(),
            Self::InsuranceBase(insurance) => format!("{insurance}_base"),
            Self::Amount(insurance, side) => format!("{insurance}_{}", side.code()),
            Self::SideBase(side) => format!("{}_base", side.code()),
            Self::SideAmount(side) => format!("{}_amount", side.code()),
            Self::Months(insurance) => of(insurance, "months"),
            Self::Span(insurance) => of(insurance, "span"),
            Self::Sum(SumOf { insurance, side }) => match side {
                Some(side) => of(insurance, &format!("{}_sum", side.code())),
                None => of(insurance, "sum"),
            },
        }
    }

    /// All that a column can mean.
    pub(crate) fn all(insurances: &[InsuranceNames]) -> Vec<Self> {
        let plain = vocabulary::NAMES.iter().map(|(code, _)| match *code {
            "months" => Self::Months(None),
            "span" => Self::Span(None),
            code => Self::Plain(code),
        });
        let mut all: Vec<Self> = plain.collect();
        all.push(Self::Plain("bill_month"));
        let insurances = || insurances.iter().map(|names| names.insurance.clone());
        for insurance in insurances() {
            all.push(Self::InsuranceBase(insurance.clone()));
            all.extend(Side::BOTH.map(|side| Self::Amount(insurance.clone(), side)));
            all.extend([Self::Months(Some(insurance.clone())), Self::Span(Some(insurance))]);
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
            Self::Plain(code) => {
                !matches!(*code, "income" | "net" | "rate" | "late_fee" | "number" | "people" | "year")
            }
            Self::InsuranceBase(_) | Self::Amount(..) | Self::SideBase(_) | Self::SideAmount(_) => true,
            Self::Months(_) | Self::Span(_) | Self::Sum(_) => false,
        }
    }
}

/// Why a column means what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The user said so.
    Said,
    /// A layout that was kept says so.
    Layout,
    /// Its heading says so.
    Heading,
    /// Its heading names no side; by law only the employer pays.
    EmployerOnly,
    /// Its heading names no side; the form it belongs to holds the employee's shares.
    WithholdingForm,
    /// Its heading names no side; what is paid out is what is earned less these columns.
    NetPay,
    /// Its heading names no side; its amounts are those of this side, row by row.
    Ratio,
}

impl Why {
    /// The code used in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Layout => "layout",
            Self::Heading => "heading",
            Self::EmployerOnly => "employer-only",
            Self::WithholdingForm => "withholding-form",
            Self::NetPay => "net-pay",
            Self::Ratio => "ratio",
        }
    }
}

//! Why a declared amount differs: the causes by code, and what is said of one.

/// Why a declared amount differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The right product, rounded otherwise.
    Rounding,
    /// Worked on a wage outside floor or ceiling.
    LimitNotApplied,
    /// Worked with the limits of another period.
    OtherLimits,
    /// Worked with the rate of another period or scheme.
    OtherRate,
    /// Employer and employee exchanged.
    SidesSwapped,
    /// Declared once more.
    Duplicate,
    /// A sum of what is declared, which is wrong in itself.
    Carried,
    /// A sum that is not the sum of what is declared.
    DoesNotAddUp,
    /// A formula that was never calculated.
    NotCalculated,
    /// No one known mistake gives the amount.
    Unexplained,
}

impl Cause {
    /// The code of the cause column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rounding => "rounding",
            Self::LimitNotApplied => "limit-not-applied",
            Self::OtherLimits => "other-limits",
            Self::OtherRate => "other-rate",
            Self::SidesSwapped => "sides-swapped",
            Self::Duplicate => "duplicate",
            Self::Carried => "carried",
            Self::DoesNotAddUp => "does-not-add-up",
            Self::NotCalculated => "not-calculated",
            Self::Unexplained => "unexplained",
        }
    }
}

/// What explains a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The causes.
    pub causes: Vec<Cause>,
    /// Which rate, limits, rounding; in codes and figures, the same in every language.
    pub detail: String,
}

impl Explanation {
    /// That the amount was declared before.
    pub(super) fn duplicate(first: u64) -> Self {
        Self { causes: vec![Cause::Duplicate], detail: format!("duplicate: first in row {first}") }
    }

    /// A cause that needs no more words.
    pub(super) fn plain(cause: Cause) -> Self {
        Self { causes: vec![cause], detail: cause.code().to_owned() }
    }

    /// That nothing known gives the amount.
    pub(super) fn none(remark: &str) -> Self {
        let detail = if remark.is_empty() { String::new() } else { format!("unexplained: {remark}") };
        Self { causes: vec![Cause::Unexplained], detail }
    }

    /// Both this and another.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.causes.extend(other.causes);
        self.detail =
            [self.detail, other.detail].into_iter().filter(|detail| !detail.is_empty()).collect::<Vec<_>>().join(", ");
        self
    }
}

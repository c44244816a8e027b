//! Why a declared amount differs: the causes by code, and what explains one finding.
//!
//! The order of the causes is the order of surprise: a mistake that is made every day is tried before a rare one, and the
//! first that gives the declared amount to the fen is named. Codes are a contract; their words are in `render::words`.
//! How a cause is tried stands in `hypotheses`.

use crate::batch::RowCause;
use crate::facts::coded;

coded! {
    /// Why a declared amount differs, the least surprising first: in this order `hypotheses` tries what another
    /// charge explains.
    #[derive(PartialOrd, Ord)]
    pub enum Cause {
        /// The right product, rounded otherwise.
        Rounding = "rounding",
        /// Worked on a wage outside floor or ceiling.
        LimitNotApplied = "limit-not-applied",
        /// Worked with the limits of another period.
        OtherLimits = "other-limits",
        /// Worked with the rate of another period or scheme.
        OtherRate = "other-rate",
        /// Employer and employee exchanged.
        SidesSwapped = "sides-swapped",
        /// Declared once more.
        Duplicate = "duplicate",
        /// A sum of what is declared, which is wrong in itself.
        Carried = "carried",
        /// A sum that is not the sum of what is declared.
        DoesNotAddUp = "does-not-add-up",
        /// A formula that was never calculated.
        NotCalculated = "not-calculated",
        /// No one known mistake gives the amount.
        Unexplained = "unexplained",
    }
}

impl RowCause for Cause {
    const ANY: bool = true;

    fn code(self) -> &'static str {
        Self::code(self)
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

    /// What the detail says besides the code of the cause; empty where it says no more.
    #[must_use]
    pub fn more(&self) -> &str {
        match self.causes.as_slice() {
            [only] if only.code() == self.detail => "",
            _ => &self.detail,
        }
    }

    /// Both this and another.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.causes.extend(other.causes);
        self.detail =
            [self.detail, other.detail].into_iter().filter(|detail| !detail.is_empty()).collect::<Vec<_>>().join(", ");
        self
    }
}

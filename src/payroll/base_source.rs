//! What the bases of a file rest on, as its columns say or the user.

use super::insured_columns::CheckedInsurance;
use super::reading::Reading;
use crate::facts::Outcome;

/// What the bases of a file rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseSource {
    /// The wage or, without one, the declared base.
    Wage,
    /// The month's income.
    Income,
    /// The base that the person's shares imply.
    Shares,
}

impl BaseSource {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wage, Self::Income, Self::Shares];

    /// The code used in the flag.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Wage => "wage",
            Self::Income => "income",
            Self::Shares => "shares",
        }
    }

    /// What was said, or what the file has: where neither wage nor base is declared, all that is left are
    /// the shares themselves.
    pub(crate) fn plan(
        file: &str,
        reading: &Reading,
        said: Option<Self>,
        insurances: &[CheckedInsurance],
        base: bool,
    ) -> Outcome<Self> {
        let columns = &reading.columns;
        let own = insurances.iter().any(|checked| checked.base.is_some());
        let shares = insurances.iter().flat_map(|checked| [&checked.amounts.employer, &checked.amounts.employee]);
        let shares = shares.flatten().count();
        let wage = columns.plain("wage").is_some() || base || own;
        let missing = |codes: &[&str]| Err(columns.missing(file, codes).into());
        match said {
            None if wage => Ok(Self::Wage),
            None | Some(Self::Shares) if shares > 1 => Ok(Self::Shares),
            Some(Self::Income) if columns.plain("income").is_some() => Ok(Self::Income),
            Some(Self::Income) => missing(&["income"]),
            Some(Self::Wage) if wage => Ok(Self::Wage),
            Some(Self::Wage | Self::Shares) | None => missing(&["wage", "base"]),
        }
    }
}

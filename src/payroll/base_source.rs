//! What the bases of a file rest on, as its columns say or the user.

use super::insured_columns::CheckedInsurance;
use super::reading::Reading;
use super::role::PlainRole;
use crate::facts::{Outcome, coded};

coded! {
    /// What the bases of a file rest on.
    pub enum BaseSource {
        /// The wage or, without one, the declared base.
        Wage = "wage",
        /// The month's income.
        Income = "income",
        /// The base that the person's shares imply.
        Shares = "shares",
    }
}

impl BaseSource {
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
        let wage = columns.plain(PlainRole::Wage).is_some() || base || own;
        let missing = |roles: &[PlainRole]| Err(columns.missing(file, roles).into());
        match said {
            None if wage => Ok(Self::Wage),
            None | Some(Self::Shares) if shares > 1 => Ok(Self::Shares),
            Some(Self::Income) if columns.plain(PlainRole::Income).is_some() => Ok(Self::Income),
            Some(Self::Income) => missing(&[PlainRole::Income]),
            Some(Self::Wage) if wage => Ok(Self::Wage),
            Some(Self::Wage | Self::Shares) | None => missing(&[PlainRole::Wage, PlainRole::Base]),
        }
    }
}

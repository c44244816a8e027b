//! What the bases of a file rest on: the wage, the income, or what the declared shares imply.
//!
//! `--base-from` comes first, then the columns: a wage or a declared base where the file has one, the shares where it
//! has nothing else and at least two of them. Which wage or base a single row rests on is read by `entries`; the base
//! that shares imply is worked out in `check`. Chosen once for each file, so that no row is judged differently.

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
    /// What the user `said`, or what the file has; `base` says whether it declares one base for all insurances.
    ///
    /// # Errors
    /// The columns that are missing for it: income where it was asked for, wage and base otherwise.
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

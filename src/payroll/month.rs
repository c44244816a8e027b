//! Where the month of a row comes from: a column of the file, or one month for all.

use super::cell::{self, At};
use super::columns::Columns;
use super::role::PlainRole;
use crate::facts::{Fault, Faults, Kind};
use crate::files::Row;
use crate::units::Month;

/// Where the month comes from.
#[derive(Clone, Debug)]
pub(crate) enum MonthSource {
    /// The user gave it.
    Given(Month),
    /// A column holds it.
    Column(At),
    /// A column holds its number and another one the year.
    WithYear(At, At),
}

impl MonthSource {
    /// What was given comes first; a file with neither is a fault.
    pub fn plan(columns: &Columns, file: &str, given: Option<Month>, faults: &mut Faults) -> Option<Self> {
        match (given, columns.month_column()) {
            (Some(month), _) => Some(Self::Given(month)),
            (None, Some(at)) => Some(match columns.plain(PlainRole::Year) {
                Some(year) => Self::WithYear(at, year),
                None => Self::Column(at),
            }),
            (None, None) => {
                faults.push(Fault::at(Kind::NoMonth, columns.place(file)));
                None
            }
        }
    }

    /// The months of a row that is for several.
    pub fn several(&self, row: &Row<'_>) -> Option<(Month, Month)> {
        match self {
            Self::Given(_) | Self::WithYear(..) => None,
            Self::Column(at) => cell::months(row, at),
        }
    }

    /// The month of a row, or the first of several, and the several.
    pub fn first_and_several(&self, row: &Row<'_>) -> Result<(Month, Option<(Month, Month)>), Kind> {
        match self.of(row) {
            Ok(month) => Ok((month, self.several(row))),
            Err(kind) => self.several(row).map(|several| (several.0, Some(several))).ok_or(kind),
        }
    }

    /// The month of a row.
    pub fn of(&self, row: &Row<'_>) -> Result<Month, Kind> {
        match self {
            Self::Given(month) => Ok(*month),
            Self::Column(at) => cell::month(row, at),
            Self::WithYear(at, year) => cell::month(row, at).or_else(|kind| {
                let number = cell::count(row, at, 1, 12).ok().flatten();
                let year = cell::count(row, year, 1990, 2100).ok().flatten();
                let both = year
                    .zip(number)
                    .and_then(|(year, number)| Month::new(i32::try_from(year).ok()?, u32::try_from(number).ok()?));
                both.ok_or(kind)
            }),
        }
    }
}

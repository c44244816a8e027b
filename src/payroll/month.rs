//! Where the month of a row comes from: a column of the file, or one month for all.
//!
//! A month that the user gave, or that stands around the table, goes before a column. A column of month numbers is read
//! with the column of years beside it. A cell may name several months (2025-01至2025-03): such a row has no one month,
//! and whoever can work several asks for them. Which of several columns is the month's is decided in `columns`.

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
    /// The source of a file; `None` where there is none, with [`Kind::NoMonth`] added to the faults.
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

    /// The first and last month of a row that is for several; `None` for one month or none.
    pub fn several(&self, row: &Row<'_>) -> Option<(Month, Month)> {
        match self {
            Self::Given(_) | Self::WithYear(..) => None,
            Self::Column(at) => cell::months(row, at),
        }
    }

    /// The month of a row, or the first of several with the first and last of them.
    ///
    /// # Errors
    /// As [`MonthSource::of`], where the cell names no span either.
    pub fn first_and_several(&self, row: &Row<'_>) -> Result<(Month, Option<(Month, Month)>), Kind> {
        match self.of(row) {
            Ok(month) => Ok((month, self.several(row))),
            Err(kind) => self.several(row).map(|several| (several.0, Some(several))).ok_or(kind),
        }
    }

    /// The one month of a row.
    ///
    /// # Errors
    /// [`Kind::BlankCell`] or [`Kind::BadMonth`] of its cell; a span of months is a bad month here.
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

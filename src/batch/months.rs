//! Where the month of a row comes from: a column of the file, or one month for all.

use super::cell::{self, At};
use super::reading::Columns;
use super::row::Row;
use crate::facts::{Fault, Faults, Kind};
use crate::units::Month;

/// Where the month comes from.
#[derive(Clone, Debug)]
pub(super) enum MonthSource {
    /// The user gave it.
    Given(Month),
    /// A column holds it.
    Column(At),
}

impl MonthSource {
    /// What was given comes first; a file with neither is a fault.
    pub fn plan(columns: &Columns, file: &str, given: Option<Month>, faults: &mut Faults) -> Option<Self> {
        match (given, columns.month_column()) {
            (Some(month), _) => Some(Self::Given(month)),
            (None, Some(at)) => Some(Self::Column(at)),
            (None, None) => {
                faults.push(Fault::at(Kind::NoMonth, columns.place(file)));
                None
            }
        }
    }

    /// The months of a row that is for several.
    pub fn several(&self, row: &Row<'_>) -> Option<(Month, Month)> {
        match self {
            Self::Given(_) => None,
            Self::Column(at) => cell::months(row, at),
        }
    }

    /// The month of a row.
    pub fn of(&self, row: &Row<'_>) -> Result<Month, Kind> {
        match self {
            Self::Given(month) => Ok(*month),
            Self::Column(at) => cell::month(row, at),
        }
    }
}

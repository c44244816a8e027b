//! A block column by column: the amounts and months of all rows at once.
//!
//! The plain form is read eight bytes at a time; what people type (full width, brackets, marks) is read by
//! [`cell`](super::cell), for the one cell and not for its row.

use super::cell::{self, At};
use super::month::MonthSource;
use crate::files::csv::grid::Grid;
use crate::files::{Block, RowText};
use crate::units::{Money, Month, Written};

/// How a cell was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum How {
    /// It stands as this program writes amounts, in at most eight bytes.
    Canonical,
    /// In any other form that is an amount.
    Read,
    /// Nothing stands in it, or no amount.
    #[default]
    None,
}

/// The amounts of one column.
#[derive(Debug, Default)]
pub(crate) struct Amounts {
    cells: Vec<Written>,
    how: Vec<How>,
}

impl Amounts {
    /// Reads a column of a block.
    pub fn decode(&mut self, (block, grid): (&Block, &Grid), text: RowText, position: usize) {
        let (bytes, rows) = (block.bytes(), grid.row_count());
        self.cells.clear();
        self.how.clear();
        self.how.resize(rows, How::Canonical);
        self.cells.extend(self.how.iter_mut().enumerate().map(|(row, how)| {
            let mut cell = grid.cell(row, position);
            if cell.len() > 1 && bytes[cell.start] == b'"' && bytes[cell.end - 1] == b'"' {
                cell = cell.start + 1..cell.end - 1;
            }
            if let Some(written) = Written::read(bytes, &cell).filter(|written| written.is_canonical()) {
                return written;
            }
            let read = read_typed((block, grid), text, (row, position));
            *how = if read.is_some() { How::Read } else { How::None };
            Written::elsewhere(read.unwrap_or_default())
        }));
    }

    /// The amount of a row, where one stands there.
    #[inline]
    pub fn get(&self, row: usize) -> Option<Money> {
        let (written, how) = (self.cells.get(row)?, self.how.get(row)?);
        if *how == How::None { None } else { Some(written.money) }
    }

    /// The amount of a row, or nothing.
    #[inline]
    pub fn or_zero(&self, row: usize) -> Money {
        self.cells.get(row).map_or(Money::ZERO, |written| written.money)
    }

    /// The bytes of a cell that stands as this program writes amounts.
    #[inline]
    pub fn canonical(&self, row: usize) -> Option<Written> {
        let (written, how) = (self.cells.get(row)?, self.how.get(row)?);
        if *how == How::Canonical { Some(*written) } else { None }
    }

    /// The sum of some rows, in fen.
    pub fn sum(&self, rows: std::ops::Range<usize>) -> i128 {
        self.cells.get(rows).unwrap_or_default().iter().map(|written| i128::from(written.money.fen())).sum()
    }
}

#[cold]
fn read_typed((block, grid): (&Block, &Grid), text: RowText, (row, position): (usize, usize)) -> Option<Money> {
    let at = At { position, heading: String::new() };
    let (row, _) = grid.row(row, block, text)?;
    cell::signed(&row, &at).ok().flatten()
}

/// The months of the rows of a block; `None` where a row has no one month.
pub(crate) fn months(
    source: &MonthSource,
    (block, grid): (&Block, &Grid),
    text: RowText,
    months: &mut Vec<Option<Month>>,
) {
    months.clear();
    let column = match source {
        MonthSource::Column(at) => Some(at.position),
        MonthSource::Given(_) | MonthSource::WithYear(..) => None,
    };
    months.extend((0..grid.row_count()).map(|row| {
        let plain = column.and_then(|at| Month::from_plain(&block.bytes()[grid.cell(row, at)]));
        plain.or_else(|| grid.row(row, block, text).and_then(|(row, _)| source.of(&row).ok()))
    }));
}

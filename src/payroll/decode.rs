//! A block column by column: the amounts and months of all rows at once.
//!
//! The plain form is read eight bytes at a time; what people type (full width, brackets, marks) is read by
//! [`cell`](super::cell), for the one cell and not for its row.

use super::cell::{self, At};
use super::month::MonthSource;
use crate::files::csv::grid::Grid;
use crate::files::{Block, RowText};
use crate::units::{Money, Month, Written};

/// What stands in a cell of amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    written: Written,
    is_there: bool,
}

impl Amount {
    /// The amount, where one stands there.
    #[inline]
    pub fn money(self) -> Option<Money> {
        self.is_there.then_some(self.written.money)
    }

    /// The amount, or zero.
    #[inline]
    pub fn or_zero(self) -> Money {
        self.written.money
    }

    /// The bytes of the cell, where it stands as this program writes amounts, in at most eight of them.
    #[inline]
    pub fn canonical(self) -> Option<Written> {
        self.written.is_canonical().then_some(self.written)
    }
}

/// Reads some columns of a block: a row of amounts for each of its rows, one after the other.
pub(crate) fn amounts((block, grid): (&Block, &Grid), text: RowText, columns: &[usize], amounts: &mut Vec<Amount>) {
    let bytes = block.bytes();
    amounts.resize(grid.row_count() * columns.len(), Amount::default());
    for (row, (cells, amounts)) in grid.cells().zip(amounts.chunks_exact_mut(columns.len().max(1))).enumerate() {
        for (amount, column) in amounts.iter_mut().zip(columns) {
            let mut cell = cells.get(*column);
            if cell.len() > 1 && bytes[cell.start] == b'"' && bytes[cell.end - 1] == b'"' {
                cell = cell.start + 1..cell.end - 1;
            }
            *amount = match Written::read(bytes, &cell) {
                Some(written) => Amount { written, is_there: true },
                None => read_typed((block, grid), text, (row, *column)),
            };
        }
    }
}

#[cold]
fn read_typed((block, grid): (&Block, &Grid), text: RowText, (row, position): (usize, usize)) -> Amount {
    let at = At { position, heading: String::new() };
    let read = grid.row(row, block, text).and_then(|(row, _)| cell::signed(&row, &at).ok().flatten());
    Amount { written: Written::elsewhere(read.unwrap_or_default()), is_there: read.is_some() }
}

/// The months of the rows of a block; `None` where a row has no one month.
pub(crate) fn months(
    source: &MonthSource,
    (block, grid): (&Block, &Grid),
    text: RowText,
) -> impl Iterator<Item = Option<Month>> {
    let column = match source {
        MonthSource::Column(at) => Some(at.position),
        MonthSource::Given(_) | MonthSource::WithYear(..) => None,
    };
    grid.cells().enumerate().map(move |(row, cells)| {
        let plain = column.and_then(|at| Month::from_plain(&block.bytes()[cells.get(at)]));
        plain.or_else(|| grid.row(row, block, text).and_then(|(row, _)| source.of(&row).ok()))
    })
}

//! A block column by column: the amounts and months of all rows at once.
//!
//! The plain form is read eight bytes at a time; what people type (full width, brackets, marks) is read by
//! [`cell`](super::cell), for the one cell and not for its row.

use std::ops::Range;

use super::cell::{self, At};
use super::month::MonthSource;
use crate::files::csv::grid::Grid;
use crate::files::{Block, RowText, unquoted_range};
use crate::units::{Money, Month, Written};

/// What stands in a cell of amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    money: Money,
    /// The bytes of the cell and how many there are, where it stands as this program writes amounts; else none.
    bytes: [u8; 8],
    length: u8,
    is_there: bool,
}

impl Amount {
    /// The amount, where one stands there.
    #[inline]
    pub fn money(self) -> Option<Money> {
        self.is_there.then_some(self.money)
    }

    /// The amount, or zero.
    #[inline]
    pub fn or_zero(self) -> Money {
        self.money
    }

    /// The bytes of a cell that says `due` as this program writes it, and how many there are.
    #[inline]
    pub fn as_due(self, due: Money) -> Option<([u8; 8], usize)> {
        (self.length > 0 && self.money == due).then_some((self.bytes, usize::from(self.length)))
    }

    /// An amount that is written, as far as it can be read in one word.
    #[inline]
    fn plain(text: &[u8], cell: &Range<usize>) -> Option<Self> {
        let written = Written::read(text, cell)?;
        let (bytes, length) = written.bytes();
        let length = if written.is_canonical() { length } else { 0 };
        Some(Self { money: written.money, bytes, length, is_there: true })
    }
}

/// Reads some columns of a block: a row of amounts for each of its rows, one after the other.
pub(crate) fn amounts((block, grid): (&Block, &Grid), text: RowText, columns: &[usize], amounts: &mut Vec<Amount>) {
    let bytes = block.bytes();
    amounts.resize(grid.row_count() * columns.len(), Amount::default());
    for (row, (cells, amounts)) in grid.cells().zip(amounts.chunks_exact_mut(columns.len().max(1))).enumerate() {
        for (amount, column) in amounts.iter_mut().zip(columns) {
            let mut cell = cells.get(*column);
            if grid.has_quotes() {
                cell = unquoted_range(bytes, cell);
            }
            *amount = match Amount::plain(bytes, &cell) {
                Some(amount) => amount,
                None => read_typed((block, grid), text, (row, *column)),
            };
        }
    }
}

#[cold]
fn read_typed((block, grid): (&Block, &Grid), text: RowText, (row, position): (usize, usize)) -> Amount {
    let at = At { position, heading: String::new() };
    let read = grid.row(row, block, text).and_then(|(row, _)| cell::signed(&row, &at).ok().flatten());
    Amount { money: read.unwrap_or_default(), is_there: read.is_some(), ..Amount::default() }
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

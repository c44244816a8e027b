//! A block column by column: in which rows is all that is declared due?
//!
//! A row is decided here where it is a month's own entry on one base that is not negative, rounded half up to the fen, and
//! every declared cell, sum included, is read and right to the fen. Such rows are most of every file: they are written
//! from here, the declared bytes copied where they already are the due amount, and summed up column by column.
//!
//! Every other row, wrong or only unusual, is judged alone by `judge`: nothing is found wrong here. What is due comes
//! from [`rules::contribution`](contribution), which the law of entries calls for a plain month as well, so both ways
//! give the same. Cells are read by [`payroll::decode`](decode).

use std::ops::Range;

use super::law::Law;
use super::plan::Plan;
use super::terms_cache::{KnownMonths, Met};
use super::totals::CheckTotals;
use crate::facts::{Charge, Outcome, Side};
use crate::files::csv::grid::Grid;
use crate::files::{Block, Lines, Row, RowText};
use crate::payroll::Sign;
use crate::payroll::decode::{self, Amount};
use crate::payroll::insured_columns::Declares;
use crate::payroll::{BaseSource, CheckedInsurance};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rounded, Rounding};

/// How many cells are due for each insurance: the base and two amounts.
const CELLS: usize = 3;

/// Which columns of a file are read, and what each is for; by their place among those that are read. Due cells are
/// counted over all insurances, three for each.
#[derive(Debug, Default)]
pub(super) struct ReadColumns {
    /// Their positions in the file.
    positions: Vec<usize>,
    /// What the base of each insurance rests on.
    starts: Vec<usize>,
    /// Declared columns, each with the due cell that it is held against.
    declared: Vec<(usize, usize)>,
    /// For each due cell the column that may say it already.
    sources: Vec<Option<usize>>,
    /// The due cells of declared amounts, with the insurance and side that they are summed up for.
    summed: Vec<(usize, (usize, Side))>,
    /// Printed sums, each with its parts.
    sums: Vec<(usize, Vec<(usize, Sign)>)>,
    /// Those that are added up, in the order of the plan.
    tracked: Vec<usize>,
}

impl ReadColumns {
    /// The columns of a file whose rows may be worked column by column; `None` where no row may.
    pub fn plan(plan: &Plan) -> Option<Self> {
        let one_month = plan.insurances.iter().all(|checked| checked.months.is_none() && checked.span.is_none());
        let declares = matches!(plan.declares, Declares::Columns) && plan.base_source != BaseSource::Shares;
        if !one_month || !declares || plan.entries.side_bases.is_some() || plan.insurances.is_empty() {
            return None;
        }
        let mut read = Self::default();
        let (wage, base) = (plan.entries.wage.as_ref(), plan.entries.base.as_ref());
        for (place, checked) in plan.insurances.iter().enumerate() {
            let CheckedInsurance { base: own, amounts, .. } = checked;
            let start = read.at(wage.or(base).or(own.as_ref())?.position);
            read.starts.push(start);
            let own = own.as_ref().map(|own| read.at(own.position));
            read.declared.extend(own.map(|own| (own, read.sources.len())));
            read.sources.push(own.or(Some(start)));
            for side in Side::BOTH {
                let (amount, cell) = (amounts.get(side).as_ref().map(|at| read.at(at.position)), read.sources.len());
                read.declared.extend(amount.map(|amount| (amount, cell)));
                read.summed.extend(amount.map(|_| (cell, (place, side))));
                read.sources.push(amount);
            }
        }
        // The declared base of all insurances, where a wage stands beside it, is that of the first.
        let base = base.map(|base| read.at(base.position));
        read.declared.extend(base.map(|base| (base, 0)));
        for sum in &plan.summed.sums {
            let parts = sum.parts.iter().map(|(part, sign)| (read.at(*part), *sign)).collect();
            let sum = (read.at(sum.at), parts);
            read.sums.push(sum);
        }
        read.tracked = plan.summed.tracked.iter().map(|position| read.at(*position)).collect();
        Some(read)
    }

    fn at(&mut self, position: usize) -> usize {
        self.positions.iter().position(|other| *other == position).unwrap_or_else(|| {
            self.positions.push(position);
            self.positions.len() - 1
        })
    }
}

/// The columns of a block, and what is due in its rows.
#[derive(Debug, Default)]
pub(super) struct BlockColumns {
    first_row: u64,
    /// What is read, row by row.
    read: Vec<Amount>,
    /// Where the month of each row stands among the known ones.
    months: Vec<Option<Met>>,
    /// Whether all that a row declares is due.
    right: Vec<bool>,
    /// What is due in each row, cell by cell.
    due: Vec<Rounded>,
    /// What the last row that was seen to be an own entry says of its kind.
    own_kind: Vec<u8>,
    /// Rows that were written and are still to be summed up.
    pending: Range<usize>,
}

impl BlockColumns {
    /// Reads the columns of a block and works out what is due in each row; what is still to be summed up of the block
    /// before must have been.
    pub fn work(
        &mut self,
        columns: &ReadColumns,
        (plan, law): (&Plan, &Law<'_>),
        (block, grid, text): (&Block, &Grid, RowText),
        known: &mut KnownMonths,
    ) {
        self.first_row = block.first_row;
        decode::amounts((block, grid), text, &columns.positions, &mut self.read);
        self.months.clear();
        let months = decode::months(&plan.month, (block, grid), text);
        self.months.extend(months.map(|month| month.map(|month| known.meet(month, law))));
        let (width, cells) = (columns.positions.len(), columns.sources.len());
        self.due.resize(grid.row_count() * cells, Rounded::default());
        self.right.clear();
        let rows = self.read.chunks_exact(width).zip(self.due.chunks_exact_mut(cells)).zip(&self.months);
        self.right.extend(rows.map(|((row, due), month)| {
            month.is_some_and(|month| is_right(columns, row, &known.at(month).charges, due))
        }));
        if plan.entries.says_what_rows_are() {
            for (right, (row, _)) in self.right.iter_mut().zip(grid.rows(block, text)) {
                *right &= plan.entries.is_own(&row, &mut self.own_kind);
            }
        }
    }

    /// The place of a row that declares what is due, and its month. A row of which something is said besides its
    /// bytes, such as a formula that was never calculated, is judged alone.
    #[inline]
    pub fn right(&self, row: &Row<'_>) -> Option<(usize, Met)> {
        if !row.marks.is_empty() {
            return None;
        }
        let at = usize::try_from(row.number.wrapping_sub(self.first_row)).ok()?;
        if *self.right.get(at)? { Some((at, self.months[at]?)) } else { None }
    }

    /// Writes the due cells of such a row: the declared bytes where they already say it.
    #[inline]
    pub fn write(&self, columns: &ReadColumns, at: usize, lines: &mut Lines) {
        let (width, cells) = (columns.positions.len(), columns.sources.len());
        let (read, due) = (&self.read[at * width..][..width], &self.due[at * cells..][..cells]);
        lines.amount_cells(cells, |out| {
            for (source, due) in columns.sources.iter().zip(due) {
                match source.and_then(|column| read[column].as_due(due.money)) {
                    Some(declared) => out.copied(declared),
                    None => out.money(due.money),
                }
            }
        });
    }

    /// Notes that such a row is to be summed up.
    #[inline]
    pub fn add(&mut self, columns: &ReadColumns, at: usize, totals: &mut CheckTotals) {
        if self.pending.end != at {
            self.sum_up(columns, totals);
            self.pending.start = at;
        }
        self.pending.end = at + 1;
    }

    /// Adds the rows that are still to be summed up to all sums.
    pub fn sum_up(&mut self, columns: &ReadColumns, totals: &mut CheckTotals) {
        let rows = std::mem::replace(&mut self.pending, usize::MAX..usize::MAX);
        if rows.is_empty() {
            return;
        }
        let (width, cells) = (columns.positions.len(), columns.sources.len());
        let due = &self.due[rows.start * cells..rows.end * cells];
        for (cell, place) in &columns.summed {
            totals.count_right(*place, due.chunks_exact(cells).map(|row| row[*cell]));
        }
        let read = &self.read[rows.start * width..rows.end * width];
        for (sum, column) in totals.columns.iter_mut().zip(&columns.tracked) {
            let fen = read.chunks_exact(width).map(|row| i128::from(row[*column].or_zero().fen()));
            sum.count_plain(fen.sum());
        }
    }
}

/// Whether all that a row declares is due; what is due is noted.
#[inline]
fn is_right(columns: &ReadColumns, row: &[Amount], charges: &[Outcome<Charge>], due: &mut [Rounded]) -> bool {
    for ((start, charge), due) in columns.starts.iter().zip(charges).zip(due.chunks_exact_mut(CELLS)) {
        let (Some(start), Ok(charge)) = (row[*start].money(), charge) else { return false };
        // Negative amounts and other roundings are rare, and judged row by row.
        if start < Money::ZERO || charge.terms.rounding.value != Rounding::FEN_HALF_UP {
            return false;
        }
        let Ok(worked) = contribution::due(start, charge, None, &mut Silent) else { return false };
        due.copy_from_slice(&[Rounded::exact(worked.base), worked.amounts.employer, worked.amounts.employee]);
    }
    columns.declared.iter().all(|(column, cell)| row[*column].money() == Some(due[*cell].money))
        && columns.sums.iter().all(|sum| adds_up(row, sum))
}

/// Whether a printed sum adds up what is declared; where nothing is printed, nothing is wrong.
fn adds_up(row: &[Amount], (sum, parts): &(usize, Vec<(usize, Sign)>)) -> bool {
    let sign = |sign: &Sign| match sign {
        Sign::Plus => 1,
        Sign::Minus => -1,
    };
    let all: i128 = parts.iter().map(|(part, plus)| i128::from(row[*part].or_zero().fen()) * sign(plus)).sum();
    row[*sum].money().is_none_or(|printed| i128::from(printed.fen()) == all)
}

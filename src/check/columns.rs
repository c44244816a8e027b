//! A block column by column: what is declared and due in every row that is a month's own entry on one base.
//!
//! Rows in which all that is declared is due are written and summed up from here; every other row is judged alone.

use std::ops::Range;

use super::law::Law;
use super::plan::Plan;
use super::terms_cache::{KnownMonths, Met};
use super::totals::CheckTotals;
use crate::facts::{Charge, Outcome, Share, Side};
use crate::files::csv::grid::Grid;
use crate::files::{AmountCells, Block, Lines, Row, RowText};
use crate::payroll::Sign;
use crate::payroll::decode::{self, Amount};
use crate::payroll::insured_columns::Declares;
use crate::payroll::{BaseSource, CheckedInsurance};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rounded, Rounding};

/// Which columns of a file are read, and what each is for; by their place among those that are read.
#[derive(Debug, Default)]
pub(super) struct ReadColumns {
    /// Their positions in the file.
    positions: Vec<usize>,
    insurances: Vec<InsuredColumns>,
    /// The declared base of all insurances, where a wage stands beside it.
    base: Option<usize>,
    sums: Vec<(usize, Vec<(usize, Sign)>)>,
    /// Those that are added up, in the order of the plan.
    tracked: Vec<usize>,
}

#[derive(Debug)]
struct InsuredColumns {
    /// What the base rests on.
    start: usize,
    base: Option<usize>,
    amounts: Share<Option<usize>>,
}

impl ReadColumns {
    /// The columns of a file whose rows may be worked column by column; `None` where no row may.
    pub fn plan(plan: &Plan) -> Option<Self> {
        let one_month = plan.insurances.iter().all(|checked| checked.months.is_none() && checked.span.is_none());
        let declares = matches!(plan.declares, Declares::Columns) && plan.base_source != BaseSource::Shares;
        if !one_month || !declares || plan.entries.side_bases.is_some() {
            return None;
        }
        let mut read = Self::default();
        let (wage, base) = (plan.entries.wage.as_ref(), plan.entries.base.as_ref());
        for checked in &plan.insurances {
            let CheckedInsurance { base: own, amounts, .. } = checked;
            let start = wage.or(base).or(own.as_ref())?.position;
            let mut at = |position: usize| read.at(position);
            let columns = InsuredColumns {
                start: at(start),
                base: own.as_ref().map(|own| at(own.position)),
                amounts: Share {
                    employer: amounts.employer.as_ref().map(|cell| at(cell.position)),
                    employee: amounts.employee.as_ref().map(|cell| at(cell.position)),
                },
            };
            read.insurances.push(columns);
        }
        read.base = base.map(|base| read.at(base.position));
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
    /// What is due in each row, insurance by insurance.
    due: Vec<Due>,
    /// What the last row that was seen to be an own entry says of its kind.
    own_kind: Vec<u8>,
    /// Rows that were written and are still to be summed up.
    pending: Range<usize>,
}

/// What is due of one insurance in one row.
#[derive(Clone, Copy, Debug, Default)]
struct Due {
    base: Money,
    amounts: Share<Rounded>,
}

impl BlockColumns {
    /// Reads the columns of a block and works out what is due in each row.
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
        let (width, insurances) = (columns.positions.len(), columns.insurances.len());
        self.due.resize(grid.row_count() * insurances, Due::default());
        self.right.clear();
        let rows = self.read.chunks_exact(width).zip(self.due.chunks_exact_mut(insurances)).zip(&self.months);
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
        let (width, insurances) = (columns.positions.len(), columns.insurances.len());
        let (read, due) = (&self.read[at * width..][..width], &self.due[at * insurances..][..insurances]);
        lines.amount_cells(3 * insurances, |cells| {
            for (insured, due) in columns.insurances.iter().zip(due) {
                write(read[insured.base.unwrap_or(insured.start)].as_due(due.base), due.base, cells);
                for side in Side::BOTH {
                    let (column, due) = (*insured.amounts.get(side), due.amounts.get(side).money);
                    write(column.and_then(|column| read[column].as_due(due)), due, cells);
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
        let (width, insurances) = (columns.positions.len(), columns.insurances.len());
        let due = &self.due[rows.start * insurances..rows.end * insurances];
        for (place, insured) in columns.insurances.iter().enumerate() {
            let own = due.chunks_exact(insurances).map(|row| row[place]);
            for side in Side::BOTH {
                if insured.amounts.get(side).is_some() {
                    totals.count_right((place, side), own.clone().map(|due| *due.amounts.get(side)));
                }
            }
        }
        let read = &self.read[rows.start * width..rows.end * width];
        for (sum, column) in totals.columns.iter_mut().zip(&columns.tracked) {
            let fen = read.chunks_exact(width).map(|row| i128::from(row[*column].or_zero().fen()));
            sum.count_plain(fen.sum());
        }
    }
}

/// Writes a due cell: the declared bytes, where they say it.
#[inline]
fn write(declared: Option<([u8; 8], usize)>, due: Money, cells: &mut AmountCells<'_>) {
    match declared {
        Some(declared) => cells.copied(declared),
        None => cells.money(due),
    }
}

/// Whether all that a row declares is due; what is due is noted.
#[inline]
fn is_right(columns: &ReadColumns, row: &[Amount], charges: &[Outcome<Charge>], due: &mut [Due]) -> bool {
    let says = |column: Option<usize>, due: Money| column.is_none_or(|at| row[at].money() == Some(due));
    for ((insured, charge), due) in columns.insurances.iter().zip(charges).zip(due.iter_mut()) {
        let (Some(start), Ok(charge)) = (row[insured.start].money(), charge) else { return false };
        // Negative amounts and other roundings are rare, and judged row by row.
        if start < Money::ZERO || charge.terms.rounding.value != Rounding::FEN_HALF_UP {
            return false;
        }
        let Ok(worked) = contribution::due(start, charge, None, &mut Silent) else { return false };
        let right = says(insured.base, worked.base)
            && says(insured.amounts.employer, worked.amounts.employer.money)
            && says(insured.amounts.employee, worked.amounts.employee.money);
        if !right {
            return false;
        }
        *due = Due { base: worked.base, amounts: worked.amounts };
    }
    let first = due.first().map(|due| due.base);
    first.is_none_or(|base| says(columns.base, base)) && columns.sums.iter().all(|sum| adds_up(row, sum))
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

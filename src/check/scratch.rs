//! What a worker keeps from row to row, and the scratch of one row.
//!
//! A worker keeps what was looked up (months, the last identity number) and buffers that are used again; of a block it
//! keeps the repeats, the listed findings and the notes until they are taken. The scratch is emptied for each row that is
//! judged alone. No amount is kept from one block to the next, so results do not depend on which worker had a block.

use super::columns::BlockColumns;
use super::duplicates::Repeat;
use super::findings::Finding;
use super::terms_cache::KnownMonths;
use crate::facts::{IdentityNumber, Kind, Share};
use crate::files::{CellNote, Row};
use crate::payroll::cell::{self, At};
use crate::units::{Money, Rounded};

/// What a worker keeps from row to row.
#[derive(Default)]
pub struct CheckWorker {
    pub(super) months: KnownMonths,
    pub(super) columns: BlockColumns,
    pub(super) scratch: Scratch,
    pub(super) person: LastPerson,
    pub(super) block: u64,
    /// The repeats of the block, in the order of its rows.
    pub(super) repeats: Vec<Repeat>,
    /// The findings of the block, as they are listed.
    pub(super) listed: Vec<u8>,
    /// The notes on the cells of the block.
    pub(super) noted: Vec<CellNote>,
}

/// What is found out about one row.
#[derive(Default)]
pub(super) struct Scratch {
    pub findings: Vec<Finding>,
    pub refused: Vec<Kind>,
    /// Cells that were blank where something could be declared.
    pub blank: u64,
    /// What is declared again, in fen.
    pub again: i128,
    /// The due base of each side that all insurances share.
    pub bases: Option<Share<Money>>,
    /// What each insurance came to; every row writes all of them.
    pub items: Vec<Share<Option<Sum>>>,
}

/// A declared amount that enters the sums, and what is due for it.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub declared: Money,
    pub due: Rounded,
}

impl Scratch {
    /// Begins a row of so many insurances.
    pub fn clear(&mut self, insurances: usize) {
        self.findings.clear();
        self.refused.clear();
        (self.bases, self.blank, self.again) = (None, 0, 0);
        self.items.clear();
        self.items.resize(insurances, Share::default());
    }

    /// Notes a fault once.
    pub fn refuse(&mut self, kind: Kind) {
        if !self.refused.contains(&kind) {
            self.refused.push(kind);
        }
    }

    /// The amount of a declared cell; `None` where it is blank or cannot be read, which is noted.
    pub fn declared(&mut self, row: &Row<'_>, at: &At) -> Option<Money> {
        match cell::signed(row, at) {
            Ok(Some(declared)) => return Some(declared),
            Ok(None) => self.blank += 1,
            Err(kind) => self.refused.push(kind),
        }
        None
    }
}

/// The identity number of the row before. The rows of one person often stand together, so it is validated once.
#[derive(Default)]
pub(super) struct LastPerson {
    number: [u8; 18],
    is_valid: bool,
}

impl LastPerson {
    /// Whether the identity number of the row is invalid; a blank cell is not.
    #[inline]
    pub fn is_bad(&mut self, row: &Row<'_>, at: &At) -> bool {
        let cell = row.bare_cell(at.position);
        if self.is_valid && *cell == self.number {
            return false;
        }
        if let Ok(number) = <&[u8; 18]>::try_from(cell)
            && number.iter().all(u8::is_ascii_alphanumeric)
        {
            *self = Self { number: *number, is_valid: IdentityNumber::is_valid(cell) };
            return !self.is_valid;
        }
        cell::number_text(row, at).is_some_and(|text| IdentityNumber::parse(&text).is_err())
    }
}

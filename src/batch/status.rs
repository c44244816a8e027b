//! How rows come out: of each row its status and what is remarked of it, of all rows how many came out in which way.
//!
//! Why a row does not agree is known only to the job, so a cause is a type of the job ([`RowCause`]) and `batch` writes
//! its code. A fault is put into words by the caller ([`Describe`]), because the language is not known here. A row has
//! one status; its remark has every cause once, and every fault once.

use crate::facts::{Kind, coded};
use crate::payroll::Skipped;

/// Words a fault in the user's language, which `batch` does not know: one sentence without its place.
pub type Describe<'a> = &'a (dyn Fn(&Kind) -> String + Sync);

coded! {
    /// How a row came out.
    pub enum RowStatus {
        /// It agrees, or was computed.
        Ok = "ok",
        /// It does not agree.
        Mismatch = "mismatch",
        /// It could not be read or answered.
        Error = "error",
        /// It is no person: an empty row, a total, a heading once more.
        Skipped = "skipped",
    }
}

impl RowStatus {
    /// The codes of those that say that something is wrong.
    pub const WRONG: &'static [&'static str] = &[Self::Mismatch.code(), Self::Error.code()];
}

/// How many rows came out in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows seen.
    pub rows: u64,
    /// Rows that agree, or were computed.
    pub ok: u64,
    /// Rows that do not agree.
    pub mismatch: u64,
    /// Rows that could not be read or answered.
    pub error: u64,
    /// Rows that are no persons.
    pub skipped: Skipped,
    /// The row at which the run was ended early.
    pub stopped_at: Option<u64>,
}

impl RowCounts {
    pub(crate) fn count(&mut self, status: RowStatus) {
        self.rows += 1;
        match status {
            RowStatus::Ok => self.ok += 1,
            RowStatus::Mismatch => self.mismatch += 1,
            RowStatus::Error => self.error += 1,
            // Counted with its reason.
            RowStatus::Skipped => {}
        }
    }

    /// Adds what was counted elsewhere: in the next block, or in the next file.
    pub fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.ok += other.ok;
        self.mismatch += other.mismatch;
        self.error += other.error;
        self.skipped.add(other.skipped);
        self.stopped_at = self.stopped_at.or(other.stopped_at);
    }

    /// Whether a row does not agree or could not be worked; the exit status rests on it.
    ///
    /// ```
    /// use shebao::batch::RowCounts;
    /// let mut counts = RowCounts { rows: 3, ok: 3, ..RowCounts::default() };
    /// assert!(!counts.found());
    /// counts.add(RowCounts { rows: 1, mismatch: 1, ..RowCounts::default() });
    /// assert_eq!((counts.rows, counts.found()), (4, true));
    /// ```
    #[must_use]
    pub fn found(&self) -> bool {
        self.mismatch + self.error > 0
    }
}

/// Why a row does not agree, as the job knows it that worked the row.
///
/// A job puts causes into the row's remark while it works the row, and the frame writes their codes into the `cause`
/// column, joined by `;` in that order. A job that finds none uses [`NoCause`], and its results have no such column.
pub trait RowCause: Copy + PartialEq {
    /// Whether the job has causes, and so its results a `cause` column.
    const ANY: bool;

    /// The code in the `cause` column. It is part of the contract and the same in every language.
    fn code(self) -> &'static str;
}

/// The causes of a job that only computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCause {}

impl RowCause for NoCause {
    const ANY: bool = false;

    fn code(self) -> &'static str {
        match self {}
    }
}

/// What is remarked of a row: the causes, the findings or faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark<C> {
    /// The causes, each once.
    pub causes: Vec<C>,
    /// The findings or faults.
    pub detail: String,
}

impl<C> Default for Remark<C> {
    fn default() -> Self {
        Self { causes: Vec::new(), detail: String::new() }
    }
}

impl<C: RowCause> Remark<C> {
    pub(crate) fn clear(&mut self) {
        self.causes.clear();
        self.detail.clear();
    }

    /// Adds a cause that is not yet there.
    pub(crate) fn cause(&mut self, cause: C) {
        if !self.causes.contains(&cause) {
            self.causes.push(cause);
        }
    }

    /// Adds faults in words, each once.
    pub(crate) fn faults<'k>(&mut self, kinds: impl Iterator<Item = &'k Kind>, describe: Describe<'_>) {
        let mut reasons: Vec<String> = Vec::new();
        for reason in kinds.map(describe) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        self.detail.push_str(&reasons.join("; "));
    }
}

//! How rows come out: of each its status and what is remarked, of all how many.

use super::Tell;
use crate::facts::Kind;

/// How a row came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It agrees, or was computed.
    Ok,
    /// It does not agree.
    Mismatch,
    /// It could not be read or answered.
    Error,
    /// It is no person: an empty row, a total, a heading once more.
    Skipped,
}

impl Status {
    /// The code of the status column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Mismatch => "mismatch",
            Self::Error => "error",
            Self::Skipped => "skipped",
        }
    }
}

/// How many rows came out in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
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

impl Counts {
    pub(super) fn count(&mut self, status: Status) {
        self.rows += 1;
        match status {
            Status::Ok => self.ok += 1,
            Status::Mismatch => self.mismatch += 1,
            Status::Error => self.error += 1,
            // Counted with its reason.
            Status::Skipped => {}
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

    /// Whether anything was found.
    #[must_use]
    pub fn found(&self) -> bool {
        self.mismatch + self.error > 0
    }
}

/// What a row is that is no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPerson {
    /// Nothing stands in it.
    Empty,
    /// The headings once more.
    Heading,
    /// Sums of what stands above.
    Total,
    /// Hidden in its sheet.
    Hidden,
    /// A sample of how rows are to be filled in.
    Sample,
    /// The name of the rows that follow.
    Section,
    /// Signatures and remarks.
    Signature,
}

/// How many rows are no persons, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped([u64; NoPerson::ALL.len()]);

impl Skipped {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.0.iter().sum()
    }

    /// The code of each kind with how many rows are of it.
    #[must_use]
    pub fn parts(self) -> Vec<(&'static str, u64)> {
        NoPerson::ALL.iter().map(|what| what.code()).zip(self.0).collect()
    }

    pub(super) fn count(&mut self, what: NoPerson) {
        for (kind, rows) in NoPerson::ALL.iter().zip(&mut self.0) {
            *rows += u64::from(*kind == what);
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl NoPerson {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::Heading, Self::Total, Self::Hidden, Self::Sample, Self::Section, Self::Signature];

    /// The code used in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Heading => "heading",
            Self::Total => "total",
            Self::Hidden => "hidden",
            Self::Sample => "sample",
            Self::Section => "section",
            Self::Signature => "signature",
        }
    }

    /// What is said of it.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Empty => Kind::EmptyRow,
            Self::Heading => Kind::RepeatedHeading,
            Self::Total => Kind::TotalRow,
            Self::Hidden => Kind::HiddenRow,
            Self::Sample => Kind::SampleRow,
            Self::Section => Kind::SectionRow,
            Self::Signature => Kind::SignatureRow,
        }
    }
}

/// What is remarked of a row: the causes by code, the findings or faults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// The causes, each once.
    pub causes: Vec<&'static str>,
    /// The findings or faults.
    pub detail: String,
}

impl Remark {
    pub(super) fn clear(&mut self) {
        self.causes.clear();
        self.detail.clear();
    }

    /// Adds a cause that is not yet there.
    pub(super) fn cause(&mut self, code: &'static str) {
        if !self.causes.contains(&code) {
            self.causes.push(code);
        }
    }

    /// Adds faults in words, each once.
    pub(super) fn faults<'k>(&mut self, kinds: impl Iterator<Item = &'k Kind>, tell: Tell<'_>) {
        let mut reasons: Vec<String> = Vec::new();
        for reason in kinds.map(tell) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        self.detail.push_str(&reasons.join("; "));
    }
}

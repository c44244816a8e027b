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
pub struct Skipped {
    /// Empty ones.
    pub empty: u64,
    /// Headings once more.
    pub heading: u64,
    /// Totals.
    pub total: u64,
    /// Hidden ones.
    pub hidden: u64,
    /// Samples.
    pub sample: u64,
    /// Names of sections.
    pub section: u64,
    /// Signatures and remarks.
    pub signature: u64,
}

impl Skipped {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.empty + self.heading + self.total + self.hidden + self.sample + self.section + self.signature
    }

    pub(super) fn count(&mut self, what: NoPerson) {
        match what {
            NoPerson::Empty => self.empty += 1,
            NoPerson::Heading => self.heading += 1,
            NoPerson::Total => self.total += 1,
            NoPerson::Hidden => self.hidden += 1,
            NoPerson::Sample => self.sample += 1,
            NoPerson::Section => self.section += 1,
            NoPerson::Signature => self.signature += 1,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.empty += other.empty;
        self.heading += other.heading;
        self.total += other.total;
        self.hidden += other.hidden;
        self.sample += other.sample;
        self.section += other.section;
        self.signature += other.signature;
    }
}

impl NoPerson {
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

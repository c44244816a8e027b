//! Notes: what a result rests on or leaves out. Data; the words are for `render`.

use std::sync::Arc;

use super::{Bilingual, Citation, Insurance};
use crate::units::Money;

/// Something the reader of a result must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A figure that is derived or unconfirmed (`derived-figure`, `unconfirmed-figure`).
    Figure(Arc<Citation>),
    /// A figure that holds until the final one is published (`provisional-figure`).
    Provisional(Arc<Citation>),
    /// An insurance left out because the tables have no rate (`no-rate`).
    NoRate {
        /// The insurance.
        insurance: Insurance,
        /// Why, where the tables declare the gap.
        reason: Option<Bilingual>,
    },
    /// Work injury left out because no class is given (`no-injury-class`).
    NoInjuryClass,
    /// Reliefs that the tables have but that were not asked for (`relief-not-applied`).
    ReliefNotApplied {
        /// The insurance.
        insurance: Insurance,
        /// Their names.
        names: Vec<String>,
    },
    /// The account balance was not given (`no-account`).
    NoAccount,
    /// The years paid were not given (`no-years`).
    NoYears,
    /// Fewer years paid than the rule asks for (`few-years`).
    FewYears {
        /// The years given.
        years: i64,
        /// The years asked for.
        needed: i64,
    },
    /// A figure given by the user stands for that of the tables (`given-figure`).
    GivenBasePension(Money),
    /// Rows whose identity number does not hold (`bad-identity`).
    BadIdentity {
        /// How many.
        rows: u64,
    },
    /// Rows whose identity number was kept as a number and lost its last digits (`damaged-identity`).
    DamagedIdentity {
        /// How many.
        rows: u64,
    },
    /// Bases rest on what the amounts imply (`base-from-shares`).
    BaseFromShares,
    /// Entries given back (`refunds`).
    Refunds {
        /// How many.
        rows: u64,
    },
    /// Entries on a difference of bases (`differences`).
    Differences {
        /// How many.
        rows: u64,
    },
    /// Rows of insurances that are not checked (`rows-not-checked`).
    RowsNotChecked {
        /// How many.
        rows: u64,
    },
    /// Amount cells left blank: nothing was declared, so nothing was compared (`blank-cells`).
    BlankCells {
        /// How many.
        cells: u64,
    },
    /// The same person, month and insurance was declared more than once (`declared-again`).
    DeclaredAgain {
        /// How many rows declare again what an earlier one did.
        rows: u64,
        /// What they declare together, in fen.
        fen: i128,
    },
    /// Doubled rows were not looked for beyond so many bytes (`duplicates-not-checked`).
    DuplicatesNotChecked {
        /// The most that is looked through without being asked to.
        most: u64,
    },
    /// Doubled rows could not be looked for: no column names the person (`duplicates-without-identity`).
    DuplicatesWithoutIdentity,
    /// Formulas that were never calculated: what they come to is not known.
    NotCalculated {
        /// How many.
        cells: u64,
    },
    /// Differences of bases were not held to the limits with what they belong to.
    DifferencesAlone,
    /// A calculator works differences of bases without what they belong to.
    DifferencesCalculatedAlone,
    /// Declared columns that no rule was held against (`not-checked`).
    NotChecked {
        /// The headings as they stand.
        headings: Vec<String>,
    },
}

impl Note {
    /// The code that JSON carries; it never changes with the language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Figure(citation) => match citation.status {
                super::Status::Unconfirmed => "unconfirmed-figure",
                super::Status::Official | super::Status::Reported | super::Status::Derived => "derived-figure",
            },
            Self::Provisional(_) => "provisional-figure",
            Self::NoRate { .. } => "no-rate",
            Self::NoInjuryClass => "no-injury-class",
            Self::ReliefNotApplied { .. } => "relief-not-applied",
            Self::NoAccount => "no-account",
            Self::NoYears => "no-years",
            Self::FewYears { .. } => "few-years",
            Self::GivenBasePension(_) => "given-figure",
            Self::BadIdentity { .. } => "bad-identity",
            Self::DamagedIdentity { .. } => "damaged-identity",
            Self::BaseFromShares => "base-from-shares",
            Self::Refunds { .. } => "refunds",
            Self::Differences { .. } => "differences",
            Self::RowsNotChecked { .. } => "rows-not-checked",
            Self::BlankCells { .. } => "blank-cells",
            Self::DeclaredAgain { .. } => "declared-again",
            Self::DuplicatesNotChecked { .. } => "duplicates-not-checked",
            Self::DuplicatesWithoutIdentity => "duplicates-without-identity",
            Self::NotCalculated { .. } => "not-calculated",
            Self::DifferencesAlone | Self::DifferencesCalculatedAlone => "differences-alone",
            Self::NotChecked { .. } => "not-checked",
        }
    }
}

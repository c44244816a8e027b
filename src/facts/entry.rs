//! Entries of a payroll: what one row declares of one insurance, and what is due for it.
//!
//! An entry is a base (one, or one for each side), the months that it is for with their charges, and a kind: own,
//! back-dated (补缴), difference (补差), refund (退费). `payroll` and the calculators make entries, `rules::entry` says
//! what is due for them.

use std::sync::Arc;

use super::{Charge, Limit, Share};
use crate::units::{Money, Month, Rounded};

/// Of what kind an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The month's own (正常缴费).
    #[default]
    Own,
    /// For past months, each worked by its own rules (补缴).
    BackDated,
    /// On a difference of bases, beside what was declared before (补差).
    Difference,
    /// Given back (退费).
    Refund,
}

impl EntryKind {
    /// Whether the entry stands beside the month's own amount and not for it.
    #[must_use]
    pub fn is_besides(self) -> bool {
        match self {
            Self::Own | Self::BackDated => false,
            Self::Difference | Self::Refund => true,
        }
    }
}

/// A month that an entry is for, with what is charged in it.
#[derive(Clone, Debug)]
pub struct EntryMonth {
    /// The month; `None` where nobody asks for steps.
    pub month: Option<Month>,
    /// What is charged in it.
    pub charge: Charge,
    /// How often it counts: entries may say "three months" without naming them.
    pub times: i64,
}

/// Entries of one person, month and insurance that are held to the limits together: the month's own base and
/// the differences declared beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// The bases of all of them added up, this entry's included, for each side.
    pub sums: Share<Money>,
    /// Whether this entry is the last difference, which makes up what the limits ask of the sum.
    pub is_last: bool,
}

/// One entry: a base, the months it is for with their charges, and its kind.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its kind.
    pub kind: EntryKind,
    /// The wage or declared base that each side rests on, mostly the same; negative where the file writes a
    /// refund so.
    pub bases: Share<Money>,
    /// The months, in order; shared by the insurances of a row.
    pub months: Arc<[EntryMonth]>,
    /// What it is held to the limits with.
    pub together: Option<Together>,
    /// Whether the file writes a side's amounts with a minus: they are refunded, or taken off net pay.
    pub negative: Share<bool>,
}

impl Entry {
    /// The month's own entry on one base.
    #[must_use]
    pub fn own(base: Money, month: Option<Month>, charge: Charge) -> Self {
        Self {
            kind: EntryKind::Own,
            bases: Share { employer: base, employee: base },
            months: Arc::new([EntryMonth { month, charge, times: 1 }]),
            together: None,
            negative: Share::default(),
        }
    }

    /// Whether both sides rest on the same base.
    #[must_use]
    pub fn has_one_base(&self) -> bool {
        let is_one = |bases: Share<Money>| bases.employer == bases.employee;
        is_one(self.bases) && self.together.is_none_or(|together| is_one(together.sums))
    }
}

/// What is due for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryDue {
    /// The contribution base of each side, of the last month where there are several.
    pub bases: Share<Money>,
    /// Which limit applied to the employee's.
    pub limit: Limit,
    /// The amounts of all months, and how the exact products lay where there is one.
    pub amounts: Share<Rounded>,
}

impl EntryDue {
    /// The base that is shown for the insurance: the employee's, which is credited to the person.
    #[must_use]
    pub fn base(self) -> Money {
        self.bases.employee
    }
}

//! The vocabulary: what the program speaks of, without arithmetic beyond invariants.
//!
//! Every other layer imports these types; they import only [`crate::units`]. A figure that came
//! from a table is [`Cited`]: it never loses the document it rests on. What can go wrong is a
//! [`Fault`]: data with named fields and a [`Place`], no words.

mod cited;
mod coded;
mod contribution;
mod entry;
mod fault;
mod identity;
mod json;
mod names;
mod note;
mod place;
mod resident;
mod step;

pub use cited::{Citation, Cited, FigureKind, Source, Status};
pub(crate) use coded::coded;
pub use contribution::{
    AverageKind, BaseLimits, Charge, Contribution, Due, InsuranceTerms, Limit, MonthContributions, MonthTerms, Payer,
    Selection, Share, Side,
};
pub use entry::{Entry, EntryDue, EntryKind, EntryMonth, Together};
pub use fault::{Fault, Faults, Figure, Kind, MissingWhy, Outcome, TextHint, ValueType};
pub use identity::{IdentityFault, IdentityNumber, Sex, mask};
pub(crate) use json::written_as_code;
pub use names::{Bilingual, Insurance, InsuranceNames, Lang, RegionId};
pub use note::Note;
pub use place::{BlockPlace, Excerpt, Place, TableFile};
pub use resident::{AgeBand, ResidentContribution, ResidentPension, ResidentPerson, ResidentTerms, Tier, TierTerms};
pub use step::{Input, Operation, Quantity, Step, Value};

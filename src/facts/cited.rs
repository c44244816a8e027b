//! Figures that know the document they rest on.
//!
//! A figure of the tables is [`Cited`]: its value and the block that it stands in, with documents, months, region and
//! status. The rules carry the citation into their steps, the words print it; a figure that the user gave has none.

use std::sync::Arc;

use super::{Bilingual, BlockPlace, RegionId};
use crate::units::{Date, Month};

/// How well a figure is known. The words are defined in `docs/glossary.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// From the issuing text itself.
    Official,
    /// From the press or a second-hand list.
    Reported,
    /// Computed from a known figure.
    Derived,
    /// Recalled, in conflict, or resting on a rule that is only recalled.
    Unconfirmed,
}

impl Status {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::Official, Self::Reported, Self::Derived, Self::Unconfirmed];

    /// The code used in tables and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Reported => "reported",
            Self::Derived => "derived",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// A document or page that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document number (文号), where it has one.
    pub number: Option<String>,
    /// What the document is called.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// The date on it.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// Where a figure comes from: the table block and its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The kind of block, such as `base_limits`.
    pub kind: &'static str,
    /// What singles the thing out: insurance, payer, category; empty where there is only one.
    pub key: Vec<String>,
    /// The region whose table it is.
    pub region: RegionId,
    /// How well it is known.
    pub status: Status,
    /// Whether it holds only until the final figure is published.
    pub provisional: bool,
    /// From when it is in force.
    pub from: Month,
    /// Until when, where the block says so.
    pub to: Option<Month>,
    /// The documents, the main one first.
    pub sources: Vec<Arc<Source>>,
    /// What else must be known about it.
    pub note: Option<Bilingual>,
    /// The block in its file, and the values in it.
    pub place: BlockPlace,
}

/// A value with its citation; without one, it was given by the user.
#[derive(Clone, Debug)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub citation: Option<Arc<Citation>>,
}

impl<T> Cited<T> {
    /// A value that the user gave.
    #[must_use]
    pub fn given(value: T) -> Self {
        Self { value, citation: None }
    }

    /// The citation with a status of its own.
    #[must_use]
    pub fn with_status(&self, status: Status) -> Option<Arc<Citation>> {
        self.citation.as_deref().map(|citation| Arc::new(Citation { status, ..citation.clone() }))
    }

    /// Another value resting on the same citation.
    #[must_use]
    pub fn with<U>(&self, value: U) -> Cited<U> {
        Cited { value, citation: self.citation.clone() }
    }
}

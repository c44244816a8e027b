//! The check of one file: its plan, the law that it is held against, and what else is wanted of it.

use super::columns::ReadColumns;
use super::duplicates::DuplicateFinder;
use super::findings::{Finding, Listing};
use super::law::Law;
use super::plan::Plan;
use super::supplements::Supplements;
use crate::facts::Selection;
use crate::tables::Book;

/// Words a finding as a note on its cell.
pub type NoteOf<'a> = Box<dyn Fn(&Finding) -> String + Send + Sync + 'a>;

/// The check of one file, as a [`Job`](crate::batch::Job).
pub struct Check<'a> {
    /// What is checked.
    pub plan: Plan,
    pub(super) columns: Option<ReadColumns>,
    /// What it is held against.
    pub law: Law<'a>,
    /// Entries that are held to the limits together.
    pub supplements: Supplements,
    /// Looks for repeated rows.
    pub duplicates: Option<DuplicateFinder>,
    /// Lists the findings one by one as well.
    pub listing: Option<Listing>,
    /// Writes notes on the cells that are wrong.
    pub note: Option<NoteOf<'a>>,
}

impl<'a> Check<'a> {
    /// The plain check of a plan.
    #[must_use]
    pub fn new(book: &'a Book, selection: Selection, plan: Plan) -> Self {
        let insurances = plan.insurances.iter().map(|checked| checked.insurance.clone()).collect();
        let law = Law::new(book, selection, insurances);
        let columns = ReadColumns::plan(&plan);
        Self { plan, columns, law, supplements: Supplements::default(), duplicates: None, listing: None, note: None }
    }

    /// Whether the file says whose its rows are, so that repeated ones can be looked for.
    #[must_use]
    pub fn names_persons(&self) -> bool {
        self.plan.employee.is_some()
    }

    /// Whether rows may have to be held to the limits together: the file says of what kind its rows are, and whose.
    #[must_use]
    pub fn may_have_supplements(&self) -> bool {
        self.plan.entries.has_kinds() && self.names_persons()
    }
}

//! A table of people: where its headings are, what each column means, which rows are persons, and what a row says
//! of months, kinds and bases. It knows the words of the trade and none of its figures.
//!
//! - `vocabulary` holds what columns are called; `heading` reads one heading, `heading_rows` finds them, `role` is
//!   what a column can be, [`Columns`] the list of them with their reasons.
//! - `context` reads titles, labels and names of sheets and files; `sides` settles headings without a side,
//!   `printed_sums` which columns a sum adds up. `layout` keeps a reading for next month's file.
//! - `table` opens a file and finds the sheet of persons; `row_kind` tells rows that are no persons.
//! - `cell` turns bytes into values; `month`, `entries`, `insured_columns` and `base_source` read what a row
//!   declares.
//!
//! Nothing is guessed that changes money: what cannot be settled by what stands in the file is asked.

pub(crate) mod base_source;
pub(crate) mod cell;
mod columns;
mod context;
pub(crate) mod decode;
pub(crate) mod entries;
mod heading;
mod heading_rows;
pub(crate) mod insured_columns;
mod layout;
pub(crate) mod month;
mod printed_sums;
mod reading;
mod role;
pub(crate) mod row_kind;
mod sides;
mod table;
mod vocabulary;

pub use base_source::BaseSource;
pub use columns::Columns;
pub use context::FoundIn;
pub use insured_columns::CheckedInsurance;
pub use layout::{Layout, LayoutColumn};
pub use printed_sums::{PrintedSum, Sign};
pub use reading::{About, AboveTable, Reading, Shape};
pub use role::{LeftOut, Meaning, PlainRole, SumOf, Why};
pub use row_kind::{NoPerson, NoPersons, RowKinds, Skipped, no_persons};
pub use table::{NoPayroll, OtherSheet, PayrollTable, Wanted};
pub use vocabulary::headings;

//! The only home of numbers: TOML files that answer what is in force, for whom, in which month, by
//! which document.
//!
//! - [`source`](Shelf) finds the files: embedded ones, and folders laid over them.
//! - `reader` and `kinds` read them, with every fault at its line; `slot` says how much of a file.
//! - [`Book`] answers for one region; `terms` turns its answers into what the rules are handed.
//! - [`lint()`] proves that nothing is missing, doubled or odd; [`schema`] describes the format.

mod book;
mod judge;
mod kinds;
pub mod lint;
mod reader;
pub mod schema;
mod selector;
mod slot;
mod source;
mod terms;
mod view;

pub use book::{Answer, Book, region_name};
pub use kinds::{Key, Kind};
pub use lint::{Lint, lint};
pub(crate) use reader::nearest;
pub use source::{Embedded, Shelf, embedded};
pub use view::{TableEntry, entries_in_force, history, kind_names};

//! The only home of numbers: TOML files that answer what is in force, for whom, in which month, by
//! which document.
//!
//! - [`source`](Shelf) finds the files: embedded ones, and folders laid over them.
//! - `reader` and `kinds` read them, with every fault at its line; `slot` says how much of a file.
//! - [`Book`] answers for one region: `levels` find what is in force, `terms` turns it into what the rules are
//!   handed, `names` reads what regions and insurances are called.
//! - [`lint()`] proves that nothing is missing, doubled or odd; [`schema`] describes the format.

mod book;
mod judge;
mod kinds;
mod levels;
pub mod lint;
mod names;
mod reader;
pub mod schema;
mod selector;
mod slot;
mod source;
mod terms;
mod view;

pub use book::Book;
pub use lint::{Lint, lint};
pub use names::region_name;
pub(crate) use reader::nearest;
pub use source::{Embedded, Shelf, embedded};
pub use view::{TableEntry, entries_in_force, history};

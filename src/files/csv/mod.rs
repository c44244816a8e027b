//! CSV: rows and cells found, read in blocks, and written.

mod reader;
pub(crate) mod rows;
pub(crate) mod scan;
pub(crate) mod tabs;
pub(crate) mod writer;

pub use reader::{Csv, Headings, TopRow, read_all};
pub use writer::Lines;

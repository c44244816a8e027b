//! CSV: rows and cells found, read in blocks, and written.

pub(crate) mod grid;
mod reader;
pub(crate) mod scan;
pub(crate) mod tabs;
mod whole_rows;
pub(crate) mod writer;

pub use grid::Grid;
pub use reader::{Csv, Headings, TopRow};
pub use writer::{AmountCells, LineForm, Lines};

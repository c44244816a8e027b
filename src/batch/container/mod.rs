//! Containers of payroll files: what a file is, told by its content and never by its name, and its
//! sheets as CSV text.
//!
//! - `input` opens a file so that it can be read more than once.
//! - `xlsx`, `ods`, `xls`, `xml2003`, `html` give the rows of a sheet; `separated` turns tabs into commas.
//! - `sheet` makes of rows the text that the rest of the layer reads, every row with its number.
//! - `number` shows the numbers of spreadsheets; `package` and `markup` bound what is held in memory.
//!
//! Nothing is unpacked whole and nothing is guessed: a cell is what it shows.

mod book;
mod html;
mod input;
mod kind;
mod markup;
mod number;
mod ods;
mod package;
mod separated;
mod sheet;
mod xls;
mod xls_records;
mod xlsx;
mod xlsx_parts;
mod xml2003;

pub use book::{Origin, Workbook};
pub use input::{Opened, Text, open, open_input, size};
pub use kind::{Container, Input, SheetName};
pub(in crate::batch) use markup::{Markup, attribute, number, raw_event};
pub(in crate::batch) use package::{PartReader, SharedFile};
pub(in crate::batch) use sheet::fault_of;
pub use sheet::{COLUMNS_MOST, Mark, Marked, Marks, ROWS_MOST};
pub(in crate::batch) use xlsx::column as column_of;
pub(in crate::batch) use xlsx_parts::relations_of;

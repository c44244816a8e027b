//! Documents in and out: what a file is, told by its content and never by its name, its rows as blocks of CSV
//! text, and the writing of CSV and workbooks. Nothing here knows a payroll.
//!
//! - `open` opens a file so that it can be read more than once; `container` is what it can be, `encoding` how its
//!   text is written.
//! - `xlsx`, `xls`, `ods`, `html`, `xml2003` give the rows of a `sheet`, `number_format` shows their numbers; `xml`
//!   and `xlsx::package` bound what is held in memory. `workbook` joins them.
//! - `csv` cuts text into [`Block`]s of whole rows, finds cells and writes lines.
//! - `xlsx::write` makes workbooks of results; a [`Sink`] is whatever takes the bytes.
//!
//! Nothing is unpacked whole and nothing is guessed: a cell is what it shows.

pub(crate) mod block;
pub(crate) mod container;
pub(crate) mod csv;
pub(crate) mod encoding;
mod html;
mod number_format;
mod ods;
mod open;
pub(crate) mod sheet;
mod sink;
mod workbook;
mod xls;
pub(crate) mod xlsx;
pub(crate) mod xml;
mod xml2003;

pub(crate) use block::unquoted_range;
pub use block::{Block, Row, RowSource};
pub use container::{ByteStream, Container, SheetName};
pub use csv::{AmountCells, Csv, Grid, Headings, LineForm, Lines, TopRow};
pub use encoding::{Encoding, RowText};
pub use open::{Opened, open, open_input, size};
pub use sheet::{COLUMNS_MOST, ROWS_MOST};
pub use sink::{CellNote, Content, Sink};
pub use workbook::Workbook;
pub use xlsx::package::Origin;
pub use xlsx::write::{SummarySheet, SummaryTable, SummaryValue, WorkbookPlan, WorkbookSink};

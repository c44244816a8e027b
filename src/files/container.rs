//! What a payroll file can be, told by its content and never by its name.
//!
//! Here are the kinds and their codes; `open` tells them apart, `workbook` reads those with sheets, `csv` those of
//! text.

use crate::facts::coded;
use std::io::Read;

use super::encoding::Encoding;

/// What bytes are read from.
pub type ByteStream = Box<dyn Read + Send>;

coded! {
    /// What a file is.
    pub enum Container {
        /// Cells parted by commas.
        Csv = "csv",
        /// Cells parted by tabs.
        Tsv = "tsv",
        /// A workbook of Excel 2007 and later.
        Xlsx = "xlsx",
        /// A workbook of Excel 97 to 2003, or 95.
        Xls = "xls",
        /// A workbook of OpenDocument.
        Ods = "ods",
        /// A page with tables.
        Html = "html",
        /// XML Spreadsheet 2003.
        Xml2003 = "xml-2003",
    }
}

/// The name of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// The name.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
}

/// A table of text to be read.
pub struct Text {
    /// Cells parted by commas.
    pub input: ByteStream,
    /// What the file is.
    pub container: Container,
    /// Its encoding.
    pub encoding: Encoding,
    /// Whether it began with a byte-order mark.
    pub mark: bool,
}

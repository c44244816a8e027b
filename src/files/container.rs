//! What a payroll file can be, told by its content and never by its name.
//!
//! Here are the kinds and their codes; `open` tells them apart, `workbook` reads those with sheets, `csv` those of
//! text.

use std::io::Read;

use super::encoding::Encoding;

/// What bytes are read from.
pub type ByteStream = Box<dyn Read + Send>;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Cells parted by commas.
    Csv,
    /// Cells parted by tabs.
    Tsv,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97 to 2003, or 95.
    Xls,
    /// A workbook of OpenDocument.
    Ods,
    /// A page with tables.
    Html,
    /// XML Spreadsheet 2003.
    Xml2003,
}

impl Container {
    /// The code used in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Html => "html",
            Self::Xml2003 => "xml-2003",
        }
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

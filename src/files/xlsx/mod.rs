//! Workbooks of Excel 2007 and later, read and written.

pub(crate) mod package;
pub(crate) mod sheet;
pub(crate) mod workbook;
pub(crate) mod write;

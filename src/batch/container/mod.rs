//! Containers of payroll files: what a file is, told by its content and never by its name, and its
//! sheets as CSV text.
//!
//! - `input` opens a file so that it can be read more than once.
//! - `xlsx`, `ods`, `xls`, `xml2003`, `html` give the rows of a sheet; `separated` turns tabs into commas.
//! - `sheet` makes of rows the text that the rest of the layer reads, every row with its number.
//! - `number` shows the numbers of spreadsheets; `package` and `markup` bound what is held in memory.
//!
//! Nothing is unpacked whole and nothing is guessed: a cell is what it shows.

mod html;
mod input;
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

use std::io::Read;
use std::sync::Arc;

use super::text::{Encoding, Transcoder};
use crate::facts::{Kind, TextHint};
use html::HtmlSheet;
use ods::OdsSheet;
use sheet::{Sheet, SheetText};
use xls::XlsBook;
use xlsx::XlsxSheet;
use xml2003::Xml2003Sheet;

pub use input::{Opened, Text, open, open_input, size};
pub(in crate::batch) use markup::{Markup, attribute, number, raw_event};
pub(in crate::batch) use package::{Package, PartReader, SharedFile};
pub(in crate::batch) use sheet::fault_of;
pub use sheet::{COLUMNS_MOST, Mark, Marked, Marks, ROWS_MOST};
pub(in crate::batch) use xlsx::column as column_of;
pub(in crate::batch) use xlsx_parts::relations_of;

/// What bytes are read from.
pub type Input = Box<dyn Read + Send>;

/// The most memory for what all sheets of a workbook share.
const TEXTS_MOST: usize = 512 * 1024 * 1024;

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

/// The workbook that a sheet came from, and where its parts lie in it.
#[derive(Clone)]
pub struct Origin {
    pub(in crate::batch) file: SharedFile,
    pub(in crate::batch) package: Package,
    pub(in crate::batch) workbook: String,
    pub(in crate::batch) styles: Option<String>,
    pub(in crate::batch) sheet: String,
    pub(in crate::batch) sheets: Vec<String>,
}

/// A file with sheets.
pub struct Workbook {
    container: Container,
    encoding: Encoding,
    sheets: Vec<SheetName>,
    inner: Inner,
}

enum Inner {
    Xlsx { package: Package, main: xlsx_parts::Main, paths: Vec<String>, parts: Arc<xlsx_parts::Parts> },
    Ods(Package),
    Xls(XlsBook),
    Text { file: SharedFile, skip: u64 },
}

impl Workbook {
    /// What the file is.
    #[must_use]
    pub fn container(&self) -> Container {
        self.container
    }

    /// The encoding of its text.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Its sheets, in order.
    #[must_use]
    pub fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// A sheet as CSV in UTF-8, and what CSV cannot say of it.
    pub fn read(&self, at: usize) -> Result<(Input, Marks), Kind> {
        let sheet: Box<dyn Sheet> = match &self.inner {
            Inner::Xlsx { package, paths, parts, .. } => {
                Box::new(XlsxSheet::open(package, paths.get(at).map_or("", String::as_str), parts)?)
            }
            Inner::Ods(package) => Box::new(OdsSheet::open(package, at)?),
            Inner::Xls(book) => Box::new(book.read(at)),
            Inner::Text { file, skip } => {
                let text = decoded(Box::new(file.from(*skip)), self.encoding);
                if self.container == Container::Html {
                    Box::new(HtmlSheet::open(text))
                } else {
                    Box::new(Xml2003Sheet::open(text, at)?)
                }
            }
        };
        let (text, marks) = SheetText::new(sheet)?;
        Ok((Box::new(text), marks))
    }

    /// Where a sheet came from, if columns can be added to it.
    #[must_use]
    pub fn origin(&self, at: usize) -> Option<Origin> {
        let Inner::Xlsx { package, main, paths, .. } = &self.inner else { return None };
        (!main.strict).then(|| Origin {
            file: package.file.uncounted(),
            package: package.uncounted(),
            workbook: main.path.clone(),
            styles: main.styles.clone(),
            sheet: paths.get(at).cloned().unwrap_or_default(),
            sheets: self.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        })
    }

    fn zipped(file: &SharedFile) -> Result<Self, Kind> {
        let package = Package::open(file)?;
        if package.has("content.xml") {
            if package.encrypted_open_document()? {
                return Err(Kind::EncryptedWorkbook);
            }
            let sheets = ods::sheets(&package)?;
            let inner = Inner::Ods(package);
            return Self::of(Container::Ods, Encoding::Utf8, sheets, inner);
        }
        if !package.has("[Content_Types].xml") || package.has("word/document.xml") {
            return Err(Kind::NotAWorkbook);
        }
        if package.has("xl/workbook.bin") {
            return Err(Kind::NotText { hint: TextHint::BinaryWorkbook });
        }
        let book = xlsx_parts::read(&package)?;
        let (sheets, paths) = book.sheets.into_iter().unzip();
        let inner = Inner::Xlsx { package, main: book.main, paths, parts: Arc::new(book.parts) };
        Self::of(Container::Xlsx, Encoding::Utf8, sheets, inner)
    }

    fn compound(file: &SharedFile) -> Result<Self, Kind> {
        let book = XlsBook::open(file.from(0))?;
        Self::of(Container::Xls, Encoding::Utf8, book.sheets.clone(), Inner::Xls(book))
    }

    fn text(
        file: SharedFile,
        start: &[u8],
        container: Container,
        encoding: Encoding,
        mark: usize,
    ) -> Result<Self, Kind> {
        let skip = u64::try_from(mark + declaration(&start[mark..])).unwrap_or(0);
        let sheets = if container == Container::Html {
            vec![SheetName { name: String::new(), hidden: false }]
        } else {
            xml2003::sheets(decoded(Box::new(file.from(skip)), encoding))?
        };
        Self::of(container, encoding, sheets, Inner::Text { file, skip })
    }

    fn of(container: Container, encoding: Encoding, sheets: Vec<SheetName>, inner: Inner) -> Result<Self, Kind> {
        if sheets.is_empty() { Err(Kind::EmptyFile) } else { Ok(Self { container, encoding, sheets, inner }) }
    }
}

/// Text as UTF-8, whatever it was.
fn decoded(input: Input, encoding: Encoding) -> Input {
    if encoding == Encoding::Utf8 { input } else { Box::new(Transcoder::new(input, encoding)) }
}

/// How long the XML declaration is: the encoding it names is often not the one of the file.
fn declaration(start: &[u8]) -> usize {
    if start.starts_with(b"<?xml") { memchr::memmem::find(start, b"?>").map_or(0, |at| at + 2) } else { 0 }
}

/// What a text file is, by its beginning in UTF-8.
fn text_container(start: &str) -> Container {
    let lower = start.trim_start().to_ascii_lowercase();
    if lower.starts_with("<?xml") || lower.starts_with("<?mso") || lower.starts_with("<workbook") {
        let spreadsheet = ["urn:schemas-microsoft-com:office:spreadsheet", "excel.sheet"];
        if spreadsheet.iter().any(|name| lower.contains(name)) {
            return Container::Xml2003;
        }
    }
    let page =
        ["<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<style", "<div", "<center", "<?xml", "<p"];
    if page.iter().any(|tag| lower.starts_with(tag)) && lower.contains("<t") {
        return Container::Html;
    }
    let (mut tabs, mut commas) = (0, 0);
    for line in start.lines().take(40) {
        let count = |mark| line.bytes().filter(|byte| *byte == mark).count();
        tabs += usize::from(count(b'\t') > count(b','));
        commas += usize::from(count(b',') > count(b'\t'));
    }
    if tabs > commas { Container::Tsv } else { Container::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_told_by_their_content() {
        for (start, expected) in [
            ("a,b\n1,2\n", Container::Csv),
            ("姓名\t工资\n甲\t30,000.00\n", Container::Tsv),
            ("姓名,身份证号\n甲,\t371\n", Container::Csv),
            ("<html><body><table><tr><td>1", Container::Html),
            ("  <TABLE border=1><tr>", Container::Html),
            ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", Container::Xml2003),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\"><table>", Container::Html),
            ("标题\n", Container::Csv),
        ] {
            assert_eq!(text_container(start), expected, "{start}");
        }
    }
}

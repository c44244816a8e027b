//! A file with sheets: which it has, and each of them as CSV text.
//!
//! It joins the containers: one variant for each, so that nobody above knows which it is. `sheet` turns the rows of
//! any of them into CSV; what is written back into an .xlsx workbook starts at its [`Origin`].

use std::sync::Arc;

use super::container::{ByteStream, Container, SheetName};
use super::encoding::{Encoding, decoded};
use super::html::HtmlSheet;
use super::ods::{self, OdsSheet};
use super::sheet::{Marks, Sheet, SheetText};
use super::xls::XlsBook;
use super::xlsx::package::{Origin, Package, SharedFile};
use super::xlsx::sheet::XlsxSheet;
use super::xlsx::workbook as parts;
use super::xml2003::{self, Xml2003Sheet};
use crate::facts::{Kind, TextHint};

/// A file with sheets.
pub struct Workbook {
    container: Container,
    encoding: Encoding,
    sheets: Vec<SheetName>,
    inner: Inner,
}

enum Inner {
    Xlsx { package: Package, main: parts::Main, paths: Vec<String>, parts: Arc<parts::Parts> },
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
    ///
    /// # Errors
    /// [`Kind::BrokenWorkbook`] where there is no such sheet or its beginning cannot be read; what is wrong further
    /// down comes as an error of the stream.
    pub fn read(&self, at: usize) -> Result<(ByteStream, Marks), Kind> {
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

    pub(crate) fn zipped(file: &SharedFile) -> Result<Self, Kind> {
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
        let book = parts::read(&package)?;
        let (sheets, paths) = book.sheets.into_iter().unzip();
        let inner = Inner::Xlsx { package, main: book.main, paths, parts: Arc::new(book.parts) };
        Self::of(Container::Xlsx, Encoding::Utf8, sheets, inner)
    }

    pub(crate) fn compound(file: &SharedFile) -> Result<Self, Kind> {
        let book = XlsBook::open(file.from(0))?;
        Self::of(Container::Xls, Encoding::Utf8, book.sheets.clone(), Inner::Xls(book))
    }

    pub(crate) fn text(
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

/// How long the XML declaration is: the encoding it names is often not the one of the file.
fn declaration(start: &[u8]) -> usize {
    if start.starts_with(b"<?xml") { memchr::memmem::find(start, b"?>").map_or(0, |at| at + 2) } else { 0 }
}

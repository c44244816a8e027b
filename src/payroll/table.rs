//! One table, opened and understood: a file of text, or the sheet of a workbook that is the payroll.
//!
//! Of several sheets the payroll is the only one that has persons; hidden sheets are not looked at, and a sheet that
//! names its persons goes before one that does not. Two such sheets are a question to the user, never a guess. The
//! sheets passed over are kept with the reason. What headings mean is left to `reading`, the bytes to
//! [`files`](crate::files); no row below the headings is judged here.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::layout::Layout;
use super::reading::{About, Reading};
use crate::facts::{Fault, Faults, InsuranceNames, Kind, Outcome, Place, coded};
use crate::files::{Container, Csv, Encoding, Headings, Opened, Origin};
use crate::files::{SheetName, Workbook, open};

/// What the user said of how a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The sheet.
    pub sheet: Option<&'a str>,
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// Which column is which.
    pub mapping: &'a [(String, String)],
    /// The insurances of the tables.
    pub insurances: &'a [InsuranceNames],
    /// A reading that was kept.
    pub layout: Option<&'a Layout>,
}

/// A table whose headings were read.
pub struct PayrollTable {
    /// The rows to come.
    pub rows: Csv,
    /// The heading rows as they came.
    pub headings: Headings,
    /// How it is understood.
    pub reading: Reading,
    /// What the file is.
    pub container: Container,
    /// The sheet, where the file has sheets with names.
    pub sheet: Option<String>,
    /// The workbook that the sheet came from, if columns can be added to it.
    pub origin: Option<Origin>,
    /// The other sheets, and what they are.
    pub others: Vec<OtherSheet>,
}

/// A sheet that is not the payroll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: NoPayroll,
}

coded! {
    /// Why a sheet is not the payroll.
    pub enum NoPayroll {
        /// Nothing stands in it.
        Empty = "empty",
        /// The workbook hides it.
        Hidden = "hidden",
        /// It has no persons.
        NoPersons = "no-persons",
        /// Another was asked for.
        NotAsked = "not-asked",
    }
}

impl PayrollTable {
    /// Opens a file and reads its headings; `read` counts the bytes.
    ///
    /// # Errors
    /// As [`open`](crate::files::open) and [`PayrollTable::of_opened`].
    pub fn open(file: &str, wanted: Wanted<'_>, read: &Arc<AtomicU64>) -> Outcome<Self> {
        Self::of_opened(file, open(file, wanted.encoding, read)?, wanted)
    }

    /// The same of a file that is open already; `file` is its name, for messages and for what a name says (the month, the
    /// insurance).
    ///
    /// # Errors
    /// No sheet of the name asked for, several sheets or none with persons, an empty file, what cannot be read at its
    /// beginning, and the faults of [`Columns::read`](super::Columns::read).
    ///
    /// ```
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, PlainRole, Meaning, Shape, Wanted};
    /// let text = "2025年5月工资表,,\n姓名,工资,养老个人\n甲,5000,400\n";
    /// let opened = open_input("people.csv", Box::new(text.as_bytes()), None)?;
    /// let table = PayrollTable::of_opened("people.csv", opened, Wanted::default())?;
    /// assert_eq!(table.reading.heading_rows, (2, 2));
    /// let (meaning, _) = table.reading.columns.meanings()[1].clone().unwrap();
    /// assert_eq!(meaning, Meaning::Plain(PlainRole::Wage));
    /// // The title gives the month of all rows.
    /// assert_eq!(table.reading.month.unwrap().0.to_string(), "2025-05");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn of_opened(file: &str, opened: Opened, wanted: Wanted<'_>) -> Outcome<Self> {
        match opened {
            Opened::Text(text) => {
                if let Some(sheet) = wanted.sheet {
                    let kind = Kind::NoSuchSheet { name: sheet.to_owned(), sheets: Vec::new() };
                    return Err(Fault::flag(kind, "--sheet", sheet).into());
                }
                let container = text.container;
                Self::of(Csv::open(file, text)?, file, None, container, wanted)
            }
            Opened::Book(book) => Self::of_book(file, &book, wanted),
        }
    }

    fn of(rows: Csv, file: &str, sheet: Option<&str>, container: Container, wanted: Wanted<'_>) -> Outcome<Self> {
        let mut rows = rows;
        let top = rows.top()?;
        let Wanted { mapping, insurances, layout, .. } = wanted;
        let about = About { file, sheet, mapping, insurances, layout };
        let reading = Reading::new(top, about)?;
        let texts = reading.columns.headings().to_vec();
        let headings = rows.begin(&reading.top, reading.heading_rows.1, texts)?;
        if headings.texts.iter().all(|text| text.trim().is_empty()) {
            return Err(Fault::at(Kind::EmptyFile, Place::File { path: file.to_owned() }).into());
        }
        Ok(Self {
            rows,
            headings,
            reading,
            container,
            sheet: sheet.map(str::to_owned),
            origin: None,
            others: Vec::new(),
        })
    }

    fn of_book(file: &str, book: &Workbook, wanted: Wanted<'_>) -> Outcome<Self> {
        let sheets = book.sheets();
        // The sheet that was kept counts where there is one of that name.
        let kept = wanted.layout.and_then(|layout| layout.sheet.as_deref());
        let kept = kept.filter(|name| sheets.iter().any(|sheet| sheet.name == **name));
        let wanted = Wanted { sheet: wanted.sheet.or(kept), ..wanted };
        let names = || sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
        let (mut found, mut others): (Vec<Self>, Vec<OtherSheet>) = (Vec::new(), Vec::new());
        let mut faults = Faults::default();
        let mut first: Option<Outcome<Self>> = None;
        for (at, sheet) in sheets.iter().enumerate() {
            let asked = wanted.sheet.map(|name| name == sheet.name);
            if let Some(what) = passed_over(asked, sheet.hidden) {
                others.push(OtherSheet { name: sheet.name.clone(), what });
                continue;
            }
            let table = Self::of_sheet(file, book, at, sheet, wanted);
            match table {
                Ok(table) if asked == Some(true) || table.reading.has_persons() => found.push(table),
                Ok(table) => {
                    others.push(OtherSheet { name: sheet.name.clone(), what: NoPayroll::NoPersons });
                    first = first.or(Some(Ok(table)));
                }
                Err(fault) if fault.0.iter().all(|fault| fault.kind == Kind::EmptyFile) => {
                    others.push(OtherSheet { name: sheet.name.clone(), what: NoPayroll::Empty });
                }
                Err(fault) => {
                    faults.0.extend(fault.0);
                }
            }
        }
        if let Some(name) = wanted.sheet.filter(|name| !sheets.iter().any(|sheet| sheet.name == **name)) {
            let kind = Kind::NoSuchSheet { name: name.to_owned(), sheets: names() };
            return Err(Fault::flag(kind, "--sheet", name).into());
        }
        if !faults.0.is_empty() {
            return Err(faults);
        }
        let place = || Place::File { path: file.to_owned() };
        // Where some sheets name persons, the others (sums, lists of amounts) are not the payroll.
        if found.iter().any(|table| table.reading.names_persons()) {
            let (named, unnamed) = found.into_iter().partition(|table| table.reading.names_persons());
            found = named;
            let unnamed: Vec<Self> = unnamed;
            let passed = unnamed.into_iter().filter_map(|table| table.sheet);
            others.extend(passed.map(|name| OtherSheet { name, what: NoPayroll::NoPersons }));
        }
        if found.len() > 1 {
            let sheets = found.into_iter().filter_map(|table| table.sheet).collect();
            return Err(Fault::at(Kind::SeveralSheets { sheets }, place()).into());
        }
        let table = match (found.pop(), first) {
            (Some(table), _) => table,
            // What is wrong with it is said where it is needed.
            (None, Some(table)) => {
                let table = table?;
                others.retain(|other| Some(&other.name) != table.sheet.as_ref());
                table
            }
            (None, None) => return Err(Fault::at(Kind::EmptyFile, place()).into()),
        };
        Ok(Self { others, ..table })
    }

    fn of_sheet(file: &str, book: &Workbook, at: usize, sheet: &SheetName, wanted: Wanted<'_>) -> Outcome<Self> {
        let text = book.read(at).map_err(|kind| Fault::at(kind, Place::File { path: file.to_owned() }))?;
        let rows = Csv::of_sheet(file, text)?;
        let name = Some(sheet.name.as_str()).filter(|name| !name.is_empty());
        let table = Self::of(rows, file, name, book.container(), wanted)?;
        Ok(Self { origin: book.origin(at), ..table })
    }
}

/// Why a sheet is not read at all: another was asked for, or none was and it is hidden.
fn passed_over(asked: Option<bool>, hidden: bool) -> Option<NoPayroll> {
    match (asked, hidden) {
        (Some(false), _) => Some(NoPayroll::NotAsked),
        (None, true) => Some(NoPayroll::Hidden),
        (Some(true), _) | (None, false) => None,
    }
}

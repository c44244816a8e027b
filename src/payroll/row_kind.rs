//! What a row is before anybody works it: a person's, no person's, or one that cannot be read.
//!
//! Rows that are no persons (empty and hidden ones, a heading once more, totals, samples, sections,
//! signatures) are recognized by what stands in them and never dropped: each keeps its place in the result,
//! with the reason why it was skipped.

use super::columns::Columns;
use super::heading::normal;
use super::heading_rows::is_number;
use super::role::PlainRole;
use super::vocabulary;
use crate::facts::{Kind, Outcome, coded};
use crate::files::csv::grid::Grid;
use crate::files::{Block, Headings, Row, RowSource};

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// As many cells as headings, all of them text, nothing odd about it.
    Person,
    /// It is no person.
    NoPerson(NoPerson),
    /// A quote in it is not closed.
    Unclosed,
    /// Not all of it is text in the file's encoding.
    NotText,
    /// It has more or fewer cells than the headings.
    WrongWidth,
}

/// Says what the rows of a file are: persons, no persons, not readable.
#[derive(Clone, Copy, Debug)]
pub struct RowKinds<'a> {
    headings: &'a Headings,
    /// The column of the identity number.
    pub(crate) identity: Option<usize>,
    name: Option<usize>,
}

impl<'a> RowKinds<'a> {
    /// For a file of these headings.
    #[must_use]
    pub fn new(headings: &'a Headings, columns: &Columns) -> Self {
        let at = |role| columns.plain(role).map(|at| at.position);
        Self { headings, identity: at(PlainRole::EmployeeId), name: at(PlainRole::Name) }
    }

    /// What a row is; `closed` says whether its quotes are, `all_text` that its block was found to be
    /// text in the file's encoding.
    #[inline]
    pub(crate) fn of(&self, row: &Row<'_>, closed: bool, all_text: bool) -> RowKind {
        if !closed {
            RowKind::Unclosed
        } else if !all_text && !row.text.is_valid(row.raw) {
            RowKind::NotText
        } else if let Some(what) = no_person(row, self) {
            RowKind::NoPerson(what)
        } else if row.width() != self.headings.texts.len() && !self.fits(row) {
            RowKind::WrongWidth
        } else {
            RowKind::Person
        }
    }

    /// Whether a row is somebody's.
    #[inline]
    pub(crate) fn is_person(&self, row: &Row<'_>) -> bool {
        no_person(row, self).is_none()
    }

    /// Whether a row of a sheet, which ends with its last cell, goes no further than the headings.
    #[cold]
    fn fits(&self, row: &Row<'_>) -> bool {
        let width = self.headings.texts.len();
        self.headings.ragged && (width..row.width()).all(|at| row.raw_cell(at).is_empty())
    }

    /// Why a row is not handed to a job; empty for a person.
    pub(crate) fn faults(&self, row: &Row<'_>, kind: RowKind) -> Vec<Kind> {
        match kind {
            RowKind::Person => Vec::new(),
            RowKind::NoPerson(what) => vec![what.kind()],
            RowKind::Unclosed => vec![Kind::UnclosedQuote],
            RowKind::NotText => broken_cells(row, self),
            RowKind::WrongWidth => {
                vec![Kind::WrongCellCount { found: row.width(), expected: self.headings.texts.len() }]
            }
        }
    }
}

coded! {
    /// What a row is that is no person.
    pub enum NoPerson {
        /// Nothing stands in it.
        Empty = "empty",
        /// The headings once more.
        Heading = "heading",
        /// Sums of what stands above.
        Total = "total",
        /// Hidden in its sheet.
        Hidden = "hidden",
        /// A sample of how rows are to be filled in.
        Sample = "sample",
        /// The name of the rows that follow.
        Section = "section",
        /// Signatures and remarks.
        Signature = "signature",
    }
}

/// How many rows are no persons, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped([u64; NoPerson::ALL.len()]);

impl Skipped {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.0.iter().sum()
    }

    /// Every kind with its number of rows, zero included.
    #[must_use]
    pub fn parts(self) -> Vec<(NoPerson, u64)> {
        NoPerson::ALL.into_iter().zip(self.0).collect()
    }

    pub(crate) fn count(&mut self, what: NoPerson) {
        for (kind, rows) in NoPerson::ALL.iter().zip(&mut self.0) {
            *rows += u64::from(*kind == what);
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl NoPerson {
    /// The fault that says of a row why it was skipped.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Empty => Kind::EmptyRow,
            Self::Heading => Kind::RepeatedHeading,
            Self::Total => Kind::TotalRow,
            Self::Hidden => Kind::HiddenRow,
            Self::Sample => Kind::SampleRow,
            Self::Section => Kind::SectionRow,
            Self::Signature => Kind::SignatureRow,
        }
    }
}

/// How far below the headings a sample may stand.
const SAMPLES_NEAR: u64 = 5;

/// What a row is, where it is no person.
#[inline]
fn no_person(row: &Row<'_>, rows: &RowKinds<'_>) -> Option<NoPerson> {
    let headings = rows.headings;
    if row.is_hidden() {
        return Some(NoPerson::Hidden);
    }
    if row.raw.len() == headings.raw.len() && row.raw == headings.raw {
        return Some(NoPerson::Heading);
    }
    // A person has a number or, in files without numbers, a name.
    let person = match rows.identity {
        Some(at) => first_byte(row.raw_cell(at)).is_some_and(|byte| byte.is_ascii_digit()),
        None => !is_label(row.raw_cell(rows.name.unwrap_or(0))) && !is_label(row.raw_cell(0)),
    };
    // Samples stand right below the headings, with a number and amounts as persons have them.
    let near = row.number <= headings.row + SAMPLES_NEAR;
    if person && !(near && is_sample(row, rows)) { None } else { by_all_cells(row, rows) }
}

/// The first byte of a cell's content.
#[inline]
fn first_byte(cell: &[u8]) -> Option<u8> {
    cell.strip_prefix(b"\"").unwrap_or(cell).first().copied()
}

/// Whether a cell begins as totals do.
#[inline]
fn is_label(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
    match cell {
        [] | [b' ' | b'T' | b't' | b'S' | b's' | b'G' | b'g', ..] => true,
        // The first characters of the words and of wide blanks, in UTF-8 and in GB18030.
        [0xE5, 0x90 | 0xB0 | 0x85, ..] | [0xE6, 0x80, ..] | [0xE3, 0x80, 0x80, ..] | [0xC2, 0xA0, ..] => true,
        [0xBA, 0xCF, ..] | [0xD7, 0xDC, ..] | [0xD0 | 0xA1, 0xA1, ..] | [0xB9, 0xB2, ..] => true,
        _ => false,
    }
}

#[cold]
fn by_all_cells(row: &Row<'_>, rows: &RowKinds<'_>) -> Option<NoPerson> {
    if row.is_empty() {
        return Some(NoPerson::Empty);
    }
    let text = |at: usize| normal(&row.text.show(&row.cell(at)));
    let headings = &rows.headings.texts;
    let width = row.width().min(headings.len());
    // Of headings in several rows each may be there once more.
    let part_of = |at: usize| headings[at].split(" > ").any(|part| normal(part) == text(at));
    if row.width() <= headings.len() && (0..width).all(|at| text(at).is_empty() || part_of(at)) {
        return Some(NoPerson::Heading);
    }
    let columns = || [rows.identity, rows.name, Some(0)].into_iter().flatten();
    let is = |words: &[&str]| columns().any(|at| words.contains(&text(at).trim_end_matches("元")));
    if is(vocabulary::TOTALS) {
        return Some(NoPerson::Total);
    }
    if is_sample(row, rows) {
        return Some(NoPerson::Sample);
    }
    // A person has a number where the file has numbers.
    let named = rows.identity.is_some_and(|at| text(at).bytes().any(|byte| byte.is_ascii_digit()));
    if named || row.width() > headings.len() && !rows.headings.ragged {
        return None;
    }
    // A row that is cut off must not pass for one that heads a section.
    let short = row.width() != headings.len() && !rows.headings.ragged;
    let filled: Vec<usize> = (0..row.width()).filter(|at| !text(*at).is_empty()).collect();
    let signed = |at: &usize| vocabulary::SIGNATURES.iter().any(|word| text(*at).starts_with(word));
    let amounts = filled.iter().filter(|at| is_number(&row.text.show(&row.cell(**at)))).count();
    if amounts == 0 && filled.iter().any(signed) {
        return Some(NoPerson::Signature);
    }
    let ends = |at: &usize| vocabulary::SECTION_ENDINGS.iter().any(|ending| text(*at).ends_with(ending));
    let section = filled.len() == 1 && headings.len() > 2 && amounts == 0 && (!short || filled.iter().all(ends));
    section.then_some(NoPerson::Section)
}

/// Whether the first cell, the name or the number says that the row is a sample.
#[cold]
fn is_sample(row: &Row<'_>, rows: &RowKinds<'_>) -> bool {
    [rows.identity, rows.name, Some(0)].into_iter().flatten().any(|at| {
        let text = normal(&row.text.show(&row.cell(at)));
        vocabulary::SAMPLES.contains(&text.as_str())
            || vocabulary::SAMPLE_BEGINNINGS.iter().any(|word| text.starts_with(word))
    })
}

/// The cells of a row that are no text in the file's encoding.
fn broken_cells(row: &Row<'_>, rows: &RowKinds<'_>) -> Vec<Kind> {
    let broken = (0..row.width()).filter(|at| !row.text.is_valid(row.raw_cell(*at)));
    broken
        .map(|at| Kind::CellNotText {
            heading: rows.headings.texts.get(at).cloned().unwrap_or_else(|| (at + 1).to_string()),
            encoding: rows.headings.encoding.code(),
        })
        .collect()
}

/// The rows of a file that are no persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoPersons {
    /// How many rows there are.
    pub rows: u64,
    /// How many are no persons, by what they are.
    pub skipped: Skipped,
    /// The first of them, with what stands in them.
    pub first: Vec<(u64, NoPerson, String)>,
}

/// Reads a whole file and lists the rows that are no persons: how many of each kind, and the first twenty that are
/// not empty, each with its row number and its filled cells.
///
/// # Errors
/// Faults of reading the file.
///
/// ```
/// use shebao::files::open_input;
/// use shebao::payroll::{NoPerson, PayrollTable, RowKinds, Wanted, no_persons};
/// let opened = open_input("people.csv", Box::new("姓名,工资\n甲,5000\n合计,5000\n".as_bytes()), None)?;
/// let mut table = PayrollTable::of_opened("people.csv", opened, Wanted::default())?;
/// let kinds = RowKinds::new(&table.headings, &table.reading.columns);
/// let found = no_persons(&mut table.rows, &kinds)?;
/// assert_eq!((found.rows, found.skipped.all()), (2, 1));
/// assert_eq!(found.first, [(3, NoPerson::Total, "合计 | 5000".to_owned())]);
/// # Ok::<(), shebao::facts::Faults>(())
/// ```
pub fn no_persons(source: &mut dyn RowSource, rows: &RowKinds<'_>) -> Outcome<NoPersons> {
    const SHOWN: usize = 20;
    let (mut found, mut block, mut grid) = (NoPersons::default(), Block::default(), Grid::default());
    while source.next_block(&mut block)? {
        grid.cut(block.bytes());
        for (row, closed) in grid.rows(&block, rows.headings.text) {
            found.rows += 1;
            if let RowKind::NoPerson(what) = rows.of(&row, closed, true) {
                found.skipped.count(what);
                if found.first.len() < SHOWN && what != NoPerson::Empty {
                    found.first.push((row.number, what, on_one_line(&row)));
                }
            }
        }
    }
    Ok(found)
}

/// The filled cells of a row, joined by ` | `.
fn on_one_line(row: &Row<'_>) -> String {
    let cells =
        (0..row.width()).map(|at| row.text.show(&row.cell(at)).split_whitespace().collect::<Vec<_>>().join(" "));
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}

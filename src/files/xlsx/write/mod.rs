//! Results as workbooks: the user's own sheet as it was with columns after it, or a sheet made anew; and a
//! sheet that sums up.
//!
//! - `amend` copies a sheet with the added cells in it, `create` makes one of the lines of a result.
//! - `styles`, `notes` and `parts` add to what a workbook has; `summary` writes the sheet of sums.
//! - `finish` ends a workbook with the notes, the sheet of sums and what leads to them.
//! - `archive` packs it all; what did not change is copied as it was packed.
//!
//! A result is written as it comes: memory does not grow with its rows, but for the notes on wrong cells,
//! of which there is a most.

mod amend;
mod archive;
mod cells;
mod create;
mod finish;
mod notes;
mod parts;
mod styles;
mod summary;

use std::borrow::Cow;
use std::fs::File;

use self::amend::{AddedCells, OwnSheet, Place};
use self::archive::Archive;
use self::cells::{Cell, Names, is_amount, width};
use self::create::FreshSheet;
use self::finish::{Added, Finish};
use self::notes::Comments;
use self::parts::TYPES_PART;
use self::styles::{Look, Styles};
use crate::facts::{Kind, Outcome};
use crate::files::csv::{LineForm, Lines};
use crate::files::sink::{CellNote, Content, Sink};
use crate::files::xlsx::package::Origin;

pub use self::summary::{SummarySheet, SummaryTable, SummaryValue};

const DETAIL_WIDTH: usize = 60;

/// What a workbook is to be.
#[derive(Clone, Debug, Default)]
pub struct WorkbookPlan {
    /// The name of the result, for faults.
    pub name: String,
    /// The name of the sheet, where it is made anew.
    pub sheet: String,
    /// Who wrote the notes.
    pub author: String,
    /// The line of the headings.
    pub heading_row: u64,
    /// What the columns of the result hold.
    pub contents: Vec<Content>,
    /// How many of them stand before the added ones; in the user's own sheet nothing is made of them.
    pub before: usize,
    /// The statuses of rows in which something is wrong.
    pub wrong: &'static [&'static str],
    /// How many columns the input has.
    pub width: usize,
    /// Whether the cells of the input are there to be marked.
    pub marks: bool,
}

/// A workbook being written, line by line.
///
/// ```
/// use shebao::files::{LineForm, Lines, Sink, SummarySheet, WorkbookPlan, WorkbookSink};
/// let plan = WorkbookPlan { heading_row: 1, sheet: "六月".to_owned(), ..WorkbookPlan::default() };
/// let mut workbook = WorkbookSink::fresh(tempfile::tempfile().unwrap(), plan).unwrap();
/// let mut lines = Lines::new(LineForm::Cells);
/// for [name, due] in [["姓名", "应缴"], ["甲", "960.00"]] {
///     lines.cell(name.as_bytes());
///     lines.code(due);
///     lines.end_row(b"");
/// }
/// workbook.put(&lines).unwrap();
/// let file = workbook.finish(SummarySheet::default(), |more| format!("{more} notes left out")).unwrap();
/// assert!(file.metadata().unwrap().len() > 0);
/// ```
pub struct WorkbookSink {
    archive: Archive,
    sheet: Sheet,
    styles: Styles,
    comments: Comments,
    plan: WorkbookPlan,
    notes: Vec<CellNote>,
}

enum Sheet {
    Fresh(FreshSheet),
    Own { sheet: Box<OwnSheet>, origin: Origin, names: Names, begun: bool },
}

impl WorkbookSink {
    /// A workbook of its own.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn fresh(file: File, plan: WorkbookPlan) -> Outcome<Self> {
        let styles = Styles::amend(styles::PLAIN.as_bytes())?;
        let styles = styles.ok_or(Kind::NotAWorkbook)?;
        let mut archive = Archive::new(file, &plan.name);
        archive.begin("xl/worksheets/sheet1.xml")?;
        let sheet = Sheet::Fresh(FreshSheet::new(plan.heading_row, plan.contents.clone(), plan.wrong));
        Ok(Self { archive, sheet, styles, comments: Comments::default(), plan, notes: Vec::new() })
    }

    /// The workbook that a sheet came from, with `added` columns after that sheet's; `None` where it cannot
    /// be added to (macros, styles out of the ordinary).
    ///
    /// # Errors
    /// The file cannot be written, or a part of the user's workbook is broken.
    pub fn own(file: File, plan: WorkbookPlan, origin: Origin, added: &[String]) -> Outcome<Option<Self>> {
        let package = &origin.package;
        let types = parts::joined_types(package.read_bounded(TYPES_PART)?, &[])?;
        let Some(styles) = origin.styles.as_deref().filter(|_| types.is_some()) else { return Ok(None) };
        let styles = Styles::amend(package.read_bounded(styles)?)?;
        let Some(styles) = styles else { return Ok(None) };
        let width_of = |code: &String| if code == "detail" { DETAIL_WIDTH } else { (width(code) + 2).max(12) };
        let widths: Vec<usize> = added.iter().map(width_of).collect();
        let place = Place { first: plan.width, heading_row: plan.heading_row };
        let part = package.read(&origin.sheet)?;
        let mut archive = Archive::new(file, &plan.name);
        archive.begin(&origin.sheet)?;
        let sheet = Box::new(OwnSheet::open(part, &origin.sheet, place, &widths)?);
        let names = Names::new(plan.width + added.len());
        let sheet = Sheet::Own { sheet, origin, names, begun: false };
        let comments = Comments::default();
        Ok(Some(Self { archive, sheet, styles, comments, plan, notes: Vec::new() }))
    }

    /// Ends the workbook with the sheet that sums up; `too_many` says that notes were left out. The file
    /// stands at its beginning.
    ///
    /// # Errors
    /// The file cannot be written, a text is too long for a cell, or a part of the user's workbook is broken.
    pub fn finish(mut self, mut summary: SummarySheet, too_many: impl Fn(u64) -> String) -> Outcome<File> {
        if self.comments.more > 0 {
            summary.remarks.push(too_many(self.comments.more));
        }
        let Self { archive, sheet, styles, comments, plan, .. } = &mut self;
        let added = match sheet {
            Sheet::Fresh(_) => Added::beside(|_| false),
            Sheet::Own { origin, .. } => Added::beside(|path| origin.package.has(path)),
        };
        let end = Finish { archive, styles, comments, author: &plan.author, added };
        match sheet {
            Sheet::Fresh(sheet) => end.fresh(sheet, &plan.sheet, summary)?,
            Sheet::Own { sheet, origin, .. } => end.own(sheet, origin, summary)?,
        }
        self.archive.finish()
    }

    /// One line of the result.
    fn line(&mut self, line: u64, cells: &[Cow<'_, str>]) -> Outcome<()> {
        match &mut self.sheet {
            Sheet::Fresh(sheet) => {
                let marked = marked(&self.notes, |note| note.line == line);
                let row = sheet.lines + 1;
                if self.plan.marks {
                    for note in self.notes.iter().filter(|note| note.line == line) {
                        self.comments.add(row, note.column, &note.text);
                    }
                }
                sheet.line(cells, if self.plan.marks { &marked } else { &[] }, &self.styles)
            }
            Sheet::Own { sheet, names, begun, .. } => {
                // The first line is the headings; every other says its row.
                let heading = !*begun;
                *begun = true;
                let row = if heading {
                    self.plan.heading_row
                } else {
                    cells.first().and_then(|row| row.parse().ok()).unwrap_or(0)
                };
                let marked = if heading { Vec::new() } else { marked(&self.notes, |note| note.row == row) };
                for note in self.notes.iter().filter(|note| note.row == row && !heading) {
                    self.comments.add(row, note.column, &note.text);
                }
                let mut added: AddedCells = Vec::with_capacity(cells.len());
                for (at, text) in cells.iter().enumerate().skip(self.plan.before).filter(|(_, text)| !text.is_empty()) {
                    let column = self.plan.width + at - self.plan.before;
                    let look = |look| Cell {
                        column: names.get(column),
                        row,
                        style: self.styles.look(look),
                        prefix: &sheet.prefix,
                    };
                    let mut cell = Vec::new();
                    if heading {
                        look(Look::Heading).text(text, &mut cell)?;
                        added.push((column, cell));
                        continue;
                    }
                    match self.plan.contents.get(at).copied().unwrap_or(Content::Text) {
                        Content::Amount | Content::Decimal | Content::Number if is_amount(text.as_bytes()) => {
                            look(Look::Amount).number(text.as_bytes(), &mut cell);
                        }
                        Content::Status if self.plan.wrong.contains(&text.as_ref()) => {
                            look(Look::Wrong).text(text, &mut cell)?;
                        }
                        Content::Text
                        | Content::Amount
                        | Content::Decimal
                        | Content::Number
                        | Content::Truth
                        | Content::Status => look(Look::Text).text(text, &mut cell)?,
                    }
                    added.push((column, cell));
                }
                sheet.row(row, added, &marked, &self.styles)
            }
        }
    }
}

fn marked(notes: &[CellNote], of: impl Fn(&CellNote) -> bool) -> Vec<usize> {
    notes.iter().filter(|note| of(note)).map(|note| note.column).collect()
}

impl Sink for WorkbookSink {
    fn note(&mut self, notes: &mut Vec<CellNote>) {
        self.notes.append(notes);
    }

    fn form(&self) -> LineForm {
        LineForm::Cells
    }

    fn put(&mut self, lines: &Lines) -> Outcome<bool> {
        let (mut line, mut written) = (0, Ok(()));
        lines.each_row(|cells| {
            if written.is_ok() {
                written = self.line(line, cells);
                line += 1;
            }
        });
        written?;
        self.notes.clear();
        match &mut self.sheet {
            Sheet::Fresh(sheet) => sheet.drain(&mut self.archive, false)?,
            Sheet::Own { sheet, .. } => sheet.drain(&mut self.archive)?,
        }
        Ok(true)
    }
}

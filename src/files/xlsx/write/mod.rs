//! Results as workbooks: the user's own sheet as it was with columns after it, or a sheet made anew; and a
//! sheet that sums up.
//!
//! - `amend` copies a sheet with the added cells in it, `create` makes one of the lines of a result.
//! - `styles`, `notes` and `parts` add to what a workbook has; `summary` writes the sheet of sums.
//! - `archive` packs it all; what did not change is copied as it was packed.
//!
//! A result is written as it comes: memory does not grow with its rows, but for the notes on wrong cells,
//! of which there is a most.

mod amend;
mod archive;
mod cells;
mod create;
mod notes;
mod parts;
mod styles;
mod summary;

use std::fs::File;
use std::io::Read;

use self::amend::{AddedCells, OwnSheet, Place};
use self::archive::Archive;
pub use self::cells::Content;
use self::cells::{Cell, Names, is_amount, width};
use self::create::{FreshSheet, is_bad};
use self::notes::Comments;
use self::parts::{PartKind, Relation};
use self::styles::{Look, Styles};
use crate::facts::{Faults, Kind, Outcome};
use crate::files::csv::read_all;
use crate::files::sink::{CellNote, Sink};
use crate::files::xlsx::package::Origin;
use crate::files::xlsx::workbook::relations_of;

pub use self::summary::{SummarySheet, SummaryTable, SummaryValue};

/// The columns of a result before the added ones, where the input is left out: row, number, month.
const BEFORE: usize = 3;
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
    /// What the columns before the added ones hold.
    pub contents: Vec<Content>,
    /// How many columns the input has.
    pub width: usize,
    /// Whether the cells of the input are there to be marked.
    pub marks: bool,
}

/// A workbook being written, line by line.
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
    pub fn fresh(file: File, plan: WorkbookPlan) -> Outcome<Self> {
        let styles = Styles::amend(styles::PLAIN.as_bytes()).map_err(Faults::from)?;
        let styles = styles.ok_or(Kind::NotAWorkbook).map_err(Faults::from)?;
        let mut archive = Archive::new(file, &plan.name);
        archive.begin("xl/worksheets/sheet1.xml")?;
        let sheet = Sheet::Fresh(FreshSheet::new(plan.heading_row, plan.contents.clone()));
        Ok(Self { archive, sheet, styles, comments: Comments::default(), plan, notes: Vec::new() })
    }

    /// The workbook that a sheet came from, with `added` columns after that sheet's; `None` where it cannot
    /// be added to (macros, styles out of the ordinary).
    pub fn own(file: File, plan: WorkbookPlan, origin: Origin, added: &[String]) -> Outcome<Option<Self>> {
        let package = &origin.package;
        let types =
            parts::joined_types(package.read_bounded(TYPES).map_err(Faults::from)?, &[]).map_err(Faults::from)?;
        let Some(styles) = origin.styles.as_deref().filter(|_| types.is_some()) else { return Ok(None) };
        let styles = Styles::amend(package.read_bounded(styles).map_err(Faults::from)?).map_err(Faults::from)?;
        let Some(styles) = styles else { return Ok(None) };
        let width_of = |code: &String| if code == "detail" { DETAIL_WIDTH } else { (width(code) + 2).max(12) };
        let widths: Vec<usize> = added.iter().map(width_of).collect();
        let place = Place { first: plan.width, heading_row: plan.heading_row };
        let part = package.read(&origin.sheet).map_err(Faults::from)?;
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
    pub fn finish(mut self, mut summary: SummarySheet, too_many: impl Fn(u64) -> String) -> Outcome<File> {
        if self.comments.more > 0 {
            summary.remarks.push(too_many(self.comments.more));
        }
        let Self { archive, sheet, styles, comments, plan, .. } = &mut self;
        match sheet {
            Sheet::Fresh(sheet) => finish_fresh(sheet, archive, styles, comments, plan, summary)?,
            Sheet::Own { sheet, origin, .. } => finish_own(sheet, origin, archive, styles, comments, plan, summary)?,
        }
        self.archive.finish()
    }

    /// One line of the result.
    fn line(&mut self, line: u64, cells: &[&str]) -> Outcome<()> {
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
                for (at, text) in cells.iter().enumerate().skip(BEFORE).filter(|(_, text)| !text.is_empty()) {
                    let column = self.plan.width + at - BEFORE;
                    let look = |look| Cell {
                        column: names.get(column),
                        row,
                        style: self.styles.look(look),
                        prefix: &sheet.prefix,
                    };
                    let mut cell = Vec::new();
                    if heading {
                        look(Look::Heading).text(text, &mut cell)?;
                    } else if is_amount(text.as_bytes()) {
                        look(Look::Amount).number(text.as_bytes(), &mut cell);
                    } else {
                        look(if is_bad(text) { Look::Wrong } else { Look::Text }).text(text, &mut cell)?;
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

    fn put(&mut self, bytes: &[u8]) -> Outcome<bool> {
        for (line, cells) in (0..).zip(read_all(bytes)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            self.line(line, &cells)?;
        }
        self.notes.clear();
        match &mut self.sheet {
            Sheet::Fresh(sheet) => sheet.drain(&mut self.archive, false)?,
            Sheet::Own { sheet, .. } => sheet.drain(&mut self.archive)?,
        }
        Ok(true)
    }
}

const TYPES: &str = "[Content_Types].xml";

/// Where the added parts lie: in a folder of their own, unlike those that an earlier result has left.
#[derive(Clone, Debug)]
struct Added {
    folder: String,
}

impl Added {
    fn beside(taken: impl Fn(&str) -> bool) -> Self {
        let mut folders = (1..).map(|at: u32| format!("shebao{at}"));
        let free = folders.find(|folder| !taken(&format!("xl/{folder}/summary.xml")));
        Self { folder: free.unwrap_or_default() }
    }

    fn path(&self, name: &str) -> String {
        format!("xl/{}/{name}", self.folder)
    }

    /// What leads to an added part.
    fn to(&self, name: &str, kind: &'static str) -> Relation {
        Relation { id: self.id(name), kind, target: format!("/{}", self.path(name)) }
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{}", self.folder, name.split('.').next().unwrap_or_default())
    }
}

const COMMENTS: &str = "comments.xml";
const NOTES: &str = "notes.vml";
const SUMMARY: &str = "summary.xml";
const DRAWING: &str = "drawing.xml";
const CHART: &str = "chart.xml";

/// Where the relations of a part stand.
fn relations_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{path}.rels"),
    }
}

/// Writes the sheet that sums up, and its chart; the parts that were written.
fn put_summary(
    archive: &mut Archive,
    added: &Added,
    summary: &SummarySheet,
    styles: &Styles,
) -> Outcome<Vec<(String, PartKind)>> {
    let written = summary::write(summary, styles, &added.id(DRAWING))?;
    let [sheet, drawing, chart] = [SUMMARY, DRAWING, CHART].map(|name| added.path(name));
    archive.part(&sheet, &written.sheet)?;
    let mut parts = Vec::new();
    if let Some(text) = written.chart {
        let relations = parts::relations(&[added.to(DRAWING, "drawing")]);
        archive.part(&relations_path(&sheet), relations.as_bytes())?;
        archive.part(&drawing, summary::drawing(&added.id(CHART), written.top).as_bytes())?;
        let relations = parts::relations(&[added.to(CHART, "chart")]);
        archive.part(&relations_path(&drawing), relations.as_bytes())?;
        archive.part(&chart, text.as_bytes())?;
        parts.extend([(drawing, PartKind::Drawing), (chart, PartKind::Chart)]);
    }
    parts.push((sheet, PartKind::Sheet));
    Ok(parts)
}

fn finish_fresh(
    sheet: &mut FreshSheet,
    archive: &mut Archive,
    styles: &Styles,
    comments: &Comments,
    plan: &WorkbookPlan,
    mut summary: SummarySheet,
) -> Outcome<()> {
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    const STYLES: &str = "xl/styles.xml";
    const WORKBOOK: &str = "xl/workbook.xml";
    let (added, noted) = (Added::beside(|_| false), !comments.is_empty());
    sheet.finish(noted.then(|| added.id(NOTES)).as_deref(), archive)?;
    let name = parts::sheet_name(&plan.sheet, &[]);
    summary.name = parts::sheet_name(&summary.name, std::slice::from_ref(&name));
    let mut known = put_summary(archive, &added, &summary, styles)?;
    if noted {
        archive.part(&added.path(COMMENTS), comments.part(&plan.author).as_bytes())?;
        archive.part(&added.path(NOTES), comments.drawing().as_bytes())?;
        let relations = parts::relations(&[added.to(COMMENTS, "comments"), added.to(NOTES, "vmlDrawing")]);
        archive.part(&relations_path(SHEET), relations.as_bytes())?;
        known.push((added.path(COMMENTS), PartKind::Comments));
    }
    archive.part(STYLES, &styles.part)?;
    archive.part(WORKBOOK, parts::workbook([&name, &summary.name]).as_bytes())?;
    let to = |id: &str, kind, target: &str| Relation { id: id.to_owned(), kind, target: format!("/{target}") };
    let sum = added.path(SUMMARY);
    let relations = [to("rId1", "worksheet", SHEET), to("rId2", "worksheet", &sum), to("rId3", "styles", STYLES)];
    archive.part(&relations_path(WORKBOOK), parts::relations(&relations).as_bytes())?;
    archive.part("_rels/.rels", parts::relations(&[to("rId1", "officeDocument", WORKBOOK)]).as_bytes())?;
    known.extend([
        (SHEET.to_owned(), PartKind::Sheet),
        (STYLES.to_owned(), PartKind::Styles),
        (WORKBOOK.to_owned(), PartKind::Workbook),
    ]);
    archive.part(TYPES, parts::types(&known).as_bytes())
}

fn finish_own(
    sheet: &mut OwnSheet,
    origin: &Origin,
    archive: &mut Archive,
    styles: &Styles,
    comments: &Comments,
    plan: &WorkbookPlan,
    mut summary: SummarySheet,
) -> Outcome<()> {
    let package = &origin.package;
    let read = |path: &str| package.read_bounded(path).map_err(Faults::from);
    let (added, noted) = (Added::beside(|path| package.has(path)), !comments.is_empty());
    let shown = sheet.finish(noted.then(|| added.id(NOTES)).as_deref(), archive)?;
    summary.name = parts::sheet_name(&summary.name, &origin.sheets);
    let mut known = put_summary(archive, &added, &summary, styles)?;
    let mut written = vec![origin.sheet.clone()];
    if noted {
        let path = relations_path(&origin.sheet);
        let there = relations_of(package, &origin.sheet).map_err(Faults::from)?;
        let (mut leads, mut had) = (Vec::new(), Vec::new());
        if let Some(own) = there.iter().find(|relation| relation.kind.ends_with("/comments")) {
            let joined = comments.joined(read(&own.target)?, &plan.author).map_err(Faults::from)?;
            archive.part(&own.target, &joined.0)?;
            had = joined.1;
            written.push(own.target.clone());
        } else {
            archive.part(&added.path(COMMENTS), comments.part(&plan.author).as_bytes())?;
            known.push((added.path(COMMENTS), PartKind::Comments));
            leads.push(added.to(COMMENTS, "comments"));
        }
        if let Some(own) = there.iter().find(|relation| shown.as_ref() == Some(&relation.id)) {
            let mut drawing = Vec::new();
            let reading = read(&own.target)?.read_to_end(&mut drawing);
            let broken = |what: String| Faults::from(Kind::BrokenWorkbook { what });
            reading.map_err(|error| broken(format!("{}: {error}", own.target)))?;
            let joined = comments.joined_drawing(&drawing, &had).ok_or_else(|| broken(own.target.clone()))?;
            archive.part(&own.target, &joined)?;
            written.push(own.target.clone());
        } else {
            archive.part(&added.path(NOTES), comments.drawing().as_bytes())?;
            leads.push(added.to(NOTES, "vmlDrawing"));
        }
        if package.has(&path) {
            archive.part(&path, &parts::joined_relations(read(&path)?, &leads).map_err(Faults::from)?)?;
            written.push(path);
        } else {
            archive.part(&path, parts::relations(&leads).as_bytes())?;
        }
    }
    let path = origin.styles.as_deref().unwrap_or_default();
    archive.part(path, &styles.part)?;
    written.push(path.to_owned());
    let joined =
        parts::joined_workbook(read(&origin.workbook)?, &summary.name, &added.id(SUMMARY)).map_err(Faults::from)?;
    archive.part(&origin.workbook, &joined)?;
    let path = relations_path(&origin.workbook);
    let leads = [added.to(SUMMARY, "worksheet")];
    archive.part(&path, &parts::joined_relations(read(&path)?, &leads).map_err(Faults::from)?)?;
    written.extend([origin.workbook.clone(), path]);
    let types = parts::joined_types(read(TYPES)?, &known).map_err(Faults::from)?.unwrap_or_default();
    archive.part(TYPES, &types)?;
    written.push(TYPES.to_owned());
    archive.copy(&origin.file, &written)
}

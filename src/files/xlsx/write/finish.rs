//! The end of a workbook: its notes, the sheet that sums up, and all parts that lead to them.
//!
//! New parts lie in a folder of their own, unlike those that an earlier result has left. A part of the user's
//! workbook that must lead to a new one, or say what it is, is written anew with that added; every other part is
//! copied as it was packed.

use std::io::Read;

use super::amend::OwnSheet;
use super::archive::Archive;
use super::create::FreshSheet;
use super::notes::Comments;
use super::parts::{self, PartKind, Relation, TYPES_PART, sheet_name};
use super::styles::Styles;
use super::summary::{self, SummarySheet};
use crate::facts::{Kind, Outcome};
use crate::files::xlsx::package::{Origin, Package};
use crate::files::xlsx::workbook::relations_of;

const COMMENTS: &str = "comments.xml";
const NOTES: &str = "notes.vml";
const SUMMARY: &str = "summary.xml";
const DRAWING: &str = "drawing.xml";
const CHART: &str = "chart.xml";

/// A workbook whose rows are written.
pub(crate) struct Finish<'a> {
    pub archive: &'a mut Archive,
    pub styles: &'a Styles,
    pub comments: &'a Comments,
    /// Who wrote the comments.
    pub author: &'a str,
    pub added: Added,
}

/// The new parts: where they lie, and what was added and replaced so far.
#[derive(Default)]
pub(crate) struct Added {
    folder: String,
    new: Vec<(String, PartKind)>,
    /// Parts of the user's workbook that were written anew.
    replaced: Vec<String>,
}

impl Added {
    /// In the first folder that is not taken.
    pub fn beside(taken: impl Fn(&str) -> bool) -> Self {
        let mut folders = (1..).map(|at: u32| format!("shebao{at}"));
        let free = folders.find(|folder| !taken(&format!("xl/{folder}/{SUMMARY}")));
        Self { folder: free.unwrap_or_default(), ..Self::default() }
    }

    fn path(&self, name: &str) -> String {
        format!("xl/{}/{name}", self.folder)
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{}", self.folder, name.split('.').next().unwrap_or_default())
    }

    /// What leads to a new part.
    fn to(&self, name: &str, kind: &'static str) -> Relation {
        Relation { id: self.id(name), kind, target: format!("/{}", self.path(name)) }
    }
}

impl Finish<'_> {
    /// Ends a workbook that is made here, of one sheet with this name.
    pub fn fresh(mut self, sheet: &mut FreshSheet, name: &str, mut summary: SummarySheet) -> Outcome<()> {
        const SHEET: &str = "xl/worksheets/sheet1.xml";
        const STYLES: &str = "xl/styles.xml";
        const WORKBOOK: &str = "xl/workbook.xml";
        sheet.finish(self.notes_id().as_deref(), self.archive)?;
        let name = sheet_name(name, &[]);
        summary.name = sheet_name(&summary.name, std::slice::from_ref(&name));
        self.summary(&summary)?;
        if !self.comments.is_empty() {
            let leads = [self.new_comments()?, self.new_drawing()?];
            self.archive.part(&relations_path(SHEET), parts::relations(&leads).as_bytes())?;
        }
        self.archive.part(STYLES, &self.styles.part)?;
        self.archive.part(WORKBOOK, parts::workbook([&name, &summary.name]).as_bytes())?;
        let to = |id: &str, kind, target: &str| Relation { id: id.to_owned(), kind, target: format!("/{target}") };
        let sum = self.added.path(SUMMARY);
        let leads = [to("rId1", "worksheet", SHEET), to("rId2", "worksheet", &sum), to("rId3", "styles", STYLES)];
        self.archive.part(&relations_path(WORKBOOK), parts::relations(&leads).as_bytes())?;
        let main = to("rId1", "officeDocument", WORKBOOK);
        self.archive.part("_rels/.rels", parts::relations(&[main]).as_bytes())?;
        let plain = [(SHEET, PartKind::Sheet), (STYLES, PartKind::Styles), (WORKBOOK, PartKind::Workbook)];
        self.added.new.extend(plain.map(|(path, kind)| (path.to_owned(), kind)));
        self.archive.part(TYPES_PART, parts::types(&self.added.new).as_bytes())
    }

    /// Ends the user's workbook.
    pub fn own(mut self, sheet: &mut OwnSheet, origin: &Origin, mut summary: SummarySheet) -> Outcome<()> {
        let package = &origin.package;
        let drawing = sheet.finish(self.notes_id().as_deref(), self.archive)?;
        self.added.replaced.push(origin.sheet.clone());
        summary.name = sheet_name(&summary.name, &origin.sheets);
        self.summary(&summary)?;
        if !self.comments.is_empty() {
            self.own_comments(origin, drawing.as_deref())?;
        }
        let styles = self.styles;
        self.replace(origin.styles.as_deref().unwrap_or_default(), &styles.part)?;
        let workbook = package.read_bounded(&origin.workbook)?;
        let joined = parts::joined_workbook(workbook, &summary.name, &self.added.id(SUMMARY))?;
        self.replace(&origin.workbook, &joined)?;
        self.lead(package, &origin.workbook, &[self.added.to(SUMMARY, "worksheet")])?;
        let joined = parts::joined_types(package.read_bounded(TYPES_PART)?, &self.added.new)?;
        self.replace(TYPES_PART, &joined.unwrap_or_default())?;
        self.archive.copy(&origin.file, &self.added.replaced)
    }

    /// The name by which a sheet leads to the drawing of its notes.
    fn notes_id(&self) -> Option<String> {
        (!self.comments.is_empty()).then(|| self.added.id(NOTES))
    }

    /// Writes a part of the user's workbook anew.
    fn replace(&mut self, path: &str, bytes: &[u8]) -> Outcome<()> {
        self.added.replaced.push(path.to_owned());
        self.archive.part(path, bytes)
    }

    /// Lets a part of the user's workbook lead to new ones.
    fn lead(&mut self, package: &Package, from: &str, leads: &[Relation]) -> Outcome<()> {
        let path = relations_path(from);
        if !package.has(&path) {
            return self.archive.part(&path, parts::relations(leads).as_bytes());
        }
        let joined = parts::joined_relations(package.read_bounded(&path)?, leads)?;
        self.replace(&path, &joined)
    }

    /// Writes the comments as a part of their own.
    fn new_comments(&mut self) -> Outcome<Relation> {
        let path = self.added.path(COMMENTS);
        self.archive.part(&path, self.comments.part(self.author).as_bytes())?;
        self.added.new.push((path, PartKind::Comments));
        Ok(self.added.to(COMMENTS, "comments"))
    }

    /// Writes the drawing that shows the comments.
    fn new_drawing(&mut self) -> Outcome<Relation> {
        self.archive.part(&self.added.path(NOTES), self.comments.drawing().as_bytes())?;
        Ok(self.added.to(NOTES, "vmlDrawing"))
    }

    /// Adds the comments to those that the user's sheet has, and to their drawing, which goes by this name.
    fn own_comments(&mut self, origin: &Origin, drawing: Option<&str>) -> Outcome<()> {
        let package = &origin.package;
        let there = relations_of(package, &origin.sheet)?;
        let (mut leads, mut had) = (Vec::new(), Vec::new());
        if let Some(own) = there.iter().find(|relation| relation.kind.ends_with("/comments")) {
            let joined = self.comments.joined(package.read_bounded(&own.target)?, self.author)?;
            self.replace(&own.target, &joined.0)?;
            had = joined.1;
        } else {
            leads.push(self.new_comments()?);
        }
        if let Some(own) = there.iter().find(|relation| drawing == Some(&relation.id)) {
            let broken = |what: String| Kind::BrokenWorkbook { what };
            let mut shapes = Vec::new();
            let reading = package.read_bounded(&own.target)?.read_to_end(&mut shapes);
            reading.map_err(|error| broken(format!("{}: {error}", own.target)))?;
            let joined = self.comments.joined_drawing(&shapes, &had).ok_or_else(|| broken(own.target.clone()))?;
            self.replace(&own.target, &joined)?;
        } else {
            leads.push(self.new_drawing()?);
        }
        self.lead(package, &origin.sheet, &leads)
    }

    /// Writes the sheet that sums up, and its chart.
    fn summary(&mut self, summary: &SummarySheet) -> Outcome<()> {
        let (archive, added) = (&mut *self.archive, &mut self.added);
        let written = summary::write(summary, self.styles, &added.id(DRAWING))?;
        let [sheet, drawing, chart] = [SUMMARY, DRAWING, CHART].map(|name| added.path(name));
        archive.part(&sheet, &written.sheet)?;
        if let Some(text) = written.chart {
            let leads = parts::relations(&[added.to(DRAWING, "drawing")]);
            archive.part(&relations_path(&sheet), leads.as_bytes())?;
            archive.part(&drawing, summary::drawing(&added.id(CHART), written.top).as_bytes())?;
            let leads = parts::relations(&[added.to(CHART, "chart")]);
            archive.part(&relations_path(&drawing), leads.as_bytes())?;
            archive.part(&chart, text.as_bytes())?;
            added.new.extend([(drawing, PartKind::Drawing), (chart, PartKind::Chart)]);
        }
        added.new.push((sheet, PartKind::Sheet));
        Ok(())
    }
}

/// Where the relations of a part stand.
fn relations_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{path}.rels"),
    }
}

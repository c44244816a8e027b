//! The user's own sheet as it was, with the added cells after it: everything that stands in it is
//! copied as it came.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::styles::{Styles, prefix_of, rebuilt};
use crate::facts::Outcome;
use crate::files::xlsx::package::PartReader;
use crate::files::xlsx::sheet::column as column_of;
use crate::files::xml::{Markup, attribute, number, raw_event};

/// The cells that are added to a row: the column, and the cell as it is written.
pub(crate) type AddedCells = Vec<(usize, Vec<u8>)>;

/// What must follow the reference to the comments of a sheet, should it be there.
const AFTER_COMMENTS: [&str; 7] =
    ["legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

/// Where the added columns are, and the row that stays in sight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub first: usize,
    pub heading_row: u64,
}

/// A sheet being copied.
pub(crate) struct OwnSheet {
    markup: Markup<PartReader>,
    /// The row that comes next.
    waiting: Option<(u64, BytesStart<'static>, bool)>,
    last: u64,
    place: Place,
    /// The prefix of its elements.
    pub prefix: String,
    out: Vec<u8>,
    /// Whether all rows are copied.
    ended: bool,
}

impl OwnSheet {
    /// Copies what stands before the rows; `widths` are those of the added columns.
    pub fn open(input: PartReader, path: &str, place: Place, widths: &[usize]) -> Outcome<Self> {
        let mut sheet = Self {
            markup: Markup::new(input, path),
            waiting: None,
            last: 0,
            place,
            prefix: String::new(),
            out: Vec::new(),
            ended: false,
        };
        sheet.head(widths)?;
        Ok(sheet)
    }

    fn head(&mut self, widths: &[usize]) -> Outcome<()> {
        let (mut view, mut columns) = (false, false);
        let place = self.place;
        loop {
            let event = self.markup.next()?;
            let out = &mut self.out;
            let (start, empty) = match &event {
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::Eof => {
                    self.ended = true;
                    return Ok(());
                }
                other => {
                    raw_event(other, out);
                    continue;
                }
            };
            let name = start.local_name().as_ref().to_owned();
            let p = self.prefix.clone();
            if matches!(name.as_str(), "sheetFormatPr" | "cols" | "sheetData") && !view {
                view = true;
                out.extend_from_slice(new_view(&p, place.heading_row).as_bytes());
            }
            match name.as_str() {
                "worksheet" => {
                    self.prefix = prefix_of(start);
                    raw_event(&event, out);
                }
                // What it says is wrong from here on, and it need not be there.
                "dimension" => {}
                "sheetViews" => {
                    view = true;
                    raw_event(&event, out);
                }
                "sheetView" if empty && may_freeze(start) => {
                    rebuilt(start, &[], &[], false, out);
                    out.extend_from_slice(format!("{}</{p}sheetView>", frozen(&p, place.heading_row)).as_bytes());
                }
                "sheetView" if may_freeze(start) => {
                    raw_event(&event, out);
                    self.pane()?;
                }
                "cols" => {
                    columns = true;
                    if !empty {
                        self.columns(widths)?;
                    }
                }
                "sheetData" => {
                    if !columns {
                        out.extend_from_slice(format!("<{p}cols>").as_bytes());
                        added_columns(&p, place.first, widths, out);
                        out.extend_from_slice(format!("</{p}cols>").as_bytes());
                    }
                    raw_event(&event, out);
                    self.ended = empty;
                    return Ok(());
                }
                _ => raw_event(&event, out),
            }
        }
    }

    /// Freezes a view that has begun, unless it has a pane of its own, which would come first in it.
    fn pane(&mut self) -> Outcome<()> {
        let next = self.markup.next()?;
        let pane = matches!(&next, Event::Start(next) | Event::Empty(next) if next.local_name().as_ref() == "pane");
        if !pane && !matches!(next, Event::Text(_)) {
            self.out.extend_from_slice(frozen(&self.prefix, self.place.heading_row).as_bytes());
        }
        raw_event(&next, &mut self.out);
        Ok(())
    }

    /// The widths of the columns: those of the user's, as far as they do not lie over the added ones.
    fn columns(&mut self, widths: &[usize]) -> Outcome<()> {
        let p = self.prefix.clone();
        let first = self.place.first;
        self.out.extend_from_slice(format!("<{p}cols>").as_bytes());
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "col" => {
                    let bound = |name: &str| number(start, name).and_then(|at| usize::try_from(at).ok()).unwrap_or(1);
                    let (min, max) = (bound("min"), bound("max").min(first));
                    if min <= max {
                        let max = max.to_string();
                        rebuilt(start, &[], &[("max", &max)], true, &mut self.out);
                    }
                }
                Event::End(end) if end.local_name().as_ref() == "cols" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        added_columns(&p, first, widths, &mut self.out);
        self.out.extend_from_slice(format!("</{p}cols>").as_bytes());
        Ok(())
    }

    /// Copies the rows before this one, and this one with its added cells; `marked` are its wrong cells.
    /// A row that is not in the sheet gets nothing: it is empty.
    pub fn row(&mut self, row: u64, added: AddedCells, marked: &[usize], styles: &Styles) -> Outcome<()> {
        while !self.ended {
            let Some((found, start, empty)) = self.next_row()? else { return Ok(()) };
            if found > row {
                self.waiting = Some((found, start, empty));
                return Ok(());
            }
            if found < row {
                self.copy_row(&start, empty)?;
                continue;
            }
            let p = self.prefix.clone();
            rebuilt(&start, &["spans"], &[], false, &mut self.out);
            let mut cells = if empty { Vec::new() } else { self.cells(marked, styles)? };
            // The user's own cell stays where it stands.
            cells.extend(added.into_iter().filter(|(at, _)| !cells_has(&cells, *at)).collect::<Vec<_>>());
            cells.sort_by_key(|(at, _)| *at);
            for (_, cell) in &cells {
                self.out.extend_from_slice(cell);
            }
            self.out.extend_from_slice(format!("</{p}row>").as_bytes());
            return Ok(());
        }
        Ok(())
    }

    /// The next row: its number, its tag, whether it is empty.
    fn next_row(&mut self) -> Outcome<Option<(u64, BytesStart<'static>, bool)>> {
        if let Some(waiting) = self.waiting.take() {
            return Ok(Some(waiting));
        }
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "row" => {
                    self.last = number(start, "r").unwrap_or(self.last + 1);
                    return Ok(Some((self.last, start.to_owned(), matches!(event, Event::Empty(_)))));
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => {
                    self.ended = true;
                    raw_event(&event, &mut self.out);
                    return Ok(None);
                }
                Event::Eof => {
                    self.ended = true;
                    return Ok(None);
                }
                other => raw_event(other, &mut self.out),
            }
        }
    }

    fn copy_row(&mut self, start: &BytesStart<'_>, empty: bool) -> Outcome<()> {
        if empty {
            raw_event(&Event::Empty(start.to_owned()), &mut self.out);
            return Ok(());
        }
        raw_event(&Event::Start(start.to_owned()), &mut self.out);
        loop {
            let event = self.markup.next()?;
            raw_event(&event, &mut self.out);
            match &event {
                Event::End(end) if end.local_name().as_ref() == "row" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The cells of a row: those before the added columns are written, the others handed back.
    fn cells(&mut self, marked: &[usize], styles: &Styles) -> Outcome<AddedCells> {
        let mut kept: AddedCells = Vec::new();
        let mut next = 0;
        // The cell that is being read, if it is kept; whether anything stands in it.
        let mut beyond: Option<(usize, Vec<u8>, bool)> = None;
        loop {
            let event = self.markup.next()?;
            let out = match &mut beyond {
                Some((_, cell, _)) => cell,
                None => &mut self.out,
            };
            match &event {
                Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "c" => {
                    let empty = matches!(event, Event::Empty(_));
                    let at = attribute(start, "r").and_then(|reference| column_of(&reference)).unwrap_or(next);
                    next = at + 1;
                    if at >= self.place.first {
                        if !empty {
                            let mut cell = Vec::new();
                            raw_event(&event, &mut cell);
                            beyond = Some((at, cell, false));
                        }
                    } else if marked.contains(&at) {
                        let style = number(start, "s").and_then(|style| usize::try_from(style).ok()).unwrap_or(0);
                        rebuilt(start, &[], &[("s", &styles.marked(style).to_string())], empty, &mut self.out);
                    } else {
                        raw_event(&event, out);
                    }
                }
                Event::End(end) => match end.local_name().as_ref() {
                    "row" => return Ok(kept),
                    "c" => {
                        raw_event(&event, out);
                        if let Some((at, cell, true)) = beyond.take() {
                            kept.push((at, cell));
                        }
                    }
                    _ => raw_event(&event, out),
                },
                Event::Eof => return Ok(kept),
                _ => {
                    raw_event(&event, out);
                    if let Some((_, _, holds)) = &mut beyond {
                        *holds |= matches!(&event, Event::Start(start) if matches!(start.local_name().as_ref(), "v" | "is" | "f"));
                    }
                }
            }
        }
    }

    /// Hands on what is copied so far.
    pub fn drain(&mut self, archive: &mut Archive) -> Outcome<()> {
        archive.write(&self.out)?;
        self.out.clear();
        Ok(())
    }

    /// Copies all that is left; `comments` is the name that the comments' drawing goes by where the sheet
    /// has none. The name of the one it has.
    pub fn finish(&mut self, comments: Option<&str>, archive: &mut Archive) -> Outcome<Option<String>> {
        while !self.ended {
            if let Some((_, start, empty)) = self.next_row()? {
                self.copy_row(&start, empty)?;
            }
            self.drain(archive)?;
        }
        let mut comments = comments;
        let (mut depth, mut there) = (0_usize, None);
        loop {
            let event = self.markup.next()?;
            let ends = match &event {
                Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "legacyDrawing" => {
                    comments = None;
                    there = attribute(start, "id");
                    false
                }
                Event::Start(start) | Event::Empty(start) => {
                    depth == 0 && AFTER_COMMENTS.contains(&start.local_name().as_ref())
                }
                Event::End(end) => end.local_name().as_ref() == "worksheet",
                Event::Eof => break,
                _ => false,
            };
            if ends && let Some(id) = comments.take() {
                let p = &self.prefix;
                let space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
                let drawing = format!("<{p}legacyDrawing xmlns:r=\"{space}\" r:id=\"{id}\"/>");
                self.out.extend_from_slice(drawing.as_bytes());
            }
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            raw_event(&event, &mut self.out);
        }
        self.drain(archive)?;
        Ok(there)
    }
}

fn cells_has(cells: &AddedCells, column: usize) -> bool {
    cells.iter().any(|(at, _)| *at == column)
}

/// The headings stay in sight.
pub(crate) fn frozen(p: &str, heading_row: u64) -> String {
    let next = heading_row + 1;
    format!("<{p}pane ySplit=\"{heading_row}\" topLeftCell=\"A{next}\" activePane=\"bottomLeft\" state=\"frozen\"/>")
}

/// The view of a sheet that has none.
fn new_view(p: &str, heading_row: u64) -> String {
    let frozen = frozen(p, heading_row);
    format!("<{p}sheetViews><{p}sheetView workbookViewId=\"0\">{frozen}</{p}sheetView></{p}sheetViews>")
}

/// A page layout cannot be frozen.
fn may_freeze(view: &BytesStart<'_>) -> bool {
    attribute(view, "view").is_none_or(|view| view == "normal")
}

/// The widths of the added columns.
pub(crate) fn added_columns(p: &str, first: usize, widths: &[usize], out: &mut Vec<u8>) {
    for (at, width) in widths.iter().enumerate() {
        let column = first + at + 1;
        let col = format!("<{p}col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>");
        out.extend_from_slice(col.as_bytes());
    }
}

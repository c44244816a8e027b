//! The notes on wrong cells: as comments, and as the drawing that shows them.
//!
//! A spreadsheet needs both parts. Where the user's sheet has comments, the notes are added to them, on the same cell
//! behind what stands there.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

use quick_xml::events::Event;

use super::cells::{escaped, letters, width};
use super::styles::prefix_of;
use crate::facts::Kind;
use crate::files::xml::{Markup, attribute, raw_event};

/// The most notes: beyond that a spreadsheet becomes slow, and the marks and details still say the same.
pub(crate) const NOTES_MOST: usize = 10_000;

/// The number of the first shape.
const SHAPES: usize = 60_001;

/// The notes of a sheet, by row and column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comments {
    notes: BTreeMap<(u64, usize), String>,
    /// Notes that were too many.
    pub more: u64,
}

impl Comments {
    /// Adds a note.
    pub fn add(&mut self, row: u64, column: usize, text: &str) {
        if let Some(note) = self.notes.get_mut(&(row, column)) {
            let _ = write!(note, "\n{text}");
        } else if self.notes.len() < NOTES_MOST {
            self.notes.insert((row, column), text.to_owned());
        } else {
            self.more += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The part with the comments.
    pub fn part(&self, author: &str) -> String {
        let mut part = String::from(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>",
        ));
        part.push_str(&escaped(author));
        part.push_str("</author></authors><commentList>");
        for ((row, column), text) in &self.notes {
            part.push_str(&comment("", &reference(*row, *column), 0, text));
        }
        part.push_str("</commentList></comments>");
        part
    }

    /// The comments that were there with these among them, and the cells that had one.
    pub fn joined(&self, part: impl Read, author: &str) -> Result<(Vec<u8>, Vec<String>), Kind> {
        let mut markup = Markup::new(part, "comments");
        let mut out = Vec::new();
        let (mut authors, mut prefix, mut here) = (0, String::new(), String::new());
        let mut met = Vec::new();
        let find =
            |reference: &str| self.notes.iter().find(|((row, column), _)| self::reference(*row, *column) == reference);
        loop {
            let event = markup.next()?;
            let p = &prefix;
            match &event {
                Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                    "comments" => prefix = prefix_of(start),
                    "author" => authors += 1,
                    "comment" => {
                        here = attribute(start, "ref").unwrap_or_default();
                        met.push(here.clone());
                    }
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "authors" => {
                        out.extend_from_slice(format!("<{p}author>{}</{p}author>", escaped(author)).as_bytes());
                    }
                    // The user's own comment on the same cell is added to.
                    "text" => {
                        if let Some((_, text)) = find(&here) {
                            out.extend_from_slice(run(p, &format!("\n{text}")).as_bytes());
                        }
                    }
                    "commentList" => {
                        for ((row, column), text) in &self.notes {
                            let reference = reference(*row, *column);
                            if !met.contains(&reference) {
                                out.extend_from_slice(comment(p, &reference, authors, text).as_bytes());
                            }
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok((out, met)),
                _ => {}
            }
            raw_event(&event, &mut out);
        }
    }

    /// The shapes that show the notes, but for those of cells that have one; they are numbered from here.
    fn shapes(&self, number: usize, but: &[String]) -> String {
        let mut shapes = String::from(concat!(
            "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">",
            "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
        ));
        for (at, ((row, column), text)) in self.notes.iter().enumerate() {
            if but.contains(&reference(*row, *column)) {
                continue;
            }
            let lines = text.lines().count() + text.lines().map(|line| width(line) / 28).sum::<usize>();
            let (row, column) = (row - 1, *column);
            let to = row + u64::try_from(lines).unwrap_or(1) + 1;
            let shape = format!(
                concat!(
                    "<v:shape id=\"_x0000_s{}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" ",
                    "fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/>",
                    "<v:path o:connecttype=\"none\"/><v:textbox/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>",
                    "<x:SizeWithCells/><x:Anchor>{}, 12, {}, 4, {}, 20, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>",
                    "<x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
                ),
                number + at,
                column + 1,
                row,
                column + 4,
                to,
                row,
                column
            );
            shapes.push_str(&shape);
        }
        shapes
    }

    /// A drawing of its own for the shapes.
    pub fn drawing(&self) -> String {
        format!(
            concat!(
                "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" ",
                "xmlns:x=\"urn:schemas-microsoft-com:office:excel\">{}</xml>",
            ),
            self.shapes(SHAPES, &[])
        )
    }

    /// The drawing that was there with the shapes in it, but for the cells that had one; `None` where it has
    /// no end.
    pub fn joined_drawing(&self, drawing: &[u8], but: &[String]) -> Option<Vec<u8>> {
        let end = memchr::memmem::rfind(drawing, b"</xml>")?;
        let taken = |number: &usize| memchr::memmem::find(drawing, format!("_x0000_s{number}").as_bytes()).is_some();
        let number = (SHAPES..).step_by(NOTES_MOST).find(|number| !taken(number))?;
        let mut out = drawing[..end].to_vec();
        out.extend_from_slice(self.shapes(number, but).as_bytes());
        out.extend_from_slice(&drawing[end..]);
        Some(out)
    }
}

fn reference(row: u64, column: usize) -> String {
    format!("{}{row}", letters(column))
}

fn comment(p: &str, reference: &str, author: usize, text: &str) -> String {
    format!("<{p}comment ref=\"{reference}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>", run(p, text))
}

fn run(p: &str, text: &str) -> String {
    format!("<{p}r><{p}rPr><{p}sz val=\"9\"/></{p}rPr><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>", escaped(text))
}

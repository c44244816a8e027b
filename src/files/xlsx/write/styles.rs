//! How cells look: the styles of a workbook with those added that mark what is wrong.
//!
//! Every style gets a twin with the fill of a wrong cell, so that a marked cell keeps its format.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use crate::facts::Kind;
use crate::files::xml::{Markup, raw_event};

/// The most styles that can be doubled: a workbook has at most 65,490.
const STYLES_MOST: usize = 30_000;

/// The styles of a workbook that is made here, before the added ones.
pub(crate) const PLAIN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
    "</styleSheet>",
);

/// The styles that are there.
#[derive(Clone, Debug)]
pub(crate) struct Styles {
    /// The part.
    pub part: Vec<u8>,
    own: usize,
}

/// A style that is added.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Look {
    /// Text, as text.
    Text,
    /// An amount.
    Amount,
    /// A heading.
    Heading,
    /// A text that says that something is wrong.
    Wrong,
    /// The title of a page.
    Title,
    /// An amount that is wrong.
    WrongAmount,
}

impl Styles {
    /// The number of an added style.
    pub fn look(&self, look: Look) -> usize {
        let at = match look {
            Look::Text => 0,
            Look::Amount => 1,
            Look::Heading => 2,
            Look::Wrong => 3,
            Look::Title => 4,
            Look::WrongAmount => 5,
        };
        2 * self.own + at
    }

    /// The twin of a style that marks a wrong cell. Looks that are added have none of their own.
    pub fn marked(&self, style: usize) -> usize {
        if style < self.own { self.own + style } else { self.look(Look::Wrong) }
    }

    /// Reads the styles of a workbook and adds to them; `None` where they are not as expected.
    pub fn amend(part: impl Read) -> Result<Option<Self>, Kind> {
        let mut markup = Markup::new(part, "styles");
        let (mut lists, mut out) = (Lists::default(), Vec::new());
        loop {
            let event = markup.next()?;
            match &event {
                Event::Start(start) if lists.begins(start) => {
                    // Its count is wrong from here on, and need not be given.
                    rebuilt(start, &["count"], &[], false, &mut out);
                    continue;
                }
                Event::Start(start) | Event::Empty(start) => lists.element(start, &event),
                Event::End(end) => lists.end(end.local_name().as_ref(), &event, &mut out),
                Event::Eof => break,
                _ => {}
            }
            if lists.own.len() > STYLES_MOST {
                return Ok(None);
            }
            if lists.list != STYLES {
                raw_event(&event, &mut out);
            }
        }
        let whole = lists.found == 3 && !lists.own.is_empty();
        Ok(whole.then_some(Self { part: out, own: lists.own.len() }))
    }
}

const FONTS: &str = "fonts";
const FILLS: &str = "fills";
const STYLES: &str = "cellXfs";

/// The lists of the part that are added to, while it is read.
#[derive(Default)]
struct Lists {
    prefix: String,
    fonts: usize,
    fills: usize,
    own: Vec<Own>,
    /// The list that is being read, and how deep in it; empty outside of them.
    list: &'static str,
    depth: usize,
    /// How many lists there were.
    found: usize,
}

impl Lists {
    /// Whether a list begins here.
    fn begins(&mut self, start: &BytesStart<'_>) -> bool {
        let name = start.local_name();
        let known = [FONTS, FILLS, STYLES].into_iter().find(|known| *known == name.as_ref());
        let begun = known.filter(|_| self.list.is_empty());
        if let Some(list) = begun {
            (self.list, self.depth) = (list, 0);
            self.found += 1;
        }
        begun.is_some()
    }

    /// An element that begins or is empty.
    fn element(&mut self, start: &BytesStart<'_>, event: &Event<'_>) {
        if start.local_name().as_ref() == "styleSheet" {
            self.prefix = prefix_of(start);
        }
        match (self.list, self.depth, self.own.last_mut()) {
            (FONTS, 0, _) => self.fonts += 1,
            (FILLS, 0, _) => self.fills += 1,
            (STYLES, 0, _) => self.own.push(Own { start: start.to_owned(), inside: Vec::new() }),
            (STYLES, _, Some(last)) => raw_event(event, &mut last.inside),
            _ => {}
        }
        self.depth += usize::from(matches!(event, Event::Start(_)) && !self.list.is_empty());
    }

    /// The end of an element: that of a list is where what is added goes.
    fn end(&mut self, name: &str, event: &Event<'_>, out: &mut Vec<u8>) {
        if name == self.list && self.depth == 0 {
            match self.list {
                FONTS => added_fonts(&self.prefix, out),
                FILLS => added_fills(&self.prefix, out),
                _ => added_styles(&self.own, (self.fonts, self.fills), &self.prefix, out),
            }
            self.list = "";
        } else if !self.list.is_empty() {
            self.depth = self.depth.saturating_sub(1);
            if let (Some(last), STYLES, true) = (self.own.last_mut(), self.list, self.depth > 0) {
                raw_event(event, &mut last.inside);
            }
        }
    }
}

/// A style that was there.
struct Own {
    start: BytesStart<'static>,
    inside: Vec<u8>,
}

/// The prefix of an element's name, with its colon.
pub(crate) fn prefix_of(start: &BytesStart<'_>) -> String {
    let name = start.name().as_ref().to_owned();
    name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}

/// Writes a tag with some attributes left out and others added.
pub(crate) fn rebuilt(start: &BytesStart<'_>, without: &[&str], with: &[(&str, &str)], empty: bool, out: &mut Vec<u8>) {
    out.push(b'<');
    out.extend_from_slice(start.name().as_ref().as_bytes());
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref();
        if !without.contains(&key) && !with.iter().any(|(name, _)| *name == key) {
            // As it came: what was escaped stays so.
            out.extend_from_slice(format!(" {key}=\"{}\"", attribute.value.replace('"', "&quot;")).as_bytes());
        }
    }
    for (key, value) in with {
        out.extend_from_slice(format!(" {key}=\"{value}\"").as_bytes());
    }
    out.extend_from_slice(if empty { b"/>" } else { b">" });
}

/// A bold font and a large one.
fn added_fonts(p: &str, out: &mut Vec<u8>) {
    for size in [11, 14] {
        let font = format!("<{p}font><{p}b/><{p}sz val=\"{size}\"/><{p}name val=\"等线\"/></{p}font>");
        out.extend_from_slice(font.as_bytes());
    }
}

/// The fills of wrong cells and of headings.
fn added_fills(p: &str, out: &mut Vec<u8>) {
    for colour in ["FFFFC7CE", "FFDDEBF7"] {
        let fill = format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        );
        out.extend_from_slice(fill.as_bytes());
    }
}

/// The styles that were there, their twins, and the added looks.
fn added_styles(own: &[Own], (fonts, fills): (usize, usize), p: &str, out: &mut Vec<u8>) {
    let wrong = fills.to_string();
    let twin = [("fillId", wrong.as_str()), ("applyFill", "1")];
    for with in [&[][..], &twin[..]] {
        for style in own {
            rebuilt(&style.start, &[], with, style.inside.is_empty(), out);
            if !style.inside.is_empty() {
                out.extend_from_slice(&style.inside);
                out.extend_from_slice(format!("</{p}xf>").as_bytes());
            }
        }
    }
    let wrap = format!("<{p}alignment vertical=\"center\" wrapText=\"1\"/>");
    // Number format, font, fill, alignment: text is 49, an amount with thousands marks is 4.
    for (format, font, fill, alignment) in [
        (49, 0, 0, ""),
        (4, 0, 0, ""),
        (0, fonts, fills + 1, wrap.as_str()),
        (49, 0, fills, ""),
        (0, fonts + 1, 0, ""),
        (4, 0, fills, ""),
    ] {
        let open = format!(
            "<{p}xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\""
        );
        let rest =
            if alignment.is_empty() { "/>".to_owned() } else { format!(" applyAlignment=\"1\">{alignment}</{p}xf>") };
        out.extend_from_slice((open + &rest).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_gets_a_twin_that_marks() {
        let styles = Styles::amend(PLAIN.as_bytes()).unwrap().unwrap();
        let text = String::from_utf8(styles.part.clone()).unwrap();
        assert_eq!(text.matches("<xf ").count(), 1 + 2 + 6, "{text}");
        assert_eq!((styles.marked(0), styles.look(Look::Text), styles.look(Look::Title)), (1, 2, 6));
        assert!(text.contains("fillId=\"2\" applyFill=\"1\""), "{text}");
        assert!(text.ends_with("</styleSheet>"), "{text}");
        assert!(Styles::amend("<styleSheet><fonts/></styleSheet>".as_bytes()).unwrap().is_none());
    }
}

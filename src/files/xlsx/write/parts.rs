//! The parts that hold a workbook together: what each part is, and which leads to which.
//!
//! Each is written for a workbook that is made here, and added to for one of the user's; everything else in it stays
//! as it was.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::fmt::Write;
use std::io::Read;

use quick_xml::events::Event;

use super::cells::escaped;
use crate::facts::Kind;
use crate::files::xml::{Markup, attribute, number, raw_event};

pub(crate) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(crate) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The part that says what each part is.
pub(crate) const TYPES_PART: &str = "[Content_Types].xml";

/// What an added part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    Workbook,
    Sheet,
    Styles,
    Comments,
    Drawing,
    Chart,
}

impl PartKind {
    fn content(self) -> String {
        match self {
            Self::Workbook => format!("{SPREADSHEET}.sheet.main+xml"),
            Self::Sheet => format!("{SPREADSHEET}.worksheet+xml"),
            Self::Styles => format!("{SPREADSHEET}.styles+xml"),
            Self::Comments => format!("{SPREADSHEET}.comments+xml"),
            Self::Drawing => "application/vnd.openxmlformats-officedocument.drawing+xml".to_owned(),
            Self::Chart => "application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned(),
        }
    }
}

/// The ending of drawings that show comments.
pub(crate) const VML: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// A part that leads to another.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub id: String,
    /// The last part of the kind's name.
    pub kind: &'static str,
    pub target: String,
}

fn relation(relation: &Relation) -> String {
    format!(
        "<Relationship Id=\"{}\" Type=\"{RELATIONS}/{}\" Target=\"{}\"/>",
        relation.id,
        relation.kind,
        escaped(&relation.target)
    )
}

/// The relations of a part that had none.
pub(crate) fn relations(added: &[Relation]) -> String {
    let list: String = added.iter().map(relation).collect();
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">{list}</Relationships>")
}

/// The relations of a part with more of them.
pub(crate) fn joined_relations(part: impl Read, added: &[Relation]) -> Result<Vec<u8>, Kind> {
    let list: String = added.iter().map(relation).collect();
    before_end(part, "Relationships", |_, out| out.extend_from_slice(list.as_bytes()))
}

/// The list of what each part is.
pub(crate) fn types(added: &[(String, PartKind)]) -> String {
    let mut list = String::new();
    for (ending, kind) in
        [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), ("vml", VML)]
    {
        let _ = write!(list, "<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
    }
    format!("{HEAD}<Types xmlns=\"{TYPES}\">{list}{}</Types>", overrides("", added))
}

fn overrides(p: &str, added: &[(String, PartKind)]) -> String {
    let one = |(path, kind): &(String, PartKind)| {
        format!("<{p}Override PartName=\"/{}\" ContentType=\"{}\"/>", escaped(path), kind.content())
    };
    added.iter().map(one).collect()
}

/// The same list with more parts; `None` where the workbook is of a kind that cannot be added to: one
/// with macros, which a result has not.
pub(crate) fn joined_types(part: impl Read, added: &[(String, PartKind)]) -> Result<Option<Vec<u8>>, Kind> {
    let (mut vml, mut ordinary) = (false, false);
    let main = PartKind::Workbook.content();
    let joined = before_end_seeing(
        part,
        "Types",
        |event| {
            if let Event::Start(start) | Event::Empty(start) = event {
                vml |= attribute(start, "Extension").is_some_and(|ending| ending.eq_ignore_ascii_case("vml"));
                ordinary |= attribute(start, "ContentType").is_some_and(|kind| kind == main);
            }
            vml
        },
        |vml, p, out| {
            if !vml {
                let known = format!("<{p}Default Extension=\"vml\" ContentType=\"{VML}\"/>");
                out.extend_from_slice(known.as_bytes());
            }
            out.extend_from_slice(overrides(p, added).as_bytes());
        },
    )?;
    Ok(ordinary.then_some(joined))
}

/// The list of sheets with one more, which `relation` leads to.
pub(crate) fn joined_workbook(part: impl Read, name: &str, relation: &str) -> Result<Vec<u8>, Kind> {
    let mut last = 0;
    before_end_seeing(
        part,
        "sheets",
        |event| {
            if let Event::Start(start) | Event::Empty(start) = event
                && start.local_name().as_ref() == "sheet"
            {
                last = last.max(number(start, "sheetId").unwrap_or(0));
            }
            last
        },
        |last, p, out| {
            let sheet = format!(
                "<{p}sheet xmlns:r=\"{RELATIONS}\" name=\"{}\" sheetId=\"{}\" r:id=\"{relation}\"/>",
                escaped(name),
                last + 1
            );
            out.extend_from_slice(sheet.as_bytes());
        },
    )
}

/// A workbook of two sheets.
pub(crate) fn workbook(names: [&str; 2]) -> String {
    let [first, second] = names.map(escaped);
    format!(
        concat!(
            "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><bookViews><workbookView/></bookViews><sheets>",
            "<sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"{}\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>",
        ),
        HEAD, MAIN, RELATIONS, first, second
    )
}

/// A part with something added at the end of one of its elements.
fn before_end(part: impl Read, name: &str, add: impl Fn(&str, &mut Vec<u8>)) -> Result<Vec<u8>, Kind> {
    before_end_seeing(part, name, |_| (), |(), p, out| add(p, out))
}

fn before_end_seeing<T: Default>(
    part: impl Read,
    name: &str,
    mut see: impl FnMut(&Event<'_>) -> T,
    add: impl Fn(T, &str, &mut Vec<u8>),
) -> Result<Vec<u8>, Kind> {
    let mut markup = Markup::new(part, name);
    let (mut out, mut seen) = (Vec::new(), T::default());
    loop {
        let event = markup.next()?;
        match &event {
            Event::Empty(start) if start.local_name().as_ref() == name => {
                let whole = start.name().as_ref().to_owned();
                let p = whole.strip_suffix(name).unwrap_or("").to_owned();
                raw_event(&Event::Start(start.clone()), &mut out);
                add(std::mem::take(&mut seen), &p, &mut out);
                out.extend_from_slice(format!("</{whole}>").as_bytes());
                continue;
            }
            Event::Start(_) | Event::Empty(_) => seen = see(&event),
            Event::End(end) if end.local_name().as_ref() == name => {
                let whole = end.name().as_ref().to_owned();
                add(std::mem::take(&mut seen), whole.strip_suffix(name).unwrap_or(""), &mut out);
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
        raw_event(&event, &mut out);
    }
}

/// The sheet's name with what a spreadsheet does not allow in it left out, and unlike those that are there.
pub(crate) fn sheet_name(wanted: &str, taken: &[String]) -> String {
    const MOST: usize = 31;
    let plain: String = wanted.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    let plain = plain.trim_matches('\'').trim();
    let plain = if plain.is_empty() { "Sheet1" } else { plain };
    let of = |ending: &str| {
        let most = MOST - ending.encode_utf16().count();
        let mut name = String::new();
        for c in plain.chars() {
            if name.encode_utf16().count() + c.len_utf16() <= most {
                name.push(c);
            }
        }
        name + ending
    };
    let free = |name: &String| !taken.iter().any(|taken| taken.to_lowercase() == name.to_lowercase());
    let mut endings = std::iter::once(String::new()).chain((2..).map(|at: u32| format!(" ({at})")));
    endings.find_map(|ending| Some(of(&ending)).filter(free)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_a_spreadsheet_takes() {
        assert_eq!(sheet_name("a/b[c]", &[]), "abc");
        assert_eq!(sheet_name("", &[]), "Sheet1");
        assert_eq!(sheet_name("核对", &["核对".to_owned()]), "核对 (2)");
        assert_eq!(sheet_name(&"x".repeat(40), &[]).len(), 31);
    }

    #[test]
    fn parts_are_added_to_and_otherwise_as_they_were() {
        let part = "<?xml version=\"1.0\"?><x:workbook><x:sheets><x:sheet name=\"a\" sheetId=\"7\"/></x:sheets>&amp;</x:workbook>";
        let joined = String::from_utf8(joined_workbook(part.as_bytes(), "b", "rId9").unwrap()).unwrap();
        assert!(joined.contains("name=\"b\" sheetId=\"8\" r:id=\"rId9\"/></x:sheets>&amp;</x:workbook>"), "{joined}");
        let empty = String::from_utf8(joined_relations("<Relationships/>".as_bytes(), &[]).unwrap()).unwrap();
        assert_eq!(empty, "<Relationships></Relationships>");
        let macros = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
        assert!(joined_types(macros.as_bytes(), &[]).unwrap().is_none());
    }
}

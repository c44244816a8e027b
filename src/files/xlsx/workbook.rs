//! What the sheets of an .xlsx workbook share: their names, texts and formats.

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]

use std::io::Read;

use quick_xml::events::Event;

use super::package::Package;
use crate::facts::Kind;
use crate::files::container::SheetName;
use crate::files::number_format::Format;
use crate::files::xml::{Markup, add_text, attribute, number};

/// The most memory for what all sheets of a workbook share.
const TEXTS_MOST: usize = 512 * 1024 * 1024;

/// What the sheets share.
pub(crate) struct Parts {
    pub texts: Texts,
    /// How each style shows numbers.
    pub formats: Vec<Format>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}

/// The texts that cells refer to, one behind the other.
#[derive(Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(at)?)
    }

    fn end(&mut self) -> Result<(), Kind> {
        if self.text.len() + self.ends.len() * size_of::<usize>() > TEXTS_MOST {
            return Err(Kind::WorkbookTooLarge { most: TEXTS_MOST });
        }
        self.ends.push(self.text.len());
        Ok(())
    }
}

/// A workbook's sheets: their names and where they lie.
pub(crate) struct Book {
    pub main: Main,
    pub sheets: Vec<(SheetName, String)>,
    pub parts: Parts,
}

/// The part that leads to all others.
pub(crate) struct Main {
    pub path: String,
    pub styles: Option<String>,
    /// Whether it is written in the strict form, which hardly any program does.
    pub strict: bool,
}

/// Reads all that the sheets share.
pub(crate) fn read(package: &Package) -> Result<Book, Kind> {
    let roots = relations(package, "_rels/.rels", "")?;
    let main = roots.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    let strict = main.as_ref().is_some_and(|relation| relation.kind.starts_with("http://purl.oclc.org/"));
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let relations = relations_of(package, &main)?;
    let (found, from_1904) = sheets(Markup::new(package.read_bounded(&main)?, &main))?;
    let target = |id: &str| relations.iter().find(|relation| relation.id == id).map(|relation| relation.target.clone());
    let sheets = found.into_iter().filter_map(|(sheet, id)| target(&id).map(|path| (sheet, path))).collect();
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
    let texts = match of_kind("/sharedStrings").filter(|relation| package.has(&relation.target)) {
        Some(relation) => texts(Markup::new(package.read(&relation.target)?, &relation.target))?,
        None => Texts::default(),
    };
    let formats = match of_kind("/styles").filter(|relation| package.has(&relation.target)) {
        Some(relation) => formats(Markup::new(package.read_bounded(&relation.target)?, &relation.target))?,
        None => Vec::new(),
    };
    let styles = of_kind("/styles").map(|relation| relation.target.clone()).filter(|path| package.has(path));
    Ok(Book { main: Main { path: main, styles, strict }, sheets, parts: Parts { texts, formats, from_1904 } })
}

/// One part that another leads to.
pub(crate) struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// What a part leads to.
pub(crate) fn relations_of(package: &Package, path: &str) -> Result<Vec<Relation>, Kind> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    relations(package, &format!("{beside}_rels/{name}.rels"), &beside)
}

fn relations(package: &Package, path: &str, folder: &str) -> Result<Vec<Relation>, Kind> {
    let mut found = Vec::new();
    if !package.has(path) {
        return Ok(found);
    }
    let mut markup = Markup::new(package.read_bounded(path)?, path);
    loop {
        match markup.next()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Relationship" => {
                let text = |name: &str| attribute(&start, name).unwrap_or_default();
                found.push(Relation { id: text("Id"), kind: text("Type"), target: resolved(folder, &text("Target")) });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A path as it stands in the package.
fn resolved(folder: &str, target: &str) -> String {
    let whole = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

fn sheets<R: Read>(mut markup: Markup<R>) -> Result<(Vec<(SheetName, String)>, bool), Kind> {
    let (mut found, mut from_1904) = (Vec::new(), false);
    loop {
        match markup.next()? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "sheet" => {
                    let hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                    let name = attribute(&start, "name").unwrap_or_default();
                    found.push((SheetName { name, hidden }, attribute(&start, "id").unwrap_or_default()));
                }
                "workbookPr" => from_1904 = is_true(attribute(&start, "date1904")),
                _ => {}
            },
            Event::Eof => return Ok((found, from_1904)),
            _ => {}
        }
    }
}

fn texts<R: Read>(mut markup: Markup<R>) -> Result<Texts, Kind> {
    let mut texts = Texts::default();
    let (mut inside, mut aid, mut text) = (false, false, String::new());
    loop {
        let event = markup.next()?;
        match &event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => inside = !aid,
                "rPh" => aid = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => aid = false,
                "si" => {
                    texts.text.push_str(&plain(&text));
                    text.clear();
                    texts.end()?;
                }
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "si" => texts.end()?,
            Event::Eof => return Ok(texts),
            other if inside => add_text(other, &mut text),
            _ => {}
        }
        if text.len() > TEXTS_MOST {
            return Err(Kind::WorkbookTooLarge { most: TEXTS_MOST });
        }
    }
}

fn formats<R: Read>(mut markup: Markup<R>) -> Result<Vec<Format>, Kind> {
    const STYLES_MOST: usize = 65_536;
    let (mut own, mut formats, mut inside) = (Vec::new(), Vec::new(), false);
    loop {
        match markup.next()? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "numFmt" if own.len() < STYLES_MOST => {
                    let code = attribute(&start, "formatCode").unwrap_or_default();
                    own.push((number(&start, "numFmtId").unwrap_or(0), Format::of_code(&code)));
                }
                "cellXfs" => inside = true,
                "xf" if inside && formats.len() < STYLES_MOST => {
                    let id = number(&start, "numFmtId").unwrap_or(0);
                    let known = own.iter().find(|(own, _)| *own == id).map(|(_, format)| *format);
                    formats.push(known.unwrap_or_else(|| Format::built_in(u32::try_from(id).unwrap_or(0))));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => inside = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// Whether an attribute says yes.
pub(crate) fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

/// A text without the escapes that workbooks have for characters XML cannot hold (`_x000D_`).
pub(crate) fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let escape = rest.get(at..at + 7).filter(|escape| escape.ends_with('_'));
        let c = escape.and_then(|escape| u32::from_str_radix(&escape[2..6], 16).ok()).and_then(char::from_u32);
        let kept = if c.is_some() { at } else { at + 2 };
        plain.push_str(&rest[..kept]);
        plain.extend(c);
        rest = &rest[if c.is_some() { at + 7 } else { at + 2 }..];
    }
    plain.push_str(rest);
    plain.into()
}

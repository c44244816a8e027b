//! XML read as events, whatever its size: what one event may hold and how deep elements may lie is bounded, so that a
//! small file cannot unpack into a large memory.
//!
//! Names go without their prefix, references are resolved, and what is not quite XML is read as far as a spreadsheet
//! would. What the events mean is for the sheets and parts to say.

use std::fmt::Display;
use std::io::{BufRead, BufReader, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};

use super::sheet::fault_of;
use crate::facts::Kind;

/// The most that one tag or text may hold: far more than a cell can.
const LONGEST: usize = 4 * 1024 * 1024;
/// The deepest that elements may lie.
const DEEPEST: usize = 256;

/// Lets so many bytes through for each event.
struct Guarded<R> {
    input: BufReader<R>,
    read: usize,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.input.read(buffer)
    }
}

impl<R: Read> BufRead for Guarded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.read > LONGEST {
            return Err(std::io::Error::other("too long"));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.read += bytes;
        self.input.consume(bytes);
    }
}

/// XML being read.
pub(crate) struct Markup<R> {
    reader: Reader<Guarded<R>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The name of the part, for faults.
    part: String,
}

impl<R: Read> Markup<R> {
    pub fn new(input: R, part: &str) -> Self {
        let input = BufReader::with_capacity(64 * 1024, input);
        let mut reader = Reader::from_reader(Guarded { input, read: 0 });
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0, part: part.to_owned() }
    }

    /// The next event.
    pub fn next(&mut self) -> Result<Event<'_>, Kind> {
        self.buffer.clear();
        self.reader.get_mut().read = 0;
        let position = self.reader.buffer_position();
        let event = self.reader.read_event_into(&mut self.buffer);
        match &event {
            Ok(Event::Start(_)) => self.depth += 1,
            Ok(Event::End(_)) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(Kind::BrokenWorkbook { what: format!("{}: elements too deep", self.part) });
        }
        event.map_err(|error| fault(&error, &self.part, position))
    }

    /// The next row of a sheet: its tag, and whether it is empty. `None` at the end of the element that rows stand in.
    #[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the XML reader")]
    pub fn next_row(&mut self, row: &str, within: &str) -> Result<Option<(BytesStart<'static>, bool)>, Kind> {
        loop {
            match self.next()? {
                Event::Start(start) if start.local_name().as_ref() == row => {
                    return Ok(Some((start.into_owned(), false)));
                }
                Event::Empty(start) if start.local_name().as_ref() == row => {
                    return Ok(Some((start.into_owned(), true)));
                }
                Event::End(end) if end.local_name().as_ref() == within => return Ok(None),
                Event::Eof => return Err(self.broken("ends early")),
                _ => {}
            }
        }
    }

    /// The fault of a part that is not as it must be.
    pub fn broken(&self, what: impl Display) -> Kind {
        Kind::BrokenWorkbook { what: format!("{}: {what}", self.part) }
    }
}

fn fault(error: &Error, part: &str, position: u64) -> Kind {
    if let Error::Io(error) = error
        && let Some(kind) = fault_of(error)
    {
        return kind;
    }
    Kind::BrokenWorkbook { what: format!("{part}, byte {position}: {error}") }
}

/// The value of an attribute, its prefix aside.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| unescaped(&attribute.value))
}

/// An attribute that is a whole number.
pub(crate) fn number(start: &BytesStart<'_>, name: &str) -> Option<u64> {
    attribute(start, name)?.trim().parse().ok()
}

/// Text with its references resolved; one that is not known stays as it is.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Adds what a text event says; other events say nothing.
pub(crate) fn add_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => add_reference(reference, text),
        Event::Start(_)
        | Event::End(_)
        | Event::Empty(_)
        | Event::Comment(_)
        | Event::Decl(_)
        | Event::PI(_)
        | Event::DocType(_)
        | Event::Eof => {}
    }
}

/// Writes an event as it came.
pub(crate) fn raw_event(event: &Event<'_>, out: &mut Vec<u8>) {
    let (before, text, after) = match event {
        Event::Start(start) => ("<", start.as_ref(), ">"),
        Event::Empty(start) => ("<", start.as_ref(), "/>"),
        Event::End(end) => ("</", end.as_ref(), ">"),
        Event::Text(text) => ("", text.as_ref(), ""),
        Event::CData(text) => ("<![CDATA[", text.as_ref(), "]]>"),
        Event::Comment(text) => ("<!--", text.as_ref(), "-->"),
        Event::Decl(text) => ("<?", text.as_ref(), "?>"),
        Event::PI(text) => ("<?", text.as_ref(), "?>"),
        Event::DocType(text) => ("<!DOCTYPE ", text.as_ref(), ">"),
        Event::GeneralRef(name) => ("&", name.as_ref(), ";"),
        Event::Eof => return,
    };
    for part in [before, text, after] {
        out.extend_from_slice(part.as_bytes());
    }
}

fn add_reference(reference: &BytesRef<'_>, text: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        text.push(c);
        return;
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(known) => text.push_str(known),
        None if name == "nbsp" => text.push('\u{A0}'),
        None => text.push_str(&format!("&{name};")),
    }
}

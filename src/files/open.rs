//! Opening payroll files: the only place of the layer that touches the disk.
//!
//! Text is read once, as it comes. A workbook is read from several places, so what comes from a pipe is
//! kept in a file without a name.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read, Write, stdin};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::container::{ByteStream, Container, Text};
use super::csv::tabs::Tabbed;
use super::encoding::{Encoding, decoded, detect};
use super::workbook::Workbook;
use super::xlsx::package::SharedFile;
use crate::facts::{Fault, Faults, Kind, Outcome, Place, TextHint};

/// How much of the beginning tells what a file is.
const BEGINNING: usize = 64 * 1024;

/// A file that has been opened.
pub enum Opened {
    /// One table of text.
    Text(Text),
    /// Sheets.
    Book(Workbook),
}

/// Opens a file to be read, in the encoding asked for or the one that its beginning tells; `-` is
/// standard input. What is read is counted.
///
/// # Errors
/// No such file, a folder, no permission, the lock file of another program, an empty file, bytes that are no text,
/// and workbooks that are broken or encrypted; each at the file.
pub fn open(path: &str, asked: Option<Encoding>, read: &Arc<AtomicU64>) -> Outcome<Opened> {
    if let Some(kind) = lock_file(path) {
        return Err(Fault::at(kind, Place::File { path: path.to_owned() }).into());
    }
    let input: ByteStream = Box::new(Counted { input: raw(path)?, read: Arc::clone(read) });
    // What is no plain file can be read once only.
    let from = if size(path).is_some() { Again::Reopened(path, read) } else { Again::Kept };
    opened(input, asked, from).map_err(|error| fault(path, error))
}

/// The same for anything that can be read.
///
/// # Errors
/// As [`open`], but for what the disk says of a path.
///
/// ```
/// use shebao::files::{Opened, open_input};
/// // The first record of a workbook of Excel 4, which only a spreadsheet can open
/// assert!(open_input("old.xls", Box::new(&[9, 4, 6, 0][..]), None).is_err());
/// let opened = open_input("people.csv", Box::new("姓名,工资\n甲,5000\n".as_bytes()), None);
/// assert!(matches!(opened, Ok(Opened::Text(_))));
/// ```
pub fn open_input(name: &str, input: ByteStream, asked: Option<Encoding>) -> Outcome<Opened> {
    opened(input, asked, Again::Kept).map_err(|error| fault(name, error))
}

/// How a file is read once more.
#[derive(Clone, Copy)]
enum Again<'a> {
    /// What was read is kept in a file without a name.
    Kept,
    /// It is opened once more.
    Reopened(&'a str, &'a Arc<AtomicU64>),
}

/// Why a file could not be opened.
enum Unopened {
    System(std::io::Error),
    Fault(Box<Kind>),
}

impl From<std::io::Error> for Unopened {
    fn from(error: std::io::Error) -> Self {
        Self::System(error)
    }
}

impl From<Kind> for Unopened {
    fn from(kind: Kind) -> Self {
        Self::Fault(Box::new(kind))
    }
}

fn fault(path: &str, error: Unopened) -> Faults {
    let kind = match error {
        Unopened::System(error) => unreadable(path, &error),
        Unopened::Fault(kind) => *kind,
    };
    Fault::at(kind, Place::File { path: path.to_owned() }).into()
}

fn opened(mut input: ByteStream, asked: Option<Encoding>, from: Again<'_>) -> Result<Opened, Unopened> {
    let mut start = Vec::new();
    (&mut input).take(u64::try_from(BEGINNING).unwrap_or(0)).read_to_end(&mut start)?;
    let whole = start.len() < BEGINNING;
    match start.as_slice() {
        [] => Err(Kind::EmptyFile.into()),
        [b'P', b'K', 3..=8, 4..=8, ..] => Ok(Opened::Book(Workbook::zipped(&again(input, &start, from)?)?)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Ok(Opened::Book(Workbook::compound(&again(input, &start, from)?)?)),
        [0x09, 0 | 2 | 4 | 8, 4 | 6 | 8, 0, ..] => Err(Kind::NotText { hint: TextHint::OldExcel }.into()),
        _ => text(input, start, whole, asked, from),
    }
}

/// The file from its beginning, to be read from several places.
fn again(mut input: ByteStream, start: &[u8], from: Again<'_>) -> std::io::Result<SharedFile> {
    match from {
        Again::Reopened(path, read) => reopened(path, read),
        Again::Kept => {
            let mut file = tempfile::tempfile()?;
            file.write_all(start)?;
            std::io::copy(&mut input, &mut file)?;
            Ok(SharedFile::new(file, None))
        }
    }
}

fn text(
    input: ByteStream,
    start: Vec<u8>,
    whole: bool,
    asked: Option<Encoding>,
    from: Again<'_>,
) -> Result<Opened, Unopened> {
    let (encoding, mark) = match (detect(&start, whole), asked) {
        // What is no text at all stays so, whatever was asked for.
        (Err(hint), None) => return Err(Kind::NotText { hint }.into()),
        (Err(hint), Some(_)) if hint.is_certain() => return Err(Kind::NotText { hint }.into()),
        (Ok((found, mark)), Some(asked)) if found == asked => (asked, mark),
        (_, Some(asked)) => (asked, 0),
        (Ok(found), None) => found,
    };
    let mut shown = Vec::new();
    // A beginning that breaks off within a character is still a beginning.
    let _ = decoded(Box::new(Cursor::new(start[mark..].to_vec())), encoding).read_to_end(&mut shown);
    let container = text_container(&String::from_utf8_lossy(&shown));
    match container {
        Container::Html | Container::Xml2003 => {
            let file = again(input, &start, from)?;
            Ok(Opened::Book(Workbook::text(file, &start, container, encoding, mark)?))
        }
        Container::Csv | Container::Tsv | Container::Xlsx | Container::Xls | Container::Ods => {
            let mut rest = Cursor::new(start);
            rest.set_position(u64::try_from(mark).unwrap_or(0));
            let mut input: ByteStream = Box::new(rest.chain(input));
            if encoding.row_text().is_none() {
                input = decoded(input, encoding);
            }
            if container == Container::Tsv {
                input = Box::new(Tabbed::new(input));
            }
            Ok(Opened::Text(Text { input, container, encoding, mark: mark > 0 }))
        }
    }
}

/// Files that a program keeps beside the one it has open.
fn lock_file(path: &str) -> Option<Kind> {
    let name = Path::new(path).file_name()?.to_string_lossy().into_owned();
    let real = name.strip_prefix("~$").or_else(|| name.strip_prefix(".~lock.")).or_else(|| name.strip_prefix(".~"))?;
    Some(Kind::LockFile { real: real.trim_end_matches('#').to_owned() })
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens payroll files")]
fn raw(path: &str) -> Outcome<ByteStream> {
    if path == "-" {
        return Ok(Box::new(stdin()));
    }
    let fault = |kind: Kind| Fault::at(kind, Place::File { path: path.to_owned() });
    if Path::new(path).is_dir() {
        return Err(fault(Kind::IsADirectory { path: path.to_owned() }).into());
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(fault(unreadable(path, &error)).into()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens payroll files")]
fn reopened(path: &str, read: &Arc<AtomicU64>) -> std::io::Result<SharedFile> {
    File::open(path).map(|file| SharedFile::new(file, Some(Arc::clone(read))))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the standard library")]
fn unreadable(path: &str, error: &std::io::Error) -> Kind {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound => Kind::NoSuchFile { path },
        ErrorKind::PermissionDenied => Kind::NotAllowed { path },
        _ => Kind::Unreadable { path, message: error.to_string() },
    }
}

/// How many bytes a file has, where that is known before it is read.
///
/// ```
/// assert_eq!(shebao::files::size("-"), None);
/// ```
#[must_use]
pub fn size(path: &str) -> Option<u64> {
    let file = std::fs::metadata(path).ok().filter(|_| path != "-")?;
    if file.is_file() { Some(file.len()) } else { None }
}

/// ByteStream whose bytes are counted.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.read.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
        Ok(read)
    }
}

/// What a text file is, by its beginning in UTF-8.
fn text_container(start: &str) -> Container {
    let lower = start.trim_start().to_ascii_lowercase();
    if lower.starts_with("<?xml") || lower.starts_with("<?mso") || lower.starts_with("<workbook") {
        let spreadsheet = ["urn:schemas-microsoft-com:office:spreadsheet", "excel.sheet"];
        if spreadsheet.iter().any(|name| lower.contains(name)) {
            return Container::Xml2003;
        }
    }
    let page =
        ["<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<style", "<div", "<center", "<?xml", "<p"];
    if page.iter().any(|tag| lower.starts_with(tag)) && lower.contains("<t") {
        return Container::Html;
    }
    let (mut tabs, mut commas) = (0, 0);
    for line in start.lines().take(40) {
        let count = |mark| line.bytes().filter(|byte| *byte == mark).count();
        tabs += usize::from(count(b'\t') > count(b','));
        commas += usize::from(count(b',') > count(b'\t'));
    }
    if tabs > commas { Container::Tsv } else { Container::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_told_by_their_content() {
        for (start, expected) in [
            ("a,b\n1,2\n", Container::Csv),
            ("姓名\t工资\n甲\t30,000.00\n", Container::Tsv),
            ("姓名,身份证号\n甲,\t371\n", Container::Csv),
            ("<html><body><table><tr><td>1", Container::Html),
            ("  <TABLE border=1><tr>", Container::Html),
            ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", Container::Xml2003),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\"><table>", Container::Html),
            ("标题\n", Container::Csv),
        ] {
            assert_eq!(text_container(start), expected, "{start}");
        }
    }
}

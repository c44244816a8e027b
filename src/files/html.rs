//! HTML tables that go by the name of .xls, as payroll programs export them.
//!
//! What stands before a table is a row of its own, as a spreadsheet shows it; cells that reach over several columns
//! or rows leave blanks. The page is one sheet.

use html5gum::{DefaultEmitter, IoReader, StartTag, Token, Tokenizer};

use super::container::ByteStream;
use super::sheet::{COLUMNS_MOST, ROWS_MOST, Sheet, SheetRow};
use crate::facts::Kind;

/// The longest text of a cell.
const LONGEST: usize = 1024 * 1024;

/// A page being read.
pub(crate) struct HtmlSheet {
    tokens: Tokenizer<IoReader<ByteStream>, DefaultEmitter>,
    last: u64,
    /// The text of the cell that is open, or what stands outside of tables.
    text: String,
    place: Place,
    cell: Option<Cell>,
    column: usize,
    /// Cells that reach down into the rows below: column, and how many rows are left.
    reaching: Vec<(usize, u64)>,
    done: bool,
}

/// Where the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Table,
    Row { hidden: bool },
}

/// A cell that is open.
struct Cell {
    across: usize,
    down: u64,
}

impl HtmlSheet {
    pub fn open(text: ByteStream) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(IoReader::new(text), emitter);
        let (text, reaching) = (String::new(), Vec::new());
        Self { tokens, last: 0, text, place: Place::Outside, cell: None, column: 0, reaching, done: false }
    }

    /// A tag that opens something; `true` where it ends a row, or a text outside of tables.
    fn opened(&mut self, tag: &StartTag<()>, row: &mut SheetRow) -> Result<bool, Kind> {
        match (tag.name.0.as_slice(), self.place) {
            (b"td" | b"th", Place::Row { .. }) => {
                self.end_cell(row)?;
                let down = u64::try_from(span(tag, b"rowspan")).unwrap_or(1);
                self.cell = Some(Cell { across: span(tag, b"colspan"), down });
                Ok(false)
            }
            (b"br", _) => {
                self.text.push('\n');
                Ok(false)
            }
            (b"table", Place::Outside) => {
                let ended = self.end_text(row)?;
                self.place = Place::Table;
                Ok(ended)
            }
            (b"tr", Place::Table | Place::Outside) => {
                self.begin_row(tag, row);
                Ok(false)
            }
            (b"tr", Place::Row { .. }) => {
                self.end_row(row)?;
                // The row that begins here is opened when this one has been taken.
                self.place = Place::Row { hidden: is_hidden(tag) };
                Ok(true)
            }
            (b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"center", Place::Outside) => self.end_text(row),
            // What the page is called, and how it looks, is no row.
            (_, _) => Ok(false),
        }
    }

    /// A tag that closes something; `true` as above.
    fn closed(&mut self, name: &[u8], row: &mut SheetRow) -> Result<bool, Kind> {
        match (name, self.place) {
            (b"td" | b"th", Place::Row { .. }) => self.end_cell(row).map(|()| false),
            (b"tr", Place::Row { .. }) => {
                self.end_row(row)?;
                self.place = Place::Table;
                Ok(true)
            }
            (b"table", Place::Row { .. }) => {
                self.end_row(row)?;
                (self.place, self.reaching) = (Place::Outside, Vec::new());
                Ok(true)
            }
            (b"table", Place::Table) => {
                (self.place, self.reaching) = (Place::Outside, Vec::new());
                self.text.clear();
                Ok(false)
            }
            (b"title" | b"style" | b"script" | b"head", Place::Outside) => {
                self.text.clear();
                Ok(false)
            }
            (b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"center" | b"body", Place::Outside) => self.end_text(row),
            (_, _) => Ok(false),
        }
    }

    fn begin_row(&mut self, tag: &StartTag<()>, row: &mut SheetRow) {
        let hidden = is_hidden(tag);
        self.place = Place::Row { hidden };
        self.last += 1;
        (self.column, self.cell) = (0, None);
        self.text.clear();
        row.begin(self.last, hidden);
    }

    fn end_row(&mut self, row: &mut SheetRow) -> Result<(), Kind> {
        self.end_cell(row)?;
        for (_, left) in &mut self.reaching {
            *left -= 1;
        }
        self.reaching.retain(|(_, left)| *left > 0);
        Ok(())
    }

    fn end_cell(&mut self, row: &mut SheetRow) -> Result<(), Kind> {
        let text = std::mem::take(&mut self.text);
        let Some(cell) = self.cell.take() else { return Ok(()) };
        while self.reaching.iter().any(|(column, left)| *column == self.column && *left > 0) {
            self.column += 1;
        }
        let shown = collapsed(&text);
        if !shown.is_empty() {
            row.put(self.column, &shown)?;
        }
        let next = self.column.saturating_add(cell.across).min(COLUMNS_MOST);
        if cell.down > 1 {
            self.reaching.extend((self.column..next).map(|column| (column, cell.down)));
        }
        self.column = next;
        Ok(())
    }

    /// Ends what stands outside of tables: a row where it is more than blanks.
    fn end_text(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        let text = collapsed(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return Ok(false);
        }
        self.last += 1;
        row.begin(self.last, false);
        row.put(0, &text)?;
        Ok(true)
    }
}

impl Sheet for HtmlSheet {
    fn next_row(&mut self, row: &mut SheetRow) -> Result<bool, Kind> {
        if let Place::Row { hidden } = self.place {
            self.last += 1;
            self.column = 0;
            row.begin(self.last, hidden);
        }
        while !self.done {
            if self.last > ROWS_MOST {
                return Err(Kind::BrokenWorkbook { what: format!("HTML: row {}", self.last) });
            }
            let token = self.tokens.next().transpose();
            let token = token.map_err(|error| Kind::BrokenWorkbook { what: format!("HTML: {error}") })?;
            let ended = match token {
                Some(Token::StartTag(tag)) => self.opened(&tag, row)?,
                Some(Token::EndTag(tag)) => self.closed(&tag.name.0, row)?,
                Some(Token::String(part)) => {
                    if self.text.len() + part.value.0.len() > LONGEST {
                        return Err(Kind::RecordTooLong { limit: LONGEST });
                    }
                    if self.cell.is_some() || self.place == Place::Outside {
                        self.text.push_str(&String::from_utf8_lossy(&part.value.0));
                    }
                    false
                }
                Some(Token::Comment(_) | Token::Doctype(_) | Token::Error(_)) => false,
                None => {
                    self.done = true;
                    let place = std::mem::replace(&mut self.place, Place::Outside);
                    match place {
                        Place::Row { .. } => {
                            self.end_row(row)?;
                            true
                        }
                        Place::Outside => self.end_text(row)?,
                        Place::Table => false,
                    }
                }
            };
            if ended {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// How many columns or rows a cell covers.
fn span(tag: &StartTag<()>, name: &[u8]) -> usize {
    let text = tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value.0).into_owned());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(1).clamp(1, 65_536)
}

fn is_hidden(tag: &StartTag<()>) -> bool {
    let style = tag.attributes.get(b"style".as_slice()).map(|value| value.value.0.to_ascii_lowercase());
    style.is_some_and(|style| {
        let plain: Vec<u8> = style.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        memchr::memmem::find(&plain, b"display:none").is_some()
    })
}

/// Text as a page shows it: blanks of the source are one; those that were asked for stay.
fn collapsed(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let words: Vec<&str> = line.split([' ', '\t', '\r']).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    if text.chars().all(char::is_whitespace) { String::new() } else { text }
}

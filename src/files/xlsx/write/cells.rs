//! Cells as a sheet of a workbook writes them. Texts stand in their cells and are never formulas.
//!
//! Only an amount in its plain form, of no more digits than a spreadsheet keeps, becomes a number; an identity number
//! never does.

use crate::facts::{Kind, Outcome};

/// The most characters that a cell holds.
const CELL_MOST: usize = 32_767;
/// As many digits as a spreadsheet keeps of a number.
const DIGITS_MOST: usize = 15;

/// The letters of a column, from 0.
pub(crate) fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The names of the columns, worked out once.
pub(crate) struct Names(Vec<String>);

impl Names {
    pub fn new(columns: usize) -> Self {
        Self((0..columns).map(letters).collect())
    }

    pub fn get(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// A cell: where it stands, how it looks, what it holds.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub column: &'a str,
    pub row: u64,
    pub style: usize,
    /// The prefix of the sheet's elements.
    pub prefix: &'a str,
}

impl Cell<'_> {
    fn begin(self, kind: &str, out: &mut Vec<u8>) {
        out.push(b'<');
        out.extend_from_slice(self.prefix.as_bytes());
        out.extend_from_slice(b"c r=\"");
        out.extend_from_slice(self.column.as_bytes());
        write_number(self.row, out);
        if self.style > 0 {
            out.extend_from_slice(b"\" s=\"");
            write_number(u64::try_from(self.style).unwrap_or(0), out);
        }
        out.push(b'"');
        out.extend_from_slice(kind.as_bytes());
        out.push(b'>');
    }

    fn tag(self, name: &str, out: &mut Vec<u8>) {
        for part in ["<", self.prefix, name, ">"] {
            out.extend_from_slice(part.as_bytes());
        }
    }

    /// A text.
    pub fn text(self, text: &str, out: &mut Vec<u8>) -> Outcome<()> {
        let length = if text.len() > CELL_MOST { text.encode_utf16().count() } else { 0 };
        if length > CELL_MOST {
            return Err(Kind::CellTooLong { row: self.row, length, most: CELL_MOST }.into());
        }
        self.begin(" t=\"inlineStr\"", out);
        self.tag("is", out);
        let bare = text.trim().len() == text.len() && !text.contains(['\n', '\t', '\r']);
        self.tag(if bare { "t" } else { "t xml:space=\"preserve\"" }, out);
        escape(text, out);
        for name in ["/t", "/is", "/c"] {
            self.tag(name, out);
        }
        Ok(())
    }

    /// A number, written with its digits.
    pub fn number(self, digits: &[u8], out: &mut Vec<u8>) {
        self.begin("", out);
        self.tag("v", out);
        out.extend_from_slice(digits);
        self.tag("/v", out);
        self.tag("/c", out);
    }
}

/// Writes a whole number.
pub(crate) fn write_number(number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let (mut at, mut left) = (digits.len(), number);
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Whether a text is an amount that a spreadsheet keeps to the fen: digits, at most two of them decimals.
pub(crate) fn is_amount(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, decimals) = match digits.iter().position(|byte| *byte == b'.') {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, &b""[..]),
    };
    let plain = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let leading = whole.len() > 1 && whole.starts_with(b"0");
    let dot = digits.len() > whole.len();
    !whole.is_empty()
        && !leading
        && plain(whole)
        && plain(decimals)
        && dot != decimals.is_empty()
        && decimals.len() <= 2
        && digits.len() <= DIGITS_MOST
}

/// Writes a text as XML; what XML cannot hold is written as spreadsheets escape it.
pub(crate) fn escape(text: &str, out: &mut Vec<u8>) {
    let plain = |byte: u8| byte >= 0x20 && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'_' | 0xEF);
    if text.bytes().all(plain) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\n' | '\t' => out.push(if c == '\n' { b'\n' } else { b'\t' }),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.extend_from_slice(format!("_x{:04X}_", u32::from(c)).as_bytes());
            }
            '_' if is_escape(&text[at..]) => out.extend_from_slice(b"_x005F_"),
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Whether a text begins with what would be read as an escaped character.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes.get(6) == Some(&b'_')
}

/// A text as XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    escape(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// How wide a text is, in the widths of a digit: Chinese characters take two.
pub(crate) fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(|c| 1 + usize::from(c >= '\u{1100}')).sum()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn only_amounts_become_numbers() {
        for amount in ["0", "0.5", "5000", "-5000.00", "123456789012.34"] {
            assert!(is_amount(amount.as_bytes()), "{amount}");
        }
        for text in ["", "-", ".5", "5.", "007", "1.234", "1,000.00", "=1+1", "371003199005129968", "1e5", "１"] {
            assert!(!is_amount(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        for (text, expected) in [
            ("a<b>&\"", "a&lt;b&gt;&amp;&quot;"),
            ("\u{1F}371", "_x001F_371"),
            ("_x0041_", "_x005F_x0041_"),
            ("a_b\nc", "a_b\nc"),
            ("丛一禾", "丛一禾"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}

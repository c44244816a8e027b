//! Finds rows and cells: one pass over commas, line ends and quotes, sixty-four bytes at a time.
//!
//! A quote opens a cell only where the cell begins; inside, two quotes are one. Everything else is
//! content, so a stray quote in the middle of a cell harms nothing. None of the three bytes occurs
//! inside a character of UTF-8 or GB18030, so rows are cut before anything is decoded.

use wide::u8x16;

/// How many bytes are looked at together.
pub(crate) const WORD: usize = 64;

/// Which of sixty-four bytes matter, the first one in the lowest bit.
#[derive(Clone, Copy)]
pub(crate) struct Separators {
    /// Commas.
    pub commas: u64,
    /// Line ends and quotes.
    pub breaks: u64,
}

/// Walks over the rows of a text.
pub(crate) struct Scan<'b> {
    bytes: &'b [u8],
    /// Where the next row begins.
    at: usize,
    /// Where the bits of `marks` begin, and those not yet visited.
    word: usize,
    marks: Separators,
}

/// One row that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it begins.
    pub start: usize,
    /// Where its content ends.
    pub end: usize,
    /// Whether every quote that was opened is closed.
    pub closed: bool,
    /// Whether a line end follows.
    pub ended: bool,
    /// How many cells it has.
    pub cells: usize,
}

/// Where the cells of a row end, counted from its start; only as many as the row has cells hold.
pub(crate) type Ends = Vec<usize>;

impl<'b> Scan<'b> {
    /// Begins at the beginning of a row.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, word: 0, marks: bytes.get(..WORD).map_or_else(|| tail(bytes), separators) }
    }

    /// Where the next row begins.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes on to the next sixty-four bytes; `false` at the end.
    #[inline]
    fn next_word(&mut self) -> bool {
        self.word += WORD;
        self.marks = match self.bytes.get(self.word..self.word + WORD) {
            Some(word) => separators(word),
            None => match self.bytes.get(self.word..).filter(|rest| !rest.is_empty()) {
                Some(rest) => tail(rest),
                None => return false,
            },
        };
        true
    }

    /// The next line end or quote; `None` at the end. The commas before it end cells.
    #[inline]
    fn next_break(&mut self, ends: &mut Ends, cells: &mut usize) -> Option<usize> {
        loop {
            let Separators { commas, breaks } = self.marks;
            let bit = breaks & breaks.wrapping_neg();
            // All below the lowest break, or everything where there is none.
            let mut before = commas & bit.wrapping_sub(1);
            let origin = self.word.wrapping_sub(self.at);
            if ends.len() < *cells + WORD {
                ends.resize((*cells + WORD) * 2, 0);
            }
            let room = &mut ends[*cells..*cells + WORD];
            let mut count = 0;
            while before != 0 {
                room[count % WORD] = origin.wrapping_add(lowest(before));
                count += 1;
                before &= before - 1;
            }
            *cells += count;
            if breaks != 0 {
                self.marks = Separators { commas: commas & !bit.wrapping_sub(1), breaks: breaks & (breaks - 1) };
                return Some(self.word + lowest(breaks));
            }
            if !self.next_word() {
                self.marks = Separators { commas: 0, breaks: 0 };
                return None;
            }
        }
    }

    /// Skips to behind the closing quote of the cell that was opened; `false` where there is none.
    #[inline(never)]
    fn close_quote(&mut self) -> bool {
        loop {
            let breaks = self.marks.breaks;
            if breaks == 0 {
                if self.next_word() {
                    continue;
                }
                // What is left belongs to the cell.
                self.marks.commas = 0;
                return false;
            }
            let at = self.word + lowest(breaks);
            let passed = breaks ^ (breaks - 1);
            self.marks = Separators { commas: self.marks.commas & !passed, breaks: breaks & (breaks - 1) };
            if self.bytes.get(at) == Some(&b'"') {
                if self.bytes.get(at + 1) != Some(&b'"') {
                    return true;
                }
                // Two quotes are one: the second is passed over, here or at the start of the next word.
                if self.marks.breaks == 0 && !self.next_word() {
                    return false;
                }
                self.marks.breaks &= self.marks.breaks.wrapping_sub(1);
            }
        }
    }

    /// The next row; where its cells end goes into `ends`.
    #[inline]
    pub fn next_row(&mut self, ends: &mut Ends) -> Option<Found> {
        let (bytes, start) = (self.bytes, self.at);
        if start >= bytes.len() {
            return None;
        }
        let (mut cells, mut closed) = (0, true);
        // Where the cell after the last comma begins.
        let cell = |ends: &Ends, cells: usize| if cells == 0 { start } else { start + ends[cells - 1] + 1 };
        while let Some(at) = self.next_break(ends, &mut cells) {
            if bytes[at] == b'\n' {
                let end = if at > start && bytes[at - 1] == b'\r' { at - 1 } else { at };
                self.at = at + 1;
                return Some(finished(Found { start, end, closed, ended: true, cells }, ends));
            }
            // A quote opens a cell only where the cell begins.
            if at == cell(ends, cells) {
                closed = self.close_quote();
            }
        }
        let end = bytes.len();
        let end = if closed && end > cell(ends, cells) && bytes[end - 1] == b'\r' { end - 1 } else { end };
        self.at = bytes.len();
        Some(finished(Found { start, end, closed, ended: false, cells }, ends))
    }
}

/// The row with its last cell, which no comma ends.
#[inline]
fn finished(found: Found, ends: &mut Ends) -> Found {
    if ends.len() <= found.cells {
        ends.resize(found.cells + WORD, 0);
    }
    ends[found.cells] = found.end - found.start;
    Found { cells: found.cells + 1, ..found }
}

/// The place of the lowest bit.
#[inline]
pub(crate) fn lowest(bits: u64) -> usize {
    // At the most 64.
    usize::try_from(bits.trailing_zeros()).unwrap_or(0)
}

#[inline]
fn separators(word: &[u8]) -> Separators {
    let [commas, newlines, quotes] = find(word, [b',', b'\n', b'"']);
    Separators { commas, breaks: newlines | quotes }
}

/// The same for fewer bytes.
fn tail(rest: &[u8]) -> Separators {
    separators(&padded(rest))
}

/// Where each of these bytes stands among sixty-four, the first one in the lowest bit.
#[inline]
pub(crate) fn find<const N: usize>(word: &[u8], wanted: [u8; N]) -> [u64; N] {
    let wanted = wanted.map(u8x16::splat);
    let mut found = [0; N];
    let (parts, _) = word.as_chunks::<16>();
    for (at, part) in (0_u32..4).zip(parts) {
        let bytes = u8x16::new(*part);
        for (found, wanted) in found.iter_mut().zip(wanted) {
            *found |= u64::from(bytes.cmp_eq(wanted).move_mask().cast_unsigned()) << (16 * at);
        }
    }
    found
}

/// Fewer than sixty-four bytes, filled up with zeros.
pub(crate) fn padded(rest: &[u8]) -> [u8; WORD] {
    let mut word = [0; WORD];
    word[..rest.len()].copy_from_slice(rest);
    word
}

/// Which commas and line feeds are no content, sixty-four bytes at a time, where every quote that opens stands where
/// a cell begins: a quote changes from outside to inside and back, and two quotes inside a cell close and open again.
#[derive(Debug)]
pub(crate) struct Regular {
    /// All bits, where the byte before is inside.
    inside: u64,
    /// One, where a quote may open at the next byte: at the beginning, behind a comma, a line feed or a quote.
    may_open: u64,
}

impl Regular {
    /// Begins at the beginning of a row.
    pub fn new() -> Self {
        Self { inside: 0, may_open: 1 }
    }

    /// The commas and line feeds that end cells and rows; `None` where a quote opens inside a cell.
    #[inline]
    pub fn next(&mut self, word: &[u8]) -> Option<[u64; 2]> {
        let [commas, newlines, quotes] = find(word, [b',', b'\n', b'"']);
        // Each bit becomes whether the quotes up to it are odd.
        let mut inside = quotes;
        for shift in [1, 2, 4, 8, 16, 32] {
            inside ^= inside << shift;
        }
        inside ^= self.inside;
        let (commas, newlines) = (commas & !inside, newlines & !inside);
        let behind = commas | newlines | quotes;
        if quotes & inside & !(behind << 1 | self.may_open) != 0 {
            return None;
        }
        *self = Self { inside: 0_u64.wrapping_sub(inside >> 63), may_open: behind >> 63 };
        Some([commas, newlines])
    }

    /// Whether a quote is still to be closed.
    pub fn is_inside(&self) -> bool {
        self.inside != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(Vec<&str>, bool)> {
        let (mut scan, mut ends, mut rows) = (Scan::new(text.as_bytes()), Vec::new(), Vec::new());
        while let Some(found) = scan.next_row(&mut ends) {
            let row = &text[found.start..found.end];
            let mut start = 0;
            let mut cells = Vec::new();
            for end in &ends[..found.cells] {
                cells.push(&row[start..*end]);
                start = end + 1;
            }
            rows.push((cells, found.closed));
        }
        rows
    }

    #[test]
    fn cells_keep_commas_inside_quotes_and_stray_quotes_outside() {
        for (row, expected, closed) in [
            ("a,b,c", vec!["a", "b", "c"], true),
            ("\"a,b\",c", vec!["\"a,b\"", "c"], true),
            ("5\" pipe,2", vec!["5\" pipe", "2"], true),
            (",,", vec!["", "", ""], true),
            ("\"\",x", vec!["\"\"", "x"], true),
            ("\"a\"\"b\",\"\"\"\"", vec!["\"a\"\"b\"", "\"\"\"\""], true),
            ("\"a\"b\",c", vec!["\"a\"b\"", "c"], true),
            ("a,\"b", vec!["a", "\"b"], false),
            ("a,\"b,c\nd", vec!["a", "\"b,c\nd"], false),
        ] {
            assert_eq!(cells(row), [(expected, closed)], "{row}");
        }
    }

    #[test]
    fn rows_are_cut_where_they_end_and_not_inside_quotes() {
        let rows = cells("1,2\n\"x\ny\",\"p\"\"\n,q\"\r\n\n3,4");
        let expected = [vec!["1", "2"], vec!["\"x\ny\"", "\"p\"\"\n,q\""], vec![""], vec!["3", "4"]];
        assert_eq!(rows, expected.map(|cells| (cells, true)));
    }

    proptest::proptest! {
        /// An oracle that walks byte by byte, written from the rule alone.
        #[test]
        fn the_same_cells_as_walking_byte_by_byte(text in "[a,\"\n\r]{0,200}") {
            let bytes = text.as_bytes();
            let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
            let (mut quoted, mut at) = (false, 0);
            while at < bytes.len() {
                let c = char::from(bytes[at]);
                if quoted && c == '"' && bytes.get(at + 1) == Some(&b'"') {
                    cell.push('"');
                    at += 1;
                } else if c == '"' && (quoted || cell.is_empty()) {
                    quoted = !quoted;
                } else if !quoted && (c == ',' || c == '\n') {
                    if c == '\n' { cell = cell.strip_suffix('\r').unwrap_or(&cell).to_owned(); }
                    row.push(std::mem::take(&mut cell));
                    if c == '\n' { rows.push((std::mem::take(&mut row), true)); }
                    at += 1;
                    continue;
                }
                cell.push(c);
                at += 1;
            }
            if !text.is_empty() && !text.ends_with('\n') || quoted {
                if !quoted { cell = cell.strip_suffix('\r').unwrap_or(&cell).to_owned(); }
                row.push(cell);
                rows.push((row, !quoted));
            }
            let found = cells(&text);
            let found: Vec<(Vec<String>, bool)> =
                found.into_iter().map(|(cells, closed)| (cells.into_iter().map(str::to_owned).collect(), closed)).collect();
            proptest::prop_assert_eq!(found, rows);
        }
    }
}

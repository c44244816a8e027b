//! Places in somebody's text: a line of a table, a cell of a payroll file, a flag.

use std::ops::Range;

/// One line of a file, with the part of it that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file as the user knows it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The text of the line.
    pub text: String,
    /// The part of the text that matters, in bytes of `text`, on character boundaries.
    pub span: Range<usize>,
}

impl Excerpt {
    /// The excerpt of `text` (the whole content of `file`) at a byte range; an excerpt covers one
    /// line, so a range over several is cut at the end of the first.
    #[must_use]
    pub fn of(file: &str, text: &str, span: Range<usize>) -> Self {
        let start = floor_boundary(text, span.start);
        let bytes = text.as_bytes();
        let line_start = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |newline| newline + 1);
        let line_end = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |newline| start + newline);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let end = floor_boundary(text, span.end).clamp(start, line_start + line.len().max(start - line_start));
        Self {
            file: file.to_owned(),
            line: memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count() + 1,
            text: line.to_owned(),
            span: (start - line_start).min(line.len())..(end - line_start).min(line.len()),
        }
    }

    /// The column of the part that matters, in characters from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.text[..self.span.start].chars().count() + 1
    }
}

/// The nearest character boundary at or before `index`.
fn floor_boundary(text: &str, index: usize) -> usize {
    let mut at = index.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// Nowhere in particular.
    #[default]
    Nowhere,
    /// What was typed after a flag.
    Flag {
        /// The flag, such as `--month`.
        flag: String,
        /// The text after it.
        text: String,
    },
    /// A line of a table file or of the configuration.
    Line(Excerpt),
    /// A file as a whole.
    File {
        /// The file as the user named it.
        path: String,
    },
    /// A cell (or, without a heading, a row) of a payroll file.
    Cell {
        /// The file as the user named it.
        file: String,
        /// The row as a spreadsheet shows it, the first line being 1.
        row: u64,
        /// The column from 1, and its heading as it stands.
        column: Option<(usize, String)>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_spans_stay_on_the_line() {
        let text = "一 = 1\n费率 = 二\n";
        let at = text.find('二').unwrap();
        let excerpt = Excerpt::of("t", text, at..at + 3);
        assert_eq!((excerpt.line, excerpt.column(), &excerpt.text[excerpt.span.clone()]), (2, 6, "二"));
        let whole = Excerpt::of("t", text, 0..text.len());
        assert_eq!(&whole.text[whole.span.clone()], "一 = 1");
        for start in 0..=text.len() + 2 {
            for end in 0..=text.len() + 2 {
                let excerpt = Excerpt::of("t", text, start..end);
                assert!(excerpt.text.get(excerpt.span.clone()).is_some());
            }
        }
    }
}

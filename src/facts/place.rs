//! Places in somebody's text: a line of a table, a cell of a payroll file, a flag.
//!
//! A fault points at one. An excerpt covers one line and counts columns in characters. Table blocks keep spans of
//! bytes as the parser left them; a line is cut out only when somebody asks for it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

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
    ///
    /// ```
    /// use shebao::facts::Excerpt;
    /// let excerpt = Excerpt::of("2019.toml", "from = 1\nto = 二\n", 14..17);
    /// assert_eq!((excerpt.line, excerpt.column(), excerpt.text.as_str()), (2, 6, "to = 二"));
    /// ```
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

    /// The excerpt of the whole line that holds the byte `at`.
    #[must_use]
    pub fn line(file: &str, text: &str, at: usize) -> Self {
        let excerpt = Self::of(file, text, at..at);
        Self { span: 0..excerpt.text.len(), ..excerpt }
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

/// One table file: its text, and what it is called in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// Its path, as the user knows it.
    pub path: String,
    /// Its path under the folder of tables.
    pub name: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// A block in its table file, with the spans of its values as the parser left them.
///
/// Spans are kept instead of lines: a line is cut out of the text only when somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockPlace {
    /// The file.
    pub file: Arc<TableFile>,
    /// The heading of the block, in bytes of the file.
    pub heading: Range<usize>,
    /// The value of each key, in bytes of the file.
    pub values: Vec<(&'static str, Range<usize>)>,
}

impl BlockPlace {
    /// The heading of the block.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::Line(Excerpt::of(&self.file.path, &self.file.text, self.heading.clone()))
    }

    /// The value of the first of these keys in the block; the heading where it has none of them.
    #[must_use]
    pub fn value(&self, keys: &[&str]) -> Place {
        self.span(keys).map_or_else(
            || self.place(),
            |span| Place::Line(Excerpt::of(&self.file.path, &self.file.text, span.clone())),
        )
    }

    /// The whole line of the first of these keys in the block; the heading where it has none of them.
    #[must_use]
    pub fn line_with(&self, keys: &[&str]) -> Place {
        self.span(keys).map_or_else(
            || self.place(),
            |span| Place::Line(Excerpt::line(&self.file.path, &self.file.text, span.start)),
        )
    }

    /// The span of the value of the first of these keys, in order of the text.
    fn span(&self, keys: &[&str]) -> Option<&Range<usize>> {
        let held = self.values.iter().filter(|(key, _)| keys.contains(key));
        held.map(|(_, span)| span).min_by_key(|span| span.start)
    }
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
    fn lines_come_from_the_kept_spans() {
        let text = "[[first]]\nrate = \"1%\"\n\n[[second]]\n  rate = \"2%\" # 二\nlist = [\n 1,\n]\n";
        let span = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        let file = Arc::new(TableFile { path: "p".into(), name: "n".into(), text: text.into() });
        let place = BlockPlace {
            file,
            heading: span("[[second]]"),
            values: vec![("list", span("[\n")), ("rate", span("\"2%\""))],
        };
        let shown = |place: Place| {
            let Place::Line(excerpt) = place else { panic!("{place:?}") };
            (excerpt.line, excerpt.text[excerpt.span.clone()].to_owned())
        };
        assert_eq!(shown(place.line_with(&["none", "rate"])), (5, "  rate = \"2%\" # 二".to_owned()));
        assert_eq!(shown(place.line_with(&["list", "rate"])).0, 5, "the first in the text");
        assert_eq!(shown(place.line_with(&["list"])), (6, "list = [".to_owned()));
        assert_eq!(shown(place.line_with(&["none"])), (4, "[[second]]".to_owned()));
        assert_eq!(shown(place.value(&["rate"])), (5, "\"2%\"".to_owned()));
        assert_eq!(shown(place.value(&["none"])), shown(place.place()));
    }

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

//! JSON as text: whole results, and the rows of a file one by one.
//!
//! Whole results are structs of [`results`](super::results) and serialized as they are. Rows of files come as cells that
//! are text already and are written object by object, so that memory does not grow with the file. Amounts stay text,
//! since readers take JSON numbers for floating-point ones; whole numbers and truths are written bare.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::files::Content;

/// A result as indented JSON, without a line feed at its end.
///
/// ```
/// use shebao::render::json_text;
/// assert_eq!(json_text(&["16%"]), "[\n  \"16%\"\n]");
/// ```
pub fn json_text(result: &impl Serialize) -> String {
    // Plain data can always be written.
    serde_json::to_string_pretty(result).unwrap_or_default()
}

/// How the objects of rows are laid out, and what becomes of blank cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLayout {
    /// In the list of an indented document; a blank cell is null.
    Listed,
    /// On a line of its own; a blank cell is left out.
    Line,
}

/// Rows of cells as JSON objects.
pub struct JsonRows {
    /// For each column what stands before its value, and what its cells hold.
    columns: Vec<(Vec<u8>, Content)>,
    layout: RowLayout,
}

impl JsonRows {
    /// Rows with these names as keys, in their order; a name that comes again is numbered. `first` gives the content of the
    /// first columns and `last` that of the last ones; all between are text.
    ///
    /// ```
    /// use shebao::files::Content;
    /// use shebao::render::{JsonRows, RowLayout};
    /// let names = ["row", "工资", "工资", "total"].map(str::to_owned).into_iter();
    /// let rows = JsonRows::new(names, (&[Content::Number], &[Content::Amount]), RowLayout::Line);
    /// let mut out = Vec::new();
    /// rows.write(&["2", "5000", "", "400.00"].map(Into::into), &mut out);
    /// assert_eq!(String::from_utf8_lossy(&out), r#"{"row":2,"工资":"5000","total":"400.00"}"#);
    /// rows.write(&["3", "1", "2", ""].map(Into::into), &mut out);
    /// assert!(out.ends_with(r#""工资 (2)":"2"}"#.as_bytes()));
    /// ```
    pub fn new(
        names: impl Iterator<Item = String>,
        (first, last): (&[Content], &[Content]),
        layout: RowLayout,
    ) -> Self {
        let names = each_once(names);
        let end = names.len().saturating_sub(last.len());
        let content = |at: usize| match at.checked_sub(end) {
            Some(at) => last.get(at),
            None => first.get(at),
        };
        let columns = names.iter().enumerate().map(|(at, name)| {
            let (before, after) = match layout {
                RowLayout::Listed => ("\n      ", ": "),
                RowLayout::Line => ("", ":"),
            };
            let key = format!("{before}{}{after}", serde_json::Value::from(name.as_str()));
            (key.into_bytes(), content(at).copied().unwrap_or(Content::Text))
        });
        Self { columns: columns.collect(), layout }
    }

    /// Appends one row as an object, without a comma or line feed after it. A cell beyond the names is left out.
    pub fn write(&self, cells: &[Cow<'_, str>], out: &mut Vec<u8>) {
        out.push(b'{');
        let mut first = true;
        for ((key, content), cell) in self.columns.iter().zip(cells) {
            if cell.is_empty() && self.layout == RowLayout::Line {
                continue;
            }
            if !first {
                out.push(b',');
            }
            first = false;
            out.extend_from_slice(key);
            match content {
                _ if cell.is_empty() => out.extend_from_slice(b"null"),
                Content::Number | Content::Truth => out.extend_from_slice(cell.as_bytes()),
                Content::Text | Content::Amount | Content::Decimal | Content::Status => {
                    // Writing into memory cannot fail.
                    let _ = serde_json::to_writer(&mut *out, cell);
                }
            }
        }
        out.extend_from_slice(if self.layout == RowLayout::Listed { b"\n    }" } else { b"}" });
    }
}

/// Names as keys: one that comes again is numbered, so that no column is lost.
fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let (mut keys, mut taken, mut times) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
    for name in names {
        let mut key = name.clone();
        while !taken.insert(key.clone()) {
            let times = times.entry(name.clone()).or_insert(1_u32);
            *times += 1;
            key = format!("{name} ({times})");
        }
        keys.push(key);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_its_key_however_many_are_named_alike() {
        let names = ["备注", "备注 (2)", "备注", "月份"].map(str::to_owned);
        assert_eq!(each_once(names.into_iter()), ["备注", "备注 (2)", "备注 (3)", "月份"]);
        // As many as a sheet has, one after the other and not each against all others.
        let keys = each_once(std::iter::repeat_n("合计".to_owned(), 16_384));
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 16_384);
        assert_eq!(keys[16_383], "合计 (16384)");
    }
}

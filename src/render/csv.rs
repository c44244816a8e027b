//! Sheets: the main table of a page under code headings, and the quoting of single cells.
//!
//! Only what programs read: codes and plain amounts, no title, footer or remarks. Rows of files are written by
//! [`files::Lines`](Lines) as they come and not from a page.

use super::page::{Page, cell_text};
use crate::files::Lines;

/// The main table of the page.
pub(super) fn render(page: &Page) -> String {
    let mut text = String::new();
    if let Some(table) = page.tables.first() {
        let headings: Vec<String> = table.columns.iter().map(|column| csv_cell(&column.code)).collect();
        text.push_str(&headings.join(","));
        text.push('\n');
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| csv_cell(&cell_text(cell))).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text
}

/// A text as one CSV cell, quoted where it has a comma, a quote or a line break.
///
/// ```
/// use shebao::render::csv_cell;
/// assert_eq!(csv_cell("养老"), "养老");
/// assert_eq!(csv_cell("12\" pipe, new"), "\"12\"\" pipe, new\"");
/// ```
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let mut line = Lines::default();
    line.cell(text.as_bytes());
    String::from_utf8_lossy(line.bytes()).into_owned()
}

//! Sheets: the main table of a page under code headings, and the quoting of single cells.

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

/// A text as one CSV cell, quoted where it must be.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let mut line = Lines::default();
    line.cell(text.as_bytes());
    String::from_utf8_lossy(line.bytes()).into_owned()
}

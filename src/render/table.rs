//! A page for a terminal: columns aligned by display width, no lines drawn.
//!
//! A Chinese character takes two places, so columns are padded by width and not by characters.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement};

use super::page::{Align, Page, Table};

/// The page as text.
pub(super) fn render(page: &Page) -> String {
    let mut text = String::new();
    if !page.title.is_empty() {
        text.push_str(&page.title);
        text.push_str("\n\n");
    }
    for table in &page.tables {
        text.push_str(&lines(table));
        text.push('\n');
    }
    for remark in &page.remarks {
        text.push_str(&format!(" {remark}\n"));
    }
    if let Some((heading, table, documents)) = &page.explanation {
        text.push_str(&format!("\n{heading}\n\n{}\n", lines(table)));
        for document in documents {
            text.push_str(&format!(" {document}\n"));
        }
    }
    text
}

/// One table; the last line of its footer stands apart by its content, not by a rule.
fn lines(table: &Table) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    drawn.set_header(table.seen().map(|(_, heading)| heading));
    for row in table.seen_rows() {
        drawn.add_row(row);
    }
    for (at, (column, _)) in table.seen().enumerate() {
        if let Some(drawn) = drawn.column_mut(at) {
            drawn.set_padding((1, 2));
            drawn.set_cell_alignment(match column.align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            });
        }
    }
    let mut text = String::new();
    for line in drawn.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

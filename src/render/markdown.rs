//! A page as Markdown, for documents and mail.

use super::page::{Align, Page, Table};

/// The page as Markdown.
pub(super) fn render(page: &Page) -> String {
    let mut text = String::new();
    if !page.title.is_empty() {
        text.push_str(&format!("## {}\n\n", escaped(&page.title)));
    }
    for table in &page.tables {
        text.push_str(&lines(table));
        text.push('\n');
    }
    for remark in &page.remarks {
        text.push_str(&format!("- {}\n", escaped(remark)));
    }
    if let Some((heading, table, documents)) = &page.explanation {
        text.push_str(&format!("\n### {}\n\n{}\n", escaped(heading), lines(table)));
        for document in documents {
            text.push_str(&format!("- {}\n", escaped(document)));
        }
    }
    text
}

fn lines(table: &Table) -> String {
    let headings: Vec<String> = table.seen().map(|(_, heading)| escaped(heading)).collect();
    let rules: Vec<&str> =
        table.seen().map(|(column, _)| if column.align == Align::Right { "--:" } else { ":--" }).collect();
    let mut text = format!("| {} |\n| {} |\n", headings.join(" | "), rules.join(" | "));
    for row in table.seen_rows() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

/// Text that Markdown does not take for its own marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

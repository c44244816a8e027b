//! A page as Markdown, for documents and mail; single rows for results that are written as they come.
//!
//! What people see of a page, with the marks of Markdown escaped.

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
    let mut text = markdown_headings(table.seen().map(|(column, heading)| (heading, column.align)));
    for row in table.seen_rows() {
        text.push_str(&markdown_row(row.iter().map(String::as_str)));
    }
    text
}

/// The first two lines of a table: the headings, and how each column is aligned.
///
/// ```
/// use shebao::render::{Align, markdown_headings, markdown_row};
/// let columns = [("Side", Align::Left), ("Amount", Align::Right)];
/// assert_eq!(markdown_headings(columns.into_iter()), "| Side | Amount |\n| :-- | --: |\n");
/// assert_eq!(markdown_row(["a|b", "1.00"].into_iter()), "| a\\|b | 1.00 |\n");
/// ```
pub fn markdown_headings<'a>(columns: impl Iterator<Item = (&'a str, Align)>) -> String {
    let rule = |align| match align {
        Align::Left => ":--",
        Align::Right => "--:",
    };
    let (headings, rules): (Vec<&str>, Vec<&str>) = columns.map(|(heading, align)| (heading, rule(align))).unzip();
    markdown_row(headings.into_iter()) + &markdown_row(rules.into_iter())
}

/// One row of a table, with the marks of Markdown escaped. Columns are not padded, so rows can be written one by one.
pub fn markdown_row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut text = "|".to_owned();
    for cell in cells {
        text.push(' ');
        push_escaped(cell, &mut text);
        text.push_str(" |");
    }
    text.push('\n');
    text
}

/// Text that Markdown does not take for its own marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
}

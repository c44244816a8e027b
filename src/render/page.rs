//! A page: what a result shows, before any format.
//!
//! A page has values and not text, so that each format shows them its own way: an amount has thousands marks for people
//! ([`grouped`]) and none for programs ([`cell_text`]), a code has a name beside it. Which columns and tables a page has is
//! decided by the commands in `cli`.

use crate::units::{Date, Decimal, Money, Month, Rate, write_fen};

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words or a code.
    Text(String),
    /// A code for programs with its name for people.
    Named {
        /// The code, which never changes with the language.
        code: String,
        /// The name.
        name: String,
    },
    /// An amount.
    Money(Money),
    /// A sum of amounts in fen, which may be wider than one amount.
    Sum(i128),
    /// A rate.
    Rate(Rate),
    /// A month.
    Month(Month),
    /// A date.
    Date(Date),
    /// A whole number.
    Count(i64),
    /// Another number.
    Number(Decimal),
}

impl Cell {
    /// An amount, or nothing.
    #[must_use]
    pub fn money(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, Self::Money)
    }

    /// A code with its name.
    pub fn named(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Named { code: code.into(), name: name.into() }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column: its code for sheets and programs, its heading for people.
#[derive(Clone, Debug)]
pub struct Column {
    /// The code, which never changes with the language.
    pub code: String,
    /// The heading; without one the column is for programs only.
    pub heading: Option<String>,
    /// How it is aligned.
    pub align: Align,
}

impl Column {
    /// A column of words.
    pub fn left(code: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { code: code.into(), heading: Some(heading.into()), align: Align::Left }
    }

    /// A column for programs only.
    pub fn unseen(code: impl Into<String>) -> Self {
        Self { code: code.into(), heading: None, align: Align::Left }
    }

    /// A column of numbers.
    pub fn right(code: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { code: code.into(), heading: Some(heading.into()), align: Align::Right }
    }
}

/// A table of a page.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Sums below the rows, for people only.
    pub footer: Vec<Vec<Cell>>,
}

impl Table {
    /// The columns that people see, with their headings.
    pub(super) fn seen(&self) -> impl Iterator<Item = (&Column, &str)> {
        self.columns.iter().filter_map(|column| Some((column, column.heading.as_deref()?)))
    }

    /// The cells that people see, of the rows and then of the footer.
    pub(super) fn seen_rows(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().chain(&self.footer).map(|row| {
            let cells = row.iter().zip(&self.columns).filter(|(_, column)| column.heading.is_some());
            cells.map(|(cell, _)| shown(cell)).collect()
        })
    }
}

/// What a result shows.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The first line.
    pub title: String,
    /// The tables, the main one first.
    pub tables: Vec<Table>,
    /// Remarks and notes, a line each.
    pub remarks: Vec<String>,
    /// The explanation, if asked for: a heading, a table, and its numbered documents.
    pub explanation: Option<(String, Table, Vec<String>)>,
}

/// A result: for programs, and for people.
#[derive(Clone, Debug)]
pub struct Report {
    /// The JSON text; empty where another format is asked for.
    pub json: String,
    /// The page.
    pub page: Page,
}

/// An amount in fen as yuan with thousands marks.
///
/// ```
/// assert_eq!(shebao::render::grouped(1_634_575), "16,345.75");
/// ```
#[must_use]
pub fn grouped(fen: i128) -> String {
    let mut plain = String::new();
    // Writing into a string cannot fail.
    let _ = write_fen(&mut plain, fen);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut marked = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            marked.push(',');
        }
        marked.push(digit);
    }
    format!("{sign}{marked}.{fraction}")
}

/// A cell as people read it.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Money(money) => grouped(money.fen().into()),
        Cell::Sum(fen) => grouped(*fen),
        Cell::Rate(rate) => rate.percent(),
        Cell::Named { name, .. } => name.clone(),
        Cell::Empty | Cell::Text(_) | Cell::Month(_) | Cell::Date(_) | Cell::Count(_) | Cell::Number(_) => {
            cell_text(cell)
        }
    }
}

/// A cell as programs and sheets read it: the code, the plain amount, nothing for an empty cell.
///
/// ```
/// use shebao::render::{Cell, cell_text};
/// assert_eq!(cell_text(&Cell::named("employer", "Employer")), "employer");
/// assert_eq!(cell_text(&Cell::Sum(1_634_575)), "16345.75");
/// ```
#[must_use]
pub fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Named { code, .. } => code.clone(),
        Cell::Money(money) => money.to_string(),
        Cell::Sum(fen) => {
            let mut text = String::new();
            let _ = write_fen(&mut text, *fen);
            text
        }
        Cell::Rate(rate) => rate.to_string(),
        Cell::Month(month) => month.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_marked_every_three_digits() {
        for (fen, text) in [
            (0, "0.00"),
            (99_999, "999.99"),
            (100_000, "1,000.00"),
            (-123_456_789, "-1,234,567.89"),
            (1_634_575, "16,345.75"),
        ] {
            assert_eq!(grouped(fen), text);
        }
    }
}

//! What a job adds to a row, and how it is written.

use crate::units::{Date, Money, Month};

/// One added cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// Nothing.
    Empty,
    /// An amount.
    Money(Money),
    /// A month.
    Month(Month),
    /// A date.
    Date(Date),
    /// A whole number.
    Count(i64),
    /// A code.
    Code(&'static str),
    /// A text.
    Text(String),
}

impl Added {
    /// An amount, or nothing.
    #[must_use]
    pub fn money(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, Self::Money)
    }

    /// The cell as text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Money(money) => money.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Code(code) => (*code).to_owned(),
            Self::Text(text) => text.clone(),
        }
    }

    /// Writes the cell as CSV.
    pub fn push(&self, out: &mut Vec<u8>) {
        match self {
            Self::Empty => {}
            Self::Code(code) => out.extend_from_slice(code.as_bytes()),
            Self::Money(_) | Self::Month(_) | Self::Date(_) | Self::Count(_) => {
                out.extend_from_slice(self.text().as_bytes());
            }
            Self::Text(text) => push_csv_cell(out, text.as_bytes()),
        }
    }
}

/// Writes a text as one CSV cell, quoted where it must be.
pub fn push_csv_cell(out: &mut Vec<u8>, text: &[u8]) {
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !text.iter().any(special) {
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    for &byte in text {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

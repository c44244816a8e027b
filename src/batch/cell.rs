//! From the bytes of a cell to a value; each failure is a fault that names the column.

use std::borrow::Cow;

use super::row::Row;
use crate::facts::{IdentityNumber, Kind, mask};
use crate::units::{Date, Money, Month, typed};

/// A column of the file: where it is, and its heading as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub position: usize,
    pub heading: String,
}

/// The text of a cell, trimmed; an empty one is `None`.
pub(super) fn text<'b>(row: &Row<'b>, at: &At) -> Result<Option<Cow<'b, str>>, Kind> {
    let not_text = || Kind::CellNotText { heading: at.heading.clone() };
    let text = match row.cell(at.position) {
        Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| not_text())?.trim()),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|_| not_text())?.trim().to_owned()),
    };
    Ok(if text.is_empty() { None } else { Some(text) })
}

/// An amount, or `None` where the cell is blank.
pub(super) fn money(row: &Row<'_>, at: &At) -> Result<Option<Money>, Kind> {
    if let Some(plain) = Money::from_plain(&row.cell(at.position)) {
        return Ok(Some(plain));
    }
    let Some(text) = text(row, at)? else { return Ok(None) };
    typed::money(&text).map(Some).map_err(|why| Kind::BadMoney { text: text.into_owned(), why })
}

/// A month; a blank cell is a fault.
pub(super) fn month(row: &Row<'_>, at: &At) -> Result<Month, Kind> {
    let text = text(row, at)?.ok_or_else(|| blank(at))?;
    typed::month(&text).ok_or_else(|| Kind::BadMonth { text: text.into_owned() })
}

/// A date, or `None` where the cell is blank.
pub(super) fn date(row: &Row<'_>, at: &At) -> Result<Option<Date>, Kind> {
    let Some(text) = text(row, at)? else { return Ok(None) };
    typed::date(&text).map(Some).ok_or_else(|| Kind::BadDate { text: text.into_owned() })
}

/// A whole number, or `None` where the cell is blank.
pub(super) fn count(row: &Row<'_>, at: &At, least: i64, most: i64) -> Result<Option<i64>, Kind> {
    let Some(text) = text(row, at)? else { return Ok(None) };
    let value = typed::half_width(&text).parse().ok().filter(|value| (least..=most).contains(value));
    value.map(Some).ok_or_else(|| Kind::BadCount { text: text.into_owned(), least, most })
}

/// An identity number, or `None` where the cell is blank; faults show it masked.
pub(super) fn identity(row: &Row<'_>, at: &At) -> Result<Option<IdentityNumber>, Kind> {
    let Some(text) = text(row, at)? else { return Ok(None) };
    IdentityNumber::parse(&text).map(Some).map_err(|why| Kind::BadIdentity { text: mask(&text), why })
}

/// The fault of a cell that must not be blank.
pub(super) fn blank(at: &At) -> Kind {
    Kind::BlankCell { heading: at.heading.clone() }
}

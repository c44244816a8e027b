//! From the bytes of a cell to a value; each failure is a fault that names the column.

use std::borrow::Cow;

use crate::facts::{IdentityNumber, Kind, mask};
use crate::files::Row;
use crate::units::{Date, Money, Month, typed};

/// A column of the file: where it is, and its heading as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub position: usize,
    pub heading: String,
}

/// The text of a cell, trimmed; an empty one is `None`.
pub(crate) fn text<'b>(row: &Row<'b>, at: &At) -> Option<Cow<'b, str>> {
    // The row was held against its encoding; what is read here without its quotes is text as well.
    let text = match row.cell(at.position) {
        Cow::Borrowed(bytes) => row.text.show(bytes),
        Cow::Owned(bytes) => Cow::Owned(row.text.show(&bytes).into_owned()),
    };
    let trimmed = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    Some(trimmed).filter(|text| !text.is_empty())
}

/// An amount, or `None` where the cell is blank.
#[inline]
pub(crate) fn money(row: &Row<'_>, at: &At) -> Result<Option<Money>, Kind> {
    match row.plain_money(at.position) {
        Some(plain) => Ok(Some(plain)),
        None => match typed_money(row, at)? {
            Some(negative) if negative < Money::ZERO => {
                let text = text(row, at).unwrap_or_default().into_owned();
                Err(Kind::BadMoney { text, why: typed::MoneyFault::Negative })
            }
            other => Ok(other),
        },
    }
}

/// An amount that may be negative, as declared ones are where something is given back.
#[inline]
pub(crate) fn signed(row: &Row<'_>, at: &At) -> Result<Option<Money>, Kind> {
    match row.plain_money(at.position) {
        Some(plain) => Ok(Some(plain)),
        None => typed_money(row, at),
    }
}

#[cold]
fn typed_money(row: &Row<'_>, at: &At) -> Result<Option<Money>, Kind> {
    let Some(text) = text(row, at) else { return Ok(None) };
    if is_dash(&text) {
        return Ok(None);
    }
    typed::signed_money(&text).map(Some).map_err(|why| Kind::BadMoney { text: text.into_owned(), why })
}

/// Whether a cell says with dashes that nothing stands in it.
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '/'))
}

/// A month; a blank cell is a fault.
#[inline]
pub(crate) fn month(row: &Row<'_>, at: &At) -> Result<Month, Kind> {
    match Month::from_plain(row.bare_cell(at.position)) {
        Some(month) => Ok(month),
        None => typed_month(row, at),
    }
}

#[cold]
fn typed_month(row: &Row<'_>, at: &At) -> Result<Month, Kind> {
    let text = text(row, at).ok_or_else(|| blank(at))?;
    typed::month_of(&text).ok_or_else(|| Kind::BadMonth { text: text.into_owned() })
}

/// Several months, from one to another; `None` where the cell says nothing of the kind.
pub(crate) fn months(row: &Row<'_>, at: &At) -> Option<(Month, Month)> {
    if Month::from_plain(row.bare_cell(at.position)).is_some() {
        return None;
    }
    typed::span(&text(row, at)?).filter(|(first, last)| first != last)
}

/// A date, or `None` where the cell is blank.
pub(crate) fn date(row: &Row<'_>, at: &At) -> Result<Option<Date>, Kind> {
    let Some(text) = text(row, at) else { return Ok(None) };
    typed::date(&text).map(Some).ok_or_else(|| Kind::BadDate { text: text.into_owned() })
}

/// A whole number, or `None` where the cell is blank.
pub(crate) fn count(row: &Row<'_>, at: &At, least: i64, most: i64) -> Result<Option<i64>, Kind> {
    let Some(text) = text(row, at) else { return Ok(None) };
    let value = typed::half_width(&text).parse().ok().filter(|value| (least..=most).contains(value));
    value.map(Some).ok_or_else(|| Kind::BadCount { text: text.into_owned(), least, most })
}

/// The number of a person as it stands, without what only keeps a spreadsheet from making a number of it:
/// an apostrophe, a tab or control character, `="…"`. Nothing is repaired.
pub(crate) fn number_text<'b>(row: &Row<'b>, at: &At) -> Option<Cow<'b, str>> {
    let text = text(row, at)?;
    let kept = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\'' | '‘' | '’' | '\u{FEFF}');
    if !text.starts_with('=') && !text.contains(kept) && text.is_ascii() {
        return Some(text);
    }
    let plain = typed::half_width(&text);
    let inside = plain.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(&plain);
    let plain = inside.trim_matches(kept).to_owned();
    (!plain.is_empty()).then_some(Cow::Owned(plain))
}

/// Whether an identity number was kept as a number: a double holds fifteen digits, the others became
/// zeros (`371003199005129000`) or an exponent (`3.71003E+17`).
pub(crate) fn is_damaged(text: &str) -> bool {
    let exponent = text.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        power.starts_with('+') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let zeros = text.len() == 18 && text.ends_with("000") && text.bytes().all(|byte| byte.is_ascii_digit());
    exponent || zeros
}

/// An identity number, or `None` where the cell is blank; faults show it masked.
pub(crate) fn identity(row: &Row<'_>, at: &At) -> Result<Option<IdentityNumber>, Kind> {
    let Some(text) = number_text(row, at) else { return Ok(None) };
    IdentityNumber::parse(&text).map(Some).map_err(|why| Kind::BadIdentity { text: mask(&text), why })
}

/// The fault of a cell that must not be blank.
pub(crate) fn blank(at: &At) -> Kind {
    Kind::BlankCell { heading: at.heading.clone() }
}

//! From the bytes of a cell to a value.
//!
//! The plain form (`1234.50`, `2025-05`) is read from the bytes; everything else as people type it: full width, marks,
//! brackets. A blank cell is `None` and no fault, except for a month. What cannot be read is a fault with the text of the
//! cell; the caller knows the row. What a value means for an entry is left to `entries`.

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
    // The row was found to be text in its encoding; what is read here without its quotes is text as well.
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

/// An amount, or `None` where the cell is blank or has dashes only.
///
/// # Errors
/// [`Kind::BadMoney`] for what is no amount, and for a negative one.
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

/// The same for an amount that may be negative, as declared ones are where something is given back.
///
/// # Errors
/// [`Kind::BadMoney`] for what is no amount.
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

/// A month.
///
/// # Errors
/// [`Kind::BlankCell`] and [`Kind::BadMonth`].
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
///
/// # Errors
/// [`Kind::BadDate`].
pub(crate) fn date(row: &Row<'_>, at: &At) -> Result<Option<Date>, Kind> {
    let Some(text) = text(row, at) else { return Ok(None) };
    typed::date(&text).map(Some).ok_or_else(|| Kind::BadDate { text: text.into_owned() })
}

/// A whole number, or `None` where the cell is blank.
///
/// # Errors
/// [`Kind::BadCount`] for what is no whole number or lies outside `least` and `most`.
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

/// Whether an identity number was kept as a number: a double has room for fifteen digits, the others became
/// zeros (`371003199005129000`) or an exponent (`3.71003E+17`).
pub(crate) fn is_damaged(text: &str) -> bool {
    let exponent = text.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        power.starts_with('+') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let zeros = text.len() == 18 && text.ends_with("000") && text.bytes().all(|byte| byte.is_ascii_digit());
    exponent || zeros
}

/// An identity number, or `None` where the cell is blank.
///
/// # Errors
/// [`Kind::BadIdentity`], which shows the number masked.
pub(crate) fn identity(row: &Row<'_>, at: &At) -> Result<Option<IdentityNumber>, Kind> {
    let Some(text) = number_text(row, at) else { return Ok(None) };
    IdentityNumber::parse(&text).map(Some).map_err(|why| Kind::BadIdentity { text: mask(&text), why })
}

/// The fault of a cell that must not be blank.
pub(crate) fn blank(at: &At) -> Kind {
    Kind::BlankCell { heading: at.heading.clone() }
}

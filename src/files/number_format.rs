//! Numbers of spreadsheets as the text that they show.
//!
//! A spreadsheet keeps a number as a double and shows fifteen digits of it at the most, fewer where the
//! cell's format says so: `19.605000000000001` is shown as `19.605` or, in a cell of two decimals, as
//! `19.61`. The text of the double is read as a decimal; no float takes part.

use std::borrow::Cow;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::units::typed::serial_date;

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// As it is.
    #[default]
    General,
    /// With so many decimals.
    Decimals(u32),
    /// As a day, perhaps with a time.
    Day,
}

/// How many digits of a double are shown.
const DIGITS: u32 = 15;
/// The decimals of a fen.
const FEN: u32 = 2;
/// A spreadsheet rounds a half away from zero.
const HALF_UP: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

impl Format {
    /// Reads a format code such as `#,##0.00_ ` or `yyyy"年"m"月"`.
    pub fn of_code(code: &str) -> Self {
        // The sections behind the first are for other signs.
        let code = code.split(';').next().unwrap_or(code);
        let (mut decimals, mut counting, mut day) = (None, false, false);
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                // What stands between quotes, behind a backslash or in brackets is no code.
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => while chars.next().is_some_and(|c| c != ']') {},
                '.' => (decimals, counting) = (Some(0), true),
                '0' | '#' | '?' if counting => decimals = decimals.map(|count| count + 1),
                'y' | 'Y' | 'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 's' | 'S' => day = true,
                _ => counting = false,
            }
        }
        let general =
            code.is_empty() || code.to_ascii_lowercase().contains("general") || code.contains(['@', '%', 'E']);
        match (general, day, decimals) {
            (true, _, _) => Self::General,
            (false, true, _) => Self::Day,
            (false, false, decimals) => Self::Decimals(decimals.unwrap_or(0)),
        }
    }

    /// The formats that are known by number only.
    pub fn built_in(number: u32) -> Self {
        match number {
            1 | 3 | 37 | 38 => Self::Decimals(0),
            2 | 4 | 39 | 40 | 7 | 8 | 44 => Self::Decimals(FEN),
            5 | 6 | 41 | 42 | 43 => Self::Decimals(if number == 43 { FEN } else { 0 }),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Day,
            _ => Self::General,
        }
    }
}

/// What a cell of this format shows for the number that the file writes as `raw`.
///
/// Text that is no number stays as it is. So does a number that a [`Decimal`] does not hold, above 7.9 × 10^28 or
/// below 10^-28: it is shown in the form with an exponent that the file has.
pub(crate) fn shown(raw: &str, format: Format, from_1904: bool) -> Cow<'_, str> {
    let text = match (format, plain_decimals(raw)) {
        (Format::Day, _) => read(raw).and_then(|number| day(number, from_1904)),
        (Format::Decimals(least @ ..=FEN), Some(written @ ..=FEN)) => {
            missing_zeros(written, least).map(|zeros| format!("{raw}{zeros}"))
        }
        (Format::Decimals(least @ ..=FEN), _) => read(raw).map(|number| to_fen(number, least)),
        (Format::General | Format::Decimals(_), Some(_)) => None,
        (Format::General | Format::Decimals(_), None) => read(raw).and_then(|number| all_decimals(raw, number)),
    };
    text.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// Whether the value of a formula says that it was never calculated: nothing, or zero.
pub(crate) fn is_uncalculated(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

/// What a cell shows for a day that the file writes as `2025-05-01T00:00:00.000`.
pub(crate) fn day_shown(written: &str) -> String {
    written.trim_end_matches(".000").trim_end_matches("T00:00:00").replace('T', " ")
}

/// How many decimals a number has that is written as it is shown: at most fifteen digits, no exponent, no zeros that
/// say nothing. Nearly every number of a file is; it need not be parsed.
fn plain_decimals(raw: &str) -> Option<u32> {
    const LONGEST: usize = 15;
    let size = raw.strip_prefix('-').unwrap_or(raw);
    let (whole, decimals) = size.split_once('.').unwrap_or((size, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = size.len() <= LONGEST
        && digits(whole)
        && digits(decimals)
        && (whole == "0" && raw != "-0" || !whole.is_empty() && !whole.starts_with('0'))
        && !size.ends_with('.')
        && !decimals.ends_with('0');
    if plain { u32::try_from(decimals.len()).ok() } else { None }
}

/// What a number of so many decimals lacks to have the least that its format shows.
fn missing_zeros(written: u32, least: u32) -> Option<&'static str> {
    match (written, least) {
        (0, 1) => Some(".0"),
        (0, 2) => Some(".00"),
        (1, 2) => Some("0"),
        _ => None,
    }
}

/// Reads `-12.5` or `1.5E-3` to the digits that are shown.
fn read(raw: &str) -> Option<Decimal> {
    // `Decimal` takes an underscore between digits for nothing; a number of a spreadsheet has none.
    if raw.contains('_') {
        return None;
    }
    let exponent = raw.contains(['e', 'E']);
    let number = if exponent { Decimal::from_scientific_lossy(raw) } else { Decimal::from_str(raw) };
    Some(number.ok()?.round_sf_with_strategy(DIGITS, HALF_UP)?.normalize())
}

/// The number with its decimals; `None` where it is so small that zero would be shown.
fn all_decimals(raw: &str, number: Decimal) -> Option<String> {
    let digits = raw.split(['e', 'E']).next()?;
    let vanished = number.is_zero() && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    (!vanished).then(|| number.to_string())
}

/// The number to the fen, with this many decimals at the least. A format of fewer than two decimals hides what a fen
/// is, but an amount has it all the same.
fn to_fen(number: Decimal, least: u32) -> String {
    let mut number = number.round_dp_with_strategy(FEN, HALF_UP).normalize();
    number.rescale(number.scale().max(least));
    number.to_string()
}

/// The day of a number that counts days, with its time where it has one.
fn day(number: Decimal, from_1904: bool) -> Option<String> {
    const SECONDS: i64 = 86_400;
    if number < Decimal::ONE {
        return None;
    }
    // Nine decimals of a day are finer than a second.
    let number = number.round_dp_with_strategy(9, HALF_UP);
    let days = number.trunc().to_i32()?;
    let seconds = (number.fract() * Decimal::from(SECONDS)).round_dp_with_strategy(0, HALF_UP).to_i64()?;
    let (days, seconds) = if seconds == SECONDS { (days + 1, 0) } else { (days, seconds) };
    let date = serial_date(days, from_1904)?;
    if seconds == 0 {
        return Some(date.to_string());
    }
    Some(format!("{date} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_their_cells_show() {
        for (raw, format, expected) in [
            ("5000", Format::General, "5000"),
            ("19.605000000000001", Format::General, "19.605"),
            ("45.744999999999997", Format::Decimals(2), "45.75"),
            ("19.605", Format::Decimals(2), "19.61"),
            ("-19.605", Format::Decimals(2), "-19.61"),
            ("5000", Format::Decimals(2), "5000.00"),
            ("157.626", Format::General, "157.626"),
            ("157.626", Format::Decimals(0), "157.63"),
            ("157.626", Format::Decimals(4), "157.626"),
            ("0.30000000000000004", Format::General, "0.3"),
            ("9.9999999999999995", Format::Decimals(2), "10.00"),
            ("3.71003199005129E+17", Format::General, "371003199005129000"),
            ("1E-3", Format::General, "0.001"),
            ("0", Format::Decimals(2), "0.00"),
            ("-0.001", Format::Decimals(2), "0.00"),
            ("0.004", Format::Decimals(2), "0.00"),
            ("-1234.5", Format::General, "-1234.5"),
            ("5", Format::Decimals(1), "5.0"),
            ("5.25", Format::Decimals(1), "5.25"),
            ("1234.5678", Format::Decimals(4), "1234.5678"),
            // Not as it is shown: zeros, signs and points that say nothing.
            ("007.50", Format::General, "7.5"),
            ("-0", Format::General, "0"),
            ("5.", Format::General, "5"),
            (".5", Format::General, "0.5"),
            ("+5", Format::Decimals(2), "5.00"),
            // What is left over of 0.1 + 0.2 - 0.3, and of a sum in the thousands.
            ("5.5511151231257827E-17", Format::Decimals(2), "0.00"),
            ("-9.0949470177292824E-13", Format::Decimals(0), "0"),
            ("9.0949470177292824E-13", Format::General, "0.000000000000909494701772928"),
            ("5.5511151231257827E-17", Format::General, "0.0000000000000000555111512313"),
            // Nothing that a decimal does not hold is shown as something else.
            ("1e300", Format::General, "1e300"),
            ("1e300", Format::Decimals(2), "1e300"),
            ("1E-30", Format::General, "1E-30"),
            ("0.000000000000000000000000000001", Format::General, "0.000000000000000000000000000001"),
            ("1_000", Format::General, "1_000"),
            ("1.2.3", Format::General, "1.2.3"),
            ("", Format::General, ""),
            ("-", Format::Decimals(2), "-"),
            ("#REF!", Format::General, "#REF!"),
            // 45778 days after 30 December 1899 are 1 May 2025.
            ("45778", Format::Day, "2025-05-01"),
            ("45778.5", Format::Day, "2025-05-01 12:00:00"),
            ("45777.9999999999", Format::Day, "2025-05-01"),
            ("61", Format::Day, "1900-03-01"),
            ("1", Format::Day, "1900-01-01"),
            ("99999999", Format::Day, "99999999"),
        ] {
            assert_eq!(shown(raw, format, false), expected, "{raw} {format:?}");
        }
        assert_eq!(shown("44316", Format::Day, true), "2025-05-01");
    }

    #[test]
    fn format_codes_tell_decimals_and_days() {
        for (code, expected) in [
            ("General", Format::General),
            ("@", Format::General),
            ("0.00", Format::Decimals(2)),
            ("#,##0.00_ ", Format::Decimals(2)),
            ("0_ ", Format::Decimals(0)),
            ("\"¥\"#,##0.00;[Red]\\-#,##0.000", Format::Decimals(2)),
            ("yyyy\\-mm\\-dd", Format::Day),
            ("yyyy\"年\"m\"月\"", Format::Day),
            ("[$-804]yyyy/m/d;@", Format::Day),
            ("0.00%", Format::General),
            ("0.00E+00", Format::General),
        ] {
            assert_eq!(Format::of_code(code), expected, "{code}");
        }
    }
}

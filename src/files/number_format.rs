//! Numbers of spreadsheets as the text that they show.
//!
//! A spreadsheet keeps a number as a double and shows fifteen digits of it at the most, fewer where the
//! cell's format says so: `19.605000000000001` is shown as `19.605` or, in a cell of two decimals, as
//! `19.61`. The decimal text of the double is worked here, digit by digit; no float takes part.

use std::borrow::Cow;

use crate::units::typed::serial_date;

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// As it is.
    #[default]
    General,
    /// With so many decimals.
    Decimals(usize),
    /// As a day, perhaps with a time.
    Day,
}

/// How many digits of a double are shown.
const DIGITS: usize = 15;
/// The decimals of a fen.
const FEN: usize = 2;
/// The most digits that are written out; what is longer stays in the form with an exponent.
const LONGEST: usize = 40;

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

/// A decimal number: its digits, and where the point stands among them.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    /// How many digits stand before the point; zero or less where the number begins behind it.
    point: i64,
}

impl Decimal {
    /// Reads `-12.5`, `1.5E-3`; `None` for anything else.
    fn read(text: &str) -> Option<Self> {
        let (negative, size) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (number, exponent) = match size.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.strip_prefix('+').unwrap_or(exponent).parse::<i16>().ok()?),
            None => (size, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || digits.len() > 400 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let leading = digits.iter().take_while(|digit| **digit == b'0').count();
        let point = i64::try_from(whole.len()).ok()? + i64::from(exponent) - i64::try_from(leading).ok()?;
        Some(Self { negative, digits: digits[leading..].to_vec(), point })
    }

    /// Keeps so many digits; the next one decides whether the last is raised.
    fn round(&mut self, keep: i64) {
        let Ok(keep) = usize::try_from(keep) else {
            self.digits.clear();
            return;
        };
        if keep >= self.digits.len() {
            return;
        }
        let raised = self.digits[keep] >= b'5';
        self.digits.truncate(keep);
        if raised {
            if let Some(at) = self.digits.iter().rposition(|digit| *digit != b'9') {
                self.digits[at] += 1;
                self.digits[at + 1..].fill(b'0');
            } else {
                self.digits.fill(b'0');
                self.digits.insert(0, b'1');
                self.point += 1;
            }
        }
    }

    /// Written out, with this many decimals at the least.
    fn write(mut self, least: usize) -> Option<String> {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.negative, self.point) = (false, 0);
        }
        let whole = usize::try_from(self.point.max(0)).ok()?;
        let gap = usize::try_from((-self.point).max(0)).ok()?;
        if whole.max(gap) > LONGEST {
            return None;
        }
        let mut text = String::from(if self.negative { "-" } else { "" });
        let digit = |at: usize| char::from(self.digits.get(at).copied().unwrap_or(b'0'));
        if whole == 0 {
            text.push('0');
        }
        text.extend((0..whole).map(digit));
        let decimals = self.digits.len().saturating_sub(whole) + gap;
        if decimals.max(least) > 0 {
            text.push('.');
            text.extend(std::iter::repeat_n('0', gap));
            text.extend((whole..self.digits.len()).map(digit));
            text.extend(std::iter::repeat_n('0', least.saturating_sub(decimals)));
        }
        Some(text)
    }
}

/// What a cell of this format shows for the number that is written so; what is no number stays as it is.
pub(crate) fn shown(raw: &str, format: Format, from_1904: bool) -> Cow<'_, str> {
    let kept = || Cow::Borrowed(raw);
    let whole = raw.len() <= DIGITS && raw.bytes().all(|byte| byte.is_ascii_digit()) && !raw.starts_with('0');
    match format {
        Format::General if whole => kept(),
        Format::General => decimal(raw, None).map_or_else(kept, Cow::Owned),
        Format::Decimals(decimals) => decimal(raw, Some(decimals)).map_or_else(kept, Cow::Owned),
        Format::Day => day(raw, from_1904).map_or_else(kept, Cow::Owned),
    }
}

/// A format of fewer than two decimals hides what a fen is, but an amount has it all the same: nothing
/// is rounded to more than a fen.
fn decimal(raw: &str, decimals: Option<usize>) -> Option<String> {
    let mut number = Decimal::read(raw)?;
    number.round(i64::try_from(DIGITS).ok()?);
    match decimals {
        Some(decimals) if decimals <= FEN => {
            number.round(number.point + i64::try_from(FEN).ok()?);
            number.write(decimals)
        }
        Some(_) | None => number.write(0),
    }
}

/// The day of a number that counts days, with its time where it has one.
fn day(raw: &str, from_1904: bool) -> Option<String> {
    const SECONDS: i64 = 86_400;
    let mut number = Decimal::read(raw)?;
    if number.negative || !(1..=7).contains(&number.point) {
        return None;
    }
    // Nine decimals of a day are finer than a second.
    number.round(number.point + 9);
    let text = number.write(9)?;
    let (days, parts) = text.split_once('.')?;
    let days: i32 = days.parse().ok()?;
    let parts: i64 = parts.get(..9)?.parse().ok()?;
    let seconds = (parts * SECONDS + 500_000_000) / 1_000_000_000;
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
            ("1e300", Format::General, "1e300"),
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

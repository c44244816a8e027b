//! Amounts of money: whole fen, signed, bounded.

use std::fmt;
use std::str::FromStr;

/// An amount in whole fen (a hundredth of a yuan).
///
/// Amounts read from input are bounded by [`Money::MOST`], so that any product with a rate fits a
/// wide integer; sums are checked.
///
/// ```
/// use shebao::units::Money;
/// let wage: Money = "5000".parse().unwrap();
/// assert_eq!(wage.fen(), 500_000);
/// assert_eq!(wage.to_string(), "5000.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount that input may hold: a million million yuan.
    pub const MOST: Self = Self(100_000_000_000_000);

    /// An amount of so many fen.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, or `None` where it cannot be held.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` where it cannot be held.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount taken `count` times, or `None` where it cannot be held.
    #[must_use]
    pub fn times(self, count: i64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    /// The plain form `digits[.d[d]]` in ASCII, as payroll files mostly hold it; `None` for
    /// everything else, which [`super::typed::money`] then reads or refuses with a reason.
    #[must_use]
    pub fn from_plain(text: &[u8]) -> Option<Self> {
        let (whole, fraction) = match memchr::memchr(b'.', text) {
            Some(point) => (&text[..point], &text[point + 1..]),
            None => (text, &text[text.len()..]),
        };
        if whole.is_empty() || whole.len() > 12 || fraction.len() > 2 {
            return None;
        }
        if fraction.is_empty() && whole.len() < text.len() {
            return None;
        }
        let mut fen: i64 = 0;
        for &byte in whole.iter().chain(fraction) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            fen = fen * 10 + i64::from(digit);
        }
        match fraction.len() {
            0 => fen *= 100,
            1 => fen *= 10,
            _ => {}
        }
        Some(Self(fen))
    }
}

/// Why a text is no plain amount; [`super::typed`] gives the reasons in detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlain;

impl FromStr for Money {
    type Err = NotPlain;

    fn from_str(text: &str) -> Result<Self, NotPlain> {
        Self::from_plain(text.as_bytes()).ok_or(NotPlain)
    }
}

/// Writes an amount of fen as yuan with two decimals, without grouping.
pub fn write_fen(out: &mut dyn fmt::Write, fen: i128) -> fmt::Result {
    let sign = if fen < 0 { "-" } else { "" };
    let size = fen.unsigned_abs();
    write!(out, "{sign}{}.{:02}", size / 100, size % 100)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fen(f, i128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_read_to_the_fen_and_nothing_else_is() {
        for (text, fen) in
            [("0", 0), ("5000", 500_000), ("0.1", 10), ("0.01", 1), ("999999999999.99", 99_999_999_999_999)]
        {
            assert_eq!(Money::from_plain(text.as_bytes()), Some(Money(fen)), "{text}");
        }
        for text in ["", ".", "5.", ".5", "1.234", "-1", "+1", "1e3", "1,000", "1 ", "1000000000000", "１"] {
            assert_eq!(Money::from_plain(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn printing_keeps_the_sign_below_one_yuan() {
        assert_eq!(Money(-5).to_string(), "-0.05");
        assert_eq!(Money(-500_020).to_string(), "-5000.20");
    }
}

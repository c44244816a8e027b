//! Amounts of money: whole fen, signed, bounded.
//!
//! A fen is the hundredth of a yuan and the least that is paid. What comes from a product or a quotient becomes money
//! by `rounding` alone; sums are checked. Here is also the fast reading and writing of the plain form `5000.00`,
//! eight bytes at a time; what people type otherwise is read by `typed`.

use std::fmt;
use std::ops::Range;
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
    ///
    /// ```
    /// use shebao::units::Money;
    /// let whole = Money::from_fen(250).plus(Money::from_fen(50));
    /// assert_eq!(whole, Some(Money::from_fen(300)));
    /// assert_eq!(Money::from_fen(i64::MAX).plus(Money::from_fen(1)), None);
    /// ```
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
    ///
    /// ```
    /// use shebao::units::Money;
    /// assert_eq!(Money::from_plain(b"5000.5"), Some(Money::from_fen(500_050)));
    /// assert_eq!(Money::from_plain(b"5,000.50"), None);
    /// ```
    #[must_use]
    pub fn from_plain(text: &[u8]) -> Option<Self> {
        Self::from_plain_in(text, 0..text.len())
    }

    /// The same for a part of a longer text: a cell in its row.
    #[must_use]
    #[inline]
    pub fn from_plain_in(text: &[u8], part: Range<usize>) -> Option<Self> {
        match Written::read(text, &part) {
            Some(written) => Some(written.money),
            None => Self::byte_by_byte(text.get(part)?),
        }
    }

    fn byte_by_byte(text: &[u8]) -> Option<Self> {
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

    /// Writes the amount with two decimals into `out`; gives how many bytes it took.
    #[inline]
    pub fn write_plain(self, out: &mut [u8; Self::PLAIN_MOST]) -> usize {
        match u64::try_from(self.0) {
            Ok(fen) if fen < 10_000_000_000 => {
                let (yuan, rest) = (fen / 100, fen % 100);
                let whole = write_eight_digits(yuan, out);
                let tens = (rest * 103) >> 10;
                let after = u32::from(b'.') | 0x0030_3000;
                let after = u64::from(after) | (tens << 8) | ((rest - tens * 10) << 16);
                if let Some(room) = out.get_mut(whole..whole + 8) {
                    room.copy_from_slice(&after.to_le_bytes());
                }
                whole + 3
            }
            Ok(_) | Err(_) => self.write_large(out),
        }
    }

    #[cold]
    fn write_large(self, out: &mut [u8; Self::PLAIN_MOST]) -> usize {
        let text = self.to_string();
        out[..text.len()].copy_from_slice(text.as_bytes());
        text.len()
    }

    /// The most bytes that an amount takes: a sign, nineteen digits, a point.
    pub const PLAIN_MOST: usize = 24;
}

/// Eight times the byte `0`.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// An amount from `0.00` to `99999.99` as it stands in a text: read and written in one machine word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The amount.
    pub money: Money,
    /// Its bytes, the first one lowest; those past the end are undefined.
    bytes: u64,
    /// How many there are.
    length: u8,
}

impl Written {
    /// Reads the eight bytes that end with `part`, all digits at once: two, four and eight of them are
    /// joined by one multiplication each. `None` for what has another form.
    #[inline]
    #[must_use]
    pub fn read(text: &[u8], part: &Range<usize>) -> Option<Self> {
        let length = part.end.wrapping_sub(part.start);
        let bytes: [u8; 8] = text.get(part.end.wrapping_sub(8)..part.end)?.try_into().ok()?;
        if !(4..=8).contains(&length) || bytes[5] != b'.' {
            return None;
        }
        // The point goes, a zero comes in front; what stands before the part becomes zeros.
        let word = u64::from_le_bytes(bytes);
        let digits = (word & 0xFFFF_0000_0000_0000) | ((word << 8) & 0x0000_FFFF_FFFF_FF00);
        let digits = (digits ^ ZEROS) & (u64::MAX << (8 * (9 - length)));
        if (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 {
            return None;
        }
        let twos = (digits.wrapping_mul(2561) >> 8) & 0x00FF_00FF_00FF_00FF;
        let fours = (twos.wrapping_mul(6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF;
        let money = Money((fours.wrapping_mul(42_949_672_960_001) >> 32).cast_signed());
        Some(Self { money, bytes: word >> (8 * (8 - length)), length: u8::try_from(length).ok()? })
    }

    /// Whether the amount would be written in just these bytes: without a zero in front.
    #[inline]
    #[must_use]
    pub fn is_canonical(self) -> bool {
        self.length == 4 || self.bytes & 0xFF != 0x30
    }

    /// The bytes, the first one lowest and those past the end undefined, and how many there are.
    #[inline]
    #[must_use]
    pub fn bytes(self) -> ([u8; 8], u8) {
        (self.bytes.to_le_bytes(), self.length)
    }
}

/// Writes a number below a hundred million: eight digits at once, then leading zeros are cut.
#[inline]
pub fn write_eight_digits<const N: usize>(number: u64, out: &mut [u8; N]) -> usize {
    const { assert!(N >= 8, "eight digits need eight bytes") };
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let twos = hundreds | ((fours - 100 * hundreds) << 16);
    let tens = ((twos * 103) >> 10) & 0x000F_000F_000F_000F;
    let digits = tens | ((twos - 10 * tens) << 8);
    // Of zero one digit stays: its bit in the last byte ends the search.
    let leading = (digits | 1 << 56).trailing_zeros() / 8;
    out[..8].copy_from_slice(&((digits | ZEROS) >> (8 * leading)).to_le_bytes());
    // At the most 7, so it fits.
    8 - usize::try_from(leading).unwrap_or(0)
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
///
/// # Errors
/// Only what `out` answers; a `String` takes everything.
///
/// ```
/// use shebao::units::write_fen;
/// let mut text = String::new();
/// write_fen(&mut text, -5).unwrap();
/// assert_eq!(text, "-0.05");
/// ```
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
    fn a_cell_is_read_alike_wherever_it_stands_in_its_row() {
        for text in
            ["0.00", "5.05", "12.30", "800.00", "5000.00", "99999.99", "100000.00", "5000", "5000.5", "5000.123"]
        {
            for wrong in [text.to_owned(), text.replace('0', ":"), text.replace('0', "/"), text.replace('.', "x")] {
                let alone = Money::from_plain(wrong.as_bytes());
                let row = format!("12345678,{wrong},9");
                assert_eq!(Money::from_plain_in(row.as_bytes(), 9..9 + wrong.len()), alone, "{wrong}");
                assert_eq!(alone.is_some(), wrong == text && text != "5000.123", "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_written_canonically_is_what_would_be_printed() {
        for text in ["0.00", "5.05", "05.05", "00.00", "12.30", "012.30", "99999.99", "800.00"] {
            let row = format!("12345678,{text},");
            let written = Written::read(row.as_bytes(), &(9..9 + text.len())).unwrap();
            assert_eq!(written.is_canonical(), written.money.to_string() == text, "{text}");
            let (bytes, length) = written.bytes();
            assert_eq!(&bytes[..usize::from(length)], text.as_bytes());
        }
    }

    #[test]
    fn quick_printing_agrees_with_the_plain_one() {
        let steps = (0..10_000).chain((0..20).flat_map(|power| {
            let around = 10_i64.saturating_pow(power);
            [around.saturating_sub(1), around, around.saturating_add(1), -around]
        }));
        for fen in steps.chain((0..200_000).map(|at| at * 49_999_999 / 7)) {
            let mut out = [0; Money::PLAIN_MOST];
            let length = Money(fen).write_plain(&mut out);
            assert_eq!(std::str::from_utf8(&out[..length]).unwrap(), Money(fen).to_string());
        }
    }

    #[test]
    fn printing_keeps_the_sign_below_one_yuan() {
        assert_eq!(Money(-5).to_string(), "-0.05");
        assert_eq!(Money(-500_020).to_string(), "-5000.20");
    }
}

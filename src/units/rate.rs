//! Rates: exact fractions in whole billionths.
//!
//! A rate is read from a percentage and never rounded: 0.7 % is 7/1000, and a product of rates that is finer than a
//! billionth is refused. Money times a rate is rounded once, by `rounding`.

use std::fmt;

/// A fraction of a base, held in whole billionths, so that "0.7%" is exactly 7/1000.
///
/// ```
/// use shebao::units::Rate;
/// let rate = Rate::from_percent("0.7%").unwrap();
/// assert_eq!(rate.to_string(), "0.007");
/// assert_eq!(rate.percent(), "0.7%");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i64);

impl Rate {
    /// How many of the smallest steps make one whole.
    pub const PER_ONE: i64 = 1_000_000_000;
    /// The whole, 100 %.
    pub const ONE: Self = Self(Self::PER_ONE);
    /// Nothing, 0 %.
    pub const ZERO: Self = Self(0);

    /// The rate in billionths.
    #[must_use]
    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// A rate of so many billionths.
    #[must_use]
    pub const fn from_billionths(billionths: i64) -> Self {
        Self(billionths)
    }

    /// Reads a percentage such as `16%`, `0.7%`, `300%`; at most seven decimals and four digits
    /// before the point. `None` for anything else.
    #[must_use]
    pub fn from_percent(text: &str) -> Option<Self> {
        let digits = text.strip_suffix('%')?;
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || whole.len() > 4 || fraction.len() > 7 || digits.ends_with('.') {
            return None;
        }
        let mut value: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            value = value * 10 + i64::from(byte - b'0');
        }
        for _ in fraction.len()..7 {
            value *= 10;
        }
        Some(Self(value))
    }

    /// The exact product of two rates, or `None` where it is finer than a billionth.
    ///
    /// ```
    /// use shebao::units::Rate;
    /// let rate = |text| Rate::from_percent(text).unwrap();
    /// // 0.2 % x 80 % = 0.16 %
    /// assert_eq!(rate("0.2%").times(rate("80%")), Some(rate("0.16%")));
    /// ```
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(other.0);
        let one = i128::from(Self::PER_ONE);
        if product % one != 0 {
            return None;
        }
        i64::try_from(product / one).ok().map(Self)
    }

    /// The rate as a percentage: `0.7%`.
    #[must_use]
    pub fn percent(self) -> String {
        format!("{}%", trimmed(self.0, 7))
    }
}

/// `units` scaled down by ten to the `places`, without trailing zeros.
fn trimmed(units: i64, places: usize) -> String {
    let scale = (0..places).fold(1_u64, |scale, _| scale * 10);
    let sign = if units < 0 { "-" } else { "" };
    let size = units.unsigned_abs();
    let text = format!("{sign}{}.{:0width$}", size / scale, size % scale, width = places);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&trimmed(self.0, 9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_exactly() {
        for (text, fraction) in [
            ("16%", "0.16"),
            ("0.7%", "0.007"),
            ("0.16%", "0.0016"),
            ("100%", "1"),
            ("300%", "3"),
            ("0%", "0"),
            ("0.0000001%", "0.000000001"),
        ] {
            let rate = Rate::from_percent(text).unwrap();
            assert_eq!(rate.to_string(), fraction);
            assert_eq!(rate.percent(), text);
        }
        for text in ["16", "%", ".5%", "5.%", "-1%", "1e2%", "0.00000001%", "16 %", "10000.0%%"] {
            assert_eq!(Rate::from_percent(text), None, "{text}");
        }
    }

    #[test]
    fn a_product_that_is_too_fine_is_refused_and_not_rounded() {
        let fine = Rate::from_percent("0.0000001%").unwrap();
        assert_eq!(fine.times(Rate::from_percent("50%").unwrap()), None);
        let class = Rate::from_percent("0.2%").unwrap();
        assert_eq!(class.times(Rate::from_percent("80%").unwrap()).unwrap().percent(), "0.16%");
    }
}

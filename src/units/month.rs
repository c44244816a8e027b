//! Calendar months: what contributions and pensions are counted in.
//!
//! A month is a number that counts up from year to year, so that steps and differences need no calendar. It reads the
//! plain form `2019-05`; every other way of writing a month is read by `typed`. Days are `jiff`'s.

use std::fmt;
use std::str::FromStr;

use super::Date;

/// A calendar month, from 1900-01 to 2199-12. Ordered; steps over years without days.
///
/// ```
/// use shebao::units::Month;
/// let month: Month = "2019-12".parse().unwrap();
/// assert_eq!(month.next().to_string(), "2020-01");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The last month that is covered.
    pub const LAST: Self = Self(2199 * 12 + 11);

    /// The month of a year; `None` outside 1 to 12 or outside the years covered.
    #[must_use]
    #[inline]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let index = i32::try_from(month.checked_sub(1)?).ok()?;
        if (1900..2200).contains(&year) && index < 12 { Some(Self(year * 12 + index)) } else { None }
    }

    /// The month that a date lies in, where it is covered.
    ///
    /// ```
    /// use shebao::units::{Date, Month};
    /// assert_eq!(Month::of(Date::constant(2019, 5, 31)), Month::new(2019, 5));
    /// ```
    #[must_use]
    pub fn of(date: Date) -> Option<Self> {
        Self::new(i32::from(date.year()), date.month().unsigned_abs().into())
    }

    /// The plain form `2019-05` in ASCII, as payroll files mostly hold it; `None` for every other.
    #[must_use]
    #[inline]
    pub fn from_plain(text: &[u8]) -> Option<Self> {
        let plain = *<&[u8; 7]>::try_from(text).ok()?;
        if !Self::is_plain(plain) {
            return None;
        }
        let digit = |at: usize| u32::from(plain[at] & 0x0F);
        let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
        Self::new(year.cast_signed(), digit(5) * 10 + digit(6))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month in the year, 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// Whether a text has the plain form, four digits and two; the month itself is not judged.
    #[must_use]
    #[inline]
    pub fn is_plain(text: [u8; 7]) -> bool {
        let [year @ .., dash, tens, ones] = text;
        let [thousands, hundreds, decades, years] = year;
        // All digits at once: what is none sets a high half.
        let digits = [thousands, hundreds, decades, years, tens, ones, b'0', b'0'];
        let digits = u64::from_le_bytes(digits) ^ 0x3030_3030_3030_3030;
        dash == b'-' && (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
    }

    /// How many months it lies after January 1900, the first that is covered.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0 - 1900 * 12).unwrap_or(0)
    }

    /// The last day of the month.
    ///
    /// ```
    /// use shebao::units::{Date, Month};
    /// assert_eq!(Month::new(2020, 2).unwrap().last_day(), Date::constant(2020, 2, 29));
    /// ```
    #[must_use]
    pub fn last_day(self) -> Date {
        let first = i16::try_from(self.year()).ok().zip(i8::try_from(self.number()).ok());
        first.and_then(|(year, month)| Date::new(year, month, 1).ok()).map_or(Date::MAX, Date::last_of_month)
    }

    /// How many months lie from `earlier` to this one.
    ///
    /// ```
    /// use shebao::units::Month;
    /// let month = |year, month| Month::new(year, month).unwrap();
    /// assert_eq!(month(2020, 1).since(month(2019, 11)), 2);
    /// ```
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

/// The months from a first to a last one, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months {
    /// The first month.
    pub first: Month,
    /// The last month.
    pub last: Month,
}

impl Months {
    /// The months one by one, in order.
    ///
    /// ```
    /// use shebao::units::{Month, Months};
    /// let months = Months { first: Month::new(2019, 12).unwrap(), last: Month::new(2020, 2).unwrap() };
    /// assert_eq!(months.iter().count(), 3);
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Month> {
        (self.first.0..=self.last.0).map(Month)
    }
}

impl FromStr for Month {
    type Err = ();

    /// Reads `2019-05` and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::from_plain(text.as_bytes()).ok_or(())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_step_over_years_and_know_their_last_day() {
        let february: Month = "2020-02".parse().unwrap();
        assert_eq!(february.last_day().to_string(), "2020-02-29");
        assert_eq!(Month::new(2019, 12).unwrap().next(), Month::new(2020, 1).unwrap());
        assert_eq!(Month::new(2020, 1).unwrap().previous().to_string(), "2019-12");
        assert_eq!(Month::new(2199, 12).unwrap().next().last_day().to_string(), "2200-01-31");
    }

    #[test]
    fn only_the_plain_form_is_read() {
        for text in ["2019-5", "2019-13", "2019-00", "19-05", "2019/05", "", "1899-12", "2200-01", "+019-05"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}

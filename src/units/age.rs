//! Ages: when a number of years is completed.
//!
//! An age is reached on the birthday; who was born on 29 February reaches it on 28 February in
//! common years (the reading chosen in `docs/decisions.md`).

use super::Date;

/// The day on which somebody born on `birth` completes `years`; `None` beyond the calendar.
///
/// ```
/// use shebao::units::{Date, birthday};
/// let leap = Date::constant(1944, 2, 29);
/// assert_eq!(birthday(leap, 75), Some(Date::constant(2019, 2, 28)));
/// ```
#[must_use]
pub fn birthday(birth: Date, years: i16) -> Option<Date> {
    let year = birth.year().checked_add(years)?;
    Date::new(year, birth.month(), birth.day()).or_else(|_| Date::new(year, birth.month(), 28)).ok()
}

/// The years completed by `day` (that day included); negative before birth.
///
/// ```
/// use shebao::units::{Date, completed_years};
/// let birth = Date::constant(1954, 5, 15);
/// assert_eq!(completed_years(birth, Date::constant(2019, 5, 14)), 64);
/// assert_eq!(completed_years(birth, Date::constant(2019, 5, 15)), 65);
/// ```
#[must_use]
pub fn completed_years(birth: Date, day: Date) -> i16 {
    let years = day.year() - birth.year();
    match birthday(birth, years) {
        Some(reached) if reached <= day => years,
        _ => years - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_completed_on_the_birthday() {
        let birth = Date::constant(1954, 5, 15);
        assert_eq!(completed_years(birth, Date::constant(2019, 5, 14)), 64);
        assert_eq!(completed_years(birth, Date::constant(2019, 5, 15)), 65);
    }

    #[test]
    fn a_leap_day_birthday_falls_on_the_28th_in_common_years() {
        let birth = Date::constant(1960, 2, 29);
        assert_eq!(birthday(birth, 60), Some(Date::constant(2020, 2, 29)));
        assert_eq!(completed_years(birth, Date::constant(2019, 2, 28)), 59);
        assert_eq!(completed_years(birth, Date::constant(2020, 2, 28)), 59);
    }
}

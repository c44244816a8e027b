//! Reading what people type: `12,000.00`, `１２０００`, `1.2万`, `¥5000`, `201905`, `2019年5月`.
//!
//! Full-width forms are read as their plain ones; surrounding blanks are ignored. A text that can
//! mean two things, or nothing, is refused with the reason; no reading ever drops a digit.

use super::{Date, Money, Month};

/// Why a text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFault {
    /// It is no number at all, or its thousands marks are misplaced.
    NotANumber,
    /// It has more than two decimals of a yuan.
    TooFine,
    /// It is negative.
    Negative,
    /// It is above [`Money::MOST`].
    TooLarge,
}

/// Replaces full-width ASCII (`１`, `，`, `．`) and the ideographic blank by their plain forms.
///
/// ```
/// use shebao::units::typed;
/// assert_eq!(typed::half_width("１２，０００．５\u{3000}元"), "12,000.5 元");
/// ```
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
            '\u{3000}' | '\u{00A0}' => ' ',
            _ => c,
        })
        .collect()
}

/// An amount of money that is not negative.
///
/// # Errors
/// A [`MoneyFault`] that says why the text is no amount.
///
/// ```
/// use shebao::units::typed;
/// for text in ["12,000.00", "１２０００", "1.2万", "¥12000", "12000元"] {
///     assert_eq!(typed::money(text).unwrap().to_string(), "12000.00");
/// }
/// assert_eq!(typed::money("12.345"), Err(typed::MoneyFault::TooFine));
/// ```
pub fn money(text: &str) -> Result<Money, MoneyFault> {
    let plain = half_width(text);
    let mut rest = plain.trim();
    rest = rest.strip_prefix(['¥', '￥', '\u{FFE5}']).unwrap_or(rest).trim_start();
    rest = rest.strip_suffix('元').unwrap_or(rest).trim_end();
    let (number, tens) = rest.strip_suffix('万').map_or((rest, 0), |number| (number.trim_end(), 4));
    if let Some(size) = number.strip_prefix(['-', '\u{2212}']) {
        return Err(if size.starts_with(|c: char| c.is_ascii_digit()) {
            MoneyFault::Negative
        } else {
            MoneyFault::NotANumber
        });
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungroup(whole).ok_or(MoneyFault::NotANumber)?;
    if number.ends_with('.') || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MoneyFault::NotANumber);
    }
    let significant = fraction.trim_end_matches('0');
    if significant.len() > 2 + tens {
        return Err(MoneyFault::TooFine);
    }
    let digits = format!("{whole}{significant:0<width$}", width = 2 + tens);
    let digits = digits.trim_start_matches('0');
    let fen: i64 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| MoneyFault::TooLarge)? };
    let amount = Money::from_fen(fen);
    if amount > Money::MOST { Err(MoneyFault::TooLarge) } else { Ok(amount) }
}

/// An amount of money as cells of payroll files hold it: perhaps negative (`-42.00`, `(42.00)`),
/// perhaps behind an apostrophe or a control character.
///
/// # Errors
/// As [`money`], but that a sign or brackets are fine; a second sign is not.
///
/// ```
/// use shebao::units::typed;
/// for text in ["-1,042.00", "(1,042.00)", "－1042", "-¥1042.00", "'-1042"] {
///     assert_eq!(typed::signed_money(text).unwrap().to_string(), "-1042.00");
/// }
/// ```
pub fn signed_money(text: &str) -> Result<Money, MoneyFault> {
    let plain = half_width(text);
    let mut rest = plain.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    rest = rest.strip_prefix('\'').unwrap_or(rest).trim_start();
    rest = rest.strip_prefix(['¥', '￥']).unwrap_or(rest).trim_start();
    let size = match rest.strip_prefix('(') {
        Some(inside) => inside.strip_suffix(')'),
        None => rest.strip_prefix(['-', '\u{2212}']),
    };
    match size {
        // A second sign is none.
        Some(size) => money(size).map(|size| Money::from_fen(-size.fen())),
        None => money(rest),
    }
}

/// Digits without their thousands marks; the marks must stand every three digits or nowhere.
fn ungroup(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let well_formed = digits_only(first)
        && rest.iter().all(|group| group.len() == 3 && digits_only(group))
        && (rest.is_empty() || first.len() <= 3);
    well_formed.then(|| text.replace(',', ""))
}

/// A month: `2019-05`, `2019-5`, `201905`, `2019年5月`, `2019.5`, `2019/05`.
///
/// ```
/// use shebao::units::typed;
/// assert_eq!(typed::month("2019年5月"), typed::month("2019-05"));
/// assert_eq!(typed::month("2019-13"), None);
/// ```
#[must_use]
pub fn month(text: &str) -> Option<Month> {
    let plain = half_width(text);
    let plain = plain.trim();
    let (year, number) = match numbers(plain)?.as_slice() {
        [joined] if joined.len() == 6 => (joined[..4].to_owned(), joined[4..].to_owned()),
        [year, number] => (year.clone(), number.clone()),
        _ => return None,
    };
    if year.len() != 4 || number.len() > 2 {
        return None;
    }
    Month::new(year.parse().ok()?, number.parse().ok()?)
}

/// A month as cells of payroll files hold it: as people write it, as a day in it (`2025-05-01`, with or
/// without a time), as a spreadsheet's day number, or as a range within one month.
///
/// ```
/// use shebao::units::typed;
/// for text in ["202505", "2025.5", "2025年5月", "2025-05-01 00:00:00", "20250501", "45778", "202505-202505"] {
///     assert_eq!(typed::month_of(text).unwrap().to_string(), "2025-05");
/// }
/// ```
#[must_use]
pub fn month_of(text: &str) -> Option<Month> {
    alone(text).or_else(|| span(text).filter(|(first, last)| first == last).map(|(first, _)| first))
}

/// A month that is no range.
fn alone(text: &str) -> Option<Month> {
    if let Some(month) = month(text) {
        return Some(month);
    }
    let plain = half_width(text);
    let plain = plain.trim().trim_start_matches('\'');
    let day = plain.split([' ', 'T']).next().unwrap_or(plain);
    if let Some(date) = date(day) {
        return Month::of(date);
    }
    if plain.len() == 5
        && let Some(date) =
            plain.parse().ok().filter(|days| (20_000..80_000).contains(days)).and_then(|days| serial_date(days, false))
    {
        return Month::of(date);
    }
    None
}

/// From one month to another: `2023-12至2024-02`, `202312-202402`; a month alone is from and to itself.
///
/// ```
/// use shebao::units::typed;
/// let (first, last) = typed::span("2023-12至2024-02").unwrap();
/// assert_eq!((first.to_string(), last.to_string()), ("2023-12".to_owned(), "2024-02".to_owned()));
/// ```
#[must_use]
pub fn span(text: &str) -> Option<(Month, Month)> {
    let plain = half_width(text);
    let plain = plain.trim();
    let both = |first: &str, last: &str| {
        let day = |text: &str| date(text.trim()).and_then(Month::of);
        let read = |text: &str| month(text).or_else(|| day(text));
        Some((read(first)?, read(last)?)).filter(|(first, last)| first <= last)
    };
    let found = ["至", "到", "~", "—", "--"].into_iter().find_map(|mark| plain.split_once(mark));
    let found = found.and_then(|(first, last)| both(first, last.trim_start_matches(['—', '-'])));
    found
        .or_else(|| {
            plain.split_once('-').filter(|(first, _)| first.len() == 6).and_then(|(first, last)| both(first, last))
        })
        .or_else(|| alone(plain).map(|month| (month, month)))
}

/// The day of a spreadsheet's day number.
///
/// ```
/// use shebao::units::{Date, typed};
/// // 45,778 days after 30 December 1899
/// assert_eq!(typed::serial_date(45_778, false), Some(Date::constant(2025, 5, 1)));
/// ```
#[must_use]
pub fn serial_date(days: i32, from_1904: bool) -> Option<Date> {
    // 1900 counts from 31 December 1899 and holds a 29 February that never was.
    let (year, days) = if from_1904 { (1904, days) } else { (1900, days - if days > 60 { 2 } else { 1 }) };
    if !(0..3_000_000).contains(&days) {
        return None;
    }
    Date::new(year, 1, 1).ok()?.checked_add(jiff::Span::new().days(i64::from(days))).ok()
}

/// A date: `1954-05-15`, `19540515`, `1954年5月15日`, `1954.5.15`, `1954/05/15`.
///
/// ```
/// use shebao::units::{Date, typed};
/// assert_eq!(typed::date("1954年5月15日"), Some(Date::constant(1954, 5, 15)));
/// assert_eq!(typed::date("1954-02-30"), None);
/// ```
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let plain = half_width(text);
    let plain = plain.trim();
    let parts = match numbers(plain)?.as_slice() {
        [joined] if joined.len() == 8 => [joined[..4].to_owned(), joined[4..6].to_owned(), joined[6..].to_owned()],
        [year, month, day] => [year.clone(), month.clone(), day.clone()],
        _ => return None,
    };
    let [year, month, day] = &parts;
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The runs of digits in a text that otherwise holds only one kind of date mark.
fn numbers(text: &str) -> Option<Vec<String>> {
    let chinese = text.contains('年');
    let marks: &[char] = if chinese { &['年', '月', '日'] } else { &['-', '.', '/'] };
    let body = if chinese { text.strip_suffix(['月', '日']).unwrap_or(text) } else { text };
    let used: Vec<char> = body.chars().filter(|c| !c.is_ascii_digit()).collect();
    let one_kind = if chinese {
        used.iter().zip(['年', '月']).all(|(mark, expected)| *mark == expected)
    } else {
        used.iter().all(|mark| marks.contains(mark) && used.first() == Some(mark))
    };
    if !one_kind || used.len() > 2 {
        return None;
    }
    let parts: Vec<String> = body.split(marks).map(str::to_owned).collect();
    parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, fen) in [
            ("12,000.00", 1_200_000),
            ("１２，０００．５", 1_200_050),
            ("1.2万", 1_200_000),
            ("1.23456万", 1_234_560),
            (" ¥ 5000 ", 500_000),
            ("￥5000元", 500_000),
            ("5000.000", 500_000),
            ("0", 0),
            ("007", 700),
            ("1,234,567.89", 123_456_789),
        ] {
            assert_eq!(money(text), Ok(Money::from_fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_no_money_is_refused_with_the_reason() {
        use MoneyFault::{Negative, NotANumber, TooFine, TooLarge};
        for (text, fault) in [
            ("", NotANumber),
            ("abc", NotANumber),
            ("1,00", NotANumber),
            ("1,0000", NotANumber),
            ("12345,678", NotANumber),
            ("1e3", NotANumber),
            ("5.", NotANumber),
            (".5", NotANumber),
            ("1.2.3", NotANumber),
            ("12.345", TooFine),
            ("1.2345678万", TooFine),
            ("-5", Negative),
            ("-", NotANumber),
            ("1000000000000.01", TooLarge),
            ("99999999999999999999999", TooLarge),
            ("NaN", NotANumber),
            ("5 000", NotANumber),
            ("1\u{0}", NotANumber),
        ] {
            assert_eq!(money(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn months_and_dates_are_read_in_each_written_form() {
        for text in ["2019-05", "2019-5", "201905", "2019年5月", "2019年05月", "2019.5", "2019/05", "２０１９－０５"]
        {
            assert_eq!(month(text).map(|m| m.to_string()).as_deref(), Some("2019-05"), "{text}");
        }
        for text in ["2019", "2019-13", "19-05", "2019-05-01", "20195", "五月", "2019-005", "2019-/05"] {
            assert_eq!(month(text), None, "{text}");
        }
        for text in ["1954-05-15", "19540515", "1954年5月15日", "1954.5.15", "1954/05/15", "1954-5-15"] {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some("1954-05-15"), "{text}");
        }
        for text in ["1954-02-30", "540515", "1954-05", "1954-05/15", "1954年15日5月"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}

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
    /// It is below nought.
    Negative,
    /// It is above [`Money::MOST`].
    TooLarge,
}

/// Replaces full-width ASCII (`１`, `，`, `．`) and the ideographic blank by their plain forms.
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

/// An amount of money that is not below nought.
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

/// A date: `1954-05-15`, `19540515`, `1954年5月15日`, `1954.5.15`, `1954/05/15`.
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

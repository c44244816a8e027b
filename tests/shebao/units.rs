//! What the smallest parts promise to everybody who calls them, form by form and at the edges.

use shebao::units::{Money, Month, Written, typed};

#[test]
fn only_digits_are_read_as_digits() {
    let text = *b"1234.56";
    for at in 0..text.len() {
        for byte in 0..=255 {
            let mut text = [b"0", &text[..]].concat();
            text[at + 1] = byte;
            let read = Written::read(&text, &(1..8));
            let is_right = if at == 4 { byte == b'.' } else { byte.is_ascii_digit() };
            assert_eq!(read.is_some(), is_right, "byte {byte:#x} at {at}");
        }
    }
    let month = *b"2019-05";
    for at in 0..month.len() {
        for byte in 0..=255 {
            let mut month = month;
            month[at] = byte;
            let is_right = if at == 4 { byte == b'-' } else { byte.is_ascii_digit() };
            assert_eq!(Month::is_plain(month), is_right, "byte {byte:#x} at {at}");
        }
    }
}

#[test]
fn months_are_counted_from_january_1900() {
    let index = |month: &str| month.parse::<Month>().unwrap().index();
    // 100 years of 12 months; 125 years and four months.
    assert_eq!([index("1900-01"), index("1900-12"), index("2000-01"), index("2025-05")], [0, 11, 1200, 1504]);
    assert_eq!(Month::LAST.index(), 300 * 12 - 1);
}

#[test]
fn blanks_and_control_characters_around_an_amount_are_none_of_it() {
    for text in
        [" -42.00", "-42.00 ", "\u{1}-42.00", "\u{9}-42.00\u{7f}", "\u{3000}-42.00", "\u{FEFF}-42.00", "\u{a0}-42.00"]
    {
        assert_eq!(typed::signed_money(text), Ok(Money::from_fen(-4200)), "{text:?}");
    }
}

#[test]
fn amounts_are_taken_off_exactly_or_not_at_all() {
    let most = Money::from_fen(i64::MAX);
    assert_eq!(Money::from_fen(700).minus(Money::from_fen(1_000)), Some(Money::from_fen(-300)));
    assert_eq!(most.minus(Money::from_fen(-1)), None);
    assert_eq!(Money::from_fen(i64::MIN).minus(Money::from_fen(1)), None);
    assert_eq!(most.plus(Money::from_fen(1)), None);
}

#[test]
fn a_span_ends_where_it_begins_or_after() {
    let month = |text: &str| text.parse::<Month>().unwrap();
    assert_eq!(typed::span("2025-01至2025-03"), Some((month("2025-01"), month("2025-03"))));
    assert_eq!(typed::span("2025-03至2025-03"), Some((month("2025-03"), month("2025-03"))));
    assert_eq!(typed::span("2025-03至2025-01"), None);
}

//! Identity numbers (公民身份号码), GB 11643-1999.
//!
//! Eighteen characters: six of the place of first registration, eight of the birth date, three of
//! sequence (odd for men), one check character. The old form of fifteen has a two-digit year (of
//! the twentieth century) and no check character. The place is not judged: codes are reused, and
//! no code is tied to years.

use crate::units::Date;

/// Sex, as the identity number states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityFault {
    /// Neither 15 nor 18 characters.
    Length(usize),
    /// A character that is no digit (or an X that is not at the end).
    Character,
    /// The birth date does not exist.
    Date,
    /// The check character is not the one that the digits give.
    Check {
        /// The one that belongs there.
        expected: char,
    },
}

/// A valid identity number.
///
/// ```
/// use shebao::facts::{IdentityNumber, Sex};
/// let number = IdentityNumber::parse("11010519491231002X").unwrap();
/// assert_eq!(number.birth.to_string(), "1949-12-31");
/// assert_eq!(number.sex, Sex::Female);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityNumber {
    /// The birth date.
    pub birth: Date,
    /// The sex.
    pub sex: Sex,
}

/// The weights of GB 11643 for the first seventeen digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check characters of GB 11643 by remainder.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

impl IdentityNumber {
    /// Whether these bytes are a valid number: a real birth date and, of eighteen characters, the right check character.
    #[must_use]
    pub fn is_valid(bytes: &[u8]) -> bool {
        Self::plain(bytes).is_some()
            || (bytes.len() != 18 && std::str::from_utf8(bytes).is_ok_and(|text| Self::parse(text).is_ok()))
    }

    /// A valid number of 18 characters; `None` for everything else, without saying why.
    fn plain(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 18] = bytes.try_into().ok()?;
        let (mut sum, mut strange) = (0, 0);
        for (byte, weight) in bytes.iter().zip(WEIGHTS) {
            let digit = byte ^ b'0';
            strange |= digit | digit.wrapping_add(6);
            sum += u32::from(digit) * weight;
        }
        let check = CHECKS.get(usize::try_from(sum % 11).ok()?)?;
        if strange > 0x0F || char::from(bytes[17].to_ascii_uppercase()) != *check {
            return None;
        }
        let digit = |at: usize| u32::from(bytes[at] & 0x0F);
        let number = |range: std::ops::Range<usize>| range.fold(0, |sum, at| sum * 10 + digit(at));
        let birth = real_date(number(6..10), number(10..12), number(12..14))?;
        Some(Self { birth, sex: if digit(16) % 2 == 1 { Sex::Male } else { Sex::Female } })
    }

    /// Reads a number of 18 or 15 characters; a lower-case `x` is accepted at the end.
    ///
    /// # Errors
    /// An [`IdentityFault`]: another length, a character that does not belong, a date that does not exist, or an
    /// invalid check digit.
    ///
    /// ```
    /// use shebao::facts::{IdentityFault, IdentityNumber};
    /// // The example of GB 11643-1999, its last character changed.
    /// let wrong = IdentityNumber::parse("110105194912310021");
    /// assert_eq!(wrong, Err(IdentityFault::Check { expected: 'X' }));
    /// ```
    pub fn parse(text: &str) -> Result<Self, IdentityFault> {
        if let Some(number) = Self::plain(text.as_bytes()) {
            return Ok(number);
        }
        let characters: Vec<char> = text.chars().collect();
        let body = match characters.len() {
            18 => &characters[..17],
            15 => &characters[..],
            other => return Err(IdentityFault::Length(other)),
        };
        let digits: Vec<u32> = body.iter().map_while(|c| c.to_digit(10)).collect();
        if digits.len() != body.len() {
            return Err(IdentityFault::Character);
        }
        let number = |range: std::ops::Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + digit);
        let (year, month, day, sequence) = if digits.len() == 17 {
            (number(6..10), number(10..12), number(12..14), digits[16])
        } else {
            (1900 + number(6..8), number(8..10), number(10..12), digits[14])
        };
        let birth = real_date(year, month, day).ok_or(IdentityFault::Date)?;
        if let Some(&last) = characters.get(17) {
            let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
            let expected =
                (0..).zip(CHECKS).find_map(|(rest, check)| (rest == sum % 11).then_some(check)).unwrap_or('X');
            let found = last.to_ascii_uppercase();
            if !(found.is_ascii_digit() || found == 'X') {
                return Err(IdentityFault::Character);
            }
            if found != expected {
                return Err(IdentityFault::Check { expected });
            }
        }
        let sex = if sequence % 2 == 1 { Sex::Male } else { Sex::Female };
        Ok(Self { birth, sex })
    }
}

fn real_date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The number with its birth date hidden, for messages: `371081********1234`. A text too short to
/// hide anything in is hidden whole.
///
/// ```
/// use shebao::facts::mask;
/// assert_eq!(mask("11010519491231002X"), "110105********002X");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let hidden = match characters.len() {
        18 => 6..14,
        15 => 6..12,
        length => length.min(6)..length.saturating_sub(2).max(length.min(6)),
    };
    characters
        .iter()
        .enumerate()
        .map(|(at, c)| if hidden.contains(&at) || characters.len() <= 6 { '*' } else { *c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_examples_of_the_standard_hold() {
        // GB 11643-1999, examples: 11010519491231002X and 440524188001010014
        let first = IdentityNumber::parse("11010519491231002x").unwrap();
        assert_eq!((first.birth.to_string().as_str(), first.sex), ("1949-12-31", Sex::Female));
        let second = IdentityNumber::parse("440524188001010014").unwrap();
        assert_eq!((second.birth.to_string().as_str(), second.sex), ("1880-01-01", Sex::Male));
    }

    #[test]
    fn the_old_form_is_read_without_a_check() {
        let old = IdentityNumber::parse("370628540515998").unwrap();
        assert_eq!((old.birth.to_string().as_str(), old.sex), ("1954-05-15", Sex::Female));
    }

    #[test]
    fn each_way_of_being_wrong_is_named() {
        assert_eq!(IdentityNumber::parse("110105194912310021"), Err(IdentityFault::Check { expected: 'X' }));
        assert_eq!(IdentityNumber::parse("110105194902300021"), Err(IdentityFault::Date));
        assert_eq!(IdentityNumber::parse("1101051949123100"), Err(IdentityFault::Length(16)));
        assert_eq!(IdentityNumber::parse("1101051949123100X2"), Err(IdentityFault::Character));
        assert_eq!(IdentityNumber::parse("11010519491231002Z"), Err(IdentityFault::Character));
    }

    #[test]
    fn every_single_wrong_digit_is_caught() {
        // The weights and the modulus 11 of the standard catch any one changed digit.
        let good = "440524188001010014";
        for at in 0..18 {
            for digit in '0'..='9' {
                let wrong: String = good.chars().enumerate().map(|(i, c)| if i == at { digit } else { c }).collect();
                assert_eq!(IdentityNumber::parse(&wrong).is_ok(), wrong == good, "{wrong}");
            }
        }
    }

    #[test]
    fn masks_hide_the_birth_date() {
        assert_eq!(mask("371081195405159961"), "371081********9961");
        assert_eq!(mask("12345"), "*****");
        assert_eq!(mask("1234567890"), "123456**90");
    }
}

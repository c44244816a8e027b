//! Reading what was typed after flags: text to values, each fault at its flag.
//!
//! A value that is not known is refused with the nearest known one. Each function reads one kind of value and changes
//! nothing; the commands keep all faults and report them together.

use super::args::Selecting;
use super::config::Config;
use crate::facts::{Fault, Faults, IdentityNumber, Insurance, Kind, Outcome, Payer, Selection, mask};
use crate::payroll::BaseSource;
use crate::tables::Book;
use crate::units::{Date, Money, Month, Months, Rate, typed};

pub(super) use crate::tables::nearest;

/// The longest span of months that is worked out at once.
const MONTHS_AT_MOST: i32 = 600;

/// A value that may be absent.
pub(super) fn optional<T>(text: Option<&str>, read: impl FnOnce(&str) -> Outcome<T>) -> Outcome<Option<T>> {
    text.map(read).transpose()
}

/// A value that must be there.
pub(super) fn required<T>(flag: &str, text: Option<&str>, read: impl FnOnce(&str) -> Outcome<T>) -> Outcome<T> {
    match text {
        Some(text) => read(text),
        None => Err(Kind::MissingFlag { flags: vec![flag.to_owned()] }.into()),
    }
}

/// A value that may be absent elsewhere, but not here.
pub(super) fn needed<T>(flag: &str, value: Option<T>) -> Outcome<T> {
    value.ok_or_else(|| Kind::MissingFlag { flags: vec![flag.to_owned()] }.into())
}

/// A month.
pub(super) fn month(flag: &str, text: &str) -> Outcome<Month> {
    typed::month(text).ok_or_else(|| Fault::flag(Kind::BadMonth { text: text.to_owned() }, flag, text).into())
}

/// A date.
pub(super) fn date(flag: &str, text: &str) -> Outcome<Date> {
    typed::date(text).ok_or_else(|| Fault::flag(Kind::BadDate { text: text.to_owned() }, flag, text).into())
}

/// An amount.
pub(super) fn money(flag: &str, text: &str) -> Outcome<Money> {
    typed::money(text).map_err(|why| Fault::flag(Kind::BadMoney { text: text.to_owned(), why }, flag, text).into())
}

/// A whole number within bounds.
pub(super) fn count(flag: &str, text: &str, least: i64, most: i64) -> Outcome<i64> {
    let plain = typed::half_width(text);
    let value = plain.trim().parse().ok().filter(|value| (least..=most).contains(value));
    value.ok_or_else(|| Fault::flag(Kind::BadCount { text: text.to_owned(), least, most }, flag, text).into())
}

/// A percentage.
pub(super) fn rate(flag: &str, text: &str) -> Outcome<Rate> {
    let plain = typed::half_width(text);
    Rate::from_percent(plain.trim())
        .ok_or_else(|| Fault::flag(Kind::BadRate { text: text.to_owned() }, flag, text).into())
}

/// A year.
pub(super) fn year(flag: &str, text: &str) -> Outcome<i32> {
    let plain = typed::half_width(text);
    let digits = plain.trim();
    let digits = digits.strip_suffix('年').unwrap_or(digits);
    let year = if digits.len() == 4 { digits.parse().ok() } else { None };
    year.filter(|year| Month::new(*year, 1).is_some())
        .ok_or_else(|| Fault::flag(Kind::BadYear { text: text.to_owned() }, flag, text).into())
}

/// An identity number; messages show it masked.
pub(super) fn identity(flag: &str, text: &str) -> Outcome<IdentityNumber> {
    let plain = typed::half_width(text);
    IdentityNumber::parse(plain.trim()).map_err(|why| {
        let shown = mask(text.trim());
        Fault::flag(Kind::BadIdentity { text: shown.clone(), why }, flag, &shown).into()
    })
}

/// The position of a word in a list of choices.
pub(super) fn choice(flag: &str, text: Option<&str>, choices: &[&str]) -> Outcome<Option<usize>> {
    let Some(text) = text else { return Ok(None) };
    if let Some(at) = choices.iter().position(|choice| *choice == text) {
        return Ok(Some(at));
    }
    let kind = Kind::UnknownChoice {
        text: text.to_owned(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        nearest: nearest(text, choices.iter().copied()),
    };
    Err(Fault::flag(kind, flag, text).into())
}

/// One month, or the months of a span; `None` where neither is given.
pub(super) fn months(one: Option<&str>, from: Option<&str>, to: Option<&str>) -> Outcome<Option<Months>> {
    let mut faults = Faults::default();
    let single = faults.keep(optional(one, |text| month("--month", text)));
    let first = faults.keep(optional(from, |text| month("--from", text)));
    let last = faults.keep(optional(to, |text| month("--to", text)));
    let (Some(single), Some(first), Some(last)) = (single, first, last) else { return Err(faults) };
    match (single, first, last) {
        (None, None, None) => Ok(None),
        (Some(month), None, None) => Ok(Some(Months { first: month, last: month })),
        (Some(_), _, _) => {
            let other = if first.is_some() { "--from" } else { "--to" };
            Err(Kind::FlagConflict { flag: "--month".to_owned(), other: other.to_owned() }.into())
        }
        (None, Some(first), Some(last)) if first > last => {
            Err(Kind::SpanReversed { from: first.to_string(), to: last.to_string() }.into())
        }
        (None, Some(first), Some(last)) if last.since(first) >= MONTHS_AT_MOST => {
            Err(Kind::SpanTooLong { months: last.since(first) + 1, most: MONTHS_AT_MOST }.into())
        }
        (None, Some(first), Some(last)) => Ok(Some(Months { first, last })),
        (None, Some(_), None) => Err(Kind::MissingFlag { flags: vec!["--to".to_owned()] }.into()),
        (None, None, Some(_)) => Err(Kind::MissingFlag { flags: vec!["--from".to_owned()] }.into()),
    }
}

/// Which insurances, and at which rates.
pub(super) fn selection(config: &Config, book: &Book, typed: &Selecting) -> Outcome<Selection> {
    let mut faults = Faults::default();
    let mut only = Vec::new();
    for text in &typed.only {
        only.extend(faults.keep(insurance(book, text)));
    }
    let codes = Payer::ALL.map(Payer::code);
    let payer = faults.keep(choice("--payer", typed.payer.as_deref(), &codes)).flatten().map(|at| Payer::ALL[at]);
    let injury_class = faults.keep(injury_class(typed, config)).flatten();
    let grade = typed.injury_grade.as_deref().or(config.injury_grade.as_deref());
    let injury_grade = faults.keep(optional(grade, |text| rate("--injury-grade", text))).flatten();
    if typed.injury_grade.is_some() && injury_class.is_none() && faults.0.is_empty() {
        faults.push(Fault::new(Kind::GradeWithoutClass));
    }
    faults.or(Selection {
        only: if typed.only.is_empty() { None } else { Some(only) },
        payer: payer.unwrap_or_default(),
        injury_class,
        injury_grade,
        relief: typed.relief.clone(),
    })
}

fn injury_class(typed: &Selecting, config: &Config) -> Outcome<Option<usize>> {
    let configured = config.injury_class.map(|class| class.to_string());
    let text = typed.injury_class.as_deref().or(configured.as_deref());
    let class = optional(text, |text| count("--injury-class", text, 1, 8))?;
    Ok(class.and_then(|class| usize::try_from(class).ok()))
}

/// An insurance by its code or its name in either language.
fn insurance(book: &Book, text: &str) -> Outcome<Insurance> {
    let wanted = typed::half_width(text).trim().to_lowercase();
    let found = book.insurances().iter().find(|names| {
        let spellings = [names.insurance.code(), &names.name.zh, &names.name.en, &names.full.zh, &names.full.en];
        spellings.iter().any(|spelling| spelling.to_lowercase() == wanted)
    });
    found.map(|names| names.insurance.clone()).ok_or_else(|| {
        let known: Vec<String> = book.insurances().iter().map(|names| names.insurance.code().to_owned()).collect();
        let nearest = nearest(&wanted, known.iter().map(String::as_str));
        Fault::flag(Kind::UnknownInsurance { text: text.to_owned(), nearest, known }, "--only", text).into()
    })
}

/// Reliefs asked for must exist by the month.
pub(super) fn known_reliefs(book: &Book, month: Month, asked: &[String]) -> Outcome<()> {
    if asked.is_empty() {
        return Ok(());
    }
    let known = book.reliefs(month)?;
    let mut faults = Faults::default();
    for text in asked.iter().filter(|text| !known.contains(text)) {
        faults.push(Fault::flag(Kind::UnknownRelief { text: text.clone(), known: known.clone() }, "--relief", text));
    }
    faults.or(())
}

/// What bases rest on.
pub(super) fn base_source(typed: Option<&str>) -> Outcome<Option<BaseSource>> {
    let codes = BaseSource::ALL.map(BaseSource::code);
    Ok(choice("--base-from", typed, &codes)?.map(|at| BaseSource::ALL[at]))
}

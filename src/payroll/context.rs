//! What stands around a table: the month and the insurance of all its rows, in a label (费款所属期 | 2025-05), in
//! the title, in the sheet's or the file's name. The nearer to the table, the more it counts.

use super::heading::{Names, normal, side_in};
use super::vocabulary;
use crate::facts::{Insurance, Side};
use crate::files::TopRow;
use crate::units::Month;

/// Where something was found that no column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundIn {
    /// In a label above the table; its row.
    Label(u64),
    /// In a title above the table; its row.
    Title(u64),
    /// In the name of the sheet.
    SheetName,
    /// In the name of the file.
    FileName,
    /// In the layout given with `--layout`.
    Layout,
}

impl FoundIn {
    /// The code used in JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Label(_) => "label",
            Self::Title(_) => "title",
            Self::SheetName => "sheet-name",
            Self::FileName => "file-name",
            Self::Layout => "layout",
        }
    }

    /// The row, where it stands in one.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        match self {
            Self::Label(row) | Self::Title(row) => Some(*row),
            Self::SheetName | Self::FileName | Self::Layout => None,
        }
    }
}

/// The texts around a table, the nearest first; other dates than the month's are none of them.
fn texts(above: &[TopRow], sheet: Option<&str>, file: &str) -> Vec<(FoundIn, String)> {
    let mut texts = Vec::new();
    for row in above.iter().rev().filter(|row| !row.hidden) {
        let mut other = false;
        for cell in row.cells.iter().filter(|cell| !cell.trim().is_empty()) {
            let after = std::mem::replace(&mut other, vocabulary::OTHER_DATES.iter().any(|word| cell.contains(word)));
            if !other && !after {
                texts.push((FoundIn::Title(row.number), cell.clone()));
            }
        }
    }
    texts.extend(sheet.map(|name| (FoundIn::SheetName, name.to_owned())));
    let name = std::path::Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    texts.extend(name.map(|name| (FoundIn::FileName, name)));
    texts
}

/// The month of all rows, where something around the table says it.
pub(crate) fn month(above: &[TopRow], sheet: Option<&str>, file: &str) -> Option<(Month, FoundIn)> {
    let mut yearless: Option<(u32, FoundIn)> = None;
    for row in above.iter().rev().filter(|row| !row.hidden) {
        for (at, cell) in row.cells.iter().enumerate() {
            let plain = normal(cell);
            let Some(label) = vocabulary::MONTH_LABELS.iter().find(|label| plain.starts_with(**label)) else {
                continue;
            };
            let beside = row.cells[at + 1..].iter().find(|cell| !cell.trim().is_empty());
            let value =
                Some(plain[label.len()..].trim_start_matches([':', '-']).to_owned()).filter(|rest| !rest.is_empty());
            let Some(text) = value.as_deref().or(beside.map(String::as_str)) else { continue };
            if let Some(month) = month_in(text) {
                return Some((month, FoundIn::Label(row.number)));
            }
            yearless = yearless.or_else(|| Some((month_without_year(text)?, FoundIn::Label(row.number))));
        }
    }
    let texts = texts(above, sheet, file);
    let mut whole = texts.iter().filter_map(|(source, text)| Some((month_in(text)?, source.clone())));
    let Some((number, source)) = yearless else { return whole.next() };
    // A month without its year needs the year from somewhere else, and only the year.
    if let Some((month, source)) = whole.next() {
        return (month.number() == number).then_some((month, source));
    }
    let mut years: Vec<i32> = texts.iter().filter_map(|(_, text)| year_in(text)).collect();
    years.dedup();
    match years.as_slice() {
        [year] => Some((split_month(&year.to_string(), &number.to_string())?, source)),
        _ => None,
    }
}

/// The number of a month that stands without a year: `5月`, `11月份`.
fn month_without_year(text: &str) -> Option<u32> {
    let plain = crate::units::typed::half_width(text);
    let number = plain.trim().strip_suffix('份').unwrap_or(plain.trim()).strip_suffix('月')?;
    number.trim().parse().ok().filter(|number| (1..=12).contains(number))
}

/// The year that a text names: `2025年`.
fn year_in(text: &str) -> Option<i32> {
    let plain = crate::units::typed::half_width(text);
    let before = plain.split('年').next().filter(|before| before.len() < plain.len())?;
    let digits = before.trim_end().rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|year| (1990..2100).contains(year))
}

/// The one insurance that the texts around a table speak of, and its side where they name one.
pub(crate) fn insurance(
    above: &[TopRow],
    sheet: Option<&str>,
    file: &str,
    names: &Names,
) -> Option<(Insurance, Option<Side>, FoundIn)> {
    texts(above, sheet, file).into_iter().find_map(|(source, text)| match names.insurances_in(&text).as_slice() {
        [only] => {
            let sided = vocabulary::SIDED.iter().any(|word| text.contains(word));
            Some((only.clone(), side_in(&text).filter(|_| sided), source))
        }
        _ => None,
    })
}

/// The month that a text names: `2025年5月`, `2025-05`, `202505`, `26年3月`, a range within one month. Digits that
/// are no month (`2024-20`, a number of eighteen digits) are passed over.
pub(crate) fn month_in(text: &str) -> Option<Month> {
    let plain = crate::units::typed::half_width(text);
    let mut runs: Vec<(&str, &str)> = Vec::new();
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        runs.push((&digits[..end], &digits[end..]));
        rest = &digits[end..];
    }
    for (at, (digits, after)) in runs.iter().enumerate() {
        let found = match digits.len() {
            6 => split_month(&digits[..4], &digits[4..]),
            8 => split_month(&digits[..4], &digits[4..6]),
            4 | 2 => {
                let mark = after.chars().next()?;
                let year = if digits.len() == 4 { (*digits).to_owned() } else { format!("20{digits}") };
                let dated = matches!(mark, '年') || (digits.len() == 4 && matches!(mark, '-' | '.' | '/' | '_'));
                let (next, _) = runs.get(at + 1).copied().unwrap_or(("", ""));
                let beside = after.trim_start_matches(mark).trim_start().starts_with(next);
                if dated && beside && (1..=2).contains(&next.len()) { split_month(&year, next) } else { None }
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn split_month(year: &str, month: &str) -> Option<Month> {
    Month::new(year.parse().ok().filter(|year| (1990..2100).contains(year))?, month.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_without_its_year_takes_it_from_beside() {
        let top = |texts: &[&str]| -> Vec<TopRow> {
            let row = |(at, text): (usize, &&str)| TopRow {
                number: u64::try_from(at).unwrap() + 1,
                cells: text.split('|').map(str::to_owned).collect(),
                ..TopRow::default()
            };
            texts.iter().enumerate().map(row).collect()
        };
        for (above, file, expected) in [
            (
                vec!["工资发放表", "编制单位：甲|所属月份：|5月份|发放日期：|2025-06-10|金额单位：元"],
                "工资表.xls",
                None,
            ),
            (vec!["2025年工资发放表", "所属月份：|5月份|发放日期：|2025-06-10"], "工资表.xls", Some("2025-05")),
            (vec!["所属月份：|5月份"], "工资表_202505.xls", Some("2025-05")),
            (vec!["所属月份：|5月份"], "工资表_202506.xls", None),
            (vec!["费款所属期|2025-05", "2024年度"], "工资表_202506.xls", Some("2025-05")),
            (vec!["制表日期：2025-06-10"], "工资表.xls", None),
        ] {
            let found = month(&top(&above), None, file).map(|(month, _)| month.to_string());
            assert_eq!(found.as_deref(), expected, "{above:?} {file}");
        }
    }

    #[test]
    fn months_are_found_in_titles_and_names() {
        for (text, expected) in [
            ("2017年05月代理单位费用明细", Some("2017-05")),
            ("社保期间：201705", Some("2017-05")),
            ("工资条_2025_05", Some("2025-05")),
            ("26年3月公积金", Some("2026-03")),
            ("2024.4", Some("2024-04")),
            ("工资明细表（2019.1.1至2019.1.31）", Some("2019-01")),
            ("2026-04——工伤保险（单位缴纳部分）职工明细", Some("2026-04")),
            ("2025年 5月", Some("2025-05")),
            ("20250501", Some("2025-05")),
            ("2024-20", None),
            ("11月份", None),
            ("371003199005129968", None),
            ("06-agency", None),
            ("02-tax-2", None),
        ] {
            assert_eq!(month_in(text).map(|month| month.to_string()).as_deref(), expected, "{text}");
        }
    }
}

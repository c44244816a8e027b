//! What the headings of a payroll file mean. Adding a column is one line in `COLUMNS`.
//!
//! Matching ignores case, blanks, brackets and full-width forms. A heading that is not known is left
//! alone; two headings for one meaning, or a needed one that is missing, are faults that list what
//! was found and what was looked for.

use super::cell::At;
use crate::facts::{Fault, Faults, Insurance, InsuranceNames, Kind, Outcome, Place, Side};
use crate::tables::nearest;
use crate::units::typed::half_width;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One of `COLUMNS`, by its code.
    Plain(&'static str),
    /// The declared base of one insurance.
    InsuranceBase(Insurance),
    /// The declared amount of one insurance and side.
    Amount(Insurance, Side),
}

impl Meaning {
    /// The code, as `--column` takes it.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Plain(code) => (*code).to_owned(),
            Self::InsuranceBase(insurance) => format!("{insurance}_base"),
            Self::Amount(insurance, side) => format!("{insurance}_{}", side.code()),
        }
    }
}

/// Columns that belong to no insurance: code, and the other headings it is read from.
const COLUMNS: &[(&str, &[&str])] = &[
    ("employee_id", &["证件号码", "身份证号", "身份证号码", "公民身份号码", "社会保障号码"]),
    ("name", &["姓名"]),
    ("month", &["费款所属期", "缴费月份", "月份"]),
    ("wage", &["工资", "月工资", "申报工资", "月平均工资"]),
    ("base", &["缴费基数", "申报基数"]),
    ("birth", &["出生日期"]),
    ("sex", &["性别"]),
    ("account", &["个人账户", "个人账户储存额"]),
    ("years", &["缴费年限"]),
    ("tier", &["缴费档次", "档次"]),
    ("year", &["年度", "缴费年度"]),
    ("category", &["人员类别", "身份类别"]),
    ("people", &["人数"]),
];

/// How the sides are written beside the name of an insurance.
const SIDES: [(Side, &[&str]); 2] = [(Side::Employer, &["单位", "企业", "公司"]), (Side::Employee, &["个人"])];
/// What may follow name and side.
const ENDINGS: &[&str] = &["", "缴纳", "缴费", "部分", "应缴", "金额", "缴费金额", "应缴金额", "应缴费额"];

/// The headings of a file with what each means.
#[derive(Clone, Debug)]
pub struct Columns {
    headings: Vec<String>,
    meanings: Vec<Option<Meaning>>,
}

impl Columns {
    /// Reads headings; `mapping` holds what the user said with `--column code=heading`.
    pub fn read(
        file: &str,
        headings: &[String],
        mapping: &[(String, String)],
        insurances: &[InsuranceNames],
    ) -> Outcome<Self> {
        let known = known(insurances);
        let mut faults = Faults::default();
        let mapped = faults.keep(read_mapping(headings, mapping, &known)).unwrap_or_default();
        let mut meanings: Vec<Option<Meaning>> = vec![None; headings.len()];
        for (meaning, position) in &mapped {
            meanings[*position] = Some(meaning.clone());
        }
        for (position, heading) in
            headings.iter().enumerate().filter(|(position, _)| !mapped.iter().any(|(_, at)| at == position))
        {
            let plain = normal(heading);
            let found = known.iter().find(|(_, spellings)| spellings.contains(&plain)).map(|(meaning, _)| meaning);
            meanings[position] = found.filter(|meaning| !mapped.iter().any(|(other, _)| other == *meaning)).cloned();
        }
        for (meaning, _) in &known {
            let same: Vec<String> = headings
                .iter()
                .zip(&meanings)
                .filter(|(_, found)| found.as_ref() == Some(meaning))
                .map(|(heading, _)| heading.clone())
                .collect();
            if same.len() > 1 {
                let place = Place::Cell { file: file.to_owned(), row: 1, column: None };
                faults.push(Fault::at(Kind::DoubledColumn { meaning: meaning.code(), headings: same }, place));
            }
        }
        faults.or(Self { headings: headings.to_vec(), meanings })
    }

    /// The headings as they stand.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Where a meaning is found.
    pub(super) fn find(&self, meaning: &Meaning) -> Option<At> {
        let position = self.meanings.iter().position(|found| found.as_ref() == Some(meaning))?;
        Some(At { position, heading: self.headings.get(position)?.clone() })
    }

    /// Where one of `COLUMNS` is found.
    pub(super) fn plain(&self, code: &'static str) -> Option<At> {
        self.find(&Meaning::Plain(code))
    }

    /// The fault of columns that are needed and not there; `codes` are what was looked for.
    pub(super) fn missing(&self, file: &str, codes: &[&str]) -> Fault {
        let looked_for = codes.iter().map(|code| described(code)).collect();
        let place = Place::Cell { file: file.to_owned(), row: 1, column: None };
        Fault::at(Kind::MissingColumn { looked_for, headings: self.headings.clone() }, place)
    }
}

/// A code with the headings it is read from.
fn described(code: &str) -> String {
    match COLUMNS.iter().find(|(name, _)| *name == code) {
        Some((_, spellings)) => format!("{code} ({})", spellings.join(" / ")),
        None => code.to_owned(),
    }
}

/// Every meaning with its spellings, in normal form.
#[must_use]
pub fn known(insurances: &[InsuranceNames]) -> Vec<(Meaning, Vec<String>)> {
    let mut known = Vec::new();
    for (code, others) in COLUMNS {
        let spelt = std::iter::once(*code).chain(others.iter().copied()).map(normal).collect();
        known.push((Meaning::Plain(code), spelt));
    }
    for names in insurances {
        let short = &names.name.zh;
        let stems = [
            short.clone(),
            format!("{short}保险"),
            format!("基本{short}"),
            format!("基本{short}保险"),
            names.full.zh.clone(),
        ];
        let code = names.insurance.code();
        let mut bases = vec![format!("{code}_base")];
        bases.extend(stems.iter().flat_map(|stem| [format!("{stem}基数"), format!("{stem}缴费基数")]));
        known.push((Meaning::InsuranceBase(names.insurance.clone()), bases.iter().map(|text| normal(text)).collect()));
        for (side, words) in SIDES {
            let mut spelt = vec![format!("{code}_{}", side.code())];
            for (stem, word) in stems.iter().flat_map(|stem| words.iter().map(move |word| (stem, word))) {
                spelt.extend(
                    ENDINGS
                        .iter()
                        .flat_map(|ending| [format!("{stem}{word}{ending}"), format!("{word}{stem}{ending}")]),
                );
            }
            known.push((
                Meaning::Amount(names.insurance.clone(), side),
                spelt.iter().map(|text| normal(text)).collect(),
            ));
        }
    }
    known
}

/// A heading without case, blanks, brackets and full-width forms.
fn normal(heading: &str) -> String {
    half_width(heading)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '\u{FEFF}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What the user said of columns: each meaning with the position of its heading.
fn read_mapping(
    headings: &[String],
    mapping: &[(String, String)],
    known: &[(Meaning, Vec<String>)],
) -> Outcome<Vec<(Meaning, usize)>> {
    let mut faults = Faults::default();
    let mut found = Vec::new();
    for (code, heading) in mapping {
        let typed = format!("{code}={heading}");
        let meaning = known.iter().map(|(meaning, _)| meaning).find(|meaning| meaning.code() == *code);
        if meaning.is_none() {
            let codes: Vec<String> = known.iter().map(|(meaning, _)| meaning.code()).collect();
            let near = nearest(code, codes.iter().map(String::as_str));
            faults.push(Fault::flag(
                Kind::UnknownMeaning { text: code.clone(), nearest: near, known: codes },
                "--column",
                &typed,
            ));
        }
        let position = headings
            .iter()
            .position(|text| text == heading)
            .or_else(|| headings.iter().position(|text| normal(text) == normal(heading)));
        if position.is_none() {
            let near = nearest(heading, headings.iter().map(String::as_str));
            let kind = Kind::NoSuchColumn { heading: heading.clone(), nearest: near, headings: headings.to_vec() };
            faults.push(Fault::flag(kind, "--column", &typed));
        }
        found.extend(meaning.cloned().zip(position));
    }
    faults.or(found)
}

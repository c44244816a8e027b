//! The columns of a payroll file with what each means.
//!
//! `heading` says what a heading means; what the user says with `--column` comes first. A heading that is
//! not known is left alone; two headings for one meaning, or a needed one that is missing, are faults
//! that list what was found and what was looked for.

use super::cell::At;
use super::heading::{Names, Said, normal};
use super::layout::Layout;
use super::role::{LeftOut, Meaning, PlainRole, Why};
use super::vocabulary;
use crate::facts::{Fault, Faults, Insurance, InsuranceNames, Kind, Outcome, Place, Side};
use crate::tables::nearest;

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Columns {
    headings: Vec<String>,
    meanings: Vec<Option<(Meaning, Why)>>,
    left_out: Vec<Option<LeftOut>>,
    /// Amounts of which the heading names no side.
    unsettled: Vec<(usize, Insurance)>,
    /// The row that holds the headings, or the last part of them.
    row: u64,
}

impl Columns {
    /// Reads headings, each by its parts from above; `mapping` holds what the user said with
    /// `--column code=heading`.
    ///
    /// # Errors
    /// Headings that the user named and that are not there or not known, two columns of one meaning, and a kept
    /// layout of other headings.
    pub fn read(
        (file, row): (&str, u64),
        paths: &[Vec<String>],
        (mapping, layout): (&[(String, String)], Option<&Layout>),
        insurances: &[InsuranceNames],
    ) -> Outcome<Self> {
        let names = Names::new(insurances);
        let headings: Vec<String> = paths.iter().map(|path| shown(path)).collect();
        let mut faults = Faults::default();
        let mapped = faults.keep(read_mapping(&headings, mapping, insurances)).unwrap_or_default();
        let mut columns = Self {
            meanings: vec![None; headings.len()],
            left_out: vec![None; headings.len()],
            unsettled: Vec::new(),
            headings,
            row,
        };
        for (position, path) in paths.iter().enumerate() {
            if let Some((meaning, _)) = mapped.iter().find(|(_, at)| *at == position) {
                columns.meanings[position] = Some((meaning.clone(), Why::Said));
                continue;
            }
            match names.read(path) {
                Said::Meaning(meaning) if !mapped.iter().any(|(other, _)| *other == meaning) => {
                    columns.meanings[position] = Some((meaning, Why::Heading));
                }
                Said::NoSide(insurance) => columns.unsettled.push((position, insurance)),
                Said::LeftOut(what) => columns.left_out[position] = Some(what),
                Said::Meaning(_) | Said::Nothing => {}
            }
        }
        if let Some(layout) = layout {
            if let Some(kept) = faults.keep(layout.meanings(&columns.headings, columns.place(file), insurances)) {
                columns.keep(kept);
            }
        } else {
            columns.prefer_fee_months();
            columns.settle_by_law();
        }
        for fault in columns.doubled(file) {
            faults.push(fault);
        }
        faults.or(columns)
    }

    /// Of several columns that could hold the month, the one whose name says it best counts.
    fn prefer_fee_months(&mut self) {
        let (month, fee_month) = (Meaning::Plain(PlainRole::Month), Meaning::Plain(PlainRole::FeeMonth));
        let is_month = |at: &usize| self.meanings[*at].as_ref() == Some(&(month.clone(), Why::Heading));
        let rank = |heading: &str| {
            let plain = normal(heading);
            vocabulary::headings(PlainRole::Month).iter().position(|name| *name == plain)
        };
        let found: Vec<usize> = (0..self.meanings.len()).filter(is_month).collect();
        let best = found.iter().filter_map(|at| rank(&self.headings[*at])).min();
        let has_fee_month = self.find(&fee_month).is_some();
        for at in found {
            if has_fee_month || rank(&self.headings[at]) != best {
                self.meanings[at] = Some((Meaning::Plain(PlainRole::BillMonth), Why::Heading));
            }
        }
        for meaning in self.meanings.iter_mut().flatten() {
            if meaning.0 == fee_month {
                meaning.0 = month.clone();
            }
        }
    }

    /// Work injury and maternity insurance are paid by the employer only (社会保险法 第三十三条、第五十三条): where
    /// other columns name their sides, one that names none is the employer's.
    fn settle_by_law(&mut self) {
        let sided = self.meanings.iter().flatten().any(|(meaning, _)| matches!(meaning, Meaning::Amount(..)));
        let only = self.unsettled.iter().all(|(_, insurance)| employer_only(insurance));
        if !sided && !only {
            return;
        }
        let (settled, unsettled) = self.unsettled.drain(..).partition(|(_, insurance)| employer_only(insurance));
        self.unsettled = unsettled;
        let settled: Vec<(usize, Insurance)> = settled;
        for (at, insurance) in settled {
            self.meanings[at] = Some((Meaning::Amount(insurance, Side::Employer), Why::EmployerOnly));
        }
    }

    /// Gives each column what a kept layout says it means.
    fn keep(&mut self, kept: Vec<Option<Meaning>>) {
        for (position, meaning) in kept.into_iter().enumerate() {
            self.unsettled.retain(|(at, _)| *at != position || meaning.is_none());
            self.meanings[position] = meaning.map(|meaning| (meaning, Why::Layout));
        }
    }

    /// Says of which side the amounts are whose headings name none.
    pub(crate) fn settle(&mut self, side: Side, why: Why) {
        for (at, insurance) in std::mem::take(&mut self.unsettled) {
            let meaning = Meaning::Amount(insurance, side);
            if self.find(&meaning).is_none() {
                self.meanings[at] = Some((meaning, why));
            }
        }
    }

    /// The amounts whose headings name no side.
    #[must_use]
    pub fn unsettled(&self) -> &[(usize, Insurance)] {
        &self.unsettled
    }

    fn doubled(&self, file: &str) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        let mut seen: Vec<&Meaning> = Vec::new();
        for (meaning, _) in self.meanings.iter().flatten().filter(|(meaning, _)| meaning.is_single()) {
            if seen.contains(&meaning) {
                continue;
            }
            seen.push(meaning);
            let same = self.headings.iter().zip(&self.meanings);
            let same = same.filter(|(_, found)| found.as_ref().is_some_and(|(found, _)| found == meaning));
            let same: Vec<String> = same.map(|(heading, _)| heading.clone()).collect();
            if same.len() > 1 {
                let kind = Kind::DoubledColumn { meaning: meaning.code(), headings: same };
                faults.push(Fault::at(kind, self.place(file)));
            }
        }
        faults
    }

    /// The headings as they stand; parts of several rows are joined by `>`.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// What each column means, and why; `None` for those that are left alone.
    #[must_use]
    pub fn meanings(&self) -> &[Option<(Meaning, Why)>] {
        &self.meanings
    }

    /// What a column holds that is known but belongs to no check.
    #[must_use]
    pub fn left_out(&self, at: usize) -> Option<LeftOut> {
        self.left_out.get(at).copied().flatten()
    }

    /// A column by its place.
    pub(crate) fn at(&self, position: usize) -> Option<At> {
        Some(At { position, heading: self.headings.get(position)?.clone() })
    }

    /// Where a meaning is found.
    pub(crate) fn find(&self, meaning: &Meaning) -> Option<At> {
        let found = |found: &Option<(Meaning, Why)>| found.as_ref().is_some_and(|(found, _)| found == meaning);
        self.meanings.iter().position(found).and_then(|position| self.at(position))
    }

    /// Where one of the columns is found that belong to no insurance.
    pub(crate) fn plain(&self, role: PlainRole) -> Option<At> {
        self.find(&Meaning::Plain(role))
    }

    /// Whether a column holds the month.
    #[must_use]
    pub fn find_month(&self) -> bool {
        self.month_column().is_some()
    }

    /// The heading of the column that holds the month.
    #[must_use]
    pub fn month_heading(&self) -> Option<&str> {
        self.month_column().and_then(|at| self.headings().get(at.position)).map(String::as_str)
    }

    /// The column of the month: its own or, without one, the first that says from when to when an amount
    /// is for.
    pub(crate) fn month_column(&self) -> Option<At> {
        let spans = || self.meanings.iter().position(|found| matches!(found, Some((Meaning::Span(_), _))));
        self.plain(PlainRole::Month)
            .or_else(|| self.plain(PlainRole::Span))
            .or_else(|| spans().and_then(|position| self.at(position)))
    }

    /// The place of the headings.
    pub(crate) fn place(&self, file: &str) -> Place {
        Place::Cell { file: file.to_owned(), row: self.row, column: None }
    }

    /// The fault of columns that are needed and not there; `roles` are what was looked for.
    pub(crate) fn missing(&self, file: &str, roles: &[PlainRole]) -> Fault {
        let looked_for = roles.iter().map(|role| described(*role)).collect();
        Fault::at(Kind::MissingColumn { looked_for, headings: self.named_headings() }, self.place(file))
    }

    /// The headings that are not blank.
    pub(crate) fn named_headings(&self) -> Vec<String> {
        self.headings.iter().filter(|heading| !heading.trim().is_empty()).cloned().collect()
    }
}

fn employer_only(insurance: &Insurance) -> bool {
    vocabulary::EMPLOYER_ONLY.contains(&insurance.code())
}

/// A heading of several rows on one line.
fn shown(path: &[String]) -> String {
    match path {
        [only] => only.clone(),
        path => {
            let parts: Vec<String> =
                path.iter().map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" > ")
        }
    }
}

/// The code of a role with the headings it is read from.
fn described(role: PlainRole) -> String {
    const SHOWN: usize = 6;
    let headings = vocabulary::headings(role);
    let more = if headings.len() > SHOWN { " …" } else { "" };
    format!("{} ({}{more})", role.code(), headings[..headings.len().min(SHOWN)].join(" / "))
}

/// What the user said of columns: each meaning with the position of its heading.
fn read_mapping(
    headings: &[String],
    mapping: &[(String, String)],
    insurances: &[InsuranceNames],
) -> Outcome<Vec<(Meaning, usize)>> {
    let known = Meaning::all(insurances);
    let mut faults = Faults::default();
    let mut found = Vec::new();
    for (code, heading) in mapping {
        let typed = format!("{code}={heading}");
        let meaning = known.iter().find(|meaning| meaning.code() == *code);
        if meaning.is_none() {
            let codes: Vec<String> = known.iter().map(Meaning::code).collect();
            let near = nearest(code, codes.iter().map(String::as_str));
            let kind = Kind::UnknownMeaning { text: code.clone(), nearest: near, known: codes };
            faults.push(Fault::flag(kind, "--column", &typed));
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

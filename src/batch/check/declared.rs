//! What the rows of a file declare, and of what kind an entry is.
//!
//! The amounts stand in columns, or each row names its insurance and side, or only bases are declared.
//! An entry is a month's own, for past months (补缴), a difference of bases (补差) or given back (退收).

use super::plan::{CheckedInsurance, is_wanted};
use crate::batch::cell::{self, At};
use crate::batch::reading::{Columns, Meaning, Names, PrintedSum, Reading, Shape, normal, side_in, words};
use crate::batch::row::Row;
use crate::facts::{Fault, Insurance, Kind, Outcome, Selection, Share, Side};
use crate::tables::Book;
use crate::units::{Month, typed};

/// How a file declares.
pub enum Declares {
    /// Amounts and bases in columns.
    Columns,
    /// Each row names its insurance.
    Rows(Long),
    /// Bases or wages only.
    Bases,
}

/// The columns of rows that name their insurance.
pub struct Long {
    insurance: At,
    side: Option<At>,
    amount: Option<At>,
    sides: Share<Option<At>>,
    names: Names,
}

impl Declares {
    /// What the shape of the file says; fills in the insurances that are checked.
    pub(super) fn plan(
        book: &Book,
        file: &str,
        reading: &Reading,
        selection: &Selection,
        insurances: &mut Vec<CheckedInsurance>,
    ) -> Outcome<Self> {
        let columns = &reading.columns;
        let sides = || Share {
            employer: columns.find(&Meaning::SideAmount(Side::Employer)),
            employee: columns.find(&Meaning::SideAmount(Side::Employee)),
        };
        let all = || {
            let wanted = book.insurances().iter().filter(|names| is_wanted(&names.insurance, selection));
            wanted.map(|names| CheckedInsurance::bare(names.insurance.clone())).collect()
        };
        match (reading.shape, columns.plain("insurance")) {
            (Shape::Wide, _) => Ok(Self::Columns),
            (Shape::Long, Some(insurance)) => {
                *insurances = all();
                let (side, amount) = (columns.plain("side"), columns.plain("amount"));
                let names = Names::new(book.insurances());
                Ok(Self::Rows(Long { insurance, side, amount, sides: sides(), names }))
            }
            (Shape::Single | Shape::Long, _) => {
                let said = reading.insurance.as_ref().map(|(insurance, side, _)| (insurance.clone(), *side));
                let asked = selection.only.as_deref().and_then(|only| match only {
                    [only] => Some(only.clone()),
                    _ => None,
                });
                let (insurance, side) = match (said, asked) {
                    (Some((said, side)), Some(asked)) if said == asked => (said, side),
                    (_, Some(asked)) => (asked, None),
                    (Some(said), None) => said,
                    (None, None) => return Err(Fault::at(Kind::NoInsurance, columns.place(file)).into()),
                };
                let mut amounts = sides();
                if let Some(amount) = columns.plain("amount") {
                    let side = side.or_else(|| side_in(&amount.heading));
                    let Some(side) = side else {
                        let flags = vec![format!("--column {insurance}_employer={}", amount.heading)];
                        let kind = Kind::NoSide { headings: vec![amount.heading], flags };
                        return Err(Fault::at(kind, columns.place(file)).into());
                    };
                    *amounts.get_mut(side) = Some(amount);
                }
                let bare = CheckedInsurance::bare(insurance);
                *insurances = vec![CheckedInsurance { amounts, ..bare }];
                Ok(Self::Columns)
            }
            (Shape::Declared, _) => {
                *insurances = all();
                Ok(Self::Bases)
            }
        }
    }
}

impl Long {
    /// Which of the insurances a row is about.
    pub(super) fn insurance_of(&self, row: &Row<'_>, insurances: &[CheckedInsurance]) -> Option<usize> {
        let found = self.named(row)?;
        insurances.iter().position(|checked| checked.insurance == found)
    }

    /// The insurance that the row names, checked or not.
    pub(super) fn named(&self, row: &Row<'_>) -> Option<Insurance> {
        let text = cell::text(row, &self.insurance)?;
        if self.is_left_out(row) {
            return None;
        }
        let codes = self.names.insurances_in(&text);
        codes.into_iter().next_back()
    }

    /// Whether the row is about something that is known and belongs to no check.
    pub(super) fn is_left_out(&self, row: &Row<'_>) -> bool {
        let plain = normal(&self.insurance_text(row));
        words::LEFT_OUT.iter().any(|(_, words)| words.iter().any(|word| plain.contains(word)))
    }

    /// What the cell of the insurance says.
    pub(super) fn insurance_text(&self, row: &Row<'_>) -> String {
        cell::text(row, &self.insurance).unwrap_or_default().into_owned()
    }

    fn side(&self, row: &Row<'_>) -> Option<Side> {
        let said = self.side.as_ref().and_then(|at| cell::text(row, at)).and_then(|text| side_in(&text));
        said.or_else(|| cell::text(row, &self.insurance).and_then(|text| side_in(&text)))
    }

    /// The columns of the row's insurance: the amount belongs to the side that the row names.
    pub(super) fn checked(
        &self,
        row: &Row<'_>,
        insurance: &Insurance,
        employer_only: bool,
    ) -> Result<CheckedInsurance, Kind> {
        let mut amounts = self.sides.clone();
        if let Some(amount) = &self.amount {
            let side = self.side(row).or(employer_only.then_some(Side::Employer));
            let blank = || Kind::RowWithoutSide { text: self.insurance_text(row) };
            *amounts.get_mut(side.ok_or_else(blank)?) = Some(amount.clone());
        }
        Ok(CheckedInsurance { amounts, ..CheckedInsurance::bare(insurance.clone()) })
    }

    /// A bit for the insurance and side of a row.
    pub(super) fn bit(&self, row: &Row<'_>, at: usize) -> u32 {
        let side = u32::from(self.amount.is_some() && self.side(row) == Some(Side::Employee));
        u32::try_from(at).unwrap_or(0) * 2 + side
    }
}

/// What the bases of a file rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The wage or, without one, the declared base.
    Wage,
    /// The month's income.
    Income,
    /// The base that the person's shares imply.
    Shares,
}

impl Ground {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wage, Self::Income, Self::Shares];

    /// The code used in the flag.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Wage => "wage",
            Self::Income => "income",
            Self::Shares => "shares",
        }
    }

    /// What was said, or what the file has: where neither wage nor base is declared, all that is left are
    /// the shares themselves.
    pub(super) fn plan(
        file: &str,
        reading: &Reading,
        said: Option<Self>,
        insurances: &[CheckedInsurance],
        base: bool,
    ) -> Outcome<Self> {
        let columns = &reading.columns;
        let own = insurances.iter().any(|checked| checked.base.is_some());
        let shares = insurances.iter().flat_map(|checked| [&checked.amounts.employer, &checked.amounts.employee]);
        let shares = shares.flatten().count();
        let wage = columns.plain("wage").is_some() || base || own;
        let missing = |codes: &[&str]| Err(columns.missing(file, codes).into());
        match said {
            None if wage => Ok(Self::Wage),
            None | Some(Self::Shares) if shares > 1 => Ok(Self::Shares),
            Some(Self::Income) if columns.plain("income").is_some() => Ok(Self::Income),
            Some(Self::Income) => missing(&["income"]),
            Some(Self::Wage) if wage => Ok(Self::Wage),
            Some(Self::Wage | Self::Shares) | None => missing(&["wage", "base"]),
        }
    }
}

/// Of what kind an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The month's own.
    Normal,
    /// For past months.
    BackDated,
    /// On a difference of bases.
    Difference,
    /// Given back.
    Refund,
}

impl Entry {
    /// Whether it stands beside the month's own amount and not for it.
    pub fn is_besides(self) -> bool {
        match self {
            Self::Normal | Self::BackDated => false,
            Self::Difference | Self::Refund => true,
        }
    }

    /// What a cell says of it; what says nothing known is the month's own.
    fn read(text: &str) -> Self {
        let plain = normal(text);
        let says = |word: &&&str| {
            if word.bytes().all(|byte| byte.is_ascii_digit()) { plain == **word } else { plain.contains(**word) }
        };
        match words::KINDS.iter().find(|(_, words)| words.iter().any(|word| says(&word))).map(|(code, _)| *code) {
            Some("difference") => Self::Difference,
            Some("refund") => Self::Refund,
            Some("back_dated") => Self::BackDated,
            Some(_) | None => Self::Normal,
        }
    }
}

/// What a file holds besides amounts, bases and the month.
#[derive(Default)]
pub(super) struct Extras {
    kind: Option<At>,
    months: Option<At>,
    span: Option<At>,
    month_to: Option<At>,
    pub side_bases: Share<Option<At>>,
    pub sums: Vec<PrintedSum>,
    /// The columns that are added up, for the totals below them.
    pub tracked: Vec<usize>,
    /// Where in that list the columns of a plain row are.
    pub slots: Slots,
}

/// Where the columns of a plain row are among those that are added up.
#[derive(Default)]
pub(super) struct Slots {
    pub wage: Option<usize>,
    pub base: Option<usize>,
    pub insurances: Vec<InsuranceSlots>,
    /// All others.
    pub others: Vec<usize>,
}

/// The same of one insurance.
#[derive(Default)]
pub(super) struct InsuranceSlots {
    pub base: Option<usize>,
    pub amounts: Share<Option<usize>>,
}

impl Slots {
    fn of(tracked: &[usize], columns: &Columns, insurances: &[CheckedInsurance]) -> Self {
        let slot = |at: Option<&At>| at.and_then(|at| tracked.iter().position(|tracked| *tracked == at.position));
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        let (wage, base) = (slot(wage.as_ref()), slot(base.as_ref()));
        let of = |checked: &CheckedInsurance| InsuranceSlots {
            base: slot(checked.base.as_ref()),
            amounts: Share {
                employer: slot(checked.amounts.employer.as_ref()),
                employee: slot(checked.amounts.employee.as_ref()),
            },
        };
        let insurances: Vec<InsuranceSlots> = insurances.iter().map(of).collect();
        let known = insurances.iter().flat_map(|slots| [slots.base, slots.amounts.employer, slots.amounts.employee]);
        let known: Vec<usize> = known.chain([wage, base]).flatten().collect();
        let others = (0..tracked.len()).filter(|slot| !known.contains(slot)).collect();
        Self { wage, base, insurances, others }
    }
}

/// What a file holds besides.
pub(super) fn plan_extras(reading: &Reading, insurances: &[CheckedInsurance]) -> Extras {
    let columns = &reading.columns;
    let both = |side| columns.find(&Meaning::SideBase(side));
    let side_bases = Share { employer: both(Side::Employer), employee: both(Side::Employee) };
    let two = side_bases.employer.is_some() && side_bases.employee.is_some();
    let mut tracked: Vec<usize> = Vec::new();
    tracked.extend(insurances.iter().flat_map(CheckedInsurance::columns).map(|at| at.position));
    tracked.extend(reading.sums.iter().map(|sum| sum.at));
    let others = ["wage", "base", "income", "net", "amount", "late_fee"].map(Meaning::Plain);
    let sides = Side::BOTH.into_iter().flat_map(|side| [Meaning::SideAmount(side), Meaning::SideBase(side)]);
    for meaning in others.into_iter().chain(sides) {
        tracked.extend(columns.find(&meaning).map(|at| at.position));
    }
    let known =
        (0..columns.headings().len()).filter(|at| matches!(columns.left_out(*at), Some(code) if code != "beside"));
    tracked.extend(known);
    tracked.sort_unstable();
    tracked.dedup();
    Extras {
        kind: columns.plain("kind"),
        months: columns.find(&Meaning::Months(None)),
        span: columns.find(&Meaning::Span(None)),
        month_to: columns.plain("month_to"),
        side_bases: if two { side_bases } else { Share::default() },
        sums: reading.sums.clone(),
        slots: Slots::of(&tracked, columns, insurances),
        tracked,
    }
}

impl Extras {
    /// Whether a row is nothing but wage, bases, amounts and month.
    pub fn none(&self) -> bool {
        let columns = [&self.kind, &self.months, &self.span, &self.month_to, &self.side_bases.employer];
        columns.into_iter().all(Option::is_none) && self.sums.is_empty()
    }

    /// Of what kind a row is.
    pub fn kind_of(&self, row: &Row<'_>) -> Entry {
        let text = self.kind.as_ref().and_then(|at| cell::text(row, at));
        text.map_or(Entry::Normal, |text| Entry::read(&text))
    }

    /// Whether the file says of what kind its rows are.
    pub fn has_kinds(&self) -> bool {
        self.kind.is_some()
    }

    /// The months that an amount of a row is for: as its own columns say, or those of all; `several` are those
    /// that the column of the month itself says.
    pub fn months_of(
        &self,
        row: &Row<'_>,
        checked: &CheckedInsurance,
        (month, several): (Month, Option<(Month, Month)>),
    ) -> Result<Vec<Month>, Kind> {
        const MOST: i64 = 1200;
        if let Some(text) = checked.span.as_ref().or(self.span.as_ref()).and_then(|at| cell::text(row, at)) {
            let (first, last) = typed::span(&text).ok_or_else(|| Kind::BadMonth { text: text.into_owned() })?;
            return Ok(from_to(first, last));
        }
        if let Some((first, last)) = several {
            return Ok(from_to(first, last));
        }
        if let Some(text) = self.month_to.as_ref().and_then(|at| cell::text(row, at)) {
            let last = typed::month_of(&text).ok_or_else(|| Kind::BadMonth { text: text.clone().into_owned() })?;
            if last < month {
                return Err(Kind::BadMonth { text: text.into_owned() });
            }
            return Ok(from_to(month, last));
        }
        let count = checked.months.as_ref().or(self.months.as_ref()).map(|at| cell::count(row, at, 0, MOST));
        let count = count.transpose()?.flatten().unwrap_or(1).max(1);
        Ok(vec![month; usize::try_from(count).unwrap_or(1)])
    }
}

/// Every month of a span.
fn from_to(first: Month, last: Month) -> Vec<Month> {
    std::iter::successors(Some(first), |month| Some(month.next())).take_while(|month| *month <= last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_agencies_and_employers_write_them() {
        for (text, expected) in [
            ("正常缴费", Entry::Normal),
            ("10", Entry::Normal),
            ("", Entry::Normal),
            ("补缴", Entry::BackDated),
            ("政策性补缴", Entry::BackDated),
            ("31", Entry::BackDated),
            ("补差", Entry::Difference),
            ("缴费基数调整补收", Entry::Difference),
            ("缴费基数差额补缴", Entry::Difference),
            ("退收", Entry::Refund),
            ("20 退收", Entry::Refund),
            ("120", Entry::Normal),
        ] {
            assert_eq!(Entry::read(text), expected, "{text}");
        }
    }
}

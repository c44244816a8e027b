//! How the rows of a file declare: the amounts stand in columns, or each row names its insurance and side, or only
//! bases are declared.

use super::plan::{CheckedInsurance, is_wanted};
use crate::batch::cell::{self, At};
use crate::batch::reading::{Columns, Meaning, Names, PrintedSum, Reading, Shape, normal, side_in, words};
use crate::batch::row::Row;
use crate::facts::{Fault, Insurance, Kind, Outcome, Selection, Share, Side};
use crate::tables::Book;

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

/// The columns that are added up, for printed sums and totals.
#[derive(Default)]
pub(super) struct SummedColumns {
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

impl SummedColumns {
    /// The columns of amounts, whatever they belong to.
    pub fn plan(reading: &Reading, insurances: &[CheckedInsurance]) -> Self {
        let columns = &reading.columns;
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
        Self { sums: reading.sums.clone(), slots: Slots::of(&tracked, columns, insurances), tracked }
    }
}

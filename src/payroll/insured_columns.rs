//! How the rows of a file declare: the amounts stand in columns, or each row names its insurance and side, or only
//! bases are declared.
//!
//! It joins the shape of a reading with the insurances of the tables: which are compared, and in which columns each
//! declares a base, the amounts of both sides, months. An insurance counts where the file has a column of it, the user
//! did not leave it out, and the tables can answer (work injury needs a class). What rows are worth is left to `check`.

use super::cell::{self, At};
use super::entries::OwnColumns;
use super::heading::{Names, left_out_in, normal, side_in};
use super::reading::{Reading, Shape};
use super::role::{Meaning, PlainRole};
use crate::facts::{Fault, Insurance, Kind, Outcome, Selection, Share, Side};
use crate::files::Row;
use crate::tables::Book;

/// One insurance that the file declares something of.
#[derive(Clone, Debug)]
pub struct CheckedInsurance {
    /// The insurance.
    pub insurance: Insurance,
    pub(crate) base: Option<At>,
    pub(crate) amounts: Share<Option<At>>,
    /// How many months an amount is for.
    pub(crate) months: Option<At>,
    /// From which month to which an amount is for.
    pub(crate) span: Option<At>,
}

impl CheckedInsurance {
    /// One of which no column of its own is known.
    pub(crate) fn bare(insurance: Insurance) -> Self {
        Self { insurance, base: None, amounts: Share::default(), months: None, span: None }
    }

    /// Its own columns that say what an entry is.
    pub(crate) fn own(&self) -> OwnColumns<'_> {
        OwnColumns { months: self.months.as_ref(), span: self.span.as_ref(), base: self.base.as_ref() }
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &At> {
        [&self.base, &self.amounts.employer, &self.amounts.employee].into_iter().flatten()
    }
}

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
    /// How a file of this shape declares. Where its columns name no insurance, `insurances` is filled in.
    ///
    /// # Errors
    /// [`Kind::NoInsurance`] and [`Kind::NoSide`], where a file of one insurance does not say which or whose.
    pub(crate) fn plan(
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
        match (reading.shape, columns.plain(PlainRole::Insurance)) {
            (Shape::Wide, _) => Ok(Self::Columns),
            (Shape::Long, Some(insurance)) => {
                *insurances = all();
                let (side, amount) = (columns.plain(PlainRole::Side), columns.plain(PlainRole::Amount));
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
                if let Some(amount) = columns.plain(PlainRole::Amount) {
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
    pub(crate) fn insurance_of(&self, row: &Row<'_>, insurances: &[CheckedInsurance]) -> Option<usize> {
        let found = self.named(row)?;
        insurances.iter().position(|checked| checked.insurance == found)
    }

    /// The insurance that the row names, checked or not.
    pub(crate) fn named(&self, row: &Row<'_>) -> Option<Insurance> {
        let text = cell::text(row, &self.insurance)?;
        if self.is_left_out(row) {
            return None;
        }
        let codes = self.names.insurances_in(&text);
        codes.into_iter().next_back()
    }

    /// Whether the row is about something that is known and belongs to no check.
    pub(crate) fn is_left_out(&self, row: &Row<'_>) -> bool {
        left_out_in(&normal(&self.insurance_text(row))).is_some()
    }

    /// What the cell of the insurance says.
    pub(crate) fn insurance_text(&self, row: &Row<'_>) -> String {
        cell::text(row, &self.insurance).unwrap_or_default().into_owned()
    }

    fn side(&self, row: &Row<'_>) -> Option<Side> {
        let said = self.side.as_ref().and_then(|at| cell::text(row, at)).and_then(|text| side_in(&text));
        said.or_else(|| cell::text(row, &self.insurance).and_then(|text| side_in(&text)))
    }

    /// The columns of the row's insurance: the amount belongs to the side that the row names. `employer_only` says that
    /// the employee pays nothing, so that no side needs to be named.
    ///
    /// # Errors
    /// [`Kind::RowWithoutSide`].
    pub(crate) fn checked(
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
    pub(crate) fn bit(&self, row: &Row<'_>, at: usize) -> u32 {
        let side = u32::from(self.amount.is_some() && self.side(row) == Some(Side::Employee));
        u32::try_from(at).unwrap_or(0) * 2 + side
    }
}

/// The insurances of which columns are declared, and the headings of those that are not checked.
pub(crate) fn checked(book: &Book, reading: &Reading, selection: &Selection) -> (Vec<CheckedInsurance>, Vec<String>) {
    let columns = &reading.columns;
    let (mut insurances, mut unchecked) = (Vec::new(), Vec::new());
    for names in book.insurances() {
        let insurance = names.insurance.clone();
        let amount = |side| columns.find(&Meaning::Amount(insurance.clone(), side));
        let found = CheckedInsurance {
            base: columns.find(&Meaning::InsuranceBase(insurance.clone())),
            amounts: Share { employer: amount(Side::Employer), employee: amount(Side::Employee) },
            months: columns.find(&Meaning::Months(insurance.clone())),
            span: columns.find(&Meaning::Span(insurance.clone())),
            insurance,
        };
        let headings: Vec<String> = found.columns().map(|at| at.heading.clone()).collect();
        if headings.is_empty() {
            continue;
        }
        if is_wanted(&found.insurance, selection) { insurances.push(found) } else { unchecked.extend(headings) }
    }
    (insurances, unchecked)
}

/// Whether an insurance is asked for and can be answered.
pub(crate) fn is_wanted(insurance: &Insurance, selection: &Selection) -> bool {
    let wanted = selection.only.as_ref().is_none_or(|only| only.contains(insurance));
    wanted && (insurance.code() != Insurance::INJURY || selection.injury_class.is_some())
}

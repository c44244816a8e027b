//! `contrib` over a file of wages.

use super::{Calculator, ComputeTally, Terms, kinds, month_key};
use crate::batch::cell::{self, At};
use crate::batch::lines::Lines;
use crate::batch::months::MonthSource;
use crate::batch::reading::Columns;
use crate::batch::row::Row;
use crate::facts::{Faults, Insurance, Kind, MonthTerms, Outcome, Selection};
use crate::rules::{Silent, contribution};
use crate::tables::Book;
use crate::units::{Money, Month};

/// `contrib` over a file of wages.
pub struct ComputeContributions<'a> {
    book: &'a Book,
    selection: Selection,
    insurances: Vec<Insurance>,
    month: MonthSource,
    wage: Option<At>,
    base: Option<At>,
}

impl<'a> ComputeContributions<'a> {
    /// Plans it: a file needs wages or bases, and months.
    pub fn plan(
        book: &'a Book,
        file: &str,
        columns: &Columns,
        selection: Selection,
        month: Option<Month>,
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        if wage.is_none() && base.is_none() {
            faults.push(columns.missing(file, &["wage", "base"]));
        }
        let month = MonthSource::plan(columns, file, month, &mut faults);
        let insurances = faults.keep(book.charged_insurances(&selection)).unwrap_or_default();
        let Some(month) = month else { return Err(faults) };
        faults.or(Self { book, selection, insurances, month, wage, base })
    }

    fn wage(&self, row: &Row<'_>) -> Result<Money, Kind> {
        for at in [&self.wage, &self.base].into_iter().flatten() {
            if let Some(money) = cell::money(row, at)? {
                return Ok(money);
            }
        }
        Err([&self.wage, &self.base].into_iter().flatten().next().map_or(Kind::EmptyRow, cell::blank))
    }
}

impl Calculator for ComputeContributions<'_> {
    type Terms = MonthTerms;

    fn added(&self) -> Vec<String> {
        let each = self
            .insurances
            .iter()
            .flat_map(|insurance| ["base", "employer", "employee"].map(|what| format!("{insurance}_{what}")));
        each.chain(["employer_total", "employee_total", "total"].map(str::to_owned)).collect()
    }

    fn row(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<MonthTerms>,
        tally: &mut ComputeTally,
        lines: &mut Lines,
    ) -> Result<(), Vec<Kind>> {
        let month = self.month.of(row).map_err(|kind| vec![kind])?;
        let terms = terms.of((month_key(month), None), || self.book.month_terms(month, &self.selection));
        let terms = match terms.as_ref() {
            Ok(terms) => terms,
            Err(faults) => return Err(kinds(faults)),
        };
        let wage = self.wage(row).map_err(|kind| vec![kind])?;
        let due = contribution::month(wage, terms, &mut Silent).map_err(|faults| kinds(&faults))?;
        for note in &terms.notes {
            tally.note(note);
        }
        for insurance in &self.insurances {
            match due.contributions.iter().find(|one| one.insurance == *insurance) {
                Some(one) => {
                    lines.amounts([one.base, one.amounts.employer, one.amounts.employee]);
                }
                None => lines.empty(3),
            }
        }
        lines.amounts([due.totals.employer, due.totals.employee, due.total]);
        tally.total += i128::from(due.total.fen());
        Ok(())
    }
}

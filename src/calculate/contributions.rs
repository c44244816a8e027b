//! `contrib` over a file of wages or bases: each row is an entry, worked by the same rule as a single case.
//!
//! Back-dated entries, refunds, spans of months and two bases are read as `check` reads them, and due what
//! [`rules::entry`](entry) says. Differences of bases are worked alone, which a note says: what they belong to may stand
//! in another row. An insurance without a rate in one of the months of a row has empty cells there.

use std::sync::Arc;

use super::{Calculator, ComputeTotals, Terms, kinds, month_key};
use crate::batch::AddedColumn;
use crate::facts::{
    Contribution, Entry, EntryKind, EntryMonth, Faults, Insurance, Kind, MonthContributions, Note, Outcome, Selection,
    Share,
};
use crate::files::{Lines, Row};
use crate::payroll::cell;
use crate::payroll::entries::{EntryColumns, OwnColumns};
use crate::payroll::month::MonthSource;
use crate::payroll::{PlainRole, Reading};
use crate::rules::{Silent, contribution, entry};
use crate::tables::Book;
use crate::units::Month;

/// `contrib` over a file of wages.
pub struct ComputeContributions<'a> {
    book: &'a Book,
    selection: Selection,
    insurances: Vec<Insurance>,
    month: MonthSource,
    entries: EntryColumns,
}

/// What a month charges.
pub struct MonthCharged {
    /// For each insurance of the job; `None` where the tables have no rate.
    charges: Vec<Option<Arc<[EntryMonth]>>>,
    notes: Vec<Note>,
}

impl<'a> ComputeContributions<'a> {
    /// The calculator for one file, which needs wages or bases of persons, and months; `month` is that of all rows, where
    /// the user gave it or it stands around the table.
    ///
    /// # Errors
    /// All together: every column that is missing, a file that gives no month, a sheet of sums of the whole employer, and
    /// what is wrong with the tables.
    ///
    /// ```
    /// use shebao::calculate::{Calculator, ComputeContributions};
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let opened = open_input("people.csv", Box::new("姓名,工资\n甲,5000\n".as_bytes()), None)?;
    /// let reading = PayrollTable::of_opened("people.csv", opened, Wanted::default())?.reading;
    /// let plan = |month| ComputeContributions::plan(&book, "people.csv", &reading, Selection::default(), month);
    /// let job = plan("2019-05".parse().ok())?;
    /// assert_eq!(job.columns()[0].code, "pension_base");
    /// // No column has a month, and none is given.
    /// assert_eq!(plan(None).err().unwrap().0[0].kind.code(), "no-month");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn plan(
        book: &'a Book,
        file: &str,
        reading: &Reading,
        selection: Selection,
        month: Option<Month>,
    ) -> Outcome<Self> {
        let mut faults = Faults::default();
        let columns = &reading.columns;
        faults.0.extend(reading.whole_employer(file));
        let entries = EntryColumns::plan(columns, columns.plain(PlainRole::Wage));
        if entries.first_base_column(OwnColumns::default()).is_none() {
            faults.push(columns.missing(file, &[PlainRole::Wage, PlainRole::Base]));
        }
        let month = MonthSource::plan(columns, file, month, &mut faults);
        let insurances = faults.keep(book.charged_insurances(&selection)).unwrap_or_default();
        let Some(month) = month else { return Err(faults) };
        faults.or(Self { book, selection, insurances, month, entries })
    }

    fn charged(&self, month: Month) -> Outcome<MonthCharged> {
        let terms = self.book.month_terms(month, &self.selection)?;
        let mut charges = Vec::with_capacity(self.insurances.len());
        for insurance in &self.insurances {
            let own = terms.insurances.iter().find(|terms| terms.insurance == *insurance);
            let charge = own.map(|own| contribution::charge(Arc::new(own.clone()), Some(month), &mut Silent));
            let month = |charge| EntryMonth { month: Some(month), charge, times: 1 };
            charges.push(charge.transpose()?.map(|charge| [month(charge)].into()));
        }
        Ok(MonthCharged { charges, notes: terms.notes })
    }

    /// What is due for a row: one contribution for each insurance of the job, and their totals.
    fn due(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<MonthCharged>,
        totals: &mut ComputeTotals,
    ) -> Outcome<(Vec<Option<Contribution>>, MonthContributions)> {
        let kind = self.entries.kind_of(row);
        let (month, several) = self.month.first_and_several(row)?;
        let own = OwnColumns::default();
        let mut months: Vec<Vec<EntryMonth>> = vec![Vec::new(); self.insurances.len()];
        let missing = || self.entries.first_base_column(own).map_or(Kind::EmptyRow, cell::blank);
        let bases = self.entries.bases(row, own, kind)?.ok_or_else(missing)?;
        let spans = self.entries.months_of(row, own, (month, several))?;
        for (month, times) in &spans {
            let charged = terms.of((month_key(*month), None), || self.charged(*month));
            let charged = charged.as_ref().as_ref().map_err(Clone::clone)?;
            for (months, charge) in months.iter_mut().zip(&charged.charges) {
                months.extend(
                    charge.iter().flat_map(|own| own.iter()).map(|own| EntryMonth { times: *times, ..own.clone() }),
                );
            }
            for note in &charged.notes {
                totals.note(note);
            }
        }
        if kind == EntryKind::Difference {
            totals.note(&Note::DifferencesCalculatedAlone);
        }
        let each = months.into_iter().map(|months| {
            // What has no rate in one of the months has no sum.
            if months.len() < spans.len() {
                return Ok(None);
            }
            let entry = Entry { kind, bases, months: months.into(), together: None, negative: Share::default() };
            entry::contribution(&entry, &mut Silent).map(Some)
        });
        let each = each.collect::<Outcome<Vec<Option<Contribution>>>>()?;
        let found = each.iter().flatten().cloned().collect();
        let totals = contribution::totals(bases.employee, month, found, &mut Silent)?;
        Ok((each, totals))
    }
}

impl Calculator for ComputeContributions<'_> {
    type Terms = MonthCharged;

    fn columns(&self) -> Vec<AddedColumn> {
        let each = self
            .insurances
            .iter()
            .flat_map(|insurance| ["base", "employer", "employee"].map(|what| format!("{insurance}_{what}")));
        each.chain(["employer_total", "employee_total", "total"].map(str::to_owned)).map(AddedColumn::amount).collect()
    }

    fn row(
        &self,
        row: &Row<'_>,
        terms: &mut Terms<MonthCharged>,
        totals: &mut ComputeTotals,
        lines: &mut Lines,
    ) -> Result<(), Vec<Kind>> {
        let (each, due) = self.due(row, terms, totals).map_err(|faults| kinds(&faults))?;
        for one in &each {
            match one {
                Some(one) => lines.amounts([one.base, one.amounts.employer, one.amounts.employee]),
                None => lines.empty(3),
            }
        }
        lines.amounts([due.totals.employer, due.totals.employee, due.total]);
        totals.total += i128::from(due.total.fen());
        Ok(())
    }
}

//! What is checked in a file: data only, made once and shared by all workers.
//!
//! A plan joins what the columns mean with what was asked: which insurances, which month, on what bases rest, how the
//! rows declare, up to which difference nothing is wrong. Everything that would make every row an error (no month, no
//! base, amounts without a side) is a fault here, all together, before a row is read.
//!
//! Headings are read in `payroll`; what a month charges is asked of `law` while rows are worked.

use super::law::charge_of;
use super::summed_columns::SummedColumns;
use crate::batch::AddedColumn;
use crate::facts::{Fault, Faults, Insurance, Kind, Outcome, Selection};
use crate::payroll::cell::At;
use crate::payroll::entries::EntryColumns;
use crate::payroll::insured_columns::{CheckedInsurance, Declares, checked};
use crate::payroll::month::MonthSource;
use crate::payroll::{BaseSource, Columns, PlainRole, Reading, Shape};
use crate::tables::Book;
use crate::units::{Money, Month};

/// What is asked of a check besides the columns of the file.
pub struct Asked {
    /// Which insurances, for whom.
    pub selection: Selection,
    /// The month of all rows, where the user gave it or it stands around the table.
    pub month: Option<Month>,
    /// Differences up to this are none.
    pub tolerance: Money,
    /// What bases rest on, where the user gave it.
    pub base_from: Option<BaseSource>,
}

/// What is checked in one file.
pub struct Plan {
    /// What the columns mean, all that could be settled being settled.
    pub columns: Columns,
    /// The insurances that are checked, in the order of the sums.
    pub insurances: Vec<CheckedInsurance>,
    /// What bases rest on.
    pub base_source: BaseSource,
    /// The headings of declared columns that are not checked, because their insurance is not asked for or cannot
    /// be answered.
    pub not_checked: Vec<String>,
    pub(super) employee: Option<At>,
    pub(super) month: MonthSource,
    pub(super) entries: EntryColumns,
    pub(super) declares: Declares,
    pub(super) summed: SummedColumns,
    pub(super) tolerance: Money,
}

impl Plan {
    /// Plans the check of a file whose columns mean this: what is compared in each row, and on what its base rests.
    /// Sides that headings leave open are settled first, where the amounts show them.
    ///
    /// # Errors
    /// All that stands in the way, at the heading row: amounts without a side ([`Kind::NoSide`]), no month
    /// ([`Kind::NoMonth`]), no wage or base ([`Kind::MissingColumn`]), nothing to compare ([`Kind::NothingDeclared`]), a
    /// file of one insurance that does not say which ([`Kind::NoInsurance`]); alone, a table of a whole employer
    /// ([`Kind::WholeEmployer`]).
    ///
    /// ```
    /// use shebao::check::{Asked, Plan};
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// use shebao::tables::{Book, Shelf};
    /// use shebao::units::Money;
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let plan = |text: &'static str| {
    ///     let opened = open_input("people.csv", Box::new(text.as_bytes()), None)?;
    ///     let wanted = Wanted { insurances: book.insurances(), ..Wanted::default() };
    ///     let reading = PayrollTable::of_opened("people.csv", opened, wanted)?.reading;
    ///     let selection = Selection::default();
    ///     let asked = Asked { selection, month: None, tolerance: Money::ZERO, base_from: None };
    ///     Plan::new(&book, "people.csv", &reading, &asked)
    /// };
    /// let found = plan("姓名,费款所属期,工资,养老单位,养老个人\n甲,2019-05,5000,800,400\n")?;
    /// assert_eq!(found.insurances[0].insurance.code(), "pension");
    /// let faults = plan("姓名,工资,养老单位\n甲,5000,800\n").err().unwrap();
    /// assert_eq!(faults.0[0].kind.code(), "no-month");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn new(book: &Book, file: &str, reading: &Reading, asked: &Asked) -> Outcome<Self> {
        let mut reading = reading.clone();
        let Asked { selection, month, tolerance, base_from } = asked;
        if !reading.columns.unsettled().is_empty() {
            reading.settle_sides(*month, &|insurance, month| charge_of(book, insurance, month, selection).ok());
        }
        let columns = &reading.columns;
        let mut faults = Faults::default();
        if let Some(fault) = reading.whole_employer(file) {
            return Err(fault.into());
        }
        faults.0.extend(without_side(&reading, file));
        let (mut insurances, not_checked) = checked(book, &reading, selection);
        let declares = faults.keep(Declares::plan(book, file, &reading, selection, &mut insurances));
        let wage = columns.plain(PlainRole::Wage);
        let has_base = EntryColumns::plan(columns, None).base.is_some();
        let base_source = faults.keep(BaseSource::plan(file, &reading, *base_from, &insurances, has_base));
        let month = MonthSource::plan(columns, file, *month, &mut faults);
        let nothing = insurances.is_empty() || (reading.shape == Shape::Declared && !has_base && wage.is_none());
        if nothing && faults.0.is_empty() {
            let kind = Kind::NothingDeclared { headings: columns.named_headings() };
            faults.push(Fault::at(kind, columns.place(file)));
        }
        let (Some(month), Some(declares), Some(base_source)) = (month, declares, base_source) else {
            return Err(faults);
        };
        let wage = match base_source {
            BaseSource::Wage => wage,
            BaseSource::Income => columns.plain(PlainRole::Income),
            BaseSource::Shares => None,
        };
        let (entries, summed) = (EntryColumns::plan(columns, wage), SummedColumns::plan(&reading, &insurances));
        let employee = columns.plain(PlainRole::EmployeeId);
        let (columns, tolerance) = (columns.clone(), *tolerance);
        faults.or(Self {
            columns,
            insurances,
            base_source,
            not_checked,
            employee,
            month,
            entries,
            declares,
            summed,
            tolerance,
        })
    }

    /// The insurance of a finding or of sums, by its place in the list.
    #[must_use]
    pub fn insurance(&self, at: Option<usize>) -> Option<&Insurance> {
        at.and_then(|at| self.insurances.get(at)).map(|checked| &checked.insurance)
    }

    /// The heading of a column, as it stands.
    #[must_use]
    pub fn heading(&self, column: usize) -> &str {
        self.columns.headings().get(column).map_or("", String::as_str)
    }

    /// Whether an amount differs from what is due by more than is tolerated.
    #[inline]
    pub(super) fn differs(&self, declared: Money, due: Money) -> bool {
        declared.fen().abs_diff(due.fen()) > self.tolerance.fen().unsigned_abs()
    }

    /// The columns that the check adds.
    pub(super) fn added(&self) -> Vec<AddedColumn> {
        match &self.declares {
            Declares::Rows(_) => {
                let amounts = ["base_due", "employer_due", "employee_due"].map(AddedColumn::amount);
                std::iter::once(AddedColumn::text("insurance")).chain(amounts).collect()
            }
            Declares::Bases => vec![AddedColumn::amount("base_due")],
            Declares::Columns => {
                let columns = self.insurances.iter().flat_map(|checked| {
                    ["base", "employer", "employee"].map(|what| format!("{}_{what}_due", checked.insurance))
                });
                columns.map(AddedColumn::amount).collect()
            }
        }
    }
}

/// The fault of amounts of which nothing says whose they are.
fn without_side(reading: &Reading, file: &str) -> Option<Fault> {
    let unsettled = reading.columns.unsettled();
    let heading = |at: &usize| reading.columns.headings().get(*at).cloned().unwrap_or_default();
    let headings: Vec<String> = unsettled.iter().map(|(at, _)| heading(at)).collect();
    let flags =
        unsettled.iter().map(|(at, insurance)| format!("--column {insurance}_employee={}", heading(at))).collect();
    let fault = Fault::at(Kind::NoSide { headings, flags }, reading.columns.place(file));
    (!unsettled.is_empty()).then_some(fault)
}

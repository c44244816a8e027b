//! The check of one file: its plan, the law it is compared with, and what else is wanted of it.
//!
//! [`Check::new`] gives the plain check. What costs a reading of its own (supplements), memory (duplicates) or output (a
//! list, notes) is set by the caller afterwards, before the run. How rows are then judged stands in `judge`.

use super::columns::ReadColumns;
use super::duplicates::DuplicateFinder;
use super::findings::{Finding, Listing};
use super::law::Law;
use super::plan::Plan;
use super::supplements::Supplements;
use crate::facts::Selection;
use crate::tables::Book;

/// Words a finding as a note on its cell.
pub type NoteOf<'a> = Box<dyn Fn(&Finding) -> String + Send + Sync + 'a>;

/// The check of one file, as a [`Job`](crate::batch::Job).
pub struct Check<'a> {
    /// What is checked.
    pub plan: Plan,
    pub(super) columns: Option<ReadColumns>,
    /// What it is compared with.
    pub law: Law<'a>,
    /// Entries that are held to the limits together.
    pub supplements: Supplements,
    /// Looks for repeated rows.
    pub duplicates: Option<DuplicateFinder>,
    /// Lists the findings one by one as well.
    pub listing: Option<Listing>,
    /// Writes notes on the cells that are wrong.
    pub note: Option<NoteOf<'a>>,
}

impl<'a> Check<'a> {
    /// The plain check of a plan: no duplicates, no supplements, no list, no notes.
    ///
    /// ```
    /// use shebao::batch::{Frame, RowStatus, View};
    /// use shebao::check::{Asked, Cause, Check, Plan, explain_row};
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// use shebao::tables::{Book, Shelf};
    /// use shebao::units::Money;
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let text = "姓名,费款所属期,工资,养老单位\n甲,2019-05,5000,800\n乙,2019-05,20000,3200\n";
    /// let opened = open_input("people.csv", Box::new(text.as_bytes()), None)?;
    /// let wanted = Wanted { insurances: book.insurances(), ..Wanted::default() };
    /// let mut table = PayrollTable::of_opened("people.csv", opened, wanted)?;
    /// let selection = Selection::default();
    /// let asked = Asked { selection, month: None, tolerance: Money::ZERO, base_from: None };
    /// let plan = Plan::new(&book, "people.csv", &table.reading, &asked)?;
    /// let check = Check::new(&book, asked.selection, plan);
    /// let frame = Frame::new(&table.headings, &table.reading.columns, View::default(), &|kind| kind.code().to_owned());
    /// let row = explain_row(&check, "people.csv", &mut table.rows, &frame, 3)?.unwrap();
    /// assert_eq!(row.status, RowStatus::Mismatch);
    /// // The wage is held to the ceiling: 16345.75 × 16 % is 2615.32. Declared is 20000 × 16 %.
    /// let finding = &row.findings[0];
    /// assert_eq!((finding.declared.to_string(), finding.due.to_string()), ("3200.00".into(), "2615.32".into()));
    /// assert_eq!(finding.why.causes, [Cause::LimitNotApplied]);
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    #[must_use]
    pub fn new(book: &'a Book, selection: Selection, plan: Plan) -> Self {
        let insurances = plan.insurances.iter().map(|checked| checked.insurance.clone()).collect();
        let law = Law::new(book, selection, insurances);
        let columns = ReadColumns::plan(&plan);
        Self { plan, columns, law, supplements: Supplements::default(), duplicates: None, listing: None, note: None }
    }

    /// Whether the file says whose its rows are, so that repeated ones can be looked for.
    #[must_use]
    pub fn names_persons(&self) -> bool {
        self.plan.employee.is_some()
    }

    /// Whether rows may have to be held to the limits together, so that [`Supplements::find`] is worth its reading: the file
    /// says of what kind its rows are, and whose.
    #[must_use]
    pub fn may_have_supplements(&self) -> bool {
        self.plan.entries.has_kinds() && self.names_persons()
    }
}

//! What is checked in a file.

use std::sync::{Arc, OnceLock};

use super::duplicates::{Entered, Ledger, Person};
use super::findings::{Finding, Listing};
use super::hypotheses::{Period, periods};
use super::judge::CheckWorker;
use super::summed_columns::SummedColumns;
use super::supplements::Joint;
use super::totals::CheckTally;
use crate::batch::{Desk, Frame, Job, RowStatus};
use crate::facts::{Charge, Fault, Faults, Insurance, Kind, Outcome, Selection};
use crate::files::csv::scan::Scan;
use crate::files::{Block, CellNote, Row};
use crate::payroll::cell::{self, At};
use crate::payroll::entries::EntryColumns;
use crate::payroll::insured_columns::{CheckedInsurance, Declares, checked};
use crate::payroll::month::MonthSource;
use crate::payroll::{BaseSource, Columns, Reading, Shape};
use crate::rules::{Silent, contribution};
use crate::tables::Book;
use crate::units::{Money, Month};

/// Words a finding as a note on its cell.
pub type NoteOf<'a> = Box<dyn Fn(&Finding) -> String + Send + Sync + 'a>;

/// The check of one file.
pub struct Check<'a> {
    pub(super) book: &'a Book,
    pub(super) selection: Selection,
    pub(super) insurances: Vec<CheckedInsurance>,
    pub(super) employee: Option<At>,
    pub(super) month: MonthSource,
    pub(super) entries: EntryColumns,
    pub(super) ground: BaseSource,
    pub(super) declares: Declares,
    pub(super) summed: SummedColumns,
    pub(super) joint: Joint,
    pub(super) tolerance: Money,
    pub(super) mask: bool,
    pub(super) ledger: Option<Ledger>,
    pub(super) listing: Option<Listing>,
    pub(super) note: Option<NoteOf<'a>>,
    pub(super) headings: Vec<String>,
    columns: Columns,
    /// Whether every row is a wage or base, its amounts and its month, and nothing else.
    pub(super) is_simple: bool,
    periods: Vec<OnceLock<Vec<Period>>>,
}

/// What is asked of a check besides the columns of the file.
pub struct Asked {
    /// Which insurances, for whom.
    pub selection: Selection,
    /// The month of all rows, where the user gave it or it stands around the table.
    pub month: Option<Month>,
    /// Differences up to this are none.
    pub tolerance: Money,
    /// Whether identity numbers are masked in the list of findings.
    pub mask: bool,
    /// What bases rest on, where the user said it.
    pub base_from: Option<BaseSource>,
}

impl<'a> Check<'a> {
    /// Plans the check of a file that is understood so. Also gives the headings of declared columns that
    /// are not checked, because their insurance is not asked for or cannot be answered.
    pub fn plan(book: &'a Book, file: &str, reading: &Reading, asked: Asked) -> Outcome<(Self, Vec<String>)> {
        let mut reading = reading.clone();
        let Asked { selection, month, tolerance, mask, base_from } = asked;
        if !reading.columns.unsettled().is_empty() {
            reading.settle_sides(month, &|insurance, month| charge_of(book, insurance, month, &selection).ok());
        }
        let columns = &reading.columns;
        let mut faults = Faults::default();
        if let Some(fault) = reading.whole_employer(file) {
            return Err(fault.into());
        }
        faults.0.extend(without_side(&reading, file));
        let (mut insurances, unchecked) = checked(book, &reading, &selection);
        let declares = faults.keep(Declares::plan(book, file, &reading, &selection, &mut insurances));
        let wage = columns.plain("wage");
        let has_base = EntryColumns::plan(columns, None).base.is_some();
        let ground = faults.keep(BaseSource::plan(file, &reading, base_from, &insurances, has_base));
        let month = MonthSource::plan(columns, file, month, &mut faults);
        let nothing = insurances.is_empty() || (reading.shape == Shape::Declared && !has_base && wage.is_none());
        if nothing && faults.0.is_empty() {
            let kind = Kind::NothingDeclared { headings: columns.named_headings() };
            faults.push(Fault::at(kind, columns.place(file)));
        }
        let (Some(month), Some(declares), Some(ground)) = (month, declares, ground) else { return Err(faults) };
        let wage = match ground {
            BaseSource::Wage => wage,
            BaseSource::Income => columns.plain("income"),
            BaseSource::Shares => None,
        };
        let (entries, summed) = (EntryColumns::plan(columns, wage), SummedColumns::plan(&reading, &insurances));
        let one_month = insurances.iter().all(|checked| checked.months.is_none() && checked.span.is_none());
        let is_plain = entries.is_plain() && one_month && summed.sums.is_empty();
        let is_simple = is_plain && matches!(declares, Declares::Columns) && ground != BaseSource::Shares;
        let check = Self {
            is_simple,
            book,
            selection,
            employee: columns.plain("employee_id"),
            month,
            entries,
            ground,
            declares,
            summed,
            joint: Joint::default(),
            tolerance,
            mask,
            ledger: None,
            listing: None,
            note: None,
            headings: columns.headings().to_vec(),
            columns: columns.clone(),
            periods: insurances.iter().map(|_| OnceLock::new()).collect(),
            insurances,
        };
        faults.or((check, unchecked))
    }

    /// Looks for doubled rows in this ledger; `false` where the file names nobody.
    pub fn look_for_doubles(&mut self, ledger: Ledger) -> bool {
        self.ledger = Some(ledger).filter(|_| self.employee.is_some());
        self.ledger.is_some()
    }

    /// The ledger of doubled rows.
    #[must_use]
    pub fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// Lists the findings one by one as well.
    pub fn list(&mut self, listing: Listing) {
        self.listing = Some(listing);
    }

    /// Notes are written on the cells that are wrong.
    pub fn note_cells(&mut self, note: NoteOf<'a>) {
        self.note = Some(note);
    }

    /// The insurances that are checked, in the order of the sums.
    #[must_use]
    pub fn insurances(&self) -> &[CheckedInsurance] {
        &self.insurances
    }

    /// What the columns mean, all that could be settled being settled.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What bases rest on.
    #[must_use]
    pub fn ground(&self) -> BaseSource {
        self.ground
    }

    /// What is charged in a month, one for each checked insurance.
    #[must_use]
    pub fn charges(&self, month: Month) -> Vec<Result<Charge, Faults>> {
        self.insurances.iter().map(|checked| self.charge(&checked.insurance, month, &self.selection)).collect()
    }

    pub(super) fn charge(&self, insurance: &Insurance, month: Month, selection: &Selection) -> Outcome<Charge> {
        charge_of(self.book, insurance, month, selection)
    }

    /// The periods of a checked insurance, read when first needed.
    pub(super) fn periods(&self, at: usize) -> &[Period] {
        self.periods[at].get_or_init(|| periods(self, &self.insurances[at].insurance))
    }

    /// A bit for each insurance that the row declares something of.
    fn declared(&self, row: &Row<'_>) -> u64 {
        if let Declares::Rows(long) = &self.declares {
            return long
                .insurance_of(row, &self.insurances)
                .map_or(0, |at| 1_u64.checked_shl(long.bit(row, at)).unwrap_or(0));
        }
        let mut bits = 0;
        for (at, checked) in (0_u32..64).zip(&self.insurances) {
            let something = checked.columns().any(|at| !row.raw_cell(at.position).trim_ascii().is_empty());
            bits |= u64::from(something) << at;
        }
        bits
    }
}

fn charge_of(book: &Book, insurance: &Insurance, month: Month, selection: &Selection) -> Outcome<Charge> {
    let selection = Selection { only: Some(vec![insurance.clone()]), ..selection.clone() };
    let terms = book.month_terms(month, &selection)?;
    let only = terms.insurances.into_iter().next().ok_or_else(|| Faults::from(Kind::EmptyRow))?;
    contribution::charge(Arc::new(only), Some(month), &mut Silent)
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

impl Job for Check<'_> {
    const CAUSES: bool = true;
    type Worker = CheckWorker;
    type Tally = CheckTally;

    fn worker(&self) -> CheckWorker {
        CheckWorker::default()
    }

    fn tally(&self) -> CheckTally {
        CheckTally::of(self.insurances.len(), self.summed.tracked.len())
    }

    fn join(&self, whole: &mut CheckTally, next: CheckTally) {
        whole.add(next);
    }

    fn added(&self) -> Vec<String> {
        match &self.declares {
            Declares::Rows(_) => ["insurance", "base_due", "employer_due", "employee_due"].map(str::to_owned).to_vec(),
            Declares::Bases => vec!["base_due".to_owned()],
            Declares::Columns => {
                let columns = self.insurances.iter().flat_map(|checked| {
                    ["base", "employer", "employee"].map(|what| format!("{}_{what}_due", checked.insurance))
                });
                columns.collect()
            }
        }
    }

    fn survey(&self, block: &Block, frame: &Frame<'_>, worker: &mut CheckWorker) {
        worker.begin(block.at);
        let (Some(ledger), Some(employee)) = (&self.ledger, &self.employee) else { return };
        let (mut scan, mut ends, mut rows) = (Scan::new(block.bytes()), Vec::new(), Vec::new());
        let (mut number, text) = (block.first_row, frame.headings.text);
        while let Some(found) = scan.next_row(&mut ends) {
            let raw = &block.bytes()[found.start..found.end];
            let row = Row { number, raw, ends: &ends[..found.cells], text, marks: block.marks_of(number) };
            number += 1;
            if !found.closed || !frame.kinds.is_person(&row) {
                continue;
            }
            let Some(person) = cell::number_text(&row, employee).and_then(|text| Person::named(text.as_bytes())) else {
                continue;
            };
            // What is declared besides the month's own amount is no repetition of it.
            if self.entries.kind_of(&row).is_besides() {
                continue;
            }
            let (Ok(month), insurances) = (self.month.of(&row), self.declared(&row)) else { continue };
            if insurances != 0 {
                rows.push(Entered { row: row.number, person, month, insurances });
            }
        }
        ledger.enter(block.at, block.bytes().len(), rows, &mut worker.repeats);
    }

    fn work(&self, row: &Row<'_>, desk: &mut Desk<'_, Self>) -> RowStatus {
        self.judge(row, desk)
    }

    fn total(&self, row: &Row<'_>, before: &CheckTally, desk: &mut Desk<'_, Self>) -> Option<RowStatus> {
        self.judge_total(row, before, desk)
    }

    fn findings<'w>(&self, worker: &'w mut CheckWorker) -> Option<&'w mut Vec<u8>> {
        self.listing.is_some().then_some(&mut worker.listed)
    }

    fn notes<'w>(&self, worker: &'w mut CheckWorker) -> Option<&'w mut Vec<CellNote>> {
        self.note.is_some().then_some(&mut worker.noted)
    }
}

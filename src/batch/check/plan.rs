//! What is checked in a file.

use std::sync::{Arc, OnceLock};

use super::findings::Listing;
use super::judge::CheckWorker;
use super::ledger::{Entered, Ledger, Person};
use super::mistakes::{Period, periods};
use super::tally::CheckTally;
use crate::batch::cell::At;
use crate::batch::columns::{Columns, Meaning};
use crate::batch::months::MonthSource;
use crate::batch::outcome::Status;
use crate::batch::pipeline::{Desk, Job};
use crate::batch::row::{Block, Row};
use crate::batch::scan::Scan;
use crate::batch::text::RowText;
use crate::facts::{Charge, Fault, Faults, Insurance, Kind, Outcome, Place, Selection, Share, Side};
use crate::rules::{Silent, contribution};
use crate::tables::Book;
use crate::units::{Money, Month};

/// One insurance that the file declares something of.
#[derive(Clone, Debug)]
pub struct CheckedInsurance {
    /// The insurance.
    pub insurance: Insurance,
    pub(super) base: Option<At>,
    pub(super) amounts: Share<Option<At>>,
}

impl CheckedInsurance {
    fn columns(&self) -> impl Iterator<Item = &At> {
        [&self.base, &self.amounts.employer, &self.amounts.employee].into_iter().flatten()
    }
}

/// The check of one file.
pub struct Check<'a> {
    pub(super) book: &'a Book,
    pub(super) selection: Selection,
    pub(super) insurances: Vec<CheckedInsurance>,
    pub(super) employee: Option<At>,
    pub(super) month: MonthSource,
    pub(super) wage: Option<At>,
    pub(super) base: Option<At>,
    pub(super) tolerance: Money,
    pub(super) mask: bool,
    pub(super) ledger: Option<Ledger>,
    pub(super) listing: Option<Listing>,
    width: usize,
    periods: Vec<OnceLock<Vec<Period>>>,
}

/// What is asked of a check besides the columns of the file.
pub struct Asked {
    /// Which insurances, for whom.
    pub selection: Selection,
    /// The month of all rows, where the user gave it.
    pub month: Option<Month>,
    /// Differences up to this are none.
    pub tolerance: Money,
    /// Whether identity numbers are masked in the list of findings.
    pub mask: bool,
}

impl<'a> Check<'a> {
    /// Plans the check of a file with these columns. Also gives the headings of declared columns that
    /// are not checked, because their insurance is not asked for or cannot be answered.
    pub fn plan(book: &'a Book, file: &str, columns: &Columns, asked: Asked) -> Outcome<(Self, Vec<String>)> {
        let Asked { selection, month, tolerance, mask } = asked;
        let mut faults = Faults::default();
        let (wage, base) = (columns.plain("wage"), columns.plain("base"));
        let mut insurances = Vec::new();
        let mut unchecked = Vec::new();
        for names in book.insurances() {
            let insurance = names.insurance.clone();
            let found = CheckedInsurance {
                base: columns.find(&Meaning::InsuranceBase(insurance.clone())),
                amounts: Share {
                    employer: columns.find(&Meaning::Amount(insurance.clone(), Side::Employer)),
                    employee: columns.find(&Meaning::Amount(insurance.clone(), Side::Employee)),
                },
                insurance,
            };
            let headings: Vec<String> = found.columns().map(|at| at.heading.clone()).collect();
            let wanted = selection.only.as_ref().is_none_or(|only| only.contains(&found.insurance));
            let classless = found.insurance.code() == Insurance::INJURY && selection.injury_class.is_none();
            if headings.is_empty() {
                continue;
            }
            if wanted && !classless { insurances.push(found) } else { unchecked.extend(headings) }
        }
        let own_bases = insurances.iter().any(|insurance| insurance.base.is_some());
        if wage.is_none() && base.is_none() && !own_bases {
            faults.push(columns.missing(file, &["wage", "base"]));
        }
        let month = MonthSource::plan(columns, file, month, &mut faults);
        if insurances.is_empty() && (base.is_none() || wage.is_none() || !unchecked.is_empty()) {
            let place = Place::Cell { file: file.to_owned(), row: 1, column: None };
            faults.push(Fault::at(Kind::NothingDeclared { headings: columns.headings().to_vec() }, place));
        }
        let Some(month) = month else { return Err(faults) };
        let employee = columns.plain("employee_id");
        let periods = insurances.iter().map(|_| OnceLock::new()).collect();
        let (ledger, listing, width) = (None, None, columns.headings().len());
        let check = Self {
            book,
            selection,
            insurances,
            employee,
            month,
            wage,
            base,
            tolerance,
            mask,
            ledger,
            listing,
            width,
            periods,
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

    /// The insurances that are checked, in the order of the sums.
    #[must_use]
    pub fn insurances(&self) -> &[CheckedInsurance] {
        &self.insurances
    }

    /// What is charged in a month, one for each checked insurance.
    #[must_use]
    pub fn charges(&self, month: Month) -> Vec<Result<Charge, Faults>> {
        self.insurances.iter().map(|checked| self.charge(&checked.insurance, month, &self.selection)).collect()
    }

    pub(super) fn charge(&self, insurance: &Insurance, month: Month, selection: &Selection) -> Outcome<Charge> {
        let selection = Selection { only: Some(vec![insurance.clone()]), ..selection.clone() };
        let terms = self.book.month_terms(month, &selection)?;
        let only = terms.insurances.into_iter().next().ok_or_else(|| Faults::from(Kind::EmptyRow))?;
        contribution::charge(Arc::new(only), Some(month), &mut Silent)
    }

    /// The periods of a checked insurance, read when first needed.
    pub(super) fn periods(&self, at: usize) -> &[Period] {
        self.periods[at].get_or_init(|| periods(self, &self.insurances[at].insurance))
    }

    /// A bit for each insurance that the row declares something of.
    fn declared(&self, row: &Row<'_>) -> u64 {
        let mut bits = 0;
        for (at, checked) in (0_u32..64).zip(&self.insurances) {
            let something = checked.columns().any(|at| !row.raw_cell(at.position).trim_ascii().is_empty());
            bits |= u64::from(something) << at;
        }
        bits
    }
}

impl Job for Check<'_> {
    const CAUSES: bool = true;
    type Worker = CheckWorker;
    type Tally = CheckTally;

    fn worker(&self) -> CheckWorker {
        CheckWorker::default()
    }

    fn tally(&self) -> CheckTally {
        CheckTally::of(self.insurances.len())
    }

    fn join(&self, whole: &mut CheckTally, next: CheckTally) {
        whole.add(next);
    }

    fn added(&self) -> Vec<String> {
        let columns = self.insurances.iter().flat_map(|checked| {
            ["base", "employer", "employee"].map(|what| format!("{}_{what}_due", checked.insurance))
        });
        columns.collect()
    }

    fn survey(&self, block: &Block, text: RowText, worker: &mut CheckWorker) {
        worker.begin(block.at);
        let (Some(ledger), Some(employee)) = (&self.ledger, &self.employee) else { return };
        let (mut scan, mut ends, mut rows) = (Scan::new(block.bytes()), Vec::new(), Vec::new());
        let mut number = block.first_row;
        while let Some(found) = scan.next_row(&mut ends) {
            let row = Row { number, raw: &block.bytes()[found.start..found.end], ends: &ends[..found.cells], text };
            number += 1;
            if !found.closed || found.cells != self.width {
                continue;
            }
            let Some(person) = Person::named(&row.cell(employee.position)) else { continue };
            let (Ok(month), insurances) = (self.month.of(&row), self.declared(&row)) else { continue };
            if insurances != 0 {
                rows.push(Entered { row: row.number, person, month, insurances });
            }
        }
        ledger.enter(block.at, block.bytes().len(), rows, &mut worker.repeats);
    }

    fn work(&self, row: &Row<'_>, desk: &mut Desk<'_, Self>) -> Status {
        self.judge(row, desk)
    }

    fn findings<'w>(&self, worker: &'w mut CheckWorker) -> Option<&'w mut Vec<u8>> {
        self.listing.is_some().then_some(&mut worker.listed)
    }
}

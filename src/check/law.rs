//! What do the tables charge for the insurances of a check, in a month and through the years?
//!
//! The charge of a month is what entries are worked with. The periods of an insurance (spans of months over which rates,
//! limits and roundings stay the same) are what `hypotheses` tries: they are read when the first difference is explained,
//! since most files have none. Two charges are the same where they can never differ by a fen, whatever their documents.
//!
//! The tables are asked through [`Book`] alone; a rate is charged by [`rules::contribution`](contribution). What months
//! a worker has looked up is kept in `terms_cache`.

use std::sync::{Arc, OnceLock};

use crate::facts::{Charge, Faults, Insurance, InsuranceTerms, Kind, Outcome, Selection};
use crate::rules::{Silent, contribution};
use crate::tables::Book;
use crate::units::Month;

/// The tables as they speak for one check. Shared by all workers.
pub struct Law<'a> {
    /// The tables.
    pub book: &'a Book,
    /// Which insurances are asked for, for whom.
    pub selection: Selection,
    insurances: Vec<Insurance>,
    periods: Vec<OnceLock<Vec<Period>>>,
}

/// A time over which limits and rates of one insurance stay the same.
pub(super) struct Period {
    pub first: Month,
    pub last: Option<Month>,
    pub charge: Charge,
}

impl Period {
    pub fn name(&self) -> String {
        span(self.first, self.last)
    }
}

impl<'a> Law<'a> {
    /// The law of these insurances, for the people of the selection; nothing is looked up yet.
    #[must_use]
    pub fn new(book: &'a Book, selection: Selection, insurances: Vec<Insurance>) -> Self {
        let periods = insurances.iter().map(|_| OnceLock::new()).collect();
        Self { book, selection, insurances, periods }
    }

    /// What is charged in a month: one charge for each insurance, in their order, or why there is none.
    ///
    /// ```
    /// use shebao::check::Law;
    /// use shebao::facts::{Insurance, RegionId, Selection};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let law = Law::new(&book, Selection::default(), vec![Insurance::new("pension"), Insurance::new("none")]);
    /// let charges = law.charges("2019-05".parse().unwrap());
    /// // 国办发〔2019〕13号: the employer's share falls to 16 %.
    /// assert_eq!(charges[0].as_ref().unwrap().rates.employer.percent(), "16%");
    /// assert!(charges[1].is_err());
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    #[must_use]
    pub fn charges(&self, month: Month) -> Vec<Outcome<Charge>> {
        self.insurances.iter().map(|insurance| charge_of(self.book, insurance, month, &self.selection)).collect()
    }

    /// The periods of an insurance over which its charge stays the same, oldest first; read when first needed.
    pub(super) fn periods(&self, at: usize) -> &[Period] {
        let read = || self.insurances.get(at).map_or_else(Vec::new, |insurance| self.read_periods(insurance));
        self.periods.get(at).map_or(&[], |periods| periods.get_or_init(read))
    }

    fn read_periods(&self, insurance: &Insurance) -> Vec<Period> {
        let months = self.book.turning_months().unwrap_or_default();
        let mut periods: Vec<Period> = Vec::new();
        for (at, &first) in months.iter().enumerate() {
            let Ok(charge) = charge_of(self.book, insurance, first, &self.selection) else { continue };
            let last = months.get(at + 1).map(|next| next.previous());
            match periods.last_mut().filter(|before| before.last.map(Month::next) == Some(first)) {
                Some(before) if same(&before.charge, &charge) => before.last = last,
                _ => periods.push(Period { first, last, charge }),
            }
        }
        periods
    }
}

/// What a month charges for an insurance.
///
/// # Errors
/// What the tables say where they have no answer.
pub(super) fn charge_of(book: &Book, insurance: &Insurance, month: Month, selection: &Selection) -> Outcome<Charge> {
    let selection = Selection { only: Some(vec![insurance.clone()]), ..selection.clone() };
    let terms = book.month_terms(month, &selection)?;
    let only = terms.insurances.into_iter().next().ok_or_else(|| Faults::from(Kind::EmptyRow))?;
    contribution::charge(Arc::new(only), Some(month), &mut Silent)
}

/// A span of months: `2019-05`, `2019-05 to 2019-12`, `from 2026-01`.
pub(super) fn span(first: Month, last: Option<Month>) -> String {
    match last {
        None => format!("from {first}"),
        Some(last) if last == first => first.to_string(),
        Some(last) => format!("{first} to {last}"),
    }
}

/// Whether two charges can never differ by a fen.
pub(super) fn same(one: &Charge, other: &Charge) -> bool {
    let rounding =
        |terms: &InsuranceTerms| (terms.rounding.value, terms.base_rounding.as_ref().map(|rounding| rounding.value));
    one.rates == other.rates && same_limits(one, other) && rounding(&one.terms) == rounding(&other.terms)
}

fn same_limits(one: &Charge, other: &Charge) -> bool {
    let limits = |charge: &Charge| (charge.terms.limits.value.floor, charge.terms.limits.value.ceiling);
    limits(one) == limits(other)
}

//! What each month charges for the checked insurances, looked up once by each worker.
//!
//! A file has millions of rows and a few months, so the tables are asked once for each month; a row then finds its
//! charges by the number of its month. A month without an answer is kept as well, with its faults. Beside the charges
//! stand what rows of that month need again: the charge as the one month of an entry, and the hypotheses.
//!
//! Nothing here depends on the rows of a block but [`MonthCharges::met`], which says whether the month was noted in
//! the block. What the tables charge is asked of `law`.

use std::sync::Arc;

use crate::facts::{Charge, EntryMonth, Faults, Outcome};
use crate::units::Month;

use super::hypotheses::Hypothesis;
use super::law::Law;

/// The charges of one month.
pub(super) struct MonthCharges {
    /// The month.
    pub month: Month,
    /// One for each checked insurance, or why there is none.
    pub charges: Vec<Result<Charge, Faults>>,
    /// The same as the one month of an entry.
    pub own: Vec<Outcome<Arc<[EntryMonth]>>>,
    /// What could have been done wrong, for each checked insurance; filled when first needed.
    pub hypotheses: Vec<Option<Vec<Hypothesis>>>,
    /// The last block in which the month was met, counted from 1; 0 for none.
    pub met: u64,
}

/// Where a month stands among those that were met, counted from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met(u16);

/// The months that a worker has met.
#[derive(Default)]
pub(super) struct KnownMonths {
    months: Vec<MonthCharges>,
    /// For each month since 1900 its place in `months`; 0 where it was not met.
    places: Vec<Met>,
}

impl KnownMonths {
    /// The place of a month; its charges are looked up the first time.
    #[inline]
    pub fn meet(&mut self, month: Month, law: &Law<'_>) -> Met {
        match self.places.get(month.index()) {
            Some(Met(place)) if *place > 0 => Met(*place),
            Some(_) | None => self.learn(month, law.charges(month)),
        }
    }

    /// The charges of a month that was met.
    #[inline]
    pub fn at(&self, Met(place): Met) -> &MonthCharges {
        &self.months[usize::from(place) - 1]
    }

    /// The same, to be changed.
    #[inline]
    pub fn at_mut(&mut self, Met(place): Met) -> &mut MonthCharges {
        &mut self.months[usize::from(place) - 1]
    }

    /// The charges of a month.
    pub fn of(&mut self, month: Month, law: &Law<'_>) -> &mut MonthCharges {
        let met = self.meet(month, law);
        self.at_mut(met)
    }

    #[cold]
    fn learn(&mut self, month: Month, charges: Vec<Result<Charge, Faults>>) -> Met {
        let hypotheses = charges.iter().map(|_| None).collect();
        let own = |charge: &Charge| -> Arc<[EntryMonth]> {
            Arc::new([EntryMonth { month: Some(month), charge: charge.clone(), times: 1 }])
        };
        let own = charges.iter().map(|charge| charge.as_ref().map(own).map_err(Clone::clone)).collect();
        self.months.push(MonthCharges { month, charges, own, hypotheses, met: 0 });
        self.places.resize(Month::LAST.index() + 1, Met(0));
        // There are fewer months than places hold.
        let met = Met(u16::try_from(self.months.len()).unwrap_or(u16::MAX));
        self.places[month.index()] = met;
        met
    }
}

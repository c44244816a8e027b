//! What each month charges for the checked insurances, looked up once by each worker.

use crate::facts::{Charge, Faults};
use crate::units::Month;

use super::mistakes::Mistake;

/// The charges of one month.
pub(super) struct MonthCharges {
    /// The month.
    pub month: Month,
    /// One for each checked insurance, or why there is none.
    pub charges: Vec<Result<Charge, Faults>>,
    /// What could have been done wrong, for each checked insurance; filled when first needed.
    pub mistakes: Vec<Option<Vec<Mistake>>>,
    /// The last block in which the month was met, counted from 1.
    pub met: u64,
}

/// The months that a worker has met.
#[derive(Default)]
pub(super) struct KnownMonths {
    months: Vec<MonthCharges>,
    latest: usize,
}

impl KnownMonths {
    /// The charges of a month.
    #[inline]
    pub fn of(
        &mut self,
        month: Month,
        look_up: impl FnOnce() -> Vec<Result<Charge, Faults>>,
    ) -> &mut MonthCharges {
        if self.months.get(self.latest).is_none_or(|known| known.month != month) {
            self.latest = self.months.iter().position(|known| known.month == month).unwrap_or_else(|| {
                let charges = look_up();
                let mistakes = charges.iter().map(|_| None).collect();
                self.months.push(MonthCharges { month, charges, mistakes, met: 0 });
                self.months.len() - 1
            });
        }
        &mut self.months[self.latest]
    }
}

//! What could have been done wrong: the charge of a month with one thing in it changed.
//!
//! A hypothesis is a [`Charge`] like any other and is worked by the same rules; that it gives the
//! declared amount to the fen is the proof. They are listed from the least surprising on: rounding,
//! a limit not applied, limits of another period, a rate of another period or scheme, the sides
//! exchanged, and last all rules of another period; of other periods the nearer comes first.

use std::sync::Arc;

use super::cause::Cause;
use super::law::{Law, Period, charge_of, same, span};
use crate::facts::{BaseLimits, Charge, Cited, Insurance, InsuranceTerms, Payer, Selection, Share, Side};
use crate::units::{Mode, Money, Month, Rate, Rounding};

/// The largest unit that anybody is thought to have rounded to: a yuan.
pub(super) const COARSEST: Money = Money::from_fen(100);

/// One thing done wrong.
pub(super) struct Hypothesis {
    /// The causes it stands for.
    pub causes: &'static [Cause],
    /// Which limits, rates or rounding; empty where the cause says it all.
    pub what: String,
    /// What it makes of the month's charge.
    pub charge: Charge,
}

/// How far a period lies from a month.
fn distance(month: Month, first: Month, last: Option<Month>) -> i32 {
    if month < first { first.since(month) } else { last.map_or(0, |last| month.since(last).max(0)) }
}

/// The list of one month and insurance while it is put together.
struct List<'a> {
    right: &'a Charge,
    month: Month,
    found: Vec<Hypothesis>,
}

impl List<'_> {
    /// Adds a hypothesis, unless it changes nothing or an earlier one does the same.
    fn add(&mut self, causes: &'static [Cause], what: String, charge: Charge) {
        if !same(self.right, &charge) && !self.found.iter().any(|earlier| same(&earlier.charge, &charge)) {
            self.found.push(Hypothesis { causes, what, charge });
        }
    }

    fn with_terms(&mut self, cause: &'static [Cause], what: String, change: impl FnOnce(&mut InsuranceTerms)) {
        let mut terms = (*self.right.terms).clone();
        change(&mut terms);
        let charge = Charge { terms: Arc::new(terms), rates: self.right.rates };
        self.add(cause, what, charge);
    }

    fn with_rates(&mut self, cause: &'static [Cause], what: String, rates: Share<Rate>) {
        self.add(cause, what, Charge { terms: Arc::clone(&self.right.terms), rates });
    }

    fn roundings(&mut self) {
        const MODES: [(Mode, &str); 4] =
            [(Mode::HalfUp, "half-up"), (Mode::HalfEven, "half-even"), (Mode::Down, "down"), (Mode::Up, "up")];
        for unit in [Money::from_fen(1), Money::from_fen(10), COARSEST] {
            for (mode, name) in MODES {
                let rounding = Cited::given(Rounding { unit, mode });
                self.with_terms(&[Cause::Rounding], format!("{name} to {unit}"), |terms| terms.rounding = rounding);
            }
        }
        for unit in [Money::from_fen(10), COARSEST] {
            for (mode, name) in MODES {
                let rounding = Cited::given(Rounding { unit, mode });
                let what = format!("base {name} to {unit}");
                self.with_terms(&[Cause::Rounding], what, |terms| terms.base_rounding = Some(rounding));
            }
        }
    }

    fn no_limit(&mut self) {
        let own = &self.right.terms.limits;
        let open = |floor: Money, ceiling: Money| own.with(BaseLimits { floor, ceiling, ..own.value.clone() });
        let (floor, ceiling) = (own.value.floor, own.value.ceiling);
        let (low, high) = (open(Money::ZERO, ceiling), open(floor, Money::from_fen(i64::MAX)));
        self.with_terms(&[Cause::LimitNotApplied], format!("floor {floor}"), |terms| terms.limits = low);
        self.with_terms(&[Cause::LimitNotApplied], format!("ceiling {ceiling}"), |terms| terms.limits = high);
    }

    fn other_limits(&mut self, law: &Law<'_>) {
        let insurance = self.right.terms.insurance.clone();
        let mut others = law.book.limits_ever(&insurance, law.selection.payer).unwrap_or_default();
        let month = self.month;
        others
            .sort_by_key(|limits| limits.citation.as_ref().map(|citation| distance(month, citation.from, citation.to)));
        for limits in others {
            let named = limits.citation.as_ref().map_or_else(String::new, |citation| {
                let provisional = if citation.provisional { "provisional " } else { "" };
                format!(" of {provisional}{}", span(citation.from, citation.to))
            });
            let what = format!("{} to {}{named}", limits.value.floor, limits.value.ceiling);
            self.with_terms(&[Cause::OtherLimits], what, |terms| terms.limits = limits);
        }
    }

    fn rates(&mut self, law: &Law<'_>, periods: &[Period]) {
        let insurance = self.right.terms.insurance.clone();
        for period in self.nearest(periods) {
            self.with_rates(&[Cause::OtherRate], format!("of {}", period.name()), period.charge.rates);
        }
        let own = &law.selection;
        let mut schemes: Vec<(String, Selection)> = Vec::new();
        for payer in Payer::ALL {
            schemes.push((format!("of payer {}", payer.code()), Selection { payer, ..own.clone() }));
        }
        if insurance.code() == Insurance::INJURY {
            let classes = law.book.injury_classes(self.month);
            for class in 1..=classes {
                schemes.push((
                    format!("of class {class}"),
                    Selection { injury_class: Some(class), injury_grade: None, ..own.clone() },
                ));
            }
            for grade in own.injury_class.map(|class| law.book.grades(class, self.month)).unwrap_or_default() {
                let what = format!("of grade {}", grade.percent());
                schemes.push((what, Selection { injury_grade: Some(grade), ..own.clone() }));
            }
        }
        schemes.push(("without relief".to_owned(), Selection { relief: Vec::new(), ..own.clone() }));
        for name in law.book.reliefs(self.month).unwrap_or_default() {
            schemes.push((format!("with relief {name}"), Selection { relief: vec![name], ..own.clone() }));
        }
        for (what, selection) in schemes {
            if let Ok(charge) = charge_of(law.book, &insurance, self.month, &selection) {
                self.with_rates(&[Cause::OtherRate], what, charge.rates);
            }
        }
        for names in law.book.insurances() {
            if names.insurance != insurance
                && let Ok(charge) = charge_of(law.book, &names.insurance, self.month, own)
            {
                self.with_rates(&[Cause::OtherRate], format!("of {}", names.insurance), charge.rates);
            }
        }
    }

    fn other_sides(&mut self) {
        let (employer, employee) = (*self.right.rates.get(Side::Employer), *self.right.rates.get(Side::Employee));
        self.with_rates(&[Cause::SidesSwapped], String::new(), Share { employer: employee, employee: employer });
        // Where only one side is declared, the rate of the other cannot be an exchange.
        for side in Side::BOTH {
            let other = if side == Side::Employer { employee } else { employer };
            let mut rates = self.right.rates;
            *rates.get_mut(side) = other;
            self.with_rates(&[Cause::OtherRate], "of the other side".to_owned(), rates);
        }
    }

    fn nearest<'p>(&self, periods: &'p [Period]) -> Vec<&'p Period> {
        let mut nearest: Vec<&Period> = periods.iter().collect();
        nearest.sort_by_key(|period| distance(self.month, period.first, period.last));
        nearest
    }
}

/// Everything that could have been done wrong in a month, the least surprising first.
pub(super) fn hypotheses(law: &Law<'_>, at: usize, month: Month, right: &Charge) -> Vec<Hypothesis> {
    let mut list = List { right, month, found: Vec::new() };
    let periods = law.periods(at);
    for cause in Cause::ALL {
        match cause {
            Cause::Rounding => list.roundings(),
            Cause::LimitNotApplied => list.no_limit(),
            Cause::OtherLimits => list.other_limits(law),
            Cause::OtherRate => list.rates(law, periods),
            Cause::SidesSwapped => list.other_sides(),
            // Found from other cells and rows of the file: no other charge explains them.
            Cause::Duplicate | Cause::Carried | Cause::DoesNotAddUp | Cause::NotCalculated | Cause::Unexplained => {}
        }
    }
    for period in list.nearest(periods) {
        let what = format!("rules of {}", period.name());
        list.add(&[Cause::OtherLimits, Cause::OtherRate], what, period.charge.clone());
    }
    list.found
}

//! What could have been done wrong: the charge of a month with one thing in it changed.
//!
//! A mistake is a [`Charge`] like any other and is worked by the same rules; that it gives the
//! declared amount to the fen is the proof. They are listed from the least surprising on: rounding,
//! a limit not applied, limits of another period, a rate of another period or scheme, the sides
//! exchanged, and last all rules of another period; of other periods the nearer comes first.

use std::sync::Arc;

use super::causes::Cause;
use super::plan::Check;
use crate::facts::{BaseLimits, Charge, Cited, Insurance, InsuranceTerms, Payer, Selection, Share, Side};
use crate::units::{Mode, Money, Month, Rate, Rounding};

/// The largest unit that anybody is thought to have rounded to: a yuan.
pub(super) const COARSEST: Money = Money::from_fen(100);

/// One thing done wrong.
pub(super) struct Mistake {
    /// The causes it stands for.
    pub causes: &'static [Cause],
    /// Which limits, rates or rounding; empty where the cause says it all.
    pub what: String,
    /// What it makes of the month's charge.
    pub charge: Charge,
}

/// A time over which limits and rates of one insurance stay the same.
pub(super) struct Period {
    first: Month,
    last: Option<Month>,
    charge: Charge,
}

impl Period {
    fn name(&self) -> String {
        span(self.first, self.last)
    }
}

fn span(first: Month, last: Option<Month>) -> String {
    match last {
        None => format!("from {first}"),
        Some(last) if last == first => first.to_string(),
        Some(last) => format!("{first} to {last}"),
    }
}

/// How far a period lies from a month.
fn distance(month: Month, first: Month, last: Option<Month>) -> i32 {
    if month < first { first.since(month) } else { last.map_or(0, |last| month.since(last).max(0)) }
}

/// The periods of an insurance, oldest first.
pub(super) fn periods(check: &Check<'_>, insurance: &Insurance) -> Vec<Period> {
    let months = check.book.turning_months().unwrap_or_default();
    let mut periods: Vec<Period> = Vec::new();
    for (at, &first) in months.iter().enumerate() {
        let Ok(charge) = check.charge(insurance, first, &check.selection) else { continue };
        let last = months.get(at + 1).map(|next| next.previous());
        match periods.last_mut().filter(|before| before.last.map(Month::next) == Some(first)) {
            Some(before) if same(&before.charge, &charge) => before.last = last,
            _ => periods.push(Period { first, last, charge }),
        }
    }
    periods
}

/// Whether two charges can never differ by a fen.
fn same(one: &Charge, other: &Charge) -> bool {
    let rounding =
        |terms: &InsuranceTerms| (terms.rounding.value, terms.base_rounding.as_ref().map(|rounding| rounding.value));
    one.rates == other.rates && same_limits(one, other) && rounding(&one.terms) == rounding(&other.terms)
}

fn same_limits(one: &Charge, other: &Charge) -> bool {
    let limits = |charge: &Charge| (charge.terms.limits.value.floor, charge.terms.limits.value.ceiling);
    limits(one) == limits(other)
}

/// The list of one month and insurance while it is put together.
struct List<'a> {
    right: &'a Charge,
    month: Month,
    found: Vec<Mistake>,
}

impl List<'_> {
    /// Adds a mistake, unless it changes nothing or an earlier one does the same.
    fn add(&mut self, causes: &'static [Cause], what: String, charge: Charge) {
        if !same(self.right, &charge) && !self.found.iter().any(|earlier| same(&earlier.charge, &charge)) {
            self.found.push(Mistake { causes, what, charge });
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

    fn limits(&mut self, check: &Check<'_>) {
        let own = self.right.terms.limits.clone();
        let open = |floor: Money, ceiling: Money| own.with(BaseLimits { floor, ceiling, ..own.value.clone() });
        let (floor, ceiling) = (own.value.floor, own.value.ceiling);
        let (low, high) = (open(Money::ZERO, ceiling), open(floor, Money::from_fen(i64::MAX)));
        self.with_terms(&[Cause::LimitNotApplied], format!("floor {floor}"), |terms| terms.limits = low);
        self.with_terms(&[Cause::LimitNotApplied], format!("ceiling {ceiling}"), |terms| terms.limits = high);
        let insurance = self.right.terms.insurance.clone();
        let mut others = check.book.limits_ever(&insurance, check.selection.payer).unwrap_or_default();
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

    fn rates(&mut self, check: &Check<'_>, periods: &[Period]) {
        let insurance = self.right.terms.insurance.clone();
        for period in self.nearest(periods) {
            self.with_rates(&[Cause::OtherRate], format!("of {}", period.name()), period.charge.rates);
        }
        let own = &check.selection;
        let mut schemes: Vec<(String, Selection)> = Vec::new();
        for payer in Payer::ALL {
            schemes.push((format!("of payer {}", payer.code()), Selection { payer, ..own.clone() }));
        }
        if insurance.code() == Insurance::INJURY {
            let classes = check.book.injury_classes(self.month);
            for class in 1..=classes {
                schemes.push((
                    format!("of class {class}"),
                    Selection { injury_class: Some(class), injury_grade: None, ..own.clone() },
                ));
            }
            for grade in own.injury_class.map(|class| check.book.grades(class, self.month)).unwrap_or_default() {
                let what = format!("of grade {}", grade.percent());
                schemes.push((what, Selection { injury_grade: Some(grade), ..own.clone() }));
            }
        }
        schemes.push(("without relief".to_owned(), Selection { relief: Vec::new(), ..own.clone() }));
        for name in check.book.reliefs(self.month).unwrap_or_default() {
            schemes.push((format!("with relief {name}"), Selection { relief: vec![name], ..own.clone() }));
        }
        for (what, selection) in schemes {
            if let Ok(charge) = check.charge(&insurance, self.month, &selection) {
                self.with_rates(&[Cause::OtherRate], what, charge.rates);
            }
        }
        for names in check.book.insurances() {
            if names.insurance != insurance
                && let Ok(charge) = check.charge(&names.insurance, self.month, own)
            {
                self.with_rates(&[Cause::OtherRate], format!("of {}", names.insurance), charge.rates);
            }
        }
    }

    fn nearest<'p>(&self, periods: &'p [Period]) -> Vec<&'p Period> {
        let mut nearest: Vec<&Period> = periods.iter().collect();
        nearest.sort_by_key(|period| distance(self.month, period.first, period.last));
        nearest
    }
}

/// Everything that could have been done wrong in a month, the least surprising first.
pub(super) fn mistakes(check: &Check<'_>, at: usize, month: Month, right: &Charge) -> Vec<Mistake> {
    let mut list = List { right, month, found: Vec::new() };
    let periods = check.periods(at);
    list.roundings();
    list.limits(check);
    list.rates(check, periods);
    let (employer, employee) = (*right.rates.get(Side::Employer), *right.rates.get(Side::Employee));
    list.with_rates(&[Cause::SidesSwapped], String::new(), Share { employer: employee, employee: employer });
    // Where only one side is declared, the rate of the other cannot be an exchange.
    for side in Side::BOTH {
        let other = if side == Side::Employer { employee } else { employer };
        let mut rates = right.rates;
        *rates.get_mut(side) = other;
        list.with_rates(&[Cause::OtherRate], "of the other side".to_owned(), rates);
    }
    for period in list.nearest(periods) {
        let what = format!("rules of {}", period.name());
        list.add(&[Cause::OtherLimits, Cause::OtherRate], what, period.charge.clone());
    }
    list.found
}

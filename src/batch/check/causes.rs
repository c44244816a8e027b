//! Why a declared amount differs: the first mistake that gives it to the fen.

use super::findings::{Finding, Part};
use super::mistakes::Mistake;
use crate::facts::Side;
use crate::rules::{Silent, contribution};
use crate::units::Money;

/// Why a declared amount differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The right product, rounded otherwise.
    Rounding,
    /// Worked on a wage outside floor or ceiling.
    LimitNotApplied,
    /// Worked with the limits of another period.
    OtherLimits,
    /// Worked with the rate of another period or scheme.
    OtherRate,
    /// Employer and employee exchanged.
    SidesSwapped,
    /// Declared once more.
    Duplicate,
    /// No one known mistake gives the amount.
    Unexplained,
}

impl Cause {
    /// The code of the cause column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rounding => "rounding",
            Self::LimitNotApplied => "limit-not-applied",
            Self::OtherLimits => "other-limits",
            Self::OtherRate => "other-rate",
            Self::SidesSwapped => "sides-swapped",
            Self::Duplicate => "duplicate",
            Self::Unexplained => "unexplained",
        }
    }
}

/// What explains a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The causes.
    pub causes: Vec<Cause>,
    /// Which rate, limits, rounding; in codes and figures, the same in every language.
    pub detail: String,
}

impl Explanation {
    /// That the amount was declared before.
    pub(super) fn duplicate(first: u64) -> Self {
        Self { causes: vec![Cause::Duplicate], detail: format!("duplicate: first in row {first}") }
    }

    /// That nothing known gives the amount.
    pub(super) fn none(remark: &str) -> Self {
        let detail = if remark.is_empty() { String::new() } else { format!("unexplained: {remark}") };
        Self { causes: vec![Cause::Unexplained], detail }
    }

    /// Both this and another.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.causes.extend(other.causes);
        self.detail =
            [self.detail, other.detail].into_iter().filter(|detail| !detail.is_empty()).collect::<Vec<_>>().join(", ");
        self
    }
}

/// Holds the findings of one insurance of a row against what could have been done wrong. The first
/// mistake that gives all of them is the cause; where none does, each has its own.
pub(super) fn explain(ground: Money, findings: &[&Finding], mistakes: &[Mistake]) -> Vec<Explanation> {
    let given: Vec<Vec<bool>> = mistakes
        .iter()
        .map(|mistake| {
            let due = contribution::due(ground, &mistake.charge, None, &mut Silent).ok();
            let gives = |finding: &&Finding| {
                due.as_ref().is_some_and(|due| {
                    let amount = match finding.part {
                        Part::Base => due.base,
                        Part::Side(side) => due.amounts.get(side).money,
                    };
                    amount == finding.declared
                })
            };
            let given: Vec<bool> = findings.iter().map(gives).collect();
            // Sides are exchanged only where each holds what the other should.
            let half = mistake.causes == [Cause::SidesSwapped] && given.iter().filter(|given| **given).count() < 2;
            if half { vec![false; findings.len()] } else { given }
        })
        .collect();
    let all: Vec<usize> = (0..mistakes.len()).filter(|at| given[*at].iter().all(|given| *given)).collect();
    findings
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let own: Vec<usize> =
                if all.is_empty() { (0..mistakes.len()).filter(|m| given[*m][at]).collect() } else { all.clone() };
            told(finding, own.into_iter().map(|at| &mistakes[at]))
        })
        .collect()
}

/// Names the first mistake, and that another kind of mistake would give the same.
fn told<'m>(finding: &Finding, mut mistakes: impl Iterator<Item = &'m Mistake>) -> Explanation {
    let Some(first) = mistakes.next() else { return Explanation::none("") };
    let mut detail = named(first, finding.part);
    let mut seen = first.causes.to_vec();
    for other in mistakes {
        if !other.causes.iter().any(|cause| seen.contains(cause)) {
            seen.extend(other.causes);
            detail.push_str(" or ");
            detail.push_str(&named(other, finding.part));
        }
    }
    Explanation { causes: first.causes.to_vec(), detail }
}

fn named(mistake: &Mistake, part: Part) -> String {
    let codes: Vec<&str> = mistake.causes.iter().map(|cause| cause.code()).collect();
    let codes = codes.join("+");
    let rate = match (mistake.causes, part) {
        ([Cause::OtherRate], Part::Side(side)) => format!("{} ", mistake.charge.rates.get(side).percent()),
        _ => String::new(),
    };
    if mistake.what.is_empty() { codes } else { format!("{codes}: {rate}{}", mistake.what) }
}

/// What a declared base would give, whatever is wrong with the base itself.
pub(super) fn follows(base: Money, side: Side, charge: &crate::facts::Charge, declared: Money) -> bool {
    contribution::amount(base, side, charge, None, &mut Silent).is_ok_and(|rounded| rounded.money == declared)
}

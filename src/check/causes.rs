//! Why a declared amount differs: the first mistake that gives it to the fen.

use super::findings::{Finding, Part};
use super::hypotheses::{COARSEST, Mistake};
use crate::facts::{Entry, Share};
use crate::rules::entry::{self, Instead};
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
    /// A sum of what is declared, which is wrong in itself.
    Carried,
    /// A sum that is not the sum of what is declared.
    DoesNotAddUp,
    /// A formula that was never calculated.
    NotCalculated,
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
            Self::Carried => "carried",
            Self::DoesNotAddUp => "does-not-add-up",
            Self::NotCalculated => "not-calculated",
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

    /// A cause that needs no more words.
    pub(super) fn plain(cause: Cause) -> Self {
        Self { causes: vec![cause], detail: cause.code().to_owned() }
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
pub(super) fn explain(entry: &Entry, findings: &[&Finding], mistakes: &[Mistake]) -> Vec<Explanation> {
    // A bit for each finding; an insurance has three at the most.
    let given: Vec<u8> = mistakes.iter().map(|mistake| gives(mistake, entry, findings)).collect();
    let all = findings.iter().enumerate().fold(0, |all, (at, _)| all | 1 << at);
    let together = given.contains(&all);
    findings
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let wanted = if together { all } else { 1 << at };
            let own = mistakes.iter().zip(&given).filter(|(_, given)| *given & wanted == wanted);
            told(finding, own.map(|(mistake, _)| mistake))
        })
        .collect()
}

/// Which of the findings a mistake gives to the fen.
fn gives(mistake: &Mistake, entry: &Entry, findings: &[&Finding]) -> u8 {
    // Rounding moves an amount by less than the largest unit that is tried.
    let near = |finding: &&Finding| finding.declared.fen().abs_diff(finding.due.fen()) <= COARSEST.fen().unsigned_abs();
    if mistake.causes == [Cause::Rounding] && !findings.iter().any(near) {
        return 0;
    }
    let Ok(due) = entry::due_instead(entry, Instead::Charge(&mistake.charge)) else { return 0 };
    let mut given = 0;
    for (at, finding) in findings.iter().enumerate() {
        let amount = match finding.part {
            Part::Base(side) => Some(side.map_or(due.base(), |side| *due.bases.get(side))),
            Part::Side(side) => Some(due.amounts.get(side).money),
            Part::Sum => None,
        };
        given |= u8::from(amount == Some(finding.declared)) << at;
    }
    // Sides are exchanged only where each holds what the other should.
    if mistake.causes == [Cause::SidesSwapped] && given.count_ones() < 2 { 0 } else { given }
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

/// Whether a declared base gives the declared amount, whatever is wrong with the base itself.
pub(super) fn follows(base: Money, entry: &Entry, finding: &Finding) -> bool {
    let Part::Side(side) = finding.part else { return false };
    let due = entry::due_instead(entry, Instead::Bases(Share { employer: base, employee: base }));
    due.is_ok_and(|due| due.amounts.get(side).money == finding.declared)
}

//! Why does a declared amount differ? The first hypothesis that gives it to the fen is the cause.
//!
//! The findings of one insurance in one row have one origin as a rule, so a hypothesis that gives all of them comes
//! first; where none does, each finding has its own cause. A hypothesis proves nothing where it leaves the due amount
//! as it is, so those are not tried, and rounding is tried only where it can reach the declared amount. An amount that
//! follows from a wrong declared base is unexplained, with that remark: the base itself is the finding.
//!
//! What can be done wrong, and in which order it is tried, is decided by `hypotheses`; what each makes due by
//! [`rules::entry`](crate::rules::entry). Causes of printed sums and repeated rows are found where they are.

use std::sync::Arc;

use super::cause::{Cause, Explanation};
use super::findings::{Finding, Part};
use super::hypotheses::{COARSEST, Hypothesis, hypotheses};
use super::row_entries::Item;
use super::setup::Check;
use super::terms_cache::MonthCharges;
use crate::facts::{Charge, Entry, Share};
use crate::files::Row;
use crate::payroll::cell;
use crate::rules::Silent;
use crate::rules::entry::{self, Instead};
use crate::units::Money;

/// Fills in `why` of each finding; `month` has the charges of the row's month and keeps the hypotheses for the next row.
pub(super) fn explain(
    check: &Check<'_>,
    row: &Row<'_>,
    month: &mut MonthCharges,
    items: &[Item<'_>],
    findings: &mut [Finding],
) {
    let mut groups: Vec<Option<usize>> = findings.iter().map(|finding| finding.insurance).collect();
    groups.dedup();
    for group in groups {
        // A base of all insurances is explained by the first that has an answer.
        let mut own = items.iter().filter(|item| group.is_none_or(|at| at == item.at));
        if let Some((item, entry)) = own.find_map(|item| Some((item, item.entry.as_ref().ok()?))) {
            explain_group(check, row, month, (item, entry), (group, findings));
        }
    }
    for finding in findings {
        if row.is_uncalculated(finding.column) {
            finding.why = Explanation::plain(Cause::NotCalculated);
        } else if let Some(first) = finding.first {
            finding.why = std::mem::take(&mut finding.why).and(Explanation::duplicate(first));
        } else if finding.why.causes.is_empty() {
            finding.why = Explanation::none("");
        }
    }
}

/// Says why the findings of one insurance differ, or those of the base of all.
fn explain_group(
    check: &Check<'_>,
    row: &Row<'_>,
    month: &mut MonthCharges,
    (item, entry): (&Item<'_>, &Entry),
    (group, findings): (Option<usize>, &mut [Finding]),
) {
    let (Some(Ok(charge)), Ok(due)) = (month.charges.get(item.at), entry::due(entry, &mut Silent)) else { return };
    // What is a repeat and right in itself needs no other cause.
    let differs = |finding: &Finding| check.plan.differs(finding.declared, finding.due);
    let wrong: Vec<usize> =
        (0..findings.len()).filter(|at| findings[*at].insurance == group && differs(&findings[*at])).collect();
    let mut bases = [&item.checked.base, &check.plan.entries.base].into_iter().flatten();
    let own_base = bases.find_map(|at| cell::signed(row, at).ok().flatten());
    let known = month.hypotheses[item.at].get_or_insert_with(|| hypotheses(&check.law, item.at, month.month, charge));
    let wrong_ones: Vec<&Finding> = wrong.iter().map(|at| &findings[*at]).collect();
    let explanations = explain_insurance((entry, charge), &wrong_ones, known);
    for (at, why) in wrong.into_iter().zip(explanations) {
        let finding = &mut findings[at];
        let own_base = own_base.filter(|base| why.detail.is_empty() && *base != due.base());
        let follows = own_base.is_some_and(|base| follows(base, entry, finding));
        finding.why = if follows { Explanation::none("the declared base gives it") } else { why };
    }
}

/// The explanations of the findings of one insurance, in their order. The first hypothesis that gives all of them is
/// the cause; where none does, each has its own.
fn explain_insurance(
    (entry, charge): (&Entry, &Charge),
    findings: &[&Finding],
    hypotheses: &[Hypothesis],
) -> Vec<Explanation> {
    // A bit for each finding; an insurance has three at the most.
    let given = |hypothesis: &Hypothesis| {
        if is_idle(hypothesis, (entry, charge), findings) { 0 } else { gives(hypothesis, entry, findings) }
    };
    let given: Vec<u8> = hypotheses.iter().map(given).collect();
    let all = findings.iter().enumerate().fold(0, |all, (at, _)| all | 1 << at);
    let together = given.contains(&all);
    findings
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let wanted = if together { all } else { 1 << at };
            let own = hypotheses.iter().zip(&given).filter(|(_, given)| *given & wanted == wanted);
            first_named(finding, own.map(|(hypothesis, _)| hypothesis))
        })
        .collect()
}

/// Whether a hypothesis leaves all that was charged for the findings as it is, so that it gives what is due: seen
/// without working it.
fn is_idle(hypothesis: &Hypothesis, (entry, charge): (&Entry, &Charge), findings: &[&Finding]) -> bool {
    let same_rate = |finding: &&Finding| match finding.part {
        Part::Side(side) => hypothesis.charge.rates.get(side) == charge.rates.get(side),
        Part::Base(_) | Part::Sum => true,
    };
    entry.months.len() == 1 && Arc::ptr_eq(&hypothesis.charge.terms, &charge.terms) && findings.iter().all(same_rate)
}

/// Which of the findings a hypothesis gives to the fen.
fn gives(hypothesis: &Hypothesis, entry: &Entry, findings: &[&Finding]) -> u8 {
    // Rounding moves an amount by less than the largest unit that is tried.
    let near = |finding: &&Finding| finding.declared.fen().abs_diff(finding.due.fen()) <= COARSEST.fen().unsigned_abs();
    if hypothesis.causes == [Cause::Rounding] && !findings.iter().any(near) {
        return 0;
    }
    let Ok(due) = entry::due_instead(entry, Instead::Charge(&hypothesis.charge)) else { return 0 };
    let mut given = 0;
    for (at, finding) in findings.iter().enumerate() {
        let amount = match finding.part {
            Part::Base(side) => Some(side.map_or(due.base(), |side| *due.bases.get(side))),
            Part::Side(side) => Some(due.amounts.get(side).money),
            Part::Sum => None,
        };
        given |= u8::from(amount == Some(finding.declared)) << at;
    }
    // Sides are exchanged only where each has what the other should.
    if hypothesis.causes == [Cause::SidesSwapped] && given.count_ones() < 2 { 0 } else { given }
}

/// The explanation by the first hypothesis, which also names others that give the same amount by another cause.
fn first_named<'m>(finding: &Finding, mut hypotheses: impl Iterator<Item = &'m Hypothesis>) -> Explanation {
    let Some(first) = hypotheses.next() else { return Explanation::none("") };
    let mut detail = named(first, finding.part);
    let mut seen = first.causes.to_vec();
    for other in hypotheses {
        if !other.causes.iter().any(|cause| seen.contains(cause)) {
            seen.extend(other.causes);
            detail.push_str(" or ");
            detail.push_str(&named(other, finding.part));
        }
    }
    Explanation { causes: first.causes.to_vec(), detail }
}

fn named(hypothesis: &Hypothesis, part: Part) -> String {
    let codes: Vec<&str> = hypothesis.causes.iter().map(|cause| cause.code()).collect();
    let codes = codes.join("+");
    let rate = match (hypothesis.causes, part) {
        ([Cause::OtherRate], Part::Side(side)) => format!("{} ", hypothesis.charge.rates.get(side).percent()),
        _ => String::new(),
    };
    if hypothesis.what.is_empty() { codes } else { format!("{codes}: {rate}{}", hypothesis.what) }
}

/// Whether a declared base gives the declared amount, whatever is wrong with the base itself.
fn follows(base: Money, entry: &Entry, finding: &Finding) -> bool {
    let Part::Side(side) = finding.part else { return false };
    let due = entry::due_instead(entry, Instead::Bases(Share { employer: base, employee: base }));
    due.is_ok_and(|due| due.amounts.get(side).money == finding.declared)
}

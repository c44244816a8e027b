//! Which columns a printed sum adds up: found from the amounts of the first rows, not from its name.
//!
//! For each column that is called a sum, and for net pay, likely sets of columns are tried on the first
//! rows; the set that gives the printed sum in most of them is the one, if it does so in more than half.
//! A sum for which no set does is not checked, and said to be so.

use super::columns::Columns;
use super::heading::{normal, side_in};
use super::role::{LeftOut, Meaning, PlainRole, SumOf};
use super::vocabulary;
use crate::facts::Side;
use crate::units::Money;

/// A printed sum and what it adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedSum {
    /// Its column.
    pub at: usize,
    /// The columns that it adds, and those that it takes off.
    pub parts: Vec<(usize, Sign)>,
}

/// Whether a part is added or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Added.
    Plus,
    /// Taken off.
    Minus,
}

/// The amounts of the first rows, column by column.
pub(crate) type Sample = Vec<Vec<Option<Money>>>;

/// What a column can be in a sum.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A share of one of the insurances, or of what is known beside them.
    Share { insured: bool, side: Option<Side> },
    /// A sum itself.
    Sum { side: Option<Side> },
    /// No part of any sum.
    None,
}

fn role(columns: &Columns, at: usize) -> Role {
    let heading = columns.headings().get(at).map_or("", String::as_str);
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    match columns.meanings().get(at).and_then(Option::as_ref).map(|(meaning, _)| meaning) {
        Some(Meaning::Amount(_, side) | Meaning::SideAmount(side)) => Role::Share { insured: true, side: Some(*side) },
        Some(Meaning::Sum(SumOf { side, .. })) => Role::Sum { side: *side },
        Some(Meaning::Plain(PlainRole::LateFee)) => Role::Share { insured: false, side: side_in(heading) },
        Some(_) => Role::None,
        None => match columns.left_out(at) {
            Some(LeftOut::Beside) if !says(vocabulary::FEES) => Role::None,
            Some(_) if says(vocabulary::NO_PARTS) => Role::None,
            Some(_) => Role::Share { insured: false, side: side_in(heading) },
            None if columns.unsettled().iter().any(|(unsettled, _)| *unsettled == at) => {
                Role::Share { insured: true, side: None }
            }
            None => Role::None,
        },
    }
}

/// The printed sums of a file, in an order in which each comes after its parts.
///
/// Where all its cells are formulas that were never calculated, there are no amounts to try, and the heading decides.
pub(crate) fn find(columns: &Columns, sample: &Sample, never: &dyn Fn(usize) -> bool) -> Vec<PrintedSum> {
    let width = columns.headings().len();
    let roles: Vec<Role> = (0..width).map(|at| role(columns, at)).collect();
    let mut found: Vec<PrintedSum> = Vec::new();
    for at in 0..width {
        if let Role::Sum { side } = roles[at] {
            if never(at) {
                found.extend(said(columns, at));
                continue;
            }
            let sets = candidates(&roles, at, side);
            found.extend(best(at, sets, sample));
        }
    }
    for at in (0..width).filter(|at| is_taken(columns, *at)) {
        let plus = |set: Vec<usize>| set.into_iter().map(|at| (at, Sign::Plus)).collect();
        found.extend(best(at, deductions(&roles).into_iter().map(plus).collect(), sample));
    }
    if let Some(net) = columns.plain(PlainRole::Net) {
        found.extend(best(net.position, net_of(columns), sample));
    }
    found
}

/// Whether a column says what is taken off the pay in all.
fn is_taken(columns: &Columns, at: usize) -> bool {
    let known = columns.meanings().get(at).is_some_and(Option::is_some) || columns.left_out(at).is_some();
    let heading = normal(columns.headings().get(at).map_or("", String::as_str));
    !known && vocabulary::TAKEN.iter().any(|word| heading.contains(word))
}

/// What a sum adds up by its heading: the shares of an insurance, of a side, or the sums of both sides.
fn said(columns: &Columns, at: usize) -> Option<PrintedSum> {
    let meaning = |at: usize| columns.meanings().get(at).and_then(Option::as_ref).map(|(meaning, _)| meaning);
    let Some(Meaning::Sum(SumOf { insurance, side: wanted })) = meaning(at) else { return None };
    let heading = |at: usize| columns.headings().get(at).map_or("", String::as_str);
    let is_side = |side: Side| wanted.is_none_or(|wanted| wanted == side);
    let all = 0..columns.headings().len();
    let parts: Vec<usize> = match (insurance, wanted) {
        (Some(wanted), _) => all
            .filter(|at| matches!(meaning(*at), Some(Meaning::Amount(of, side)) if of == wanted && is_side(*side)))
            .collect(),
        (None, Some(wanted)) => all
            .filter(|at| match meaning(*at) {
                Some(Meaning::Amount(_, side)) => side == wanted,
                _ => columns.left_out(*at) == Some(LeftOut::LargeMedical) && side_in(heading(*at)) == Some(*wanted),
            })
            .collect(),
        (None, None) if heading(at).contains(vocabulary::INSURED) => all
            .take(at)
            .filter(|at| matches!(meaning(*at), Some(Meaning::Sum(SumOf { insurance: None, side: Some(_) }))))
            .collect(),
        (None, None) => Vec::new(),
    };
    (!parts.is_empty()).then(|| PrintedSum { at, parts: parts.into_iter().map(|at| (at, Sign::Plus)).collect() })
}

/// What is earned: the income or, without one, the wage.
fn gross(columns: &Columns) -> Option<usize> {
    columns.plain(PlainRole::Income).or_else(|| columns.plain(PlainRole::Wage)).map(|at| at.position)
}

/// What net pay may be: gross pay without the employee's shares, with or without what is known beside them;
/// what is taken off is written as it is, or with a minus.
pub(crate) fn net_of(columns: &Columns) -> Vec<Vec<(usize, Sign)>> {
    let Some(gross) = gross(columns) else { return Vec::new() };
    let roles: Vec<Role> = (0..columns.headings().len()).map(|at| role(columns, at)).collect();
    let with = |taken: &[usize], sign| {
        std::iter::once((gross, Sign::Plus)).chain(taken.iter().map(|at| (*at, sign))).collect::<Vec<_>>()
    };
    deductions(&roles).iter().flat_map(|taken| [Sign::Minus, Sign::Plus].map(|sign| with(taken, sign))).collect()
}

/// The columns that may be taken off.
fn deductions(roles: &[Role]) -> Vec<Vec<usize>> {
    let own = |side: Option<Side>| side != Some(Side::Employer);
    let shares = |beside: bool| -> Vec<usize> {
        let is = |role: &Role| matches!(role, Role::Share { insured, side } if own(*side) && (*insured || beside));
        (0..roles.len()).filter(|at| is(&roles[*at])).collect()
    };
    let sums: Vec<usize> =
        (0..roles.len()).filter(|at| roles[*at] == Role::Sum { side: Some(Side::Employee) }).collect();
    [shares(true), shares(false), sums].into_iter().filter(|set| !set.is_empty()).collect()
}

/// The sets of columns that a sum may add.
fn candidates(roles: &[Role], at: usize, side: Option<Side>) -> Vec<Vec<(usize, Sign)>> {
    let wanted = |of: Option<Side>| side.is_none() || of == side || of.is_none();
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for beside in [true, false] {
        let is = |role: &Role| matches!(role, Role::Share { insured, side } if wanted(*side) && (*insured || beside));
        sets.push((0..roles.len()).filter(|other| is(&roles[*other])).collect());
    }
    // The columns of its group stand to its left.
    let mut run = Vec::new();
    for other in (0..at).rev() {
        match roles[other] {
            Role::Share { .. } => run.insert(0, other),
            Role::Sum { .. } | Role::None => break,
        }
        sets.push(run.clone());
    }
    let earlier = |sided: bool| -> Vec<usize> {
        let is = |role: &Role| matches!(role, Role::Sum { side } if side.is_some() || !sided);
        (0..at).filter(|other| is(&roles[*other])).collect()
    };
    for mut sums in [earlier(true), earlier(false)] {
        sets.push(sums.clone());
        // With what follows the last of them.
        if let Some(last) = sums.last().copied() {
            sums.extend((last + 1..at).filter(|other| matches!(roles[*other], Role::Share { .. })));
            sets.push(sums);
        }
    }
    sets.into_iter()
        .filter(|set| !set.is_empty() && !set.contains(&at))
        .map(|set| set.into_iter().map(|at| (at, Sign::Plus)).collect())
        .collect()
}

/// The set that gives the sum in most rows, if in more than half.
fn best(at: usize, sets: Vec<Vec<(usize, Sign)>>, sample: &Sample) -> Option<PrintedSum> {
    let printed = sample.iter().filter(|row| row.get(at).is_some_and(|sum| sum.is_some_and(|sum| sum != Money::ZERO)));
    let rows: Vec<&Vec<Option<Money>>> = printed.collect();
    let holds = |parts: &[(usize, Sign)]| rows.iter().filter(|row| added(parts, row) == row[at]).count();
    let mut best: Option<(usize, Vec<(usize, Sign)>)> = None;
    for parts in sets {
        let count = holds(&parts);
        if count * 2 > rows.len() && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, parts));
        }
    }
    best.map(|(_, parts)| PrintedSum { at, parts })
}

/// What the parts of a row come to; blanks count as nothing.
pub(crate) fn added(parts: &[(usize, Sign)], row: &[Option<Money>]) -> Option<Money> {
    parts.iter().try_fold(Money::ZERO, |sum, (at, sign)| {
        let part = row.get(*at).copied().flatten().unwrap_or(Money::ZERO);
        match sign {
            Sign::Plus => sum.plus(part),
            Sign::Minus => sum.minus(part),
        }
    })
}

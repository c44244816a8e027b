//! The base that a person's shares imply, where a file declares neither wage nor base.
//!
//! Each share comes from a range of bases; the base is one that most of them have in common. Of several
//! in that range a limit is taken, or else the roundest amount: any of them gives the shares that agree. Two sets of shares that agree only among themselves are no base, and the row says so.

use super::plan::Plan;
use super::scratch::Scratch;
use crate::facts::{Charge, Faults, Kind, Side};
use crate::files::Row;
use crate::payroll::cell;
use crate::rules::{Silent, contribution};
use crate::units::{Money, Rate};

/// The bases, in fen, that give an amount.
#[derive(Clone, Copy)]
struct Range {
    first: i64,
    last: i64,
}

/// The base that the shares of a row imply; negative where they are given back.
pub(super) fn implied(
    plan: &Plan,
    row: &Row<'_>,
    charges: &[Result<Charge, Faults>],
    scratch: &mut Scratch,
) -> Option<Money> {
    let (mut ranges, mut limits, mut negative) = (Vec::new(), Vec::new(), 0_usize);
    for (checked, charge) in plan.insurances.iter().zip(charges) {
        let Ok(charge) = charge else { continue };
        for side in Side::BOTH {
            let amount = checked.amounts.get(side).as_ref().and_then(|at| cell::signed(row, at).ok().flatten());
            let Some(amount) = amount.filter(|amount| *amount != Money::ZERO && !row.is_empty()) else { continue };
            negative += usize::from(amount < Money::ZERO);
            ranges.extend(range(Money::from_fen(amount.fen().saturating_abs()), side, charge));
        }
        let own = &charge.terms.limits.value;
        limits.extend([own.floor.fen(), own.ceiling.fen()]);
    }
    let Some(found) = agreed(&ranges) else {
        if !ranges.is_empty() {
            let bases = ranges.iter().map(|range| Money::from_fen(roundest(*range, &limits))).collect();
            scratch.refused.push(Kind::SharesDisagree { bases });
        }
        return None;
    };
    let base = roundest(found, &limits);
    Some(Money::from_fen(if negative * 2 > ranges.len() { -base } else { base }))
}

/// The bases that give this amount; none where no base does.
fn range(amount: Money, side: Side, charge: &Charge) -> Option<Range> {
    let rate: Rate = *charge.rates.get(side);
    if rate == Rate::default() {
        return None;
    }
    let of = |base: i64| {
        contribution::amount(Money::from_fen(base), side, charge, None, &mut Silent).ok().map(|due| due.money)
    };
    // The first base whose amount is not less than a given one; amounts rise with bases.
    let first = |wanted: Money| -> Option<i64> {
        let (mut low, mut high) = (0, Money::MOST.fen());
        while low < high {
            let middle = low + (high - low) / 2;
            if of(middle)? < wanted { low = middle + 1 } else { high = middle }
        }
        Some(low)
    };
    let range = Range { first: first(amount)?, last: first(Money::from_fen(amount.fen() + 1))? - 1 };
    (range.first <= range.last).then_some(range)
}

/// The part that most of the ranges have in common; none where two such parts lie apart.
fn agreed(ranges: &[Range]) -> Option<Range> {
    let covering = |base: i64| ranges.iter().filter(move |range| (range.first..=range.last).contains(&base));
    let most = ranges.iter().map(|range| covering(range.first).count()).max()?;
    let mut found: Option<Range> = None;
    for start in ranges.iter().map(|range| range.first).filter(|first| covering(*first).count() == most) {
        let last = covering(start).map(|range| range.last).min()?;
        match found {
            Some(other) if other.first != start => return None,
            _ => found = Some(Range { first: start, last }),
        }
    }
    found
}

/// A limit within the range, else the roundest amount.
fn roundest(range: Range, limits: &[i64]) -> i64 {
    if let Some(limit) = limits.iter().find(|limit| (range.first..=range.last).contains(limit)) {
        return *limit;
    }
    let multiple = |unit: i64| (range.first + unit - 1) / unit * unit;
    let units = [1_000_000, 100_000, 10_000, 1_000, 100, 10];
    units.into_iter().map(multiple).find(|base| *base <= range.last).unwrap_or(range.first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_shares_decide_and_a_tie_decides_nothing() {
        let range = |first, last| Range { first, last };
        // 16 % and 8 % of 22,518.00 agree; 157.62 is not 0.7 % of it.
        let found = agreed(&[range(2_251_797, 2_251_803), range(2_251_794, 2_251_806), range(2_251_643, 2_251_785)]);
        assert_eq!(found.map(|found| (found.first, found.last)), Some((2_251_797, 2_251_803)));
        assert!(agreed(&[range(1, 2), range(5, 6)]).is_none());
        assert!(agreed(&[]).is_none());
        assert_eq!(roundest(range(2_251_797, 2_251_803), &[450_400, 2_251_800]), 2_251_800);
        assert_eq!(roundest(range(599_997, 600_003), &[]), 600_000);
    }
}

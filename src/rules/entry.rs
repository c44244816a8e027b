//! What is due for one entry of a payroll: a month, several months at once, a difference of bases.
//!
//! An entry for past months (补缴) is worked by the rules of those months, each by its own; its amount is
//! the sum of theirs. A difference (补差) is worked on the difference of the bases alone, which may lie under the
//! floor: the limits hold for the whole base and not for its parts.

use std::sync::Arc;

use super::contribution::due;
use super::{Silent, Trace};
use crate::facts::{BaseLimits, Charge, Due, Kind, Outcome, Share};
use crate::units::{Money, Rounded};

/// The same charge without floor and ceiling, as a difference of bases is worked.
///
/// ```
/// # use shebao::rules::entry;
/// # use shebao::units::Money;
/// # use shebao::{facts::{RegionId, Selection}, rules::{Silent, contribution}, tables::{Book, Shelf}};
/// # let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai/wendeng"), None).unwrap();
/// # let terms = book.month_terms("2025-02".parse().unwrap(), &Selection::default()).unwrap();
/// # let charge = contribution::charge(terms.insurances[0].clone().into(), None, &mut Silent).unwrap();
/// // A difference of 1,085 yuan, far under the floor: 16 % of it are 173.60.
/// let open = entry::unlimited(&charge);
/// let due = contribution::due("1085".parse().unwrap(), &open, None, &mut Silent).unwrap();
/// assert_eq!(due.amounts.employer.money, "173.60".parse::<Money>().unwrap());
/// ```
#[must_use]
pub fn unlimited(charge: &Charge) -> Charge {
    let mut terms = (*charge.terms).clone();
    let limits = BaseLimits { floor: Money::ZERO, ceiling: Money::MOST, ..terms.limits.value.clone() };
    terms.limits = terms.limits.with(limits);
    Charge { terms: Arc::new(terms), rates: charge.rates }
}

/// What is due over several months: each by its own charge; the base is that of the last one.
pub fn over_months(ground: Money, charges: &[Charge], trace: &mut impl Trace) -> Outcome<Due> {
    let mut whole: Option<Due> = None;
    for charge in charges {
        let month = due(ground, charge, None, trace)?;
        whole = Some(match whole {
            None => month,
            Some(before) => Due { amounts: added(before.amounts, month.amounts)?, ..month },
        });
    }
    whole.ok_or_else(|| Kind::EmptyRow.into())
}

fn added(one: Share<Rounded>, other: Share<Rounded>) -> Outcome<Share<Rounded>> {
    let sum = |one: Rounded, other: Rounded| -> Outcome<Rounded> {
        one.money.plus(other.money).map(Rounded::exact).ok_or_else(|| Kind::AmountTooLarge.into())
    };
    Ok(Share { employer: sum(one.employer, other.employer)?, employee: sum(one.employee, other.employee)? })
}

/// The same, given back.
#[must_use]
pub fn given_back(amount: Rounded) -> Rounded {
    Rounded::exact(Money::from_fen(amount.money.fen().saturating_neg()))
}

/// What is due on a ground, without noting how: for the many rows of a file.
pub fn silently(ground: Money, charges: &[Charge]) -> Outcome<Due> {
    over_months(ground, charges, &mut Silent)
}

//! Rounding: the only way from an exact product or quotient back to money.
//!
//! Unit and mode come from the tables. Besides the amount it keeps how the exact value lay, so that a check can say
//! what another rule would have given without working the product again.

use super::{Money, Rate};

/// Which of the two neighbouring units is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The nearer one; from the middle, the one further from zero (四舍五入).
    HalfUp,
    /// The one further from zero (进位).
    Up,
    /// The one nearer to zero (舍去).
    Down,
    /// The nearer one; from the middle, the even one (四舍六入五成双). No law asks for it; programs do
    /// it when not told, so a check must know what it would have given.
    HalfEven,
}

/// How an exact value lay against the unit it was rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exactness {
    /// It was a whole number of units: nothing was rounded.
    Exact,
    /// It lay between two units, nearer to the one next to zero.
    Below,
    /// It lay exactly in the middle between two units.
    Tie,
    /// It lay between two units, nearer to the one further from zero.
    Above,
}

/// A rounded amount, and how the exact value lay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounded {
    /// The amount, a whole number of units.
    pub money: Money,
    lay: Lay,
}

impl Rounded {
    /// An amount that needed no rounding: a sum of rounded ones.
    #[must_use]
    pub fn exact(money: Money) -> Self {
        Self { money, ..Self::default() }
    }

    /// The same with the opposite sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { money: Money::from_fen(self.money.fen().saturating_neg()), lay: Lay(self.lay.0 ^ Lay::NEGATIVE) }
    }

    /// How the exact value lay.
    #[must_use]
    #[inline]
    pub fn exactness(self) -> Exactness {
        match self.lay.0 & Lay::EXACTNESS {
            0 => Exactness::Exact,
            1 => Exactness::Below,
            2 => Exactness::Tie,
            _ => Exactness::Above,
        }
    }

    /// Whether the neighbour further from zero was taken.
    #[must_use]
    #[inline]
    pub fn is_raised(self) -> bool {
        self.lay.0 & Lay::RAISED != 0
    }
}

/// How an exact value lay and what was made of it, in bits of one machine word: narrower fields, written
/// one by one and read together, would make a batch wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lay(u64);

impl Lay {
    const EXACTNESS: u64 = 3;
    const RAISED: u64 = 4;
    const NEGATIVE: u64 = 8;
}

/// A rule of rounding: to which unit, and how. It comes from the tables.
///
/// ```
/// use shebao::units::{Money, Rate, Rounding};
/// let base: Money = "3500.50".parse().unwrap();
/// let rate = Rate::from_percent("0.7%").unwrap();
/// // 3500.50 x 0.007 = 24.5035
/// assert_eq!(Rounding::FEN_HALF_UP.product(base, rate).unwrap().money.to_string(), "24.50");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// What the result is a whole number of; more than zero.
    pub unit: Money,
    /// Which neighbour is taken.
    pub mode: Mode,
}

impl Rounding {
    /// Half up to the fen.
    pub const FEN_HALF_UP: Self = Self { unit: Money::from_fen(1), mode: Mode::HalfUp };

    /// Rounds the exact product of an amount and a rate. `None` where the result cannot be held.
    #[must_use]
    #[allow(clippy::inline_always, reason = "as for `rules::contribution::amount`")]
    #[inline(always)]
    pub fn product(self, money: Money, rate: Rate) -> Option<Rounded> {
        const PER_ONE: u64 = Rate::PER_ONE.unsigned_abs();
        // The common case in machine words, where the compiler knows rule and divisor.
        if self == Self::FEN_HALF_UP
            && let (Ok(fen), Ok(rate)) = (u64::try_from(money.fen()), u64::try_from(rate.billionths()))
            && let Some(exact) = fen.checked_mul(rate)
        {
            let (whole, rest) = (exact / PER_ONE, exact % PER_ONE);
            let raised = u64::from(rest * 2 >= PER_ONE);
            let lay = u64::from(rest > 0) + raised + u64::from(rest * 2 > PER_ONE);
            let money = Money::from_fen((whole + raised).cast_signed());
            return Some(Rounded { money, lay: Lay(lay | (raised * Lay::RAISED)) });
        }
        self.wide_product(money, rate)
    }

    #[cold]
    fn wide_product(self, money: Money, rate: Rate) -> Option<Rounded> {
        let whole = |value: i64| u64::try_from(value).ok();
        if let (Some(fen), Some(rate), Some(unit)) =
            (whole(money.fen()), whole(rate.billionths()), whole(self.unit.fen()))
            && let (Some(exact), Some(step)) = (fen.checked_mul(rate), unit.checked_mul(Rate::PER_ONE.unsigned_abs()))
            && let Some(rest) = exact.checked_rem(step)
            && let Some(doubled) = rest.checked_mul(2)
        {
            let lay = lay(rest > 0, doubled >= step, doubled > step);
            return self.settle(i64::try_from(exact / step).ok()?, lay, false);
        }
        let exact = i128::from(money.fen()) * i128::from(rate.billionths());
        self.quotient(exact, i128::from(Rate::PER_ONE))
    }

    /// Rounds `fen / parts`. `None` where `parts` or the unit is not positive or the result
    /// cannot be held.
    ///
    /// ```
    /// use shebao::units::{Exactness, Rounding};
    /// // 10,000.00 yuan over 139 months: 71.942...
    /// let rounded = Rounding::FEN_HALF_UP.quotient(1_000_000, 139).unwrap();
    /// assert_eq!((rounded.money.fen(), rounded.exactness()), (7_194, Exactness::Below));
    /// ```
    #[must_use]
    pub fn quotient(self, fen: i128, parts: i128) -> Option<Rounded> {
        let step = parts.checked_mul(i128::from(self.unit.fen()))?;
        if step <= 0 {
            return None;
        }
        let (whole, rest) = (fen.unsigned_abs() / step.unsigned_abs(), fen.unsigned_abs() % step.unsigned_abs());
        let (doubled, step) = (rest.checked_mul(2)?, step.unsigned_abs());
        self.settle(i64::try_from(whole).ok()?, lay(rest > 0, doubled >= step, doubled > step), fen < 0)
    }

    /// What this rule makes of a value of `units` whole units and a rest that lies as given.
    #[expect(clippy::inline_always, reason = "as for `rules::contribution::amount`")]
    #[inline(always)]
    fn settle(self, units: i64, lay: u64, negative: bool) -> Option<Rounded> {
        let raised = self.raises(units, lay);
        let size = units.checked_add(i64::from(raised))?.checked_mul(self.unit.fen())?;
        let money = Money::from_fen(if negative { -size } else { size });
        let lay = lay | if raised { Lay::RAISED } else { 0 } | if negative { Lay::NEGATIVE } else { 0 };
        Some(Rounded { money, lay: Lay(lay) })
    }

    /// Whether the neighbour further from zero is taken.
    #[inline]
    fn raises(self, units: i64, lay: u64) -> bool {
        match self.mode {
            Mode::HalfUp => lay >= 2,
            Mode::Up => lay >= 1,
            Mode::Down => false,
            Mode::HalfEven => lay == 3 || lay == 2 && units % 2 != 0,
        }
    }

    /// What this rule would have made of a value that a rule of the same unit rounded.
    ///
    /// ```
    /// use shebao::units::{Mode, Money, Rounding};
    /// // 24.5 fen: half up gives 25, half even 24.
    /// let rounded = Rounding::FEN_HALF_UP.quotient(49, 2).unwrap();
    /// let even = Rounding { mode: Mode::HalfEven, ..Rounding::FEN_HALF_UP };
    /// assert_eq!((rounded.money, even.instead(rounded)), (Money::from_fen(25), Money::from_fen(24)));
    /// ```
    #[must_use]
    #[inline]
    pub fn instead(self, rounded: Rounded) -> Money {
        let negative = rounded.lay.0 & Lay::NEGATIVE != 0;
        let unit = if negative { -self.unit.fen() } else { self.unit.fen() };
        let cut = rounded.money.fen() - if rounded.is_raised() { unit } else { 0 };
        let raised = self.raises(cut / unit, rounded.lay.0 & Lay::EXACTNESS);
        Money::from_fen(if raised { cut.saturating_add(unit) } else { cut })
    }
}

/// How a rest lies: 0 for none, 1 below the middle, 2 in it, 3 above.
#[inline]
fn lay(some: bool, half: bool, more: bool) -> u64 {
    u64::from(some) + u64::from(half) + u64::from(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(fen: i128, parts: i128, unit: i64, mode: Mode) -> i64 {
        Rounding { unit: Money::from_fen(unit), mode }.quotient(fen, parts).unwrap().money.fen()
    }

    #[test]
    fn each_mode_takes_its_neighbour() {
        // 24.5 fen, 24.4 fen and 24 fen
        for (fen, parts, half_up, up, down) in [(49, 2, 25, 25, 24), (244, 10, 24, 25, 24), (24, 1, 24, 24, 24)] {
            assert_eq!(rounded(fen, parts, 1, Mode::HalfEven), 24);
            assert_eq!(rounded(fen, parts, 1, Mode::HalfUp), half_up);
            assert_eq!(rounded(fen, parts, 1, Mode::Up), up);
            assert_eq!(rounded(fen, parts, 1, Mode::Down), down);
        }
    }

    #[test]
    fn half_even_leaves_the_middle_to_the_even_neighbour() {
        // 23.5, 24.5 and 25.5 fen: 24, 24, 26; 24.6 fen: 25
        for (fen, parts, even) in [(47, 2, 24), (49, 2, 24), (51, 2, 26), (246, 10, 25), (-49, 2, -24), (-51, 2, -26)] {
            assert_eq!(rounded(fen, parts, 1, Mode::HalfEven), even);
        }
    }

    #[test]
    fn what_another_mode_would_have_given_is_known_afterwards() {
        let modes = [Mode::HalfUp, Mode::Up, Mode::Down, Mode::HalfEven];
        for (fen, mode, other) in
            (-60..60).flat_map(|fen| modes.into_iter().flat_map(move |mode| modes.map(|other| (fen, mode, other))))
        {
            let rule = |mode| Rounding { unit: Money::from_fen(10), mode };
            let first = rule(mode).quotient(fen, 2).unwrap();
            assert_eq!(rule(other).instead(first), rule(other).quotient(fen, 2).unwrap().money, "{fen}");
        }
    }

    #[test]
    fn an_amount_with_the_opposite_sign_is_that_of_the_opposite_value() {
        for (fen, mode) in (-60..60).flat_map(|fen| [Mode::HalfUp, Mode::Up, Mode::Down].map(|mode| (fen, mode))) {
            let rule = Rounding { unit: Money::from_fen(10), mode };
            let (one, other) = (rule.quotient(fen, 2).unwrap().negated(), rule.quotient(-fen, 2).unwrap());
            assert_eq!((one.money, one.exactness()), (other.money, other.exactness()), "{fen}");
            let even = Rounding { mode: Mode::HalfEven, ..rule };
            assert_eq!(even.instead(one), even.instead(other), "{fen}");
        }
    }

    #[test]
    fn a_refund_is_rounded_like_the_payment_it_undoes() {
        for mode in [Mode::HalfUp, Mode::Up, Mode::Down, Mode::HalfEven] {
            assert_eq!(rounded(-49, 2, 1, mode), -rounded(49, 2, 1, mode));
        }
    }

    #[test]
    fn account_of_10000_over_139_months_by_unit() {
        // 10,000 / 139 = 71.942...; to the fen 71.94, cut to the jiao 71.90, up to the jiao 72.00
        assert_eq!(rounded(1_000_000, 139, 1, Mode::HalfUp), 7194);
        assert_eq!(rounded(1_000_000, 139, 10, Mode::Down), 7190);
        assert_eq!(rounded(1_000_000, 139, 10, Mode::Up), 7200);
    }

    #[test]
    fn nonsense_is_none_and_no_panic() {
        assert_eq!(Rounding::FEN_HALF_UP.quotient(1, 0), None);
        assert_eq!(Rounding { unit: Money::ZERO, mode: Mode::Up }.quotient(1, 1), None);
        assert_eq!(Rounding::FEN_HALF_UP.quotient(i128::MAX, 1), None);
        assert_eq!(Rounding::FEN_HALF_UP.quotient(1, i128::MAX).unwrap().money, Money::ZERO);
    }
}

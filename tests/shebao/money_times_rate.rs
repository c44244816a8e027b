//! Money times rate against an independent exact computation, over more than a million pairs that
//! include every tie of every rate in the range.
//!
//! The oracle is schoolbook arithmetic on whole numbers: fen times billionths, the quotient and the
//! remainder by ten to the ninth, compared with its half. It shares no code with the program, which
//! rounds through a general quotient; a second oracle is the decimal library's own half-up rounding.

use rust_decimal::{Decimal, RoundingStrategy};
use shebao::units::{Exactness, Money, Rate, Rounding};

/// Rates of the tables, and some that are awkward.
const RATES: [&str; 16] = [
    "16%",
    "18%",
    "8%",
    "0.7%",
    "0.3%",
    "0.5%",
    "1.5%",
    "2%",
    "0.16%",
    "0.32%",
    "0.56%",
    "1.52%",
    "0.128%",
    "33.3333333%",
    "0.0000001%",
    "100%",
];

/// Fen, rounded half up, and whether the product lay exactly in the middle.
fn schoolbook(fen: u128, billionths: u128) -> (u128, bool) {
    let product = fen * billionths;
    let (whole, rest) = (product / 1_000_000_000, product % 1_000_000_000);
    (whole + u128::from(rest >= 500_000_000), rest == 500_000_000)
}

fn judge(fen: i64, rate: Rate) -> bool {
    let rounded = Rounding::FEN_HALF_UP.product(Money::from_fen(fen), rate).unwrap();
    let (expected, tie) = schoolbook(fen.unsigned_abs().into(), rate.billionths().unsigned_abs().into());
    assert_eq!(u128::from(rounded.money.fen().unsigned_abs()), expected, "{fen} fen x {rate}");
    assert_eq!(rounded.exactness() == Exactness::Tie, tie, "{fen} fen x {rate}");
    tie
}

#[test]
fn every_base_to_700_yuan_and_a_spread_above_agree_with_schoolbook_arithmetic() {
    let (mut pairs, mut ties) = (0_u32, 0_u32);
    for text in RATES {
        let rate = Rate::from_percent(text).unwrap();
        // Every fen to 700 yuan holds every residue, and so every tie, of rates to a thousandth of a percent.
        let all = 0..70_000_i64;
        let spread = (0..5_000_i64).map(|at| 70_000 + at * 199_999_991);
        for fen in all.chain(spread) {
            pairs += 1;
            ties += u32::from(judge(fen, rate));
        }
    }
    assert!(pairs >= 1_000_000, "{pairs} pairs");
    assert!(ties >= 4_000, "{ties} ties");
}

#[test]
fn every_tie_of_every_base_to_25000_yuan_goes_up() {
    // 25,000 yuan is above every ceiling of the tables. Ties recur with the period of the rate.
    let mut ties = 0_u32;
    for text in RATES {
        let rate = Rate::from_percent(text).unwrap();
        let tie = |fen: i64| fen * rate.billionths() % 1_000_000_000 == 500_000_000;
        let Some(first) = (0..2_500_000_i64).find(|fen| tie(*fen)) else { continue };
        let Some(second) = (first + 1..2_500_000).find(|fen| tie(*fen)) else { continue };
        for fen in (first..2_500_000).step_by(usize::try_from(second - first).unwrap()) {
            assert!(judge(fen, rate) && !judge(fen - 1, rate) && !judge(fen + 1, rate));
            ties += 1;
        }
    }
    assert!(ties >= 100_000, "{ties} ties");
}

#[test]
fn the_decimal_library_rounds_the_same() {
    for text in RATES {
        let rate = Rate::from_percent(text).unwrap();
        for at in 0..20_000_i64 {
            let fen = at * 7_919 + at % 97;
            let exact = Decimal::new(fen, 2) * Decimal::new(rate.billionths(), 9);
            let expected = exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let rounded = Rounding::FEN_HALF_UP.product(Money::from_fen(fen), rate).unwrap().money;
            assert_eq!(Decimal::new(rounded.fen(), 2), expected, "{fen} fen x {rate}");
        }
    }
}

#[test]
fn absurd_amounts_are_refused_and_never_wrap() {
    let rate = Rate::from_percent("1000%").unwrap();
    assert_eq!(Rounding::FEN_HALF_UP.product(Money::from_fen(i64::MAX), rate), None);
    assert!(Rounding::FEN_HALF_UP.product(Money::MOST, rate).is_some());
}

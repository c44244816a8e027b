//! What a block must hold within itself, whoever asks for it.

use super::kinds::{Blocks, TableBlock};
use crate::facts::{Fault, Faults, Kind};
use crate::units::Money;

/// How many risk classes there are (工伤保险条例, 人社部发〔2015〕71号).
const CLASSES: usize = 8;

/// Notes every fault inside the blocks of a file.
pub(super) fn judge(blocks: &Blocks, faults: &mut Faults) {
    for block in &blocks.base_limits {
        let (floor, ceiling) = (block.value.floor, block.value.ceiling);
        if floor > ceiling {
            faults.push(Fault::at(Kind::FloorAboveCeiling { floor, ceiling }, block.head.place_of("floor")));
        }
    }
    for block in &blocks.injury_classes {
        let found = block.value.rates.len();
        if found != CLASSES {
            faults.push(Fault::at(Kind::ClassCount { found, expected: CLASSES }, block.head.place_of("rates")));
        }
        ascending(block, "rates", &block.value.rates, faults);
    }
    for block in &blocks.rounding {
        if block.value.unit <= Money::ZERO {
            let kind = Kind::TableMoney { text: block.value.unit.to_string() };
            faults.push(Fault::at(kind, block.head.place_of("unit")));
        }
    }
    for block in &blocks.resident_formula {
        if block.value.account_divisor.is_zero() {
            let kind = Kind::TableNumber { text: block.value.account_divisor.to_string() };
            faults.push(Fault::at(kind, block.head.place_of("account_divisor")));
        }
    }
    for block in &blocks.resident_age_supplement {
        ascending(block, "bands", &block.value.bands.iter().map(|band| band.age).collect::<Vec<_>>(), faults);
    }
    for block in &blocks.resident_tiers {
        ascending(block, "tiers", &block.value.tiers.iter().map(|tier| tier.amount).collect::<Vec<_>>(), faults);
    }
    for block in &blocks.payout_months {
        ascending(block, "ages", &block.value.ages.iter().map(|entry| entry.age).collect::<Vec<_>>(), faults);
    }
}

/// A list that must rise from entry to entry.
fn ascending<K, T: PartialOrd>(block: &TableBlock<K>, field: &str, list: &[T], faults: &mut Faults) {
    if list.windows(2).any(|pair| pair[0] >= pair[1]) {
        faults.push(Fault::at(Kind::Descending { key: field.to_owned() }, block.head.place_of(field)));
    }
}

//! From the tables' answers to the terms that the rules are handed.

use super::kinds::{self, RoundingTarget, TableBlock, accepts};
use super::levels::{Answer, Levels};
use crate::facts::{
    AgeBand, BaseLimits, Cited, Fault, Faults, Insurance, InsuranceNames, InsuranceTerms, Kind, MissingWhy, MonthTerms,
    Note, Outcome, Payer, ResidentTerms, Selection, Share, Side, Tier, TierTerms,
};
use crate::units::{Month, Rate, Rounding};

/// What is asked of a month, and the reductions that any insurance of it could have.
struct Question<'a> {
    month: Month,
    selection: &'a Selection,
    reductions: Vec<&'a TableBlock<kinds::ReductionBlock>>,
}

/// The rates of one insurance, or why it is left out.
enum Rates {
    Found(Share<Cited<Rate>>),
    LeftOut(Option<Note>),
}

/// The terms of a month for what is asked.
///
/// Without a choice of insurances, those that the tables have no rate for are left out and
/// noted; with one, each must be answerable. Missing limits are always a fault.
pub(super) fn month_terms(
    levels: &Levels,
    names: &[InsuranceNames],
    month: Month,
    selection: &Selection,
) -> Outcome<MonthTerms> {
    let mut faults = Faults::default();
    let mut notes = Vec::new();
    let mut insurances = Vec::new();
    let mut missing = Vec::new();
    let reductions = faults.keep(levels.started::<kinds::ReductionBlock>(month)).unwrap_or_default();
    let question = Question { month, selection, reductions };
    for InsuranceNames { insurance, .. } in names {
        if selection.only.as_ref().is_some_and(|only| !only.contains(insurance)) {
            continue;
        }
        match faults.keep(rates(levels, insurance, month, selection, &mut missing)) {
            Some(Rates::Found(rates)) => {
                insurances.extend(faults.keep(insurance_terms(levels, insurance, &question, rates, &mut notes)));
            }
            Some(Rates::LeftOut(note)) => notes.extend(note),
            None => {}
        }
    }
    if insurances.is_empty() && faults.0.is_empty() {
        let nothing = levels.missing::<kinds::ContributionRateBlock>(
            &[],
            month,
            MissingWhy { known_on: levels.known_on, ..MissingWhy::default() },
        );
        faults.0.extend(if missing.is_empty() { vec![nothing] } else { missing });
    }
    faults.0.dedup();
    faults.or(MonthTerms { month, insurances, notes })
}

fn rates(
    levels: &Levels,
    insurance: &Insurance,
    month: Month,
    selection: &Selection,
    missing: &mut Vec<Fault>,
) -> Outcome<Rates> {
    if insurance.code() == Insurance::INJURY {
        return injury_rates(levels, month, selection);
    }
    let key = [("insurance", insurance.code()), ("payer", selection.payer.code())];
    let asked = selection.only.is_some();
    match levels.find::<kinds::ContributionRateBlock>(&key, month)? {
        Answer::Found(block) => Ok(Rates::Found(Share {
            employer: block.cite_field("employer", block.value.employer),
            employee: block.cite_field("employee", block.value.employee),
        })),
        Answer::Gap(why) if asked => Err(levels.missing::<kinds::ContributionRateBlock>(&key, month, why).into()),
        Answer::Gap(why) => {
            missing.push(levels.missing::<kinds::ContributionRateBlock>(&key, month, why.clone()));
            Ok(Rates::LeftOut(Some(Note::NoRate { insurance: insurance.clone(), reason: why.reason })))
        }
        Answer::Nowhere if asked => {
            let why = MissingWhy { known_on: levels.known_on, ..MissingWhy::default() };
            Err(levels.missing::<kinds::ContributionRateBlock>(&key, month, why).into())
        }
        Answer::Nowhere => Ok(Rates::LeftOut(None)),
    }
}

fn injury_rates(levels: &Levels, month: Month, selection: &Selection) -> Outcome<Rates> {
    let asked = selection.only.is_some();
    if selection.payer == Payer::Flexible && !asked {
        return Ok(Rates::LeftOut(None));
    }
    let classes = match levels.find::<kinds::InjuryClassesBlock>(&[], month)? {
        Answer::Found(block) => block,
        Answer::Gap(_) | Answer::Nowhere if !asked => {
            let note = |reason| Note::NoRate { insurance: Insurance::new(Insurance::INJURY), reason };
            return Ok(Rates::LeftOut(selection.injury_class.map(|_| note(None))));
        }
        Answer::Gap(why) => return Err(levels.missing::<kinds::InjuryClassesBlock>(&[], month, why).into()),
        Answer::Nowhere => {
            return Err(levels.missing::<kinds::InjuryClassesBlock>(&[], month, MissingWhy::default()).into());
        }
    };
    let Some(class) = selection.injury_class else {
        let needed = Kind::MissingFlag { flags: vec!["--injury-class".to_owned()] };
        return if asked { Err(needed.into()) } else { Ok(Rates::LeftOut(Some(Note::NoInjuryClass))) };
    };
    let rate = class.checked_sub(1).and_then(|at| classes.value.rates.get(at)).copied();
    let most = i64::try_from(classes.value.rates.len()).unwrap_or(i64::MAX);
    let rate = rate.ok_or_else(|| Faults::from(Kind::BadCount { text: class.to_string(), least: 1, most }))?;
    Ok(Rates::Found(Share { employer: classes.cite(rate), employee: classes.cite(Rate::ZERO) }))
}

fn insurance_terms(
    levels: &Levels,
    insurance: &Insurance,
    question: &Question<'_>,
    rates: Share<Cited<Rate>>,
    notes: &mut Vec<Note>,
) -> Outcome<InsuranceTerms> {
    let (month, selection) = (question.month, question.selection);
    let mut faults = Faults::default();
    let key = [("insurance", insurance.code()), ("payer", selection.payer.code())];
    let limits = faults.keep(levels.need::<kinds::BaseLimitsBlock>(&key, month));
    let rounding = faults.keep(rounding(levels, RoundingTarget::Contribution, month));
    let base_rounding = faults.keep(base_rounding(levels, month));
    let mut factors = Share::<Vec<Cited<Rate>>>::default();
    if insurance.code() == Insurance::INJURY {
        factors.employer.extend(faults.keep(injury_grade(levels, month, selection)).flatten());
    }
    for side in Side::BOTH {
        if let Some(reductions) = faults.keep(reductions(levels, insurance, side, question, notes)) {
            factors.get_mut(side).extend(reductions);
        }
    }
    match (limits, rounding, base_rounding) {
        (Some(limits), Some(rounding), Some(base_rounding)) => faults.or(InsuranceTerms {
            insurance: insurance.clone(),
            limits: cited_limits(limits),
            rates,
            factors,
            base_rounding,
            rounding,
        }),
        _ => Err(faults),
    }
}

/// The floating grade asked for, where the class may be put in it.
fn injury_grade(levels: &Levels, month: Month, selection: &Selection) -> Outcome<Option<Cited<Rate>>> {
    let Some(grade) = selection.injury_grade.filter(|grade| *grade != Rate::ONE) else { return Ok(None) };
    let Some(class) = selection.injury_class else { return Ok(None) };
    let block = levels.need::<kinds::InjuryGradesBlock>(&[("class", &class.to_string())], month)?;
    if block.value.grades.contains(&grade) {
        return Ok(Some(block.cite(grade)));
    }
    let open = block.value.grades.iter().map(|grade| grade.percent()).collect();
    Err(Kind::GradeNotOpen { grade: grade.percent(), class, open }.into())
}

/// The reductions in force: those that always apply, and those asked for by name.
fn reductions(
    levels: &Levels,
    insurance: &Insurance,
    side: Side,
    question: &Question<'_>,
    notes: &mut Vec<Note>,
) -> Outcome<Vec<Cited<Rate>>> {
    let (month, selection) = (question.month, question.selection);
    let mut names: Vec<String> = Vec::new();
    for block in &question.reductions {
        let value = &block.value;
        let name = value.relief.clone().unwrap_or_default();
        if value.insurance == *insurance && value.side == side && !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort();
    let mut factors = Vec::new();
    let mut offered = Vec::new();
    let mut applied = false;
    for name in names {
        let key = [("insurance", insurance.code()), ("side", side.code()), ("relief", name.as_str())];
        if let Answer::Found(block) = levels.find::<kinds::ReductionBlock>(&key, month)? {
            let asked = selection.relief.contains(&name);
            applied |= asked;
            if name.is_empty() || asked {
                factors.push(block.cite(block.value.factor));
            } else {
                offered.push(name);
            }
        }
    }
    // Having asked for one relief of a month is having declined the others.
    if !offered.is_empty() && !applied {
        notes.push(Note::ReliefNotApplied { insurance: insurance.clone(), names: offered });
    }
    Ok(factors)
}

/// A region without a rule for the base leaves it as it is.
fn base_rounding(levels: &Levels, month: Month) -> Outcome<Option<Cited<Rounding>>> {
    match levels.find::<kinds::RoundingBlock>(&[("applies_to", RoundingTarget::Base.code())], month)? {
        Answer::Nowhere => Ok(None),
        Answer::Found(_) | Answer::Gap(_) => rounding(levels, RoundingTarget::Base, month).map(Some),
    }
}

fn rounding(levels: &Levels, what: RoundingTarget, month: Month) -> Outcome<Cited<Rounding>> {
    let block = levels.need::<kinds::RoundingBlock>(&[("applies_to", what.code())], month)?;
    Ok(block.cite(Rounding { unit: block.value.unit, mode: block.value.mode }))
}

/// The insurances that any month could charge under this selection, in the order of display.
pub(super) fn charged_insurances(
    levels: &Levels,
    names: &[InsuranceNames],
    selection: &Selection,
) -> Outcome<Vec<Insurance>> {
    let rates = levels.started::<kinds::ContributionRateBlock>(Month::LAST)?;
    let charged = |insurance: &Insurance| {
        let asked = selection.only.as_ref().is_none_or(|only| only.contains(insurance));
        let rated = rates.iter().any(|block| {
            block.value.insurance == *insurance && block.value.payer.unwrap_or_default() == selection.payer
        });
        let classed = insurance.code() == Insurance::INJURY && selection.injury_class.is_some();
        asked && (rated || classed)
    };
    Ok(names.iter().map(|names| names.insurance.clone()).filter(charged).collect())
}

/// The months in which limits, rates, reductions or rounding can change, in order.
pub(super) fn turning_months(levels: &Levels) -> Outcome<Vec<Month>> {
    let mut months = Vec::new();
    turns::<kinds::BaseLimitsBlock>(levels, &mut months)?;
    turns::<kinds::ContributionRateBlock>(levels, &mut months)?;
    turns::<kinds::InjuryClassesBlock>(levels, &mut months)?;
    turns::<kinds::InjuryGradesBlock>(levels, &mut months)?;
    turns::<kinds::ReductionBlock>(levels, &mut months)?;
    turns::<kinds::RoundingBlock>(levels, &mut months)?;
    months.sort_unstable();
    months.dedup();
    Ok(months)
}

fn turns<K: kinds::BlockKind>(levels: &Levels, months: &mut Vec<Month>) -> Outcome<()> {
    for block in levels.started::<K>(Month::LAST)? {
        months.push(block.head.from);
        months.extend(block.head.to.map(Month::next));
    }
    Ok(())
}

/// Every pair of limits that the tables have for an insurance, whether in force or not.
pub(super) fn limits_ever(levels: &Levels, insurance: &Insurance, payer: Payer) -> Outcome<Vec<Cited<BaseLimits>>> {
    let key = [("insurance", insurance.code()), ("payer", payer.code())];
    let blocks = levels.started::<kinds::BaseLimitsBlock>(Month::LAST)?;
    Ok(blocks.into_iter().filter(|block| accepts(&block.value, &key)).map(cited_limits).collect())
}

/// How many risk classes a month has.
pub(super) fn injury_classes(levels: &Levels, month: Month) -> usize {
    levels.need::<kinds::InjuryClassesBlock>(&[], month).map_or(0, |block| block.value.rates.len())
}

/// The floating grades that a class may be put in.
pub(super) fn grades(levels: &Levels, class: usize, month: Month) -> Vec<Rate> {
    let block = levels.need::<kinds::InjuryGradesBlock>(&[("class", &class.to_string())], month);
    block.map(|block| block.value.grades.clone()).unwrap_or_default()
}

/// The names of every relief that the tables have by a month.
pub(super) fn reliefs(levels: &Levels, month: Month) -> Outcome<Vec<String>> {
    let mut names: Vec<String> = levels
        .started::<kinds::ReductionBlock>(month)?
        .into_iter()
        .filter_map(|block| block.value.relief.clone())
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// What the resident pension of a month needs. Base pension and supplements that are missing are
/// faults only for who draws them.
pub(super) fn resident_terms(levels: &Levels, month: Month, category: Option<&str>) -> Outcome<ResidentTerms> {
    let mut faults = Faults::default();
    let formula = faults.keep(levels.need::<kinds::ResidentFormulaBlock>(&[], month));
    let rounding = faults.keep(rounding(levels, RoundingTarget::Pension, month));
    let earlier = match category {
        None => None,
        Some(category) => faults
            .keep(levels.need::<kinds::ResidentPayableAgeBlock>(&[("category", category)], month))
            .map(|block| block.cite(years(block.value.age))),
    };
    let base_pension =
        levels.need::<kinds::ResidentBasePensionBlock>(&[], month).map(|block| block.cite(block.value.amount));
    let bands = levels.need::<kinds::ResidentAgeSupplementBlock>(&[], month).map(|block| {
        block.cite(block.value.bands.iter().map(|band| AgeBand { age: years(band.age), amount: band.amount }).collect())
    });
    let (Some(formula), Some(rounding)) = (formula, rounding) else { return Err(faults) };
    let value = &formula.value;
    faults.or(ResidentTerms {
        month,
        payable_age: earlier.unwrap_or_else(|| formula.cite_field("payable_age", years(value.payable_age))),
        account_divisor: formula.cite_field("account_divisor", value.account_divisor),
        years_threshold: formula.cite_field("years_threshold", value.years_threshold),
        per_extra_year: formula.cite_field("per_extra_year", value.per_extra_year),
        base_pension,
        bands,
        rounding,
    })
}

/// The tiers of a year, and the one that the government pays for a category.
pub(super) fn tier_terms(levels: &Levels, year: i32, category: Option<&str>) -> Outcome<TierTerms> {
    let month = Month::new(year, 1).ok_or_else(|| Faults::from(Kind::BadYear { text: year.to_string() }))?;
    let block = levels.need::<kinds::ResidentTiersBlock>(&[], month)?;
    let government_paid = match category {
        None => None,
        Some(category) => {
            let paid = levels.need::<kinds::ResidentGovernmentPaidBlock>(&[("category", category)], month)?;
            Some(paid.cite(paid.value.tier))
        }
    };
    let tiers = block.value.tiers.iter().map(|entry| Tier {
        amount: entry.amount,
        subsidy: entry.subsidy,
        only: entry.only.clone().unwrap_or_default(),
        status: entry.status,
    });
    Ok(TierTerms { year, tiers: block.cite(tiers.collect()), government_paid })
}

fn cited_limits(block: &TableBlock<kinds::BaseLimitsBlock>) -> Cited<BaseLimits> {
    let value = &block.value;
    block.cite(BaseLimits {
        floor: value.floor,
        ceiling: value.ceiling,
        average_wage: value.average_wage,
        average_year: value.average_year,
        average_kind: value.average_kind,
    })
}

/// Years of age; the tables bound them.
fn years(value: i64) -> i16 {
    i16::try_from(value).unwrap_or(i16::MAX)
}

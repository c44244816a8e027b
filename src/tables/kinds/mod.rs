//! Every kind of block that a year's file can hold: the format of the tables, in one list.
//!
//! A kind is declared once; its reading, its JSON Schema, its listing and its search follow. Fields
//! before the bar single a thing out (its key), fields after it are its values. What a field may
//! hold is said by its type; see `reader` for the grammar of each, `rows` for words and small tables. `head` is what
//! every block carries, `reading` reads a block by its name.

mod head;
mod reading;
mod rows;

pub(in crate::tables) use head::{Context, Sources, read_sources};
pub use head::{Gap, Head, TableBlock};
pub(in crate::tables) use reading::read;
pub use rows::{
    AgeMonths, Band, BenefitTerm, Case, DatedRate, Deadline, Group, Interpolation, MonthsStep, RoundingTarget, Scheme,
    SubsidyFloor, TierEntry,
};

use super::reader::{Field, Fields, OneOrMore};
use std::sync::Arc;

use super::selector::Selector;
use crate::facts::{AverageKind, Bilingual, FigureKind, Insurance, Payer, Side, Status};
use crate::units::{Date, Decimal, Mode, Money, Month, Rate};

/// A kind of block, for code that handles all kinds alike.
///
/// The macro below writes it for every kind; nobody else does. `levels` asks `of` for the blocks of a file, holds
/// `keys` against what is asked for, and takes the latest; `lint` and the views read `values` in the order in which
/// they are declared.
pub trait BlockKind: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// Which kind it is.
    const KIND: FigureKind;
    /// Whether every month from the first block on must be covered.
    const CONTINUOUS: bool;
    /// The key fields that every block of the kind writes out.
    const WRITTEN_KEYS: &'static [&'static str];

    /// The blocks of this kind in a file.
    fn of(blocks: &Blocks) -> &[TableBlock<Self>];
    /// What singles the thing out: the name of each key field and what it accepts.
    fn keys(&self) -> Vec<(&'static str, Selector)>;
    /// The values: name, as written, as a number.
    fn values(&self) -> Vec<(&'static str, String, Option<Decimal>)>;
}

/// What singles a thing out: pairs of a key field's name and the value asked for.
pub type Key<'a> = &'a [(&'static str, &'a str)];

/// Whether a block is for the thing asked for; a field that nobody asks about does not matter.
pub(in crate::tables) fn accepts<K: BlockKind>(value: &K, key: Key<'_>) -> bool {
    let fields = value.keys();
    fields.iter().all(|(name, selector)| {
        key.iter().find(|(asked, _)| asked == name).is_none_or(|(_, wanted)| selector.accepts(wanted))
    })
}

/// The part of a key that every block and gap of the kind writes out.
pub(in crate::tables) fn written<K: BlockKind>(key: Key<'_>) -> impl Iterator<Item = (&'static str, &str)> {
    key.iter().copied().filter(|(name, _)| K::WRITTEN_KEYS.contains(name))
}

/// Key fields whose plural is a list of what they accept; the singular is what is asked for.
fn singular(field: &'static str) -> &'static str {
    match field {
        "insurances" => "insurance",
        "payers" => "payer",
        "classes" => "class",
        other => other,
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $module:ident $kind:ident $name:ident $continuous:literal {
        $($(#[doc = $key_doc:literal])+ $key:ident: $key_type:ty),* |
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty),* $(,)?
    })*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name { $($(#[doc = $key_doc])+ pub $key: $key_type,)* $($(#[doc = $field_doc])+ pub $field: $type),* }

            impl BlockKind for $name {
                const KIND: FigureKind = FigureKind::$kind;
                const CONTINUOUS: bool = $continuous;
                const WRITTEN_KEYS: &'static [&'static str] =
                    &[$(if <$key_type as Field>::WRITTEN { stringify!($key) } else { "" }),*];

                fn of(blocks: &Blocks) -> &[TableBlock<Self>] { &blocks.$module }
                fn keys(&self) -> Vec<(&'static str, Selector)> {
                    vec![$((singular(stringify!($key)), Selector::from(&self.$key))),*]
                }
                fn values(&self) -> Vec<(&'static str, String, Option<Decimal>)> {
                    vec![$((stringify!($field), Field::show(&self.$field), Field::figure(&self.$field))),*]
                }
            }
        )*

        /// Every block of one file, by kind.
        #[derive(Clone, Debug, Default)]
        pub struct Blocks {
            $($(#[doc = $doc])+ pub $module: Vec<TableBlock<$name>>,)*
            /// Declared gaps.
            pub gaps: Vec<Gap>,
        }

        /// The key fields that every block and gap of a kind writes out.
        fn written_keys(kind: FigureKind) -> &'static [&'static str] {
            match kind {
                $(FigureKind::$kind => $name::WRITTEN_KEYS),*
            }
        }

        /// Reads one block of a kind into the right list.
        fn read_block(kind: FigureKind, fields: &mut Fields<'_, '_>, head: Option<Head>, blocks: &mut Blocks) {
            match kind {
                $(FigureKind::$kind => {
                    $(let $key = fields.take::<$key_type>(stringify!($key));)*
                    $(let $field = fields.take::<$type>(stringify!($field));)*
                    // Every field is taken before the first `None` ends the reading: all faults are noted.
                    let value = (|| Some($name { $($key: $key?,)* $($field: $field?),* }))();
                    if let (Some(mut head), Some(value)) = (head, value) {
                        let citation = Arc::make_mut(&mut head.citation);
                        citation.key = named(&value);
                        citation.place.values = fields.spans();
                        blocks.$module.push(TableBlock { head, value });
                    }
                })*
            }
        }

        /// The schema of every kind: name, description, fields (name, schema, required, description).
        pub(super) fn schemas() -> Vec<(&'static str, String, Vec<FieldSchema>)> {
            vec![$((
                FigureKind::$kind.code(),
                [$($doc),+].join(" ").trim().to_owned(),
                vec![
                    $((stringify!($key), <$key_type>::schema(), <$key_type>::absent().is_none(), [$($key_doc),+].join(" ").trim().to_owned()),)*
                    $((stringify!($field), <$type>::schema(), <$type>::absent().is_none(), [$($field_doc),+].join(" ").trim().to_owned())),*
                ],
            )),*]
        }

        /// Calls a visitor once for each kind.
        pub(super) fn each_kind(visitor: &mut impl Visitor) {
            $(visitor.visit::<$name>();)*
        }
    };
}

/// One value for each key field of a block; a field that accepts anything has none.
pub(in crate::tables) fn key_values<K: BlockKind>(value: &K) -> Vec<(&'static str, String)> {
    let fields = value.keys().into_iter().filter_map(|(name, selector)| match selector {
        Selector::Any => None,
        Selector::Only(list) => Some((name, list.into_iter().next().unwrap_or_default())),
    });
    fields.collect()
}

/// What a block is for, in the words of its key.
pub(in crate::tables) fn named<K: BlockKind>(value: &K) -> Vec<String> {
    key_values(value).into_iter().map(|(_, value)| value).filter(|value| !value.is_empty()).collect()
}

/// Something done for each kind.
pub(in crate::tables) trait Visitor {
    /// Does it for one kind.
    fn visit<K: BlockKind>(&mut self);
}

kinds! {
    /// How limits follow from the average wage: what published limits are judged by.
    base_rule BaseRule BaseRuleBlock true { |
        /// Share of the monthly average wage that is the floor.
        floor: Rate,
        /// Share of the monthly average wage that is the ceiling.
        ceiling: Rate,
        /// How far a published limit may lie from the product by its rounding, yuan.
        tolerance: Money,
    }
    /// Floor and ceiling of the contribution base, yuan a month.
    base_limits BaseLimits BaseLimitsBlock true {
        /// For these insurances; absent for all.
        insurances: Option<Vec<Insurance>>,
        /// For these payers; absent for all.
        payers: Option<Vec<Payer>> |
        /// The average wage they derive from, yuan a year.
        average_wage: Option<Decimal>,
        /// The year of that wage.
        average_year: Option<i64>,
        /// Which average it is.
        average_kind: Option<AverageKind>,
        /// The floor.
        floor: Money,
        /// The ceiling.
        ceiling: Money,
    }
    /// The rates of one insurance.
    contribution_rate ContributionRate ContributionRateBlock true {
        /// The insurance.
        insurance: Insurance,
        /// Who pays; absent for enterprises.
        payer: Option<Payer> |
        /// The employer's rate.
        employer: Rate,
        /// The employee's rate.
        employee: Rate,
        /// How much of it goes to the personal account.
        account: Option<Rate>,
    }
    /// The rates of work injury by the eight risk classes of trades.
    injury_classes InjuryClasses InjuryClassesBlock true { |
        /// Eight rates, class 1 first.
        rates: Vec<Rate>,
    }
    /// The floating grades that risk classes may be put in.
    injury_grades InjuryGrades InjuryGradesBlock true {
        /// The classes.
        classes: Vec<i64> |
        /// The grades, 100% included.
        grades: Vec<Rate>,
    }
    /// A staged reduction of a rate.
    reduction Reduction ReductionBlock false {
        /// The insurance.
        insurance: Insurance,
        /// The side.
        side: Side,
        /// The name under which it must be asked for; absent where it always applies.
        relief: Option<String> |
        /// What remains of the rate: 80% for a cut of a fifth.
        factor: Rate,
    }
    /// How amounts are rounded.
    rounding Rounding RoundingBlock true {
        /// What is rounded.
        applies_to: RoundingTarget |
        /// What the result is a whole number of, yuan.
        unit: Money,
        /// Which neighbour is taken.
        mode: Mode,
    }
    /// The base pension of the resident scheme, yuan a month.
    resident_base_pension ResidentBasePension ResidentBasePensionBlock true { |
        /// Yuan a month.
        amount: Money,
    }
    /// The age supplements of the resident scheme, yuan a month.
    resident_age_supplement ResidentAgeSupplement ResidentAgeSupplementBlock true { |
        /// The bands, ascending; a later one replaces the earlier.
        bands: Vec<Band>,
    }
    /// The formula of the resident pension.
    resident_formula ResidentFormula ResidentFormulaBlock true { |
        /// The personal account is divided by this many months.
        account_divisor: Decimal,
        /// The age from which it is paid, in years.
        payable_age: i64,
        /// Years beyond these raise the pension.
        years_threshold: i64,
        /// By how much for each, yuan a month.
        per_extra_year: Money,
    }
    /// An earlier payable age for a group of residents.
    resident_payable_age ResidentPayableAge ResidentPayableAgeBlock true {
        /// The group.
        category: String |
        /// The age in years.
        age: i64,
    }
    /// The yearly contribution tiers of the resident scheme.
    resident_tiers ResidentTiers ResidentTiersBlock true { |
        /// The tiers, ascending.
        tiers: Vec<TierEntry>,
    }
    /// The least subsidy that a wider government orders.
    resident_subsidy_floor ResidentSubsidyFloor ResidentSubsidyFloorBlock true { |
        /// By tier, ascending.
        tiers: Vec<SubsidyFloor>,
    }
    /// The tier that the government pays for a group of residents.
    resident_government_paid ResidentGovernmentPaid ResidentGovernmentPaidBlock true {
        /// The group.
        category: String |
        /// The tier, yuan a year.
        tier: Money,
    }
    /// The funeral grant of the resident scheme, yuan.
    resident_funeral_grant ResidentFuneralGrant ResidentFuneralGrantBlock true { |
        /// At least.
        least: Money,
        /// At most.
        most: Money,
    }
    /// The yearly interest of personal accounts.
    account_interest AccountInterest AccountInterestBlock true {
        /// Whose accounts.
        scheme: Scheme |
        /// The rate for a year.
        rate: Rate,
    }
    /// The months that the personal account of an employee is divided by.
    payout_months PayoutMonths PayoutMonthsBlock true { |
        /// By whole age.
        ages: Vec<AgeMonths>,
        /// How ages between are read.
        interpolation: Interpolation,
        /// What an interpolated value is rounded to, half up.
        unit: Option<Decimal>,
    }
    /// The calculation base of employee pensions, yuan a month.
    calculation_base CalculationBase CalculationBaseBlock true { |
        /// Yuan a month.
        amount: Money,
    }
    /// The basic part of the employee pension.
    pension_formula PensionFormula PensionFormulaBlock true { |
        /// Share for each year paid.
        per_year: Rate,
        /// To how many decimals the years are rounded.
        years_decimals: i64,
    }
    /// The transitional part of the employee pension.
    transition Transition TransitionBlock true { |
        /// Share for each year before the personal account was opened.
        coefficient: Rate,
        /// From when accounts were opened.
        account_opened: Month,
    }
    /// The statutory retirement age.
    retirement Retirement RetirementBlock true {
        /// Who.
        group: Group,
        /// On what ground.
        case: Case |
        /// The original age in years.
        age: i64,
        /// One month later for each so many months of birth.
        delay_every: Option<i64>,
        /// At most so many months later.
        delay_most: Option<i64>,
        /// The first month of birth that is delayed.
        first_birth: Option<Month>,
    }
    /// Retiring earlier or later by choice.
    retirement_choice RetirementChoice RetirementChoiceBlock true { |
        /// At most so many months earlier.
        early_most: i64,
        /// At most so many months later.
        late_most: i64,
    }
    /// The least contribution time for a monthly pension.
    minimum_contribution MinimumContribution MinimumContributionBlock true { |
        /// Months.
        months: i64,
        /// Later steps.
        steps: Option<Vec<MonthsStep>>,
    }
    /// The late fee on contributions paid late.
    late_fee LateFee LateFeeBlock true { |
        /// For each day.
        per_day: Rate,
    }
    /// The base of an employer that did not declare, as a share of the month before.
    undeclared_base UndeclaredBase UndeclaredBaseBlock true { |
        /// The factor.
        factor: Rate,
    }
    /// The minimum wage, yuan.
    minimum_wage MinimumWage MinimumWageBlock true { |
        /// A month.
        month: Money,
        /// An hour.
        hour: Option<Money>,
    }
    /// The unemployment benefit, yuan a month.
    unemployment_benefit UnemploymentBenefit UnemploymentBenefitBlock true { |
        /// Yuan a month.
        amount: Money,
        /// As a share of the minimum wage.
        share: Option<Rate>,
    }
    /// For how many months the unemployment benefit is paid at most.
    unemployment_benefit_months UnemploymentBenefitMonths UnemploymentBenefitMonthsBlock true { |
        /// By years of contribution, ascending.
        terms: Vec<BenefitTerm>,
    }
    /// Moving a pension relation to another province.
    transfer Transfer TransferBlock true { |
        /// Share of the bases that moves from the pooled fund.
        pooled_rate: Rate,
        /// Of bases since this month.
        pooled_from: Month,
        /// What was booked to personal accounts.
        account_rates: Vec<DatedRate>,
        /// From so many months a place pays the pension.
        long_place_months: i64,
        /// From this age men get a temporary account.
        temporary_age_men: i64,
        /// From this age women get a temporary account.
        temporary_age_women: i64,
        /// The steps and their working days.
        deadlines: Vec<Deadline>,
    }
    /// The limits of the housing fund.
    housing_fund HousingFund HousingFundBlock false { |
        /// The floor of its base, yuan a month.
        floor: Money,
        /// The ceiling of its base, yuan a month.
        ceiling: Money,
        /// The least rate of each side.
        rate_least: Rate,
        /// The highest rate of each side.
        rate_most: Rate,
    }
}

/// The schema of a field: its name, its type, whether it must be there, what it is.
pub(in crate::tables) type FieldSchema = (&'static str, serde_json::Value, bool, String);
/// The same without a description.
type PlainSchema = (&'static str, serde_json::Value, bool);

/// The schemas of the common fields and of a gap, for `schema`.
pub(in crate::tables) fn common_schemas() -> (Vec<PlainSchema>, Vec<PlainSchema>) {
    let head = vec![
        ("from", Month::schema(), true),
        ("to", Month::schema(), false),
        ("published", Date::schema(), false),
        ("provisional", bool::schema(), false),
        ("source", OneOrMore::schema(), true),
        ("status", Status::schema(), true),
        ("note", Bilingual::schema(), false),
        ("jump", String::schema(), false),
        ("unconfirmed", Vec::<String>::schema(), false),
    ];
    let mut gap = vec![
        ("of", serde_json::json!({ "enum": FigureKind::ALL.map(FigureKind::code) }), true),
        ("from", Month::schema(), true),
        ("to", Month::schema(), false),
        ("reason", Bilingual::schema(), true),
    ];
    gap.extend(head::GAP_KEYS.map(|key| (key, String::schema(), false)));
    (head, gap)
}

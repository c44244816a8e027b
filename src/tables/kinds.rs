//! Every kind of block that a year's file can hold: the format of the tables, in one list.
//!
//! A kind is declared once; its reading, its JSON Schema, its listing and its search follow. Fields
//! before the bar single a thing out (its key), fields after it are its values. What a field may
//! hold is said by its type; see `reader` for the grammar of each.

use std::ops::Range;
use std::sync::Arc;

use super::book::Selector;
use super::reader::{Field, Fields, Found, OneOrMore, Reader, choice_field, table_struct};
use super::source::TableFile;
use crate::facts::{
    Bilingual, Citation, Excerpt, Insurance, Kind as FaultKind, Payer, Place, RegionId, Side, Source, Status,
};
use crate::units::{Date, Decimal, Mode, Money, Month, Rate};

choice_field!(Status, Status::ALL, Status::code);
choice_field!(Payer, Payer::ALL, Payer::code);
choice_field!(Side, Side::BOTH, Side::code);
choice_field!(Mode, [Mode::HalfUp, Mode::Up, Mode::Down], |mode| match mode {
    Mode::HalfUp => "half-up",
    Mode::Up => "up",
    Mode::Down => "down",
});

/// An enum of the tables with its written words.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// The word used in the tables.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }

        choice_field!($name, [$($name::$variant),*], $name::code);
    };
}

choice! {
    /// What a rounding rule is for.
    Rounded {
        /// Amounts of contributions.
        Contribution = "contribution",
        /// The contribution base.
        Base = "base",
        /// Parts of a pension.
        Pension = "pension",
    }
}
choice! {
    /// Which average wage limits derive from.
    AverageKind {
        /// 全口径
        FullCalibre = "full-calibre",
        /// 在岗职工
        OnPost = "on-post",
    }
}
choice! {
    /// How payout months are read between whole ages.
    Interpolation {
        /// The completed years count.
        Whole = "whole",
        /// Linear between two whole ages.
        Linear = "linear",
    }
}
choice! {
    /// Whose personal account.
    Scheme {
        /// 职工
        Employee = "employee",
        /// 居民
        Resident = "resident",
    }
}
choice! {
    /// Who retires.
    Group {
        /// 男职工
        Men = "men",
        /// 女工人
        WomenWorker = "women-worker",
        /// 女干部
        WomenCadre = "women-cadre",
    }
}
choice! {
    /// On what ground.
    Case {
        /// 正常
        Normal = "normal",
        /// 特殊工种
        Special = "special",
        /// 因病或非因工致残
        Illness = "illness",
    }
}

table_struct! {
    /// A band of the age supplement.
    Band { /// From this age, in years.
        age: i64, /// Yuan a month.
        amount: Money }
    show |band| format!("{}+: {}", band.age, band.amount)
}
table_struct! {
    /// A yearly contribution tier.
    TierEntry { /// Yuan a year.
        amount: Money, /// Yuan a year.
        subsidy: Option<Money>, /// Open only to these groups.
        only: Option<Vec<String>>, /// A status of its own.
        status: Option<Status> }
    show |tier| match &tier.subsidy { Some(subsidy) => format!("{} (+{subsidy})", tier.amount), None => tier.amount.to_string() }
}
table_struct! {
    /// The least subsidy from a tier on.
    SubsidyFloor { /// From this tier.
        from_tier: Money, /// Yuan a year.
        amount: Money }
    show |floor| format!("{}+: {}", floor.from_tier, floor.amount)
}
table_struct! {
    /// Payout months at a whole age.
    AgeMonths { /// Whole years.
        age: i64, /// Months.
        months: Decimal }
    show |entry| format!("{}: {}", entry.age, entry.months)
}
table_struct! {
    /// A later step of a number of months.
    MonthsStep { /// From when.
        from: Month, /// Months.
        months: i64 }
    show |step| format!("{}: {}", step.from, step.months)
}
table_struct! {
    /// Months of benefit by years of contribution.
    BenefitTerm { /// From so many years.
        years: i64, /// At most so many months.
        months: i64 }
    show |term| format!("{}+: {}", term.years, term.months)
}
table_struct! {
    /// A rate from a month on.
    DatedRate { /// From when.
        from: Month, /// The rate.
        rate: Rate }
    show |entry| format!("{}: {}", entry.from, entry.rate.percent())
}
table_struct! {
    /// A deadline of a procedure.
    Deadline { /// The step.
        step: String, /// Working days.
        working_days: i64 }
    show |entry| format!("{}: {}", entry.step, entry.working_days)
}

/// What every block of a year's file carries.
#[derive(Clone, Debug)]
pub struct Head {
    /// From which month it is in force.
    pub from: Month,
    /// Until which month.
    pub to: Option<Month>,
    /// When it was published.
    pub published: Option<Date>,
    /// Why it may differ much from the block before.
    pub jump: Option<String>,
    /// Fields whose value is unconfirmed although the block's is better known.
    pub unconfirmed: Vec<String>,
    /// The block's citation.
    pub citation: Arc<Citation>,
    /// The file it stands in, and where in it each field's value stands.
    file: Arc<TableFile>,
    spans: Vec<(String, Range<usize>)>,
}

impl Head {
    /// The place of a field's value, or of the block where it has no such field.
    #[must_use]
    pub fn place_of(&self, field: &str) -> Place {
        self.spans.iter().find(|(name, _)| name == field).map_or_else(
            || self.citation.place.clone(),
            |(_, span)| Place::Line(Excerpt::of(&self.file.path, &self.file.text, span.clone())),
        )
    }

    /// The citation of one field: the block's, with the status that the field has of its own.
    #[must_use]
    pub fn citation_of(&self, field: &str) -> Arc<Citation> {
        if self.unconfirmed.iter().any(|name| name == field) {
            Arc::new(Citation { status: Status::Unconfirmed, ..(*self.citation).clone() })
        } else {
            Arc::clone(&self.citation)
        }
    }
}

/// A block: its head and its value.
#[derive(Clone, Debug)]
pub struct Block<T> {
    /// What every block carries.
    pub head: Head,
    /// What this kind carries.
    pub value: T,
}

/// A declared gap.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Which kind of block is missing.
    pub of: String,
    /// What singles the missing thing out; empty means all of the kind.
    pub keys: Vec<(&'static str, String)>,
    /// From which month.
    pub from: Month,
    /// Until which month.
    pub to: Option<Month>,
    /// Why.
    pub reason: Bilingual,
    /// Where it is declared.
    pub place: Place,
}

/// The keys by which a gap can be limited to one thing of a kind.
const GAP_KEYS: [&str; 8] = ["insurance", "payer", "category", "scheme", "group", "case", "applies_to", "side"];

/// A kind of block, for code that handles all kinds alike.
pub trait Kind: Clone + Send + Sync + 'static {
    /// The name of the kind, as in `[[base_limits]]`.
    const NAME: &'static str;
    /// Whether every month from the first block on must be covered.
    const CONTINUOUS: bool;

    /// The blocks of this kind in a file.
    fn of(blocks: &Blocks) -> &[Block<Self>];
    /// What singles the thing out: the name of each key field and what it accepts.
    fn keys(&self) -> Vec<(&'static str, Selector)>;
    /// The values: name, as written, as a number.
    fn values(&self) -> Vec<(&'static str, String, Option<Decimal>)>;
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
    ($($(#[doc = $doc:literal])+ $module:ident $name:ident $continuous:literal {
        $($(#[doc = $key_doc:literal])+ $key:ident: $key_type:ty),* |
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty),* $(,)?
    })*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name { $($(#[doc = $key_doc])+ pub $key: $key_type,)* $($(#[doc = $field_doc])+ pub $field: $type),* }

            impl Kind for $name {
                const NAME: &'static str = stringify!($module);
                const CONTINUOUS: bool = $continuous;

                fn of(blocks: &Blocks) -> &[Block<Self>] { &blocks.$module }
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
            $($(#[doc = $doc])+ pub $module: Vec<Block<$name>>,)*
            /// Declared gaps.
            pub gaps: Vec<Gap>,
        }

        /// The names of all kinds.
        pub const NAMES: &[&str] = &[$(stringify!($module)),*];

        /// Reads one block of the named kind into the right list; `false` where there is no such kind.
        fn read_block(name: &str, fields: &mut Fields<'_, '_>, head: Option<Head>, blocks: &mut Blocks) -> bool {
            match name {
                $(stringify!($module) => {
                    $(let $key = fields.take::<$key_type>(stringify!($key));)*
                    $(let $field = fields.take::<$type>(stringify!($field));)*
                    // Every field is taken before the first `None` ends the reading: all faults are noted.
                    let value = (|| Some($name { $($key: $key?,)* $($field: $field?),* }))();
                    if let (Some(head), Some(value)) = (head, value) {
                        blocks.$module.push(Block { head, value });
                    }
                    true
                })*
                _ => false,
            }
        }

        /// The schema of every kind: name, description, fields (name, schema, required, description).
        pub(super) fn schemas() -> Vec<(&'static str, String, Vec<FieldSchema>)> {
            vec![$((
                stringify!($module),
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

/// Something done for each kind.
pub(super) trait Visitor {
    /// Does it for one kind.
    fn visit<K: Kind>(&mut self);
}

kinds! {
    /// How limits follow from the average wage: what published limits are judged by.
    base_rule BaseRule true { |
        /// Share of the monthly average wage that is the floor.
        floor: Rate,
        /// Share of the monthly average wage that is the ceiling.
        ceiling: Rate,
        /// How far a published limit may lie from the product by its rounding, yuan.
        tolerance: Money,
    }
    /// Floor and ceiling of the contribution base, yuan a month.
    base_limits BaseLimits true {
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
    contribution_rate ContributionRate true {
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
    injury_classes InjuryClasses true { |
        /// Eight rates, class 1 first.
        rates: Vec<Rate>,
    }
    /// The floating grades that risk classes may be put in.
    injury_grades InjuryGrades true {
        /// The classes.
        classes: Vec<i64> |
        /// The grades, 100% included.
        grades: Vec<Rate>,
    }
    /// A staged reduction of a rate.
    reduction Reduction false {
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
    rounding Rounding true {
        /// What is rounded.
        applies_to: Rounded |
        /// What the result is a whole number of, yuan.
        unit: Money,
        /// Which neighbour is taken.
        mode: Mode,
    }
    /// The base pension of the resident scheme, yuan a month.
    resident_base_pension ResidentBasePension true { |
        /// Yuan a month.
        amount: Money,
    }
    /// The age supplements of the resident scheme, yuan a month.
    resident_age_supplement ResidentAgeSupplement true { |
        /// The bands, ascending; a later one replaces the earlier.
        bands: Vec<Band>,
    }
    /// The formula of the resident pension.
    resident_formula ResidentFormula true { |
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
    resident_payable_age ResidentPayableAge true {
        /// The group.
        category: String |
        /// The age in years.
        age: i64,
    }
    /// The yearly contribution tiers of the resident scheme.
    resident_tiers ResidentTiers true { |
        /// The tiers, ascending.
        tiers: Vec<TierEntry>,
    }
    /// The least subsidy that a wider government orders.
    resident_subsidy_floor ResidentSubsidyFloor true { |
        /// By tier, ascending.
        tiers: Vec<SubsidyFloor>,
    }
    /// The tier that the government pays for a group of residents.
    resident_government_paid ResidentGovernmentPaid true {
        /// The group.
        category: String |
        /// The tier, yuan a year.
        tier: Money,
    }
    /// The funeral grant of the resident scheme, yuan.
    resident_funeral_grant ResidentFuneralGrant true { |
        /// At least.
        least: Money,
        /// At most.
        most: Money,
    }
    /// The yearly interest of personal accounts.
    account_interest AccountInterest true {
        /// Whose accounts.
        scheme: Scheme |
        /// The rate for a year.
        rate: Rate,
    }
    /// The months that the personal account of an employee is divided by.
    payout_months PayoutMonths true { |
        /// By whole age.
        ages: Vec<AgeMonths>,
        /// How ages between are read.
        interpolation: Interpolation,
        /// What an interpolated value is rounded to, half up.
        unit: Option<Decimal>,
    }
    /// The calculation base of employee pensions, yuan a month.
    calculation_base CalculationBase true { |
        /// Yuan a month.
        amount: Money,
    }
    /// The basic part of the employee pension.
    pension_formula PensionFormula true { |
        /// Share for each year paid.
        per_year: Rate,
        /// To how many decimals the years are rounded.
        years_decimals: i64,
    }
    /// The transitional part of the employee pension.
    transition Transition true { |
        /// Share for each year before the personal account was opened.
        coefficient: Rate,
        /// From when accounts were opened.
        account_opened: Month,
    }
    /// The statutory retirement age.
    retirement Retirement true {
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
    retirement_choice RetirementChoice true { |
        /// At most so many months earlier.
        early_most: i64,
        /// At most so many months later.
        late_most: i64,
    }
    /// The least contribution time for a monthly pension.
    minimum_contribution MinimumContribution true { |
        /// Months.
        months: i64,
        /// Later steps.
        steps: Option<Vec<MonthsStep>>,
    }
    /// The late fee on contributions paid late.
    late_fee LateFee true { |
        /// For each day.
        per_day: Rate,
    }
    /// The base of an employer that did not declare, as a share of the month before.
    undeclared_base UndeclaredBase true { |
        /// The factor.
        factor: Rate,
    }
    /// The minimum wage, yuan.
    minimum_wage MinimumWage true { |
        /// A month.
        month: Money,
        /// An hour.
        hour: Option<Money>,
    }
    /// The unemployment benefit, yuan a month.
    unemployment_benefit UnemploymentBenefit true { |
        /// Yuan a month.
        amount: Money,
        /// As a share of the minimum wage.
        share: Option<Rate>,
    }
    /// For how many months the unemployment benefit is paid at most.
    unemployment_benefit_months UnemploymentBenefitMonths true { |
        /// By years of contribution, ascending.
        terms: Vec<BenefitTerm>,
    }
    /// Moving a pension relation to another province.
    transfer Transfer true { |
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
    housing_fund HousingFund false { |
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

/// The sources of a file, by key.
pub(super) type Sources = Vec<(String, Arc<Source>, Range<usize>)>;

/// Reads the sources of a file.
pub(super) fn read_sources(reader: &mut Reader, found: Option<&Found<'_>>) -> Sources {
    let Some(found) = found else { return Vec::new() };
    let Some(table) = found.get_ref().as_table() else {
        reader.mismatch("sources", "table", found);
        return Vec::new();
    };
    let mut sources = Vec::new();
    for (key, found) in table {
        let name = key.get_ref().as_ref();
        let Some(table) = found.get_ref().as_table() else {
            reader.mismatch(name, "table", found);
            continue;
        };
        let mut fields = Fields::new(reader, table, key.span(), name);
        let (number, title, issuer, date, url) = (
            fields.take("number"),
            fields.take("title"),
            fields.take("issuer"),
            fields.take("date"),
            fields.take("url"),
        );
        fields.finish();
        if let (Some(number), Some(title), Some(issuer), Some(date), Some(url)) = (number, title, issuer, date, url) {
            sources.push((name.to_owned(), Arc::new(Source { number, title, issuer, date, url }), key.span()));
        }
    }
    sources
}

/// Reads one block of a year's file; `false` where there is no such kind.
pub(super) fn read(
    reader: &mut Reader,
    name: &str,
    found: &Found<'_>,
    context: &Context<'_>,
    blocks: &mut Blocks,
    used: &mut Vec<String>,
) -> bool {
    let Some(table) = found.get_ref().as_table() else {
        reader.fault(FaultKind::NotABlock { name: name.to_owned() }, found.span());
        return NAMES.contains(&name) || name == "gap";
    };
    let mut fields = Fields::new(reader, table, found.span(), name);
    if name == "gap" {
        let gap = read_gap(&mut fields, context);
        fields.finish();
        blocks.gaps.extend(gap);
        return true;
    }
    let Some(kind) = NAMES.iter().find(|kind| **kind == name) else { return false };
    let head = read_head(&mut fields, kind, context, used);
    read_block(name, &mut fields, head, blocks);
    fields.finish();
    true
}

/// What a block needs to know of its file.
pub(super) struct Context<'a> {
    /// The year that the file is for.
    pub year: i32,
    /// The region whose file it is.
    pub region: &'a RegionId,
    /// The file's sources.
    pub sources: &'a Sources,
}

fn read_head(
    fields: &mut Fields<'_, '_>,
    kind: &'static str,
    context: &Context<'_>,
    used: &mut Vec<String>,
) -> Option<Head> {
    let from = fields.take::<Month>("from");
    let to = fields.take::<Option<Month>>("to");
    let published = fields.take::<Option<Date>>("published");
    let provisional = fields.take::<Option<bool>>("provisional");
    let keys = fields.take::<OneOrMore>("source");
    let status = fields.take::<Status>("status");
    let note = fields.take::<Option<Bilingual>>("note");
    let jump = fields.take::<Option<String>>("jump");
    let unconfirmed = fields.take::<Option<Vec<String>>>("unconfirmed");
    judge_months(fields, from, to.flatten(), context.year);
    let sources = keys.map(|keys| resolve_sources(fields, &keys, context.sources, used));
    let place = fields.reader.place(fields.span_of(""));
    let from = from?;
    let to = to?;
    Some(Head {
        from,
        to,
        published: published?,
        jump: jump?,
        unconfirmed: unconfirmed?.unwrap_or_default(),
        citation: Arc::new(Citation {
            kind,
            region: context.region.clone(),
            status: status?,
            provisional: provisional?.unwrap_or(false),
            from,
            to,
            sources: sources?,
            note: note?,
            place,
        }),
        file: Arc::clone(&fields.reader.file),
        spans: fields.spans(),
    })
}

fn resolve_sources(
    fields: &mut Fields<'_, '_>,
    keys: &OneOrMore,
    sources: &Sources,
    used: &mut Vec<String>,
) -> Vec<Arc<Source>> {
    let mut resolved = Vec::new();
    for (key, span) in &keys.0 {
        used.push(key.clone());
        if let Some((_, source, _)) = sources.iter().find(|(name, _, _)| name == key) {
            resolved.push(Arc::clone(source));
        } else {
            let nearest = super::reader::nearest(key, sources.iter().map(|(name, _, _)| name.as_str()));
            fields.reader.fault(FaultKind::UnknownSource { key: key.clone(), nearest }, span.clone());
        }
    }
    resolved
}

/// A block belongs into the file of the year in which it takes effect, and ends after it starts.
fn judge_months(fields: &mut Fields<'_, '_>, from: Option<Month>, to: Option<Month>, year: i32) {
    let Some(from) = from else { return };
    if from.year() != year {
        let span = fields.span_of("from");
        fields.reader.fault(FaultKind::WrongYear { from, year }, span);
    }
    if let Some(to) = to.filter(|to| *to < from) {
        let span = fields.span_of("to");
        fields.reader.fault(FaultKind::EndsBeforeStart { from, to }, span);
    }
}

fn read_gap(fields: &mut Fields<'_, '_>, context: &Context<'_>) -> Option<Gap> {
    let of = fields.take::<String>("of");
    if let Some(name) = of.as_deref().filter(|name| !NAMES.contains(name)) {
        let nearest = super::reader::nearest(name, NAMES.iter().copied());
        let kind = FaultKind::UnknownBlock { name: name.to_owned(), nearest };
        let span = fields.span_of("of");
        fields.reader.fault(kind, span);
    }
    let keys: Vec<Option<Option<String>>> = GAP_KEYS.iter().map(|key| fields.take::<Option<String>>(key)).collect();
    let from = fields.take::<Month>("from");
    let to = fields.take::<Option<Month>>("to");
    let reason = fields.take::<Bilingual>("reason");
    judge_months(fields, from, to.flatten(), context.year);
    let place = fields.reader.place(fields.span_of(""));
    let keys = GAP_KEYS.iter().zip(keys).filter_map(|(key, value)| Some((*key, value??))).collect();
    Some(Gap { of: of?, keys, from: from?, to: to?, reason: reason?, place })
}

/// The schema of a field: its name, its type, whether it must be there, what it is.
pub(super) type FieldSchema = (&'static str, serde_json::Value, bool, String);
/// The same without a description.
type PlainSchema = (&'static str, serde_json::Value, bool);

/// The schemas of the common fields and of a gap, for `schema`.
pub(super) fn common_schemas() -> (Vec<PlainSchema>, Vec<PlainSchema>) {
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
        ("of", serde_json::json!({ "enum": NAMES }), true),
        ("from", Month::schema(), true),
        ("to", Month::schema(), false),
        ("reason", Bilingual::schema(), true),
    ];
    gap.extend(GAP_KEYS.map(|key| (key, String::schema(), false)));
    (head, gap)
}

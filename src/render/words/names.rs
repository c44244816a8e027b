//! The words of closed lists, both languages side by side: a variant without its words does not compile.
//!
//! What the tables name with a text of their own (payers, groups of people) has its words here too, by that text; of
//! these `tests/shebao/recipes.rs` checks that none is missing.

use crate::batch::RowStatus;
use crate::check::Cause;
use crate::facts::{FigureKind, Lang, Quantity, Side, Status, ValueType};
use crate::payroll::NoPerson;

/// A closed list whose values have words in both languages. `words` is a `match` over all variants, so that a new one
/// does not compile without its words; [`Speaker::word`](super::Speaker::word) picks the language. The words have no
/// marks around them and stand alone or within a sentence.
pub trait Worded {
    /// Chinese and English.
    fn words(&self) -> InBoth;
}

impl<T: Worded> Worded for &T {
    fn words(&self) -> InBoth {
        (*self).words()
    }
}

/// The same in Chinese and English.
pub type InBoth = (&'static str, &'static str);

/// The words of one language.
pub(super) fn in_lang(lang: Lang, (zh, en): InBoth) -> &'static str {
    match lang {
        Lang::Chinese => zh,
        Lang::English => en,
    }
}

/// Declares an enum of words that stand alone.
macro_rules! words_alone {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $zh:literal, $en:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl Worded for $name {
            fn words(&self) -> InBoth {
                match self { $(Self::$variant => ($zh, $en)),* }
            }
        }
    };
}
pub(super) use words_alone;

words_alone! {
    /// Words that stand alone: headings and the like.
    #[allow(missing_docs, reason = "each is the word that it names")]
    pub enum Label {
        Insurance = "险种", "Insurance";
        Base = "缴费基数", "Base";
        EmployerRate = "单位比例", "Employer rate";
        Employer = "单位缴纳", "Employer";
        EmployeeRate = "个人比例", "Employee rate";
        Employee = "个人缴纳", "Employee";
        Total = "合计", "Total";
        Month = "月份", "Month";
        Side = "缴费方", "Side";
        Declared = "申报", "Declared";
        Due = "应缴", "Due";
        Difference = "差额", "Difference";
        Birth = "出生日期", "Birth date";
        Age = "年龄", "Age";
        PayableFrom = "起发月份", "Payable from";
        Payable = "当月发放", "Payable";
        BasePension = "基础养老金", "Base pension";
        AgeSupplement = "高龄加发", "Age supplement";
        YearsSupplement = "缴费年限加发", "Years supplement";
        AccountPension = "个人账户养老金", "Account pension";
        Tier = "缴费档次", "Tier";
        PaidByPerson = "个人缴费", "Paid by person";
        PaidByGovernment = "政府代缴", "Paid by government";
        Subsidy = "缴费补贴", "Subsidy";
        PerPerson = "每人合计", "Per person";
        People = "人数", "People";
        Yes = "是", "yes";
        No = "否", "no";
        Explanation = "计算过程", "How it was calculated";
        Step = "步骤", "Step";
        Formula = "算式", "Formula";
        Value = "结果", "Value";
        Source = "依据", "Source";
        Region = "地区", "Region";
        Figure = "项目", "Figure";
        From = "起", "From";
        To = "止", "To";
        Status = "可信度", "Status";
        Before = "之前", "Before";
        After = "之后", "After";
        Blocks = "条目", "Blocks";
        NoDifference = "两者没有差别", "no differences";
        Name = "名称", "Name";
        Latest = "最近", "Latest";
        Gap = "缺口", "gap";
        About = "内容", "Result of";
    }
}

impl Worded for Quantity {
    fn words(&self) -> InBoth {
        match self {
            Self::Wage => ("工资", "wage"),
            Self::Floor => ("下限", "floor"),
            Self::Ceiling => ("上限", "ceiling"),
            Self::Base => ("缴费基数", "base"),
            Self::OtherBases => ("其他各笔基数", "bases of the other entries"),
            Self::AllBases => ("各笔基数合计", "bases of all entries"),
            Self::AllBasesHeld => ("各笔基数合计按上下限核定", "bases of all entries, within the limits"),
            Self::Months => ("月数", "months"),
            Self::TableRate(Side::Employer) => ("单位规定费率", "employer rate in the tables"),
            Self::TableRate(Side::Employee) => ("个人规定费率", "employee rate in the tables"),
            Self::Factor(_) => ("浮动档次或阶段性降费", "floating grade or reduction"),
            Self::ChargedRate(Side::Employer) => ("单位比例", "employer rate"),
            Self::ChargedRate(Side::Employee) => ("个人比例", "employee rate"),
            Self::Amount(Side::Employer) => ("单位缴纳", "employer amount"),
            Self::Amount(Side::Employee) => ("个人缴纳", "employee amount"),
            Self::SideTotal(Side::Employer) => ("单位合计", "employer total"),
            Self::SideTotal(Side::Employee) => ("个人合计", "employee total"),
            Self::Total => ("合计", "total"),
            Self::Birth => ("出生日期", "birth date"),
            Self::PayableAge => ("领取年龄", "payable age"),
            Self::PayableFrom => ("起发月份", "payable from"),
            Self::BasePension => ("基础养老金", "base pension"),
            Self::BandAge => ("加发年龄", "supplement age"),
            Self::BandFrom => ("加发起始月份", "supplement from"),
            Self::AgeSupplement => ("高龄加发", "age supplement"),
            Self::YearsPaid => ("缴费年限", "years paid"),
            Self::YearsThreshold => ("起算年限", "years threshold"),
            Self::PerExtraYear => ("每多缴一年", "per extra year"),
            Self::YearsSupplement => ("缴费年限加发", "years supplement"),
            Self::Account => ("个人账户储存额", "personal account"),
            Self::AccountDivisor => ("计发月数", "payout months"),
            Self::AccountPension => ("个人账户养老金", "account pension"),
            Self::Tier => ("缴费档次", "tier"),
            Self::PaidByPerson => ("个人缴费", "paid by person"),
            Self::PaidByGovernment => ("政府代缴", "paid by government"),
            Self::Subsidy => ("缴费补贴", "subsidy"),
            Self::PerPerson => ("每人合计", "per person"),
            Self::People => ("人数", "people"),
        }
    }
}

impl Worded for Status {
    fn words(&self) -> InBoth {
        match self {
            Self::Official => ("官方", "official"),
            Self::Reported => ("转引", "reported"),
            Self::Derived => ("推算", "derived"),
            Self::Unconfirmed => ("未确认", "unconfirmed"),
        }
    }
}

impl Worded for Side {
    fn words(&self) -> InBoth {
        match self {
            Self::Employer => ("单位", "employer"),
            Self::Employee => ("个人", "employee"),
        }
    }
}

impl Worded for RowStatus {
    fn words(&self) -> InBoth {
        match self {
            Self::Ok => ("相符", "ok"),
            Self::Mismatch => ("不符", "mismatch"),
            Self::Error => ("无法核对", "error"),
            Self::Skipped => ("非人员", "skipped"),
        }
    }
}

impl Worded for Cause {
    fn words(&self) -> InBoth {
        match self {
            Self::Rounding => ("舍入", "rounding"),
            Self::LimitNotApplied => ("未按上下限", "limit-not-applied"),
            Self::OtherLimits => ("他期上下限", "other-limits"),
            Self::OtherRate => ("他期费率", "other-rate"),
            Self::SidesSwapped => ("单位与个人颠倒", "sides-swapped"),
            Self::Duplicate => ("重复", "duplicate"),
            Self::Carried => ("合计随错", "carried"),
            Self::DoesNotAddUp => ("合计不符", "does-not-add-up"),
            Self::NotCalculated => ("公式未计算", "not-calculated"),
            Self::Unexplained => ("不明", "unexplained"),
        }
    }
}

impl Worded for NoPerson {
    fn words(&self) -> InBoth {
        match self {
            Self::Empty => ("空行", "empty"),
            Self::Heading => ("表头", "heading row"),
            Self::Total => ("合计", "total"),
            Self::Hidden => ("隐藏", "hidden"),
            Self::Sample => ("样例", "sample"),
            Self::Section => ("分段标题", "section"),
            Self::Signature => ("签字或备注", "signatures or remarks"),
        }
    }
}

impl Worded for FigureKind {
    fn words(&self) -> InBoth {
        match self {
            Self::BaseRule => ("基数上下限规则", "base limits rule"),
            Self::BaseLimits => ("缴费基数上下限", "base limits"),
            Self::ContributionRate => ("缴费费率", "contribution rate"),
            Self::InjuryClasses => ("工伤行业基准费率", "injury rates by class"),
            Self::InjuryGrades => ("工伤浮动档次", "injury floating grades"),
            Self::Reduction => ("阶段性降费或减免", "temporary reduction or relief"),
            Self::Rounding => ("舍入规则", "rounding rule"),
            Self::ResidentBasePension => ("居民基础养老金", "resident base pension"),
            Self::ResidentAgeSupplement => ("居民高龄加发", "resident age supplement"),
            Self::ResidentFormula => ("居民养老金计发办法", "resident pension formula"),
            Self::ResidentPayableAge => ("居民提前领取年龄", "earlier payable age for residents"),
            Self::ResidentTiers => ("居民缴费档次", "resident contribution tiers"),
            Self::ResidentSubsidyFloor => ("居民缴费补贴下限", "minimum resident subsidy"),
            Self::ResidentGovernmentPaid => ("居民政府代缴", "resident contribution paid by government"),
            Self::ResidentFuneralGrant => ("居民丧葬补助", "resident funeral grant"),
            Self::AccountInterest => ("个人账户记账利率", "account interest"),
            Self::PayoutMonths => ("计发月数", "payout months"),
            Self::CalculationBase => ("养老金计发基数", "pension calculation base"),
            Self::PensionFormula => ("基本养老金计发办法", "basic pension formula"),
            Self::Transition => ("过渡性养老金", "transitional pension"),
            Self::Retirement => ("法定退休年龄", "statutory retirement age"),
            Self::RetirementChoice => ("弹性退休", "flexible retirement"),
            Self::MinimumContribution => ("最低缴费年限", "minimum contribution period"),
            Self::LateFee => ("滞纳金", "late fee"),
            Self::UndeclaredBase => ("未申报核定", "base when nothing is declared"),
            Self::MinimumWage => ("最低工资", "minimum wage"),
            Self::UnemploymentBenefit => ("失业保险金", "unemployment benefit"),
            Self::UnemploymentBenefitMonths => ("失业保险金领取期限", "months of unemployment benefit"),
            Self::Transfer => ("养老保险关系转移接续", "pension transfer"),
            Self::HousingFund => ("住房公积金", "housing fund"),
        }
    }
}

impl Worded for ValueType {
    fn words(&self) -> InBoth {
        match self {
            Self::Money => ("金额", "an amount"),
            Self::Rate => ("费率", "a rate"),
            Self::Month => ("月份", "a month"),
            Self::Number => ("数", "a number"),
            Self::Text => ("文字", "text"),
            Self::Integer => ("整数", "an integer"),
            Self::Boolean => ("true 或 false", "true or false"),
            Self::Date => ("日期", "a date"),
            Self::List => ("列表", "a list"),
            Self::Table => ("表", "a table"),
            Self::Float => ("小数", "a decimal"),
        }
    }
}

/// What singles figures out, by the text of the tables; `None` for a text that only they know.
pub(super) fn key(kind: Option<FigureKind>, text: &str) -> Option<InBoth> {
    Some(match (kind, text) {
        // An insurance elsewhere.
        (Some(FigureKind::Rounding), "pension") => ("养老金待遇", "pension components"),
        (_, "enterprise") => ("企业", "enterprise"),
        (_, "institution") => ("机关事业单位", "institution"),
        (_, "flexible") => ("灵活就业人员", "flexible workers"),
        (_, "employer") => ("单位", "employer"),
        (_, "employee") => ("个人", "employee"),
        (_, "severely-disabled") => ("重度残疾人", "severely disabled"),
        (_, "hardship") => ("其他困难居民", "other residents in hardship"),
        (_, "contribution") => ("缴费金额", "contribution amounts"),
        (_, "base") => ("缴费基数", "base"),
        (_, "resident") => ("居民", "residents"),
        (_, "pension") => ("养老", "Pension"),
        (_, "medical") => ("医疗", "Medical"),
        (_, "unemployment") => ("失业", "Unemployment"),
        (_, "injury") => ("工伤", "Work injury"),
        (_, "maternity") => ("生育", "Maternity"),
        (_, "men") => ("男职工", "men"),
        (_, "women-worker") => ("女工人", "women workers"),
        (_, "women-cadre") => ("女干部", "women cadres"),
        (_, "normal") => ("正常退休", "normal"),
        (_, "special") => ("特殊工种", "special occupations"),
        (_, "illness") => ("因病或非因工致残", "illness"),
        (_, _) => return None,
    })
}

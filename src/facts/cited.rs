//! Figures that know the document they rest on.
//!
//! A figure of the tables is [`Cited`]: its value and the block that it stands in, with documents, months, region and
//! status. The rules carry the citation into their steps, the words print it; a figure that the user gave has none.

use std::sync::Arc;

use super::{Bilingual, BlockPlace, RegionId, coded};
use crate::units::{Date, Month};

coded! {
    /// How well a figure is known. The words are defined in `docs/glossary.md`.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Status {
        /// From the issuing text itself.
        Official = "official",
        /// From the press or a second-hand list.
        Reported = "reported",
        /// Computed from a known figure.
        Derived = "derived",
        /// Recalled, in conflict, or resting on a rule that is only recalled.
        Unconfirmed = "unconfirmed",
    }
}

coded! {
    /// The kinds of figures that the tables state, by the name of their blocks: `[[base_limits]]`.
    #[derive(Hash)]
    pub enum FigureKind {
        /// How limits follow from the average wage: what published limits are judged by.
        BaseRule = "base_rule",
        /// Floor and ceiling of the contribution base, yuan a month.
        BaseLimits = "base_limits",
        /// The rates of one insurance.
        ContributionRate = "contribution_rate",
        /// The rates of work injury by the eight risk classes of trades.
        InjuryClasses = "injury_classes",
        /// The floating grades that risk classes may be put in.
        InjuryGrades = "injury_grades",
        /// A staged reduction of a rate.
        Reduction = "reduction",
        /// How amounts are rounded.
        Rounding = "rounding",
        /// The base pension of the resident scheme, yuan a month.
        ResidentBasePension = "resident_base_pension",
        /// The age supplements of the resident scheme, yuan a month.
        ResidentAgeSupplement = "resident_age_supplement",
        /// The formula of the resident pension.
        ResidentFormula = "resident_formula",
        /// An earlier payable age for a group of residents.
        ResidentPayableAge = "resident_payable_age",
        /// The yearly contribution tiers of the resident scheme.
        ResidentTiers = "resident_tiers",
        /// The least subsidy that a wider government orders.
        ResidentSubsidyFloor = "resident_subsidy_floor",
        /// The tier that the government pays for a group of residents.
        ResidentGovernmentPaid = "resident_government_paid",
        /// The funeral grant of the resident scheme, yuan.
        ResidentFuneralGrant = "resident_funeral_grant",
        /// The yearly interest of personal accounts.
        AccountInterest = "account_interest",
        /// The months that the personal account of an employee is divided by.
        PayoutMonths = "payout_months",
        /// The calculation base of employee pensions, yuan a month.
        CalculationBase = "calculation_base",
        /// The basic part of the employee pension.
        PensionFormula = "pension_formula",
        /// The transitional part of the employee pension.
        Transition = "transition",
        /// The statutory retirement age.
        Retirement = "retirement",
        /// Retiring earlier or later by choice.
        RetirementChoice = "retirement_choice",
        /// The least contribution time for a monthly pension.
        MinimumContribution = "minimum_contribution",
        /// The late fee on contributions paid late.
        LateFee = "late_fee",
        /// The base of an employer that did not declare, as a share of the month before.
        UndeclaredBase = "undeclared_base",
        /// The minimum wage, yuan.
        MinimumWage = "minimum_wage",
        /// The unemployment benefit, yuan a month.
        UnemploymentBenefit = "unemployment_benefit",
        /// For how many months the unemployment benefit is paid at most.
        UnemploymentBenefitMonths = "unemployment_benefit_months",
        /// Moving a pension relation to another province.
        Transfer = "transfer",
        /// The limits of the housing fund.
        HousingFund = "housing_fund",
    }
}

/// A document or page that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document number (文号), where it has one.
    pub number: Option<String>,
    /// What the document is called.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// The date on it.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// Where a figure comes from: the table block and its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The kind of block.
    pub kind: FigureKind,
    /// What singles the thing out: insurance, payer, category; empty where there is only one.
    pub key: Vec<String>,
    /// The region whose table it is.
    pub region: RegionId,
    /// How well it is known.
    pub status: Status,
    /// Whether it holds only until the final figure is published.
    pub provisional: bool,
    /// From when it is in force.
    pub from: Month,
    /// Until when, where the block says so.
    pub to: Option<Month>,
    /// The documents, the main one first.
    pub sources: Vec<Arc<Source>>,
    /// What else must be known about it.
    pub note: Option<Bilingual>,
    /// The block in its file, and the values in it.
    pub place: BlockPlace,
}

/// A value with its citation; without one, it was given by the user.
#[derive(Clone, Debug)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub citation: Option<Arc<Citation>>,
}

impl<T> Cited<T> {
    /// A value that the user gave.
    #[must_use]
    pub fn given(value: T) -> Self {
        Self { value, citation: None }
    }

    /// The citation with a status of its own.
    #[must_use]
    pub fn with_status(&self, status: Status) -> Option<Arc<Citation>> {
        self.citation.as_deref().map(|citation| Arc::new(Citation { status, ..citation.clone() }))
    }

    /// Another value resting on the same citation.
    #[must_use]
    pub fn with<U>(&self, value: U) -> Cited<U> {
        Cited { value, citation: self.citation.clone() }
    }
}

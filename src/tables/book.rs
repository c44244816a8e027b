//! The book of one region: what is in force, for whom, in which month, by which document.
//!
//! It is what the rest of the program asks: the names of the region and of its insurances, and the terms
//! that the rules are handed. `levels` finds each figure, `terms` puts figures together.

use std::sync::Arc;

use super::levels::{Level, Levels};
use super::names::read_names;
use super::source::{INSURANCES_FILE, REGION_FILE, Shelf};
use super::terms;
use crate::facts::{
    BaseLimits, Bilingual, Cited, Faults, Insurance, InsuranceNames, MonthTerms, Outcome, Payer, RegionId,
    ResidentTerms, Selection, TableFile, TierTerms,
};
use crate::units::{Date, Month, Rate};

/// The tables as they speak for one region.
#[derive(Debug)]
pub struct Book {
    name: Bilingual,
    insurances: Vec<InsuranceNames>,
    levels: Levels,
    /// Files read apart from years: names of regions and insurances.
    names: Vec<Arc<TableFile>>,
}

impl Book {
    /// The book of a region that the shelf has. With `known_on`, figures that were published after that day do not count.
    ///
    /// # Errors
    /// Every fault of the files of names, and a folder of tables that cannot be read. Years are read when they are
    /// asked for.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::{Book, Shelf};
    /// let region = RegionId::new("cn/shandong/weihai");
    /// let book = Book::open(Shelf::with_folders([]), &region, None).unwrap();
    /// assert_eq!(book.region_name().zh, "威海市");
    /// ```
    pub fn open(shelf: Shelf, region: &RegionId, known_on: Option<Date>) -> Outcome<Self> {
        let mut faults = Faults::default();
        let mut names = Vec::new();
        let mut insurances = Vec::new();
        for layer in 0..shelf.depth() {
            if let Some(Some(file)) = faults.keep(shelf.open(layer, INSURANCES_FILE)) {
                names.push(read_names(file, None, &mut insurances, &mut faults));
            }
        }
        let mut name = Bilingual { zh: region.last_part().to_owned(), en: region.last_part().to_owned() };
        let mut list = Vec::new();
        for level in region.levels() {
            let own = level == *region;
            for layer in 0..shelf.depth() {
                let path = format!("{level}/{REGION_FILE}");
                // The names of a wider region are read only for the insurances they may add.
                if !own && !shelf.may_hold(layer, &path, "insurance") {
                    continue;
                }
                if let Some(Some(file)) = faults.keep(shelf.open(layer, &path)) {
                    let before = insurances.clone();
                    let file = read_names(file, own.then_some(&mut name), &mut insurances, &mut faults);
                    if own || insurances != before {
                        names.push(file);
                    }
                }
            }
            list.extend(faults.keep(Level::open(&shelf, level)));
        }
        let levels = Levels { region: region.clone(), known_on, shelf, list };
        faults.or(Self { name, insurances, levels, names })
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &RegionId {
        &self.levels.region
    }

    /// What the region is called.
    #[must_use]
    pub fn region_name(&self) -> &Bilingual {
        &self.name
    }

    /// The insurances that the tables name, in the order of display.
    #[must_use]
    pub fn insurances(&self) -> &[InsuranceNames] {
        &self.insurances
    }

    /// The day up to which published figures count.
    #[must_use]
    pub fn known_on(&self) -> Option<Date> {
        self.levels.known_on
    }

    /// The files that held what was asked so far, in order of name.
    #[must_use]
    pub fn files_read(&self) -> Vec<Arc<TableFile>> {
        let mut files: Vec<Arc<TableFile>> = self.names.iter().chain(self.levels.files_read()).cloned().collect();
        files.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        files
    }

    /// The levels of the region: what is in force for any thing.
    pub(super) fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The terms of a month for what is asked.
    ///
    /// Without a choice of insurances, those that the tables have no rate for are left out and
    /// noted; with one, each must be answerable. Missing limits are always a fault.
    ///
    /// # Errors
    /// A `missing-figure` fault for limits, chosen insurances, risk classes or grades that the tables lack in the
    /// month, and every fault of the blocks that were read.
    ///
    /// ```
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let terms = book.month_terms("2019-05".parse().unwrap(), &Selection::default()).unwrap();
    /// // From May 2019 on employers pay 16 % for pensions (国办发〔2019〕13号).
    /// let pension = terms.insurances.iter().find(|terms| terms.insurance.code() == "pension").unwrap();
    /// assert_eq!(pension.rates.employer.value.percent(), "16%");
    /// ```
    pub fn month_terms(&self, month: Month, selection: &Selection) -> Outcome<MonthTerms> {
        terms::month_terms(&self.levels, &self.insurances, month, selection)
    }

    /// The insurances that any month could charge under this selection, in the order of display.
    ///
    /// # Errors
    /// Every fault of the blocks that were read.
    ///
    /// ```
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let charged = book.charged_insurances(&Selection::default()).unwrap();
    /// assert_eq!(charged[0].code(), "pension");
    /// ```
    pub fn charged_insurances(&self, selection: &Selection) -> Outcome<Vec<Insurance>> {
        terms::charged_insurances(&self.levels, &self.insurances, selection)
    }

    /// The months in which limits, rates, reductions or rounding can change, in order.
    ///
    /// # Errors
    /// Every fault of the blocks that were read.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let months = book.turning_months().unwrap();
    /// // Rates fell in May 2019 (国办发〔2019〕13号).
    /// assert!(months.contains(&"2019-05".parse().unwrap()));
    /// ```
    pub fn turning_months(&self) -> Outcome<Vec<Month>> {
        terms::turning_months(&self.levels)
    }

    /// Every pair of limits that the tables have for an insurance, whether in force or not.
    ///
    /// # Errors
    /// Every fault of the blocks that were read.
    ///
    /// ```
    /// use shebao::facts::{Insurance, Payer, RegionId};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let limits = book.limits_ever(&Insurance::new("pension"), Payer::Enterprise).unwrap();
    /// // The floor of 2025 (鲁人社字〔2025〕91号)
    /// assert!(limits.iter().any(|limits| limits.value.floor.to_string() == "4504.00"));
    /// ```
    pub fn limits_ever(&self, insurance: &Insurance, payer: Payer) -> Outcome<Vec<Cited<BaseLimits>>> {
        terms::limits_ever(&self.levels, insurance, payer)
    }

    /// How many risk classes a month has.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// // 人社部发〔2015〕71号 has eight.
    /// assert_eq!(book.injury_classes("2019-05".parse().unwrap()), 8);
    /// ```
    #[must_use]
    pub fn injury_classes(&self, month: Month) -> usize {
        terms::injury_classes(&self.levels, month)
    }

    /// The floating grades that a class may be put in.
    #[must_use]
    pub fn grades(&self, class: usize, month: Month) -> Vec<Rate> {
        terms::grades(&self.levels, class, month)
    }

    /// The names of every relief that the tables have by a month.
    ///
    /// # Errors
    /// Every fault of the blocks that were read.
    pub fn reliefs(&self, month: Month) -> Outcome<Vec<String>> {
        terms::reliefs(&self.levels, month)
    }

    /// What the resident pension of a month needs. Base pension and supplements that are missing are
    /// faults only for who draws them.
    ///
    /// # Errors
    /// A `missing-figure` fault for the age, the divisor or the other rules of the formula, and every fault of the
    /// blocks that were read.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let terms = book.resident_terms("2019-06".parse().unwrap(), None).unwrap();
    /// // 60 years and 139 months (国发〔2014〕8号)
    /// assert_eq!((terms.payable_age.value, terms.account_divisor.value), (60, 139.into()));
    /// ```
    pub fn resident_terms(&self, month: Month, category: Option<&str>) -> Outcome<ResidentTerms> {
        terms::resident_terms(&self.levels, month, category)
    }

    /// The tiers of a year, and the one that the government pays for a category.
    ///
    /// # Errors
    /// A `missing-figure` fault where the year has no tiers, and every fault of the blocks that were read.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None).unwrap();
    /// let terms = book.tier_terms(2019, None).unwrap();
    /// assert_eq!(terms.tiers.value[0].amount.to_string(), "300.00");
    /// ```
    pub fn tier_terms(&self, year: i32, category: Option<&str>) -> Outcome<TierTerms> {
        terms::tier_terms(&self.levels, year, category)
    }
}

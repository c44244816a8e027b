//! Names: languages, insurances, regions.
//!
//! An insurance and a region are codes; which of them exist, and what they are called, is for the tables to say. A
//! region's path is also the order in which the tables are asked: district, city, province, nation.

use std::fmt;
use std::sync::Arc;

/// The languages the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    Chinese,
    /// English
    English,
}

/// A text that the tables give in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Bilingual {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Chinese => &self.zh,
            Lang::English => &self.en,
        }
    }
}

/// The code of an insurance, such as `pension`. Which codes exist is for the tables to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Insurance(Arc<str>);

impl Insurance {
    /// The insurance whose rate depends on the risk class of the employer's trade.
    pub const INJURY: &'static str = "injury";

    /// An insurance by its code.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Insurance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an insurance is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsuranceNames {
    /// The insurance.
    pub insurance: Insurance,
    /// The short name: 养老, Pension.
    pub name: Bilingual,
    /// The full name: 基本养老保险, Basic pension insurance.
    pub full: Bilingual,
}

/// A region by its path in the tree, such as `cn/shandong/weihai/wendeng`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(Arc<str>);

impl RegionId {
    /// The region with this path.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The whole path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The last part of the path.
    #[must_use]
    pub fn last_part(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The wider region that this one lies in.
    #[must_use]
    pub fn wider(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(wider, _)| Self::new(wider))
    }

    /// The region itself and the wider ones, from the most specific to the widest.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// let levels: Vec<String> = RegionId::new("cn/shandong/weihai").levels().map(|level| level.to_string()).collect();
    /// assert_eq!(levels, ["cn/shandong/weihai", "cn/shandong", "cn"]);
    /// ```
    pub fn levels(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::wider)
    }
}

impl fmt::Display for RegionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_go_from_the_district_to_the_nation() {
        let region = RegionId::new("cn/shandong/weihai");
        let levels: Vec<String> = region.levels().map(|level| level.to_string()).collect();
        assert_eq!(levels, ["cn/shandong/weihai", "cn/shandong", "cn"]);
        assert_eq!(region.last_part(), "weihai");
    }
}

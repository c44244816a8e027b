//! `tables`: the figures themselves.

use schemars::JsonSchema;
use serde::Serialize;

use super::frame::Keyed;
use crate::facts::{RegionId, Status};
use crate::units::{JsonDate, Month};

/// `tables list`: what each region has.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiguresList {
    /// Each kind of figure that a region sets.
    pub figures: Vec<FigureBlocks>,
}

/// The blocks of one kind that one region sets.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureBlocks {
    /// The region.
    pub region: RegionId,
    /// What it is called.
    pub name: String,
    /// The kind of figure: "base_limits".
    pub figure: &'static str,
    /// How many blocks there are.
    pub blocks: usize,
    /// The first month of the first block.
    pub from: Month,
    /// The first month of the last block.
    pub last: Month,
}

/// `tables show`: what is in force.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiguresShow {
    /// The month.
    pub month: Month,
    /// The figures in force.
    pub figures: Vec<FigureResult>,
}

/// `tables history`: one figure through the years.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiguresHistory {
    /// The figure that was asked for: "contribution_rate.pension".
    pub figure: String,
    /// Its blocks, the first first.
    pub blocks: Vec<FigureResult>,
}

/// A block or a declared gap.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureResult {
    /// The figure: "contribution_rate.pension".
    pub figure: String,
    /// The region that sets it.
    pub region: RegionId,
    /// The first month in which it holds.
    pub from: Month,
    /// The last month in which it holds, where one is set.
    pub to: Option<Month>,
    /// The day on which it became known, where that is known.
    pub published: Option<JsonDate>,
    /// What the tables say.
    #[serde(flatten)]
    pub said: BlockOrGap,
}

/// What the tables say of a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum BlockOrGap {
    /// They have it.
    Block {
        /// Its values as the tables write them.
        values: Keyed<String>,
        /// How well it is supported.
        status: Status,
        /// Whether it holds only until the final figure is published.
        provisional: bool,
        /// The documents that it rests on.
        sources: Vec<String>,
        /// What is to be known of it.
        note: Option<String>,
    },
    /// They declare that they do not have it.
    Gap {
        /// Why.
        gap: String,
    },
}

/// `tables diff`: what differs between two months.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiguresDiff {
    /// The one month.
    pub before: Month,
    /// The other month.
    pub after: Month,
    /// The figures that differ.
    pub changes: Vec<FigureChange>,
}

/// A figure that differs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureChange {
    /// The figure.
    pub figure: String,
    /// Its values in the one month, on one line; null where it was not in force.
    pub before: Option<String>,
    /// Its values in the other month.
    pub after: Option<String>,
}

//! `check`: the summary, and one row explained.

use schemars::JsonSchema;
use serde::Serialize;

use super::frame::Keyed;
use crate::batch::RowStatus;
use crate::check::Part;
use crate::facts::{Insurance, Side};
use crate::units::{JsonSum, Money, Month};

/// The summary of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CheckSummary {
    /// The files, as they were named.
    pub files: Vec<String>,
    /// The number of rows below the headings.
    pub rows: u64,
    /// How many agree.
    pub ok: u64,
    /// How many do not.
    pub mismatch: u64,
    /// How many could not be read or answered.
    pub error: u64,
    /// How many are no persons.
    pub skipped: u64,
    /// The same by what they are: empty, heading, total, hidden, sample, section, signature.
    pub skipped_rows: Keyed<u64>,
    /// The row at which --fail-fast ended the run.
    pub stopped_at: Option<u64>,
    /// For each cause how many rows have it.
    pub causes: Keyed<u64>,
    /// How many amounts lay exactly on half a fen.
    pub ties: u64,
    /// The sums of each insurance and side.
    pub totals: Vec<SideSum>,
}

/// What was declared and what is due for one insurance and side, in all rows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SideSum {
    /// The insurance.
    pub insurance: Insurance,
    /// The side.
    pub side: Side,
    /// What was declared.
    pub declared: JsonSum,
    /// What is due.
    pub due: JsonSum,
    /// Declared less due.
    pub difference: JsonSum,
    /// What would be due if exact halves went to the even fen.
    pub due_half_even: JsonSum,
    /// What would be due if fractions of a fen were cut off.
    pub due_cut: JsonSum,
}

/// One row with its whole working.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RowResult {
    /// The file.
    pub file: String,
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// Its month.
    pub month: Option<Month>,
    /// How it came out.
    pub status: RowStatus,
    /// Why declared amounts differ, each code once.
    pub causes: Vec<&'static str>,
    /// The findings or faults in words.
    pub detail: String,
    /// The findings.
    pub findings: Vec<FindingResult>,
}

/// One declared amount that is not what is due.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingResult {
    /// The heading of its column.
    pub column: String,
    /// The insurance; none for a base or sum of all.
    pub insurance: Option<Insurance>,
    /// What of the insurance was declared.
    pub side: Part,
    /// What the cell says.
    pub declared: Money,
    /// What is due.
    pub due: Money,
    /// Declared less due.
    pub difference: Money,
    /// Why it differs; several codes are joined by ";".
    pub cause: String,
    /// The lines of the tables that say otherwise.
    pub tables: Vec<TableLine>,
}

/// A line of a table.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TableLine {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

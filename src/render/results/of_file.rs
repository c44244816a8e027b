//! A calculator over a file, and the rows that `check` and the calculators add columns to.
//!
//! Rows are written cell by cell as they come ([`crate::render::JsonRows`]), so the structs of rows only describe
//! them; blank cells are null in a document and left out in JSON lines. A row begins with the columns of the file under their headings, each a text, or with `row`, `employee_id`
//! and `month` where only the result was asked for.

use schemars::JsonSchema;
use serde::Serialize;

use super::frame::{Closing, Opening};
use crate::batch::RowStatus;
use crate::units::{JsonDate, JsonSum, Money, Month};

/// A calculator over a file.
#[derive(Clone, Debug, JsonSchema)]
pub struct FileResult<R> {
    /// What comes first.
    #[schemars(flatten)]
    pub opening: Opening,
    /// Each row of the file, in its order.
    pub results: Vec<R>,
    /// What is known once all rows are worked.
    #[schemars(flatten)]
    pub ending: FileEnding,
}

/// The keys that follow the rows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FileEnding {
    /// The number of rows.
    pub rows: u64,
    /// How many of them were worked.
    pub ok: u64,
    /// How many could not be.
    pub error: u64,
    /// How many are no persons.
    pub skipped: u64,
    /// Those who draw a pension, by age supplement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<Vec<BandResult>>,
    /// What comes last.
    #[serde(flatten)]
    pub closing: Closing,
}

/// Those who draw one age supplement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BandResult {
    /// The age from which it is paid; 0 for those who draw none.
    pub age: i16,
    /// How many they are.
    pub people: u64,
    /// What they draw together.
    pub total: JsonSum,
}

/// What the columns of the file hold.
fn other_columns() -> serde_json::Value {
    serde_json::json!({ "type": ["string", "null"], "description": "The columns of the file, under their headings." })
}

/// What stands around the added columns of a row.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(extend("required" = ["status"]))]
pub struct RowFrame {
    /// The file, where several are worked in one run.
    pub file: Option<String>,
    /// The row as a spreadsheet shows it, with --result-only.
    pub row: Option<u64>,
    /// The identity number as it stands in the file, with --result-only.
    pub employee_id: Option<String>,
    /// The month as it stands in the file, with --result-only.
    pub month: Option<String>,
    /// How the row came out.
    pub status: RowStatus,
    /// What is to be said of it: faults or findings.
    pub detail: Option<String>,
}

/// A row of `contrib --file`. A heading of the file that is one of these names keeps it, and the added column is
/// numbered: "total (2)".
#[derive(Clone, Debug, JsonSchema)]
#[schemars(extend("required" = ["status"], "additionalProperties" = other_columns(), "patternProperties" = {
    "^[a-z-]+_(base|employer|employee)$": {
        "type": ["string", "null"],
        "description": "For each insurance its contribution base and what each side pays, yuan with two decimals."
    }
}))]
pub struct ContribRow {
    /// What the employer pays.
    pub employer_total: Option<Money>,
    /// What the employee pays.
    pub employee_total: Option<Money>,
    /// What both pay.
    pub total: Option<Money>,
    /// What stands around these columns.
    #[schemars(flatten)]
    pub frame: RowFrame,
}

/// A row of `resident-pension --file`. A heading of the file that is one of these names keeps it, and the added column is
/// numbered: "total (2)".
#[derive(Clone, Debug, JsonSchema)]
#[schemars(extend("required" = ["status"], "additionalProperties" = other_columns()))]
pub struct ResidentPensionRow {
    /// The birth date.
    pub pension_birth: Option<JsonDate>,
    /// Completed years at the end of the month.
    pub age: Option<i16>,
    /// The first month that is paid.
    pub payable_from: Option<Month>,
    /// Whether the month is paid.
    pub payable: Option<bool>,
    /// The base pension, where the month is paid.
    pub base_pension: Option<Money>,
    /// The age supplement, where the month is paid.
    pub age_supplement: Option<Money>,
    /// The years supplement, where the month is paid and the years were given.
    pub years_supplement: Option<Money>,
    /// The account pension, where the month is paid and the balance was given.
    pub account_pension: Option<Money>,
    /// The sum of these; "0.00" where the month is not paid.
    pub total: Option<Money>,
    /// What stands around these columns.
    #[schemars(flatten)]
    pub frame: RowFrame,
}

/// A row of `resident-contrib --file`. A heading of the file that is one of these names keeps it, and the added column is
/// numbered: "total (2)".
#[derive(Clone, Debug, JsonSchema)]
#[schemars(extend("required" = ["status"], "additionalProperties" = other_columns()))]
pub struct ResidentContribRow {
    /// What the person pays.
    pub paid_by_person: Option<Money>,
    /// What the government pays in the person's place.
    pub paid_by_government: Option<Money>,
    /// What the government adds.
    pub subsidy: Option<Money>,
    /// The sum for one person.
    pub per_person: Option<Money>,
    /// The sum for all people of the row.
    pub total: Option<Money>,
    /// What stands around these columns.
    #[schemars(flatten)]
    pub frame: RowFrame,
}

/// A row of `check`. A heading of the file that is one of these names keeps it, and the added column is
/// numbered: "total (2)".
#[derive(Clone, Debug, JsonSchema)]
#[schemars(extend("required" = ["status"], "additionalProperties" = other_columns(), "patternProperties" = {
    "^([a-z-]+_)?(base|employer|employee)_due$": {
        "type": ["string", "null"],
        "description": "What is due for each insurance with a declared column, yuan with two decimals."
    }
}))]
pub struct CheckRow {
    /// The insurance, in files with a row for each.
    pub insurance: Option<String>,
    /// Why declared amounts differ; several codes are joined by ";".
    pub cause: Option<String>,
    /// What stands around these columns.
    #[schemars(flatten)]
    pub frame: RowFrame,
}

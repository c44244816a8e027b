//! `inspect`: how a file is understood.

use schemars::JsonSchema;
use serde::Serialize;

use super::frame::Keyed;
use crate::facts::{Insurance, Side};
use crate::files::{Container, Encoding};
use crate::payroll::{BaseSource, NoPayroll, Shape, Why};

/// How a file is understood, before anything is computed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InspectResult {
    /// The file.
    pub file: String,
    /// What it is, by its content.
    pub container: Container,
    /// How it writes text.
    pub encoding: Encoding,
    /// The sheet that lists persons, where sheets have names.
    pub sheet: Option<String>,
    /// The other sheets.
    pub other_sheets: Vec<OtherSheetResult>,
    /// The first and the last heading row.
    pub heading_rows: [u64; 2],
    /// What a row is about.
    pub shape: Shape,
    /// The insurance of all rows, where no column says it.
    pub insurance: Option<InsuranceOfAll>,
    /// Where the month of the rows comes from.
    pub month: Option<MonthOfAll>,
    /// What bases rest on, where the file can be checked.
    pub base_from: Option<BaseSource>,
    /// The columns.
    pub columns: Vec<ColumnResult>,
    /// The printed sums that can be checked.
    pub sums: Vec<SumResult>,
    /// The rows above the persons that are no headings.
    pub rows_above: Vec<RowAsRead>,
    /// The number of rows below the headings.
    pub rows: u64,
    /// The first rows below the headings that are no persons.
    pub no_persons: Vec<RowAsRead>,
    /// How many rows are no persons, by what they are.
    pub no_person_rows: Keyed<u64>,
    /// What stands in the way of a check.
    pub questions: Vec<QuestionResult>,
}

/// A sheet that is not read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OtherSheetResult {
    /// Its name.
    pub name: String,
    /// Why it is not read.
    pub what: NoPayroll,
}

/// The insurance of all rows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InsuranceOfAll {
    /// Its code.
    pub code: Insurance,
    /// The side, where one is said.
    pub side: Option<Side>,
    /// Where it was found: label, title, sheet-name, file-name, layout.
    pub from: &'static str,
    /// The row it stands in.
    pub row: Option<u64>,
}

/// Where the month of the rows comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthOfAll {
    /// Where: given, column, label, title, sheet-name, file-name, layout.
    pub from: &'static str,
    /// The month, where all rows have the same.
    pub month: Option<String>,
    /// The heading of the column, or the row as text.
    pub place: Option<String>,
}

/// A column.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ColumnResult {
    /// Its place, from 1.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// What it means, as --column names it.
    pub meaning: Option<String>,
    /// Why it means that.
    pub why: Option<Why>,
    /// Why it is known and no part of a check.
    pub left_out: Option<&'static str>,
    /// The insurance, where it is open whose share the column holds.
    pub unsettled: Option<Insurance>,
}

/// A printed sum.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SumResult {
    /// The heading of its column.
    pub heading: String,
    /// The columns that it adds up.
    pub parts: Vec<SumPart>,
}

/// A column that a printed sum adds or takes off.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SumPart {
    /// Its heading.
    pub heading: String,
    /// "+" or "-".
    pub sign: &'static str,
}

/// A row that is no person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RowAsRead {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// What it is.
    pub what: &'static str,
    /// What stands in it.
    pub text: String,
}

/// What the user is asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionResult {
    /// The code of the fault that a check would meet.
    pub code: &'static str,
    /// The same in words.
    pub message: String,
    /// How it is settled.
    pub help: String,
}

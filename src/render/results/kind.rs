//! The list of results, and the JSON Schema of each.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::of_file::{CheckRow, ContribRow, FileResult, ResidentContribRow, ResidentPensionRow};
use super::{
    CheckSummary, ContribResult, FiguresDiff, FiguresHistory, FiguresList, FiguresShow, Framed, InspectResult,
    ResidentContribResult, ResidentPensionResult, RowResult,
};
use crate::check::FindingLine;
use crate::facts::Lang;
use crate::render::{json_text, words};

/// A result that programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultKind {
    /// `contrib`.
    Contrib,
    /// `contrib --file`.
    ContribFile,
    /// A row of it, as in `-o FILE.jsonl`.
    ContribRow,
    /// `resident-pension`.
    ResidentPension,
    /// `resident-pension --file`.
    ResidentPensionFile,
    /// A row of it.
    ResidentPensionRow,
    /// `resident-contrib`.
    ResidentContrib,
    /// `resident-contrib --file`.
    ResidentContribFile,
    /// A row of it.
    ResidentContribRow,
    /// A row of `check -o FILE.jsonl`.
    CheckRow,
    /// `check --summary`.
    CheckSummary,
    /// A line of `check --findings FILE.jsonl`.
    CheckFinding,
    /// `check --explain-row`.
    CheckExplainRow,
    /// `inspect`.
    Inspect,
    /// `tables list`.
    TablesList,
    /// `tables show`.
    TablesShow,
    /// `tables history`.
    TablesHistory,
    /// `tables diff`.
    TablesDiff,
    /// `schema` without a name.
    Schema,
}

/// The results that `schema` knows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KindsResult {
    /// Each of them.
    pub results: Vec<KindResult>,
}

/// A result that `schema` knows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KindResult {
    /// Its name, as `schema` takes it.
    pub result: &'static str,
    /// What gives it.
    pub about: &'static str,
}

impl ResultKind {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Contrib,
        Self::ContribFile,
        Self::ContribRow,
        Self::ResidentPension,
        Self::ResidentPensionFile,
        Self::ResidentPensionRow,
        Self::ResidentContrib,
        Self::ResidentContribFile,
        Self::ResidentContribRow,
        Self::CheckRow,
        Self::CheckSummary,
        Self::CheckFinding,
        Self::CheckExplainRow,
        Self::Inspect,
        Self::TablesList,
        Self::TablesShow,
        Self::TablesHistory,
        Self::TablesDiff,
        Self::Schema,
    ];

    /// Its name, as `schema` takes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Contrib => "contrib",
            Self::ContribFile => "contrib-file",
            Self::ContribRow => "contrib-row",
            Self::ResidentPension => "resident-pension",
            Self::ResidentPensionFile => "resident-pension-file",
            Self::ResidentPensionRow => "resident-pension-row",
            Self::ResidentContrib => "resident-contrib",
            Self::ResidentContribFile => "resident-contrib-file",
            Self::ResidentContribRow => "resident-contrib-row",
            Self::CheckRow => "check-row",
            Self::CheckSummary => "check-summary",
            Self::CheckFinding => "check-finding",
            Self::CheckExplainRow => "check-explain-row",
            Self::Inspect => "inspect",
            Self::TablesList => "tables-list",
            Self::TablesShow => "tables-show",
            Self::TablesHistory => "tables-history",
            Self::TablesDiff => "tables-diff",
            Self::Schema => "schema",
        }
    }

    /// What gives it, in words.
    #[must_use]
    pub fn about(self, lang: Lang) -> &'static str {
        words::speaker(lang).help(&format!("schema#{}", self.code()))
    }

    /// Its JSON Schema as text. It is the same in every language.
    ///
    /// ```
    /// use shebao::render::results::ResultKind;
    ///
    /// let schema: serde_json::Value = serde_json::from_str(&ResultKind::ResidentPension.schema()).unwrap();
    /// assert_eq!(schema["$defs"]["PensionMonth"]["properties"]["payable"]["type"], "boolean");
    /// ```
    #[must_use]
    pub fn schema(self) -> String {
        match self {
            Self::Contrib => self.schema_of::<Framed<ContribResult>>(),
            Self::ContribFile => self.schema_of::<FileResult<ContribRow>>(),
            Self::ContribRow => self.schema_of::<ContribRow>(),
            Self::ResidentPension => self.schema_of::<Framed<ResidentPensionResult>>(),
            Self::ResidentPensionFile => self.schema_of::<FileResult<ResidentPensionRow>>(),
            Self::ResidentPensionRow => self.schema_of::<ResidentPensionRow>(),
            Self::ResidentContrib => self.schema_of::<Framed<ResidentContribResult>>(),
            Self::ResidentContribFile => self.schema_of::<FileResult<ResidentContribRow>>(),
            Self::ResidentContribRow => self.schema_of::<ResidentContribRow>(),
            Self::CheckRow => self.schema_of::<CheckRow>(),
            Self::CheckSummary => self.schema_of::<Framed<CheckSummary>>(),
            Self::CheckFinding => self.schema_of::<FindingLine<'_>>(),
            Self::CheckExplainRow => self.schema_of::<Framed<RowResult>>(),
            Self::Inspect => self.schema_of::<Framed<InspectResult>>(),
            Self::TablesList => self.schema_of::<Framed<FiguresList>>(),
            Self::TablesShow => self.schema_of::<Framed<FiguresShow>>(),
            Self::TablesHistory => self.schema_of::<Framed<FiguresHistory>>(),
            Self::TablesDiff => self.schema_of::<Framed<FiguresDiff>>(),
            Self::Schema => self.schema_of::<Framed<KindsResult>>(),
        }
    }

    fn schema_of<T: JsonSchema>(self) -> String {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let mut schema = settings.into_generator().into_root_schema_for::<T>();
        RecursiveTransform(without_widths).transform(&mut schema);
        schema.insert("title".to_owned(), format!("shebao {}", self.code()).into());
        let about = schema.get("description").and_then(|about| about.as_str()).unwrap_or_default();
        let about = format!("{}\n\n{about}", self.about(Lang::English));
        schema.insert("description".to_owned(), about.into());
        format!("{}\n", json_text(&schema))
    }
}

/// Leaves out how wide a whole number is in this program: that is no part of the contract.
fn without_widths(schema: &mut Schema) {
    let is_width = |format: &str| format.starts_with("int") || format.starts_with("uint");
    if schema.get("format").and_then(|format| format.as_str()).is_some_and(is_width) {
        schema.remove("format");
        schema.remove("maximum");
        if schema.get("minimum").is_some_and(|least| least != 0) {
            schema.remove("minimum");
        }
    }
}

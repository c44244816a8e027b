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

/// The list of results: the variant, the name that `schema` takes, the struct.
macro_rules! results {
    ($kind:ident: $($variant:ident $code:literal $result:ty,)+) => {
        /// A result that programs read. Its words stand in the help texts, as `schema#NAME`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind {
            $(#[doc = concat!("`", $code, "`")] $variant,)+
        }

        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name, as `schema` takes it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What gives it, in words.
            #[must_use]
            pub fn about(self, lang: Lang) -> &'static str {
                // A test checks that every result has its words.
                words::speaker(lang).help(&format!("schema#{}", self.code())).unwrap_or_default()
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
                    $(Self::$variant => schema_of::<$result>($code, self.about(Lang::English)),)+
                }
            }
        }
    };
}

results! {
    ResultKind:
    Contrib "contrib" Framed<ContribResult>,
    ContribFile "contrib-file" FileResult<ContribRow>,
    ContribRow "contrib-row" ContribRow,
    ResidentPension "resident-pension" Framed<ResidentPensionResult>,
    ResidentPensionFile "resident-pension-file" FileResult<ResidentPensionRow>,
    ResidentPensionRow "resident-pension-row" ResidentPensionRow,
    ResidentContrib "resident-contrib" Framed<ResidentContribResult>,
    ResidentContribFile "resident-contrib-file" FileResult<ResidentContribRow>,
    ResidentContribRow "resident-contrib-row" ResidentContribRow,
    CheckRow "check-row" CheckRow,
    CheckSummary "check-summary" Framed<CheckSummary>,
    CheckFinding "check-finding" FindingLine<'_>,
    CheckExplainRow "check-explain-row" Framed<RowResult>,
    Inspect "inspect" Framed<InspectResult>,
    TablesList "tables-list" Framed<FiguresList>,
    TablesShow "tables-show" Framed<FiguresShow>,
    TablesHistory "tables-history" Framed<FiguresHistory>,
    TablesDiff "tables-diff" Framed<FiguresDiff>,
    Schema "schema" Framed<KindsResult>,
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

fn schema_of<T: JsonSchema>(code: &str, about: &str) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(without_widths).transform(&mut schema);
    schema.insert("title".to_owned(), format!("shebao {code}").into());
    let what = schema.get("description").and_then(|what| what.as_str()).unwrap_or_default();
    let description = format!("{about}\n\n{what}");
    schema.insert("description".to_owned(), description.into());
    format!("{}\n", json_text(&schema))
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

//! What all results carry: the command, the region, notes, the tables, steps.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::facts::{RegionId, Value};

/// A result between the keys that all results carry.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct Framed<R> {
    /// What comes first.
    #[serde(flatten)]
    pub opening: Opening,
    /// The result.
    #[serde(flatten)]
    pub result: R,
    /// What comes last.
    #[serde(flatten)]
    pub closing: Closing,
}

/// The keys that begin a result.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct Opening {
    /// The command that gave the result: "contrib".
    pub command: &'static str,
    /// The region whose tables were asked.
    pub region: RegionId,
}

/// The keys that end a result.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct Closing {
    /// What the reader of the result must know; changes no amount.
    pub notes: Vec<NoteResult>,
    /// The tables that were read.
    pub tables: TablesRead,
    /// The steps of the explanation, with --explain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepResult>>,
}

/// A note.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct NoteResult {
    /// The code, which never changes with the language: "derived-figure".
    pub code: &'static str,
    /// The note in words.
    pub message: String,
}

/// The tables that were read.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct TablesRead {
    /// A digest over the names and texts of their files.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// A step of an explanation.
#[derive(Clone, Debug, serde::Serialize, JsonSchema)]
pub struct StepResult {
    /// What the step gives, in words.
    pub label: String,
    /// The step written out with its numbers.
    pub formula: String,
    /// What it gives.
    pub value: Value,
    /// The documents that its figures rest on.
    pub source: Option<String>,
}

/// Values by names that are not known beforehand, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyed<T>(Vec<(String, T)>);

impl<K: Into<String>, T> FromIterator<(K, T)> for Keyed<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}_by_name", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

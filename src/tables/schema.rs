//! The JSON Schema of a year's file, made from the list of kinds that the reader uses.
//!
//! So the schema cannot differ from what is read; `docs/rates.schema.json` is its printed form, which CI holds
//! against it.

use serde_json::{Map, Value, json};

use super::kinds;
use super::reader::object;

/// The schema of a year's file (`rates/**/YYYY.toml`).
///
/// ```
/// let schema = shebao::tables::schema::year_file();
/// assert_eq!(schema["properties"]["base_limits"]["items"]["properties"]["floor"]["examples"][0], "3269.15");
/// ```
#[must_use]
pub fn year_file() -> Value {
    let (head, gap) = kinds::common_schemas();
    let mut properties = Map::new();
    let source = object(&[
        ("number", json!({ "type": "string" }), false),
        ("title", json!({ "type": "string" }), true),
        ("issuer", json!({ "type": "string" }), true),
        ("date", json!({ "type": "string", "format": "date" }), false),
        ("url", json!({ "type": "string" }), false),
    ]);
    properties.insert("sources".into(), json!({ "type": "object", "additionalProperties": source }));
    for (name, description, fields) in kinds::schemas() {
        let mut all = head.clone();
        for (field, schema, required, text) in fields {
            let mut schema = schema;
            if let Some(object) = schema.as_object_mut() {
                object.insert("description".into(), text.into());
            }
            all.push((field, schema, required));
        }
        let mut items = object(&all);
        if let Some(object) = items.as_object_mut() {
            object.insert("description".into(), description.into());
        }
        properties.insert(name.into(), json!({ "type": "array", "items": items }));
    }
    properties.insert("gap".into(), json!({ "type": "array", "items": object(&gap) }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shebao rates",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

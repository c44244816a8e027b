//! Holds a JSON value against a JSON Schema: the keywords that the program's own schemas use, and no others.

use std::collections::BTreeSet;

use serde_json::Value;

/// Whether a text is of some kind.
type Fits = fn(&str) -> bool;

/// Patterns with what they stand for: the validator has no regular expressions.
const PATTERNS: &[(&str, Fits)] = &[
    (r"^-?[0-9]+\.[0-9]{2}$", |text| {
        let (whole, cents) = text.strip_prefix('-').unwrap_or(text).split_once('.').unwrap_or_default();
        digits(whole) && digits(cents) && cents.len() == 2
    }),
    (r"^-?[0-9]+(\.[0-9]+)?$", |text| text.strip_prefix('-').unwrap_or(text).splitn(2, '.').all(digits)),
    ("^[0-9]{4}-[0-9]{2}$", |text| dashed(text, &[4, 2])),
    ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", |text| dashed(text, &[4, 2, 2])),
    ("^[0-9a-f]{64}$", |text| text.len() == 64 && text.chars().all(|one| matches!(one, '0'..='9' | 'a'..='f'))),
    ("^[a-z-]+_(base|employer|employee)$", |text| ends(text, &["_base", "_employer", "_employee"])),
    ("^([a-z-]+_)?(base|employer|employee)_due$", |text| ends(text, &["base_due", "employer_due", "employee_due"])),
];

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn dashed(text: &str, lengths: &[usize]) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| digits(part) && part.len() == *length)
}

fn ends(text: &str, endings: &[&str]) -> bool {
    text.is_ascii() && endings.iter().any(|ending| text.ends_with(ending))
}

fn fits(pattern: &Value, text: &str) -> bool {
    let known = PATTERNS.iter().find(|(known, _)| *known == pattern.as_str().unwrap());
    known.unwrap_or_else(|| panic!("a pattern that the validator does not know: {pattern}")).1(text)
}

/// What is wrong with a value, each with its place. A key that the schema does not name is wrong as well: the
/// contract lists every key.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Check { root: schema }.value(schema, value, "", &mut faults);
    faults
}

struct Check<'a> {
    root: &'a Value,
}

impl<'a> Check<'a> {
    fn of_reference(&self, reference: &Value) -> &'a Value {
        self.root.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap()
    }

    fn value(&self, schema: &'a Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        self.shape(schema, value, at, faults);
        if let Value::Object(object) = value {
            let known = self.keys(schema, value);
            let open = self.is_open(schema);
            faults.extend(
                object.keys().filter(|key| !open && !known.contains(*key)).map(|key| format!("{at}/{key}: unnamed")),
            );
        }
    }

    /// Whether an object may have further keys.
    fn is_open(&self, schema: &'a Value) -> bool {
        let referred = schema.get("$ref").map(|reference| self.of_reference(reference));
        let any = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        schema.get("additionalProperties").is_some() || referred.into_iter().chain(any).any(|one| self.is_open(one))
    }

    /// The keys that a schema names for an object, in those of its alternatives that fit.
    fn keys(&self, schema: &'a Value, value: &Value) -> BTreeSet<String> {
        let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let mut keys: BTreeSet<String> = own.map(|(key, _)| key.clone()).collect();
        let referred = schema.get("$ref").map(|reference| self.of_reference(reference));
        let any = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        for one in referred.into_iter().chain(any.filter(|one| self.fits(one, value))) {
            keys.extend(self.keys(one, value));
        }
        keys
    }

    fn fits(&self, schema: &'a Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.shape(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn shape(&self, schema: &'a Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let mut wrong = |what: String| faults.push(format!("{at}: {value} {what}"));
        for (keyword, wanted) in schema.as_object().unwrap() {
            match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "patternProperties" | "additionalProperties" => {}
                "type" => {
                    let types = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                    if !types.iter().any(|one| is_of(one.as_str().unwrap(), value)) {
                        wrong(format!("is not {wanted}"));
                    }
                }
                "enum" if wanted.as_array().unwrap().contains(value) => {}
                "enum" => wrong(format!("is none of {wanted}")),
                "pattern" if value.as_str().is_none_or(|text| fits(wanted, text)) => {}
                "pattern" => wrong(format!("is not like {wanted}")),
                "minimum" if value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap()) => {}
                "minItems"
                    if value
                        .as_array()
                        .is_none_or(|all| u64::try_from(all.len()).unwrap() >= wanted.as_u64().unwrap()) => {}
                "maxItems"
                    if value
                        .as_array()
                        .is_none_or(|all| u64::try_from(all.len()).unwrap() <= wanted.as_u64().unwrap()) => {}
                "minimum" | "minItems" | "maxItems" => wrong(format!("is outside {keyword} {wanted}")),
                "required" => {
                    let keys = wanted.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                    keys.filter(|key| value.is_object() && value.get(key).is_none())
                        .for_each(|key| wrong(format!("lacks {key}")));
                }
                "anyOf" if wanted.as_array().unwrap().iter().any(|one| self.fits(one, value)) => {}
                "anyOf" => wrong("fits no alternative".to_owned()),
                "$ref" | "properties" | "items" => {}
                other => panic!("a keyword that the validator does not know: {other}"),
            }
        }
        self.parts(schema, value, at, faults);
    }

    /// What lies below a value.
    fn parts(&self, schema: &'a Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        if let Some(reference) = schema.get("$ref") {
            self.shape(self.of_reference(reference), value, at, faults);
        }
        if let (Some(items), Value::Array(all)) = (schema.get("items"), value) {
            for (nth, one) in all.iter().enumerate() {
                self.value(items, one, &format!("{at}/{nth}"), faults);
            }
        }
        let Value::Object(object) = value else { return };
        for (key, one) in object {
            let at = format!("{at}/{key}");
            let named = schema.get("properties").and_then(|properties| properties.get(key));
            let alike = schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let alike: Vec<&Value> =
                alike.filter(|(pattern, _)| fits(&Value::from(pattern.as_str()), key)).map(|(_, one)| one).collect();
            for part in named.into_iter().chain(alike.iter().copied()) {
                self.value(part, one, &at, faults);
            }
            if let (None, true, Some(other)) = (named, alike.is_empty(), schema.get("additionalProperties")) {
                self.value(other, one, &at, faults);
            }
        }
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("a type that the validator does not know: {other}"),
    }
}

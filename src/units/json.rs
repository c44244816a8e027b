//! How values are written in JSON: as text, so that no reader turns an amount into a floating-point number.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Date, Money, Month, Rate, write_fen};

/// A date as a text of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonDate(pub Date);

/// A sum of amounts in fen, which may be wider than one amount, as a text of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonSum(pub i128);

impl fmt::Display for JsonDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for JsonSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fen(f, self.0)
    }
}

/// A type that JSON writes as the text it displays as: its name, pattern and description in schemas.
macro_rules! written_as_text {
    ($type:ty, $name:literal, $pattern:literal, $about:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $about })
            }
        }
    };
}

written_as_text!(Money, "Money", r"^-?[0-9]+\.[0-9]{2}$", "An amount in yuan, with two decimals: \"800.00\".");
written_as_text!(JsonSum, "Sum", r"^-?[0-9]+\.[0-9]{2}$", "A sum in yuan, with two decimals: \"1204310.22\".");
written_as_text!(Rate, "Rate", r"^-?[0-9]+(\.[0-9]+)?$", "A rate as a fraction: \"1\" is 100 %.");
written_as_text!(Month, "Month", "^[0-9]{4}-[0-9]{2}$", "A month: \"2019-05\".");
written_as_text!(JsonDate, "Date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A date: \"1954-05-15\".");

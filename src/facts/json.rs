//! How facts are written in JSON: by their codes, which never change with the language.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Insurance, Limit, RegionId, Side, Status, Value};

/// An enum of codes that JSON writes as its code; the schema lists every one.
macro_rules! written_as_code {
    ($type:ty, $name:literal, $about:literal $(,)?) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let codes = Self::ALL.map(Self::code);
                schemars::json_schema!({ "type": "string", "enum": codes, "description": $about })
            }
        }
    };
}
pub(crate) use written_as_code;

written_as_code!(Side, "Side", "Whose share it is.");
written_as_code!(Limit, "Limit", "Which limit moved the base.");
written_as_code!(Status, "FigureStatus", "How well a figure is supported.");

impl Serialize for Insurance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl JsonSchema for Insurance {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Insurance".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "The code of an insurance: \"pension\"." })
    }
}

impl Serialize for RegionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl JsonSchema for RegionId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Region".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "The path of a region: \"cn/shandong/weihai/wendeng\"." })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_i64(*count),
            Self::Money(money) => serializer.collect_str(money),
            Self::Rate(rate) => serializer.collect_str(rate),
            Self::Number(number) => serializer.collect_str(number),
            Self::Month(month) => serializer.collect_str(month),
            Self::Date(date) => serializer.collect_str(date),
        }
    }
}

impl JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "integer"],
            "description": "An amount, rate, month or date as text; a number of years, months or people as a number.",
        })
    }
}

//! The types that fields can have: for each its grammar, its schema, how it is shown.

use std::ops::Range;

use super::{Field, Fields, Found, Reader, items_of};
use crate::facts::{Bilingual, Insurance, Kind, ValueType};
use crate::units::{Date, Decimal, Money, Month, Rate};

/// A field whose value is a text of one grammar.
macro_rules! text_field {
    ($type:ty, $expected:expr, $pattern:literal, $example:literal, |$text:ident| $parse:expr, $fault:expr, |$value:ident| $show:expr, |$number:ident| $as_number:expr) => {
        impl Field for $type {
            fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
                let $text = reader.text(key, $expected, found)?;
                let value = $parse;
                if value.is_none() {
                    let fault: fn(String) -> Kind = $fault;
                    reader.fault(fault($text.to_owned()), found.span());
                }
                value
            }

            fn schema() -> serde_json::Value {
                serde_json::json!({ "type": "string", "pattern": $pattern, "examples": [$example] })
            }

            fn show(&self) -> String {
                let $value = self;
                $show
            }

            fn figure(&self) -> Option<Decimal> {
                let $number = self;
                $as_number
            }
        }
    };
}

text_field!(
    Money,
    ValueType::Money,
    r"^[0-9]{1,12}(\.[0-9]{1,2})?$",
    "3269.15",
    |text| text.parse().ok(),
    |text| Kind::TableMoney { text },
    |value| value.to_string(),
    |value| Some(Decimal::new(value.fen(), 2))
);
text_field!(
    Rate,
    ValueType::Rate,
    r"^[0-9]{1,4}(\.[0-9]{1,7})?%$",
    "0.7%",
    |text| Rate::from_percent(text),
    |text| Kind::TableRate { text },
    |value| value.percent(),
    |value| Some(Decimal::new(value.billionths(), 9))
);
text_field!(
    Month,
    ValueType::Month,
    r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    "2019-05",
    |text| text.parse().ok(),
    |text| Kind::TableMonth { text },
    |value| value.to_string(),
    |_value| None
);

impl Field for String {
    const WRITTEN: bool = true;

    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        reader.text(key, ValueType::Text, found).map(str::to_owned)
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "string", "minLength": 1 })
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl Field for Insurance {
    const WRITTEN: bool = true;

    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        reader.text(key, ValueType::Text, found).map(Self::new)
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "string", "examples": ["pension"] })
    }

    fn show(&self) -> String {
        self.code().to_owned()
    }
}

impl Field for bool {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let value = found.get_ref().as_bool();
        if value.is_none() {
            reader.mismatch(key, ValueType::Boolean, found);
        }
        value
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "boolean" })
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Field for i64 {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let Some(integer) = found.get_ref().as_integer() else {
            reader.mismatch(key, ValueType::Integer, found);
            return None;
        };
        let (least, most) = (0, 100_000);
        let value =
            Self::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|value| (least..=most).contains(value));
        if value.is_none() {
            reader.fault(Kind::OutOfRange { key: key.to_owned(), least, most }, found.span());
        }
        value
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "integer", "minimum": 0, "maximum": 100_000 })
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn figure(&self) -> Option<Decimal> {
        Some((*self).into())
    }
}

impl Field for Decimal {
    /// A quoted decimal or a bare integer.
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let text = match found.get_ref().as_integer().filter(|integer| integer.radix() == 10) {
            Some(integer) => integer.as_str(),
            None => reader.text(key, ValueType::Number, found)?,
        };
        let plain = text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value = if plain { Self::from_str_exact(text).ok() } else { None };
        if value.is_none() {
            reader.fault(Kind::TableNumber { text: text.to_owned() }, found.span());
        }
        value
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": ["string", "integer"], "examples": ["65383", 139] })
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn figure(&self) -> Option<Decimal> {
        Some(*self)
    }
}

impl Field for Date {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let date = found.get_ref().as_datetime().filter(|value| value.time.is_none()).and_then(|value| value.date);
        let date = date.and_then(|date| {
            Self::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()
        });
        if date.is_none() {
            reader.mismatch(key, ValueType::Date, found);
        }
        date
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "string", "format": "date" })
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<T: Field> Field for Option<T> {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        T::read(reader, key, found).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema() -> serde_json::Value {
        T::schema()
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(String::new, T::show)
    }

    fn figure(&self) -> Option<Decimal> {
        self.as_ref().and_then(T::figure)
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let Some(items) = found.get_ref().as_array() else {
            reader.mismatch(key, ValueType::List, found);
            return None;
        };
        let read: Vec<Option<T>> = items.iter().map(|item| T::read(reader, key, item)).collect();
        read.into_iter().collect()
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "array", "items": T::schema() })
    }

    fn show(&self) -> String {
        let items: Vec<String> = self.iter().map(T::show).collect();
        items.join(", ")
    }
}

/// One or several texts: a single one may stand without brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMore(pub Vec<(String, Range<usize>)>);

impl Field for OneOrMore {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let read: Vec<Option<(String, Range<usize>)>> = items_of(found)
            .into_iter()
            .map(|item| Some((reader.text(key, ValueType::Text, item)?.to_owned(), item.span())))
            .collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(Self)
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }] })
    }

    fn show(&self) -> String {
        let items: Vec<&str> = self.0.iter().map(|(text, _)| text.as_str()).collect();
        items.join(", ")
    }
}

impl Field for Bilingual {
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
        let Some(table) = found.get_ref().as_table() else {
            reader.mismatch(key, ValueType::Table, found);
            return None;
        };
        let mut fields = Fields::new(reader, table, found.span(), key);
        let (zh, en) = (fields.take("zh"), fields.take("en"));
        fields.finish();
        Some(Self { zh: zh?, en: en? })
    }

    fn schema() -> serde_json::Value {
        super::object(&[("zh", String::schema(), true), ("en", String::schema(), true)])
    }

    fn show(&self) -> String {
        self.zh.clone()
    }
}

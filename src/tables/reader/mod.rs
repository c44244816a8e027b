//! Typed reading of TOML with the place of everything, and every fault at once.
//!
//! The parser's own tree of spanned values is walked, field by field. Two reasons decide against
//! deriving the reading: a derived reader stops at the first fault of a block, and it hands numbers
//! over as doubles. Here a number is its text until a type has read it exactly.

mod types;

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) use self::types::OneOrMore;
use crate::facts::{Excerpt, Fault, Faults, Kind, Place, TableFile, ValueType};
use crate::units::Decimal;

/// Reads one file or a slice of it, and gathers its faults.
pub(super) struct Reader {
    /// The file.
    pub file: Arc<TableFile>,
    /// What was wrong so far.
    pub faults: Faults,
    /// Where the slice that is being read begins in the file.
    start: usize,
}

/// A value with its place, as the parser leaves it.
pub(super) type Found<'t> = Spanned<DeValue<'t>>;

impl Reader {
    pub fn new(file: Arc<TableFile>) -> Self {
        Self { file, faults: Faults::default(), start: 0 }
    }

    /// The bytes of the file that a span of the slice covers.
    pub fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        self.start + span.start..self.start + span.end
    }

    /// Notes a fault at a span of the slice.
    pub fn fault(&mut self, kind: Kind, span: Range<usize>) {
        let excerpt = Excerpt::of(&self.file.path, &self.file.text, self.in_file(&span));
        self.faults.push(Fault::at(kind, Place::Line(excerpt)));
    }

    /// Parses a slice of the text; from then on spans are counted from its start. Syntax errors become
    /// faults, and what could be read is read on.
    pub fn parse<'t>(&mut self, text: &'t str, slice: Range<usize>) -> DeTable<'t> {
        self.start = slice.start;
        let (table, errors) = DeTable::parse_recoverable(text.get(slice).unwrap_or_default());
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.fault(Kind::TableSyntax { message: error.message().to_owned() }, span);
        }
        table.into_inner()
    }

    /// Notes that a value is of another type than expected; a bare number where a quoted one is
    /// wanted gets a reason of its own.
    pub fn mismatch(&mut self, key: &str, expected: ValueType, found: &Found<'_>) {
        let kind = match found.get_ref() {
            DeValue::Float(float) => Kind::BareFloat { text: float.as_str().to_owned() },
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => Kind::WrongType { key: key.to_owned(), expected, found: type_of(found.get_ref()) },
        };
        self.fault(kind, found.span());
    }

    /// The text of a quoted value.
    pub fn text<'v>(&mut self, key: &str, expected: ValueType, found: &'v Found<'_>) -> Option<&'v str> {
        let text = found.get_ref().as_str();
        if text.is_none() {
            self.mismatch(key, expected, found);
        }
        text
    }
}

/// The items of a list; a single value is a list of one.
pub(super) fn items_of<'v, 't>(found: &'v Found<'t>) -> Vec<&'v Found<'t>> {
    found.get_ref().as_array().map_or_else(|| vec![found], |items| items.iter().collect())
}

/// What a TOML value is.
fn type_of(value: &DeValue<'_>) -> ValueType {
    match value {
        DeValue::String(_) => ValueType::Text,
        DeValue::Integer(_) => ValueType::Integer,
        DeValue::Float(_) => ValueType::Float,
        DeValue::Boolean(_) => ValueType::Boolean,
        DeValue::Datetime(_) => ValueType::Date,
        DeValue::Array(_) => ValueType::List,
        DeValue::Table(_) => ValueType::Table,
    }
}

/// The fields of one table, taken one by one; what is not taken is unknown.
pub(super) struct Fields<'r, 't> {
    pub reader: &'r mut Reader,
    table: &'r DeTable<'t>,
    span: Range<usize>,
    block: &'r str,
    known: Vec<&'static str>,
}

impl<'r, 't> Fields<'r, 't> {
    pub fn new(reader: &'r mut Reader, table: &'r DeTable<'t>, span: Range<usize>, block: &'r str) -> Self {
        Self { reader, table, span, block, known: Vec::new() }
    }

    /// Takes a field; `None` means that a fault was noted.
    pub fn take<T: Field>(&mut self, key: &'static str) -> Option<T> {
        self.known.push(key);
        if let Some(found) = self.table.get(key) {
            return T::read(self.reader, key, found);
        }
        let absent = T::absent();
        if absent.is_none() {
            let kind = Kind::MissingKey { key, block: self.block.to_owned() };
            self.reader.fault(kind, self.span.clone());
        }
        absent
    }

    /// The place of a field's value, or of the whole table where it is absent.
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// The value of each field that was taken and stands in the table, in bytes of the file.
    pub fn spans(&self) -> Vec<(&'static str, Range<usize>)> {
        let held = self.known.iter().filter_map(|key| Some((*key, self.table.get(*key)?.span())));
        held.map(|(key, span)| (key, self.reader.in_file(&span))).collect()
    }

    /// Notes a field that is named inside another one but does not stand in the table.
    pub fn must_have(&mut self, name: &str, within: &str) {
        if !self.table.contains_key(name) {
            let known = self.table.keys().map(|key| key.get_ref().as_ref());
            let nearest = nearest(name, known);
            let kind = Kind::UnknownKey { key: name.to_owned(), block: self.block.to_owned(), nearest };
            let span = self.span_of(within);
            self.reader.fault(kind, span);
        }
    }

    /// Notes every key that was not taken.
    pub fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let nearest = nearest(name, self.known.iter().copied());
                let kind = Kind::UnknownKey { key: name.to_owned(), block: self.block.to_owned(), nearest };
                self.reader.fault(kind, key.span());
            }
        }
    }
}

/// The known name that a misspelt one most likely stands for.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let text = text.to_lowercase();
    let closest =
        known.into_iter().map(|name| (strsim::damerau_levenshtein(&text, &name.to_lowercase()), name)).min()?;
    let longest = text.chars().count().max(closest.1.chars().count());
    (closest.0 * 2 <= longest).then(|| closest.1.to_owned())
}

/// An object schema: each field with its schema and whether it must be there.
pub(super) fn object(fields: &[(&'static str, Value, bool)]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, schema, _)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = fields.iter().filter(|(_, _, required)| *required).map(|(name, _, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A type that a field can have.
pub(super) trait Field: Sized {
    /// Whether the value always stands in the file as the text that it is asked for by.
    const WRITTEN: bool = false;

    /// Reads a value; `None` means that a fault was noted.
    fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self>;

    /// What stands for a field that is not there; `None` where it must be.
    fn absent() -> Option<Self> {
        None
    }

    /// The type as a JSON Schema.
    fn schema() -> Value;

    /// The value as the tables write it; empty for an absent one.
    fn show(&self) -> String;

    /// The value as a number, where comparing it with an earlier one makes sense.
    fn figure(&self) -> Option<Decimal> {
        None
    }
}

/// A table of fields inside a block, or a block itself; declared once, in `kinds`.
macro_rules! table_struct {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty),* $(,)? } show |$this:ident| $show:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$doc])* pub $field: $type),* }

        impl Field for $name {
            fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
                let Some(table) = found.get_ref().as_table() else {
                    reader.mismatch(key, crate::facts::ValueType::Table, found);
                    return None;
                };
                let mut fields = Fields::new(reader, table, found.span(), key);
                $(let $field = fields.take::<$type>(stringify!($field));)*
                fields.finish();
                Some(Self { $($field: $field?),* })
            }

            fn schema() -> serde_json::Value {
                crate::tables::reader::object(&[$((stringify!($field), <$type>::schema(), <$type>::absent().is_none())),*])
            }

            fn show(&self) -> String {
                let $this = self;
                $show
            }
        }
    };
}
pub(super) use table_struct;

/// An enum whose values are written as words.
macro_rules! choice_field {
    ($type:ty, $all:expr, $code:expr) => {
        impl Field for $type {
            const WRITTEN: bool = true;

            fn read(reader: &mut Reader, key: &str, found: &Found<'_>) -> Option<Self> {
                let text = reader.text(key, crate::facts::ValueType::Text, found)?;
                let code: fn($type) -> &'static str = $code;
                let value = $all.into_iter().find(|value| code(*value) == text);
                if value.is_none() {
                    let choices: Vec<String> = $all.into_iter().map(|value| code(value).to_owned()).collect();
                    let nearest = crate::tables::reader::nearest(text, choices.iter().map(String::as_str));
                    reader.fault(crate::facts::Kind::TableChoice { key: key.to_owned(), text: text.to_owned(), choices, nearest }, found.span());
                }
                value
            }

            fn schema() -> serde_json::Value {
                let code: fn($type) -> &'static str = $code;
                let choices: Vec<&str> = $all.into_iter().map(code).collect();
                serde_json::json!({ "enum": choices })
            }

            fn show(&self) -> String {
                let code: fn($type) -> &'static str = $code;
                code(*self).to_owned()
            }
        }
    };
}
pub(super) use choice_field;

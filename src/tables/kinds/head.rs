//! What every block carries: its months, its documents, its place. It knows no kind of block.

use std::ops::Range;
use std::sync::Arc;

use crate::facts::{
    Bilingual, BlockPlace, Citation, Cited, FigureKind, Kind, Place, RegionId, Source, Status, ValueType,
};
use crate::tables::reader::{Fields, Found, OneOrMore, Reader, nearest};
use crate::units::{Date, Month};

/// What every block of a year's file carries.
#[derive(Clone, Debug)]
pub struct Head {
    /// From which month it is in force.
    pub from: Month,
    /// Until which month.
    pub to: Option<Month>,
    /// When it was published.
    pub published: Option<Date>,
    /// Why it may differ much from the block before.
    pub jump: Option<String>,
    /// Fields whose value is unconfirmed although the block's is better known.
    pub unconfirmed: Vec<String>,
    /// The block's citation.
    pub citation: Arc<Citation>,
}

impl Head {
    /// The place of a field's value, or of the block where it has no such field.
    #[must_use]
    pub fn place_of(&self, field: &str) -> Place {
        self.citation.place.value(&[field])
    }

    /// The citation of one field: the block's, with the status that the field has of its own.
    #[must_use]
    pub fn citation_of(&self, field: &str) -> Arc<Citation> {
        if self.unconfirmed.iter().any(|name| name == field) {
            Arc::new(Citation { status: Status::Unconfirmed, ..(*self.citation).clone() })
        } else {
            Arc::clone(&self.citation)
        }
    }
}

/// A block: its head and its value.
#[derive(Clone, Debug)]
pub struct TableBlock<T> {
    /// What every block carries.
    pub head: Head,
    /// What this kind carries.
    pub value: T,
}

impl<T> TableBlock<T> {
    /// A value resting on the whole block.
    pub fn cite<V>(&self, value: V) -> Cited<V> {
        Cited { value, citation: Some(Arc::clone(&self.head.citation)) }
    }

    /// A value resting on one field of the block.
    pub fn cite_field<V>(&self, field: &str, value: V) -> Cited<V> {
        Cited { value, citation: Some(self.head.citation_of(field)) }
    }
}

/// A declared gap.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Which kind of block is missing.
    pub of: FigureKind,
    /// What singles the missing thing out; empty means all of the kind.
    pub keys: Vec<(&'static str, String)>,
    /// From which month.
    pub from: Month,
    /// Until which month.
    pub to: Option<Month>,
    /// Why.
    pub reason: Bilingual,
}

/// The keys by which a gap can be limited to one thing of a kind.
pub(super) const GAP_KEYS: [&str; 8] =
    ["insurance", "payer", "category", "scheme", "group", "case", "applies_to", "side"];

/// The sources of a file, by key; a faulty one keeps its key.
pub(in crate::tables) type Sources = Vec<(String, Option<Arc<Source>>, Range<usize>)>;

/// Reads the sources of a file.
pub(in crate::tables) fn read_sources(reader: &mut Reader, found: Option<&Found<'_>>) -> Sources {
    let Some(found) = found else { return Vec::new() };
    let Some(table) = found.get_ref().as_table() else {
        reader.mismatch("sources", ValueType::Table, found);
        return Vec::new();
    };
    let mut sources = Vec::new();
    for (key, found) in table {
        let name = key.get_ref().as_ref();
        let Some(table) = found.get_ref().as_table() else {
            reader.mismatch(name, ValueType::Table, found);
            continue;
        };
        let mut fields = Fields::new(reader, table, key.span(), name);
        let (number, title, issuer, date, url) = (
            fields.take("number"),
            fields.take("title"),
            fields.take("issuer"),
            fields.take("date"),
            fields.take("url"),
        );
        fields.finish();
        let source = (|| Some(Source { number: number?, title: title?, issuer: issuer?, date: date?, url: url? }))();
        sources.push((name.to_owned(), source.map(Arc::new), key.span()));
    }
    sources
}

/// What a block needs to know of its file.
pub(in crate::tables) struct Context<'a> {
    /// The year that the file is for.
    pub year: i32,
    /// The region whose file it is.
    pub region: &'a RegionId,
    /// The file's sources.
    pub sources: &'a Sources,
}

/// Reads what every block carries.
pub(super) fn read_head(
    fields: &mut Fields<'_, '_>,
    kind: FigureKind,
    context: &Context<'_>,
    used: &mut Vec<String>,
) -> Option<Head> {
    let from = fields.take::<Month>("from");
    let to = fields.take::<Option<Month>>("to");
    let published = fields.take::<Option<Date>>("published");
    let provisional = fields.take::<Option<bool>>("provisional");
    let keys = fields.take::<OneOrMore>("source");
    let status = fields.take::<Status>("status");
    let note = fields.take::<Option<Bilingual>>("note");
    let jump = fields.take::<Option<String>>("jump");
    let unconfirmed = fields.take::<Option<Vec<String>>>("unconfirmed");
    judge_months(fields, from, to.flatten(), context.year);
    for name in unconfirmed.iter().flatten().flatten() {
        fields.must_have(name, "unconfirmed");
    }
    let sources = keys.map(|keys| resolve_sources(fields, &keys, context.sources, used));
    let from = from?;
    let to = to?;
    Some(Head {
        from,
        to,
        published: published?,
        jump: jump?,
        unconfirmed: unconfirmed?.unwrap_or_default(),
        citation: Arc::new(Citation {
            kind,
            key: Vec::new(),
            region: context.region.clone(),
            status: status?,
            provisional: provisional?.unwrap_or(false),
            from,
            to,
            sources: sources?,
            note: note?,
            place: BlockPlace {
                file: Arc::clone(&fields.reader.file),
                heading: fields.reader.in_file(&fields.span_of("")),
                values: Vec::new(),
            },
        }),
    })
}

fn resolve_sources(
    fields: &mut Fields<'_, '_>,
    keys: &OneOrMore,
    sources: &Sources,
    used: &mut Vec<String>,
) -> Vec<Arc<Source>> {
    let mut resolved = Vec::new();
    for (key, span) in &keys.0 {
        used.push(key.clone());
        if let Some((_, source, _)) = sources.iter().find(|(name, _, _)| name == key) {
            resolved.extend(source.clone());
        } else {
            let nearest = nearest(key, sources.iter().map(|(name, _, _)| name.as_str()));
            fields.reader.fault(Kind::UnknownSource { key: key.clone(), nearest }, span.clone());
        }
    }
    resolved
}

/// A block belongs into the file of the year in which it takes effect, and ends after it starts.
pub(super) fn judge_months(fields: &mut Fields<'_, '_>, from: Option<Month>, to: Option<Month>, year: i32) {
    let Some(from) = from else { return };
    if from.year() != year {
        let span = fields.span_of("from");
        fields.reader.fault(Kind::WrongYear { from, year }, span);
    }
    if let Some(to) = to.filter(|to| *to < from) {
        let span = fields.span_of("to");
        fields.reader.fault(Kind::EndsBeforeStart { from, to }, span);
    }
}

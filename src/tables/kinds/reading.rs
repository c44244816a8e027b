//! The reading of a file's blocks and gaps, each by its name.

use super::head::{Context, GAP_KEYS, Gap, judge_months, read_head};
use super::{Blocks, read_block, written_keys};
use crate::facts::{Bilingual, FigureKind, Kind};
use crate::tables::reader::{Fields, Found, Reader, nearest};
use crate::units::Month;

/// Reads one block of a year's file into `blocks`, and the keys of the sources that it cites into `used`; `false`
/// where there is no such kind.
pub(in crate::tables) fn read(
    reader: &mut Reader,
    (name, found): (&str, &Found<'_>),
    context: &Context<'_>,
    (blocks, used): (&mut Blocks, &mut Vec<String>),
) -> bool {
    let Some(table) = found.get_ref().as_table() else {
        reader.fault(Kind::NotABlock { name: name.to_owned() }, found.span());
        return named(name).is_some() || name == "gap";
    };
    let mut fields = Fields::new(reader, table, found.span(), name);
    if name == "gap" {
        let gap = read_gap(&mut fields, context);
        fields.finish();
        blocks.gaps.extend(gap);
        return true;
    }
    let Some(kind) = named(name) else { return false };
    let head = read_head(&mut fields, kind, context, used);
    read_block(kind, &mut fields, head, blocks);
    fields.finish();
    true
}

/// The kind of this name.
fn named(name: &str) -> Option<FigureKind> {
    FigureKind::ALL.into_iter().find(|kind| kind.code() == name)
}

fn read_gap(fields: &mut Fields<'_, '_>, context: &Context<'_>) -> Option<Gap> {
    let name = fields.take::<String>("of");
    let of = name.as_deref().and_then(named);
    if let Some(name) = name.filter(|_| of.is_none()) {
        let nearest = nearest(&name, FigureKind::ALL.into_iter().map(FigureKind::code));
        let kind = Kind::UnknownBlock { name, nearest };
        let span = fields.span_of("of");
        fields.reader.fault(kind, span);
    }
    let keys: Vec<Option<Option<String>>> = GAP_KEYS.iter().map(|key| fields.take::<Option<String>>(key)).collect();
    for (key, value) in GAP_KEYS.iter().zip(&keys) {
        let must = of.is_some_and(|kind| written_keys(kind).contains(key));
        if must && matches!(value, Some(None)) {
            let missing = Kind::MissingKey { key, block: "gap".to_owned() };
            let span = fields.span_of("");
            fields.reader.fault(missing, span);
        }
    }
    let from = fields.take::<Month>("from");
    let to = fields.take::<Option<Month>>("to");
    let reason = fields.take::<Bilingual>("reason");
    judge_months(fields, from, to.flatten(), context.year);
    let keys = GAP_KEYS.iter().zip(keys).filter_map(|(key, value)| Some((*key, value??))).collect();
    Some(Gap { of: of?, keys, from: from?, to: to?, reason: reason? })
}

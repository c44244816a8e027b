//! `tables`: the figures themselves: listed, shown for a month, followed through the years, compared, judged, exported.
//!
//! Every kind of figure is shown alike, by its name and values as the tables write them; which block is in force is
//! decided in [`tables`](crate::tables).

use std::path::PathBuf;

use serde::Serialize;

use super::args::{Tables as Args, TablesCommand};
use super::context::Context;
use super::ended::Ended;
use super::report::{Draft, publish};
use super::{outlet, request};
use crate::facts::{Bilingual, Fault, Faults, FigureKind, Kind, Outcome};
use crate::render::results::{
    BlockOrGap, FigureBlocks, FigureChange, FigureResult, FiguresDiff, FiguresHistory, FiguresList, FiguresShow,
};
use crate::render::words::{self, Label};
use crate::render::{Cell, Column, Page, Speaker, Table, faults_text};
use crate::tables::{Book, Shelf, TableEntry, embedded, entries_in_force, history, lint, schema};
use crate::units::{JsonDate, Month, typed};

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let context = &context?;
    match args.command {
        TablesCommand::List => list(context),
        TablesCommand::Show { month } => show(context, month.as_deref()),
        TablesCommand::History { key } => through_years(context, &key),
        TablesCommand::Diff { before, after } => diff(context, &before, &after),
        TablesCommand::Lint { folder, until } => judge(context, &folder, until.as_deref()),
        TablesCommand::Schema => outlet::print(&format!("{:#}\n", schema::year_file())).map(|()| Ended::Done),
        TablesCommand::Export { folder } => export(context, &folder),
    }
}

/// Every region with its name, and how many blocks of which kinds its own level has.
fn list(context: &Context) -> Outcome<Ended> {
    let home = context.book()?;
    let speaker = context.speaker(&home);
    let mut rows = Vec::new();
    let mut figures = Vec::new();
    let mut faults = Faults::default();
    for region in context.shelf.regions()? {
        let Some(book) = faults.keep(Book::open(context.shelf.clone(), &region, context.known_on)) else { continue };
        for kind in FigureKind::ALL {
            let Some(entries) = faults.keep(history(&book, kind, &[])) else { continue };
            let own: Vec<&TableEntry> = entries.iter().filter(|entry| entry.region == region).collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
            let name = speaker.bilingual(book.region_name()).to_owned();
            figures.push(FigureBlocks {
                region: region.clone(),
                name: name.clone(),
                figure: kind.code(),
                blocks: own.len(),
                from: first.from,
                last: last.from,
            });
            rows.push(vec![
                Cell::text(region.path()),
                Cell::text(name),
                Cell::text(kind.code()),
                Cell::text(speaker.word(kind)),
                Cell::Count(i64::try_from(own.len()).unwrap_or(i64::MAX)),
                Cell::Month(first.from),
                Cell::Month(last.from),
            ]);
        }
    }
    let label = |label| speaker.label(label);
    let columns = vec![
        Column::left("region", label(Label::Region)),
        Column::left("name", label(Label::Name)),
        Column::left("figure", label(Label::Figure)),
        Column::left("figure_name", label(Label::Name)),
        Column::right("blocks", label(Label::Blocks)),
        Column::left("from", label(Label::From)),
        Column::left("last", label(Label::Latest)),
    ];
    let rows = faults.or(rows)?;
    print(context, &home, "tables list", FiguresList { figures }, Table { columns, rows, footer: Vec::new() })
}

fn show(context: &Context, month: Option<&str>) -> Outcome<Ended> {
    let month = match month {
        Some(text) => request::month("--month", text)?,
        None => context.this_month()?,
    };
    let book = context.book()?;
    let entries = entries_in_force(&book, month)?;
    let speaker = context.speaker(&book);
    let result = FiguresShow { month, figures: figures(&entries, speaker) };
    print(context, &book, "tables show", result, entries_table(&entries, speaker))
}

fn through_years(context: &Context, key: &str) -> Outcome<Ended> {
    let mut parts = key.split('.');
    let name = parts.next().unwrap_or("");
    let only: Vec<&str> = parts.collect();
    let book = context.book()?;
    let refused = |known: Vec<String>| {
        let nearest = request::nearest(key, known.iter().map(String::as_str));
        Faults::from(Fault::flag(Kind::UnknownFigure { text: key.to_owned(), nearest, known }, key, ""))
    };
    let Some(kind) = FigureKind::ALL.into_iter().find(|kind| kind.code() == name) else {
        return Err(refused(FigureKind::ALL.map(|kind| kind.code().to_owned()).to_vec()));
    };
    let entries = history(&book, kind, &only)?;
    if entries.is_empty() {
        let mut known: Vec<String> = history(&book, kind, &[])?.iter().map(TableEntry::name).collect();
        known.sort();
        known.dedup();
        return Err(refused(known));
    }
    let speaker = context.speaker(&book);
    let result = FiguresHistory { figure: key.to_owned(), blocks: figures(&entries, speaker) };
    print(context, &book, "tables history", result, entries_table(&entries, speaker))
}

/// What differs between two months; a year stands for its December.
fn diff(context: &Context, before: &str, after: &str) -> Outcome<Ended> {
    let mut faults = Faults::default();
    let first = faults.keep(december_or_month(before));
    let second = faults.keep(december_or_month(after));
    let (Some(first), Some(second)) = (first, second) else { return Err(faults) };
    let book = context.book()?;
    let speaker = context.speaker(&book);
    let (old, new) = (entries_in_force(&book, first)?, entries_in_force(&book, second)?);
    let mut names: Vec<String> = old.iter().chain(&new).map(TableEntry::name).collect();
    names.sort();
    names.dedup();
    let mut changes = Vec::new();
    for name in names {
        let of = |entries: &[TableEntry]| entries.iter().find(|entry| entry.name() == name).map(values_text);
        let (was, is) = (of(&old), of(&new));
        if was != is {
            changes.push(FigureChange { figure: name, before: was, after: is });
        }
    }
    let columns = vec![
        Column::left("figure", speaker.label(Label::Figure)),
        Column::left("before", format!("{} {first}", speaker.label(Label::Before))),
        Column::left("after", format!("{} {second}", speaker.label(Label::After))),
    ];
    let text = |value: &Option<String>| value.as_ref().map_or(Cell::Empty, Cell::text);
    let row = |one: &FigureChange| vec![Cell::text(&one.figure), text(&one.before), text(&one.after)];
    let table = Table { columns, rows: changes.iter().map(row).collect(), footer: Vec::new() };
    print(context, &book, "tables diff", FiguresDiff { before: first, after: second, changes }, table)
}

/// A month as typed, or the December of a year.
fn december_or_month(text: &str) -> Outcome<Month> {
    let year = request::year("", text).ok().and_then(|year| Month::new(year, 12));
    let month = year.or_else(|| typed::month(text));
    month.ok_or_else(|| Fault::flag(Kind::BadMonth { text: text.to_owned() }, text, "").into())
}

fn judge(context: &Context, folders: &[String], until: Option<&str>) -> Outcome<Ended> {
    let until = match until {
        Some(text) => request::month("--until", text)?,
        None => context.this_month()?,
    };
    let result = if folders.is_empty() {
        lint(&context.shelf, 0, until)
    } else {
        lint(&Shelf::with_folders(folders.iter().map(PathBuf::from)), 1, until)
    };
    let speaker = words::speaker(context.lang);
    if result.faults.0.is_empty() {
        outlet::print(&format!("{}\n", speaker.lint_clean(result.files, result.regions, result.blocks)))?;
        return Ok(Ended::Done);
    }
    outlet::print(&faults_text(&result.faults, speaker, context.look))?;
    outlet::print(&format!("\n{}\n", speaker.lint_found(result.faults.0.len())))?;
    Ok(Ended::Found)
}

fn export(context: &Context, folder: &str) -> Outcome<Ended> {
    let files: Vec<(&str, &str)> = embedded().iter().map(|table| (table.name, table.text)).collect();
    outlet::write_folder(folder, &files)?;
    let speaker = words::speaker(context.lang);
    outlet::print(&format!("{}\n", speaker.exported(embedded().len(), folder)))?;
    Ok(Ended::Done)
}

/// The values of an entry on one line.
fn values_text(entry: &TableEntry) -> String {
    let values: Vec<String> = entry.values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    values.join("; ")
}

fn figures(entries: &[TableEntry], speaker: Speaker<'_>) -> Vec<FigureResult> {
    entries.iter().map(|entry| figure(entry, speaker)).collect()
}

fn figure(entry: &TableEntry, speaker: Speaker<'_>) -> FigureResult {
    let in_words = |text: &Bilingual| speaker.bilingual(text).to_owned();
    let said = match &entry.citation {
        Some(citation) => BlockOrGap::Block {
            values: entry.values.iter().cloned().collect(),
            status: citation.status,
            provisional: citation.provisional,
            sources: citation.sources.iter().map(|source| speaker.document(source)).collect(),
            note: citation.note.as_ref().map(in_words),
        },
        None => BlockOrGap::Gap { gap: entry.reason.as_ref().map(in_words).unwrap_or_default() },
    };
    FigureResult {
        figure: entry.name(),
        region: entry.region.clone(),
        from: entry.from,
        to: entry.to,
        published: entry.published.map(JsonDate),
        said,
    }
}

fn entries_table(entries: &[TableEntry], speaker: Speaker<'_>) -> Table {
    let label = |label| speaker.label(label);
    let columns = vec![
        Column::left("figure", label(Label::Figure)),
        Column::left("values", label(Label::Value)),
        Column::left("from", label(Label::From)),
        Column::left("to", label(Label::To)),
        Column::left("region", label(Label::Region)),
        Column::left("status", label(Label::Status)),
        Column::left("source", label(Label::Source)),
        Column::unseen("note"),
    ];
    let row = |entry: &TableEntry| {
        let (status, source, note) = match &entry.citation {
            Some(citation) => (
                speaker.word(citation.status).to_owned(),
                speaker.citation(citation),
                citation.note.as_ref().map_or_else(String::new, |note| speaker.bilingual(note).to_owned()),
            ),
            None => (
                speaker.label(Label::Gap).to_owned(),
                entry.reason.as_ref().map_or_else(String::new, |reason| speaker.bilingual(reason).to_owned()),
                String::new(),
            ),
        };
        vec![
            Cell::text(entry.name()),
            Cell::text(values_text(entry)),
            Cell::Month(entry.from),
            entry.to.map_or(Cell::Empty, Cell::Month),
            Cell::text(entry.region.path()),
            Cell::text(status),
            Cell::text(source),
            Cell::text(note),
        ]
    };
    Table { columns, rows: entries.iter().map(row).collect(), footer: Vec::new() }
}

fn print<R: Serialize>(
    context: &Context,
    book: &Book,
    command: &'static str,
    result: R,
    table: Table,
) -> Outcome<Ended> {
    let speaker = context.speaker(book);
    let remarks = if table.rows.is_empty() { vec![speaker.label(Label::NoDifference).to_owned()] } else { Vec::new() };
    let page = Page {
        title: speaker.bilingual(book.region_name()).to_owned(),
        tables: vec![table],
        remarks,
        explanation: None,
    };
    publish(context, book, Draft { command, result, page, notes: Vec::new(), remarks: Vec::new(), steps: &[] })?;
    Ok(Ended::Done)
}

//! The calculators over files: one way in, one way out, for all of them.

use std::io::Read;

use serde_json::{Map, Value as Json};

use super::args;
use super::context::Context;
use super::outlet::{self, Sink};
use super::report::{Draft, publish};
use super::{Ended, request};
use crate::batch::{
    self, Columns, ComputeContributions, ComputeResidentContributions, ComputeResidentPensions, ComputeState, Csv,
    Frame, Headings, Job,
};
use crate::facts::{Fault, Faults, Kind, Note, Outcome, Selection};
use crate::render::words::Counts;
use crate::render::{Cell, Column, Format, Page, Table};
use crate::tables::Book;
use crate::units::{Money, Month, Months};

/// A payroll file that has been opened, with its columns.
pub(super) struct Opened {
    /// Its name, as the user gave it.
    pub name: String,
    /// The rows to come.
    pub rows: Csv<Box<dyn Read>>,
    /// Its headings.
    pub headings: Headings,
    /// What they mean.
    pub columns: Columns,
}

/// Opens a file and reads its headings.
pub(super) fn open(name: &str, mapping: &[(String, String)], book: &Book) -> Outcome<Opened> {
    let (rows, headings) = Csv::open(name, batch::open(name)?)?;
    let columns = Columns::read(name, &headings.texts, mapping, book.insurances())?;
    Ok(Opened { name: name.to_owned(), rows, headings, columns })
}

/// What `--column` says.
pub(super) fn mapping(typed: &[String]) -> Outcome<Vec<(String, String)>> {
    let mut faults = Faults::default();
    let mut pairs = Vec::new();
    for text in typed {
        match text.split_once('=').filter(|(code, heading)| !code.is_empty() && !heading.is_empty()) {
            Some((code, heading)) => pairs.push((code.trim().to_owned(), heading.to_owned())),
            None => faults.push(Fault::flag(Kind::BadColumnMapping { text: text.clone() }, "--column", text)),
        }
    }
    faults.or(pairs)
}

/// `-o` takes what can be written.
pub(super) fn output(target: Option<&str>) -> Outcome<()> {
    match target {
        Some(path) if !path.to_ascii_lowercase().ends_with(".csv") => Err(Fault::flag(
            Kind::OutputKind { path: path.to_owned(), known: vec![".csv".to_owned()] },
            "--output",
            path,
        )
        .into()),
        _ => Ok(()),
    }
}

pub(super) fn contrib(
    context: &Context,
    book: Book,
    selection: Selection,
    months: Option<Months>,
    args: &args::Contrib,
) -> Outcome<Ended> {
    let month = one_month(months)?;
    if args.wage.is_some() || args.base.is_some() {
        let flag = if args.wage.is_some() { "--wage" } else { "--base" };
        return Err(Kind::FlagConflict { flag: flag.to_owned(), other: "--file".to_owned() }.into());
    }
    request::known_reliefs(&book, Month::LAST, &selection.relief)?;
    let over = Over { context, book: &book, many: &args.many, month, command: "contrib" };
    over.run(|file| ComputeContributions::plan(&book, &file.name, &file.columns, selection.clone(), month))
}

pub(super) fn resident_pension(
    context: &Context,
    book: Book,
    months: Option<Months>,
    given: Option<Money>,
    args: &args::ResidentPension,
) -> Outcome<Ended> {
    let month = one_month(months)?;
    for (flag, typed) in [
        ("--birth", &args.birth),
        ("--id", &args.id),
        ("--account", &args.account),
        ("--years", &args.years),
        ("--death", &args.death),
    ] {
        if typed.is_some() {
            return Err(Kind::FlagConflict { flag: flag.to_owned(), other: "--file".to_owned() }.into());
        }
    }
    let over = Over { context, book: &book, many: &args.many, month, command: "resident-pension" };
    over.run(|file| {
        ComputeResidentPensions::plan(&book, &file.name, &file.columns, month, (args.category.clone(), given))
    })
}

pub(super) fn resident_contrib(context: &Context, book: Book, args: &args::ResidentContrib) -> Outcome<Ended> {
    let year = request::optional(args.year.as_deref(), |text| request::year("--year", text))?;
    for (flag, typed) in [("--tier", &args.tier), ("--people", &args.people)] {
        if typed.is_some() {
            return Err(Kind::FlagConflict { flag: flag.to_owned(), other: "--file".to_owned() }.into());
        }
    }
    let over = Over { context, book: &book, many: &args.many, month: None, command: "resident-contrib" };
    over.run(|file| ComputeResidentContributions::plan(&book, &file.name, &file.columns, (year, args.category.clone())))
}

/// A file has a month in each row, or one for all.
fn one_month(months: Option<Months>) -> Outcome<Option<Month>> {
    match months {
        Some(months) if months.first != months.last => {
            Err(Kind::FlagConflict { flag: "--from".to_owned(), other: "--file".to_owned() }.into())
        }
        Some(months) => Ok(Some(months.first)),
        None => Ok(None),
    }
}

/// A calculator over one file.
struct Over<'a> {
    context: &'a Context,
    book: &'a Book,
    many: &'a args::Many,
    month: Option<Month>,
    command: &'static str,
}

impl Over<'_> {
    fn run<J, T>(&self, plan: impl FnOnce(&Opened) -> Outcome<J>) -> Outcome<Ended>
    where
        J: Job<State = ComputeState<T>>,
    {
        let speaker = self.context.speaker(self.book);
        let tell = |kind: &Kind| speaker.fault(kind).what;
        let input = self.many.file.clone().unwrap_or_default();
        output(self.many.output.as_deref())?;
        let mut file = open(&input, &mapping(&self.many.column)?, self.book)?;
        let job = plan(&file)?;
        let frame = Frame {
            columns: &file.columns,
            headings: &file.headings,
            result_only: self.many.result_only,
            only_mismatches: false,
            mask: self.many.mask_ids,
            file: None,
            month: self.month,
            tell: &tell,
        };
        let mut state = job.start();
        let format = self.context.asked_format.unwrap_or(Format::Csv);
        if format == Format::Csv || self.many.output.is_some() {
            let mut sink = Sink::open(self.many.output.as_deref(), std::slice::from_ref(&input))?;
            batch::Sink::put(&mut sink, &frame.heading_row(&job))?;
            batch::run(&job, &mut file.rows, &frame, &mut sink, &mut state)?;
            sink.finish()?;
        } else {
            let mut held = Held(frame.heading_row(&job));
            batch::run(&job, &mut file.rows, &frame, &mut held, &mut state)?;
            self.publish(&held.0, &state)?;
        }
        if !self.context.quiet {
            self.summarise(&input, &state);
        }
        Ok(if state.error > 0 { Ended::Found } else { Ended::Done })
    }

    /// The counts and notes, for the person at the terminal.
    fn summarise<T>(&self, input: &str, state: &ComputeState<T>) {
        let speaker = self.context.speaker(self.book);
        let counts = Counts { rows: state.rows, ok: state.ok, mismatch: 0, error: state.error };
        let mut lines = vec![speaker.computed_counts(input, counts, state.total)];
        lines.extend(state.notes.iter().map(|note| format!(" {}", speaker.note(note))));
        outlet::message(&(lines.join("\n") + "\n"));
    }

    /// A result that is wanted whole, in another format than CSV.
    fn publish<T>(&self, csv: &[u8], state: &ComputeState<T>) -> Outcome<()> {
        let mut rows = batch::read_all(csv).into_iter();
        let headings = rows.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = rows.collect();
        let object = |row: &Vec<String>| {
            let pairs = headings.iter().zip(row).map(|(heading, text)| {
                (heading.clone(), if text.is_empty() { Json::Null } else { text.clone().into() })
            });
            Json::Object(pairs.collect::<Map<_, _>>())
        };
        let mut json = Map::new();
        json.insert("rows".into(), state.rows.into());
        json.insert("ok".into(), state.ok.into());
        json.insert("error".into(), state.error.into());
        json.insert("results".into(), rows.iter().map(object).collect());
        let table = Table {
            columns: headings.iter().map(|heading| Column::left(heading, heading)).collect(),
            rows: rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect(),
            footer: Vec::new(),
        };
        let page = Page { tables: vec![table], ..Page::default() };
        let notes: Vec<Note> = state.notes.clone();
        publish(
            self.context,
            self.book,
            Draft { command: self.command, json, page, notes, remarks: Vec::new(), steps: &[] },
        )
    }
}

/// Holds what would be written.
struct Held(Vec<u8>);

impl batch::Sink for Held {
    fn put(&mut self, bytes: &[u8]) -> Outcome<bool> {
        self.0.extend_from_slice(bytes);
        Ok(true)
    }
}

impl batch::Sink for Sink {
    fn put(&mut self, bytes: &[u8]) -> Outcome<bool> {
        self.write(bytes)
    }
}

//! `check`: payroll files held against the rules.

use serde_json::{Map, Value as Json, json};

use super::args::Check as Args;
use super::context::{Context, with_book};
use super::files::{self, Opened};
use super::outlet::{self, Sink, write_file};
use super::report::{digest, figure_notes, note_json};
use super::{Ended, request};
use crate::batch::{self, Check, CheckState, Frame, Job};
use crate::facts::{Fault, Faults, Kind, Note, Outcome, Place, Selection, Side};
use crate::render::words::{Counts, Label};
use crate::render::{Cell, Column, Format, Page, Report, Speaker, Table};
use crate::rules::{Steps, contribution};
use crate::tables::Book;
use crate::units::{Money, Month, write_fen};

/// What was typed, read.
struct Request {
    selection: Selection,
    month: Option<Month>,
    tolerance: Money,
    mapping: Vec<(String, String)>,
}

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let (context, book, request) = read(context, &args)?;
    let files = open_all(&args.files, &request.mapping, &book)?;
    let speaker = context.speaker(&book);
    let tell = |kind: &Kind| speaker.fault(kind).what;
    let mut sink = Sink::open(args.output.as_deref(), &args.files)?;
    let mut plans = Vec::new();
    let mut faults = Faults::default();
    for file in &files {
        let plan =
            Check::plan(&book, &file.name, &file.columns, request.selection.clone(), request.month, request.tolerance);
        plans.extend(faults.keep(plan));
    }
    let plans = faults.or(plans)?;
    let several = files.len() > 1;
    let mut state = CheckState::default();
    let mut unchecked = Vec::new();
    let mut insurances = Vec::new();
    for (at, (mut file, (job, skipped))) in files.into_iter().zip(plans).enumerate() {
        let frame = Frame {
            columns: &file.columns,
            headings: &file.headings,
            result_only: args.result_only,
            only_mismatches: args.only_mismatches,
            mask: args.mask_ids,
            file: several.then_some(file.name.as_str()),
            month: request.month,
            tell: &tell,
        };
        if at == 0 {
            state = job.start();
            insurances = job.insurances().iter().map(|checked| checked.insurance.clone()).collect();
            unchecked = skipped;
            batch::Sink::put(&mut sink, &frame.heading_row(&job))?;
        }
        batch::run(&job, &mut file.rows, &frame, &mut sink, &mut state)?;
    }
    let notes = notes(&state, unchecked);
    let summary = Summary { files: &args.files, state: &state, insurances: &insurances, notes: &notes };
    if let Some(path) = &args.summary {
        write_file(path, &args.files, &format!("{:#}\n", summary.json(&book, speaker)))?;
    }
    sink.finish()?;
    if !context.quiet {
        outlet::message(&Format::Table.render(&Report { json: Json::Null, page: summary.page(speaker) }));
    }
    Ok(if state.mismatch + state.error > 0 { Ended::Found } else { Ended::Done })
}

fn read(context: Outcome<Context>, args: &Args) -> Outcome<(Context, Book, Request)> {
    let mut faults = Faults::default();
    let asked = faults.keep(with_book(context));
    let selection = asked
        .as_ref()
        .and_then(|(context, book)| faults.keep(request::selection(&context.config, book, &args.selecting)));
    let month = request::optional(args.month.as_deref(), |text| request::month("--month", text));
    let month = faults.keep(month).flatten();
    let tolerance = request::optional(args.tolerance.as_deref(), |text| request::money("--tolerance", text));
    let tolerance = faults.keep(tolerance).flatten().unwrap_or_default();
    let mapping = faults.keep(files::mapping(&args.column)).unwrap_or_default();
    faults.keep(files::output(args.output.as_deref()));
    if let Some(format) =
        asked.as_ref().and_then(|(context, _)| context.asked_format).filter(|format| *format != Format::Csv)
    {
        let choices = vec![Format::Csv.code().to_owned()];
        let kind = Kind::UnknownChoice { text: format.code().to_owned(), choices, nearest: None };
        faults.push(Fault::flag(kind, "--format", format.code()));
    }
    let (Some((context, book)), Some(selection)) = (asked, selection) else { return Err(faults) };
    faults.keep(request::known_reliefs(&book, Month::LAST, &selection.relief));
    faults.or((context, book, Request { selection, month, tolerance, mapping }))
}

/// Opens every file before anything is written; all must have the same headings.
fn open_all(names: &[String], mapping: &[(String, String)], book: &Book) -> Outcome<Vec<Opened>> {
    let mut faults = Faults::default();
    let mut files: Vec<Opened> = Vec::new();
    for name in names {
        let Some(file) = faults.keep(files::open(name, mapping, book)) else { continue };
        if let Some(first) = files.first().filter(|first| first.headings.texts != file.headings.texts) {
            let place = Place::Cell { file: name.clone(), row: 1, column: None };
            faults.push(Fault::at(Kind::HeadingsDiffer { first: first.name.clone() }, place));
        }
        files.push(file);
    }
    faults.or(files)
}

/// What the reader of the summary must know.
fn notes(state: &CheckState, unchecked: Vec<String>) -> Vec<Note> {
    let mut steps = Steps::default();
    for (month, charge) in state.charges() {
        // The figures of a month are those that any wage of it rests on.
        let _ = contribution::charge(charge.terms.clone(), Some(month), &mut steps);
        let _ = contribution::base(Money::ZERO, charge, Some(month), &mut steps);
    }
    let mut notes = figure_notes(&steps.0);
    if !unchecked.is_empty() {
        notes.push(Note::NotChecked { headings: unchecked });
    }
    if state.blank > 0 {
        notes.push(Note::BlankCells { cells: state.blank });
    }
    if state.bad_identity > 0 {
        notes.push(Note::BadIdentity { rows: state.bad_identity });
    }
    notes
}

/// The summary of a run.
struct Summary<'a> {
    files: &'a [String],
    state: &'a CheckState,
    insurances: &'a [crate::facts::Insurance],
    notes: &'a [Note],
}

impl Summary<'_> {
    fn json(&self, book: &Book, speaker: Speaker<'_>) -> Json {
        let fen = |fen: i128| {
            let mut text = String::new();
            // Writing into a string cannot fail.
            let _ = write_fen(&mut text, fen);
            text
        };
        let mut totals = Vec::new();
        for (insurance, sums) in self.insurances.iter().zip(&self.state.totals) {
            for side in Side::BOTH {
                let sum = sums.get(side);
                totals.push(json!({
                    "insurance": insurance.code(), "side": side.code(),
                    "declared": fen(sum.declared), "due": fen(sum.due), "difference": fen(sum.declared - sum.due),
                }));
            }
        }
        let causes: Map<String, Json> =
            self.state.causes.iter().map(|(cause, rows)| ((*cause).to_owned(), (*rows).into())).collect();
        json!({
            "command": "check",
            "region": book.region().path(),
            "files": self.files,
            "rows": self.state.rows,
            "ok": self.state.ok,
            "mismatch": self.state.mismatch,
            "error": self.state.error,
            "causes": causes,
            "ties": self.state.ties,
            "totals": totals,
            "notes": self.notes.iter().map(|note| note_json(note, speaker)).collect::<Vec<_>>(),
            "tables": { "sha256": digest(book) },
        })
    }

    fn page(&self, speaker: Speaker<'_>) -> Page {
        let state = self.state;
        let counts = Counts { rows: state.rows, ok: state.ok, mismatch: state.mismatch, error: state.error };
        let mut title = speaker.check_counts(&self.files.join(", "), counts);
        if !state.causes.is_empty() {
            let mut causes: Vec<(String, u64)> =
                state.causes.iter().map(|(cause, rows)| ((*cause).to_owned(), *rows)).collect();
            causes.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
            title.push_str(&format!("\n{}", speaker.causes(&causes)));
        }
        let mut rows = Vec::new();
        for (insurance, sums) in self.insurances.iter().zip(&state.totals) {
            for side in Side::BOTH {
                let sum = sums.get(side);
                if (sum.declared, sum.due) != (0, 0) {
                    rows.push(vec![
                        Cell::text(speaker.insurance(insurance)),
                        Cell::text(speaker.code(side.code())),
                        Cell::Sum(sum.declared),
                        Cell::Sum(sum.due),
                        Cell::Sum(sum.declared - sum.due),
                    ]);
                }
            }
        }
        let label = |label| speaker.label(label);
        let columns = vec![
            Column::left("insurance", label(Label::Insurance)),
            Column::left("side", label(Label::Side)),
            Column::right("declared", label(Label::Declared)),
            Column::right("due", label(Label::Due)),
            Column::right("difference", label(Label::Difference)),
        ];
        let mut remarks = Vec::new();
        if state.ties > 0 {
            remarks.push(speaker.ties(state.ties));
        }
        remarks.extend(self.notes.iter().map(|note| speaker.note(note)));
        Page { title, tables: vec![Table { columns, rows, footer: Vec::new() }], remarks, explanation: None }
    }
}

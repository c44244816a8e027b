//! `check`: payroll files compared with the rules.
//!
//! The request is read, each file opened and planned, then one file after the other is run; everything that is wrong with
//! flags, tables and headings is reported together before a row is read. Rows, findings and summary go to their own
//! files, the summary page to standard error. What a difference is and why is decided in [`check`](crate::check).

use super::args::Check as Args;
use super::check_summary::Summary;
use super::context::{Context, with_book};
use super::ended::Ended;
use super::files::{self, Filing, Opened, Run};
use super::outlet::{self, Sink, write_file};
use super::progress::Counter;
use super::report::{closing, figure_notes, opening};
use super::rows_out::{Form, RowsOut};
use super::{check_row, how_read, interrupt, request};
use crate::batch::{RowCounts, all_added};
use crate::check::{
    Asked, Cause, Check, CheckTotals, DuplicateFinder, Duplicates, Finding, ListForm, Listing, Plan, Supplements,
};
use crate::facts::{Fault, Faults, Kind, Note, Outcome, Selection};
use crate::files::{Encoding, size};
use crate::payroll::BaseSource;
use crate::render::results::Framed;
use crate::render::{Format, Report, Speaker, json_text};
use crate::rules::{Steps, contribution};
use crate::tables::Book;
use crate::units::{Money, Month};

/// What was typed, read.
struct Request {
    filing: Filing,
    selection: Selection,
    month: Option<Month>,
    tolerance: Money,
    duplicates: Duplicates,
    findings: Option<(String, ListForm)>,
    explain_row: Option<u64>,
    base_from: Option<BaseSource>,
}

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let (context, book, request) = read(context, &args)?;
    let mut files = files::open(&args.files, &request.filing, &book, request.month)?;
    let mut notes = Vec::new();
    let mut checks = checks(&book, &request, &files.opened, &mut notes)?;
    if let Some(row) = request.explain_row {
        let (Some(file), Some(check)) = (files.opened.first_mut(), checks.first()) else { return Ok(Ended::Done) };
        return check_row::run(&context, &book, file, check, row);
    }
    interrupt::watch();
    let speaker = context.speaker(&book);
    let form = Form {
        filing: &request.filing,
        inputs: &args.files,
        added: checks.first().map(all_added).unwrap_or_default(),
        only_mismatches: args.only_mismatches,
        speaker,
    };
    let reading = files
        .opened
        .first()
        .map(|file| how_read::lines(file, checks.first().map(|check| &check.plan), request.month.is_some(), speaker));
    let mut out = RowsOut::open(&form, &mut files.opened)?;
    let own = out.is_own();
    for check in checks.iter_mut().filter(|_| out.takes_notes()) {
        check.note = Some(Box::new(move |finding| cell_note(finding, speaker)));
    }
    let mut list = findings_sink(&request, &args.files)?;
    let bar = files::bar(&context, &files);
    let run = Run {
        filing: &request.filing,
        rows: &mut out,
        findings: list.as_mut(),
        bar,
        speaker,
        only_mismatches: args.only_mismatches,
        own,
    };
    let (counts, totals) = run_all(run, &mut files.opened, &checks)?;
    notes.extend(notes_of(&checks, &totals));
    let summary = Summary {
        reading: reading.as_deref(),
        files: &args.files,
        counts: &counts,
        totals: &totals,
        plan: checks.first().map(|check| &check.plan),
        notes: &notes,
    };
    write_summary(&args, &book, &summary, speaker)?;
    if let Some(list) = list {
        list.finish()?;
    }
    out.finish(|| summary.sheet(speaker), speaker)?;
    if !context.quiet {
        let page = summary.page(speaker);
        outlet::message(&Format::Table.render(&Report { json: String::new(), page }));
    }
    Ok(if counts.found() { Ended::Found } else { Ended::Done })
}

/// Writes the summary into a file, where one was asked for.
fn write_summary(args: &Args, book: &Book, summary: &Summary<'_>, speaker: Speaker<'_>) -> Outcome<()> {
    let Some(path) = &args.summary else { return Ok(()) };
    let closing = closing(book, speaker, summary.notes, None);
    let framed = Framed { opening: opening("check", book), result: summary.result(), closing };
    write_file("--summary", path, &args.files, &format!("{}\n", json_text(&framed)))
}

/// What a note on a wrong cell says.
fn cell_note(finding: &Finding, speaker: Speaker<'_>) -> String {
    speaker.cell_note((finding.declared, finding.due, finding.difference()), &finding.why)
}

/// Checks one file after the other; what is counted is that of all.
fn run_all(mut run: Run<'_>, files: &mut [Opened], checks: &[Check<'_>]) -> Outcome<(RowCounts, CheckTotals)> {
    let several = files.len() > 1;
    let mut counts = RowCounts::default();
    let mut totals: Option<CheckTotals> = None;
    for (at, (file, check)) in files.iter_mut().zip(checks).enumerate() {
        let (counted, added) = run.file(check, file, (at, several))?;
        counts.add(counted);
        match &mut totals {
            Some(totals) => totals.add(added),
            None => totals = Some(added),
        }
        if counts.stopped_at.is_some() {
            break;
        }
    }
    Ok((counts, totals.unwrap_or_default()))
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
    let filing = faults.keep(Filing::read(&args.filing));
    let codes = Duplicates::ALL.map(Duplicates::code);
    let duplicates = faults.keep(request::choice("--duplicates", args.duplicates.as_deref(), &codes)).flatten();
    let duplicates = duplicates.map_or(Duplicates::Auto, |at| Duplicates::ALL[at]);
    let base_from = faults.keep(request::base_source(args.base_from.as_deref())).flatten();
    faults.keep(files::output("--findings", args.findings.as_deref(), &[".jsonl", ".csv"]));
    let form = |path: &String| {
        (path.clone(), if path.to_ascii_lowercase().ends_with(".csv") { ListForm::Csv } else { ListForm::Jsonl })
    };
    let explain_row =
        request::optional(args.explain_row.as_deref(), |text| request::count("--explain-row", text, 2, i64::MAX));
    let explain_row = faults.keep(explain_row).flatten().and_then(|row| u64::try_from(row).ok());
    if explain_row.is_some() && args.files.len() > 1 {
        faults.push(Fault::new(Kind::FlagConflict { flag: "--explain-row".to_owned(), other: args.files.join(" ") }));
    }
    let elsewhere = [("--output", &args.filing.output), ("--findings", &args.findings), ("--summary", &args.summary)];
    for (flag, _) in elsewhere.iter().filter(|(_, typed)| explain_row.is_some() && typed.is_some()) {
        faults.push(Fault::new(Kind::FlagConflict { flag: "--explain-row".to_owned(), other: (*flag).to_owned() }));
    }
    let wanted = asked.as_ref().and_then(|(context, _)| context.asked_format).filter(|_| explain_row.is_none());
    if let Some(format) = wanted.filter(|format| *format != Format::Csv) {
        let choices = vec![Format::Csv.code().to_owned()];
        let kind = Kind::UnknownChoice { text: format.code().to_owned(), choices, nearest: None };
        faults.push(Fault::flag(kind, "--format", format.code()));
    }
    let (Some((context, book)), Some(selection), Some(filing)) = (asked, selection, filing) else {
        return Err(faults);
    };
    faults.keep(request::known_reliefs(&book, Month::LAST, &selection.relief));
    let findings = args.findings.as_ref().map(form);
    let request = Request { filing, selection, month, tolerance, duplicates, findings, explain_row, base_from };
    faults.or((context, book, request))
}

/// The check of each file.
fn checks<'b>(book: &'b Book, request: &Request, files: &[Opened], notes: &mut Vec<Note>) -> Outcome<Vec<Check<'b>>> {
    let mut faults = Faults::default();
    let mut checks = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let asked = Asked {
            selection: request.selection.clone(),
            month: file.month,
            tolerance: request.tolerance,
            base_from: request.base_from,
        };
        let Some(plan) = faults.keep(Plan::new(book, &file.name, &file.table.reading, &asked)) else { continue };
        if at == 0 && !plan.not_checked.is_empty() {
            notes.push(Note::NotChecked { headings: plan.not_checked.clone() });
        }
        let mut check = Check::new(book, asked.selection, plan);
        if check.may_have_supplements() {
            // The file is read before; standard input is read once.
            let again = || files::open_table(&file.name, &request.filing, book, &Counter::default());
            if size(&file.name).is_none() {
                push_once(notes, Note::DifferencesAlone);
            } else if let Some(found) = faults.keep(Supplements::find(&check.plan, again)) {
                check.supplements = found;
            }
        }
        let finder = match request.duplicates {
            Duplicates::Off => None,
            Duplicates::On => Some(DuplicateFinder::new(None)),
            Duplicates::Auto if large(&file.name) => {
                push_once(notes, Note::DuplicatesNotChecked { most: Duplicates::AUTO_MOST });
                None
            }
            Duplicates::Auto => Some(DuplicateFinder::new(Some(Duplicates::AUTO_MOST))),
        };
        if finder.is_some() && !check.names_persons() {
            push_once(notes, Note::DuplicatesWithoutIdentity);
        }
        check.duplicates = finder.filter(|_| check.names_persons());
        check.listing = request.findings.as_ref().map(|(_, form)| Listing {
            form: *form,
            file: file.name.clone(),
            sheet: file.table.sheet.clone(),
            mask: request.filing.mask,
        });
        checks.push(check);
    }
    faults.or(checks)
}

/// Whether a file is larger than what is kept in memory for it unasked.
pub(super) fn large(file: &str) -> bool {
    size(file).is_some_and(|size| size > Duplicates::AUTO_MOST)
}

fn findings_sink(request: &Request, inputs: &[String]) -> Outcome<Option<Sink>> {
    let Some((path, form)) = &request.findings else { return Ok(None) };
    let mut taken = inputs.to_vec();
    taken.extend(request.filing.output().map(str::to_owned));
    let mut sink = Sink::open("--findings", Some(path), &taken, Encoding::Utf8)?;
    sink.write(Listing { form: *form, file: String::new(), sheet: None, mask: false }.heading().as_bytes())?;
    Ok(Some(sink))
}

/// Words a count as a note.
type OfCount = fn(u64) -> Note;

/// What the reader of the summary must know.
fn notes_of(checks: &[Check<'_>], totals: &CheckTotals) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut steps = Steps::default();
    if let Some(check) = checks.first() {
        for month in &totals.months {
            for charge in check.law.charges(*month).into_iter().flatten() {
                // The figures of a month are those that any wage of it rests on.
                let _ = contribution::charge(charge.terms.clone(), Some(*month), &mut steps);
                let _ = contribution::base(Money::ZERO, &charge, Some(*month), &mut steps);
            }
        }
    }
    notes.extend(figure_notes(&steps.0));
    if checks.iter().any(|check| check.duplicates.as_ref().is_some_and(DuplicateFinder::closed)) {
        notes.push(Note::DuplicatesNotChecked { most: Duplicates::AUTO_MOST });
    }
    if let Some(rows) = totals.causes.get(&Cause::Duplicate) {
        notes.push(Note::DeclaredAgain { rows: *rows, fen: totals.again });
    }
    if checks.iter().any(|check| check.plan.base_source == BaseSource::Shares) {
        notes.push(Note::BaseFromShares);
    }
    let counted: [(u64, OfCount); 7] = [
        (totals.noticed.refunds, |rows| Note::Refunds { rows }),
        (totals.noticed.differences, |rows| Note::Differences { rows }),
        (totals.noticed.not_checked, |rows| Note::RowsNotChecked { rows }),
        (totals.noticed.not_calculated, |cells| Note::NotCalculated { cells }),
        (totals.noticed.damaged_identity, |rows| Note::DamagedIdentity { rows }),
        (totals.noticed.blank, |cells| Note::BlankCells { cells }),
        (totals.noticed.bad_identity, |rows| Note::BadIdentity { rows }),
    ];
    notes.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, note)| note(count)));
    notes
}

fn push_once(notes: &mut Vec<Note>, note: Note) {
    if !notes.contains(&note) {
        notes.push(note);
    }
}

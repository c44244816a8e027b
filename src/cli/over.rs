//! The calculators over files: one way in, one way out, for all of them.
//!
//! Each command plans its calculator and is then run alike: rows go to a file or to standard output in the format asked
//! for, counts and sums to the end of it or to standard error. Flags of a single case beside `--file` are refused, since
//! they would change nothing. What a row comes to is decided in [`calculate`](crate::calculate).

use super::context::Context;
use super::document_out::{DocumentOut, Ending, Shape};
use super::ended::Ended;
use super::files::{self, Filing, Opened, Run, counted};
use super::report::{closing, opening};
use super::rows_out::{Form, RowsOut, as_utf8, sheet};
use super::{args, interrupt, outlet, request};
use crate::batch::{RowCounts, all_added};
use crate::calculate::{
    Calculator, ComputeContributions, ComputeResidentContributions, ComputeResidentPensions, ComputeTotals, Recipients,
};
use crate::facts::{Faults, Kind, Outcome, Selection, Step};
use crate::files::Encoding;
use crate::render::results::{BandResult, FileEnding};
use crate::render::words::Label;
use crate::render::{Cell, Column, Format, Page, Report, Table};
use crate::tables::Book;
use crate::units::{JsonSum, Money, Month, Months};

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
    over.run(|file| ComputeContributions::plan(&book, &file.name, &file.table.reading, selection.clone(), file.month))
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
        ComputeResidentPensions::plan(&book, &file.name, file.columns(), file.month, (args.category.clone(), given))
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
    over.run(|file| {
        ComputeResidentContributions::plan(&book, &file.name, file.columns(), (year, args.category.clone()))
    })
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
    fn run<C: Calculator>(&self, plan: impl FnOnce(&Opened) -> Outcome<C>) -> Outcome<Ended> {
        let inputs = vec![self.many.file.clone().unwrap_or_default()];
        let filing = Filing::read(&self.many.filing)?;
        let mut files = files::open(&inputs, &filing, self.book, self.month)?;
        let bar = files::bar(self.context, &files);
        interrupt::watch();
        let Some(file) = files.opened.first() else { return Err(Faults::from(Kind::EmptyFile)) };
        let job = plan(file)?;
        let (speaker, only_mismatches) = (self.context.speaker(self.book), false);
        let added = all_added(&job);
        let form = Form { filing: &filing, inputs: &inputs, added, only_mismatches, speaker };
        let mut out = self.open(&form, &mut files.opened)?;
        let Some(file) = files.opened.first_mut() else { return Err(Faults::from(Kind::EmptyFile)) };
        let (counts, totals) = {
            let (rows, own): (&mut dyn crate::files::Sink, bool) = match &mut out {
                Out::Rows(out) => {
                    let own = out.is_own();
                    (out, own)
                }
                Out::Document(out) => (out, false),
            };
            let findings = None;
            let mut run = Run { filing: &filing, rows, findings, bar, speaker, only_mismatches, own };
            run.file(&job, file, (0, false))?
        };
        let page = || self.summary(&inputs[0], &counts, &totals);
        match out {
            Out::Rows(out) => out.finish(|| sheet(page(), Vec::new(), false, speaker), speaker)?,
            Out::Document(out) => out.finish(self.ending(&counts, &totals), speaker)?,
        }
        if !self.context.quiet {
            outlet::message(&Format::Table.render(&Report { json: String::new(), page: page() }));
        }
        Ok(if counts.found() { Ended::Found } else { Ended::Done })
    }

    /// Opens what the rows go to: what the name of the result says, else what `--format` asks for.
    fn open(&self, form: &Form<'_>, files: &mut [Opened]) -> Outcome<Out> {
        let format = self.context.asked_format.filter(|_| !form.filing.is_named()).unwrap_or(Format::Csv);
        let Some(shape) = Shape::of(format, || opening(self.command, self.book)) else {
            return Ok(Out::Rows(RowsOut::open(form, files)?));
        };
        let above = as_utf8(form.filing, files);
        let target = outlet::Sink::open("--output", form.filing.output(), form.inputs, Encoding::Utf8)?;
        Ok(Out::Document(DocumentOut::new(shape, target, (above, form.row_columns()))))
    }

    /// The counts, sums and notes, for the person at the terminal.
    fn summary(&self, input: &str, counts: &RowCounts, totals: &ComputeTotals) -> Page {
        let speaker = self.context.speaker(self.book);
        let mut title = speaker.computed_counts(input, &counted(counts), totals.total);
        if let Some(row) = counts.stopped_at {
            title.push_str(&format!("\n{}", speaker.stopped_at(row)));
        }
        let mut tables = Vec::new();
        if !totals.bands.is_empty() {
            let label = |label| speaker.label(label);
            let columns = vec![
                Column::left("band", label(Label::AgeSupplement)),
                Column::right("people", label(Label::People)),
                Column::right("total", label(Label::Total)),
            ];
            let count = |people: u64| Cell::Count(i64::try_from(people).unwrap_or(i64::MAX));
            let rows = totals
                .bands
                .iter()
                .map(|(age, band)| vec![Cell::text(speaker.band(*age)), count(band.people), Cell::Sum(band.total)]);
            let (people, total) =
                totals.bands.values().fold((0, 0), |(people, sum), band| (people + band.people, sum + band.total));
            let footer = vec![vec![Cell::text(label(Label::Total)), count(people), Cell::Sum(total)]];
            tables.push(Table { columns, rows: rows.collect(), footer });
        }
        let remarks = totals.notes.iter().map(|note| speaker.note(note)).collect();
        Page { title, tables, remarks, explanation: None }
    }

    /// The counts, sums and notes, for the end of a document.
    fn ending(&self, counts: &RowCounts, totals: &ComputeTotals) -> Ending {
        let band = |(age, band): (&i16, &Recipients)| BandResult {
            age: *age,
            people: band.people,
            total: JsonSum(band.total),
        };
        let speaker = self.context.speaker(self.book);
        let steps: Option<&[Step]> = self.context.explain.then_some(&[]);
        let json = FileEnding {
            rows: counts.rows,
            ok: counts.ok,
            error: counts.error,
            skipped: counts.skipped.all(),
            bands: (!totals.bands.is_empty()).then(|| totals.bands.iter().map(band).collect()),
            closing: closing(self.book, speaker, &totals.notes, steps),
        };
        Ending { json, total: totals.total }
    }
}

/// Where the rows go.
enum Out {
    /// As they are, into a file or to standard output.
    Rows(RowsOut),
    /// Into one document.
    Document(DocumentOut),
}

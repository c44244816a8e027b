//! Files in and out, for `check` and the calculators alike: how they are read, worked and written.
//!
//! All files are opened, and their headings read, before anything is written; they must have the same headings and
//! encoding, since their rows go into one result. A run then works one file with one job. What the rows are written to
//! is opened in `rows_out` or `document_out`.

use std::thread::available_parallelism;

use super::args::Filing as Args;
use super::context::Context;
use super::outlet::Sink;
use super::progress::{Bar, Counter};
use super::request;
use crate::batch::{self, Describe, FindingSink, Frame, Job, RowCounts, RunOptions, Sinks, View, all_added};
use crate::facts::{Fault, Faults, Kind, Outcome, Place};
use crate::files::{Encoding, Headings, Lines};
use crate::payroll::{Columns, Layout, PayrollTable, Wanted};
use crate::render::{Speaker, words};
use crate::tables::Book;
use crate::units::Month;

/// The endings of results.
const ENDINGS: [&str; 3] = [".csv", ".xlsx", ".jsonl"];
/// The most threads where nobody says how many: each has its own memory.
const JOBS_AUTO_MOST: usize = 16;
/// The most threads that can be asked for.
const JOBS_MOST: i64 = 256;

/// How files are read, worked and written; read from what was typed.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Filing {
    mapping: Vec<(String, String)>,
    sheet: Option<String>,
    layout: Option<Layout>,
    encoding: Option<Encoding>,
    bom: bool,
    jobs: usize,
    fail_fast: bool,
    output: Option<String>,
    result_only: bool,
    pub mask: bool,
}

impl Filing {
    /// Reads what was typed.
    pub fn read(args: &Args) -> Outcome<Self> {
        let mut faults = Faults::default();
        let mapping = faults.keep(mapping(&args.column)).unwrap_or_default();
        faults.keep(output("--output", args.output.as_deref(), &ENDINGS));
        let layout = args.layout.as_deref().map(layout).transpose();
        let layout = faults.keep(layout).flatten();
        let codes = ["auto", Encoding::Utf8.code(), Encoding::Gb18030.code()];
        let encoding = faults.keep(request::choice("--encoding", args.encoding.as_deref(), &codes)).flatten();
        let encoding = encoding.and_then(|at| at.checked_sub(1)).and_then(|at| Encoding::ASKED.get(at).copied());
        let jobs = request::optional(args.jobs.as_deref(), |text| request::count("--jobs", text, 1, JOBS_MOST));
        let jobs = faults.keep(jobs).flatten().and_then(|jobs| usize::try_from(jobs).ok());
        let cores = || available_parallelism().map_or(1, usize::from).min(JOBS_AUTO_MOST);
        faults.or(Self {
            mapping,
            sheet: args.sheet.clone(),
            layout,
            encoding,
            bom: args.bom,
            jobs: jobs.unwrap_or_else(cores),
            fail_fast: args.fail_fast,
            output: args.output.clone(),
            result_only: args.result_only,
            mask: args.mask_ids,
        })
    }

    /// Whether only what is added is wanted.
    pub fn result_only(&self) -> bool {
        self.result_only
    }

    /// Whether the name of the result says what it is to be, whatever `--format` says.
    pub fn is_named(&self) -> bool {
        self.output().is_some_and(|path| ends_with(path, &ENDINGS))
    }

    /// Where the rows go; named or not.
    pub fn output(&self) -> Option<&str> {
        self.output.as_deref()
    }
}

/// A payroll file that has been opened, with its columns.
pub(super) struct Opened {
    /// Its name, as the user gave it.
    pub name: String,
    /// Its table.
    pub table: PayrollTable,
    /// The month of all its rows, where it was given or stands around the table and in no column.
    pub month: Option<Month>,
}

impl Opened {
    /// What its columns mean.
    pub fn columns(&self) -> &Columns {
        &self.table.reading.columns
    }
}

/// Files that have been opened together.
pub(super) struct Files {
    /// The files; all have the same headings.
    pub opened: Vec<Opened>,
    /// How many bytes they have together, where that is known.
    pub size: Option<u64>,
    read: Counter,
}

/// Opens every file before anything is written, and reads their headings.
pub(super) fn open(names: &[String], filing: &Filing, book: &Book, month: Option<Month>) -> Outcome<Files> {
    let mut faults = Faults::default();
    let mut opened: Vec<Opened> = Vec::new();
    let read = Counter::default();
    for name in names {
        let Some(file) = faults.keep(open_one(name, filing, book, month, &read)) else { continue };
        if let Some(first) = opened.first() {
            let (first_headings, headings) = (&first.table.headings, &file.table.headings);
            if first_headings.texts != headings.texts {
                let place = Place::Cell { file: name.clone(), row: 1, column: None };
                faults.push(Fault::at(Kind::HeadingsDiffer { first: first.name.clone() }, place));
            }
            let (one, other) = (first_headings.encoding, headings.encoding);
            if one != other {
                let kind =
                    Kind::EncodingsDiffer { first: first.name.clone(), encoding: one.code(), found: other.code() };
                faults.push(Fault::at(kind, Place::File { path: name.clone() }));
            }
        }
        opened.push(file);
    }
    let size = names.iter().map(|name| crate::files::size(name)).sum();
    faults.or(Files { opened, size, read })
}

/// Opens the table of a file.
pub(super) fn open_table(name: &str, filing: &Filing, book: &Book, read: &Counter) -> Outcome<PayrollTable> {
    let wanted = Wanted {
        sheet: filing.sheet.as_deref(),
        encoding: filing.encoding,
        mapping: &filing.mapping,
        insurances: book.insurances(),
        layout: filing.layout.as_ref(),
    };
    PayrollTable::open(name, wanted, read.bytes())
}

fn open_one(name: &str, filing: &Filing, book: &Book, month: Option<Month>, read: &Counter) -> Outcome<Opened> {
    let mut table = open_table(name, filing, book, read)?;
    if filing.bom {
        table.rows.into_utf8(&mut table.headings);
        table.headings.mark = true;
    }
    let in_column = table.reading.columns.find_month();
    let around = table.reading.month.as_ref().filter(|_| !in_column).map(|(month, _)| *month);
    Ok(Opened { name: name.to_owned(), table, month: month.or(around) })
}

/// One run over files.
pub(super) struct Run<'a> {
    /// How.
    pub filing: &'a Filing,
    /// Where the rows go.
    pub rows: &'a mut dyn crate::files::Sink,
    /// Where the findings go one by one.
    pub findings: Option<&'a mut Sink>,
    /// The line on the terminal.
    pub bar: Option<Bar>,
    /// In which language.
    pub speaker: Speaker<'a>,
    /// Only rows that are not in order.
    pub only_mismatches: bool,
    /// Whether the rows are added to where they stand, and the input is not wanted again.
    pub own: bool,
}

impl Run<'_> {
    /// Works one of several files; the first brings the headings of the result.
    pub fn file<J: Job>(
        &mut self,
        job: &J,
        file: &mut Opened,
        (at, several): (usize, bool),
    ) -> Outcome<(RowCounts, J::Totals)> {
        let speaker = self.speaker;
        let describe = |kind: &Kind| speaker.fault(kind).what;
        let view = self.view(several.then_some(file.name.as_str()), file.month);
        let PayrollTable { rows, headings, reading, .. } = &mut file.table;
        let frame = Frame::new(headings, &reading.columns, view, &describe);
        if at == 0 {
            let mark: &[u8] = match headings.encoding {
                _ if !headings.mark => b"",
                // Encoded on the way out like everything else.
                Encoding::Utf16Le | Encoding::Utf16Be => Encoding::Utf8.mark(),
                encoding @ (Encoding::Utf8 | Encoding::Gb18030) => encoding.mark(),
            };
            let mut lines = Lines::new(self.rows.form());
            frame.heading_row(mark, &all_added(job), &mut lines);
            self.rows.put(&lines)?;
        }
        let bar = self.bar.as_ref();
        let progress = |rows| {
            if let Some(bar) = bar {
                bar.show(rows, speaker);
            }
        };
        let mut list = self.findings.as_mut().map(|sink| |findings: &[u8]| sink.write(findings));
        let findings = list.as_mut().map(|list| -> &mut FindingSink<'_> { list });
        let sinks = Sinks { rows: &mut *self.rows, findings };
        let options =
            RunOptions { jobs: self.filing.jobs, fail_fast: self.filing.fail_fast, progress: Some(&progress) };
        batch::run(job, rows, &frame, sinks, options)
    }

    fn view<'v>(&self, file: Option<&'v str>, month: Option<Month>) -> View<'v> {
        View {
            result_only: self.filing.result_only || self.own,
            only_mismatches: self.only_mismatches,
            mask: self.filing.mask,
            file,
            month,
        }
    }
}

/// The line on the terminal for these files.
pub(super) fn bar(context: &Context, files: &Files) -> Option<Bar> {
    Bar::new(!context.quiet, files.size, files.read.clone())
}

/// The frame of a file that is only looked into.
pub(super) fn frame<'a>(
    headings: &'a Headings,
    columns: &Columns,
    month: Option<Month>,
    describe: Describe<'a>,
) -> Frame<'a> {
    Frame::new(headings, columns, View { month, ..View::default() }, describe)
}

/// The counts in the words' own form.
pub(super) fn counted(counts: &RowCounts) -> words::Counts {
    words::Counts {
        rows: counts.rows,
        ok: counts.ok,
        mismatch: counts.mismatch,
        error: counts.error,
        skipped: counts.skipped.parts(),
    }
}

/// What `--layout` leads to.
#[expect(clippy::disallowed_methods, reason = "the one place that reads layouts")]
fn layout(path: &str) -> Outcome<Layout> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let kind = Kind::Unreadable { path: path.to_owned(), message: error.to_string() };
        Fault::flag(kind, "--layout", path)
    })?;
    Layout::read(path, &text)
}

/// What `--column` says.
fn mapping(typed: &[String]) -> Outcome<Vec<(String, String)>> {
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

/// A flag that names a result takes what can be written; devices and pipes have no such ending.
pub(super) fn output(flag: &str, target: Option<&str>, known: &[&str]) -> Outcome<()> {
    let Some(path) = target else { return Ok(()) };
    let special = std::path::Path::new(path).exists() && !std::path::Path::new(path).is_file();
    if special || ends_with(path, known) {
        return Ok(());
    }
    let known = known.iter().map(|ending| (*ending).to_owned()).collect();
    Err(Fault::flag(Kind::OutputKind { path: path.to_owned(), known }, flag, path).into())
}

fn ends_with(path: &str, known: &[&str]) -> bool {
    known.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

//! `inspect`: how a file is understood, before anything is computed.
//!
//! It shows what `check` would start from: the headings with their meanings and reasons, the month and the insurance
//! around the table, the rows that are no persons, and as questions everything that the user has to settle with a flag.
//! `--save` keeps the reading as a layout. No amount is judged.

use super::args::{Filing as FilingArgs, Inspect as Args};
use super::context::{Context, with_book};
use super::ended::Ended;
use super::files::{self, Filing, Opened};
use super::outlet::write_file;
use super::report::{Draft, publish};
use super::{how_read, request};
use crate::check::{Asked, Plan};
use crate::facts::{Fault, Faults, Lang, Outcome, Selection};
use crate::payroll::{BaseSource, Columns, LeftOut, NoPersons, OtherSheet, PrintedSum, RowKinds, Sign, no_persons};
use crate::render::results::{
    ColumnResult, InspectResult, InsuranceOfAll, MonthOfAll, OtherSheetResult, QuestionResult, RowAsRead, SumPart,
    SumResult,
};
use crate::render::words::ReadingWord;
use crate::render::{Cell, Column, Page, Speaker, Table};
use crate::tables::Book;
use crate::units::{Money, Month};

/// What was typed, read.
struct Request {
    filing: Filing,
    selection: Selection,
    month: Option<Month>,
    base_from: Option<BaseSource>,
}

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let (context, book, request) = read(context, &args)?;
    let name = std::slice::from_ref(&args.file);
    let mut files = files::open(name, &request.filing, &book, request.month)?;
    let Some(mut file) = files.opened.pop() else { return Ok(Ended::Done) };
    let speaker = context.speaker(&book);
    let asked =
        Asked { selection: request.selection, month: file.month, tolerance: Money::ZERO, base_from: request.base_from };
    // What stands in the way of a check is shown as what is still to be said.
    let (plan, open) = match Plan::new(&book, &file.name, &file.table.reading, &asked) {
        Ok(plan) => (Some(plan), Faults::default()),
        Err(faults) => (None, faults),
    };
    let rows = rows(&mut file)?;
    let given = request.month.is_some();
    let result = result(&file, plan.as_ref(), given, &rows, questions(&open, speaker));
    if let Some(path) = &args.save {
        let columns = plan.as_ref().map(|plan| &plan.columns);
        let mut reading = file.table.reading.clone();
        if let Some(columns) = columns {
            reading.columns = columns.clone();
        }
        let source = plan.as_ref().map(|plan| plan.base_source.code());
        let layout = reading.layout(file.table.container.code(), file.table.sheet.as_deref(), source);
        write_file("--save", path, name, &layout.to_text())?;
    }
    let mut page = page(&file, plan.as_ref(), given, speaker);
    page.tables.extend(row_table(&file, &rows, speaker));
    page.remarks.extend(open.0.iter().map(|fault| {
        let message = speaker.fault(&fault.kind);
        let mark = match speaker.lang {
            Lang::Chinese => "；",
            Lang::English => "; ",
        };
        format!("{}{mark}{}", message.what, message.help)
    }));
    let (notes, remarks) = (Vec::new(), Vec::new());
    publish(&context, &book, Draft { command: "inspect", result, page, notes, remarks, steps: &[] })?;
    Ok(Ended::Done)
}

fn read(context: Outcome<Context>, args: &Args) -> Outcome<(Context, Book, Request)> {
    let mut faults = Faults::default();
    let asked = faults.keep(with_book(context));
    let selection = asked
        .as_ref()
        .and_then(|(context, book)| faults.keep(request::selection(&context.config, book, &args.selecting)));
    let month = request::optional(args.month.as_deref(), |text| request::month("--month", text));
    let month = faults.keep(month).flatten();
    let base_from = faults.keep(request::base_source(args.base_from.as_deref())).flatten();
    let filing = FilingArgs {
        column: args.column.clone(),
        sheet: args.sheet.clone(),
        layout: args.layout.clone(),
        encoding: args.encoding.clone(),
        ..FilingArgs::default()
    };
    let filing = faults.keep(Filing::read(&filing));
    let (Some((context, book)), Some(selection), Some(filing)) = (asked, selection, filing) else { return Err(faults) };
    faults.or((context, book, Request { filing, selection, month, base_from }))
}

/// Which rows below the headings are no persons.
fn rows(file: &mut Opened) -> Outcome<NoPersons> {
    let table = &mut file.table;
    no_persons(&mut table.rows, &RowKinds::new(&table.headings, &table.reading.columns))
}

/// What stands in the way of a check.
fn questions(open: &Faults, speaker: Speaker<'_>) -> Vec<QuestionResult> {
    let question = |fault: &Fault| {
        let message = speaker.fault(&fault.kind);
        QuestionResult { code: fault.kind.code(), message: message.what, help: message.help }
    };
    open.0.iter().map(question).collect()
}

/// How the file is understood, for programs.
fn result(
    file: &Opened,
    plan: Option<&Plan>,
    given: bool,
    rows: &NoPersons,
    questions: Vec<QuestionResult>,
) -> InspectResult {
    let table = &file.table;
    let reading = &table.reading;
    let columns = plan.map_or(file.columns(), |plan| &plan.columns);
    let insurance = reading.insurance.as_ref().map(|(insurance, side, source)| InsuranceOfAll {
        code: insurance.clone(),
        side: *side,
        from: source.code(),
        row: source.row(),
    });
    let other = |other: &OtherSheet| OtherSheetResult { name: other.name.clone(), what: other.what };
    let as_read = |row: u64, what: &'static str, text: &String| RowAsRead { row, what, text: text.clone() };
    InspectResult {
        file: file.name.clone(),
        container: table.container,
        encoding: table.headings.encoding,
        sheet: table.sheet.clone(),
        other_sheets: table.others.iter().map(other).collect(),
        heading_rows: [reading.heading_rows.0, reading.heading_rows.1],
        shape: reading.shape,
        insurance,
        month: how_read::month(file, given).map(|(from, month, place)| MonthOfAll { from: from.code(), month, place }),
        base_from: plan.map(|plan| plan.base_source),
        columns: (0..columns.headings().len()).map(|at| column(columns, at)).collect(),
        sums: reading.sums.iter().map(|printed| sum(columns, printed)).collect(),
        rows_above: reading.above().iter().map(|(row, what, text)| as_read(*row, what.code(), text)).collect(),
        rows: rows.rows,
        no_persons: rows.first.iter().map(|(row, what, text)| as_read(*row, what.code(), text)).collect(),
        no_person_rows: rows.skipped.parts().into_iter().map(|(what, rows)| (what.code(), rows)).collect(),
        questions,
    }
}

fn column(columns: &Columns, at: usize) -> ColumnResult {
    let meaning = columns.meanings().get(at).and_then(Option::as_ref);
    let unsettled = columns.unsettled().iter().find(|(unsettled, _)| *unsettled == at);
    ColumnResult {
        column: at + 1,
        heading: columns.headings().get(at).cloned().unwrap_or_default(),
        meaning: meaning.map(|(meaning, _)| meaning.code()),
        why: meaning.map(|(_, why)| *why),
        left_out: columns.left_out(at).map(LeftOut::code),
        unsettled: unsettled.map(|(_, insurance)| insurance.clone()),
    }
}

fn sum(columns: &Columns, printed: &PrintedSum) -> SumResult {
    let heading = |at: usize| columns.headings().get(at).cloned().unwrap_or_default();
    let part = |(at, sign): &(usize, Sign)| {
        let sign = match sign {
            Sign::Plus => "+",
            Sign::Minus => "-",
        };
        SumPart { heading: heading(*at), sign }
    };
    SumResult { heading: heading(printed.at), parts: printed.parts.iter().map(part).collect() }
}

/// What each column means, under the two lines.
fn page(file: &Opened, plan: Option<&Plan>, given: bool, speaker: Speaker<'_>) -> Page {
    let columns = plan.map_or(file.columns(), |plan| &plan.columns);
    let word = |word: ReadingWord| speaker.word(word);
    let mut rows = Vec::new();
    for (at, heading) in columns.headings().iter().enumerate() {
        let (means, why) = match (columns.meanings().get(at).and_then(Option::as_ref), columns.left_out(at)) {
            (Some((meaning, why)), _) => (how_read::meaning(meaning, speaker), speaker.word(*why)),
            (None, Some(what)) => (speaker.word(what).to_owned(), ""),
            (None, None) if columns.unsettled().iter().any(|(unsettled, _)| *unsettled == at) => {
                (word(ReadingWord::Unsettled).to_owned(), "")
            }
            (None, None) => (String::new(), ""),
        };
        let one_line = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        if !one_line.is_empty() {
            let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
            rows.push(vec![Cell::Count(number), Cell::text(one_line), Cell::text(means), Cell::text(why)]);
        }
    }
    let columns = vec![
        Column::right("column", word(ReadingWord::Column)),
        Column::left("heading", word(ReadingWord::Heading)),
        Column::left("meaning", word(ReadingWord::Meaning)),
        Column::left("why", word(ReadingWord::Why)),
    ];
    let title = format!("{}\n{}", file.name, how_read::lines(file, plan, given, speaker));
    Page { title, tables: vec![Table { columns, rows, footer: Vec::new() }], ..Page::default() }
}

/// The rows that are no persons.
fn row_table(file: &Opened, rows: &NoPersons, speaker: Speaker<'_>) -> Option<Table> {
    let number = |row: u64| Cell::Count(i64::try_from(row).unwrap_or(i64::MAX));
    let line = |row: u64, what: &str, text: &str| vec![number(row), Cell::text(what), Cell::text(text)];
    let above = file.table.reading.above();
    let mut lines: Vec<Vec<Cell>> =
        above.iter().map(|(row, what, text)| line(*row, speaker.word(*what), text)).collect();
    lines.extend(rows.first.iter().map(|(row, what, text)| line(*row, speaker.word(*what), text)));
    let columns = vec![
        Column::right("row", speaker.word(ReadingWord::Row)),
        Column::left("what", speaker.word(ReadingWord::What)),
        Column::left("text", speaker.word(ReadingWord::Text)),
    ];
    (!lines.is_empty()).then_some(Table { columns, rows: lines, footer: Vec::new() })
}

//! `contrib`: what employer and employee pay, for one wage or a file of them.
//!
//! One wage over one month or several is worked here by the rules of entries and shown with its limits; a file goes to
//! `over`. The two give the same amounts for the same row. What was left out (an insurance without a class, or without
//! figures) is said below the result.

use super::args::Contrib;
use super::context::{Context, with_book};
use super::ended::Ended;
use super::report::{Draft, figure_notes, publish};
use super::{over, request};
use crate::facts::{
    Faults, FigureKind, Kind, Limit, MonthContributions, MonthTerms, Note, Outcome, Selection, Share, Side,
};
use crate::render::results::ContribResult;
use crate::render::words::{Label, LimitsLine};
use crate::render::{Cell, Column, Page, Speaker, Table};
use crate::rules::{Steps, entry};
use crate::tables::Book;
use crate::units::{Money, Months};

pub(super) fn run(context: Outcome<Context>, args: Contrib) -> Outcome<Ended> {
    let mut faults = Faults::default();
    let asked = faults.keep(with_book(context));
    let selection = asked
        .as_ref()
        .and_then(|(context, book)| faults.keep(request::selection(&context.config, book, &args.selecting)));
    let months = faults.keep(request::months(args.month.as_deref(), args.from.as_deref(), args.to.as_deref()));
    if args.many.file.is_some() {
        let (Some((context, book)), Some(selection), Some(months)) = (asked, selection, months) else {
            return Err(faults);
        };
        return over::contrib(&context, book, selection, months, &args);
    }
    let wage = faults.keep(wage(&args));
    let months = months.and_then(|months| faults.keep(request::needed("--month", months)));
    let (Some((context, book)), Some(selection), Some(months), Some(wage)) = (asked, selection, months, wage) else {
        return Err(faults);
    };
    request::known_reliefs(&book, months.last, &selection.relief)?;
    one(&context, &book, &selection, months, wage)?;
    Ok(Ended::Done)
}

/// The wage, or the base in its place.
fn wage(args: &Contrib) -> Outcome<Money> {
    match (&args.wage, &args.base) {
        (Some(_), Some(_)) => Err(Kind::FlagConflict { flag: "--wage".to_owned(), other: "--base".to_owned() }.into()),
        (Some(wage), None) => request::money("--wage", wage),
        (None, Some(base)) => request::money("--base", base),
        (None, None) => Err(Kind::MissingFlag { flags: vec!["--wage".to_owned()] }.into()),
    }
}

fn one(context: &Context, book: &Book, selection: &Selection, months: Months, wage: Money) -> Outcome<()> {
    let mut faults = Faults::default();
    let mut steps = Steps::default();
    let mut results = Vec::new();
    let mut terms_of = Vec::new();
    let mut notes: Vec<Note> = Vec::new();
    for month in months.iter() {
        let Some(terms) = faults.keep(book.month_terms(month, selection)) else { continue };
        results.extend(faults.keep(entry::month(wage, &terms, &mut steps)));
        for note in &terms.notes {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        terms_of.push(terms);
    }
    faults.0.dedup();
    let results = faults.or(results)?;
    notes.extend(figure_notes(&steps.0));
    let speaker = context.speaker(book);
    let totals = sums(&results)?;
    let left_out =
        notes.iter().filter(|note| !context.quiet && matches!(note, Note::NoRate { .. } | Note::NoInjuryClass));
    let left_out: Vec<String> = left_out.map(|note| speaker.note(note)).collect();
    let page = page(book, &results, &totals, remarks(&results, &terms_of, &left_out, speaker), speaker);
    let result = ContribResult::new(wage, &results, totals);
    let remarks = notes.iter().filter(|note| !said_on_the_page(note)).cloned().collect();
    publish(context, book, Draft { command: "contrib", result, page, notes, remarks, steps: &steps.0 })
}

/// Notes that the limits line and the line of what is left out already say.
fn said_on_the_page(note: &Note) -> bool {
    let bare_limits = |note: &Note| matches!(note, Note::Figure(citation) if citation.kind == FigureKind::BaseLimits && citation.note.is_none());
    matches!(note, Note::NoRate { .. } | Note::NoInjuryClass) || bare_limits(note)
}

/// The totals over all months.
fn sums(results: &[MonthContributions]) -> Outcome<(Share<Money>, Money)> {
    let too_large = || Faults::from(Kind::AmountTooLarge);
    let mut shares = Share::<Money>::default();
    for side in Side::BOTH {
        let sum = results.iter().try_fold(Money::ZERO, |sum, month| sum.plus(*month.totals.get(side)));
        *shares.get_mut(side) = sum.ok_or_else(too_large)?;
    }
    let total = shares.employer.plus(shares.employee).ok_or_else(too_large)?;
    Ok((shares, total))
}

fn page(
    book: &Book,
    results: &[MonthContributions],
    totals: &(Share<Money>, Money),
    remarks: Vec<String>,
    speaker: Speaker<'_>,
) -> Page {
    let (Some(first), Some(last)) = (results.first(), results.last()) else { return Page::default() };
    let when = if results.len() == 1 {
        speaker.month(first.month)
    } else {
        format!("{} – {}", speaker.month(first.month), speaker.month(last.month))
    };
    Page {
        title: speaker.contribution_title(speaker.bilingual(book.region_name()), &when, first.wage),
        tables: vec![table(results, totals, speaker)],
        remarks,
        explanation: None,
    }
}

/// The lines below the table: the limits, what they did to the only month, what is left out.
fn remarks(
    results: &[MonthContributions],
    terms: &[MonthTerms],
    left_out: &[String],
    speaker: Speaker<'_>,
) -> Vec<String> {
    let several = results.len() > 1;
    let (mut remarks, mut said) = (Vec::new(), Vec::new());
    for terms in terms {
        for line in limits_lines(terms, speaker) {
            if !said.contains(&line) {
                remarks.push(if several { format!("{} {line}", speaker.month(terms.month)) } else { line.clone() });
                said.push(line);
            }
        }
    }
    if let [only] = results {
        remarks.extend(held_lines(only, speaker));
    }
    if !left_out.is_empty() {
        remarks.push(speaker.left_out(left_out));
    }
    remarks
}

fn table(results: &[MonthContributions], (shares, total): &(Share<Money>, Money), speaker: Speaker<'_>) -> Table {
    let label = |label| speaker.label(label);
    let columns = vec![
        if results.len() > 1 { Column::left("month", label(Label::Month)) } else { Column::unseen("month") },
        Column::left("insurance", label(Label::Insurance)),
        Column::right("base", label(Label::Base)),
        Column::unseen("limit"),
        Column::right("employer_rate", label(Label::EmployerRate)),
        Column::right("employer", label(Label::Employer)),
        Column::right("employee_rate", label(Label::EmployeeRate)),
        Column::right("employee", label(Label::Employee)),
        Column::right("total", label(Label::Total)),
    ];
    let mut rows = Vec::new();
    for month in results {
        for one in &month.contributions {
            rows.push(vec![
                Cell::Month(month.month),
                Cell::named(one.insurance.code(), speaker.insurance(&one.insurance)),
                Cell::Money(one.base),
                Cell::text(one.limit.code()),
                Cell::Rate(one.rates.employer),
                Cell::Money(one.amounts.employer),
                Cell::Rate(one.rates.employee),
                Cell::Money(one.amounts.employee),
                Cell::money(one.amounts.employer.plus(one.amounts.employee)),
            ]);
        }
    }
    let footer = vec![vec![
        Cell::Empty,
        Cell::text(label(Label::Total)),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Money(shares.employer),
        Cell::Empty,
        Cell::Money(shares.employee),
        Cell::Money(*total),
    ]];
    Table { columns, rows, footer }
}

/// One line for each pair of limits, naming the insurances where they differ.
fn limits_lines(terms: &MonthTerms, speaker: Speaker<'_>) -> Vec<String> {
    let mut groups: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, insurance) in terms.insurances.iter().enumerate() {
        let same = groups.iter_mut().find(|(first, _)| {
            terms.insurances.get(*first).is_some_and(|other| other.limits.value == insurance.limits.value)
        });
        let name = speaker.insurance(&insurance.insurance);
        match same {
            Some((_, names)) => names.push(name),
            None => groups.push((at, vec![name])),
        }
    }
    let several = groups.len() > 1;
    let line = |(at, names): (usize, Vec<String>)| {
        let limits = &terms.insurances.get(at)?.limits;
        let citation = limits.citation.as_deref();
        let average = limits
            .value
            .average_wage
            .map(|wage| (thousands(&wage.to_string()), limits.value.average_year, limits.value.average_kind));
        Some(speaker.limits(&LimitsLine {
            insurances: if several { names } else { Vec::new() },
            floor: limits.value.floor,
            ceiling: limits.value.ceiling,
            average,
            citation,
        }))
    };
    groups.into_iter().filter_map(line).collect()
}

/// A whole number with thousands marks; decimals stay as they are.
fn thousands(text: &str) -> String {
    let (whole, fraction) =
        text.split_once('.').map_or((text, String::new()), |(whole, fraction)| (whole, format!(".{fraction}")));
    let mut marked = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            marked.push(',');
        }
        marked.push(digit);
    }
    marked + &fraction
}

/// Which limits applied, with the insurances they applied to.
fn held_lines(month: &MonthContributions, speaker: Speaker<'_>) -> Vec<String> {
    let mut lines: Vec<(Limit, Money, Vec<String>)> = Vec::new();
    for one in month.contributions.iter().filter(|one| one.limit != Limit::None) {
        let name = speaker.insurance(&one.insurance);
        match lines.iter_mut().find(|(limit, base, _)| *limit == one.limit && *base == one.base) {
            Some((_, _, names)) => names.push(name),
            None => lines.push((one.limit, one.base, vec![name])),
        }
    }
    let comma = match speaker.lang {
        crate::facts::Lang::Chinese => "、",
        crate::facts::Lang::English => ", ",
    };
    lines
        .into_iter()
        .map(|(limit, base, names)| speaker.held(&names.join(comma), limit == Limit::Floor, base))
        .collect()
}

//! `resident-pension`: what a resident draws, for one person or a file of them.

use super::args::ResidentPension as Args;
use super::context::{Context, with_book};
use super::ended::Ended;
use super::report::{Draft, figure_notes, publish};
use super::{over, request};
use crate::facts::{Cited, Faults, Kind, Note, Outcome, ResidentPension, ResidentPerson};
use crate::render::results::ResidentPensionResult;
use crate::render::words::Label;
use crate::render::{Cell, Column, Page, Speaker, Table};
use crate::rules::{Steps, resident};
use crate::tables::Book;
use crate::units::{Date, Money, Months};

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let mut faults = Faults::default();
    let asked = faults.keep(with_book(context));
    let months = faults.keep(request::months(args.month.as_deref(), args.from.as_deref(), args.to.as_deref()));
    let given = request::optional(args.base_pension.as_deref(), |text| request::money("--base-pension", text));
    let given = faults.keep(given);
    if args.many.file.is_some() {
        let (Some((context, book)), Some(months), Some(given)) = (asked, months, given) else { return Err(faults) };
        return over::resident_pension(&context, book, months, given, &args);
    }
    let person = faults.keep(person(&args));
    let months = months.and_then(|months| faults.keep(request::needed("--month", months)));
    let (Some((context, book)), Some(months), Some(given), Some(person)) = (asked, months, given, person) else {
        return Err(faults);
    };
    let question = Question { months, given, category: args.category.as_deref() };
    one(&context, &book, &person, &question)?;
    Ok(Ended::Done)
}

/// What is asked besides the person.
struct Question<'a> {
    months: Months,
    given: Option<Money>,
    category: Option<&'a str>,
}

/// The most years that anybody can have paid.
pub(super) const YEARS_AT_MOST: i64 = 100;

fn person(args: &Args) -> Outcome<ResidentPerson> {
    let mut faults = Faults::default();
    let birth = faults.keep(birth(args));
    let death = faults.keep(request::optional(args.death.as_deref(), |text| request::date("--death", text))).flatten();
    let account =
        faults.keep(request::optional(args.account.as_deref(), |text| request::money("--account", text))).flatten();
    let years = faults
        .keep(request::optional(args.years.as_deref(), |text| request::count("--years", text, 0, YEARS_AT_MOST)))
        .flatten();
    match birth {
        Some(birth) => faults.or(ResidentPerson { birth, death, account, years }),
        None => Err(faults),
    }
}

/// The birth date, as typed or from the identity number.
fn birth(args: &Args) -> Outcome<Date> {
    match (&args.birth, &args.id) {
        (Some(_), Some(_)) => Err(Kind::FlagConflict { flag: "--birth".to_owned(), other: "--id".to_owned() }.into()),
        (Some(birth), None) => request::date("--birth", birth),
        (None, Some(id)) => request::identity("--id", id).map(|number| number.birth),
        (None, None) => Err(Kind::MissingFlag { flags: vec!["--birth".to_owned(), "--id".to_owned()] }.into()),
    }
}

fn one(context: &Context, book: &Book, person: &ResidentPerson, question: &Question<'_>) -> Outcome<()> {
    let mut faults = Faults::default();
    let mut steps = Steps::default();
    let mut results: Vec<ResidentPension> = Vec::new();
    let mut needed = 0;
    for month in question.months.iter() {
        let Some(mut terms) = faults.keep(book.resident_terms(month, question.category)) else { continue };
        if let Some(given) = question.given {
            terms.base_pension = Ok(Cited::given(given));
        }
        needed = terms.years_threshold.value;
        let result = resident::pension(person, &terms, &mut steps);
        results.extend(faults.keep(result));
    }
    faults.0.dedup();
    let results = faults.or(results)?;
    let total = results
        .iter()
        .try_fold(Money::ZERO, |sum, one| sum.plus(one.total))
        .ok_or_else(|| Faults::from(Kind::AmountTooLarge))?;
    let mut notes = figure_notes(&steps.0);
    if results.iter().any(|one| one.payable) {
        notes.extend(person_notes(person, question.given, needed));
    }
    let speaker = context.speaker(book);
    let draft = Draft {
        command: "resident-pension",
        result: ResidentPensionResult::new(person.birth, &results, total),
        page: page(book, &results, total, speaker),
        remarks: notes.clone(),
        notes,
        steps: &steps.0,
    };
    publish(context, book, draft)
}

/// What a result leaves out, or takes from the user's word.
pub(super) fn person_notes(person: &ResidentPerson, given: Option<Money>, needed: i64) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(given.map(Note::GivenBasePension));
    notes.extend(person.account.is_none().then_some(Note::NoAccount));
    match person.years {
        None => notes.push(Note::NoYears),
        Some(years) if years < needed => notes.push(Note::FewYears { years, needed }),
        Some(_) => {}
    }
    notes
}

fn page(book: &Book, results: &[ResidentPension], total: Money, speaker: Speaker<'_>) -> Page {
    let (Some(first), Some(last)) = (results.first(), results.last()) else { return Page::default() };
    let label = |label| speaker.label(label);
    let when = if results.len() == 1 {
        speaker.month(first.month)
    } else {
        format!("{} – {}", speaker.month(first.month), speaker.month(last.month))
    };
    let columns = vec![
        Column::left("birth", label(Label::Birth)),
        Column::left("month", label(Label::Month)),
        Column::right("age", label(Label::Age)),
        Column::left("payable_from", label(Label::PayableFrom)),
        Column::left("payable", label(Label::Payable)),
        Column::right("base_pension", label(Label::BasePension)),
        Column::right("age_supplement", label(Label::AgeSupplement)),
        Column::right("years_supplement", label(Label::YearsSupplement)),
        Column::right("account_pension", label(Label::AccountPension)),
        Column::right("total", label(Label::Total)),
    ];
    let yes_no = |yes| if yes { Label::Yes } else { Label::No };
    let row = |one: &ResidentPension| {
        vec![
            Cell::Date(one.birth),
            Cell::Month(one.month),
            Cell::Count(one.age.into()),
            Cell::Month(one.payable_from),
            Cell::named(one.payable.to_string(), label(yes_no(one.payable))),
            Cell::money(one.base_pension),
            Cell::money(one.age_supplement),
            Cell::money(one.years_supplement),
            Cell::money(one.account_pension),
            Cell::Money(one.total),
        ]
    };
    let mut footer = Vec::new();
    if results.len() > 1 {
        let mut sum = vec![Cell::Empty; 10];
        sum[1] = Cell::text(label(Label::Total));
        sum[9] = Cell::Money(total);
        footer.push(sum);
    }
    Page {
        title: speaker.resident_title(speaker.bilingual(book.region_name()), &when),
        tables: vec![Table { columns, rows: results.iter().map(row).collect(), footer }],
        remarks: Vec::new(),
        explanation: None,
    }
}

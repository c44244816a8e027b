//! `resident-contrib`: a resident's yearly contribution, the subsidy, and what the government pays.

use super::args::ResidentContrib as Args;
use super::context::{Context, with_book};
use super::ended::Ended;
use super::report::{Draft, figure_notes, publish};
use super::{over, request};
use crate::facts::{Faults, Outcome};
use crate::render::results::ResidentContribResult;
use crate::render::words::Label;
use crate::render::{Cell, Column, Page, Table};
use crate::rules::{Steps, resident};

/// The most people that one question is asked for.
pub(super) const PEOPLE_AT_MOST: i64 = 1_000_000_000;

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    if args.many.file.is_some() {
        let (context, book) = with_book(context)?;
        return over::resident_contrib(&context, book, &args);
    }
    let mut faults = Faults::default();
    let asked = faults.keep(with_book(context));
    let tier = faults.keep(request::required("--tier", args.tier.as_deref(), |text| request::money("--tier", text)));
    let year = faults.keep(request::required("--year", args.year.as_deref(), |text| request::year("--year", text)));
    let people = faults
        .keep(request::optional(args.people.as_deref(), |text| request::count("--people", text, 1, PEOPLE_AT_MOST)));
    let (Some((context, book)), Some(tier), Some(year), Some(people)) = (asked, tier, year, people) else {
        return Err(faults);
    };
    let category = args.category.as_deref();
    let terms = book.tier_terms(year, category)?;
    let mut steps = Steps::default();
    let result = resident::contribution(tier, category, people.unwrap_or(1), &terms, &mut steps)?;
    let speaker = context.speaker(&book);
    let notes = figure_notes(&steps.0);
    let label = |label| speaker.label(label);
    let columns = vec![
        Column::right("tier", label(Label::Tier)),
        Column::right("paid_by_person", label(Label::PaidByPerson)),
        Column::right("paid_by_government", label(Label::PaidByGovernment)),
        Column::right("subsidy", label(Label::Subsidy)),
        Column::right("per_person", label(Label::PerPerson)),
        Column::right("people", label(Label::People)),
        Column::right("total", label(Label::Total)),
    ];
    let row = vec![
        Cell::Money(result.tier),
        Cell::Money(result.paid_by_person),
        Cell::Money(result.paid_by_government),
        Cell::Money(result.subsidy),
        Cell::Money(result.per_person),
        Cell::Count(result.people),
        Cell::Money(result.total),
    ];
    let when = match category {
        Some(category) => format!("{year}  {}", speaker.category(category)),
        None => year.to_string(),
    };
    let draft = Draft {
        command: "resident-contrib",
        result: ResidentContribResult::new(year, &result),
        page: Page {
            title: speaker.resident_title(speaker.bilingual(book.region_name()), &when),
            tables: vec![Table { columns, rows: vec![row], footer: Vec::new() }],
            remarks: Vec::new(),
            explanation: None,
        },
        remarks: notes.clone(),
        notes,
        steps: &steps.0,
    };
    publish(&context, &book, draft)?;
    Ok(Ended::Done)
}

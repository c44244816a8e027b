//! `schema`: the JSON Schema of one result, or the list of results.

use super::args::Schema as Args;
use super::context::Context;
use super::ended::Ended;
use super::report::{Draft, publish};
use super::{outlet, request};
use crate::facts::Outcome;
use crate::render::results::{KindResult, KindsResult, ResultKind};
use crate::render::words::Label;
use crate::render::{Cell, Column, Page, Table};

pub(super) fn run(context: Outcome<Context>, args: Args) -> Outcome<Ended> {
    let context = context?;
    let codes: Vec<&str> = ResultKind::ALL.iter().map(|kind| kind.code()).collect();
    match request::choice("RESULT", args.result.as_deref(), &codes)? {
        Some(at) => outlet::print(&ResultKind::ALL[at].schema())?,
        None => list(&context)?,
    }
    Ok(Ended::Done)
}

fn list(context: &Context) -> Outcome<()> {
    let book = context.book()?;
    let result = |kind: &ResultKind| KindResult { result: kind.code(), about: kind.about(context.lang) };
    let results: Vec<KindResult> = ResultKind::ALL.iter().map(result).collect();
    let speaker = context.speaker(&book);
    let columns =
        vec![Column::left("result", speaker.label(Label::Name)), Column::left("about", speaker.label(Label::About))];
    let rows = results.iter().map(|one| vec![Cell::text(one.result), Cell::text(one.about)]).collect();
    let page = Page { tables: vec![Table { columns, rows, footer: Vec::new() }], ..Page::default() };
    let (result, notes, remarks) = (KindsResult { results }, Vec::new(), Vec::new());
    publish(context, &book, Draft { command: "schema", result, page, notes, remarks, steps: &[] })
}

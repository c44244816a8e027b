//! What all results share: the frame of the JSON, notes, steps, and the digest of the tables.
//!
//! A command makes a draft: its result for programs and its page for people. Here the command, the region, the notes and
//! the steps are added to both, and the report goes out in the format asked for; JSON is made only where it is wanted.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::context::Context;
use super::outlet;
use crate::facts::{Citation, Note, Outcome, Status, Step};
use crate::render::results::{Closing, Framed, NoteResult, Opening, StepResult, TablesRead};
use crate::render::{Cell, Column, Format, Page, Report, Speaker, Table, json_text, words::Label};
use crate::tables::Book;
use std::sync::Arc;

/// A result on its way to a report.
pub(super) struct Draft<'a, R> {
    /// The command.
    pub command: &'static str,
    /// The result for programs.
    pub result: R,
    /// The page without notes and steps.
    pub page: Page,
    /// The notes for JSON.
    pub notes: Vec<Note>,
    /// Which notes the page does not already say.
    pub remarks: Vec<Note>,
    /// The steps.
    pub steps: &'a [Step],
}

/// Puts the frame around a result and prints it.
pub(super) fn publish<R: Serialize>(context: &Context, book: &Book, draft: Draft<'_, R>) -> Outcome<()> {
    let format = context.format();
    let speaker = context.speaker(book);
    let json = if format == Format::Json {
        let closing = closing(book, speaker, &draft.notes, context.explain.then_some(draft.steps));
        json_text(&Framed { opening: opening(draft.command, book), result: draft.result, closing })
    } else {
        String::new()
    };
    let mut page = draft.page;
    if !context.quiet {
        page.remarks.extend(draft.remarks.iter().map(|note| speaker.note(note)));
    }
    if context.explain {
        page.explanation = Some(explanation(draft.steps, speaker));
    }
    outlet::print(&format.render(&Report { json, page }))
}

/// The keys that begin the JSON of every result.
pub(super) fn opening(command: &'static str, book: &Book) -> Opening {
    Opening { command, region: book.region().clone() }
}

/// The keys that end it.
pub(super) fn closing(book: &Book, speaker: Speaker<'_>, notes: &[Note], steps: Option<&[Step]>) -> Closing {
    let note = |note: &Note| NoteResult { code: note.code(), message: speaker.note(note) };
    Closing {
        notes: notes.iter().map(note).collect(),
        tables: TablesRead { sha256: digest(book) },
        steps: steps.map(|steps| steps.iter().map(|step| step_result(step, speaker)).collect()),
    }
}

/// A digest over the tables that were read, by name and text.
fn digest(book: &Book) -> String {
    let mut digest = Sha256::new();
    for file in book.files_read() {
        digest.update(file.name.as_bytes());
        digest.update([0]);
        digest.update(file.text.as_bytes());
        digest.update([0]);
    }
    let mut text = String::new();
    for byte in digest.finalize() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn step_result(step: &Step, speaker: Speaker<'_>) -> StepResult {
    let sources: Vec<String> = citations(step).iter().map(|citation| speaker.citation(citation)).collect();
    StepResult {
        label: speaker.step_label(step),
        formula: speaker.formula(step),
        value: step.value,
        source: (!sources.is_empty()).then(|| sources.join("; ")),
    }
}

/// The citations of a step, each once.
fn citations(step: &Step) -> Vec<&Arc<Citation>> {
    let mut found: Vec<&Arc<Citation>> = Vec::new();
    for citation in step.inputs.iter().filter_map(|input| input.citation.as_ref()).chain(&step.citation) {
        if !found.iter().any(|other| other.place == citation.place && other.status == citation.status) {
            found.push(citation);
        }
    }
    found
}

/// The explanation: a table of steps and the numbered documents below it.
fn explanation(steps: &[Step], speaker: Speaker<'_>) -> (String, Table, Vec<String>) {
    let several =
        steps.iter().any(|step| step.month != steps.first().and_then(|first| first.month) && step.month.is_some());
    let mut documents: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for step in steps {
        let mut marks = Vec::new();
        for citation in citations(step) {
            for source in &citation.sources {
                let url = source.url.as_ref().map_or_else(String::new, |url| format!(" {url}"));
                let text = format!("{} [{}]{url}", speaker.document(source), speaker.word(citation.status));
                let at = documents.iter().position(|document| *document == text).unwrap_or_else(|| {
                    documents.push(text);
                    documents.len() - 1
                });
                let mark = format!("[{}]", at + 1);
                if !marks.contains(&mark) {
                    marks.push(mark);
                }
            }
        }
        let label = match step.month.filter(|_| several) {
            Some(month) => format!("{month} {}", speaker.step_label(step)),
            None => speaker.step_label(step),
        };
        rows.push(vec![
            Cell::text(label),
            Cell::text(speaker.formula(step)),
            Cell::text(speaker.value(step.value)),
            Cell::text(marks.join(" ")),
        ]);
    }
    let columns = vec![
        Column::left("label", speaker.label(Label::Step)),
        Column::left("formula", speaker.label(Label::Formula)),
        Column::right("value", speaker.label(Label::Value)),
        Column::left("source", speaker.label(Label::Source)),
    ];
    let documents = documents.iter().enumerate().map(|(at, document)| format!("[{}] {document}", at + 1)).collect();
    (speaker.label(Label::Explanation).to_owned(), Table { columns, rows, footer: Vec::new() }, documents)
}

/// The notes that the figures of these steps call for, each block once.
pub(super) fn figure_notes(steps: &[Step]) -> Vec<Note> {
    let mut seen: Vec<&Arc<Citation>> = Vec::new();
    let mut notes = Vec::new();
    for citation in steps.iter().flat_map(citations) {
        if seen.iter().any(|other| other.place == citation.place && other.status == citation.status) {
            continue;
        }
        seen.push(citation);
        if matches!(citation.status, Status::Derived | Status::Unconfirmed) {
            notes.push(Note::Figure(Arc::clone(citation)));
        }
        if citation.provisional {
            notes.push(Note::Provisional(Arc::clone(citation)));
        }
    }
    notes
}

//! Faults as messages: what is wrong, where (in the user's own text), what to do.
//!
//! A fault is data; its words come from `words`, its layout from here: the code in brackets, the line with the part
//! underlined, the related lines of the tables, the advice. Columns count characters, so that Chinese text is underlined
//! where it stands.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::words::Speaker;
use crate::facts::{Excerpt, Fault, Faults, Kind, Place};

/// Whether messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Plain text.
    Plain,
    /// With terminal colours.
    Coloured,
}

/// Every fault as a message, with an empty line between two and a line feed at the end.
///
/// ```
/// use shebao::facts::{Fault, Faults, Kind, Lang};
/// use shebao::render::{Look, faults_text, words::speaker};
/// use shebao::units::typed::MoneyFault;
/// let kind = Kind::BadMoney { text: "5k".to_owned(), why: MoneyFault::NotANumber };
/// let fault = Fault::flag(kind, "--wage", "5k");
/// let text = faults_text(&Faults::from(fault), speaker(Lang::English), Look::Plain);
/// assert!(text.starts_with("error[bad-money]: ") && text.contains("--wage 5k\n"));
/// ```
#[must_use]
pub fn faults_text(faults: &Faults, speaker: Speaker<'_>, look: Look) -> String {
    let messages: Vec<String> = faults.0.iter().map(|fault| fault_text(fault, speaker, look)).collect();
    messages.join("\n\n") + "\n"
}

fn fault_text(fault: &Fault, speaker: Speaker<'_>, look: Look) -> String {
    let message = speaker.fault(&fault.kind);
    let names = speaker.message_names();
    let mut group = Level::ERROR.with_name(names.error).primary_title(message.what).id(fault.kind.code()).elements(at(
        &fault.place,
        AnnotationKind::Primary,
        None,
    ));
    for place in &fault.related {
        let contradicts = matches!(fault.kind, Kind::DeclaredDiffers { .. });
        let label = if contradicts { names.tables_say } else { names.related };
        group = group.elements(at(place, AnnotationKind::Context, Some(label)));
    }
    if !message.help.is_empty() {
        group = group.element(Level::HELP.with_name(names.help).message(message.help));
    }
    let renderer = match look {
        Look::Plain => Renderer::plain(),
        Look::Coloured => Renderer::styled(),
    };
    let groups: Vec<Group<'_>> = vec![group];
    renderer.decor_style(DecorStyle::Ascii).render(&groups)
}

/// What shows a place: the line with the part underlined, or a name.
fn at<'a>(place: &'a Place, kind: AnnotationKind, label: Option<&'a str>) -> Option<annotate_snippets::Element<'a>> {
    match place {
        Place::Nowhere => None,
        Place::Flag { flag, text } => {
            let typed = if text.is_empty() { flag.clone() } else { format!("{flag} {text}") };
            let span = if text.is_empty() { 0..flag.len() } else { flag.len() + 1..typed.len() };
            Some(Snippet::source(typed).line_numbering(false).annotation(kind.span(span).label(label)).into())
        }
        Place::Line(excerpt) => Some(line(excerpt, kind, label).into()),
        Place::File { path } => Some(Origin::path(path.as_str()).into()),
        Place::Cell { file, row, column } => {
            let at = Origin::path(file.as_str()).line(usize::try_from(*row).unwrap_or(usize::MAX));
            Some(match column {
                Some((column, _)) => at.char_column(*column).into(),
                None => at.into(),
            })
        }
    }
}

fn line<'a>(
    excerpt: &'a Excerpt,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let snippet =
        Snippet::source(excerpt.text.as_str()).line_start(excerpt.line).path(excerpt.file.as_str()).fold(false);
    snippet.annotation(kind.span(excerpt.span.clone()).label(label))
}

//! How a file is read, for people: shared by `inspect` and the summary of `check`.

use super::files::Opened;
use crate::check::Plan;
use crate::facts::Side;
use crate::files::Container;
use crate::payroll::{LeftOut, Meaning, PlainRole, Shape};
use crate::render::Speaker;
use crate::render::words::{HowRead, MonthFrom, ReadingWord};

/// What a meaning is called.
pub(super) fn meaning(meaning: &Meaning, speaker: Speaker<'_>) -> String {
    let word = |role: PlainRole| speaker.word(role).to_owned();
    let side = |side: Side| speaker.word(side).to_owned();
    let parts: Vec<String> = match meaning {
        Meaning::Plain(role) => vec![word(*role)],
        Meaning::InsuranceBase(insurance) => vec![speaker.insurance(insurance), word(PlainRole::Base)],
        Meaning::Amount(insurance, of) => vec![speaker.insurance(insurance), side(*of)],
        Meaning::SideBase(of) => vec![side(*of), word(PlainRole::Base)],
        Meaning::SideAmount(of) => vec![side(*of), word(PlainRole::Amount)],
        Meaning::Months(insurance) => vec![speaker.insurance(insurance), word(PlainRole::Months)],
        Meaning::Span(insurance) => vec![speaker.insurance(insurance), word(PlainRole::Span)],
        Meaning::Sum(of) => {
            let insurance = of.insurance.iter().map(|one| speaker.insurance(one));
            insurance.chain(of.side.map(side)).chain([speaker.word(ReadingWord::Sum).to_owned()]).collect()
        }
    };
    parts.join(" ")
}

/// Where the month of the rows comes from, the month, the heading or row it stands in.
pub(super) fn month(file: &Opened, given: bool) -> Option<(MonthFrom, Option<String>, Option<String>)> {
    let month = file.month.map(|month| month.to_string());
    if given {
        return Some((MonthFrom::Given, month, None));
    }
    let columns = file.columns();
    if let Some(heading) = columns.month_heading() {
        return Some((MonthFrom::Column, None, Some(heading.to_owned())));
    }
    let (_, found) = file.table.reading.month.as_ref()?;
    Some((MonthFrom::Found(found.clone()), month, found.row().map(|row| row.to_string())))
}

/// The two lines.
pub(super) fn lines(file: &Opened, plan: Option<&Plan>, given: bool, speaker: Speaker<'_>) -> String {
    let table = &file.table;
    let reading = &table.reading;
    let columns = plan.map_or(file.columns(), |plan| &plan.columns);
    let quote = |text: &str| match speaker.lang {
        crate::facts::Lang::Chinese => format!("“{text}”"),
        crate::facts::Lang::English => format!(" “{text}”"),
    };
    let month = month(file, given).map(|(source, month, place)| {
        let text = match (month, place) {
            (Some(month), _) => format!(" {month}"),
            (None, Some(heading)) => quote(&heading),
            (None, None) => String::new(),
        };
        (source, text)
    });
    let heading = |at: usize| columns.headings().get(at).cloned().unwrap_or_default();
    let mut checked: Vec<String> = Vec::new();
    for found in columns.meanings().iter().flatten() {
        let wanted = match &found.0 {
            Meaning::InsuranceBase(_) | Meaning::Amount(..) | Meaning::SideBase(_) | Meaning::SideAmount(_) => true,
            Meaning::Plain(role) => matches!(role, PlainRole::Wage | PlainRole::Base | PlainRole::Amount),
            Meaning::Months(_) | Meaning::Span(_) | Meaning::Sum(_) => false,
        };
        if wanted {
            checked.push(meaning(&found.0, speaker));
        }
    }
    let left_out =
        (0..columns.headings().len()).filter(|at| columns.left_out(*at).is_some_and(|what| what != LeftOut::Beside));
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    speaker.how_read(&HowRead {
        container: table.container,
        encoding: matches!(table.container, Container::Csv | Container::Tsv).then_some(table.headings.encoding),
        sheet: table.sheet.clone(),
        heading_rows: reading.heading_rows,
        shape: reading.shape,
        insurance: reading.insurance.as_ref().filter(|_| reading.shape == Shape::Single).map(
            |(insurance, side, source)| {
                let side = side.map(|side| speaker.word(side).to_owned());
                let named = [speaker.insurance(insurance)].into_iter().chain(side).collect::<Vec<_>>().join(" ");
                (named, source.clone())
            },
        ),
        month,
        base_source: plan.map(|plan| plan.base_source),
        checked,
        sums: reading.sums.iter().map(|sum| one_line(heading(sum.at))).collect(),
        left_out: left_out.map(|at| one_line(heading(at))).collect(),
    })
}

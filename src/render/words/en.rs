//! The phrases in English.
//!
//! Half-width marks only; "1 row", "2 rows"; words of the glossary. Faults have a file of their own.

use super::en_faults::{self, counted};
use super::phrases::{Counts, FaultMessage, LimitsLine, MessageNames, Speaker, Words, input, is_to_the_fen, joined};
use crate::facts::{AverageKind, Insurance, Kind, Note, Operation, Status, Step};
use crate::payroll::NoPerson;
use crate::render::page::grouped;
use crate::units::{Mode, Money, Month, Rounding};

pub(super) struct English;

impl Words for English {
    fn message_names(&self) -> MessageNames {
        MessageNames {
            error: "error",
            help: "help",
            related: "compare with this",
            tables_say: "the figure in the tables",
        }
    }

    fn fault(&self, kind: &Kind, speaker: Speaker<'_>) -> FaultMessage {
        en_faults::message(kind, speaker)
    }

    #[expect(clippy::too_many_lines, reason = "a table of words")]
    fn note(&self, note: &Note, speaker: Speaker<'_>) -> String {
        match note {
            Note::Figure(citation) => {
                let more = citation.note.as_ref().map_or_else(String::new, |note| format!(". {}", note.en));
                let (status, figure) = (speaker.word(citation.status), speaker.cited(citation));
                format!("{status}: {figure}, {}, from {}{more}", citation.region, citation.from)
            }
            Note::Provisional(citation) => {
                let figure = speaker.cited(citation);
                format!(
                    "provisional: {figure}, {}, from {}; differences are settled once the final figure is published",
                    citation.region, citation.from
                )
            }
            Note::NoRate { insurance, reason } => match reason {
                Some(reason) => format!(
                    "{} (no rate for this month: {})",
                    speaker.insurance(insurance),
                    reason.en.trim_end_matches('.')
                ),
                None => format!("{} (no rate for this month)", speaker.insurance(insurance)),
            },
            Note::NoInjuryClass => {
                format!("{} (give the industry risk class with --injury-class)", speaker.insurance(&Insurance::new(Insurance::INJURY)))
            }
            Note::ReliefNotApplied { insurance, names } => {
                format!(
                    "{}: reliefs exist for this month but were not applied; choose one with --relief: {}",
                    speaker.insurance(insurance),
                    names.join(", ")
                )
            }
            Note::NoAccount => {
                "no account balance given (--account): the total does not include the account pension".to_owned()
            }
            Note::NoYears => "no years paid given (--years): the total does not include the years supplement".to_owned(),
            Note::FewYears { years, needed } => format!(
                "{} paid, fewer than {needed}: the missing years must be paid first, except by those who were already 60 when the scheme began",
                counted((*years).unsigned_abs(), "year", "years")
            ),
            Note::GivenBasePension(amount) => format!(
                "the base pension of {} yuan was given by the user, not taken from the tables",
                grouped(amount.fen().into())
            ),
            Note::BadIdentity { rows } => {
                format!("{} an identity number that is invalid (length, birth date or check digit)", counted(*rows, "row has", "rows have"))
            }
            Note::DamagedIdentity { rows } => format!(
                "{} an identity number that was stored as a number: its last digits are lost and cannot be restored; export the file again with that column as text",
                counted(*rows, "row has", "rows have")
            ),
            Note::BaseFromShares => {
                "the file has neither wages nor bases: each row's base is inferred from its amounts, so only their consistency and the limits are checked".to_owned()
            }
            Note::Refunds { rows } => format!("{}: what is due is negative", counted(*rows, "row is a refund", "rows are refunds")),
            Note::Differences { rows } => format!("{}: checked against the limits together with the regular entry of the same person and month", counted(*rows, "row is a difference of bases", "rows are differences of bases")),
            Note::RowsNotChecked { rows } => format!("{} of an insurance that is not checked", counted(*rows, "row is", "rows are")),
            Note::BlankCells { cells } => {
                format!("{} blank: treated as not declared and not compared", counted(*cells, "declared cell is", "declared cells are"))
            }
            Note::DeclaredAgain { rows, fen } => format!(
                "{} an earlier row, {} yuan in total; the totals above include them",
                counted(*rows, "row repeats", "rows repeat"),
                grouped(*fen)
            ),
            Note::DuplicatesNotChecked { most } => format!(
                "duplicate rows were not searched for: the input is larger than {} MiB; use --duplicates on to search it",
                most / 1_048_576
            ),
            Note::NotCalculated { cells } => {
                format!("{} never been calculated: the value shown is 0 or nothing; open and save the file in a spreadsheet program, then check again", counted(*cells, "formula has", "formulas have"))
            }
            Note::DifferencesAlone => {
                "standard input can be read only once: differences of bases were not checked against the limits together with the regular entries; give a file name instead".to_owned()
            }
            Note::DifferencesCalculatedAlone => {
                "differences of bases were calculated alone; `check` holds them to the limits together with the regular entries".to_owned()
            }
            Note::DuplicatesWithoutIdentity => {
                "duplicate rows were not searched for: no column holds identity numbers".to_owned()
            }
            Note::NotChecked { headings } => format!("declared columns not checked: {}", headings.join(", ")),
        }
    }

    fn formula(&self, step: &Step, speaker: Speaker<'_>) -> String {
        match step.operation {
            Operation::Take => joined(step, "", speaker),
            Operation::Hold(rounding) => {
                let held = format!(
                    "{}, floor {}, ceiling {}",
                    input(step, 0, speaker),
                    input(step, 1, speaker),
                    input(step, 2, speaker)
                );
                match rounding.filter(|rounding| !is_to_the_fen(*rounding)) {
                    Some(rounding) => format!("{held}, {}", self.rounding(rounding)),
                    None => held,
                }
            }
            Operation::Round(rounding) if is_to_the_fen(rounding) => joined(step, "", speaker),
            Operation::Round(rounding) => format!("{}, {}", joined(step, "", speaker), self.rounding(rounding)),
            Operation::Compose => joined(step, " × ", speaker),
            Operation::Multiply(rounding) => format!("{}, {}", joined(step, " × ", speaker), self.rounding(rounding)),
            Operation::Divide(rounding) => format!("{}, {}", joined(step, " ÷ ", speaker), self.rounding(rounding)),
            Operation::Add => {
                if step.inputs.is_empty() {
                    "0".to_owned()
                } else {
                    joined(step, " + ", speaker)
                }
            }
            Operation::Subtract => joined(step, " − ", speaker),
            Operation::Negate => format!("−{}, refunds and deductions are negative", joined(step, "", speaker)),
            Operation::Beyond => format!(
                "({} − {}, at least 0) × {}",
                input(step, 0, speaker),
                input(step, 1, speaker),
                input(step, 2, speaker)
            ),
            Operation::MonthAfterAge => {
                format!("born {}, month after turning {}", input(step, 0, speaker), input(step, 1, speaker))
            }
            Operation::Times => joined(step, " × ", speaker),
        }
    }

    fn month(&self, month: Month) -> String {
        month.to_string()
    }

    fn rounding(&self, rounding: Rounding) -> String {
        let mode = match rounding.mode {
            Mode::HalfUp => "rounded half up",
            Mode::Up => "rounded up",
            Mode::Down => "rounded down",
            Mode::HalfEven => "rounded half to even",
        };
        match rounding.unit.fen() {
            1 => format!("{mode} to the fen"),
            10 => format!("{mode} to the jiao"),
            100 => format!("{mode} to the yuan"),
            _ => format!("{mode} to {} yuan", rounding.unit),
        }
    }

    fn limits(&self, line: &LimitsLine<'_>, speaker: Speaker<'_>) -> String {
        let who = if line.insurances.is_empty() { String::new() } else { format!("{}: ", line.insurances.join(", ")) };
        let mut known = Vec::new();
        if let Some(citation) = line.citation {
            known.extend(citation.provisional.then_some("provisional".to_owned()));
            if matches!(citation.status, Status::Derived | Status::Unconfirmed) {
                known.push(speaker.word(citation.status).to_owned());
            }
        }
        if let Some((wage, year, kind)) = &line.average {
            let kind = match kind {
                Some(AverageKind::FullCalibre) => "full-calibre average wage",
                Some(AverageKind::OnPost) => "on-post average wage",
                None => "average wage",
            };
            let year = year.map_or_else(String::new, |year| format!(" of {year}"));
            known.push(format!("from the {kind}{year}, {wage} yuan"));
        }
        let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join("; ")) };
        format!(
            "{who}base limits {} to {}{known}",
            grouped(line.floor.fen().into()),
            grouped(line.ceiling.fen().into())
        )
    }

    fn left_out(&self, parts: &[String]) -> String {
        format!("not included: {}", parts.join("; "))
    }

    fn held(&self, insurances: &str, at_floor: bool, base: Money) -> String {
        let base = grouped(base.fen().into());
        if at_floor {
            format!("{insurances}: the wage is below the floor, so the base is {base}")
        } else {
            format!("{insurances}: the wage is above the ceiling, so the base is {base}")
        }
    }

    fn contribution_title(&self, region: &str, when: &str, wage: Money) -> String {
        format!("{region}  {when}  wage {} yuan", grouped(wage.fen().into()))
    }

    fn resident_title(&self, region: &str, when: &str) -> String {
        format!("{region}  resident basic pension scheme  {when}")
    }

    fn check_counts(&self, file: &str, counts: &Counts, skipped: &str) -> String {
        let counted = format!(
            "{file}   {}: {} ok, {} mismatch, {} error",
            counted(counts.rows, "row", "rows"),
            counts.ok,
            counts.mismatch,
            counts.error
        );
        counted + skipped
    }

    fn computed_counts(&self, file: &str, counts: &Counts, skipped: &str, total: i128) -> String {
        let counted = format!(
            "{file}   {}: {} calculated, {} error",
            counted(counts.rows, "row", "rows"),
            counts.ok,
            counts.error
        );
        format!("{counted}{skipped}; total {} yuan", grouped(total))
    }

    fn skipped(&self, all: u64, kinds: &[(NoPerson, u64)], _: Speaker<'_>) -> String {
        let kinds: Vec<String> = kinds.iter().map(|(what, rows)| skipped_rows(*what, *rows)).collect();
        format!(", {} skipped ({})", counted(all, "row", "rows"), kinds.join(", "))
    }

    fn stopped_at(&self, row: u64) -> String {
        format!("stopped at row {row}, the first row with a problem (--fail-fast)")
    }

    fn first_rows(&self, shown: usize, rows: u64) -> String {
        format!("the first {shown} of {rows} rows; for all rows use -o result.csv or --format csv")
    }

    fn rows_per_second(&self, rows: u64) -> String {
        format!("{rows} rows/s")
    }

    fn row_title(&self, file: &str, row: u64, status: &str) -> String {
        format!("{file}  row {row}  {status}")
    }

    fn other_roundings(&self, half_even: i128, cut: i128) -> String {
        format!(
            "total due if rounded half to even: {}; if rounded down to the fen: {}",
            grouped(half_even),
            grouped(cut)
        )
    }

    fn band(&self, age: i16) -> String {
        if age == 0 { "below the first band".to_owned() } else { format!("{age} and over") }
    }

    fn causes(&self, causes: &[String]) -> String {
        format!("causes: {}", causes.join(", "))
    }

    fn ties(&self, ties: u64) -> String {
        format!("amounts exactly at half a fen: {ties}")
    }

    fn lint_clean(&self, files: usize, regions: usize, blocks: usize) -> String {
        format!(
            "the tables have no faults: {}, {}, {}",
            counted(regions, "region", "regions"),
            counted(files, "file", "files"),
            counted(blocks, "block", "blocks")
        )
    }

    fn lint_found(&self, faults: usize) -> String {
        counted(faults, "fault", "faults")
    }

    fn exported(&self, files: usize, folder: &str) -> String {
        format!("{} written to {folder}", counted(files, "file", "files"))
    }

    fn usage_words(&self) -> [(&'static str, &'static str); 4] {
        [("Usage:", "Usage:"), ("[OPTIONS]", "[OPTIONS]"), ("<COMMAND>", "<COMMAND>"), ("[COMMAND]", "[COMMAND]")]
    }
}

/// How many rows are of a kind that is no person.
fn skipped_rows(what: NoPerson, rows: u64) -> String {
    match what {
        NoPerson::Heading => counted(rows, "heading row", "heading rows"),
        NoPerson::Total => counted(rows, "total", "totals"),
        NoPerson::Sample => counted(rows, "sample", "samples"),
        NoPerson::Section => counted(rows, "section", "sections"),
        NoPerson::Signature => counted(rows, "signature or remark", "signatures or remarks"),
        // The same for one and for several.
        NoPerson::Empty => format!("{rows} empty"),
        NoPerson::Hidden => format!("{rows} hidden"),
    }
}

//! The phrases that every language must have, and the speaker that says them.
//!
//! Every phrase is a method of `Words` with typed arguments and no default, so a phrase that is missing in
//! one language does not compile. A language is one file that implements `Words`; which one is chosen is
//! said in the front page of this folder. Words of closed lists stand beside, both languages side by side: `names`,
//! `help`, `reading`, `workbook`. Insurance names come from the tables; codes never change.

use super::names::{Label, Worded, in_lang};
use super::reading::HowRead;
use super::{help, names, reading, workbook};
use crate::batch::RowStatus;
use crate::check::{Cause, Explanation};
use crate::facts::{
    AverageKind, Bilingual, Citation, Figure, FigureKind, Insurance, InsuranceNames, Kind, Lang, Note, Source, Step,
    Value,
};
use crate::payroll::NoPerson;
use crate::render::page::grouped;
use crate::units::{Mode, Money, Month, Rounding};

/// A fault in words: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultMessage {
    /// What is wrong.
    pub what: String,
    /// What to do; may be empty.
    pub help: String,
}

/// The names that messages begin with.
#[derive(Clone, Copy, Debug)]
pub struct MessageNames {
    /// Of an error.
    pub error: &'static str,
    /// Of the advice.
    pub help: &'static str,
    /// Of a related place.
    pub related: &'static str,
    /// Of the table line that a payroll cell contradicts.
    pub tables_say: &'static str,
}

/// What the limits line says.
#[derive(Clone, Debug)]
pub struct LimitsLine<'a> {
    /// Insurances it is for; empty for all.
    pub insurances: Vec<String>,
    /// The floor.
    pub floor: Money,
    /// The ceiling.
    pub ceiling: Money,
    /// The average wage it derives from and the year of that wage.
    pub average: Option<(String, Option<i64>, Option<AverageKind>)>,
    /// Where it comes from.
    pub citation: Option<&'a Citation>,
}

/// The counts of a check.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Rows.
    pub rows: u64,
    /// Rows that agree.
    pub ok: u64,
    /// Rows that do not.
    pub mismatch: u64,
    /// Rows that could not be read or answered.
    pub error: u64,
    /// Rows that are no persons, by what they are.
    pub skipped: Vec<(NoPerson, u64)>,
}

/// What a language must be able to say: one method for each phrase that needs more than a word.
///
/// A language implements it once, for a type without data, and only [`Speaker`] calls it, at any time and from several
/// threads. A method returns a finished phrase or line without a line feed. What comes as a value is
/// worded by the language; what comes as a text is in its words already. A method that gets a `speaker` asks it for the
/// words inside the phrase (names of insurances, values), never for the phrase itself.
pub(super) trait Words: Sync {
    fn message_names(&self) -> MessageNames;
    fn fault(&self, kind: &Kind, speaker: Speaker<'_>) -> FaultMessage;
    fn note(&self, note: &Note, speaker: Speaker<'_>) -> String;
    fn formula(&self, step: &Step, speaker: Speaker<'_>) -> String;
    fn month(&self, month: Month) -> String;
    fn rounding(&self, rounding: Rounding) -> String;
    fn limits(&self, line: &LimitsLine<'_>, speaker: Speaker<'_>) -> String;
    fn left_out(&self, parts: &[String]) -> String;
    fn held(&self, insurances: &str, at_floor: bool, base: Money) -> String;
    fn contribution_title(&self, region: &str, when: &str, wage: Money) -> String;
    fn resident_title(&self, region: &str, when: &str) -> String;
    fn check_counts(&self, file: &str, counts: &Counts, skipped: &str) -> String;
    fn computed_counts(&self, file: &str, counts: &Counts, skipped: &str, total: i128) -> String;
    fn skipped(&self, all: u64, kinds: &[(NoPerson, u64)], speaker: Speaker<'_>) -> String;
    fn stopped_at(&self, row: u64) -> String;
    fn first_rows(&self, shown: usize, rows: u64) -> String;
    fn rows_per_second(&self, rows: u64) -> String;
    fn row_title(&self, file: &str, row: u64, status: &str) -> String;
    fn other_roundings(&self, half_even: i128, cut: i128) -> String;
    fn band(&self, age: i16) -> String;
    fn causes(&self, causes: &[String]) -> String;
    fn ties(&self, ties: u64) -> String;
    fn lint_clean(&self, files: usize, regions: usize, blocks: usize) -> String;
    fn lint_found(&self, faults: usize) -> String;
    fn exported(&self, files: usize, folder: &str) -> String;
    fn usage_words(&self) -> [(&'static str, &'static str); 4];
}

/// Speaks one language, and knows what the tables call the insurances. It is cheap to copy and has no other state.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The language.
    pub lang: Lang,
    words: &'static dyn Words,
    insurances: &'a [InsuranceNames],
}

impl<'a> Speaker<'a> {
    /// Speaks a language by its words, without knowing any insurance by name.
    pub(super) fn new(lang: Lang, words: &'static dyn Words) -> Self {
        Self { lang, words, insurances: &[] }
    }

    /// The same language with the names of these insurances, as a book of tables has them.
    #[must_use]
    pub fn with(self, insurances: &'a [InsuranceNames]) -> Self {
        Self { insurances, ..self }
    }

    /// The short name of an insurance, or its code where the tables have no name.
    #[must_use]
    pub fn insurance(self, insurance: &Insurance) -> String {
        self.insurance_code(insurance.code()).unwrap_or_else(|| insurance.code().to_owned())
    }

    fn insurance_code(self, code: &str) -> Option<String> {
        let names = self.insurances.iter().find(|names| names.insurance.code() == code);
        names.map(|names| names.name.get(self.lang).to_owned())
    }

    /// What a value of a closed list is called.
    ///
    /// ```
    /// use shebao::{facts::{Lang, Side}, render::words::speaker};
    /// assert_eq!(speaker(Lang::Chinese).word(Side::Employer), "单位");
    /// ```
    #[must_use]
    pub fn word(self, of: impl Worded) -> &'static str {
        in_lang(self.lang, of.words())
    }

    /// A word that stands alone.
    #[must_use]
    pub fn label(self, label: Label) -> &'static str {
        self.word(label)
    }

    /// A text of the tables in this language.
    #[must_use]
    pub fn bilingual(self, text: &'a Bilingual) -> &'a str {
        text.get(self.lang)
    }

    /// What singles figures of a kind out, in words: an insurance, a payer, a side, a category; `None` for a text that
    /// only the tables know.
    #[must_use]
    pub fn key(self, kind: Option<FigureKind>, text: &str) -> Option<String> {
        let words = names::key(kind, text);
        // What a rounding is for can be called as an insurance is.
        let insurance = self.insurance_code(text).filter(|_| kind != Some(FigureKind::Rounding));
        insurance.or_else(|| words.map(|words| in_lang(self.lang, words).to_owned()))
    }

    /// A group of people with rules of its own; one that only the tables know as they call it.
    #[must_use]
    pub fn category(self, category: &str) -> String {
        self.key(None, category).unwrap_or_else(|| category.to_owned())
    }

    /// A figure in words: the kind of block and what singles it out, which may be a text of the tables' own.
    #[must_use]
    pub fn figure(self, figure: &Figure) -> String {
        let kind = self.word(figure.kind);
        let key = figure.key.iter().map(|text| self.key(Some(figure.kind), text).unwrap_or_else(|| text.clone()));
        let key: Vec<String> = key.collect();
        match (self.lang, key.is_empty()) {
            (_, true) => kind.to_owned(),
            (Lang::Chinese, false) => format!("{kind}（{}）", key.join("、")),
            (Lang::English, false) => format!("{kind} ({})", key.join(", ")),
        }
    }

    /// The figure that a citation is of.
    #[must_use]
    pub fn cited(self, citation: &Citation) -> String {
        self.figure(&Figure { kind: citation.kind, key: citation.key.clone() })
    }

    /// A document: number, title, issuer, date.
    #[must_use]
    pub fn document(self, source: &Source) -> String {
        let number = source.number.as_deref().unwrap_or("");
        let date = source.date.map_or_else(String::new, |date| format!(" {date}"));
        match self.lang {
            Lang::Chinese => format!("{number}《{}》，{}{date}", source.title, source.issuer),
            Lang::English => format!("{number} {}, {}{date}", source.title, source.issuer).trim_start().to_owned(),
        }
    }

    /// The main document of a citation.
    #[must_use]
    pub fn citation(self, citation: &Citation) -> String {
        citation.sources.first().map_or_else(String::new, |source| self.document(source))
    }

    /// A value of a step, as people read it: yuan with thousands marks, a rate in percent.
    ///
    /// ```
    /// use shebao::{facts::{Lang, Value}, render::words::speaker, units::Money};
    /// assert_eq!(speaker(Lang::English).value(Value::Money(Money::from_fen(1_634_575))), "16,345.75");
    /// ```
    #[must_use]
    pub fn value(self, value: Value) -> String {
        match value {
            Value::Money(money) => grouped(money.fen().into()),
            Value::Rate(rate) => rate.percent(),
            Value::Number(number) => number.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Month(month) => self.month(month),
            Value::Date(date) => date.to_string(),
        }
    }

    /// What a step's value is called, with its insurance.
    #[must_use]
    pub fn step_label(self, step: &Step) -> String {
        let name = self.word(step.result);
        let space = match self.lang {
            Lang::Chinese => "",
            Lang::English => ": ",
        };
        match &step.insurance {
            Some(insurance) => format!("{}{space}{name}", self.insurance(insurance)),
            None => name.to_owned(),
        }
    }

    /// Help text for a command or flag, where there is one.
    #[must_use]
    pub fn help(self, id: &str) -> Option<&'static str> {
        help::text(id).map(|words| in_lang(self.lang, words))
    }

    /// How a file is read, in two lines.
    #[must_use]
    pub fn how_read(self, how: &HowRead) -> String {
        reading::how_read(self.lang, how)
    }

    /// The note on a wrong cell: the declared amount, the due one, the difference, and why.
    #[must_use]
    pub fn cell_note(self, amounts: (Money, Money, Money), why: &Explanation) -> String {
        let causes: Vec<&str> = why.causes.iter().map(|cause| self.word(*cause)).collect();
        workbook::cell_note(self.lang, amounts, &causes, why.more())
    }

    /// That some wrong cells have no note.
    #[must_use]
    pub fn notes_left_out(self, cells: u64) -> String {
        workbook::notes_left_out(self.lang, cells)
    }
}

/// Phrases that need no more than the language.
macro_rules! spoken {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => {
        impl Speaker<'_> {
            $($(#[$doc])* #[must_use] pub fn $name(self, $($arg: $type),*) -> $out { self.words.$name($($arg),*) })*
        }
    };
}

spoken! {
    /// The names that messages begin with.
    message_names() -> MessageNames;
    /// A month.
    month(month: Month) -> String;
    /// A rounding rule.
    rounding(rounding: Rounding) -> String;
    /// What was left out.
    left_out(parts: &[String]) -> String;
    /// That a limit applied.
    held(insurances: &str, at_floor: bool, base: Money) -> String;
    /// The title of a contribution.
    contribution_title(region: &str, when: &str, wage: Money) -> String;
    /// The title of a resident pension or contribution.
    resident_title(region: &str, when: &str) -> String;
    /// At which row a run was ended early.
    stopped_at(row: u64) -> String;
    /// How many rows of a result are shown, and how to get all.
    first_rows(shown: usize, rows: u64) -> String;
    /// How fast rows are done.
    rows_per_second(rows: u64) -> String;
    /// What would be due under other roundings.
    other_roundings(half_even: i128, cut: i128) -> String;
    /// A band of the age supplement; 0 for those below the first.
    band(age: i16) -> String;
    /// Amounts on half a fen.
    ties(ties: u64) -> String;
    /// That the tables are in order.
    lint_clean(files: usize, regions: usize, blocks: usize) -> String;
    /// How many faults there are.
    lint_found(faults: usize) -> String;
    /// That the tables were written out.
    exported(files: usize, folder: &str) -> String;
    /// The fixed words of help screens: what the argument parser writes, and what stands for it.
    usage_words() -> [(&'static str, &'static str); 4];
}

impl Speaker<'_> {
    /// A fault in words, without its place.
    ///
    /// ```
    /// use shebao::{facts::{Kind, Lang}, render::words::speaker};
    /// let message = speaker(Lang::English).fault(&Kind::AmountTooLarge);
    /// assert!(!message.what.ends_with('\n'));
    /// ```
    #[must_use]
    pub fn fault(self, kind: &Kind) -> FaultMessage {
        self.words.fault(kind, self)
    }

    /// A note.
    #[must_use]
    pub fn note(self, note: &Note) -> String {
        self.words.note(note, self)
    }

    /// The counts of a check.
    #[must_use]
    pub fn check_counts(self, file: &str, counts: &Counts) -> String {
        self.words.check_counts(file, counts, &self.skipped(counts))
    }

    /// The counts and the sum of a computed file.
    #[must_use]
    pub fn computed_counts(self, file: &str, counts: &Counts, total: i128) -> String {
        self.words.computed_counts(file, counts, &self.skipped(counts), total)
    }

    fn skipped(self, counts: &Counts) -> String {
        let all: u64 = counts.skipped.iter().map(|(_, rows)| rows).sum();
        let kinds: Vec<(NoPerson, u64)> = counts.skipped.iter().filter(|(_, rows)| *rows > 0).copied().collect();
        if all == 0 { String::new() } else { self.words.skipped(all, &kinds, self) }
    }

    /// How a step's value came about.
    #[must_use]
    pub fn formula(self, step: &Step) -> String {
        self.words.formula(step, self)
    }

    /// The title of a row that is explained.
    #[must_use]
    pub fn row_title(self, file: &str, row: u64, status: RowStatus) -> String {
        self.words.row_title(file, row, self.word(status))
    }

    /// The causes of a check, with how many rows each has.
    #[must_use]
    pub fn causes(self, causes: &[(Cause, u64)]) -> String {
        let causes: Vec<String> = causes.iter().map(|(cause, rows)| format!("{} {rows}", self.word(*cause))).collect();
        self.words.causes(&causes)
    }

    /// The limits that applied.
    #[must_use]
    pub fn limits(self, line: &LimitsLine<'_>) -> String {
        self.words.limits(line, self)
    }
}

/// The inputs of a step joined by an operator: `5,000.00 × 16%`.
pub(super) fn joined(step: &Step, operator: &str, speaker: Speaker<'_>) -> String {
    let inputs: Vec<String> = step.inputs.iter().map(|input| speaker.value(input.value)).collect();
    inputs.join(operator)
}

/// The value of one input, by its position.
pub(super) fn input(step: &Step, at: usize, speaker: Speaker<'_>) -> String {
    step.inputs.get(at).map_or_else(String::new, |input| speaker.value(input.value))
}

/// Whether a rounding is the plain one, to the fen.
pub(super) fn is_to_the_fen(rounding: Rounding) -> bool {
    rounding.unit == Rounding::FEN_HALF_UP.unit && rounding.mode == Mode::HalfUp
}

//! The phrases that every language must have, and the speaker that says them.
//!
//! Every phrase is a method of `Words` with typed arguments and no default, so a phrase that is missing in
//! one language does not compile. A language is one file that implements `Words`; which one is chosen is
//! said in the front page of this folder. Words that depend on nothing but a code stand in tables beside:
//! `help`, `reading`, `workbook`. Table and insurance names come from the tables; codes never change.

use super::reading::HowRead;
use super::workbook::BookWord;
use super::{help, reading, workbook};
use crate::facts::{
    Bilingual, Citation, Figure, Insurance, InsuranceNames, Kind, Lang, Note, Quantity, Source, Status, Step, Value,
};
use crate::render::page::grouped;
use crate::units::{Mode, Money, Month, Rounding};

/// A fault in words: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
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

/// Words that stand alone: headings and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the word that it names")]
pub enum Label {
    Insurance,
    Base,
    EmployerRate,
    Employer,
    EmployeeRate,
    Employee,
    Total,
    Month,
    Side,
    Declared,
    Due,
    Difference,
    Birth,
    Age,
    PayableFrom,
    Payable,
    BasePension,
    AgeSupplement,
    YearsSupplement,
    AccountPension,
    Tier,
    PaidByPerson,
    PaidByGovernment,
    Subsidy,
    PerPerson,
    People,
    Yes,
    No,
    Explanation,
    Step,
    Formula,
    Value,
    Source,
    Region,
    Figure,
    From,
    To,
    Status,
    Before,
    After,
    Blocks,
    NoDifference,
    Name,
    Latest,
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
    pub average: Option<(String, Option<i64>, Option<&'a str>)>,
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
    /// Rows that are no persons, by the code of what they are.
    pub skipped: Vec<(&'static str, u64)>,
}

pub(super) trait Words: Sync {
    fn message_names(&self) -> MessageNames;
    fn fault(&self, kind: &Kind, speaker: Speaker<'_>) -> Told;
    fn note(&self, note: &Note, speaker: Speaker<'_>) -> String;
    fn label(&self, label: Label) -> &'static str;
    fn quantity(&self, quantity: Quantity) -> &'static str;
    fn formula(&self, step: &Step, speaker: Speaker<'_>) -> String;
    fn block(&self, kind: &str) -> Option<&'static str>;
    fn code(&self, code: &str) -> Option<&'static str>;
    fn status(&self, status: Status) -> &'static str;
    fn month(&self, month: Month) -> String;
    fn rounding(&self, rounding: Rounding) -> String;
    fn limits(&self, line: &LimitsLine<'_>, speaker: Speaker<'_>) -> String;
    fn left_out(&self, parts: &[String]) -> String;
    fn held(&self, insurances: &str, at_floor: bool, base: Money) -> String;
    fn contribution_title(&self, region: &str, when: &str, wage: Money) -> String;
    fn resident_title(&self, region: &str, when: &str) -> String;
    fn check_counts(&self, file: &str, counts: &Counts, skipped: &str) -> String;
    fn computed_counts(&self, file: &str, counts: &Counts, skipped: &str, total: i128) -> String;
    fn skipped(&self, all: u64, kinds: &[(&str, u64)], speaker: Speaker<'_>) -> String;
    fn stopped_at(&self, row: u64) -> String;
    fn first_rows(&self, shown: usize, rows: u64) -> String;
    fn rows_per_second(&self, rows: u64) -> String;
    fn row_title(&self, file: &str, row: u64, status: &str) -> String;
    fn other_roundings(&self, half_even: i128, cut: i128) -> String;
    fn band(&self, age: i16) -> String;
    fn causes(&self, causes: &[(String, u64)]) -> String;
    fn cause(&self, code: &str) -> String;
    fn ties(&self, ties: u64) -> String;
    fn lint_clean(&self, files: usize, regions: usize, blocks: usize) -> String;
    fn lint_found(&self, faults: usize) -> String;
    fn exported(&self, files: usize, folder: &str) -> String;
    fn usage_words(&self) -> [(&'static str, &'static str); 4];
}

/// Speaks one language, and knows what the tables call the insurances.
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

    /// The same language with the names of insurances.
    #[must_use]
    pub fn with(self, insurances: &'a [InsuranceNames]) -> Self {
        Self { insurances, ..self }
    }

    /// The short name of an insurance, or its code where the tables have no name.
    #[must_use]
    pub fn insurance(self, insurance: &Insurance) -> String {
        self.insurance_code(insurance.code())
    }

    fn insurance_code(self, code: &str) -> String {
        let names = self.insurances.iter().find(|names| names.insurance.code() == code);
        names.map_or_else(|| code.to_owned(), |names| names.name.get(self.lang).to_owned())
    }

    /// A text of the tables in this language.
    #[must_use]
    pub fn bilingual(self, text: &'a Bilingual) -> &'a str {
        text.get(self.lang)
    }

    /// A code of a key in words: an insurance, a payer, a side, a category; else the code itself.
    #[must_use]
    pub fn code(self, code: &str) -> String {
        let named = self.insurance_code(code);
        if named == code { self.words.code(code).map_or(named, str::to_owned) } else { named }
    }

    /// A figure in words: the kind of block and what singles it out.
    #[must_use]
    pub fn figure(self, figure: &Figure) -> String {
        let kind = self.block(figure.kind);
        if figure.key.is_empty() {
            return kind;
        }
        // A word may mean one thing as an insurance and another in a kind of its own.
        let special = |code: &str| self.words.code(&format!("{}.{code}", figure.kind)).map(str::to_owned);
        let key: Vec<String> = figure.key.iter().map(|code| special(code).unwrap_or_else(|| self.code(code))).collect();
        match self.lang {
            Lang::Chinese => format!("{kind}（{}）", key.join("、")),
            Lang::English => format!("{kind} ({})", key.join(", ")),
        }
    }

    /// The figure that a citation is of.
    #[must_use]
    pub fn cited(self, citation: &Citation) -> String {
        self.figure(&Figure { kind: citation.kind, key: citation.key.clone() })
    }

    /// The name of a kind of block.
    #[must_use]
    pub fn block(self, kind: &str) -> String {
        self.words.block(kind).unwrap_or(kind).to_owned()
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

    /// A value of a step, as people read it.
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
        let name = self.words.quantity(step.result);
        let space = match self.lang {
            Lang::Chinese => "",
            Lang::English => ": ",
        };
        match &step.insurance {
            Some(insurance) => format!("{}{space}{name}", self.insurance(insurance)),
            None => name.to_owned(),
        }
    }

    /// Help text for a command or flag; empty where there is none.
    #[must_use]
    pub fn help(self, id: &str) -> &'static str {
        help::text(self.lang, id)
    }

    /// A code of the reading of a file in words; empty where there is none.
    #[must_use]
    pub fn reading(self, code: &str) -> &'static str {
        reading::word(self.lang, code)
    }

    /// How a file is read, in two lines.
    #[must_use]
    pub fn how_read(self, how: &HowRead) -> String {
        reading::how_read(self.lang, how)
    }

    /// A word of a workbook.
    #[must_use]
    pub fn book_word(self, word: BookWord) -> &'static str {
        workbook::word(self.lang, word)
    }

    /// The note on a wrong cell: what it says, what is due, why.
    #[must_use]
    pub fn cell_note(self, amounts: (Money, Money, Money), causes: &[&str], detail: &str) -> String {
        let detail = if causes.contains(&detail) { "" } else { detail };
        let causes: Vec<String> = causes.iter().map(|cause| self.words.cause(cause)).collect();
        workbook::cell_note(self.lang, amounts, &causes, detail)
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
    /// A word that stands alone.
    label(label: Label) -> &'static str;
    /// How well a figure is known.
    status(status: Status) -> &'static str;
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
    /// The title of a row that is explained.
    row_title(file: &str, row: u64, status: &str) -> String;
    /// What would be due under other roundings.
    other_roundings(half_even: i128, cut: i128) -> String;
    /// A band of the age supplement; 0 for those below the first.
    band(age: i16) -> String;
    /// The causes of a check.
    causes(causes: &[(String, u64)]) -> String;
    /// One cause.
    cause(code: &str) -> String;
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
    /// A fault.
    #[must_use]
    pub fn fault(self, kind: &Kind) -> Told {
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
        let kinds: Vec<(&str, u64)> = counts.skipped.iter().filter(|(_, rows)| *rows > 0).copied().collect();
        if all == 0 { String::new() } else { self.words.skipped(all, &kinds, self) }
    }

    /// How a step's value came about.
    #[must_use]
    pub fn formula(self, step: &Step) -> String {
        self.words.formula(step, self)
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

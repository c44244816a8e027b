//! What can go wrong, as data: a kind with named fields, a place, related places. No words.
//!
//! Codes are stable for ever; [`Kind::code`] is the only list of them. The words are in
//! `render::words`, where the compiler demands every kind in both languages.

use std::fmt;

use super::{Bilingual, FigureKind, IdentityFault, Insurance, Place, RegionId};
use crate::units::typed::MoneyFault;
use crate::units::{Date, Money, Month};

/// A figure that was looked for: a kind of block and what singles it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The kind of block.
    pub kind: FigureKind,
    /// What singles it out: insurance, payer, category; empty where there is only one.
    pub key: Vec<String>,
}

/// Why the tables have no figure for a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingWhy {
    /// The reason of a declared gap.
    pub reason: Option<Bilingual>,
    /// The month in which the last block ended.
    pub ended: Option<Month>,
    /// The day up to which published figures were asked for.
    pub known_on: Option<Date>,
}

/// One variant for each thing that can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields say what they are; the words in render::words say the rest")]
pub enum Kind {
    // Arguments and what people type.
    UnknownFlag { text: String, nearest: Option<String> },
    UnknownCommand { text: String, nearest: Option<String> },
    MissingValue { flag: String },
    UnexpectedValue { text: String },
    RepeatedFlag { flag: String },
    MissingFlag { flags: Vec<String> },
    FlagConflict { flag: String, other: String },
    UnknownChoice { text: String, choices: Vec<String>, nearest: Option<String> },
    BadMonth { text: String },
    BadDate { text: String },
    BadMoney { text: String, why: MoneyFault },
    BadCount { text: String, least: i64, most: i64 },
    BadRate { text: String },
    BadYear { text: String },
    BadIdentity { text: String, why: IdentityFault },
    BadColumnMapping { text: String },
    SpanReversed { from: String, to: String },
    SpanTooLong { months: i32, most: i32 },
    BornLater { birth: Date, month: Month },
    DiedBeforeBirth { birth: Date, death: Date },
    UnknownRegion { text: String, nearest: Option<String>, known: Vec<String> },
    AmbiguousRegion { text: String, candidates: Vec<String> },
    UnknownInsurance { text: String, nearest: Option<String>, known: Vec<String> },
    UnknownRelief { text: String, known: Vec<String> },
    UnknownFigure { text: String, nearest: Option<String>, known: Vec<String> },
    UnknownTier { tier: Money, year: i32, open: Vec<Money> },
    RestrictedTier { tier: Money, only: Vec<String>, open: Vec<Money> },
    NoSubsidy { tier: Money, year: i32 },
    GradeNotOpen { grade: String, class: usize, open: Vec<String> },
    GradeWithoutClass,
    // The tables do not have it.
    MissingFigure { figure: Figure, region: RegionId, month: Month, why: MissingWhy },
    // The tables are broken.
    TableSyntax { message: String },
    TableName { name: String },
    NotARegion { path: String },
    UnknownBlock { name: String, nearest: Option<String> },
    NotABlock { name: String },
    UnknownKey { key: String, block: String, nearest: Option<String> },
    MissingKey { key: &'static str, block: String },
    WrongType { key: String, expected: ValueType, found: ValueType },
    BareFloat { text: String },
    TableMoney { text: String },
    TableRate { text: String },
    TableNumber { text: String },
    TableMonth { text: String },
    TableChoice { key: String, text: String, choices: Vec<String>, nearest: Option<String> },
    OutOfRange { key: String, least: i64, most: i64 },
    WrongYear { from: Month, year: i32 },
    EndsBeforeStart { from: Month, to: Month },
    UnknownSource { key: String, nearest: Option<String> },
    UnusedSource { key: String },
    UndeclaredInsurance { code: String, nearest: Option<String> },
    FloorAboveCeiling { floor: Money, ceiling: Money },
    LimitOffAverage { limit: Money, exact: Money, tolerance: Money },
    Descending { key: String },
    ClassCount { found: usize, expected: usize },
    TwoAnswers { figure: Figure, from: Month },
    Uncovered { figure: Figure, first: Month, last: Month },
    Jump { figure: Figure, before: String, after: String },
    // Files.
    NoSuchFile { path: String },
    IsADirectory { path: String },
    NotAllowed { path: String },
    Unreadable { path: String, message: String },
    Unwritable { path: String, message: String },
    NoSuchFolder { path: String },
    OutputIsInput { path: String },
    FolderNotEmpty { path: String },
    OutputKind { path: String, known: Vec<String> },
    EmptyFile,
    NotText { hint: TextHint },
    LockFile { real: String },
    EncryptedWorkbook,
    BrokenWorkbook { what: String },
    NotAWorkbook,
    WorkbookTooLarge { most: usize },
    BadLayout { message: String },
    LayoutDiffers { missing: Vec<String>, new: Vec<String> },
    NoSuchSheet { name: String, sheets: Vec<String> },
    SeveralSheets { sheets: Vec<String> },
    NoMonth,
    NoInsurance,
    NoSide { headings: Vec<String>, flags: Vec<String> },
    WholeEmployer { headings: Vec<String> },
    NoRows,
    MissingColumn { looked_for: Vec<String>, headings: Vec<String> },
    DoubledColumn { meaning: String, headings: Vec<String> },
    NothingDeclared { headings: Vec<String> },
    NoSuchColumn { heading: String, nearest: Option<String>, headings: Vec<String> },
    UnknownMeaning { text: String, nearest: Option<String>, known: Vec<String> },
    HeadingsDiffer { first: String },
    RecordTooLong { limit: usize },
    TooManyColumns { found: usize, most: usize },
    TooManyRows { most: u64 },
    CellTooLong { row: u64, length: usize, most: usize },
    EncodingsDiffer { first: String, encoding: &'static str, found: &'static str },
    DiskFull { path: String },
    RowsLost { read: u64, accounted: u64 },
    NoSuchRow { row: u64, last: u64 },
    // Rows of a file.
    EmptyRow,
    NoBaseFor { insurance: Insurance },
    RepeatedHeading,
    RowWithoutSide { text: String },
    UnknownInsuranceText { text: String },
    SharesDisagree { bases: Vec<Money> },
    NoLimits { month: Month },
    LimitsDiffer { month: Month },
    TotalRow,
    HiddenRow,
    SampleRow,
    SectionRow,
    SignatureRow,
    DeclaredDiffers { what: String, declared: Money, due: Money, why: String },
    WrongCellCount { found: usize, expected: usize },
    UnclosedQuote,
    CellNotText { heading: String, encoding: &'static str },
    BlankCell { heading: String },
    AmountTooLarge,
    // Settings.
    BadSetting { key: String, text: String },
}

/// What a value of the tables is or should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A quoted amount in yuan.
    Money,
    /// A quoted percentage.
    Rate,
    /// A quoted month.
    Month,
    /// A quoted decimal or a bare integer.
    Number,
    /// A quoted text.
    Text,
    /// A bare integer.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A bare date.
    Date,
    /// Values in square brackets.
    List,
    /// Keys and values in braces.
    Table,
    /// A bare decimal, which no field takes.
    Float,
}

/// What the bytes of a file that is no UTF-8 text look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextHint {
    /// A workbook of Excel 4 or before.
    OldExcel,
    /// A binary workbook of Excel 2007 and later.
    BinaryWorkbook,
    /// NUL bytes.
    Nul,
    /// Neither UTF-8 nor GB18030.
    Unknown,
}

impl TextHint {
    /// Whether no encoding could make it text.
    #[must_use]
    pub fn is_certain(self) -> bool {
        match self {
            Self::OldExcel | Self::BinaryWorkbook => true,
            Self::Nul | Self::Unknown => false,
        }
    }
}

impl Kind {
    /// The code of the fault, shown with every message.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table of codes")]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFlag { .. } => "unknown-flag",
            Self::UnknownCommand { .. } => "unknown-command",
            Self::MissingValue { .. } => "missing-value",
            Self::UnexpectedValue { .. } => "unexpected-value",
            Self::RepeatedFlag { .. } => "repeated-flag",
            Self::MissingFlag { .. } => "missing-flag",
            Self::FlagConflict { .. } => "flag-conflict",
            Self::UnknownChoice { .. } => "unknown-choice",
            Self::BadMonth { .. } => "bad-month",
            Self::BadDate { .. } => "bad-date",
            Self::BadMoney { .. } => "bad-money",
            Self::BadCount { .. } => "bad-count",
            Self::BadRate { .. } => "bad-rate",
            Self::BadYear { .. } => "bad-year",
            Self::BadIdentity { .. } => "bad-identity",
            Self::BadColumnMapping { .. } => "bad-column-mapping",
            Self::SpanReversed { .. } => "span-reversed",
            Self::SpanTooLong { .. } => "span-too-long",
            Self::BornLater { .. } => "born-later",
            Self::DiedBeforeBirth { .. } => "died-before-birth",
            Self::UnknownRegion { .. } => "unknown-region",
            Self::AmbiguousRegion { .. } => "ambiguous-region",
            Self::UnknownInsurance { .. } => "unknown-insurance",
            Self::UnknownRelief { .. } => "unknown-relief",
            Self::UnknownFigure { .. } => "unknown-figure",
            Self::UnknownTier { .. } => "unknown-tier",
            Self::RestrictedTier { .. } => "restricted-tier",
            Self::NoSubsidy { .. } => "no-subsidy",
            Self::GradeNotOpen { .. } => "grade-not-open",
            Self::GradeWithoutClass => "grade-without-class",
            Self::MissingFigure { .. } => "missing-figure",
            Self::TableSyntax { .. } => "table-syntax",
            Self::TableName { .. } => "table-name",
            Self::NotARegion { .. } => "not-a-region",
            Self::UnknownBlock { .. } => "unknown-block",
            Self::NotABlock { .. } => "not-a-block",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::WrongType { .. } => "wrong-type",
            Self::BareFloat { .. } => "bare-float",
            Self::TableMoney { .. } => "table-money",
            Self::TableRate { .. } => "table-rate",
            Self::TableNumber { .. } => "table-number",
            Self::TableMonth { .. } => "table-month",
            Self::TableChoice { .. } => "table-choice",
            Self::OutOfRange { .. } => "out-of-range",
            Self::WrongYear { .. } => "wrong-year",
            Self::EndsBeforeStart { .. } => "ends-before-start",
            Self::UnknownSource { .. } => "unknown-source",
            Self::UnusedSource { .. } => "unused-source",
            Self::UndeclaredInsurance { .. } => "undeclared-insurance",
            Self::FloorAboveCeiling { .. } => "floor-above-ceiling",
            Self::LimitOffAverage { .. } => "limit-off-average",
            Self::Descending { .. } => "not-ascending",
            Self::ClassCount { .. } => "class-count",
            Self::TwoAnswers { .. } => "two-answers",
            Self::Uncovered { .. } => "uncovered-months",
            Self::Jump { .. } => "jump",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::IsADirectory { .. } => "is-a-directory",
            Self::NotAllowed { .. } => "not-allowed",
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } => "unwritable",
            Self::NoSuchFolder { .. } => "no-such-folder",
            Self::OutputIsInput { .. } => "output-is-input",
            Self::FolderNotEmpty { .. } => "folder-not-empty",
            Self::OutputKind { .. } => "output-kind",
            Self::EmptyFile => "empty-file",
            Self::NotText { .. } => "not-text",
            Self::LockFile { .. } => "lock-file",
            Self::EncryptedWorkbook => "encrypted-workbook",
            Self::BrokenWorkbook { .. } => "broken-workbook",
            Self::NotAWorkbook => "not-a-workbook",
            Self::WorkbookTooLarge { .. } => "workbook-too-large",
            Self::BadLayout { .. } => "bad-layout",
            Self::LayoutDiffers { .. } => "layout-differs",
            Self::NoSuchSheet { .. } => "no-such-sheet",
            Self::SeveralSheets { .. } => "several-sheets",
            Self::NoMonth => "no-month",
            Self::NoInsurance => "no-insurance",
            Self::NoSide { .. } => "no-side",
            Self::WholeEmployer { .. } => "whole-employer",
            Self::NoRows => "no-rows",
            Self::MissingColumn { .. } => "missing-column",
            Self::DoubledColumn { .. } => "doubled-column",
            Self::NothingDeclared { .. } => "nothing-declared",
            Self::NoSuchColumn { .. } => "no-such-column",
            Self::UnknownMeaning { .. } => "unknown-meaning",
            Self::HeadingsDiffer { .. } => "headings-differ",
            Self::RecordTooLong { .. } => "record-too-long",
            Self::TooManyColumns { .. } => "too-many-columns",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::CellTooLong { .. } => "cell-too-long",
            Self::EncodingsDiffer { .. } => "encodings-differ",
            Self::DiskFull { .. } => "disk-full",
            Self::RowsLost { .. } => "rows-lost",
            Self::NoSuchRow { .. } => "no-such-row",
            Self::EmptyRow => "empty-row",
            Self::NoBaseFor { .. } => "no-base",
            Self::RepeatedHeading => "repeated-heading",
            Self::RowWithoutSide { .. } => "row-without-side",
            Self::UnknownInsuranceText { .. } => "unknown-insurance-text",
            Self::SharesDisagree { .. } => "shares-disagree",
            Self::NoLimits { .. } => "no-limits",
            Self::LimitsDiffer { .. } => "limits-differ",
            Self::TotalRow => "total-row",
            Self::HiddenRow => "hidden-row",
            Self::SampleRow => "sample-row",
            Self::SectionRow => "section-row",
            Self::SignatureRow => "signature-row",
            Self::DeclaredDiffers { .. } => "declared-differs",
            Self::WrongCellCount { .. } => "wrong-cell-count",
            Self::UnclosedQuote => "unclosed-quote",
            Self::CellNotText { .. } => "cell-not-text",
            Self::BlankCell { .. } => "blank-cell",
            Self::AmountTooLarge => "amount-too-large",
            Self::BadSetting { .. } => "bad-setting",
        }
    }
}

/// Something that went wrong, where, and what else has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// Other places that belong to it, such as the block that another one contradicts.
    pub related: Vec<Place>,
}

impl Fault {
    /// A fault with no place.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, place: Place::Nowhere, related: Vec::new() }
    }

    /// A fault at a place.
    #[must_use]
    pub fn at(kind: Kind, place: Place) -> Self {
        Self { kind, place, related: Vec::new() }
    }

    /// A fault in what was typed after a flag.
    #[must_use]
    pub fn flag(kind: Kind, flag: &str, text: &str) -> Self {
        Self::at(kind, Place::Flag { flag: flag.to_owned(), text: text.to_owned() })
    }

    /// The same fault with a related place.
    #[must_use]
    pub fn with_related(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?} at {:?}", self.kind.code(), self.kind, self.place)
    }
}

impl std::error::Error for Fault {}

/// Every fault that was found, in the order found; never empty inside an `Err`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// `Ok` with the value where nothing was found.
    ///
    /// # Errors
    /// These faults, if there are any.
    pub fn or<T>(self, value: T) -> Outcome<T> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Keeps the faults of a result and gives its value.
    ///
    /// ```
    /// use shebao::facts::{Faults, Kind};
    /// let mut faults = Faults::default();
    /// let kept: Option<u32> = faults.keep(Err(Kind::EmptyRow));
    /// assert_eq!((kept, faults.0.len()), (None, 1));
    /// assert!(faults.or(7).is_err());
    /// ```
    pub fn keep<T, F: Into<Self>>(&mut self, result: Result<T, F>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(faults) => {
                self.0.extend(faults.into().0);
                None
            }
        }
    }

    /// Adds one.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl From<Kind> for Faults {
    fn from(kind: Kind) -> Self {
        Fault::new(kind).into()
    }
}

/// A value, or every fault that stands in its way.
pub type Outcome<T> = Result<T, Faults>;

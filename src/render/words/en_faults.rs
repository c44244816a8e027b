//! Faults in English: what is wrong, and what to do.
//!
//! `what` names the text or figure that is wrong and has no full stop; `help` is a sentence or a command to type, and
//! empty where nothing can be advised. The place is shown beside them and not repeated.

use std::fmt::Display;

use super::phrases::{FaultMessage, Speaker};
use crate::facts::{Figure, FigureKind, IdentityFault, Kind, MissingWhy, RegionId, TextHint, ValueType};
use crate::units::typed::MoneyFault;
use crate::units::{Money, Month};

/// One fault in words.
#[expect(clippy::too_many_lines, reason = "a table of words")]
pub(super) fn message(kind: &Kind, speaker: Speaker<'_>) -> FaultMessage {
    let (what, help) = match kind {
        Kind::UnknownFlag { text, nearest } => (format!("unknown flag “{text}”"), did_you_mean(nearest.as_ref(), "see --help for all flags")),
        Kind::UnknownCommand { text, nearest } => (format!("unknown command “{text}”"), did_you_mean(nearest.as_ref(), "see --help for all commands")),
        Kind::MissingValue { flag } => (format!("{flag} needs a value"), format!("write the value after {flag}; see --help for its format")),
        Kind::UnexpectedValue { text } => (format!("“{text}” is not expected here"), "remove it, or check the flag before it; see --help".to_owned()),
        Kind::RepeatedFlag { flag } => (format!("{flag} is given more than once"), "keep one of them".to_owned()),
        Kind::MissingFlag { flags } => (format!("{} is missing", flags.join(", ")), format!("add {}; see --help for examples", flags.join(" or "))),
        Kind::FlagConflict { flag, other } => (format!("{flag} and {other} cannot be used together"), "keep one of them".to_owned()),
        Kind::UnknownChoice { text, choices, nearest } => (format!("“{text}” is not a valid choice"), did_you_mean(nearest.as_ref(), &format!("choose from: {}", choices.join(", ")))),
        Kind::BadMonth { text } => (format!("“{text}” is not a month"), "write it as 2019-05, 201905 or 2019年5月".to_owned()),
        Kind::BadDate { text } => (format!("“{text}” is not a date"), "write it as 1954-05-15, 19540515 or 1954年5月15日".to_owned()),
        Kind::BadMoney { text, why: MoneyFault::NotANumber } => (format!("“{text}” is not an amount of money"), "write it as 5000, 5,000.00, 1.2万 or ¥5000".to_owned()),
        Kind::BadMoney { text, why: MoneyFault::TooFine } => (format!("the amount “{text}” has more than two decimals"), "write at most two decimals, for example 5000.25".to_owned()),
        Kind::BadMoney { text, why: MoneyFault::Negative } => (format!("the amount “{text}” is negative"), "the amount must not be negative".to_owned()),
        Kind::BadMoney { text, why: MoneyFault::TooLarge } => (format!("the amount “{text}” is too large"), "at most 1,000,000,000,000.00 yuan; check for extra digits".to_owned()),
        Kind::BadCount { text, least, most } => (format!("“{text}” is not a whole number from {least} to {most}"), format!("write a whole number from {least} to {most}")),
        Kind::BadRate { text } => (format!("“{text}” is not a rate, or has too many decimals"), "write a percentage, for example 0.7% or 80%".to_owned()),
        Kind::BadYear { text } => (format!("“{text}” is not a year"), "write four digits, for example 2019".to_owned()),
        Kind::BadIdentity { text, why: IdentityFault::Length(found) } => (format!("the identity number “{text}” has {}, not 18 or 15", counted(*found, "character", "characters")), "check for missing or extra characters".to_owned()),
        Kind::BadIdentity { text, why: IdentityFault::Character } => (format!("the identity number “{text}” contains an invalid character"), "use digits only; the last character may be X".to_owned()),
        Kind::BadIdentity { text, why: IdentityFault::Date } => (format!("the identity number “{text}” contains a birth date that does not exist"), "check characters 7 to 14 (7 to 12 of a 15-digit number)".to_owned()),
        Kind::BadIdentity { text, why: IdentityFault::Check { expected } } => (format!("the identity number “{text}” has an invalid check digit: the digits before it give {expected}"), "compare it digit by digit, most likely one was mistyped; or use --birth".to_owned()),
        Kind::BadColumnMapping { text } => (format!("“{text}” does not have the form column=heading"), "for example --column wage=应发工资".to_owned()),
        Kind::SpanReversed { from, to } => (format!("the first month {from} is after the last month {to}"), "swap them".to_owned()),
        Kind::SpanTooLong { months, most } => (format!("{months} months are too many"), format!("at most {most} months at a time")),
        Kind::BornLater { birth, month } => (format!("the person, born on {birth}, is not yet born in {month}"), "check the birth date and the month".to_owned()),
        Kind::DiedBeforeBirth { birth, death } => (format!("the date of death {death} is before the birth date {birth}"), "check both dates".to_owned()),
        Kind::UnknownRegion { text, nearest, known } => (format!("unknown region “{text}”"), did_you_mean(nearest.as_ref(), &format!("known regions: {}", known.join(", ")))),
        Kind::AmbiguousRegion { text, candidates } => (format!("“{text}” matches more than one region"), format!("write it in full: {}", candidates.join(", "))),
        Kind::UnknownInsurance { text, nearest, known } => (format!("unknown insurance “{text}”"), did_you_mean(nearest.as_ref(), &format!("known insurances: {}", known.join(", ")))),
        Kind::UnknownRelief { text, known } => (format!("there is no relief named “{text}”"), if known.is_empty() { "the tables list no relief for that month".to_owned() } else { format!("choose from: {}", known.join(", ")) }),
        Kind::UnknownFigure { text, nearest, known } => (format!("the tables have no figure named “{text}”"), did_you_mean(nearest.as_ref(), &format!("choose from: {}", known.join(", ")))),
        Kind::UnknownTier { tier, year, open } => (format!("there is no tier of {tier} yuan in {year}"), format!("open tiers: {}", amounts(open))),
        Kind::RestrictedTier { tier, only, open } => (format!("the tier of {tier} yuan is open only to: {}", codes(only, speaker, ", ")), format!("give --category ({}), or choose: {}", only.join(", "), amounts(open))),
        Kind::NoSubsidy { tier, year } => (format!("the subsidy of the tier of {tier} yuan in {year} is not known"), "add a [[resident_tiers]] block with the subsidy through --rates".to_owned()),
        Kind::GradeNotOpen { grade, class, open } => (format!("class {class} has no floating grade of {grade}"), format!("choose from: {}", open.join(", "))),
        Kind::GradeWithoutClass => ("a floating grade is given without a risk class".to_owned(), "add --injury-class 1..8".to_owned()),
        Kind::MissingFigure { figure, region, month, why } => (missing(figure, region, *month, why, speaker), supply(figure, region, *month)),
        Kind::TableSyntax { message } => (format!("TOML syntax error: {message}"), "correct it according to TOML 1.0".to_owned()),
        Kind::TableName { name } => (format!("“{name}” is not a valid name for a file of tables"), "name a year's file after the year (2019.toml); names of a region go into region.toml, names of the insurances into insurances.toml in the top folder".to_owned()),
        Kind::NotARegion { path } => (format!("the folder {path} has no region.toml"), "add region.toml with name = { zh = \"…\", en = \"…\" }".to_owned()),
        Kind::UnknownBlock { name, nearest } => (format!("unknown kind of block “{name}”"), did_you_mean(nearest.as_ref(), "shebao tables schema lists the kinds")),
        Kind::NotABlock { name } => (format!("“{name}” must be written as a block"), format!("write [[{name}]] and its keys below it")),
        Kind::UnknownKey { key, block, nearest } => (format!("{block} has no key “{key}”"), did_you_mean(nearest.as_ref(), "shebao tables schema lists the keys")),
        Kind::MissingKey { key, block } => (format!("{block} is missing the key “{key}”"), format!("add {key} = …")),
        Kind::WrongType { key, expected, found } => (format!("“{key}” must be {}, not {}", speaker.word(*expected), speaker.word(*found)), form(*expected).to_owned()),
        Kind::BareFloat { text } => (format!("{text} is not quoted: an unquoted decimal is not exact"), format!("write \"{text}\"")),
        Kind::TableMoney { text } => (format!("“{text}” is not an amount"), "write yuan with at most two decimals, for example \"3269.15\"; a rounding unit must be greater than zero".to_owned()),
        Kind::TableRate { text } => (format!("“{text}” is not a rate"), "write a percentage, for example \"0.7%\"".to_owned()),
        Kind::TableNumber { text } => (format!("“{text}” is not a valid number here"), "write a quoted decimal or an unquoted integer; a divisor must not be zero".to_owned()),
        Kind::TableMonth { text } => (format!("“{text}” is not a month"), "write \"2019-05\"".to_owned()),
        Kind::TableChoice { key, text, choices, nearest } => (format!("“{key}” cannot be “{text}”"), did_you_mean(nearest.as_ref(), &format!("choose from: {}", choices.join(", ")))),
        Kind::OutOfRange { key, least, most } => (format!("“{key}” must be between {least} and {most}"), "check for extra or missing digits".to_owned()),
        Kind::WrongYear { from, year } => (format!("a block from {from} does not belong in the file of {year}"), format!("move it to {:04}.toml", from.year())),
        Kind::EndsBeforeStart { from, to } => (format!("the block ends in {to}, before it starts in {from}"), "correct from or to".to_owned()),
        Kind::UnknownSource { key, nearest } => (format!("this file has no source “{key}”"), did_you_mean(nearest.as_ref(), &format!("add [sources.{key}] at the top of the file"))),
        Kind::UnusedSource { key } => (format!("no block cites the source “{key}”"), "remove it, or cite it in a block".to_owned()),
        Kind::UndeclaredInsurance { code, nearest } => (format!("unknown insurance “{code}”"), did_you_mean(nearest.as_ref(), "add its names to insurances.toml")),
        Kind::FloorAboveCeiling { floor, ceiling } => (format!("the floor {floor} is above the ceiling {ceiling}"), "check whether the two are swapped".to_owned()),
        Kind::LimitOffAverage { limit, exact, tolerance } => (format!("{limit} differs by more than {tolerance} from the {exact} that the average wage gives"), "check the limit and the average wage: one of them is wrong".to_owned()),
        Kind::Descending { key } => (format!("“{key}” must be in ascending order without repeats"), "sort the values".to_owned()),
        Kind::ClassCount { found, expected } => (format!("{} instead of {expected}", counted(*found, "risk class", "risk classes")), "write one rate for each class, from 1 to 8".to_owned()),
        Kind::TwoAnswers { figure, from } => (format!("{}: two blocks from {from}", speaker.figure(figure)), "remove one, or use published to show which came later".to_owned()),
        Kind::Uncovered { figure, first, last } => (format!("{}: no block from {first} to {last}", speaker.figure(figure)), "add a block, or a [[gap]] that says why there is none".to_owned()),
        Kind::Jump { figure, before, after } => (format!("{}: change from {before} to {after} (at least doubled or halved)", speaker.figure(figure)), "if this is correct, add jump = \"why\" to the block".to_owned()),
        Kind::NoSuchFile { path } => (format!("there is no file {path}"), "check the name and the folder".to_owned()),
        Kind::IsADirectory { path } => (format!("{path} is a folder, not a file"), "give the name of a file in it".to_owned()),
        Kind::NotAllowed { path } => (format!("no permission to access {path}"), "check its permissions, or whether another program has it open".to_owned()),
        Kind::Unreadable { path, message } => (format!("cannot read {path}: {message}"), "check the file and try again".to_owned()),
        Kind::Unwritable { path, message } => (format!("cannot write {path}: {message}"), "an existing file is unchanged; check free space and permissions and try again".to_owned()),
        Kind::NoSuchFolder { path } => (format!("there is no folder {path}"), "create it first, or give one that exists".to_owned()),
        Kind::OutputIsInput { path } => (format!("the output {path} is the input file itself"), "give another name with -o".to_owned()),
        Kind::FolderNotEmpty { path } => (format!("the folder {path} is not empty"), "give a new or empty folder".to_owned()),
        Kind::OutputKind { path, known } => (format!("unsupported type of output file: {path}"), format!("end the name with one of: {}", known.join(", "))),
        Kind::EmptyFile => ("the file is empty".to_owned(), "the first line must hold the headings".to_owned()),
        Kind::NotText { hint } => (not_text(*hint).0.to_owned(), not_text(*hint).1.to_owned()),
        Kind::LockFile { real } => ("this is the lock file of an open workbook, not a payroll file".to_owned(), format!("use “{real}” in the same folder")),
        Kind::EncryptedWorkbook => ("the workbook is protected by a password".to_owned(), "remove the password in a spreadsheet program and save it again".to_owned()),
        Kind::BrokenWorkbook { what } => (format!("the workbook is damaged or incomplete: {what}"), "open it in a spreadsheet program and save it again, or ask for a new copy".to_owned()),
        Kind::NotAWorkbook => ("this is not a workbook but another kind of archive or document".to_owned(), "unpack an archive first; save a document as xlsx or CSV in the program that made it".to_owned()),
        Kind::WorkbookTooLarge { most } => (format!("the text of the workbook takes more than {} MB when unpacked", most / 1024 / 1024), "save it as CSV, which has no such limit".to_owned()),
        Kind::BadLayout { message } => (format!("the layout cannot be used: {message}"), "save it again: shebao inspect FILE --save layout.toml".to_owned()),
        Kind::LayoutDiffers { missing, new } => {
            let mut parts = Vec::new();
            if !missing.is_empty() {
                parts.push(format!("missing: {}", missing.join(", ")));
            }
            if !new.is_empty() {
                parts.push(format!("new: {}", new.join(", ")));
            }
            (format!("the headings of the file do not match the layout; {}", parts.join("; ")), "check whether it is the right file; if the form has changed, save the layout again: shebao inspect FILE --save layout.toml".to_owned())
        }
        Kind::NoSuchSheet { name, sheets } if sheets.is_empty() => (format!("the file has no sheets, so there is none named “{name}”"), "leave out --sheet".to_owned()),
        Kind::NoSuchSheet { name, sheets } => (format!("there is no sheet named “{name}”"), format!("the sheets are: {}", sheets.join(", "))),
        Kind::SeveralSheets { sheets } => (format!("{} sheets list people: {}", sheets.len(), sheets.join(", ")), "choose one with --sheet NAME, and check them one after the other".to_owned()),
        Kind::NoMonth => ("the file does not say which month it is for: no column, title, sheet name or file name gives it".to_owned(), "give --month, for example --month 2025-05; or name the column with --column month=heading".to_owned()),
        Kind::NoInsurance => ("neither the table, its title nor the file name says which insurance it is for".to_owned(), "give --only, for example --only unemployment".to_owned()),
        Kind::NoSide { headings, flags } => (format!("the headings do not say whether the employer or the employee pays, and the amounts do not settle it: {}", headings.join(", ")), format!("give the side of each column, for example {}", flags.join(" "))),
        Kind::WholeEmployer { headings } => ("this table gives totals of a whole employer and lists no people to check".to_owned(), format!("use the list of people; the headings are: {}", headings.join(", "))),
        Kind::NoRows => ("there are no rows below the headings".to_owned(), "check whether it is the right file".to_owned()),
        Kind::MissingColumn { looked_for, headings } => (format!("a required column is missing: {}", looked_for.join(", ")), format!("the headings are: {}; name the column with --column column=heading", headings.join(", "))),
        Kind::DoubledColumn { meaning, headings } => (format!("several columns could be “{meaning}”: {}", headings.join(", ")), format!("choose one with --column {meaning}=heading")),
        Kind::NothingDeclared { headings } => ("there is no declared column to check (amounts by side, or bases)".to_owned(), format!("the headings are: {}; to compute only, use shebao contrib --file", headings.join(", "))),
        Kind::NoSuchColumn { heading, nearest, headings } => (format!("there is no heading “{heading}”"), did_you_mean(nearest.as_ref(), &format!("the headings are: {}", headings.join(", ")))),
        Kind::UnknownMeaning { text, nearest, known } => (format!("there is no column named “{text}”"), did_you_mean(nearest.as_ref(), &format!("choose from: {}", known.join(", ")))),
        Kind::HeadingsDiffer { first } => (format!("the headings differ from those of {first}"), "only files with the same headings can be run together; run them separately".to_owned()),
        Kind::RecordTooLong { limit } => (format!("a row is longer than {limit} bytes"), "look for missing line breaks or an unclosed quote".to_owned()),
        Kind::TooManyColumns { found, most } => (format!("the heading row has {found} columns; at most {most} are allowed"), "look for a missing line break after the headings".to_owned()),
        Kind::TooManyRows { most } => (format!("the result has more rows than a workbook can hold ({most})"), "write it as CSV (-o result.csv), or only the wrong rows: --only-mismatches".to_owned()),
        Kind::CellTooLong { row, length, most } => (format!("row {row} of the result has a cell of {length} characters; a workbook cell holds at most {most}"), "write the result as CSV: -o result.csv".to_owned()),
        Kind::EncodingsDiffer { first, encoding, found } => (format!("the encoding is {found}, but that of {first} is {encoding}"), "run them separately, or add --bom for one result in UTF-8".to_owned()),
        Kind::DiskFull { path } => (format!("the disk is full: {path} could not be written"), "an existing file is unchanged; free some space, or write to another disk with -o".to_owned()),
        Kind::RowsLost { read, accounted } => (format!("rows read: {read}, rows accounted for: {accounted}: this is a bug in the program"), "do not use the result; please report it with a description of the file".to_owned()),
        Kind::NoSuchRow { row, last } => (format!("there is no row {row}: the last one is {last}"), "rows are numbered as in a spreadsheet; the headings are row 1".to_owned()),
        Kind::NoBaseFor { insurance } => (
            format!("{} has no base: it has no base column of its own, and the bases of the other insurances differ", speaker.insurance(insurance)),
            "add the column, or leave it out with --only".to_owned(),
        ),
        Kind::EmptyRow => ("empty row".to_owned(), String::new()),
        Kind::RepeatedHeading => ("repeated headings".to_owned(), String::new()),
        Kind::RowWithoutSide { text } => (format!("the row “{text}” does not say whether the employer or the employee pays"), String::new()),
        Kind::UnknownInsuranceText { text } => (format!("“{text}” is not a known insurance"), String::new()),
        Kind::SharesDisagree { bases } => (format!("the amounts imply different bases: {}", amounts(bases)), String::new()),
        Kind::NoLimits { month } => (format!("the tables have no base limits for {month}"), String::new()),
        Kind::LimitsDiffer { month } => (format!("the base limits of {month} differ between insurances; choose one with --only"), String::new()),
        Kind::HiddenRow => ("hidden row, not checked; unhide it to have it checked".to_owned(), String::new()),
        Kind::SampleRow => ("sample row, not a person".to_owned(), String::new()),
        Kind::SectionRow => ("section heading, not a person".to_owned(), String::new()),
        Kind::SignatureRow => ("signatures or remarks, not a person".to_owned(), String::new()),
        Kind::TotalRow => ("total, not a person".to_owned(), String::new()),
        Kind::DeclaredDiffers { what, declared, due, why } => (format!("{what}: declared {declared}, due {due}{}", if why.is_empty() { String::new() } else { format!(" [{why}]") }), String::new()),
        Kind::WrongCellCount { found, expected } => (format!("the row has {}, the headings have {expected}", counted(*found, "cell", "cells")), String::new()),
        Kind::UnclosedQuote => ("unclosed quote".to_owned(), String::new()),
        Kind::CellNotText { heading, encoding } => (format!("“{heading}” is not valid {encoding} text"), String::new()),
        Kind::BlankCell { heading } => (format!("“{heading}” is blank"), String::new()),
        Kind::AmountTooLarge => ("the amount is too large to calculate".to_owned(), "check for extra digits".to_owned()),
        Kind::BadSetting { key, text } => (format!("the setting {key} cannot be “{text}”"), "the settings are: region, lang, rates, injury-class, injury-grade".to_owned()),
    };
    FaultMessage { what, help }
}

/// The nearest name first, other advice after it.
fn did_you_mean(nearest: Option<&String>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |nearest| format!("did you mean “{nearest}”? {otherwise}"))
}

fn amounts(list: &[Money]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn codes(list: &[String], speaker: Speaker<'_>, between: &str) -> String {
    list.iter().map(|code| speaker.category(code)).collect::<Vec<_>>().join(between)
}

fn missing(figure: &Figure, region: &RegionId, month: Month, why: &MissingWhy, speaker: Speaker<'_>) -> String {
    let mut text = format!("the tables have no {} for {region} in {month}", speaker.figure(figure));
    if let Some(reason) = &why.reason {
        text.push_str(&format!(": {}", reason.en));
    }
    if let Some(ended) = why.ended {
        text.push_str(&format!(": the last block ended in {ended}"));
    }
    if let Some(day) = why.known_on {
        text.push_str(&format!(" (only figures published by {day} are used)"));
    }
    text
}

fn supply(figure: &Figure, region: &RegionId, month: Month) -> String {
    let flag =
        if figure.kind == FigureKind::ResidentBasePension { "give it with --base-pension AMOUNT, or " } else { "" };
    format!(
        "{flag}write {region}/{:04}.toml with a [[{}]] block in a folder of your own and add it with --rates FOLDER; shebao tables schema shows the format",
        month.year(),
        figure.kind.code()
    )
}

fn form(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Money => "write quoted yuan, for example \"3269.15\"",
        ValueType::Rate => "write a quoted percentage, for example \"0.7%\"",
        ValueType::Month => "write a quoted month, for example \"2019-05\"",
        ValueType::Number => "write a quoted decimal or an unquoted integer",
        ValueType::Text => "put it in quotes",
        ValueType::Integer => "write an unquoted integer, for example 65",
        ValueType::Boolean => "write true or false",
        ValueType::Date => "write an unquoted date, for example 2019-04-01",
        ValueType::List => "write it in square brackets, separated by commas",
        ValueType::Table => "write it in braces, for example { zh = \"…\", en = \"…\" }",
        // No field is written so.
        ValueType::Float => "",
    }
}

fn not_text(hint: TextHint) -> (&'static str, &'static str) {
    match hint {
        TextHint::OldExcel => (
            "this is a workbook of Excel 4 or earlier, which cannot be read",
            "save it as xlsx in the spreadsheet program",
        ),
        TextHint::BinaryWorkbook => {
            ("this is a binary workbook (xlsb), which cannot be read", "save it as xlsx in the spreadsheet program")
        }
        TextHint::Nul => (
            "the file contains NUL bytes: it is not text, or it is UTF-16 without a byte order mark",
            "check whether it is the right file, or save it as UTF-8",
        ),
        TextHint::Unknown => (
            "the file is neither UTF-8 nor GB18030 text",
            "save it as UTF-8, or give the encoding with --encoding: rows with invalid text are then reported one by one",
        ),
    }
}

/// A number with the word for one or for several: `1 row`, `2 rows`.
pub(super) fn counted(number: impl Display + PartialEq + From<u8>, one: &str, several: &str) -> String {
    let word = if number == 1.into() { one } else { several };
    format!("{number} {word}")
}

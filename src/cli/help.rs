//! Help screens and refused arguments, in both languages. The texts are put into the parser only here,
//! so that a question that is well put does not pay for them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{args, outlet};
use crate::facts::{Fault, Faults, Kind, Outcome};
use crate::render::Speaker;
use crate::render::words::HelpWord;

/// The place of `-h` in a list, after every flag of a command; `-V` follows it.
const HELP_ORDER: usize = 1_000;

/// What to do about what the parser said: print help or the version, or report the fault.
#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the argument parser")]
pub(super) fn answer(error: &clap::Error, arguments: &[OsString], speaker: Speaker<'_>) -> Outcome<()> {
    match error.kind() {
        ErrorKind::DisplayHelp => outlet::print(&screen(arguments, speaker)),
        ErrorKind::DisplayVersion => outlet::print(&error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            outlet::message(&screen(arguments, speaker));
            Err(Faults::from(Kind::MissingFlag { flags: vec![speaker.word(HelpWord::Command).to_owned()] }))
        }
        _ => Err(fault(error).into()),
    }
}

/// The help screen for these arguments.
fn screen(arguments: &[OsString], speaker: Speaker<'_>) -> String {
    let spoken = spoken(args::command(), "", speaker);
    let text = match spoken.try_get_matches_from(arguments) {
        Err(error) => error.render().to_string(),
        Ok(_) => String::new(),
    };
    speaker.usage_words().iter().fold(text, |text, (written, meant)| text.replace(written, meant))
}

/// The parser with the texts of one language.
fn spoken(command: clap::Command, path: &str, speaker: Speaker<'_>) -> clap::Command {
    let text = |name: &str| {
        // Its own text, that of all flags about files, that of every command.
        let known = [format!("{path}.{name}"), format!("files.{name}"), format!(".{name}")];
        known.iter().find_map(|id| speaker.help(id))
    };
    let is_common = |name: &str| {
        let own = !path.is_empty() && speaker.help(&format!("{path}.{name}")).is_some();
        !own && speaker.help(&format!(".{name}")).is_some()
    };
    // Under a heading of our own the parser sorts arguments by name unless each has its place.
    let mut declared = 0;
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .about(speaker.help(path))
        .subcommand_help_heading(speaker.word(HelpWord::Commands))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| {
            let id = arg.get_id().to_string();
            let heading = if arg.is_positional() {
                speaker.word(HelpWord::Arguments)
            } else if is_common(&id) {
                speaker.word(HelpWord::Common)
            } else {
                speaker.word(HelpWord::Options)
            };
            declared += 1;
            arg.help(text(&id)).help_heading(heading).display_order(declared)
        });
    if let Some(examples) = speaker.help(&format!("{path}#examples")) {
        command = command.after_help(format!("{}\n{examples}", speaker.word(HelpWord::Examples)));
    }
    let common = speaker.word(HelpWord::Common);
    command = command.arg(
        clap::Arg::new("help")
            .short('h')
            .long("help")
            .action(clap::ArgAction::Help)
            .help(speaker.word(HelpWord::Help))
            .help_heading(common)
            .display_order(HELP_ORDER),
    );
    if path.is_empty() {
        command = command.arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(speaker.word(HelpWord::Version))
                .help_heading(common)
                .display_order(HELP_ORDER + 1),
        );
    }
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        command = command.mut_subcommand(name, |sub| spoken(sub, &below, speaker));
    }
    command
}

/// The parser's refusal as a fault.
#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the argument parser")]
fn fault(error: &clap::Error) -> Fault {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(list)) => list.first().cloned(),
        _ => None,
    };
    let invalid = text(ContextKind::InvalidArg).unwrap_or_default();
    let flag = invalid.split_whitespace().next().unwrap_or("").to_owned();
    match error.kind() {
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            Fault::flag(Kind::UnknownFlag { text: flag.clone(), nearest: text(ContextKind::SuggestedArg) }, &flag, "")
        }
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => {
            Fault::flag(Kind::UnexpectedValue { text: invalid.clone() }, &invalid, "")
        }
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            Fault::flag(
                Kind::UnknownCommand { text: name.clone(), nearest: text(ContextKind::SuggestedSubcommand) },
                &name,
                "",
            )
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if prior.split_whitespace().next() == Some(flag.as_str()) => {
                Fault::flag(Kind::RepeatedFlag { flag: flag.clone() }, &flag, "")
            }
            Some(prior) => Fault::new(Kind::FlagConflict { flag, other: prior }),
            None => Fault::flag(Kind::RepeatedFlag { flag: flag.clone() }, &flag, ""),
        },
        ErrorKind::MissingRequiredArgument => Fault::new(Kind::MissingFlag {
            flags: match error.get(ContextKind::InvalidArg) {
                Some(ContextValue::Strings(list)) => list.clone(),
                _ => vec![invalid],
            },
        }),
        ErrorKind::InvalidValue | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            Fault::flag(Kind::MissingValue { flag: flag.clone() }, &flag, "")
        }
        _ => Fault::new(Kind::UnexpectedValue { text: text(ContextKind::InvalidValue).unwrap_or(invalid) }),
    }
}

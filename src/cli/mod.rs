//! Arguments to request to command to exit status. The only layer that reads the environment and the
//! clock, and the only one that writes to the outside.
//!
//! A command is one file with a `run` function and one line in `dispatch`.

mod args;
mod check;
mod check_row;
mod check_summary;
mod config;
mod context;
mod contrib;
mod document_out;
mod ended;
mod files;
mod help;
mod how_read;
mod inspect;
mod interrupt;
mod outlet;
mod over;
mod progress;
mod report;
mod request;
mod resident_contrib;
mod resident_pension;
mod rows_out;
mod schema;
mod tables;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use self::args::{Args, Command};
use self::context::{Context, Surroundings};
use self::ended::Ended;
use crate::facts::Outcome;
use crate::render::{Speaker, faults_text, words};

/// Runs the program with the process's own arguments and surroundings.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the arguments")]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let surroundings = Surroundings::read();
    ExitCode::from(run(&arguments, &surroundings))
}

/// Exit status: 0 done, 1 found something, 2 could not.
fn run(arguments: &[OsString], surroundings: &Surroundings) -> u8 {
    // The language may be configured, so the configuration is read again; only refusals ask for it.
    let speaker = || words::speaker(surroundings.lang_for(arguments));
    let outcome = parse(arguments, speaker).and_then(|args| match args {
        Some(args) => dispatch(args, surroundings),
        None => Ok(Ended::Done),
    });
    match outcome {
        Ok(Ended::Done) => 0,
        Ok(Ended::Found) => 1,
        Err(faults) => {
            outlet::message(&faults_text(&faults, speaker(), surroundings.look_for(arguments)));
            2
        }
    }
}

/// The parsed arguments; `None` where help or the version was asked for and printed.
fn parse<'s>(arguments: &[OsString], speaker: impl Fn() -> Speaker<'s>) -> Outcome<Option<Args>> {
    let with = |command: clap::Command| {
        command.try_get_matches_from(arguments).and_then(|matches| Args::from_arg_matches(&matches))
    };
    match with(args::lean()).or_else(|_| with(args::command())) {
        Ok(args) => Ok(Some(args)),
        Err(error) => help::answer(&error, arguments, speaker()).map(|()| None),
    }
}

/// One line for each command.
fn dispatch(args: Args, surroundings: &Surroundings) -> Outcome<Ended> {
    let exit_zero = args.common.exit_zero;
    let context = Context::new(args.common, surroundings);
    let ended = match args.command {
        Command::Contrib(args) => contrib::run(context, args),
        Command::ResidentPension(args) => resident_pension::run(context, args),
        Command::ResidentContrib(args) => resident_contrib::run(context, args),
        Command::Check(args) => check::run(context, args),
        Command::Inspect(args) => inspect::run(context, args),
        Command::Tables(args) => tables::run(context, args),
        Command::Schema(args) => schema::run(context, args),
    }?;
    Ok(if exit_zero { Ended::Done } else { ended })
}

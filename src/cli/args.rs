//! What can be typed. Values stay text here; `request` reads them, so that all faults are reported together.

use clap::{ArgAction, Args as _, CommandFactory, Parser, Subcommand};

/// The parser of the whole command line; help texts are put in only where help is asked for.
pub(super) fn command() -> clap::Command {
    Args::command()
}

/// The same parser with the flags of a command built only once it is named. It accepts what the whole one
/// accepts; what it refuses is put to the whole one, which knows every flag for its advice.
pub(super) fn lean() -> clap::Command {
    let named = |name, flags: fn(clap::Command) -> clap::Command| clap::Command::new(name).defer(flags);
    Common::augment_args(clap::Command::new("shebao")).subcommand_required(true).subcommands([
        named("contrib", Contrib::augment_args),
        named("resident-pension", ResidentPension::augment_args),
        named("resident-contrib", ResidentContrib::augment_args),
        named("check", Check::augment_args),
        named("inspect", Inspect::augment_args),
        named("tables", Tables::augment_args),
        named("schema", Schema::augment_args),
    ])
}

#[derive(Debug, Parser)]
#[command(name = "shebao", version, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Common {
    #[arg(long, global = true, value_name = "ID")]
    pub region: Option<String>,
    #[arg(long, global = true, value_name = "DIR")]
    pub rates: Vec<String>,
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<String>,
    #[arg(long, global = true)]
    pub explain: bool,
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<String>,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(long, global = true, value_name = "DATE")]
    pub known_on: Option<String>,
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<String>,
    #[arg(long, global = true)]
    pub exit_zero: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Contrib(Contrib),
    ResidentPension(ResidentPension),
    ResidentContrib(ResidentContrib),
    Check(Check),
    Inspect(Inspect),
    Tables(Tables),
    Schema(Schema),
}

/// Which insurances, and at which rates.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Selecting {
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub only: Vec<String>,
    #[arg(long, value_name = "PAYER")]
    pub payer: Option<String>,
    #[arg(long, value_name = "CLASS", allow_negative_numbers = true)]
    pub injury_class: Option<String>,
    #[arg(long, value_name = "GRADE", allow_negative_numbers = true)]
    pub injury_grade: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub relief: Vec<String>,
}

/// How files are read, worked and written.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Filing {
    #[arg(short, long, value_name = "FILE", requires = "file")]
    pub output: Option<String>,
    #[arg(long, requires = "file")]
    pub result_only: bool,
    #[arg(long, value_name = "COLUMN=HEADING", requires = "file")]
    pub column: Vec<String>,
    #[arg(long, requires = "file")]
    pub mask_ids: bool,
    #[arg(long, value_name = "NAME", requires = "file")]
    pub sheet: Option<String>,
    #[arg(long, value_name = "FILE.toml", requires = "file")]
    pub layout: Option<String>,
    #[arg(long, value_name = "ENCODING", requires = "file")]
    pub encoding: Option<String>,
    #[arg(long, requires = "file")]
    pub bom: bool,
    #[arg(long, requires = "file")]
    pub fail_fast: bool,
    #[arg(long, value_name = "N", requires = "file", allow_negative_numbers = true)]
    pub jobs: Option<String>,
}

/// A file of many cases instead of one.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Many {
    #[arg(long, value_name = "FILE")]
    pub file: Option<String>,
    #[command(flatten)]
    pub filing: Filing,
}

#[derive(Debug, clap::Args)]
pub(super) struct Contrib {
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub wage: Option<String>,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub base: Option<String>,
    #[arg(long, value_name = "MONTH", allow_negative_numbers = true)]
    pub month: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub from: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub to: Option<String>,
    #[command(flatten)]
    pub selecting: Selecting,
    #[command(flatten)]
    pub many: Many,
}

#[derive(Debug, clap::Args)]
pub(super) struct ResidentPension {
    #[arg(long, value_name = "DATE")]
    pub birth: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub id: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub from: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub to: Option<String>,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub account: Option<String>,
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    pub years: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub death: Option<String>,
    #[arg(long, value_name = "GROUP")]
    pub category: Option<String>,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub base_pension: Option<String>,
    #[command(flatten)]
    pub many: Many,
}

#[derive(Debug, clap::Args)]
pub(super) struct ResidentContrib {
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub tier: Option<String>,
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    pub year: Option<String>,
    #[arg(long, value_name = "GROUP")]
    pub category: Option<String>,
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub people: Option<String>,
    #[command(flatten)]
    pub many: Many,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[arg(id = "file", value_name = "FILE", required = true)]
    pub files: Vec<String>,
    #[command(flatten)]
    pub filing: Filing,
    #[arg(long)]
    pub only_mismatches: bool,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub tolerance: Option<String>,
    #[arg(long, value_name = "WHEN")]
    pub duplicates: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub findings: Option<String>,
    #[arg(long, value_name = "FILE.json")]
    pub summary: Option<String>,
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub explain_row: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    #[arg(long, value_name = "SOURCE")]
    pub base_from: Option<String>,
    #[command(flatten)]
    pub selecting: Selecting,
}

#[derive(Debug, clap::Args)]
pub(super) struct Inspect {
    #[arg(id = "file", value_name = "FILE", required = true)]
    pub file: String,
    #[arg(long, value_name = "FILE.toml")]
    pub save: Option<String>,
    #[arg(long, value_name = "COLUMN=HEADING")]
    pub column: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    #[arg(long, value_name = "FILE.toml")]
    pub layout: Option<String>,
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    #[arg(long, value_name = "SOURCE")]
    pub base_from: Option<String>,
    #[command(flatten)]
    pub selecting: Selecting,
}

#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    #[arg(value_name = "RESULT")]
    pub result: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Tables {
    #[command(subcommand)]
    pub command: TablesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum TablesCommand {
    List,
    Show {
        #[arg(long, value_name = "MONTH")]
        month: Option<String>,
    },
    History {
        #[arg(value_name = "KEY")]
        key: String,
    },
    Diff {
        #[arg(value_name = "BEFORE")]
        before: String,
        #[arg(value_name = "AFTER")]
        after: String,
    },
    Lint {
        #[arg(value_name = "DIR", action = ArgAction::Append)]
        folder: Vec<String>,
        #[arg(long, value_name = "MONTH")]
        until: Option<String>,
    },
    Schema,
    Export {
        #[arg(value_name = "DIR")]
        folder: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with the flags that it takes, but for those of the parser itself.
    fn flags(mut command: clap::Command) -> Vec<(String, Vec<String>)> {
        command.build();
        let of = |command: &clap::Command| {
            let ids = command.get_arguments().map(|flag| flag.get_id().to_string());
            let mut ids: Vec<String> = ids.filter(|id| id != "help" && id != "version").collect();
            ids.sort();
            (command.get_name().to_owned(), ids)
        };
        let below = command.get_subcommands().filter(|command| command.get_name() != "help");
        std::iter::once(of(&command)).chain(below.map(of)).collect()
    }

    #[test]
    fn the_lean_parser_takes_what_the_whole_one_takes() {
        assert_eq!(flags(lean()), flags(command()));
        assert!(lean().get_subcommands().all(|command| command.get_arguments().next().is_none()), "built unasked");
    }
}

//! The configuration file: `shebao/config.toml` in the user's configuration folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::facts::{Excerpt, Fault, Kind, Outcome, Place};

/// What the file may set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Config {
    pub region: Option<String>,
    pub lang: Option<String>,
    #[serde(default)]
    pub rates: Vec<PathBuf>,
    pub injury_class: Option<i64>,
    pub injury_grade: Option<String>,
}

/// Reads the file; a default one that is not there is an empty one.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the configuration")]
pub(super) fn read(named: Option<&str>, default: Option<&Path>) -> Outcome<Config> {
    let path = match (named, default) {
        (Some(named), _) => PathBuf::from(named),
        (None, Some(default)) => default.join("config.toml"),
        (None, None) => return Ok(Config::default()),
    };
    let name = path.display().to_string();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => return Ok(Config::default()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Fault::flag(Kind::NoSuchFile { path: name.clone() }, "--config", &name).into());
        }
        Err(error) => {
            return Err(Fault::at(
                Kind::Unreadable { path: name.clone(), message: error.to_string() },
                Place::File { path: name },
            )
            .into());
        }
    };
    toml::from_str::<Config>(&text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let place = Place::Line(Excerpt::of(&name, &text, span));
        Fault::at(Kind::TableSyntax { message: error.message().to_owned() }, place).into()
    })
}

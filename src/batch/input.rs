//! Opening payroll files: the only place of the layer that touches the disk.

use std::fs::File;
use std::io::{ErrorKind, stdin};
use std::path::Path;

use super::csv::Input;
use crate::facts::{Fault, Kind, Outcome, Place};

/// Opens a file to be read; `-` is standard input.
#[expect(clippy::disallowed_methods, reason = "the one place that opens payroll files")]
#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the standard library")]
pub fn open(path: &str) -> Outcome<Input> {
    if path == "-" {
        return Ok(Box::new(stdin()));
    }
    let fault = |kind: Kind| Fault::at(kind, Place::File { path: path.to_owned() });
    if Path::new(path).is_dir() {
        return Err(fault(Kind::IsADirectory { path: path.to_owned() }).into());
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => {
            let path = path.to_owned();
            Err(fault(match error.kind() {
                ErrorKind::NotFound => Kind::NoSuchFile { path },
                ErrorKind::PermissionDenied => Kind::NotAllowed { path },
                _ => Kind::Unreadable { path, message: error.to_string() },
            })
            .into())
        }
    }
}

/// How many bytes a file has, where that is known before it is read.
#[must_use]
pub fn size(path: &str) -> Option<u64> {
    let file = std::fs::metadata(path).ok().filter(|_| path != "-")?;
    if file.is_file() { Some(file.len()) } else { None }
}

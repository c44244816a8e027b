//! Opening payroll files: the only place of the layer that touches the disk.

use std::fs::File;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;

use crate::facts::{Fault, Kind, Outcome, Place};

/// Opens a file to be read; `-` is standard input.
#[expect(clippy::disallowed_methods, reason = "the one place that opens payroll files")]
#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the standard library")]
pub fn open(path: &str) -> Outcome<Box<dyn Read>> {
    if path == "-" {
        return Ok(Box::new(stdin().lock()));
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

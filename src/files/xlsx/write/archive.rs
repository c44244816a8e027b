//! The zip archive that a workbook is, being written.
//!
//! New parts are packed lightly and carry no date, so that the same input gives the same bytes. Parts of the user's
//! workbook that did not change are copied as they were packed.

use std::fmt::Display;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::facts::{Fault, Faults, Kind, Outcome, Place};
use crate::files::xlsx::package::SharedFile;

/// How hard what is written is packed: more takes far longer and gains little.
const LEVEL: i64 = 2;

/// An archive being written.
pub(crate) struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    /// The name of the result, for faults.
    name: String,
}

impl Archive {
    pub fn new(file: File, name: &str) -> Self {
        Self { zip: ZipWriter::new(BufWriter::with_capacity(256 * 1024, file)), name: name.to_owned() }
    }

    fn failed(&self, error: &impl Display) -> Faults {
        let kind = Kind::Unwritable { path: self.name.clone(), message: error.to_string() };
        Fault::at(kind, Place::File { path: self.name.clone() }).into()
    }

    /// Begins a part.
    pub fn begin(&mut self, path: &str) -> Outcome<()> {
        // The same input gives the same bytes: no part carries the day it was written.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(DateTime::DEFAULT);
        self.zip.start_file(path, options).map_err(|error| self.failed(&error))
    }

    /// Goes on with the part.
    pub fn write(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.zip.write_all(bytes).map_err(|error| self.failed(&error))
    }

    /// A whole part.
    pub fn part(&mut self, path: &str, bytes: &[u8]) -> Outcome<()> {
        self.begin(path)?;
        self.write(bytes)
    }

    /// Copies the parts of another workbook as they are packed, but for those that were written anew.
    pub fn copy(&mut self, from: &SharedFile, except: &[String]) -> Outcome<()> {
        let mut other = ZipArchive::new(from.from(0)).map_err(|error| self.failed(&error))?;
        for at in 0..other.len() {
            let entry = other.by_index_raw(at).map_err(|error| self.failed(&error))?;
            let name = entry.name().map_err(|error| self.failed(&error))?.into_owned();
            if entry.is_dir() || except.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                continue;
            }
            self.zip.raw_copy_file(entry).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Ends the archive; the file stands at its beginning.
    pub fn finish(self) -> Outcome<File> {
        let name = self.name.clone();
        let failed = |error: &dyn Display| -> Faults {
            let kind = Kind::Unwritable { path: name.clone(), message: error.to_string() };
            Fault::at(kind, Place::File { path: name.clone() }).into()
        };
        let writer = self.zip.finish().map_err(|error| failed(&error))?;
        let mut file = writer.into_inner().map_err(|error| failed(&error))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| failed(&error))?;
        Ok(file)
    }
}

//! The parts of a zipped workbook, each read as a stream of its own.
//!
//! Nothing is unpacked whole: a part is inflated as it is read, and its checksum is held against the
//! directory at its end. What a stream may hold at once is bounded by its reader (`markup`).

#![expect(clippy::wildcard_enum_match_arm, reason = "an open list of the archive reader")]

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::CrcReader;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::facts::Kind;
use crate::files::sheet::SheetFault;

/// A file that several parts are read from at the same time.
#[derive(Clone)]
pub(crate) struct SharedFile {
    file: Arc<Mutex<File>>,
    /// Where what is read is counted.
    read: Option<Arc<AtomicU64>>,
}

impl SharedFile {
    pub fn new(file: File, read: Option<Arc<AtomicU64>>) -> Self {
        Self { file: Arc::new(Mutex::new(file)), read }
    }

    /// The same file, for reading that does not count.
    pub fn uncounted(&self) -> Self {
        Self { file: Arc::clone(&self.file), read: None }
    }

    /// Reads from a place of the file on.
    pub fn from(&self, position: u64) -> Positioned {
        Positioned { file: self.clone(), position }
    }
}

/// A place in a shared file.
pub(crate) struct Positioned {
    file: SharedFile,
    position: u64,
}

impl Read for Positioned {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.position))?;
        let read = file.read(buffer)?;
        let bytes = u64::try_from(read).unwrap_or(0);
        self.position += bytes;
        if let Some(counter) = &self.file.read {
            counter.fetch_add(bytes, Ordering::Relaxed);
        }
        Ok(read)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let mut file = self.file.file.lock().unwrap_or_else(PoisonError::into_inner);
        self.position = match to {
            SeekFrom::Current(by) => file.seek(SeekFrom::Start(self.position.saturating_add_signed(by)))?,
            SeekFrom::Start(_) | SeekFrom::End(_) => file.seek(to)?,
        };
        Ok(self.position)
    }
}

/// Where a part lies.
#[derive(Clone)]
struct Part {
    name: String,
    start: u64,
    packed: u64,
    deflated: bool,
    checksum: u32,
}

/// A zipped workbook.
#[derive(Clone)]
pub(crate) struct Package {
    pub(crate) file: SharedFile,
    parts: Arc<Vec<Part>>,
}

impl Package {
    /// Reads the directory.
    pub fn open(file: &SharedFile) -> Result<Self, Kind> {
        let broken = |what: &str| Kind::BrokenWorkbook { what: what.to_owned() };
        let mut archive = ZipArchive::new(file.from(0)).map_err(|error| broken(&error.to_string()))?;
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|error| broken(&error.to_string()))?;
            if entry.encrypted() {
                return Err(Kind::EncryptedWorkbook);
            }
            let deflated = match entry.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                other => return Err(broken(&format!("{other:?}"))),
            };
            let name = entry.name().map_err(|error| broken(&error.to_string()))?.into_owned();
            let Some(start) = entry.data_start() else { return Err(broken(&name)) };
            parts.push(Part { name, start, packed: entry.compressed_size(), deflated, checksum: entry.crc32() });
        }
        Ok(Self { file: file.clone(), parts: Arc::new(parts) })
    }

    /// The same package, for reading that does not count.
    pub fn uncounted(&self) -> Self {
        Self { file: self.file.uncounted(), parts: Arc::clone(&self.parts) }
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the parts of an OpenDocument workbook are encrypted: its manifest says so.
    pub fn encrypted_open_document(&self) -> Result<bool, Kind> {
        const MOST: u64 = 1024 * 1024;
        const MANIFEST: &str = "META-INF/manifest.xml";
        if !self.has(MANIFEST) {
            return Ok(false);
        }
        let mut text = Vec::new();
        let read = self.read(MANIFEST)?.take(MOST).read_to_end(&mut text);
        read.map_err(|error| Kind::BrokenWorkbook { what: format!("{MANIFEST}: {error}") })?;
        Ok(memchr::memmem::find(&text, b"encryption-data").is_some())
    }

    /// Names are the same whatever their case.
    fn find(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// A part that is kept in memory.
    pub fn read_bounded(&self, name: &str) -> Result<Bounded, Kind> {
        Ok(Bounded { part: self.read(name)?, left: KEPT_MOST })
    }

    /// A part as a stream.
    pub fn read(&self, name: &str) -> Result<PartReader, Kind> {
        let Some(part) = self.find(name) else {
            return Err(Kind::BrokenWorkbook { what: format!("{name}: missing") });
        };
        let packed = self.file.from(part.start).take(part.packed);
        let inflated: Box<dyn Read + Send> =
            if part.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        Ok(PartReader { inflated: CrcReader::new(inflated), name: part.name.clone(), checksum: part.checksum })
    }
}

/// The most that a part may hold that is kept in memory.
const KEPT_MOST: usize = 64 * 1024 * 1024;

/// A part being read that is kept in memory: beyond a most it is refused.
pub(crate) struct Bounded {
    part: PartReader,
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.part.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read)
            .ok_or_else(|| std::io::Error::other(SheetFault(Kind::WorkbookTooLarge { most: KEPT_MOST })))?;
        Ok(read)
    }
}

/// A part being read.
pub(crate) struct PartReader {
    inflated: CrcReader<Box<dyn Read + Send>>,
    name: String,
    checksum: u32,
}

impl Read for PartReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inflated.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.inflated.crc().sum() != self.checksum {
            let what = format!("{}: checksum", self.name);
            return Err(std::io::Error::other(SheetFault(Kind::BrokenWorkbook { what })));
        }
        Ok(read)
    }
}

/// The workbook that a sheet came from, and where its parts lie in it.
#[derive(Clone)]
pub struct Origin {
    pub(crate) file: SharedFile,
    pub(crate) package: Package,
    pub(crate) workbook: String,
    pub(crate) styles: Option<String>,
    pub(crate) sheet: String,
    pub(crate) sheets: Vec<String>,
}

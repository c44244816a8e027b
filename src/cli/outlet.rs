//! Everything that goes out: standard output, standard error, files that appear only when whole.
//!
//! A named file is written beside its target and renamed when it is complete, so a run that fails leaves the old file as it
//! was. No file that is read may be written. A closed pipe (`| head`) ends the program successfully. No other file of
//! the program writes to the outside.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::interrupt;
use crate::facts::{Fault, Kind, Outcome, Place};
use crate::files::Encoding;

/// Writes a result to standard output. A closed pipe (`| head`) is no error.
pub(super) fn print(text: &str) -> Outcome<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable("-", &error).into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a message to standard error; a failure cannot be reported anywhere.
pub(super) fn message(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// What a result in a file is written to: standard output, or a file that appears when it is whole.
pub(super) struct Sink {
    target: Target,
    encoding: Encoding,
}

enum Target {
    /// Standard output; `true` once its reader is gone.
    Standard(io::Stdout, bool),
    /// Something that is no plain file: a pipe with a name, a device.
    Direct(File, PathBuf),
    /// A file beside its target.
    Beside(tempfile::NamedTempFile, PathBuf),
}

impl Sink {
    /// The sink for a flag such as `-o`; standard output where no file is named. UTF-8 is written to it and leaves it in
    /// this encoding; for GB18030 the bytes are GB18030 already.
    ///
    /// # Errors
    /// A folder, a file that is read, a folder that does not exist, and what the disk refuses.
    pub fn open(flag: &str, target: Option<&str>, inputs: &[String], encoding: Encoding) -> Outcome<Self> {
        let Some(target) = target else { return Ok(Self { target: Target::Standard(io::stdout(), false), encoding }) };
        let path = PathBuf::from(target);
        let place = || Place::Flag { flag: flag.to_owned(), text: target.to_owned() };
        if path.is_dir() {
            return Err(Fault::at(Kind::IsADirectory { path: target.to_owned() }, place()).into());
        }
        if inputs.iter().any(|input| same_file(Path::new(input), &path)) {
            return Err(Fault::at(Kind::OutputIsInput { path: target.to_owned() }, place()).into());
        }
        if path.exists() && !path.is_file() {
            let file = File::options().write(true).open(&path).map_err(|error| unwritable(target, &error))?;
            return Ok(Self { target: Target::Direct(file, path), encoding });
        }
        // Through a link, the file it leads to is replaced and not the link.
        let path = fs::canonicalize(&path).unwrap_or(path);
        let folder = folder_of(&path);
        if !folder.is_dir() {
            return Err(Fault::at(Kind::NoSuchFolder { path: folder.display().to_string() }, place()).into());
        }
        let file = tempfile::Builder::new()
            .prefix(".shebao-")
            .tempfile_in(&folder)
            .map_err(|error| unwritable(target, &error))?;
        interrupt::begin(file.path());
        Ok(Self { target: Target::Beside(file, path), encoding })
    }

    /// Writes bytes; `false` once nobody reads any more.
    pub fn write(&mut self, bytes: &[u8]) -> Outcome<bool> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Gb18030 => self.put_bytes(bytes),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let encoded = self.encoding.encode(&String::from_utf8_lossy(bytes));
                self.put_bytes(&encoded)
            }
        }
    }

    fn put_bytes(&mut self, bytes: &[u8]) -> Outcome<bool> {
        let (written, path) = match &mut self.target {
            Target::Standard(_, true) => return Ok(false),
            Target::Standard(out, closed) => match out.write_all(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    *closed = true;
                    return Ok(false);
                }
                written => (written, None),
            },
            Target::Direct(file, path) => match file.write_all(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(false),
                written => (written, Some(path)),
            },
            Target::Beside(file, path) => (file.write_all(bytes), Some(path)),
        };
        let name = || path.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        written.map(|()| true).map_err(|error| unwritable(&name(), &error).into())
    }

    /// A file to write to from any place: that of the result, or one without a name.
    pub fn seekable(&self) -> Outcome<File> {
        let file = match &self.target {
            Target::Beside(file, _) => file.as_file().try_clone(),
            Target::Standard(..) | Target::Direct(..) => tempfile::tempfile(),
        };
        file.map_err(|error| unwritable("-", &error).into())
    }

    /// Takes what was written to such a file, which stands at its beginning.
    pub fn take_file(&mut self, mut file: File) -> Outcome<()> {
        let copied = match &mut self.target {
            Target::Beside(..) | Target::Standard(_, true) => return Ok(()),
            Target::Standard(out, false) => io::copy(&mut file, out),
            Target::Direct(to, _) => io::copy(&mut file, to),
        };
        match copied {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable("-", &error).into()),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Ends the writing: a file takes its target's place only now.
    pub fn finish(self) -> Outcome<()> {
        match self.target {
            Target::Standard(_, true) => Ok(()),
            Target::Standard(mut out, false) => match out.flush() {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable("-", &error).into()),
                _ => Ok(()),
            },
            Target::Direct(mut file, path) => {
                file.flush().map_err(|error| unwritable(&path.display().to_string(), &error).into())
            }
            Target::Beside(file, path) => {
                let name = path.display().to_string();
                let mode = fs::metadata(&path).ok().map(|old| old.permissions());
                ordinary_permissions(file.as_file(), mode);
                let beside = file.path().to_path_buf();
                let persisted = interrupt::finish(&beside, || file.persist(&path));
                persisted.map(drop).map_err(|error| unwritable(&name, &error.error).into())
            }
        }
    }
}

/// Writes a whole small file, in place only when it is whole, and never over an input.
pub(super) fn write_file(flag: &str, path: &str, inputs: &[String], text: &str) -> Outcome<()> {
    let mut sink = Sink::open(flag, Some(path), inputs, Encoding::Utf8)?;
    sink.write(text.as_bytes())?;
    sink.finish()
}

/// Writes several files into a new folder, which appears only when all are written.
#[expect(clippy::disallowed_methods, reason = "the one place that writes folders")]
pub(super) fn write_folder(folder: &str, files: &[(&str, &str)]) -> Outcome<()> {
    let target = PathBuf::from(folder);
    let place = || Place::Flag { flag: folder.to_owned(), text: String::new() };
    if target.is_file() {
        return Err(Fault::at(Kind::FolderNotEmpty { path: folder.to_owned() }, place()).into());
    }
    let filled = fs::read_dir(&target).is_ok_and(|mut entries| entries.next().is_some());
    if filled {
        return Err(Fault::at(Kind::FolderNotEmpty { path: folder.to_owned() }, place()).into());
    }
    let beside = folder_of(&target);
    if !beside.is_dir() {
        return Err(Fault::at(Kind::NoSuchFolder { path: beside.display().to_string() }, place()).into());
    }
    let made =
        tempfile::Builder::new().prefix(".shebao-").tempdir_in(&beside).map_err(|error| unwritable(folder, &error))?;
    let write = || -> io::Result<()> {
        for (name, text) in files {
            let path = made.path().join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        if target.is_dir() {
            fs::remove_dir(&target)?;
        }
        fs::rename(made.path(), &target)?;
        open_to_all(&target)
    };
    write().map_err(|error| unwritable(folder, &error).into())
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A temporary file is private; the result gets the permissions of the file it replaces, or ordinary ones.
fn ordinary_permissions(file: &File, old: Option<fs::Permissions>) {
    #[cfg(unix)]
    let new = {
        use std::os::unix::fs::PermissionsExt;
        Some(old.unwrap_or_else(|| fs::Permissions::from_mode(0o644)))
    };
    #[cfg(not(unix))]
    let new = old;
    if let Some(new) = new {
        // The file stands; that its permissions could not be widened harms nobody.
        let _ = file.set_permissions(new);
    }
}

/// A temporary folder is private; the result is open as any other.
fn open_to_all(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an open list of the standard library")]
fn unwritable(path: &str, error: &io::Error) -> Fault {
    let path = path.to_owned();
    let kind = match error.kind() {
        ErrorKind::PermissionDenied => Kind::NotAllowed { path: path.clone() },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Kind::DiskFull { path: path.clone() },
        _ => Kind::Unwritable { path: path.clone(), message: error.to_string() },
    };
    Fault::at(kind, Place::File { path })
}

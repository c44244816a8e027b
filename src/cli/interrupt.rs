//! Ctrl-C and its kin: unfinished files are removed, and the program ends with 130.
//!
//! A file takes its target's place while the list of unfinished files is held, and so does their
//! removal: whenever the signal comes, the target is the old file or the whole new one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit status of a run that was interrupted.
const INTERRUPTED: i32 = 130;

/// Files beside their targets that are not whole yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interruption removes what is unfinished. Where no handler can be set, the system's
/// own way of ending stands.
#[expect(clippy::exit, reason = "the one place that ends the program in the middle of its work")]
pub(super) fn watch() {
    let _ = ctrlc::set_handler(|| {
        let files = unfinished();
        for file in files.iter() {
            let _ = fs::remove_file(file);
        }
        std::process::exit(INTERRUPTED);
    });
}

/// Remembers a file that is not whole yet.
pub(super) fn begin(file: &Path) {
    unfinished().push(file.to_path_buf());
}

/// Does what makes a file whole, undisturbed, and forgets it.
pub(super) fn finish<T>(file: &Path, whole: impl FnOnce() -> T) -> T {
    let mut files = unfinished();
    let done = whole();
    files.retain(|other| other != file);
    done
}

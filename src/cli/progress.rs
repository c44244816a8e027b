//! How far a long run is: on a terminal only, and only once it has taken a moment.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::render::Speaker;

/// A run shorter than this shows nothing.
const MOMENT: Duration = Duration::from_millis(400);

/// The bytes read so far, whatever they are read as.
#[derive(Clone, Default)]
pub(super) struct Counter(Arc<AtomicU64>);

impl Counter {
    /// Where the bytes are counted.
    pub fn bytes(&self) -> &Arc<AtomicU64> {
        &self.0
    }
}

/// The line on the terminal.
pub(super) struct Bar {
    line: ProgressBar,
    read: Counter,
    rows: AtomicU64,
    started: Instant,
}

impl Bar {
    /// A line for inputs of so many bytes together, where that is known; nothing where it is not
    /// wanted or nobody would see it.
    pub fn new(wanted: bool, total: Option<u64>, read: Counter) -> Option<Self> {
        if !wanted || !stderr().is_terminal() {
            return None;
        }
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{wide_bar:.cyan/dim} {percent:>3}%  {bytes}/{total_bytes}  {msg}  {eta}")
            }
            None => (ProgressBar::no_length(), "{spinner} {bytes}  {msg}  {elapsed}"),
        };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        // A template that could not be read would only make the line plainer.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        Some(Self { line: bar, read, rows: AtomicU64::new(0), started: Instant::now() })
    }

    /// So many more rows are done.
    pub fn show(&self, rows: u64, speaker: Speaker<'_>) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let elapsed = self.started.elapsed();
        if elapsed < MOMENT {
            return;
        }
        if self.line.is_hidden() {
            self.line.set_draw_target(ProgressDrawTarget::stderr());
        }
        let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        self.line.set_message(speaker.rows_per_second(rows.saturating_mul(1000) / milliseconds));
        self.line.set_position(self.read.0.load(Ordering::Relaxed));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}

//! Rows worked in parallel, in order: blocks in, finished lines out.
//!
//! - A [`Job`] works one row; [`run`] joins source, job and [`Sink`](crate::files::Sink), block by block.
//! - `result_row` writes what stands around the cells that a job adds, `status` is how a row came out.
//!
//! Memory does not grow with the file: each worker has one block and its result. Rows in equals rows
//! out, and the same bytes for any number of workers.

mod pipeline;
mod result_row;
mod status;

pub use pipeline::{FindingSink, Job, Progress, RowContext, RunOptions, Sinks, all_added, run};
pub use result_row::{AddedColumn, Frame, View};
pub use status::{Describe, NoCause, Remark, RowCause, RowCounts, RowStatus};

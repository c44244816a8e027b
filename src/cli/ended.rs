//! How a command ended, where it did: what the exit status is made of.

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It did its work.
    Done,
    /// It did its work and found something.
    Found,
}

//! The law: pure functions of plain data, one for each article.
//!
//! A rule is handed its terms and a [`Trace`]; it knows no file, no table and no clock. It answers
//! with a result or a fault, and notes each step it takes where it takes it. The silent trace
//! compiles to nothing, so one person explained and ten million rows checked run the same code.

pub mod contribution;
pub mod entry;
pub mod resident;

use crate::facts::Step;

/// Listens to a rule at work.
///
/// A rule calls `note` once for each step, in the order in which it takes them, and each input of a step is a figure
/// handed in or the result of a step before it. What a trace keeps is its own affair; a rule never reads it.
pub trait Trace {
    /// Notes a step; the closure runs only where somebody listens.
    fn note(&mut self, step: impl FnOnce() -> Step);
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Trace for Silent {
    #[inline]
    fn note(&mut self, _: impl FnOnce() -> Step) {}
}

/// Keeps every step, in order.
#[derive(Clone, Debug, Default)]
pub struct Steps(pub Vec<Step>);

impl Trace for Steps {
    fn note(&mut self, step: impl FnOnce() -> Step) {
        self.0.push(step());
    }
}

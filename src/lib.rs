//! Chinese social-insurance contributions and pensions, exact to the fen.
pub mod batch;
pub mod cli;
pub mod facts;
pub mod render;
pub mod rules;
pub mod tables;
pub mod units;

//! The tests of the whole program: its front as users and scripts see it, its laws, its house.
//!
//! One binary, so that the program is linked once: `cargo test --test shebao every_shape::` runs one module of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail"
)]

mod cases;
mod causes;
mod check;
mod cli;
mod declared_bases;
mod documents;
mod entries;
mod every_shape;
mod explained;
mod files;
mod heading_files;
mod headings;
mod hostile;
mod implied_bases;
mod in_force;
mod inspect;
mod layers;
mod lint;
mod money_times_rate;
mod one_law;
mod practice;
mod properties;
mod readme;
mod recipes;
mod rows;
mod rules;
mod schemas;
mod sides;
mod support;
mod totals;
mod units;
mod workbooks;

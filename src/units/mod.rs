//! Numbers that cannot be confused with each other.
//!
//! What question this layer answers: how an amount, a rate, a month, a date or an age is written,
//! compared and combined without losing a fen. It knows no insurance and no law.
//!
//! - [`Money`] is whole fen; it combines only with [`Rate`], a count, or other money.
//! - [`Rate`] is a fraction in whole billionths; "16%" and "0.16" are ways of writing it.
//! - [`Rounding`] is the only way from an exact product or quotient back to money.
//! - [`Month`] is a calendar month; contributions know no days.
//! - [`typed`] reads all of these the way people type them.
//!
//! No operation here wraps, panics on input, or passes through a floating-point number.

mod age;
mod json;
mod money;
mod month;
mod rate;
mod rounding;
pub mod typed;

pub use age::{birthday, completed_years};
pub use jiff::civil::Date;
pub use json::{JsonDate, JsonSum};
pub use money::{Money, Written, write_eight_digits, write_fen};
pub use month::{Month, Months};
pub use rate::Rate;
pub use rounding::{Exactness, Mode, Rounded, Rounding};
pub use rust_decimal::Decimal;

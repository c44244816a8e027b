//! Chinese social-insurance contributions and pensions, exact to the fen, with the document that every
//! figure rests on. At home in Wendeng district, Weihai, Shandong.
//!
//! Layers; imports only go down (`tests/shebao/layers.rs`):
//!
//! ```text
//! cli      arguments -> request -> command -> exit status
//! render   results -> terminal table, markdown, json, csv, messages;  words in two languages
//! check    what is declared beside what is due, and why it differs
//! calculate  a calculator over a file
//! batch    blocks of rows on several threads, in order
//! payroll  a table of people: headings, roles of columns, months, kinds of rows and entries
//! files    documents in and out: csv, workbooks, encodings
//! tables   rates/**/*.toml -> a book that answers what is in force, for whom, in which month
//! rules    the law: pure functions of plain data, each noting its steps
//! facts    the vocabulary: insurance, region, person, terms, results, steps, faults
//! units    money, rate, month, age, rounding
//! ```
//!
//! What employer and employee pay on 5,000 yuan in May 2019:
//!
//! ```
//! use shebao::facts::{RegionId, Selection};
//! use shebao::rules::{Silent, entry};
//! use shebao::tables::{Book, Shelf};
//!
//! let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai/wendeng"), None)?;
//! let terms = book.month_terms("2019-05".parse().unwrap(), &Selection::default())?;
//! let due = entry::month("5000".parse().unwrap(), &terms, &mut Silent)?;
//! // pension 16 % and 8 %, unemployment 0.7 % and 0.3 %: 800 + 35 and 400 + 15
//! assert_eq!(due.totals.employer.to_string(), "835.00");
//! assert_eq!(due.totals.employee.to_string(), "415.00");
//! # Ok::<(), shebao::facts::Faults>(())
//! ```

pub mod batch;
pub mod calculate;
pub mod check;
pub mod cli;
pub mod facts;
pub mod files;
pub mod payroll;
pub mod render;
pub mod rules;
pub mod tables;
pub mod units;

//! Rows per second of one thread, stage by stage: each job does what the one before does, and one thing more.
//!
//! `cargo bench --bench stages`; run by hand, asserted nowhere.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "a measurement, run by hand"
)]

use std::io::Cursor;
use std::time::{Duration, Instant};

use shebao::batch::{AddedColumn, Frame, Job, RowContext, RowStatus, RunOptions, Sinks, View, run};
use shebao::check::{Asked, Cause, Check, Plan};
use shebao::facts::{Charge, Kind, Outcome, RegionId, Selection};
use shebao::files::{Encoding, Lines, Row, Sink, open_input};
use shebao::payroll::{PayrollTable, Reading, Wanted};
use shebao::rules::{Silent, contribution};
use shebao::tables::{Book, Shelf};
use shebao::units::Money;

const ROWS: u32 = 1_000_000;
const ROUNDS: usize = 7;

/// Wages of one month between the limits, all declared as they are due.
fn payroll(charges: &[Charge]) -> Vec<u8> {
    let mut text = "身份证号,姓名,月份,工资,养老单位,养老个人,失业单位,失业个人\n".to_owned();
    for at in 0..ROWS {
        let wage = Money::from_fen(330_000 + i64::from(at) * 7 % 1_200_000);
        text.push_str(&format!("{},姜䶮,2019-06,{wage}", identity(at)));
        for charge in charges {
            let due = contribution::due(wage, charge, None, &mut Silent).unwrap();
            text.push_str(&format!(",{},{}", due.amounts.employer.money, due.amounts.employee.money));
        }
        text.push('\n');
    }
    text.into_bytes()
}

/// An identity number that holds (GB 11643).
fn identity(at: u32) -> String {
    let body = format!("371081{}0101{:03}", 1960 + at / 1000 % 40, at % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).unwrap()])
}

/// How far a row is taken.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Split,
    Parse,
    Compute,
    Format,
}

struct Upto<'a>(Stage, &'a [Charge]);

impl Job for Upto<'_> {
    type Cause = Cause;
    type Worker = ();
    type Totals = i64;

    fn worker(&self) {}

    fn totals(&self) -> i64 {
        0
    }

    fn join(&self, whole: &mut i64, next: i64) {
        *whole = whole.wrapping_add(next);
    }

    fn added(&self) -> Vec<AddedColumn> {
        Vec::new()
    }

    fn work(&self, row: &Row<'_>, context: &mut RowContext<'_, Self>) -> RowStatus {
        if self.0 >= Stage::Parse {
            let declared = (3..8).filter_map(|at| row.plain_money(at)).map(Money::fen);
            *context.totals = context.totals.wrapping_add(declared.sum());
        }
        if self.0 >= Stage::Compute {
            let wage = row.plain_money(3).unwrap_or_default();
            for charge in self.1 {
                let due = contribution::due(wage, charge, None, &mut Silent).unwrap();
                let amounts = [due.base, due.amounts.employer.money, due.amounts.employee.money];
                *context.totals = context.totals.wrapping_add(amounts[2].fen());
                if self.0 >= Stage::Format {
                    context.lines.amounts(amounts);
                }
            }
        }
        RowStatus::Ok
    }
}

/// Takes the result and forgets it.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _: &Lines) -> Outcome<bool> {
        Ok(true)
    }
}

fn timed<J: Job>(job: impl Fn(&Reading) -> J, book: &Book, text: &[u8]) -> Duration {
    let opened = open_input("-", Box::new(Cursor::new(text.to_vec())), Some(Encoding::Utf8)).unwrap();
    let wanted = Wanted { sheet: None, encoding: None, mapping: &[], insurances: book.insurances(), layout: None };
    let PayrollTable { mut rows, headings, reading, .. } = PayrollTable::of_opened("-", opened, wanted).unwrap();
    let columns = &reading.columns;
    let describe = |kind: &Kind| kind.code().to_owned();
    let view = View { result_only: true, ..View::default() };
    let frame = Frame::new(&headings, columns, view, &describe);
    let job = job(&reading);
    let options = RunOptions { jobs: 1, fail_fast: false, progress: None };
    let start = Instant::now();
    let sinks = Sinks { rows: &mut Nowhere, findings: None };
    let (counts, _) = run(&job, &mut rows, &frame, sinks, options).unwrap();
    let taken = start.elapsed();
    assert_eq!((counts.rows, counts.ok), (ROWS.into(), ROWS.into()));
    taken
}

fn main() {
    let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai/wendeng"), None).unwrap();
    let terms = book.month_terms("2019-06".parse().unwrap(), &Selection::default()).unwrap();
    let wanted =
        terms.insurances.into_iter().filter(|terms| ["pension", "unemployment"].contains(&terms.insurance.code()));
    let charges: Vec<Charge> =
        wanted.map(|terms| contribution::charge(terms.into(), None, &mut Silent).unwrap()).collect();
    let text = payroll(&charges);
    let stages = [
        ("split, checked, framed", Stage::Split),
        ("+ five amounts parsed", Stage::Parse),
        ("+ four amounts computed", Stage::Compute),
        ("+ six amounts formatted", Stage::Format),
    ];
    let mut best = [Duration::MAX; 5];
    // In turn, so that a busy moment meets all of them.
    for _ in 0..ROUNDS {
        for (best, (_, stage)) in best.iter_mut().zip(stages) {
            *best = timed(|_| Upto(stage, &charges), &book, &text).min(*best);
        }
        let asked = || Asked { selection: Selection::default(), month: None, tolerance: Money::ZERO, base_from: None };
        let check = |reading: &Reading| {
            let asked = asked();
            let plan = Plan::new(&book, "-", reading, &asked).unwrap();
            Check::new(&book, asked.selection, plan)
        };
        best[4] = timed(check, &book, &text).min(best[4]);
    }
    println!("{ROWS} rows, {} bytes a row, best of {ROUNDS}", text.len() / usize::try_from(ROWS).unwrap());
    let names = stages.map(|(name, _)| name).into_iter().chain(["check, everything"]);
    for (name, best) in names.zip(best) {
        let nanoseconds = best.as_nanos() / u128::from(ROWS);
        println!(
            "{name:<26} {nanoseconds:>5} ns a row  {:>6.1} million rows/s",
            f64::from(ROWS) / best.as_secs_f64() / 1e6
        );
    }
}

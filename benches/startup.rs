//! Whole-process time of one calculation against a bare clap program that prints a line, in one run.
//!
//! `cargo bench --bench startup` starts the two in turn, 300 times each after a warm-up, and prints the
//! medians and the median of the ratios pair by pair. Nothing is asserted: a busy machine is no failure.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::struct_field_names,
    reason = "a program run by hand"
)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

const RUNS: usize = 300;

/// The bare program: this very file, started again with `--bare`.
#[derive(Parser)]
struct Bare {
    #[arg(long)]
    bare: bool,
    #[arg(long)]
    wage: String,
    #[arg(long)]
    month: String,
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("--bare") {
        let bare = Bare::parse();
        println!("{} {} {}", bare.bare, bare.wage, bare.month);
        return;
    }
    let own = std::env::current_exe().unwrap();
    let bare = || time(Command::new(&own).args(["--bare", "--wage", "5000", "--month", "2019-05"]));
    let contrib =
        || time(Command::new(env!("CARGO_BIN_EXE_shebao")).args(["contrib", "--wage", "5000", "--month", "2019-05"]));
    for _ in 0..20 {
        bare();
        contrib();
    }
    let pairs: Vec<(Duration, Duration)> = (0..RUNS).map(|_| (contrib(), bare())).collect();
    let micros =
        |pick: fn(&(Duration, Duration)) -> Duration| median(pairs.iter().map(|pair| pick(pair).as_micros()).collect());
    let permille = median(pairs.iter().map(|(contrib, bare)| contrib.as_nanos() * 1000 / bare.as_nanos()).collect());
    println!("contrib --wage 5000 --month 2019-05   {} us", micros(|pair| pair.0));
    println!("bare clap program                     {} us", micros(|pair| pair.1));
    println!("ratio, median of {RUNS} pairs            {}.{:02}", permille / 1000, permille % 1000 / 10);
}

/// From start to exit, output thrown away.
fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    start.elapsed()
}

fn median(mut values: Vec<u128>) -> u128 {
    values.sort_unstable();
    values[values.len() / 2]
}

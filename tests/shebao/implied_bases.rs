//! Files that declare amounts and nothing they rest on: the base is the one that most of the shares have in common.
//!
//! May 2025 in Shandong: limits 4504.00 and 22518.00; pension 16 % and 8 %, unemployment 0.7 % and 0.3 %, work injury
//! of class 1 0.16 %; half up to the fen. An amount of `a` at a rate `r` comes from bases of `(a - 0.005) / r` up to,
//! but not with, `(a + 0.005) / r`.

use crate::support::{csv_rows, run_with_input};

/// Base due, status and detail of the only row: shares of pension and unemployment, the employer's first.
fn implied(shares: &str, flags: &[&str]) -> [String; 3] {
    let headings = "姓名,身份证号,月份,养老单位,养老个人,失业单位,失业个人";
    only(&format!("{headings}\n丛一禾,371003199005129968,2025-05,{shares}\n"), flags)
}

fn only(text: &str, flags: &[&str]) -> [String; 3] {
    let ran = run_with_input(&[&["check", "-", "--result-only", "-q"], flags].concat(), text.as_bytes());
    let rows = csv_rows(ran.out.as_bytes());
    let cell = |name: &str| {
        let at = rows[0].iter().position(|heading| heading.ends_with(name)).unwrap();
        rows[1][at].clone()
    };
    [cell("base_due"), cell("status"), cell("detail")]
}

fn cells(cells: [&str; 3]) -> [String; 3] {
    cells.map(str::to_owned)
}

#[test]
fn shares_that_agree_imply_their_base() {
    // 6000.00 x 16 %, 8 %, 0.7 %, 0.3 %; 4504.00 x 0.7 % = 31.528, x 0.3 % = 13.512.
    assert_eq!(implied("960.00,480.00,42.00,18.00", &[]), cells(["6000.00", "ok", ""]));
    assert_eq!(implied("960.00,480.00,42.00,18.00", &["--base-from", "shares"]), cells(["6000.00", "ok", ""]));
    assert_eq!(implied("720.64,360.32,31.53,13.51", &[]), cells(["4504.00", "ok", ""]));
}

#[test]
fn of_the_bases_that_agree_the_roundest_is_taken() {
    // 966.67 comes from 6041.66 to 6041.71, 483.34 from 6041.69 to 6041.81: of 6041.69 to 6041.71 it is 6041.70.
    // 42.29 comes from 6040.72 to 6042.14, 18.13 from 6041.67 to 6044.99.
    assert_eq!(implied("966.67,483.34,42.29,18.13", &[]), cells(["6041.70", "ok", ""]));
    // 966.66 comes from 6041.60 to 6041.65, 483.33 from 6041.57 to 6041.68: 6041.60 is the first of them.
    assert_eq!(implied("966.66,483.33,42.29,18.12", &[])[0], "6041.60");
    // 1422.22 comes from 8888.85 to 8888.90, 711.11 from 8888.82 to 8888.93: no whole yuan, but 8888.90 lies there.
    assert_eq!(implied("1422.22,711.11,62.22,26.67", &[])[0], "8888.90");
}

#[test]
fn a_limit_is_taken_before_a_rounder_base() {
    // 67.55 at 0.3 % comes from 22515.00 to 22518.33, 36.03 at 0.16 % from 22515.63 to 22521.87: 22516.00 would be the
    // first whole yuan, 22518.00 is the ceiling.
    let text = "姓名,身份证号,月份,失业个人,工伤单位\n丛一禾,371003199005129968,2025-05,67.55,36.03\n";
    assert_eq!(only(text, &["--injury-class", "1"]), cells(["22518.00", "ok", ""]));
}

#[test]
fn most_shares_decide_and_the_others_are_wrong() {
    // 18.01 comes from 6001.67 to 6004.99, where the other three do not reach.
    let [base, status, detail] = implied("960.00,480.00,42.00,18.01", &[]);
    assert_eq!((base.as_str(), status.as_str()), ("6000.00", "mismatch"));
    assert!(detail.starts_with("unemployment_employee: declared 18.01, due 18.00"), "{detail}");
    assert!(!detail.contains("pension") && !detail.contains("employer"), "{detail}");
    // A share of zero implies nothing, and is wrong where 0.3 % is due.
    let [base, status, detail] = implied("960.00,480.00,42.00,0", &[]);
    assert_eq!((base.as_str(), status.as_str()), ("6000.00", "mismatch"));
    assert!(detail.contains("unemployment_employee: declared 0.00, due 18.00"), "{detail}");
}

#[test]
fn shares_that_agree_only_among_themselves_are_no_base() {
    // 960.00 and 480.00 come from 6000.00, 35.00 and 15.00 from 5000.00.
    let [base, status, detail] = implied("960.00,480.00,35.00,15.00", &[]);
    assert_eq!((base.as_str(), status.as_str()), ("", "error"));
    assert_eq!(detail, "the amounts imply different bases: 6000.00, 6000.00, 5000.00, 5000.00");
    // Without a single share there is nothing to tell a base by, and nothing is said of bases.
    let [base, _, detail] = implied("0,0,0,0", &[]);
    assert_eq!(base, "");
    assert!(!detail.contains("different bases"), "{detail}");
}

#[test]
fn shares_that_are_given_back_imply_a_negative_base() {
    assert_eq!(implied("-960.00,-480.00,-42.00,-18.00", &[]), cells(["-6000.00", "ok", ""]));
    // One of four with a minus is the one that is wrong.
    let [base, status, detail] = implied("960.00,480.00,42.00,-18.00", &[]);
    assert_eq!((base.as_str(), status.as_str()), ("6000.00", "mismatch"));
    assert!(detail.contains("unemployment_employee: declared -18.00"), "{detail}");
}

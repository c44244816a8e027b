//! Amounts whose headings name no side: settled by the amounts where more than half of them are those of one side and
//! none that of the other, else asked for.
//!
//! Pension in May 2025 in Shandong is 16 % and 8 %: 6000.00 gives 960.00 and 480.00, 6535.00 gives 1045.60 and 522.80,
//! 4504.00 gives 720.64 and 360.32, 8888.88 gives 1422.22 and 711.11.

use crate::support::{json, run, written};

const PEOPLE: [(&str, &str, &str, [&str; 2]); 4] = [
    ("丛一禾", "371003199005129968", "6000", ["960.00", "480.00"]),
    ("毕二川", "371002198509239975", "6535", ["1045.60", "522.80"]),
    ("于三省", "371082197811309994", "4504", ["720.64", "360.32"]),
    ("邹七巧", "371003199306299960", "8888.88", ["1422.22", "711.11"]),
];

/// What the column 养老保险 is found to mean: for each person the amount that stands there.
fn meaning(amounts: [&str; 4]) -> Option<String> {
    let mut text = "姓名,身份证号,月份,缴费基数,养老保险\n".to_owned();
    for ((name, number, base, _), amount) in PEOPLE.iter().zip(amounts) {
        text.push_str(&format!("{name},{number},2025-05,{base},{amount}\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "sides.csv", text.as_bytes());
    let read = json(&["inspect", &path]);
    let column = read["columns"].as_array().unwrap().iter().find(|column| column["heading"] == "养老保险").unwrap();
    let found = column["meaning"].as_str().map(str::to_owned);
    if found.is_none() {
        let ran = run(&["check", &path]);
        assert_ne!(ran.status, Some(0), "{}", ran.out);
    } else {
        assert_eq!(column["why"], "ratio", "{column}");
    }
    found
}

/// The shares of a side.
fn of(side: usize) -> [&'static str; 4] {
    [0, 1, 2, 3].map(|at| PEOPLE[at].3[side])
}

#[test]
fn amounts_of_one_side_tell_it() {
    assert_eq!(meaning(of(0)).as_deref(), Some("pension_employer"));
    assert_eq!(meaning(of(1)).as_deref(), Some("pension_employee"));
}

#[test]
fn more_than_half_must_be_of_the_side() {
    let (employer, employee) = (of(0), of(1));
    // Three of four; two of four is not more than half.
    assert_eq!(meaning([employer[0], employer[1], employer[2], "1.00"]).as_deref(), Some("pension_employer"));
    assert_eq!(meaning([employer[0], employer[1], "1.00", "1.00"]), None);
    assert_eq!(meaning([employee[0], employee[1], "1.00", employee[3]]).as_deref(), Some("pension_employee"));
    assert_eq!(meaning([employee[0], "1.00", employee[2], "1.00"]), None);
    // One amount of the other side and nothing is told any more.
    assert_eq!(meaning([employer[0], employer[1], employer[2], employee[3]]), None);
    assert_eq!(meaning([employee[0], employee[1], employee[2], employer[3]]), None);
}

#[test]
fn zeros_and_blanks_tell_nothing_either_way() {
    let [a, b, ..] = of(0);
    assert_eq!(meaning([a, b, "0", ""]).as_deref(), Some("pension_employer"));
    assert_eq!(meaning([a, "1.00", "0", ""]), None);
    assert_eq!(meaning(["0", "0", "", ""]), None);
}

//! Payroll files through the program: rows in equals rows out, one person agrees with the same person
//! in a file, and nothing is lost or left half written.

use std::fs;
use std::path::PathBuf;

use crate::support::{self, Ran, json, names, run, run_with_input, written};

/// A folder of its own for a test, gone when the test ends.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        written(self.0.path(), name, content.as_ref())
    }

    fn names(&self) -> Vec<String> {
        names(self.0.path())
    }
}

const HEADINGS: &str = "姓名,身份证号,月份,工资,养老单位,养老个人,失业单位,失业个人";

/// 5,000 yuan in May 2019: 16 %, 8 %, 0.7 %, 0.3 % (facts of the contribution page).
const RIGHT: &str = "张三,371081199001019968,2019-05,5000,800,400,35,15";

fn check(content: &str) -> Ran {
    run_with_input(&["check", "-", "-q", "--duplicates", "off"], content.as_bytes())
}

/// The added cells of each row: status, cause, detail.
fn results(ran: &Ran) -> Vec<(String, String)> {
    let rows = support::csv_rows(ran.out.as_bytes());
    let status = rows[0].iter().position(|heading| heading == "status").unwrap();
    rows[1..].iter().map(|row| (row[status].clone(), row[status + 2].clone())).collect()
}

#[test]
fn a_right_row_is_ok_and_a_wrong_amount_is_named() {
    let ran = check(&format!("{HEADINGS}\n{RIGHT}\n李四,371081199001019968,2019-05,5000,820,400,35,15\n"));
    assert_eq!(ran.status, Some(1));
    let detail = "pension_employer: declared 820.00, due 800.00, difference 20.00".to_owned();
    assert_eq!(results(&ran), [("ok".to_owned(), String::new()), ("mismatch".to_owned(), detail)]);
    assert_eq!(check(&format!("{HEADINGS}\n{RIGHT}\n")).status, Some(0));
    let zero = run_with_input(
        &["check", "-", "-q", "--exit-zero"],
        format!("{HEADINGS}\n{}", RIGHT.replace("800", "801")).as_bytes(),
    );
    assert_eq!(zero.status, Some(0));
}

#[test]
fn input_columns_come_through_untouched_whatever_the_form_of_the_file() {
    let quoted = "\"欧阳, \"\"海燕\"\"\",371081199001019968,2019-05,\"5,000.00\",800,400,35,15";
    let broken = "\"两\n行\",371081199001019968,201905,5000元,800,400,35,15";
    for end in ["\n", "\r\n"] {
        for mark in ["", "\u{FEFF}"] {
            for last in ["", end] {
                let ran = check(&format!("{mark}{HEADINGS}{end}{quoted}{end}{broken}{end}{RIGHT}{last}"));
                assert_eq!(ran.status, Some(0), "{}", ran.err);
                assert!(ran.out.starts_with(&format!("{mark}{HEADINGS},pension_base_due,")));
                let added = ",5000.00,800.00,400.00,5000.00,35.00,15.00,ok,,";
                assert!(
                    ran.out.ends_with(&format!("{end}{quoted}{added}{end}{broken}{added}{end}{RIGHT}{added}{end}")),
                    "{:?}",
                    ran.out
                );
            }
        }
    }
}

#[test]
fn rows_that_cannot_be_read_are_reported_and_the_run_goes_on() {
    let rows = [
        ("王五,1,2019-13,5000,800,400,35,15", "“2019-13” is not a month"),
        ("王五,1,,5000,800,400,35,15", "“月份” is blank"),
        ("王五,1,2019-05,五千,800,400,35,15", "“五千” is not an amount of money"),
        ("王五,1,2019-05,,800,400,35,15", "“工资” is blank"),
        ("王五,1,2019-05,-5000,800,400,35,15", "the amount “-5000” is negative"),
        ("王五,1,2019-05,5000.001,800,400,35,15", "the amount “5000.001” has more than two decimals"),
        ("王五,1,2019-05,99999999999999999999,800,400,35,15", "the amount “99999999999999999999” is too large"),
        ("王五,1,2019-05,5000", "the row has 4 cells, the headings have 8"),
        ("王五,1,2019-05,5000,800,400,35,15,16", "the row has 9 cells, the headings have 8"),
        (
            "王五,1,2018-06,5000,800,400,35,15",
            "the tables have no contribution rate (Pension, enterprise) for cn/shandong/weihai/wendeng in 2018-06: the start of the 18 % and the rate before it were not found",
        ),
        ("王五,1,2019-05,5000,8\u{0}0,400,35,15", "“8\u{0}0” is not an amount of money"),
    ];
    let mut content = HEADINGS.to_owned();
    for (row, _) in rows {
        content.push_str(&format!("\n{row}\n{RIGHT}"));
    }
    let ran = check(&content);
    assert_eq!(ran.status, Some(1));
    let found = results(&ran);
    assert_eq!(found.len(), rows.len() * 2);
    for ((row, detail), pair) in rows.iter().zip(found.chunks(2)) {
        assert_eq!(pair[0], ("error".to_owned(), (*detail).to_owned()), "{row}");
        assert_eq!(pair[1].0, "ok");
    }
}

#[test]
fn every_fault_of_a_row_is_told_and_the_row_enters_no_sum() {
    let ran = check(&format!("{HEADINGS}\n{RIGHT}\n王五,1,2019-13,五千,八百,400,35,15\n"));
    let faults = "“2019-13” is not a month; “五千” is not an amount of money; “八百” is not an amount of money";
    assert_eq!(results(&ran)[1], ("error".to_owned(), faults.to_owned()));
    let ran = run_with_input(
        &["check", "-"],
        format!("{HEADINGS}\n{RIGHT}\n王五,1,2019-05,5000,800,400,35,十五\n").as_bytes(),
    );
    assert!(ran.err.contains("800.00   800.00         0.00"), "{}", ran.err);
}

/// How many rows a text has, blank ones too: line feeds outside of quotes, which open only where a cell begins.
fn rows_of(text: &str) -> usize {
    let (mut rows, mut quoted, mut begins, mut open) = (0, false, true, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        open = true;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if begins => quoted = true,
            '\n' if !quoted => {
                rows += 1;
                open = false;
            }
            _ => {}
        }
        begins = !quoted && matches!(c, ',' | '\n');
    }
    rows + usize::from(open)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    #[test]
    fn rows_in_equals_rows_out_whatever_stands_in_them(body in "[,\"\n\r a1中9.￥-]{0,200}") {
        let content = format!("{HEADINGS}\n{RIGHT}\n{body}");
        let ran = check(&content);
        let got = support::csv_rows(ran.out.as_bytes());
        proptest::prop_assert_eq!(rows_of(&content), got.len());
        let status = got[0].iter().position(|heading| heading == "status").unwrap();
        for row in &got[1..] {
            proptest::prop_assert!(["ok", "mismatch", "error", "skipped"].contains(&row[status].as_str()), "{:?}", row);
            proptest::prop_assert_eq!(row.len(), got[0].len());
        }
    }
}

#[test]
fn an_unclosed_quote_at_the_end_loses_nothing() {
    let ran = check(&format!("{HEADINGS}\n{RIGHT}\n\"王五,1,2019-05,5000\n李四,2"));
    let rows = support::csv_rows(ran.out.as_bytes());
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2][0], "\"王五,1,2019-05,5000\n李四,2");
    assert_eq!(rows[2].last().unwrap(), "unclosed quote");
}

#[test]
fn bytes_that_are_no_text_are_an_error_of_their_row_only() {
    let mut content = format!("{HEADINGS}\n{RIGHT}\n王五,1,2019-05,").into_bytes();
    content.extend_from_slice(b"\xD0\xD5,800,400,35,15\n");
    content.extend_from_slice(RIGHT.as_bytes());
    let ran = run_with_input(&["check", "-", "-q", "--duplicates", "off"], &content);
    assert_eq!(results(&ran).iter().map(|(status, _)| status.as_str()).collect::<Vec<_>>(), ["ok", "error", "ok"]);
}

#[test]
fn files_that_are_no_payroll_files_are_refused_with_the_reason() {
    let folder = Folder::new();
    let long = format!("{HEADINGS}\n{}", "x".repeat(17 * 1024 * 1024));
    for (name, content, code) in [
        ("empty.csv", &b""[..], "empty-file"),
        ("mark.csv", b"\xEF\xBB\xBF", "empty-file"),
        ("book.xlsx", b"PK\x03\x04....", "broken-workbook"),
        ("book.xls", b"\xD0\xCF\x11\xE0....", "broken-workbook"),
        ("noise.csv", &[0xFF, 0x81, 0xFE, 0xFF, 0x0A].repeat(100), "not-text"),
        ("wide.csv", &b"a,".repeat(20_000), "too-many-columns"),
        ("nul.csv", b"a\0b,c\n", "not-text"),
        ("strange.csv", "甲,乙\n1,2\n".as_bytes(), "missing-column"),
        ("double.csv", "月份,工资,月工资,养老单位\n".as_bytes(), "doubled-column"),
        ("nothing.csv", "月份,养老个人\n2019-05,5000\n".as_bytes(), "missing-column"),
        ("quote.csv", "\"月份,工资\n".as_bytes(), "unclosed-quote"),
        ("long.csv", long.as_bytes(), "record-too-long"),
    ] {
        let path = folder.file(name, content);
        let ran = run(&["check", &path]);
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.err);
        assert!(ran.err.contains(&format!("[{code}]")), "{name}: {}", ran.err);
    }
    for (path, code) in [(folder.path("none.csv"), "no-such-file"), (folder.path(""), "is-a-directory")] {
        assert!(run(&["check", &path]).err.contains(&format!("[{code}]")));
    }
    // Every file's fault is told, not the first only.
    let both = run(&["check", &folder.path("empty.csv"), &folder.path("none.csv")]).err;
    assert!(both.contains("[empty-file]") && both.contains("[no-such-file]"), "{both}");
}

#[test]
fn headings_only_is_a_file_of_no_rows() {
    let ran = check(&format!("{HEADINGS}\n"));
    assert_eq!((ran.status, ran.out.lines().count()), (Some(0), 1));
}

#[test]
fn missing_and_doubled_columns_list_what_was_found_and_looked_for() {
    let ran = run_with_input(&["check", "-"], "甲,养老单位\n".as_bytes());
    for part in ["wage (工资 / 月工资 / 申报工资 / 月平均工资", "[no-month]", "--month 2025-05", "甲, 养老单位"]
    {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
    let chinese = run_with_input(&["check", "-", "--lang", "zh"], "月份,工资,月工资,养老单位\n".as_bytes());
    assert!(chinese.err.contains("不止一列可以是“wage”：工资、月工资"), "{}", chinese.err);
}

#[test]
fn a_column_can_be_named() {
    let content = "月份,应发工资,工资,养老单位\n2019-05,5000,1,800\n";
    let ran = run_with_input(&["check", "-", "-q", "--column", "wage=应发工资"], content.as_bytes());
    assert_eq!((ran.status, results(&ran)[0].0.as_str()), (Some(0), "ok"), "{}", ran.err);
    for (mapping, code) in
        [("wage", "bad-column-mapping"), ("wagee=应发工资", "unknown-meaning"), ("wage=应发", "no-such-column")]
    {
        let ran = run_with_input(&["check", "-", "--column", mapping], content.as_bytes());
        assert!(ran.err.contains(&format!("[{code}]")), "{}", ran.err);
    }
}

#[test]
fn the_output_file_appears_only_when_it_is_whole() {
    let folder = Folder::new();
    let input = folder.file("in.csv", format!("{HEADINGS}\n{RIGHT}\n"));
    let output = folder.file("out.csv", "old");
    let ran = run(&["check", &input, "-o", &output]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""));
    let printed = run(&["check", &input, "-q"]).out;
    assert_eq!(fs::read_to_string(&output).unwrap(), printed);
    // A fault in the middle leaves the old file and no partial one.
    let long = folder.file("long.csv", format!("{HEADINGS}\n{RIGHT}\n{}", "x".repeat(17 * 1024 * 1024)));
    let ran = run(&["check", &long, "-o", &output]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(fs::read_to_string(&output).unwrap(), printed);
    assert_eq!(folder.names(), ["in.csv", "long.csv", "out.csv"]);
    for (target, code) in [
        (input.clone(), "output-is-input"),
        (folder.path("none/out.csv"), "no-such-folder"),
        (folder.path("out.pdf"), "output-kind"),
    ] {
        let ran = run(&["check", &input, "-o", &target]);
        assert!(ran.status == Some(2) && ran.err.contains(&format!("[{code}]")), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(&input).unwrap(), format!("{HEADINGS}\n{RIGHT}\n"));
}

#[test]
fn the_summary_counts_every_row_and_adds_up() {
    let folder = Folder::new();
    let wrong = "李四,371081199001019960,2019-05,5000,820,,35,15";
    let input = folder.file("in.csv", format!("{HEADINGS}\n{RIGHT}\n{wrong}\n\n"));
    let summary = folder.path("summary.json");
    let ran = run(&["check", &input, "--summary", &summary, "-o", &folder.path("out.csv")]);
    assert_eq!(ran.status, Some(1));
    let summary: serde_json::Value = serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    for (key, count) in [("rows", 3), ("ok", 1), ("mismatch", 1), ("error", 0), ("skipped", 1), ("ties", 0)] {
        assert_eq!(summary[key], count, "{key}");
    }
    // 800 + 820 declared, 2 x 800 due
    let employer = &summary["totals"][0];
    assert_eq!(
        (&employer["declared"], &employer["due"], &employer["difference"]),
        (&"1620.00".into(), &"1600.00".into(), &"20.00".into())
    );
    // The blank cell was declared by nobody: it is in neither sum.
    let employee = &summary["totals"][1];
    assert_eq!((&employee["declared"], &employee["due"]), (&"400.00".into(), &"400.00".into()));
    let codes: Vec<&str> =
        summary["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["derived-figure", "blank-cells", "bad-identity"]);
}

#[test]
fn result_only_and_only_mismatches_select_columns_and_rows() {
    let content = format!("{HEADINGS}\n{RIGHT}\n{}\n", RIGHT.replace("800", "801"));
    let flags = ["check", "-", "-q", "--duplicates", "off", "--result-only", "--only-mismatches", "--mask-ids"];
    let ran = run_with_input(&flags, content.as_bytes());
    let headings = "row,employee_id,month,pension_base_due,pension_employer_due,pension_employee_due,unemployment_base_due,unemployment_employer_due,unemployment_employee_due,status,cause,detail";
    let row = "3,371081********9968,2019-05,5000.00,800.00,400.00,5000.00,35.00,15.00,mismatch,unexplained,\"pension_employer: declared 801.00, due 800.00, difference 1.00\"";
    assert_eq!(ran.out, format!("{headings}\n{row}\n"));
    let masked = run_with_input(&["check", "-", "-q", "--mask-ids"], content.as_bytes());
    assert!(!masked.out.contains("371081199001019968") && masked.out.contains("371081********9968"));
    let tolerated =
        run_with_input(&["check", "-", "-q", "--duplicates", "off", "--tolerance", "1.00"], content.as_bytes());
    assert_eq!(tolerated.status, Some(0));
}

#[test]
fn several_files_run_as_one_and_say_which_row_is_whose() {
    let folder = Folder::new();
    let (one, two) = (
        folder.file("a.csv", format!("{HEADINGS}\n{RIGHT}\n")),
        folder.file("b.csv", format!("{HEADINGS}\n{RIGHT}\n")),
    );
    let ran = run(&["check", &one, &two, "-q", "--result-only"]);
    let files: Vec<String> = support::csv_rows(ran.out.as_bytes()).iter().map(|row| row[0].clone()).collect();
    assert_eq!(files, ["file".to_owned(), one.clone(), two]);
    let other = folder.file("c.csv", "月份,工资,养老单位\n");
    assert!(run(&["check", &one, &other]).err.contains("[headings-differ]"));
}

#[test]
fn injury_is_checked_only_when_the_class_is_given() {
    // class 1 in 2025: 0.2 % cut to 0.16 %, 5,000 x 0.16 % = 8.00
    let content = "月份,工资,养老单位,工伤单位\n2025-03,5000,800,8\n";
    let without = run_with_input(&["check", "-"], content.as_bytes());
    assert!(without.err.contains("declared columns not checked: 工伤单位"), "{}", without.err);
    let with = run_with_input(&["check", "-", "-q", "--injury-class", "1"], content.as_bytes());
    assert!(with.out.contains("injury_employer_due") && with.status == Some(0), "{}", with.out);
}

/// Wages that lie below, between and above the limits, with ties among them.
fn wages() -> Vec<String> {
    (0..60_u64)
        .map(|at| format!("{}.{:02}", 2_900 + at * 397, (at * 37) % 100))
        .chain(["4015".to_owned(), "5005".to_owned()])
        .collect()
}

#[test]
fn one_person_and_the_same_person_in_a_file_agree() {
    let months = ["2019-04", "2019-05", "2020-03", "2025-06", "2026-10"];
    let mut content = "月份,工资\n".to_owned();
    let mut singles = Vec::new();
    for month in months {
        for wage in wages() {
            content.push_str(&format!("{month},{wage}\n"));
            singles.push((month, wage));
        }
    }
    let ran = run_with_input(&["contrib", "--file", "-", "--injury-class", "3", "-q"], content.as_bytes());
    let rows = support::csv_rows(ran.out.as_bytes());
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).unwrap();
    // Each month asked for once by itself; every seventh person, to keep the test short.
    for ((month, wage), row) in singles.iter().zip(&rows[1..]).step_by(7) {
        let one = json(&["contrib", "--wage", wage, "--month", month, "--injury-class", "3"]);
        for total in ["employer_total", "employee_total", "total"] {
            assert_eq!(one[total], row[column(total)], "{month} {wage} {total}");
        }
        for contribution in one["contributions"].as_array().unwrap() {
            for part in ["base", "employer", "employee"] {
                let name = format!("{}_{part}", contribution["insurance"].as_str().unwrap());
                assert_eq!(contribution[part], row[column(&name)], "{month} {wage} {name}");
            }
        }
    }
    // What the calculator says is what the check finds right.
    let mut declared = "月份,工资,养老单位,养老个人,失业单位,失业个人,工伤单位\n".to_owned();
    for row in &rows[1..] {
        let cells = [
            "pension_employer",
            "pension_employee",
            "unemployment_employer",
            "unemployment_employee",
            "injury_employer",
        ];
        let cells: Vec<&str> = cells.iter().map(|name| row[column(name)].as_str()).collect();
        declared.push_str(&format!("{},{},{}\n", row[0], row[1], cells.join(",")));
    }
    let checked = run_with_input(&["check", "-", "-q", "--injury-class", "3"], declared.as_bytes());
    assert_eq!(checked.status, Some(0), "{}", checked.out);
}

#[test]
fn a_roster_agrees_with_each_of_its_people() {
    let people = [
        ("1954-05-15", "10000", "20"),
        ("1944-08-20", "", "18"),
        ("1930-06-01", "6950", ""),
        ("1959-04-18", "13900", "15"),
        ("1980-01-01", "", ""),
    ];
    let mut content = "出生日期,月份,个人账户,缴费年限\n".to_owned();
    for (birth, account, years) in people {
        content.push_str(&format!("{birth},2019-06,{account},{years}\n"));
    }
    let ran = run_with_input(&["resident-pension", "--file", "-", "-q"], content.as_bytes());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let rows = support::csv_rows(ran.out.as_bytes());
    for ((birth, account, years), row) in people.iter().zip(&rows[1..]) {
        let mut arguments = vec!["resident-pension", "--birth", birth, "--month", "2019-06"];
        if !account.is_empty() {
            arguments.extend(["--account", account]);
        }
        if !years.is_empty() {
            arguments.extend(["--years", years]);
        }
        let one = json(&arguments);
        for name in ["payable_from", "base_pension", "age_supplement", "years_supplement", "account_pension", "total"] {
            let cell = &row[rows[0].iter().position(|heading| heading == name).unwrap()];
            assert_eq!(one[name].as_str().unwrap_or(""), cell, "{birth} {name}");
        }
    }
}

#[test]
fn tiers_in_a_file_agree_with_the_page_of_2019() {
    // 1,564 severely disabled: 1,564 x (300 + 50) = 547,400 (文登区社保中心, 2019)
    let content = "档次,年度,人员类别,人数\n300,2019,severely-disabled,1564\n500,2019,,1\n300,2019,,1\n";
    let ran = run_with_input(&["resident-contrib", "--file", "-", "-q"], content.as_bytes());
    assert_eq!(ran.status, Some(1));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[1], "300,2019,severely-disabled,1564,0.00,300.00,50.00,350.00,547400.00,ok,");
    assert_eq!(lines[2], "500,2019,,1,500.00,0.00,60.00,560.00,560.00,ok,");
    assert!(lines[3].contains(",error,\"the tier of 300.00 yuan is open only to: severely disabled"), "{}", lines[3]);
}

#[test]
fn file_results_come_in_every_format() {
    let folder = Folder::new();
    let input = folder.file("in.csv", "月份,工资\n2019-05,5000\n");
    for (format, part) in
        [("json", "\"total\": \"1250.00\""), ("markdown", "| 1250.00 |"), ("table", "1250.00"), ("csv", ",1250.00,ok,")]
    {
        let ran = run(&["contrib", "--file", &input, "--format", format, "-q"]);
        assert!(ran.status == Some(0) && ran.out.contains(part), "{format}: {}", ran.out);
    }
}

#[test]
fn the_example_comes_out_as_its_page_says() {
    let folder = Folder::new();
    let summary = folder.path("summary.json");
    let ran = run(&["check", "examples/payroll.csv", "--summary", &summary, "-o", &folder.path("out.csv")]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let summary: serde_json::Value = serde_json::from_str(&fs::read_to_string(&summary).unwrap()).unwrap();
    // examples/README.md: 240 rows, of which 12 are wrong and 3 cannot be read
    for (key, count) in [("rows", 240), ("ok", 225), ("mismatch", 12), ("error", 3)] {
        assert_eq!(summary[key], count, "{key}");
    }
    let page = fs::read_to_string(support::root().join("examples/README.md")).unwrap();
    let rows = support::csv_rows(&fs::read(PathBuf::from(folder.path("out.csv"))).unwrap());
    let status = rows[0].iter().position(|heading| heading == "status").unwrap();
    for (at, row) in rows.iter().enumerate().skip(1).filter(|(_, row)| row[status] != "ok") {
        assert!(page.contains(&format!("| {} |", at + 1)), "row {} is not on the page: {row:?}", at + 1);
    }
}

//! Files as they come and go: encodings, many workers, rows that are no persons, interruptions, faults of
//! the disk. Nothing is lost, and no half result is ever left in place of a whole one.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{self, Ran, names, run, run_with_input, shebao, written};
use shebao::files::Encoding;

const HEADINGS: &str = "姓名,身份证号,月份,工资,养老单位,养老个人";

/// Rows of 5,000 yuan in May 2019 (16 % = 800.00, 8 % = 400.00), every seventh wrong by a yuan; names that
/// GBK lacks are among them.
fn payroll(rows: usize) -> String {
    let mut text = format!("{HEADINGS}\r\n");
    for at in 0..rows {
        let employer = if at % 7 == 3 { "801.00" } else { "800.00" };
        let name = if at % 3 == 0 { "\"曲㛃\"" } else { "姜䶮" };
        text.push_str(&format!("{name},37{at:016},2019-05,5000.00,{employer},400.00\r\n"));
    }
    text
}

/// The code of the only message.
fn code(ran: &Ran) -> String {
    assert_eq!(ran.status, Some(2), "{} {}", ran.out, ran.err);
    ran.err.split('[').nth(1).and_then(|rest| rest.split(']').next()).unwrap_or("").to_owned()
}

#[test]
fn every_encoding_comes_back_as_it_went_in_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = payroll(500);
    let plain = run_with_input(&["check", "-", "-q", "--lang", "zh"], text.as_bytes()).out;
    assert!(plain.contains("曲㛃") && plain.contains(",mismatch,"));
    for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be] {
        for marked in [true, false] {
            let utf16 = encoding.row_text().is_none();
            if utf16 && !marked {
                continue;
            }
            let mark: &[u8] = if marked { encoding.mark() } else { b"" };
            let input = written(folder.path(), "in.csv", &[mark, &encoding.encode(&text)].concat());
            let output = folder.path().join("out.csv").to_string_lossy().into_owned();
            let ran = run(&["check", &input, "-q", "--lang", "zh", "-o", &output]);
            assert_eq!(ran.status, Some(1), "{encoding:?}: {}", ran.err);
            assert!(fs::read(&output).unwrap() == [mark, &encoding.encode(&plain)].concat(), "{encoding:?} {marked}");
            // For Excel: UTF-8 with its mark, whatever came in.
            let ran = run(&["check", &input, "-q", "--lang", "zh", "--bom", "-o", &output]);
            assert_eq!(ran.status, Some(1));
            assert!(fs::read(&output).unwrap() == [Encoding::Utf8.mark(), plain.as_bytes()].concat(), "{encoding:?}");
        }
    }
}

#[test]
fn words_of_ours_are_in_the_encoding_of_the_file() {
    let text = format!("{HEADINGS}\n丛一禾,1,2019-13,5000,800,400\n");
    let output = shebao_bytes(&["check", "-", "-q", "--lang", "zh"], &Encoding::Gb18030.encode(&text));
    let read = String::from_utf8(output.clone()).unwrap_or_default();
    assert!(read.is_empty(), "it is no UTF-8");
    let expected = Encoding::Gb18030.encode("“2019-13”不是月份\n");
    assert!(output.ends_with(&expected));
}

fn shebao_bytes(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut child =
        shebao().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().stdout
}

#[test]
fn what_breaks_the_encoding_is_named_by_row_and_column() {
    let folder = tempfile::tempdir().unwrap();
    for (encoding, broken) in [(Encoding::Utf8, b"\xFF".as_slice()), (Encoding::Gb18030, b"\x81\x20")] {
        let mut bytes = encoding.encode(&payroll(100));
        let name = encoding.encode("姜䶮");
        // The name of the second row, row 3 of the sheet.
        let at = bytes.windows(name.len()).position(|part| part == name).unwrap();
        bytes.splice(at..at + name.len(), broken.iter().copied());
        let input = written(folder.path(), "in.csv", &bytes);
        let output = folder.path().join("out.csv").to_string_lossy().into_owned();
        let ran = run(&["check", &input, "-q", "--result-only", "-o", &output]);
        let bytes = fs::read(&output).unwrap();
        let rows = support::csv_rows(encoding.row_text().unwrap().read(&bytes).unwrap().as_bytes());
        let wrong: Vec<&Vec<String>> = rows[1..].iter().filter(|row| row.contains(&"error".to_owned())).collect();
        assert_eq!(wrong.len(), 1, "{encoding:?}: {}", ran.err);
        assert_eq!(wrong[0][0], "3");
        assert_eq!(*wrong[0].last().unwrap(), format!("“姓名” is not valid {} text", encoding.code()));
    }
    // Forced into the wrong encoding, rows are refused and none is read askew.
    let input = written(folder.path(), "gbk.csv", &Encoding::Gb18030.encode(&payroll(3)));
    assert_eq!(code(&run(&["check", &input, "--encoding", "utf-8"])), "missing-column");
    assert_eq!(run(&["check", &input, "-q", "--encoding", "gb18030"]).status, Some(0));
    assert_eq!(code(&run(&["check", &input, "--encoding", "latin1"])), "unknown-choice");
}

#[test]
fn any_number_of_workers_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    // Several blocks; a person's second row lies blocks after the first.
    let text = payroll(12_000);
    let again: Vec<&str> = text.lines().skip(1).step_by(1000).flat_map(|line| [line, "\r\n"]).collect();
    let again = again.concat();
    let input = written(folder.path(), "in.csv", format!("{text}{again}合计,,,,,\r\n\r\n").as_bytes());
    let results = |jobs: &str| {
        let paths = ["out.csv", "findings.csv", "summary.json"].map(|name| folder.path().join(name));
        let [out, findings, summary] = paths.each_ref().map(|path| path.to_string_lossy().into_owned());
        let flags = ["-o", &out, "--findings", &findings, "--summary", &summary, "--jobs", jobs];
        let ran = run(&[["check", &input].as_slice(), &flags].concat());
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        (paths.map(|path| fs::read(path).unwrap()), ran.err)
    };
    let one = results("1");
    assert!(one.1.contains("12014 rows"), "{}", one.1);
    for jobs in ["2", "3", "8"] {
        assert!(results(jobs) == one, "{jobs} workers");
    }
    assert_eq!(code(&run(&["check", &input, "--jobs", "0"])), "bad-count");
}

#[test]
fn doubled_rows_name_the_first_and_are_looked_for_as_asked() {
    let row = "丛一禾,371081199001019968,2019-05,5000,800,400";
    let other = "丛一禾,371081199001019968,2019-06,5000,800,400";
    let hidden = "丛一禾,3710**********9968,2019-05,5000,800,400";
    let text = format!("{HEADINGS}\n{row}\n{other}\n{hidden}\n{hidden}\n{row}\n");
    let ran = run_with_input(&["check", "-", "-q", "--result-only"], text.as_bytes());
    let rows = support::csv_rows(ran.out.as_bytes());
    let causes: Vec<&str> = rows[1..].iter().map(|row| row[row.len() - 2].as_str()).collect();
    assert_eq!(causes, ["", "", "", "", "duplicate"]);
    let detail = "pension_employer: declared 800.00 again, first in row 2; pension_employee: declared 400.00 again, first in row 2";
    assert_eq!(rows[5].last().unwrap(), detail);
    let off = run_with_input(&["check", "-", "-q", "--duplicates", "off"], text.as_bytes());
    assert_eq!(off.status, Some(0), "{}", off.out);
    let nobody = run_with_input(&["check", "-"], "月份,工资,养老单位\n2019-05,5000,800\n".as_bytes());
    assert!(nobody.err.contains("no column holds identity numbers"), "{}", nobody.err);
}

#[test]
fn rows_that_are_no_persons_are_told_for_what_they_are() {
    let row = "丛一禾,371081199001019968,2019-05,5000,800,400";
    let text = format!(
        "{HEADINGS}\n{row}\n\n,,,,,\n{HEADINGS}\n\"姓名\", 身份证号 ,月份,工资,养老单位,养老个人\n合计,,,5000,800,400\n 小 计：,,,5000,800,400\n合小明,,2019-05,5000,800,400\n"
    );
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let ran = run_with_input(&["check", "-", "--result-only"], &encoding.encode(&text));
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let rows = support::csv_rows(ran.out.as_bytes());
        let told: Vec<(&str, &str)> =
            rows[1..].iter().map(|row| (row[row.len() - 3].as_str(), row[row.len() - 1].as_str())).collect();
        let (empty, heading, total) = ("empty row", "repeated headings", "total, not a person");
        let expected = [
            ("ok", ""),
            ("skipped", empty),
            ("skipped", empty),
            ("skipped", heading),
            ("skipped", heading),
            ("skipped", total),
            ("skipped", total),
            ("ok", ""),
        ];
        assert_eq!(told, expected);
        let counts = "8 rows: 2 ok, 0 mismatch, 0 error, 6 rows skipped (2 empty, 2 heading rows, 2 totals)";
        assert!(ran.err.contains(counts), "{}", ran.err);
        let wrong = run_with_input(&["check", "-", "-q", "--only-mismatches"], &encoding.encode(&text));
        assert_eq!(support::csv_rows(wrong.out.as_bytes()).len(), 1, "only the headings");
    }
}

#[test]
fn a_roster_is_summed_up_by_supplement_band() {
    // 130.00 a month, 5.00 more from 65 and 10.00 more from 75 (the city's page of 2019): in June 2019 born
    // 1950-01 is 69, 1940-01 is 79, 1956-01 is 63, 1960-01 is not yet 60.
    let text = "出生日期\n1950-01-15\n1940-01-15\n1940-02-15\n1956-01-15\n1960-01-15\n合计\n\n";
    for jobs in ["1", "3"] {
        let flags = ["resident-pension", "--file", "-", "--month", "2019-06", "--jobs", jobs];
        let ran = run_with_input(&flags, text.as_bytes());
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        for part in ["7 rows: 5 calculated, 0 error, 2 rows skipped (1 empty, 1 total)", "total 545.00 yuan"] {
            assert!(ran.err.contains(part), "{part}: {}", ran.err);
        }
        let table: Vec<Vec<&str>> =
            ran.err.lines().map(|line| line.split_whitespace().rev().take(2).collect()).collect();
        for band in [["130.00", "1"], ["135.00", "1"], ["280.00", "2"], ["545.00", "4"]] {
            assert!(table.iter().any(|line| *line == band), "{band:?}: {}", ran.err);
        }
    }
}

#[test]
fn the_first_wrong_row_ends_a_run_that_is_to_fail_fast() {
    let folder = tempfile::tempdir().unwrap();
    let input = written(folder.path(), "in.csv", payroll(20_000).as_bytes());
    for jobs in ["1", "4"] {
        let ran = run(&["check", &input, "--fail-fast", "--result-only", "--jobs", jobs]);
        assert_eq!(ran.status, Some(1));
        // Rows 2, 3, 4 are right, row 5 is the first that is not.
        assert_eq!(support::csv_rows(ran.out.as_bytes()).last().unwrap()[0], "5");
        assert!(ran.err.contains("4 rows: 3 ok, 1 mismatch") && ran.err.contains("stopped at row 5"), "{}", ran.err);
    }
}

#[test]
fn a_row_is_explained_with_its_cell_and_the_table_line() {
    let text = format!(
        "{HEADINGS}\n丛一禾,371081199001019968,2019-05,5000,900,400\n丛一禾,371081199001019968,2019-06,5000,800,400\n"
    );
    let ran = run_with_input(&["check", "-", "--explain-row", "2"], text.as_bytes());
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    for part in [
        "pension_employer: declared 900.00, due 800.00 [other-rate: 18% of 2019-01 to 2019-04]",
        "丛一禾,371081********9968,2019-05,5000,900,400",
        "rates/cn/shandong/2019.toml",
        "employer = \"16%\"",
        "5,000.00 × 16%, rounded half up to the fen",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let right = run_with_input(&["check", "-", "--explain-row", "3", "--format", "json"], text.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&right.out).unwrap();
    assert_eq!((right.status, &json["status"], &json["row"]), (Some(0), &"ok".into(), &3.into()));
    let both = run_with_input(&["check", "-", "--explain-row", "3", "--findings", "f.csv"], text.as_bytes());
    assert_eq!(code(&both), "flag-conflict");
    let past = run_with_input(&["check", "-", "--explain-row", "9"], text.as_bytes());
    assert!(code(&past) == "no-such-row" && past.err.contains("the last one is 3"), "{}", past.err);
}

#[test]
fn the_disk_and_the_target_fail_with_a_reason_and_the_old_file_stands() {
    let folder = tempfile::tempdir().unwrap();
    let input = written(folder.path(), "in.csv", payroll(50_000).as_bytes());
    let old = written(folder.path(), "old.csv", b"old");
    let inside = folder.path().join("none/out.csv").to_string_lossy().into_owned();
    assert_eq!(code(&run(&["check", &input, "-o", &inside])), "no-such-folder");
    assert_eq!(code(&run(&["check", &input, "-o", &input])), "output-is-input");
    assert_eq!(code(&run(&["check", &input, "-o", &old, "--findings", &old])), "output-is-input");
    assert_eq!(code(&run(&["check", &input, "--findings", "f.txt"])), "output-kind");
    if Path::new("/dev/full").exists() {
        let ran = run(&["check", &input, "-o", "/dev/full"]);
        assert_eq!(code(&ran), "disk-full");
        assert_eq!(code(&run(&["check", &input, "-o", &old, "--findings", "/dev/full"])), "disk-full");
        assert_eq!(run(&["check", &input, "-q", "-o", "/dev/null"]).status, Some(1));
    }
    // A file that cannot be read to its end.
    if Path::new("/proc/self/mem").exists() {
        assert_eq!(code(&run(&["check", "/proc/self/mem", "-o", &old])), "unreadable");
    }
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["in.csv", "old.csv"]);
}

#[cfg(unix)]
#[test]
fn through_a_link_the_file_is_replaced_and_not_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let input = written(folder.path(), "in.csv", payroll(3).as_bytes());
    written(folder.path(), "real.csv", b"old");
    let link = folder.path().join("link.csv");
    std::os::unix::fs::symlink("real.csv", &link).unwrap();
    assert_eq!(run(&["check", &input, "-q", "-o", &link.to_string_lossy()]).status, Some(0));
    assert!(link.is_symlink());
    assert!(fs::read_to_string(folder.path().join("real.csv")).unwrap().starts_with("姓名"));
}

/// Runs a check, ends it after a while with a signal, and says how it ended.
#[cfg(unix)]
fn killed(arguments: &[&str], after: Duration, signal: &str) -> Option<i32> {
    let mut child = shebao().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).output();
    // It may have ended by itself.
    let _ = sent.unwrap();
    child.wait().unwrap().code()
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_the_target_is_the_old_file_or_the_whole_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let input = written(folder.path(), "in.csv", payroll(60_000).as_bytes());
    let output = folder.path().join("out.csv").to_string_lossy().into_owned();
    let arguments = ["check", &input, "-q", "-o", &output];
    let start = std::time::Instant::now();
    assert_eq!(run(&arguments).status, Some(1));
    let whole_run = start.elapsed();
    let whole = fs::read(&output).unwrap();
    for (at, signal) in (0..24_u32).zip(["-KILL", "-INT", "-TERM"].into_iter().cycle()) {
        fs::write(&output, "old").unwrap();
        // From the start to somewhat past the end of a run.
        let ended = killed(&arguments, whole_run * at / 20, signal);
        let found = fs::read(&output).unwrap();
        assert!(found == b"old" || found == whole, "{signal} after {at}/20: {} bytes", found.len());
        if signal == "-KILL" {
            // Nobody can tidy up after that; the next round starts clean.
            for name in names(folder.path()).iter().filter(|name| name.starts_with(".shebao-")) {
                fs::remove_file(folder.path().join(name)).unwrap();
            }
        } else {
            assert!(matches!(ended, Some(130 | 1) | None), "{ended:?}");
            if ended.is_some() {
                assert_eq!(names(folder.path()), ["in.csv", "out.csv"], "{signal} after {at}/20");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_with_130_and_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out.csv").to_string_lossy().into_owned();
    // Standard input that never ends: the run would wait for ever.
    let mut child = shebao()
        .args(["check", "-", "-q", "-o", &output])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, payroll(20_000).as_bytes()).unwrap();
    for _ in 0..200 {
        if !names(folder.path()).is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(names(folder.path()).len(), 1, "it is at work");
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).output().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
}

/// The short way that plainly right rows take, and the long one that everything else takes, must say the
/// same: the same rows are written plainly, in quotes, and in forms that only the long way reads.
#[test]
fn a_row_comes_out_the_same_however_its_amounts_are_written() {
    let mut rows = Vec::new();
    for at in 0..400_i64 {
        // Below the floor, between the limits and above the ceiling of June 2019, with halves of a fen.
        let wage = 250_000 + at * 4_115;
        let base = wage.clamp(326_915, 1_634_575);
        let half_up = |rate: i64| (base * rate + 500) / 1000;
        let mut amounts = [wage, half_up(160), half_up(80), half_up(7), half_up(3)];
        if at % 9 == 4 {
            amounts[usize::try_from(at % 4 + 1).unwrap()] += at - 200;
        }
        rows.push(amounts);
    }
    let forms: [&dyn Fn(i64) -> String; 5] = [
        &|fen| format!("{}.{:02}", fen / 100, fen % 100),
        &|fen| format!("\"{}.{:02}\"", fen / 100, fen % 100),
        &|fen| format!("¥{}.{:02}", fen / 100, fen % 100),
        &|fen| format!(" {}.{:02} ", fen / 100, fen % 100),
        &|fen| format!("0{}.{:02}元", fen / 100, fen % 100),
    ];
    let mut results = Vec::new();
    for form in forms {
        let mut text = "月份,工资,养老单位,养老个人,失业单位,失业个人\n".to_owned();
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|fen| form(*fen)).collect();
            text.push_str(&format!("2019-06,{}\n", cells.join(",")));
        }
        let ran = run_with_input(&["check", "-", "--result-only"], text.as_bytes());
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        results.push((ran.out, ran.err));
    }
    // 4, 13, ... 391: 44 rows are wrong.
    assert!(results[0].1.contains("400 rows: 356 ok, 44 mismatch, 0 error"), "{}", results[0].1);
    for result in &results[1..] {
        assert_eq!(result, &results[0]);
    }
}

/// A file for each calculator, with what CSV, JSON and Markdown write in their own ways: commas, quotes, line ends,
/// bars, rows that are too short, rows that no result can be had for, sums, titles, and enough rows for many blocks.
fn calculator_files() -> Vec<(Vec<&'static str>, Vec<u8>)> {
    let mut wages =
        "姓名,月份,工资\n\"丛,一\"\"禾\"\"\",2019-05,5000\n\"a|b\n*c*\",201906,\\6000\n姜䶮,2019-05\n".to_owned();
    wages.push_str("\t,2019-05,\"1,234.50\"\n合计,,12234.50\n\n");
    let few = wages.clone();
    for at in 0..8_000 {
        wages.push_str(&format!("曲{at},2019-{:02},{}.00\n", at % 12 + 1, 3000 + at));
    }
    let titled = "2019年5月工资表,,\n姓名,月份,工资\n丛一禾,2019-05,5000\n";
    let roster =
        "出生日期,月份,个人账户,缴费年限\n1954-05-15,2019-06,10000,20\n1930-06-01,2019-06,6950,\n1980-01-01,x,,\n";
    let tiers = "档次,年度,人员类别,人数\n300,2019,severely-disabled,1564\n500,2019,,1\n300,2019,,1\n";
    vec![
        (vec!["contrib"], wages.into_bytes()),
        (vec!["contrib", "--result-only"], few.clone().into_bytes()),
        (vec!["contrib"], Encoding::Gb18030.encode(&few)),
        (vec!["contrib", "--bom"], [Encoding::Utf16Le.mark(), &Encoding::Utf16Le.encode(titled)].concat()),
        (vec!["resident-pension"], roster.as_bytes().to_vec()),
        (vec!["resident-contrib"], tiers.as_bytes().to_vec()),
    ]
}

#[test]
fn documents_of_a_file_say_what_its_csv_says() {
    for (command, content) in calculator_files() {
        let text = |format: &str, jobs: &str| {
            let flags = ["--file", "-", "-q", "--format", format, "--jobs", jobs];
            let ran = shebao_with_input(&[&command[..], &flags[..]].concat(), &content);
            assert!(ran.0.is_some_and(|status| status < 2), "{command:?}");
            ran.1
        };
        let csv = text("csv", "2");
        // Documents are UTF-8, whatever the file is; a result in CSV is as the file is.
        let csv = if std::str::from_utf8(&csv).is_ok() { csv } else { gb18030(&csv) };
        let mut rows = support::csv_rows(&csv);
        rows.drain(..rows.iter().position(|row| row.iter().any(|cell| cell == "status")).unwrap());
        let headings = rows.remove(0);
        assert_eq!(text("json", "1"), text("json", "3"), "{command:?}");
        let json: serde_json::Value = serde_json::from_slice(&text("json", "2")).unwrap();
        // Laid out as any other result.
        assert!(format!("{json:#}\n").as_bytes() == text("json", "2"), "{command:?}");
        assert_eq!(json["command"], command[0]);
        assert_eq!(json["rows"], rows.len());
        let results = json["results"].as_array().unwrap();
        assert_eq!(results.len(), rows.len());
        for (result, row) in results.iter().zip(&rows) {
            let result = result.as_object().unwrap();
            assert_eq!(result.len(), row.len());
            for ((key, value), (heading, cell)) in result.iter().zip(headings.iter().zip(row)) {
                let expected = match (heading.as_str(), cell.as_str()) {
                    (_, "") => serde_json::Value::Null,
                    ("age" | "payable" | "row", cell) => cell.parse().unwrap(),
                    (_, cell) => cell.into(),
                };
                assert_eq!((key, value), (heading, &expected), "{command:?}");
            }
        }
        let status = |wanted: &str| results.iter().filter(|result| result["status"] == wanted).count();
        for key in ["ok", "error", "skipped"] {
            assert_eq!(json[key], status(key), "{command:?} {key}");
        }
        assert!(json["notes"].is_array() && json["tables"]["sha256"].is_string());
        let markdown = String::from_utf8(text("markdown", "2")).unwrap();
        let lines: Vec<&str> = markdown.trim_end().lines().collect();
        assert_eq!(lines.len(), rows.len() + 2, "{command:?}");
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(lines.iter().all(|line| bars(line) == headings.len() + 1), "{command:?}");
    }
}

/// The status and the bytes of a run.
fn shebao_with_input(arguments: &[&str], input: &[u8]) -> (Option<i32>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "in.csv", input);
    let output = shebao().args(arguments).stdin(fs::File::open(path).unwrap()).output().unwrap();
    (output.status.code(), output.stdout)
}

fn gb18030(bytes: &[u8]) -> Vec<u8> {
    encoding_rs::GB18030.decode(bytes).0.into_owned().into_bytes()
}

#[test]
fn a_terminal_is_shown_the_first_rows_and_the_sum_and_told_how_to_get_all() {
    let rows = |rows: usize| {
        let wages: Vec<String> = (1..=rows).map(|at| format!("人{at}号,2019-05,5000\n")).collect();
        format!("姓名,月份,工资\n{}", wages.concat())
    };
    // 5,000 yuan in May 2019 make 1,250.00; thirty people 37,500.00.
    for (lang, all, total) in [
        ("en", "the first 20 of 30 rows; for all rows use -o result.csv or --format csv", "Total"),
        ("zh", "共 30 行，只显示前 20 行；全部结果请用 -o result.csv 或 --format csv", "合计"),
    ] {
        let flags = ["contrib", "--file", "-", "-q", "--format", "table", "--lang", lang];
        let ran = run_with_input(&flags, rows(30).as_bytes());
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.contains("人20号") && !ran.out.contains("人21号") && ran.out.contains('…'), "{}", ran.out);
        assert!(ran.out.contains(all), "{}", ran.out);
        let sum = ran.out.lines().find(|line| line.trim_start().starts_with(total)).unwrap();
        assert!(sum.ends_with("37500.00"), "{sum}");
        let short = run_with_input(&flags, rows(20).as_bytes());
        assert!(short.out.contains("人20号") && short.out.contains("25000.00"), "{}", short.out);
        assert!(!short.out.contains('…') && !short.out.contains("result.csv"), "{}", short.out);
    }
}

#[test]
#[cfg(unix)]
fn a_document_goes_to_a_device_and_the_name_of_a_file_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let input = written(folder.path(), "in.csv", "月份,工资\n2019-05,5000\n".as_bytes());
    let base = ["contrib", "--file", &input, "-q", "--format", "json"];
    let ran = run(&[&base[..], &["-o", "/dev/stdout"]].concat());
    assert_eq!(ran.out, run(&base).out);
    let path = folder.path().join("out.csv");
    let ran = run(&[&base[..], &["-o", path.to_str().unwrap()]].concat());
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), run(&["contrib", "--file", &input, "-q"]).out);
}

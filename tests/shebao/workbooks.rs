//! Workbooks in and out, held against an outside reader of workbooks: what it sees in a file is what was
//! checked, and what it sees in a result is what stood in the user's sheet, with the columns after it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::support::grid::{Cell, Container, Grid};
use crate::support::{self, BOOK, root, run};
use calamine::{Data, Reader, open_workbook_auto};
use shebao::files::{Block, RowSource, open_input};
use shebao::payroll::{PayrollTable, Wanted};

/// What the outside reader sees in a sheet.
fn seen(path: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut book = open_workbook_auto(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    // From the first row and column on.
    let (rows, columns) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect()
}

fn text(data: &Data) -> String {
    data.to_string()
}

/// The parts of an archive.
fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        parts.insert(name, bytes);
    }
    parts
}

fn part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

#[test]
fn sheets_are_read_as_the_outside_reader_reads_them() {
    let mut grid = Grid::default();
    grid.push_texts(&["姓名", "身份证号", "月份", "缴费基数", "养老单位", "备注"]);
    for (name, base, amount, note) in [
        ("丛一禾", "6000", "960", ""),
        ("毕 二川", "8888.88", "1422.22", "a,\"b\"\nc"),
        ("于<三>省", "0.1", "-0.02", "&amp;"),
    ] {
        let number = |digits: &str| Cell::Number(digits.to_owned());
        let mut row = vec![Cell::text(name), Cell::text("371003199005129968"), Cell::text("2025-05")];
        row.extend([number(base), number(amount), Cell::text(note)]);
        grid.push(row);
    }
    let folder = tempfile::tempdir().unwrap();
    for container in [Container::Xlsx, Container::Xls, Container::Ods] {
        let bytes = container.write(&grid);
        let path = folder.path().join(format!("book.{}", container.ending()));
        std::fs::write(&path, &bytes).unwrap();
        let opened = open_input("book", Box::new(Cursor::new(bytes)), None).unwrap();
        let wanted = Wanted { sheet: None, encoding: None, mapping: &[], insurances: BOOK.insurances(), layout: None };
        let mut table = PayrollTable::of_opened("book", opened, wanted).unwrap();
        let (mut block, mut csv) = (Block::default(), Vec::new());
        while table.rows.next_block(&mut block).unwrap() {
            csv.extend_from_slice(block.bytes());
        }
        let ours = support::csv_rows(&csv);
        let theirs: Vec<Vec<String>> =
            seen(&path, "明细")[1..].iter().map(|row| row.iter().map(text).collect()).collect();
        assert_eq!(ours, theirs, "{container:?}");
    }
}

#[test]
fn the_users_sheet_comes_back_as_it_was_with_columns_after_it() {
    let source = root().join("tests/heading-files/04-tax-职工全险种明细-two-row-merged.xlsx");
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("one.xlsx"), folder.path().join("two.xlsx"));
    let flags = ["--injury-class", "1", "--lang", "zh", "-q"];
    let check = |from: &Path, to: &Path| {
        let mut all = vec!["check", from.to_str().unwrap(), "-o", to.to_str().unwrap()];
        all.extend(flags);
        let ran = run(&all);
        assert_eq!(ran.status, Some(1), "{}", ran.err);
    };
    check(&source, &first);
    let (before, after) = (seen(&source, "Sheet1"), seen(&first, "Sheet1"));
    assert_eq!(before.len(), after.len());
    for (row, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before[..], after[..before.len()], "row {}", row + 1);
    }
    // Row 6 has a sum that does not add up, row 9 a share that is a fen short: 22518.00 x 0.7 % = 157.626.
    let width = before[0].len();
    let headings: Vec<String> = after[3][width..].iter().map(text).collect();
    let at = |name: &str| width + headings.iter().position(|heading| heading == name).unwrap();
    assert_eq!(text(&after[4][at("status")]), "ok");
    assert_eq!(
        (text(&after[5][at("status")]), text(&after[5][at("cause")])),
        ("mismatch".into(), "does-not-add-up".into())
    );
    assert_eq!(after[8][at("unemployment_employer_due")], Data::Float(157.63));
    let (old, new) = (parts(&source), parts(&first));
    for name in ["xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml", "_rels/.rels"] {
        assert_eq!(old[name], new[name], "{name}");
    }
    let comments = part(&new, "xl/shebao1/comments.xml");
    assert!(comments.contains("ref=\"G9\"") && comments.contains("应为 157.63"), "{comments}");
    assert_eq!(comments.matches("<comment ").count(), 5);
    let sheet = part(&new, "xl/worksheets/sheet1.xml");
    // A wrong cell has the twin of its style, a right one its own.
    let style = |sheet: &str, cell: &str| -> usize {
        let (_, tag) = sheet.split_once(&format!("r=\"{cell}\"")).unwrap();
        let tag = tag.split('>').next().unwrap();
        tag.split_once(" s=\"").map_or(0, |(_, number)| number.split('"').next().unwrap().parse().unwrap())
    };
    let (styles, _) =
        part(&old, "xl/styles.xml").split_once("</cellXfs>").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let own = styles.split_once("<cellXfs").unwrap().1.matches("<xf ").count();
    let source_sheet = part(&old, "xl/worksheets/sheet1.xml");
    assert_eq!(style(&sheet, "G9"), style(&source_sheet, "G9") + own);
    assert_eq!(style(&sheet, "G8"), style(&source_sheet, "G8"));
    assert!(part(&new, "xl/styles.xml").contains("FFFFC7CE"));
    assert!(sheet.contains("<pane ySplit=\"4\" topLeftCell=\"A5\""), "{sheet}");
    assert!(!sheet.contains("<f>"), "{sheet}");
    let chart = part(&new, "xl/shebao1/chart.xml");
    assert!(chart.contains("'核对汇总'!$C$"), "{chart}");
    // A result can be checked again, and finds the same.
    check(&first, &second);
    assert_eq!(open_workbook_auto(&second).unwrap().sheet_names(), ["Sheet1", "核对汇总", "核对汇总 (2)"]);
    let comments = part(&parts(&second), "xl/shebao1/comments.xml");
    assert_eq!(comments.matches("<comment ").count(), 5, "the same cells");
}

#[test]
fn other_files_become_workbooks_in_which_nothing_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (source, result) = (folder.path().join("pay.csv"), folder.path().join("out.xlsx"));
    // 5000 x 16 % = 800, 8 % = 400 in May 2019; row 3 declares a fen more.
    let rows = "姓名,身份证号,月份,工资,养老单位,养老个人,工号\n\
                =1+1,371003199005129968,2019-05,\"5,000.00\",800.00,400.00,007\n\
                @乙,'371002198509239975,2019-05,5000,800.01,400.00,-5\n";
    std::fs::write(&source, rows).unwrap();
    let ran = run(&["check", source.to_str().unwrap(), "-o", result.to_str().unwrap()]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let sheet = seen(&result, "Rows");
    let texts = |row: usize| sheet[row].iter().map(text).collect::<Vec<_>>();
    assert_eq!(texts(0)[..7], ["姓名", "身份证号", "月份", "工资", "养老单位", "养老个人", "工号"]);
    assert_eq!(texts(1)[..7], ["=1+1", "371003199005129968", "2019-05", "5000", "800", "400", "007"]);
    assert_eq!(sheet[1][1], Data::String("371003199005129968".to_owned()));
    assert_eq!((&sheet[1][3], &sheet[2][4]), (&Data::Float(5000.0), &Data::Float(800.01)));
    assert_eq!(sheet[2][6], Data::String("-5".to_owned()));
    let parts = parts(&result);
    assert!(!part(&parts, "xl/worksheets/sheet1.xml").contains("<f>"));
    let comments = part(&parts, "xl/shebao1/comments.xml");
    assert!(comments.contains("ref=\"E3\"") && comments.contains("due 800.00"), "{comments}");
    // Only what is wrong: the note follows its row.
    let ran = run(&["check", source.to_str().unwrap(), "-o", result.to_str().unwrap(), "--only-mismatches", "-q"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert_eq!(seen(&result, "Rows").len(), 2);
    assert!(part(&self::parts(&result), "xl/shebao1/comments.xml").contains("ref=\"E2\""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let source = root().join("tests/heading-files/09-payroll-工资明细-tab.xls");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, jobs: &str| {
        let path = folder.path().join(name);
        let flags = ["-o", path.to_str().unwrap(), "--month", "2025-05", "--jobs", jobs, "-q"];
        run(&[&["check", source.to_str().unwrap()], &flags[..]].concat());
        std::fs::read(&path).unwrap()
    };
    assert_eq!(write("a.xlsx", "1"), write("b.xlsx", "3"));
}

#[test]
fn rows_become_json_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let source = root().join("tests/heading-files/06-agency-失业保险-人员缴费信息-gb18030.csv");
    let ran = run(&["check", source.to_str().unwrap(), "-o", path.to_str().unwrap(), "-q"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let text = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 5);
    // 1000.00 x 0.7 % = 7.00, and 7.01 stands there.
    assert_eq!((&rows[4]["单位应缴金额"], &rows[4]["unemployment_employer_due"]), (&"7.01".into(), &"7.00".into()));
    assert_eq!((&rows[0]["个人编号"], &rows[0]["status"]), (&"0003700001".into(), &"ok".into()));
    assert!(rows[0].get("cause").is_none());
}

#[test]
fn calculators_add_their_columns_to_a_workbook() {
    let mut grid = Grid::default();
    grid.push_texts(&["姓名", "身份证号", "工资"]);
    grid.push(vec![Cell::text("丛一禾"), Cell::text("371003199005129968"), Cell::Number("5000".to_owned())]);
    let folder = tempfile::tempdir().unwrap();
    let (source, result) = (folder.path().join("in.xlsx"), folder.path().join("out.xlsx"));
    std::fs::write(&source, Container::Xlsx.write(&grid)).unwrap();
    let flags = ["--month", "2019-05", "--only", "pension", "-o", result.to_str().unwrap(), "-q"];
    let ran = run(&[&["contrib", "--file", source.to_str().unwrap()], &flags[..]].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let mut book = open_workbook_auto(&result).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let headings: Vec<String> = range.rows().next().unwrap().iter().map(text).collect();
    let at = headings.iter().position(|heading| heading == "pension_employer").unwrap();
    // 5000 x 16 %.
    assert_eq!(range.rows().nth(1).unwrap()[at], Data::Float(800.0), "{headings:?}");
}

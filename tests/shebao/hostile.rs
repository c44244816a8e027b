//! Files that are broken, locked, empty, or made to do harm: a clear error each time, never a panic, and no
//! memory that grows with what a small file unpacks to.

use std::io::{Cursor, Read, Write};

use crate::support::grid::{Cell, Container, Grid, xlsx_of, zipped};
use crate::support::{BOOK, run, written};
use proptest::prelude::*;
use shebao::files::{Block, RowSource, open_input};
use shebao::payroll::{PayrollTable, Wanted};

/// Opens bytes and reads every row; how many there were, or the codes of the faults.
fn read(bytes: Vec<u8>) -> Result<u64, Vec<&'static str>> {
    let codes = |faults: shebao::facts::Faults| faults.0.iter().map(|fault| fault.kind.code()).collect::<Vec<_>>();
    let opened = open_input("file", Box::new(Cursor::new(bytes)), None).map_err(codes)?;
    let wanted = Wanted { sheet: None, encoding: None, mapping: &[], insurances: BOOK.insurances(), layout: None };
    let mut table = PayrollTable::of_opened("file", opened, wanted).map_err(codes)?;
    let (mut block, mut rows) = (Block::default(), 0);
    while table.rows.next_block(&mut block).map_err(codes)? {
        rows += block.rows;
    }
    Ok(rows)
}

fn payroll() -> Grid {
    let mut grid = Grid::default();
    grid.push_texts(&["社会保险缴费明细"]);
    grid.push_texts(&["费款所属期", "2025-05"]);
    grid.push_texts(&["姓名", "身份证号", "缴费基数", "基本养老应缴费额", "", "合计"]);
    grid.push_texts(&["", "", "", "单位部分", "个 人\n部分", ""]);
    for number in ["371003199005129968", "371002198509239975", "371082197811309994"] {
        let mut row = vec![Cell::text("丛一禾"), Cell::text(number)];
        row.extend(["6000", "960", "480", "1440"].map(|digits| Cell::Number(digits.to_owned())));
        grid.push(row);
    }
    grid.rows[5].hidden = true;
    grid
}

/// Something done to bytes: cut off, changed, doubled, taken out, put in.
#[derive(Clone, Debug)]
enum Harm {
    Cut(prop::sample::Index),
    Change(prop::sample::Index, u8),
    Double(prop::sample::Index, prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let at = any::<prop::sample::Index>;
    let markup = prop::sample::select(vec![
        "<",
        ">",
        "/>",
        "&",
        "&#x0;",
        "\"",
        "<row",
        "</row>",
        "<c r=\"ZZZZ9\">",
        "<v>",
        "9e999",
        "]]>",
        "<!--",
        "\0",
        "-1",
        ",",
    ]);
    let harm = prop_oneof![
        at().prop_map(Harm::Cut),
        (at(), any::<u8>()).prop_map(|(at, byte)| Harm::Change(at, byte)),
        (at(), at()).prop_map(|(from, to)| Harm::Double(from, to)),
        (at(), 1_usize..64).prop_map(|(at, count)| Harm::Remove(at, count)),
        (at(), markup).prop_map(|(at, text)| Harm::Insert(at, text.as_bytes().to_vec())),
    ];
    prop::collection::vec(harm, 1..5)
}

fn harmed(bytes: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for harm in harms {
        let length = bytes.len();
        if length == 0 {
            return bytes;
        }
        match harm {
            Harm::Cut(at) => bytes.truncate(at.index(length)),
            Harm::Change(at, byte) => bytes[at.index(length)] = *byte,
            Harm::Double(from, to) => {
                let (from, to) = (from.index(length).min(to.index(length)), from.index(length).max(to.index(length)));
                let part = bytes[from..to].to_vec();
                bytes.splice(to..to, part);
            }
            Harm::Remove(at, count) => {
                let from = at.index(length);
                bytes.drain(from..(from + count).min(length));
            }
            Harm::Insert(at, text) => {
                let at = at.index(length);
                bytes.splice(at..at, text.iter().copied());
            }
        }
    }
    bytes
}

/// An archive with one of its parts harmed, packed again so that the archive itself is sound.
fn part_harmed(archive: &[u8], part: prop::sample::Index, harms: &[Harm]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let part = part.index(from.len());
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&if at == part { harmed(&bytes, harms) } else { bytes }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn whole_files_are_read_whole() {
    for container in Container::ALL {
        assert_eq!(read(container.write(&payroll())), Ok(3), "{container:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_files_are_rows_or_faults(which in 0..Container::ALL.len(), harms in harms()) {
        // Whatever comes of it, it comes to an end and is no panic.
        let _ = read(harmed(&Container::ALL[which].write(&payroll()), &harms));
    }

    #[test]
    fn broken_parts_are_rows_or_faults(ods in any::<bool>(), part in any::<prop::sample::Index>(), harms in harms()) {
        let container = if ods { Container::Ods } else { Container::Xlsx };
        let _ = read(part_harmed(&container.write(&payroll()), part, &harms));
    }

    #[test]
    fn any_headings_are_read_or_refused(
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..12), 1..6),
        glue in prop::sample::select(vec!["", "(", ")", "（", "\n", "　", ">", "20%", "*"]),
    ) {
        let mut grid = Grid::default();
        for row in &rows {
            let cells = row.chunks(2).map(|pair| pair.join(glue)).collect::<Vec<_>>();
            grid.push_texts(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
        grid.push_texts(&["丛一禾", "371003199005129968", "6000", "960", "480"]);
        let _ = read(Container::Xlsx.write(&grid));
        let _ = read(Container::ALL[0].write(&grid));
    }

    #[test]
    fn brackets_never_lose_the_side(
        insurance in prop::sample::select(vec![("养老", "pension"), ("基本养老保险", "pension"), ("医疗保险", "medical"), ("职工基本医疗保险", "medical"), ("失业", "unemployment"), ("失业保险费", "unemployment")]),
        side in prop::sample::select(vec![("单位", "employer"), ("企业", "employer"), ("公司", "employer"), ("个人", "employee"), ("单位部分", "employer"), ("个人缴纳", "employee")]),
        brackets in prop::sample::select(vec![("(", ")"), ("（", "）"), ("", ""), ("\n", ""), ("　", " "), ("[", "]"), ("【", "】")]),
        ending in prop::sample::select(vec!["", "(元)", "金额", "应缴费额(元)", " *", "8%"]),
    ) {
        let heading = format!("{}{}{}{}{ending}", insurance.0, brackets.0, side.0, brackets.1);
        let mut grid = Grid::default();
        grid.push_texts(&["姓名", "身份证号", &heading]);
        grid.push_texts(&["丛一禾", "371003199005129968", "480"]);
        let opened = open_input("file", Box::new(Cursor::new(Container::Xlsx.write(&grid))), None).unwrap();
        let wanted = Wanted { sheet: None, encoding: None, mapping: &[], insurances: BOOK.insurances(), layout: None };
        let table = PayrollTable::of_opened("file", opened, wanted).unwrap();
        let meaning = table.reading.columns.meanings()[2].as_ref().map(|(meaning, _)| meaning.code());
        prop_assert_eq!(meaning, Some(format!("{}_{}", insurance.1, side.1)), "{}", heading);
    }
}

/// Parts of headings as they are met in practice.
const WORDS: [&str; 40] = [
    "姓名",
    "身份证号",
    "证件号码",
    "养老",
    "养老保险",
    "基本养老保险费",
    "医疗",
    "职工基本医疗保险",
    "失业",
    "失业保险",
    "工伤",
    "生育",
    "单位",
    "个人",
    "企业",
    "公司",
    "部分",
    "缴纳",
    "应缴费额",
    "(元)",
    "合计",
    "小计",
    "费款所属期",
    "对应费款所属期",
    "缴费基数",
    "缴费工资",
    "应发工资",
    "实发工资",
    "公积金",
    "年金",
    "大病",
    "险种",
    "征收品目",
    "序号",
    "备注",
    "2025-05",
    "费率",
    "缴费人数",
    "",
    "缴费类型",
];

/// Runs `check` on bytes in a file of this name.
fn checked(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), name, bytes);
    let ran = run(&["check", &path, "-o", folder.path().join("out.xlsx").to_str().unwrap()]);
    assert_eq!(ran.status, Some(2), "{name}: {}", ran.err);
    // Nothing is left behind.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{name}");
    ran.err
}

#[test]
fn what_is_no_payroll_is_refused_with_the_reason() {
    let encrypted = {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/EncryptedPackage").unwrap().write_all(&[7; 5000]).unwrap();
        file.create_stream("/EncryptionInfo").unwrap().write_all(&[4, 0, 4, 0]).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    };
    let whole = Container::Xlsx.write(&payroll());
    let document = zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")]);
    for (name, bytes, code) in [
        ("工资表.xlsx", encrypted.as_slice(), "encrypted-workbook"),
        ("空.xlsx", b"", "empty-file"),
        ("~$工资表.xlsx", b"\x06Weihai", "lock-file"),
        (".~lock.工资表.xlsx#", b",clerk,host", "lock-file"),
        ("半.xlsx", &whole[..whole.len() / 2], "broken-workbook"),
        ("信.xlsx", &document, "not-a-workbook"),
        ("包.xlsx", &zipped(&[("a.txt", "x")]), "not-a-workbook"),
    ] {
        let said = checked(name, bytes);
        assert!(said.contains(&format!("[{code}]")), "{name}: {said}");
    }
}

#[test]
fn small_files_that_unpack_to_large_ones_are_refused() {
    let head = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    // One text of 64 MiB; elements one in the other; a row in the last line there is and beyond it; columns
    // beyond the last there is.
    let text = format!(
        "{head}<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData></worksheet>",
        "A".repeat(64 << 20)
    );
    let deep = format!("{head}<row r=\"1\">{}", "<c>".repeat(100_000));
    let far = format!("{head}<row r=\"99999999999\"><c><v>1</v></c></row></sheetData></worksheet>");
    let wide = format!("{head}<row r=\"1\"><c r=\"AAAAAAA1\"><v>1</v></c></row></sheetData></worksheet>");
    for (name, sheet) in [("text", text), ("deep", deep), ("far", far), ("wide", wide)] {
        let bytes = xlsx_of(&sheet);
        assert!(bytes.len() < 1 << 20, "{name}");
        let faults = read(bytes).unwrap_err();
        assert!(["broken-workbook", "too-many-columns", "record-too-long"].contains(&faults[0]), "{name}: {faults:?}");
    }
}

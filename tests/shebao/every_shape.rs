//! One made-up payroll in every shape, container, encoding and oddity: the same faults are found in each.
//!
//! Four amounts are spoilt, and nothing but these four may be found, whatever the file looks like.
#![allow(clippy::wildcard_enum_match_arm, reason = "an oddity touches one part of a table")]

use std::collections::BTreeSet;

use crate::support::grid::{Cell, Container, Grid, GridRow};
use crate::support::people::{PEOPLE, SHARES};
use crate::support::{self, run};
use shebao::files::Encoding;

/// The spoilt amounts: whose, which share, what stands there.
const SPOILT: [(usize, usize, &str); 4] = [(1, 4, "45.74"), (2, 1, "360.33"), (3, 5, "67.50"), (4, 0, "1600.00")];

/// What a person declares for a share.
fn declared(person: usize, share: usize) -> &'static str {
    let spoilt = SPOILT.iter().find(|(whose, which, _)| (*whose, *which) == (person, share));
    spoilt.map_or(PEOPLE[person].3[share], |(_, _, amount)| amount)
}

/// A finding: whose, insurance, side, declared, due.
type Found = BTreeSet<[String; 5]>;

/// The findings that are expected of these shares.
fn expected(shares: &[usize]) -> Found {
    let spoilt = SPOILT.iter().filter(|(_, share, _)| shares.contains(share));
    let finding = |(person, share, amount): &(usize, usize, &str)| {
        let (insurance, side) = SHARES[*share];
        [PEOPLE[*person].1, insurance, side, amount, PEOPLE[*person].3[*share]].map(str::to_owned)
    };
    spoilt.map(finding).collect()
}

/// What a share is called.
type Naming = fn(usize) -> String;

/// How a table is laid out.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// One heading row; how the shares are called.
    Wide(Naming),
    /// Insurances above, sides below; whether the employee comes first.
    TwoRows(bool),
    /// A scheme above both, rates inside the headings.
    ThreeRows,
    /// A row for each share.
    Long,
    /// A row for each insurance.
    LongBothSides,
    /// Unemployment, which only the title says.
    SingleTitle,
    /// The employer's unemployment, which only the file's name says.
    SingleName,
}

const SHORT: [&str; 4] = ["养老", "医疗", "失业", "工伤"];
const FULL: [&str; 4] = ["基本养老保险", "基本医疗保险", "失业保险", "工伤保险"];

/// The place of a share's insurance in the lists above, and whether it is the employer's.
fn of(share: usize) -> (usize, bool) {
    (share / 2, share.is_multiple_of(2))
}

fn plain(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}{}", SHORT[at], if employer { "单位" } else { "个人" })
}
fn brackets(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}保险({})", SHORT[at], if employer { "单位" } else { "个人" })
}
fn wide_brackets(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}（{}）", FULL[at], if employer { "单位" } else { "个人" })
}
fn side_first(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}{}", if employer { "企业" } else { "个人" }, SHORT[at])
}
fn bureau(share: usize) -> String {
    let (at, employer) = of(share);
    let side = if employer { "单位缴纳" } else { "个人缴纳" };
    match at {
        0 | 1 => format!("职工{}({side})应缴费额(元)", FULL[at]),
        2 => format!("{}({side})应缴费额(元)", FULL[at]),
        _ => format!("{}应缴费额(元)", FULL[at]),
    }
}
fn company(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}保险{}部分", SHORT[at], if employer { "公司" } else { "个人" })
}
fn paid(share: usize) -> String {
    let (at, employer) = of(share);
    format!("{}保险{}缴纳金额", SHORT[at], if employer { "单位" } else { "个人" })
}
fn starred(share: usize) -> String {
    let (at, employer) = of(share);
    format!("*{}\n{}　", SHORT[at], if employer { "单 位" } else { "个\u{A0}人" })
}
fn with_rates(share: usize) -> String {
    const RATES: [&str; 7] = ["16%", "8%", "8%", "2%", "0.7%", "0.3%", "0.16%"];
    format!("{}{}", plain(share), RATES[share])
}
fn codes(share: usize) -> String {
    format!("{}_{}", SHARES[share].0, SHARES[share].1)
}

/// Something that a file of practice has besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Oddity {
    None,
    TitleAndLabel,
    MonthInFileName,
    MonthAsked,
    Thousands,
    CurrencySigns,
    FullWidthDigits,
    Apostrophes,
    TabsBeforeNumbers,
    LowerCaseX,
    AllText,
    TotalsAndSignatures,
    SampleRow,
    HiddenRows,
    OtherColumns,
    BlankFirstColumn,
    BlankRows,
    HeadingsAgain,
    Month(&'static str, bool),
}

/// An amount as a file writes it.
fn amount(text: &str, oddity: Oddity) -> Cell {
    match oddity {
        Oddity::Thousands => Cell::Text(grouped(text)),
        Oddity::CurrencySigns => {
            Cell::Text(if text.len().is_multiple_of(2) { format!("¥{text}") } else { format!("{text}元") })
        }
        Oddity::FullWidthDigits => {
            let wide = |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
            Cell::Text(text.chars().map(wide).collect())
        }
        Oddity::AllText => Cell::text(text),
        // As a spreadsheet keeps it: without zeros at the end.
        _ => Cell::Number(text.trim_end_matches('0').trim_end_matches('.').to_owned()),
    }
}

fn grouped(text: &str) -> String {
    let (whole, decimals) = text.split_once('.').unwrap();
    let split = whole.len().saturating_sub(3);
    if split == 0 { text.to_owned() } else { format!("{},{}.{decimals}", &whole[..split], &whole[split..]) }
}

fn identity(number: &str, oddity: Oddity) -> Cell {
    Cell::Text(match oddity {
        Oddity::Apostrophes => format!("'{number}"),
        Oddity::TabsBeforeNumbers => format!("\t{number}"),
        Oddity::LowerCaseX => number.to_lowercase(),
        _ => number.to_owned(),
    })
}

/// The months as a file writes them.
fn month(oddity: Oddity) -> Option<Cell> {
    match oddity {
        Oddity::TitleAndLabel | Oddity::MonthInFileName | Oddity::MonthAsked => None,
        Oddity::Month(text, true) => Some(Cell::Number(text.to_owned())),
        Oddity::Month(text, false) => Some(Cell::text(text)),
        _ => Some(Cell::text("2025-05")),
    }
}

/// A table, the name of its file, and the shares in it.
struct Rendered {
    grid: Grid,
    stem: &'static str,
    shares: Vec<usize>,
}

#[expect(clippy::too_many_lines, reason = "one shape after the other")]
fn render(shape: Shape, oddity: Oddity) -> Rendered {
    let mut grid = Grid::default();
    let month_heading = "费款所属期";
    let stem = match (shape, oddity) {
        (Shape::SingleName, _) => "2025-05——失业保险（单位缴纳部分）职工明细",
        (_, Oddity::MonthInFileName) => "工资表_2025年5月",
        _ => "社保明细",
    };
    let shares: Vec<usize> = match shape {
        Shape::SingleTitle => vec![4, 5],
        Shape::SingleName => vec![4],
        Shape::TwoRows(true) => vec![1, 0, 3, 2, 5, 4, 6],
        _ => (0..7).collect(),
    };
    if oddity == Oddity::HiddenRows {
        let texts = ["CARD_ID", "姓名", "身份证号", "缴费基数", "养老个人", "养老单位"];
        grid.push_texts(&texts);
        grid.rows[0].hidden = true;
    }
    if matches!(shape, Shape::SingleTitle) {
        grid.push_texts(&["失业保险人员缴费信息列表"]);
    }
    if oddity == Oddity::TitleAndLabel {
        grid.push_texts(&["职工社会保险缴费明细"]);
        grid.push_texts(&["费款所属期", "2025-05", "", "单位：元"]);
    }
    let with_month = month(oddity).is_some() && !matches!(shape, Shape::SingleName);
    let lead = |id: &str, base: &str| -> Vec<String> {
        let mut lead = vec!["姓名".to_owned(), id.to_owned()];
        lead.extend(with_month.then(|| month_heading.to_owned()));
        lead.push(base.to_owned());
        lead
    };
    let texts = |list: Vec<String>| list.iter().map(|text| Cell::text(text)).collect::<Vec<_>>();
    let first_heading = grid.rows.len();
    match shape {
        Shape::Wide(name) => {
            let mut headings = lead("身份证号", "缴费基数");
            headings.extend(shares.iter().map(|share| name(*share)));
            grid.push(texts(headings));
        }
        Shape::TwoRows(_) | Shape::ThreeRows => {
            let mut above = lead("证件号码", "缴费基数");
            let (mut below, mut scheme) = (vec![String::new(); above.len()], vec![String::new(); above.len()]);
            let mut last = None;
            for share in &shares {
                let (at, employer) = of(*share);
                scheme.push(if last.is_none() { "社会保险".to_owned() } else { String::new() });
                above.push(if last == Some(at) { String::new() } else { format!("{}费", FULL[at]) });
                below.push(if employer { "单位部分" } else { "个 人\n部分" }.to_owned());
                last = Some(at);
            }
            if matches!(shape, Shape::ThreeRows) {
                grid.push(texts(scheme));
            }
            grid.push(texts(above));
            grid.push(texts(below));
        }
        Shape::Long => {
            let mut headings = lead("身份证件号码", "缴费基数");
            headings.extend(["参保费种", "征收品目", "费率", "本期应缴费额"].map(str::to_owned));
            grid.push(texts(headings));
        }
        Shape::LongBothSides => {
            let mut headings = lead("身份证", "人员缴费基数");
            headings.extend(["险种", "单位应缴金额", "个人应缴金额"].map(str::to_owned));
            grid.push(texts(headings));
        }
        Shape::SingleTitle => {
            let mut headings = lead("身份证号", "个人缴费基数总额");
            headings.extend(["单位应缴金额", "个人缴费金额"].map(str::to_owned));
            grid.push(texts(headings));
        }
        Shape::SingleName => {
            let mut headings = lead("证件号码", "缴费基数");
            headings.extend(["费率", "应缴费额(元)"].map(str::to_owned));
            grid.push(texts(headings));
        }
    }
    let first_person = grid.rows.len();
    for (person, (name, number, base, _)) in PEOPLE.iter().enumerate() {
        let row = |amounts: Vec<Cell>| {
            let mut row = vec![Cell::text(name), identity(number, oddity)];
            row.extend(month(oddity).filter(|_| with_month));
            row.push(amount(base, oddity));
            row.extend(amounts);
            row
        };
        let share = |share: usize| amount(declared(person, share), oddity);
        match shape {
            Shape::Wide(_) | Shape::TwoRows(_) | Shape::ThreeRows | Shape::SingleTitle => {
                grid.push(row(shares.iter().map(|at| share(*at)).collect()));
            }
            Shape::SingleName => grid.push(row(vec![Cell::text("0.7%"), share(4)])),
            Shape::Long => {
                for at in &shares {
                    let (insurance, employer) = of(*at);
                    let side = if employer { "单位缴纳部分" } else { "个人缴纳部分" };
                    grid.push(row(vec![Cell::text(FULL[insurance]), Cell::text(side), Cell::text(""), share(*at)]));
                }
            }
            Shape::LongBothSides => {
                for (at, insurance) in FULL.iter().enumerate() {
                    let employee = if at == 3 { Cell::text("") } else { share(2 * at + 1) };
                    grid.push(row(vec![Cell::text(insurance), share(2 * at), employee]));
                }
            }
        }
    }
    disturb(&mut grid, oddity, (first_heading, first_person));
    Rendered { grid, stem, shares }
}

/// Puts rows and columns into a table that belong to nobody.
fn disturb(grid: &mut Grid, oddity: Oddity, (first_heading, first_person): (usize, usize)) {
    let row = |texts: &[&str]| GridRow { cells: texts.iter().map(|text| Cell::text(text)).collect(), hidden: false };
    match oddity {
        Oddity::TotalsAndSignatures => {
            let width = grid.rows[first_person].cells.len();
            grid.rows.insert(first_person + 2, row(&["在职人员"]));
            let mut total = vec![Cell::text(""); width];
            total[0] = Cell::text("合    计");
            grid.push(total);
            grid.push_texts(&[""]);
            grid.push_texts(&["批准：", "", "制表：", ""]);
            grid.push_texts(&["备注：本表由系统生成"]);
        }
        Oddity::SampleRow => {
            let mut sample = grid.rows[first_person].clone();
            sample.cells[0] = Cell::text("例：张三");
            grid.rows.insert(first_person, sample);
        }
        Oddity::HiddenRows => {
            let mut hidden = grid.rows[first_person].clone();
            hidden.hidden = true;
            let last = hidden.cells.len() - 1;
            hidden.cells[last] = Cell::Number("1".to_owned());
            grid.rows.insert(first_person + 1, hidden);
        }
        Oddity::BlankRows => {
            grid.rows.insert(first_person + 1, row(&[""]));
            grid.rows.insert(first_person, row(&["", ""]));
            grid.rows.insert(first_heading, row(&[""]));
        }
        Oddity::HeadingsAgain => {
            let again = grid.rows[first_heading..first_person].to_vec();
            for heading in again.into_iter().rev() {
                grid.rows.insert(first_person + 2, heading);
            }
        }
        Oddity::BlankFirstColumn => {
            for row in &mut grid.rows {
                row.cells.insert(0, Cell::text(""));
            }
        }
        Oddity::OtherColumns => {
            let others = ["公积金(单位)", "个人所得税", "企业年金", "累计个人养老金", "大额医疗个人", "备注"];
            for (at, row) in grid.rows.iter_mut().enumerate() {
                let cells = others.iter().map(|other| match (at == first_heading, *other) {
                    (true, other) => Cell::text(other),
                    (false, _) if at < first_person => Cell::text(""),
                    (false, "备注") => Cell::text("新增,转入"),
                    (false, _) => Cell::Number("12.3".to_owned()),
                });
                row.cells.extend(cells);
            }
        }
        _ => {}
    }
}

/// Renders, checks and compares one file; what is wrong with it.
fn fault_of(shape: Shape, container: Container, oddity: Oddity) -> Option<String> {
    let Rendered { grid, stem, shares } = render(shape, oddity);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{stem}.{}", container.ending()));
    let findings = folder.path().join("findings.csv");
    support::write(&path, &container.write(&grid));
    let mut flags = vec!["check", path.to_str().unwrap(), "--injury-class", "1", "--result-only"];
    flags.extend(["--only", "pension,medical,unemployment,injury", "--findings", findings.to_str().unwrap()]);
    if oddity == Oddity::MonthAsked {
        flags.extend(["--month", "2025-05"]);
    }
    if matches!(shape, Shape::SingleTitle | Shape::SingleName) {
        flags.retain(|flag| !flag.starts_with("pension,") && *flag != "--only");
    }
    let ran = run(&flags);
    let what = format!("{shape:?} in {container:?} with {oddity:?}");
    if ran.status != Some(1) {
        return Some(format!("{what}: ended with {:?}\n{}{}", ran.status, ran.err, ran.out));
    }
    let rows = support::csv_rows(&std::fs::read(&findings).unwrap());
    let found: Found = rows[1..]
        .iter()
        .map(|row| [row[3].to_uppercase(), row[6].clone(), row[7].clone(), row[8].clone(), row[9].clone()])
        .collect();
    let wrong = found != expected(&shares) || found.len() != rows.len() - 1 || !ran.err.contains(" 0 error");
    let months = rows[1..].iter().any(|row| row[4] != "2025-05");
    (wrong || months).then(|| format!("{what}: {found:?}\n{}", ran.err))
}

/// Every combination at once: what is wrong with any of them.
fn assert_all(combinations: impl Iterator<Item = (Shape, Container, Oddity)>, at_least: usize) {
    let combinations: Vec<_> = combinations.collect();
    assert!(combinations.len() >= at_least, "{}", combinations.len());
    let faults: Vec<String> =
        combinations.into_iter().filter_map(|(shape, container, oddity)| fault_of(shape, container, oddity)).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.iter().take(12).cloned().collect::<Vec<_>>().join("\n\n")
    );
}

const WIDE: [Shape; 10] = [
    Shape::Wide(plain),
    Shape::Wide(brackets),
    Shape::Wide(wide_brackets),
    Shape::Wide(side_first),
    Shape::Wide(bureau),
    Shape::Wide(company),
    Shape::Wide(paid),
    Shape::Wide(starred),
    Shape::Wide(with_rates),
    Shape::Wide(codes),
];

const OTHERS: [Shape; 7] = [
    Shape::TwoRows(false),
    Shape::TwoRows(true),
    Shape::ThreeRows,
    Shape::Long,
    Shape::LongBothSides,
    Shape::SingleTitle,
    Shape::SingleName,
];

#[test]
fn wide_tables_in_every_container() {
    let all = WIDE.into_iter().flat_map(|shape| Container::ALL.map(|container| (shape, container, Oddity::None)));
    assert_all(all, 130);
}

#[test]
fn every_other_shape_in_every_container() {
    let all = OTHERS.into_iter().flat_map(|shape| Container::ALL.map(|container| (shape, container, Oddity::None)));
    assert_all(all, 91);
}

/// Every oddity that is not about how a month is written.
const ODDITIES: [Oddity; 17] = [
    Oddity::TitleAndLabel,
    Oddity::MonthInFileName,
    Oddity::MonthAsked,
    Oddity::Thousands,
    Oddity::CurrencySigns,
    Oddity::FullWidthDigits,
    Oddity::Apostrophes,
    Oddity::TabsBeforeNumbers,
    Oddity::LowerCaseX,
    Oddity::AllText,
    Oddity::TotalsAndSignatures,
    Oddity::SampleRow,
    Oddity::HiddenRows,
    Oddity::OtherColumns,
    Oddity::BlankFirstColumn,
    Oddity::BlankRows,
    Oddity::HeadingsAgain,
];

fn odd(shape: Shape) -> impl Iterator<Item = (Shape, Container, Oddity)> {
    let all = ODDITIES.into_iter().flat_map(move |oddity| Container::ALL.map(|container| (shape, container, oddity)));
    all.filter(|(_, container, oddity)| *oddity != Oddity::HiddenRows || container.hides())
}

#[test]
fn every_oddity_in_wide_tables() {
    assert_all(odd(Shape::Wide(brackets)), 210);
}

#[test]
fn every_oddity_under_two_heading_rows() {
    assert_all(odd(Shape::TwoRows(true)), 210);
}

#[test]
fn every_oddity_in_long_tables() {
    assert_all(odd(Shape::Long), 210);
}

#[test]
fn months_in_every_form() {
    const FORMS: [(&str, bool); 12] = [
        ("202505", true),
        ("202505", false),
        ("2025.05", false),
        ("2025年5月", false),
        ("2025年05月", false),
        ("2025/5", false),
        ("2025-05-01", false),
        ("2025/5/1", false),
        ("2025.5.1", false),
        ("20250501", false),
        // 45778 days after the 30th of December 1899: the 1st of May 2025.
        ("45778", true),
        ("２０２５年５月", false),
    ];
    let containers =
        [Container::Csv(Encoding::Utf8, false), Container::Xlsx, Container::Xls, Container::Ods, Container::Xml2003];
    let all = FORMS.into_iter().flat_map(|(text, number)| {
        containers.map(|container| (Shape::Wide(plain), container, Oddity::Month(text, number)))
    });
    assert_all(all, 60);
}

#[test]
fn declared_wages_and_bases_in_every_container() {
    // A wage of 3200.00 is held to 4504.00 and one of 30000.00 to 22518.00; both were declared as they are.
    let mut grid = Grid::default();
    grid.push_texts(&["姓名", "证件号码", "费款所属期", "缴费工资", "缴费基数"]);
    let wages = [("6000.00", "6000.00"), ("3200.00", "3200.00"), ("4000.00", "4504.00"), ("30000.00", "30000.00")];
    for ((name, number, ..), (wage, base)) in PEOPLE.iter().zip(wages) {
        grid.push(vec![
            Cell::text(name),
            Cell::text(number),
            Cell::text("2025-05"),
            amount(wage, Oddity::None),
            amount(base, Oddity::None),
        ]);
    }
    for container in Container::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("工资申报.{}", container.ending()));
        let findings = folder.path().join("findings.csv");
        support::write(&path, &container.write(&grid));
        let ran = run(&["check", path.to_str().unwrap(), "--result-only", "--findings", findings.to_str().unwrap()]);
        assert_eq!(ran.status, Some(1), "{container:?}: {}", ran.err);
        let rows = support::csv_rows(&std::fs::read(&findings).unwrap());
        let found: Vec<[&str; 4]> = rows[1..].iter().map(|row| [3, 7, 8, 9].map(|at| row[at].as_str())).collect();
        let expected = [[PEOPLE[1].1, "base", "3200.00", "4504.00"], [PEOPLE[3].1, "base", "30000.00", "22518.00"]];
        assert_eq!(found, expected, "{container:?}");
    }
}

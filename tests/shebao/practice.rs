//! Whole heading rows of practice, column by column: tax bureau, agencies, employers, outsourcers. In each, one
//! share of one person is spoilt, and it alone may be found.

use crate::support::grid::{Cell, Container, Grid};
use crate::support::people::{PEOPLE, SHARES};
use crate::support::{self, run};

/// A table of practice. What stands in each column is said below its heading: `n` a name, `d` an identity
/// number, `b` a base, `0` to `6` a share, `=text` that text, nothing a blank.
struct Practice {
    file: &'static str,
    above: &'static [&'static str],
    headings: &'static [&'static str],
    columns: &'static str,
    /// The person and the share that are spoilt, and the amount that stands there instead.
    spoilt: (usize, usize, &'static str),
}

const TABLES: [Practice; 10] = [
    Practice {
        file: "单位社保费明细.xlsx",
        above: &[],
        headings: &[
            "||||||基本医疗保险费||||企业职工基本养老保险费||失业保险费||工伤保险费",
            "序号|姓名|证件类型|证件号码|费款所属期起|费款所属期止|职工基本医疗保险(单位缴纳)应缴费额(元)|职工基本医疗保险(个人缴纳)应缴费额(元)|职工大额医疗互助保险(单位缴纳)应缴费额(元)|职工大额医疗互助保险(个人缴纳)应缴费额(元)|职工基本养老保险(单位缴纳)应缴费额(元)|职工基本养老保险(个人缴纳)应缴费额(元)|失业保险(单位缴纳)应缴费额(元)|失业保险(个人缴纳)应缴费额(元)|工伤保险应缴费额(元)",
        ],
        columns: "=1|n|=居民身份证|d|=2025-05-01|=2025-05-31|2|3|=5|=5|0|1|4|5|6",
        spoilt: (4, 2, "711.12"),
    },
    Practice {
        file: "2025-05——工伤保险（单位缴纳部分）职工明细.xlsx",
        above: &[],
        headings: &["姓名|证件号码|缴费基数|费率|应缴费额(元)"],
        columns: "n|d|b|=0.16%|6",
        spoilt: (0, 6, "9.61"),
    },
    Practice {
        file: "供应商费用表.xlsx",
        above: &[],
        headings: &[
            " 公司编码|分公司|客户编码|客户名称|序号|姓名|身份证号|保险缴纳地|缴费类型|缴费区间|养老保险缴费基数|养老缴纳月数|养老保险单位|养老保险个人|失业缴费区间|失业缴纳月数|失业缴费基数|失业单位|失业个人|工伤缴费区间|工伤缴纳月数|工伤缴费基数|工伤单位|医疗缴费区间|医疗缴纳月数|医疗缴费基数|医疗单位|医疗个人|医疗大额医疗单位|医疗大额医疗个人|医疗生育保险单位|公积金缴费区间|公积金缴纳月数|公积金缴费基数|公积金单位|公积金个人|工本费|服务费",
        ],
        columns: "||||=1|n|d|=威海|=正常|=202505-202505|b|=1|0|1|=202505-202505|=1|b|4|5|=202505-202505|=1|b|6|=202505-202505|=1|b|2|3|=0|=0|=0||||||=0|=30",
        spoilt: (1, 3, "130.71"),
    },
    Practice {
        file: "代理单位费用明细.xlsx",
        above: &["2025年05月代理单位费用明细", "客户名称：|某公司||社保期间：202505||批次号：1"],
        headings: &[
            "序号|姓名|身份证号|供应商|缴费类型|保险缴纳地|养老保险\n      ||||失业保险||||工伤保险\n|||医疗保险 \n||||大病\n||生育保险|工\n本\n费",
            "||||||缴费区间|缴费\n基数|企业|个人|缴费区间|缴费\n基数|企业|个人|缴费区间|缴费\n基数|企业|缴费区间|缴费\n基数|企业|个人|单位|个人|单位|",
        ],
        columns: "=1|n|d||=正常|=威海|=202505-202505|b|0|1|=202505-202505|b|4|5|=202505-202505|b|6|=202505-202505|b|2|3|=0|=0|=0|=0",
        spoilt: (4, 4, "62.23"),
    },
    Practice {
        file: "社保支出导入.xlsx",
        above: &[],
        headings: &[
            "序号|姓名|身份证号|社保局身份证号|供应商|保险缴纳地|养老缴纳社保月|养老缴费基数|养老企业|养老个人|养老工本费|失业缴纳社保月|失业缴费基数|失业企业|失业个人|工伤缴纳社保月|工伤缴费基数|工伤企业|医疗缴纳社保月|医疗缴费基数|医疗企业|医疗个人|医疗工本费|大病企业|大病个人|生育企业",
        ],
        columns: "=1|n|d|d||=威海|=202505|b|0|1|=0|=202505|b|4|5|=202505|b|6|=202505|b|2|3|=0|=0|=0|=0",
        spoilt: (0, 1, "408.00"),
    },
    Practice {
        file: "缴费导入.csv",
        above: &[],
        headings: &[
            "社保缴纳地|身份证号|社保编号|员工姓名|社保缴纳月份|养老基数|养老单位缴费|养老个人缴费|个人补缴利息|单位补缴利息|失业基数|失业单位缴费|失业个人缴费|医保基数|医保单位缴费|医保个人缴费|单位医疗救助金|工伤基数|工伤缴费|生育基数|生育缴费|个人医疗救助金|总金额|社保生成月份",
        ],
        columns: "=威海|d|=1|n|=202505|b|0|1|=0|=0|b|4|5|b|2|3|=0|b|6|b|=0|=0||=202506",
        spoilt: (1, 2, "522.08"),
    },
    Practice {
        file: "两级.xlsx",
        above: &[],
        headings: &[
            "公司名称|姓名|身份证号|养老保险||||||失业保险||||||工伤保险|||",
            "|||社保基数|参保月份|单位比例|单位缴纳金额|个人比例|个人缴纳金额|社保基数|参保月份|单位比例|单位缴纳金额|个人比例|个人缴纳金额|社保基数|参保月份|单位比例|单位缴纳金额",
        ],
        columns: "=某公司|n|d|b|=2025-05|=16%|0|=8%|1|b|=2025-05|=0.7%|4|=0.3%|5|b|=2025-05|=0.16%|6",
        spoilt: (0, 5, "18.10"),
    },
    Practice {
        file: "工资表.xlsx",
        above: &["2025年工资发放表", "编制单位：某公司|||所属月份：|5月份||发放日期：|2025-06-10||金额单位：元"],
        headings: &[
            "序号|姓名|应发工资||应扣部分（单位/个人承担社会保险）|||||||代扣款项|||签名|社保基数",
            "||基本工资|小计|养老保险||医疗保险||失业保险||工伤保险|住房公积金||个人所得税||",
            "||||单位16%|个人8%|单位8%|个人2%|单位0.7%|个人0.3%|单位0.16%|单位5%|个人5%|||",
        ],
        columns: "=1|n|b|b|0|1|2|3|4|5|6|=300|=300|=0||b",
        spoilt: (4, 0, "1422.20"),
    },
    Practice {
        file: "工资表.csv",
        above: &["工资月份：|2025年05月"],
        headings: &[
            "姓名|身份证号|应发工资|养老个人|养老单位|医疗个人|医疗单位|失业个人|失业单位|生育单位|工伤单位|公积金个人|公积金单位|子女教育|说明|核单人",
        ],
        columns: "n|d|b|1|0|3|2|5|4|=0|6|=300|=300|=1000||",
        spoilt: (1, 6, "10.47"),
    },
    Practice {
        file: "日常申报明细表.xlsx",
        above: &["日常申报明细表", "费款所属期|2025-05"],
        headings: &[
            "序号|姓名|证件号码|基本养老保险（单位）||基本养老保险（个人）||基本医疗保险（单位）||地方补充医疗（单位）||基本医疗保险（个人）||失业保险（单位）||失业保险（个人）|",
            "|||费率|应缴费额|费率|应缴费额|费率|应缴费额|费率|应缴费额|费率|应缴费额|费率|应缴费额|费率|应缴费额",
        ],
        columns: "=1|n|d|=16%|0|=8%|1|=8%|2|=0|=0|=2%|3|=0.7%|4|=0.3%|5",
        spoilt: (0, 4, "42.01"),
    },
];

fn render(table: &Practice) -> Grid {
    let mut grid = Grid::default();
    for row in table.above.iter().chain(table.headings) {
        grid.push_texts(&row.split('|').collect::<Vec<_>>());
    }
    for (person, (name, number, base, shares)) in PEOPLE.iter().enumerate() {
        let share = |share: usize| {
            let (whose, which, instead) = table.spoilt;
            Cell::Number(if (person, share) == (whose, which) { instead } else { shares[share] }.to_owned())
        };
        let cell = |what: &str| match what {
            "n" => Cell::text(name),
            "d" => Cell::text(number),
            "b" => Cell::Number((*base).to_owned()),
            "" => Cell::text(""),
            what => what.strip_prefix('=').map_or_else(|| share(what.parse().unwrap()), Cell::text),
        };
        grid.push(table.columns.split('|').map(cell).collect());
    }
    grid
}

#[test]
fn heading_rows_of_practice_are_understood() {
    for table in &TABLES {
        let grid = render(table);
        let last = table.headings.last().unwrap();
        assert_eq!(last.split('|').count(), table.columns.split('|').count(), "{last}");
        let container = if table.file.ends_with("csv") { Container::ALL[2] } else { Container::Xlsx };
        let folder = tempfile::tempdir().unwrap();
        let (path, findings) = (folder.path().join(table.file), folder.path().join("findings.csv"));
        support::write(&path, &container.write(&grid));
        let flags = ["--injury-class", "1", "--result-only", "--findings", findings.to_str().unwrap()];
        let ran = run(&[&["check", path.to_str().unwrap()], &flags[..]].concat());
        assert_eq!(ran.status, Some(1), "{}: {}", table.file, ran.err);
        let rows = support::csv_rows(&std::fs::read(&findings).unwrap());
        let found: Vec<Vec<&str>> =
            rows[1..].iter().map(|row| [4, 6, 7, 8, 9].iter().map(|at| row[*at].as_str()).collect()).collect();
        let (person, share, instead) = table.spoilt;
        let (insurance, side) = SHARES[share];
        assert_eq!(
            found,
            [["2025-05", insurance, side, instead, PEOPLE[person].3[share]]],
            "{}: {}{}",
            table.file,
            ran.err,
            ran.out
        );
    }
}

#[test]
fn tables_without_persons_are_refused() {
    let mut grid = Grid::default();
    grid.push_texts(&[
        "险种类型",
        "单位缴费基数总额",
        "个人缴费基数总额",
        "单位应缴金额",
        "个人应缴金额",
        "应费款所属期",
        "缴费人数",
    ]);
    grid.push_texts(&["职工基本医疗保险", "48445.88", "48445.88", "3875.67", "968.92", "202505", "5"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("医疗应缴.xlsx");
    support::write(&path, &Container::Xlsx.write(&grid));
    let ran = run(&["check", path.to_str().unwrap()]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("[whole-employer]"), "{}", ran.err);
}

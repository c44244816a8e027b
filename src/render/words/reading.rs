//! How a file is understood, in words: what its columns mean and why, where its month comes from.

use super::names::{InBoth, Worded, in_lang, words_alone};
use crate::facts::Lang;
use crate::files::{Container, Encoding};
use crate::payroll::{AboveTable, BaseSource, FoundIn, LeftOut, PlainRole, Shape, Why};

words_alone! {
    /// Words of a reading that stand alone.
    pub enum ReadingWord {
        /// The heading of the numbers of columns.
        Column = "列", "Column";
        /// The heading of the headings.
        Heading = "表头", "Heading";
        /// The heading of what columns mean.
        Meaning = "含义", "Meaning";
        /// The heading of why they do.
        Why = "依据", "Based on";
        /// The heading of the numbers of rows.
        Row = "行", "Row";
        /// The heading of what rows are.
        What = "是什么", "What it is";
        /// The heading of what stands in them.
        Text = "内容", "Text";
        /// What is called a sum.
        Sum = "合计", "sum";
        /// A column whose side is not settled.
        Unsettled = "未定：单位还是个人？", "undecided: employer or employee?";
    }
}

impl Worded for Container {
    fn words(&self) -> InBoth {
        match self {
            Self::Csv => ("CSV", "CSV"),
            Self::Tsv => ("制表符分隔文本", "tab-separated text"),
            Self::Xlsx => ("xlsx 工作簿", "xlsx workbook"),
            Self::Xls => ("xls 工作簿", "xls workbook"),
            Self::Ods => ("ods 工作簿", "ods workbook"),
            Self::Html => ("网页表格", "HTML table"),
            Self::Xml2003 => ("XML 电子表格 2003", "XML Spreadsheet 2003"),
        }
    }
}

impl Worded for Shape {
    fn words(&self) -> InBoth {
        match self {
            Self::Wide => ("每人每月一行", "one row per person and month"),
            Self::Long => ("每人每险种每方一行", "one row per person, insurance and side"),
            Self::Single => ("单一险种", "one insurance"),
            Self::Declared => ("只申报工资或基数", "wages or bases only"),
        }
    }
}

impl Worded for FoundIn {
    fn words(&self) -> InBoth {
        match self {
            Self::Label(_) => ("表上方标签", "label above the table"),
            Self::Title(_) => ("标题", "title"),
            Self::SheetName => ("工作表名", "sheet name"),
            Self::FileName => ("文件名", "file name"),
            Self::Layout => ("版式文件", "layout file"),
        }
    }
}

impl Worded for MonthFrom {
    fn words(&self) -> InBoth {
        match self {
            Self::Given => ("--month", "--month"),
            Self::Column => ("列", "column"),
            Self::Found(found) => found.words(),
        }
    }
}

impl Worded for BaseSource {
    fn words(&self) -> InBoth {
        match self {
            Self::Wage => ("工资或申报基数", "wage or declared base"),
            Self::Income => ("当月收入", "income of the month"),
            Self::Shares => ("由各项金额推出", "inferred from the amounts"),
        }
    }
}

impl Worded for Why {
    fn words(&self) -> InBoth {
        match self {
            Self::Said => ("--column", "--column"),
            Self::Layout => ("版式文件", "layout file"),
            Self::Heading => ("表头", "heading"),
            Self::EmployerOnly => ("表头未分方；依法只由单位缴纳", "side not in the heading; by law the employer pays"),
            Self::WithholdingForm => (
                "表头未分方；扣缴客户端的表只有个人部分",
                "side not in the heading; this form holds employee amounts only",
            ),
            Self::NetPay => (
                "表头未分方；应发减这些列等于实发，是个人部分",
                "side not in the heading; gross pay less these columns is net pay",
            ),
            Self::Ratio => (
                "表头未分方；金额与这一方的费率逐行相合",
                "side not in the heading; the amounts match this side's rate row by row",
            ),
        }
    }
}

impl Worded for PlainRole {
    fn words(&self) -> InBoth {
        match self {
            Self::EmployeeId => ("证件号码", "identity number"),
            Self::Name => ("姓名", "name"),
            Self::Month => ("费款所属期", "month"),
            Self::FeeMonth => ("对应费款所属期", "month that the fee is for"),
            Self::MonthTo => ("费款所属期止", "last month of the period"),
            Self::Span => ("缴费区间", "period of months"),
            Self::Months => ("月数", "number of months"),
            Self::Wage => ("工资", "wage"),
            Self::Base => ("缴费基数", "contribution base"),
            Self::Insurance => ("险种", "insurance"),
            Self::Side => ("缴费方", "side"),
            Self::Amount => ("应缴费额", "amount"),
            Self::Kind => ("缴费类型", "type of entry"),
            Self::People => ("人数", "number of people"),
            Self::Birth => ("出生日期", "date of birth"),
            Self::Sex => ("性别", "sex"),
            Self::Account => ("个人账户", "personal account"),
            Self::Years => ("缴费年限", "years paid"),
            Self::Tier => ("缴费档次", "tier"),
            Self::Year => ("年度", "year"),
            Self::Category => ("人员类别", "group"),
            Self::Income => ("应发", "gross pay"),
            Self::Net => ("实发", "net pay"),
            Self::Rate => ("费率，不用", "rate, not used"),
            Self::LateFee => ("滞纳金、利息", "late fee, interest"),
            Self::Number => ("序号", "serial number"),
            Self::BillMonth => ("账单或结算月份，不用", "billing month, not used"),
        }
    }
}

impl Worded for LeftOut {
    fn words(&self) -> InBoth {
        match self {
            Self::HousingFund => ("住房公积金，不核对", "housing fund, not checked"),
            Self::Annuity => ("年金，不核对", "annuity, not checked"),
            Self::LargeMedical => ("大额、大病、补充医疗，不核对", "supplementary medical, not checked"),
            Self::PrivatePension => ("个人养老金、商业养老，不核对", "private pension, not checked"),
            Self::OtherScheme => ("其他制度或商业保险，不核对", "other scheme, not checked"),
            Self::Tax => ("个人所得税，不核对", "income tax, not checked"),
            Self::Beside => ("比例、编号等，不用", "rate, number or similar, not used"),
        }
    }
}

impl Worded for AboveTable {
    fn words(&self) -> InBoth {
        match self {
            Self::Title => ("标题", "title"),
            Self::Label => ("标签", "label"),
            Self::Hidden => ("隐藏", "hidden"),
            Self::Empty => ("空行", "empty"),
        }
    }
}

/// Where the month of the rows comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MonthFrom {
    /// The user gave it.
    Given,
    /// A column holds it.
    Column,
    /// Something around the table says it.
    Found(FoundIn),
}

impl MonthFrom {
    /// The code used in JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Column => "column",
            Self::Found(found) => found.code(),
        }
    }
}

/// What the two lines say of how a file is read.
#[derive(Clone, Debug)]
pub struct HowRead {
    /// The container.
    pub container: Container,
    /// The encoding of text.
    pub encoding: Option<Encoding>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The first and the last heading row.
    pub heading_rows: (u64, u64),
    /// The shape.
    pub shape: Shape,
    /// The insurance of all rows, and where it is named.
    pub insurance: Option<(String, FoundIn)>,
    /// Where the month comes from, with the month or the heading and the row.
    pub month: Option<(MonthFrom, String)>,
    /// What bases rest on.
    pub base_source: Option<BaseSource>,
    /// What is checked, in words.
    pub checked: Vec<String>,
    /// The sums that are checked.
    pub sums: Vec<String>,
    /// What is known and left out.
    pub left_out: Vec<String>,
}

/// How a file is read, in two lines.
pub(super) fn how_read(lang: Lang, how: &HowRead) -> String {
    let word = |words| in_lang(lang, words);
    let (container, encoding) = (word(how.container.words()), how.encoding.map(Encoding::code));
    let shape = word(how.shape.words());
    let named = how.insurance.as_ref().map(|(name, found)| (name, word(found.words())));
    let (first, last) = how.heading_rows;
    let month = how.month.as_ref().map(|(from, text)| (word(from.words()), text));
    let source = how.base_source.map(|source| word(source.words()));
    match lang {
        Lang::Chinese => {
            let mut parts = vec![[container].into_iter().chain(encoding).collect::<Vec<_>>().join(" ")];
            parts.extend(how.sheet.as_ref().map(|sheet| format!("工作表“{sheet}”")));
            parts.push(if first == last {
                format!("表头第 {last} 行")
            } else {
                format!("表头第 {first}–{last} 行")
            });
            parts.push(named.map_or_else(|| shape.to_owned(), |(name, from)| format!("{shape}：{name}，取自{from}")));
            parts.extend(month.map(|(source, text)| format!("月份取自{source}{text}")));
            parts.extend(source.map(|source| format!("基数：{source}")));
            let mut second = vec![how.checked.join("、")];
            second.extend((!how.sums.is_empty()).then(|| format!("合计 {}", how.sums.join("、"))));
            second.extend((!how.left_out.is_empty()).then(|| format!("不核对 {}", how.left_out.join("、"))));
            format!("读法：{}\n核对：{}", parts.join("，"), second.join("；"))
        }
        Lang::English => {
            let mut parts = vec![[container].into_iter().chain(encoding).collect::<Vec<_>>().join(", ")];
            parts.extend(how.sheet.as_ref().map(|sheet| format!("sheet “{sheet}”")));
            parts.push(if first == last {
                format!("headings in row {last}")
            } else {
                format!("headings in rows {first} to {last}")
            });
            parts.push(named.map_or_else(|| shape.to_owned(), |(name, from)| format!("{shape}: {name}, from {from}")));
            parts.extend(month.map(|(source, text)| format!("month from {source}{text}")));
            parts.extend(source.map(|source| format!("base source: {source}")));
            let mut second = vec![how.checked.join(", ")];
            second.extend((!how.sums.is_empty()).then(|| format!("sums: {}", how.sums.join(", "))));
            second.extend((!how.left_out.is_empty()).then(|| format!("not checked: {}", how.left_out.join(", "))));
            format!("read as: {}\nchecked: {}", parts.join("; "), second.join("; "))
        }
    }
}

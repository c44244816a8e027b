//! How a file is understood, in words: what its columns mean and why, where its month comes from.

use crate::facts::Lang;

/// Codes with their words: Chinese, English.
const WORDS: &[(&str, &str, &str)] = &[
    ("container.csv", "CSV", "CSV"),
    ("container.tsv", "制表符分隔文本", "tab-separated text"),
    ("container.xlsx", "xlsx 工作簿", "xlsx workbook"),
    ("container.xls", "xls 工作簿", "xls workbook"),
    ("container.ods", "ods 工作簿", "ods workbook"),
    ("container.html", "网页表格", "HTML table"),
    ("container.xml-2003", "XML 电子表格 2003", "XML Spreadsheet 2003"),
    ("shape.wide", "每人每月一行", "one row per person and month"),
    ("shape.long", "每人每险种每方一行", "one row per person, insurance and side"),
    ("shape.single", "单一险种", "one insurance"),
    ("shape.declared", "只申报工资或基数", "wages or bases only"),
    ("source.column", "列", "column"),
    ("source.label", "表上方标签", "label above the table"),
    ("source.title", "标题", "title"),
    ("source.sheet-name", "工作表名", "sheet name"),
    ("source.file-name", "文件名", "file name"),
    ("source.given", "--month", "--month"),
    ("source.asked", "--only", "--only"),
    ("base-source.wage", "工资或申报基数", "wage or declared base"),
    ("base-source.income", "当月收入", "income of the month"),
    ("base-source.shares", "由各项金额推出", "inferred from the amounts"),
    ("why.said", "--column", "--column"),
    ("why.layout", "版式文件", "layout file"),
    ("why.heading", "表头", "heading"),
    ("why.employer-only", "表头未分方；依法只由单位缴纳", "side not in the heading; by law the employer pays"),
    (
        "why.withholding-form",
        "表头未分方；扣缴客户端的表只有个人部分",
        "side not in the heading; this form holds employee amounts only",
    ),
    (
        "why.net-pay",
        "表头未分方；应发减这些列等于实发，是个人部分",
        "side not in the heading; gross pay less these columns is net pay",
    ),
    (
        "why.ratio",
        "表头未分方；金额与这一方的费率逐行相合",
        "side not in the heading; the amounts match this side's rate row by row",
    ),
    ("meaning.employee_id", "证件号码", "identity number"),
    ("meaning.name", "姓名", "name"),
    ("meaning.month", "费款所属期", "month"),
    ("meaning.bill_month", "账单或结算月份，不用", "billing month, not used"),
    ("meaning.month_to", "费款所属期止", "last month of the period"),
    ("meaning.span", "缴费区间", "period of months"),
    ("meaning.months", "月数", "number of months"),
    ("meaning.wage", "工资", "wage"),
    ("meaning.base", "缴费基数", "contribution base"),
    ("meaning.amount", "应缴费额", "amount"),
    ("meaning.sum", "合计", "sum"),
    ("meaning.insurance", "险种", "insurance"),
    ("meaning.side", "缴费方", "side"),
    ("meaning.kind", "缴费类型", "type of entry"),
    ("meaning.people", "人数", "number of people"),
    ("meaning.birth", "出生日期", "date of birth"),
    ("meaning.sex", "性别", "sex"),
    ("meaning.account", "个人账户", "personal account"),
    ("meaning.years", "缴费年限", "years paid"),
    ("meaning.tier", "缴费档次", "tier"),
    ("meaning.year", "年度", "year"),
    ("meaning.category", "人员类别", "group"),
    ("meaning.income", "应发", "gross pay"),
    ("meaning.net", "实发", "net pay"),
    ("meaning.rate", "费率，不用", "rate, not used"),
    ("meaning.late_fee", "滞纳金、利息", "late fee, interest"),
    ("meaning.number", "序号", "serial number"),
    ("meaning.unsettled", "未定：单位还是个人？", "undecided: employer or employee?"),
    ("left-out.housing_fund", "住房公积金，不核对", "housing fund, not checked"),
    ("left-out.annuity", "年金，不核对", "annuity, not checked"),
    ("left-out.large_medical", "大额、大病、补充医疗，不核对", "supplementary medical, not checked"),
    ("left-out.private_pension", "个人养老金、商业养老，不核对", "private pension, not checked"),
    ("left-out.other_scheme", "其他制度或商业保险，不核对", "other scheme, not checked"),
    ("left-out.tax", "个人所得税，不核对", "income tax, not checked"),
    ("left-out.beside", "比例、编号等，不用", "rate, number or similar, not used"),
    ("row.title", "标题", "title"),
    ("row.label", "标签", "label"),
    ("row.hidden", "隐藏", "hidden"),
    ("row.heading", "表头", "heading row"),
    ("row.empty", "空行", "empty"),
    ("row.total", "合计", "total"),
    ("row.sample", "样例", "sample"),
    ("row.section", "分段标题", "section"),
    ("row.signature", "签字或备注", "signatures or remarks"),
    ("sheet.empty", "空", "empty"),
    ("sheet.hidden", "隐藏", "hidden"),
    ("sheet.no-persons", "没有人员", "no people"),
    ("sheet.not-asked", "未选", "not selected"),
    ("label.column", "列", "Column"),
    ("label.heading", "表头", "Heading"),
    ("label.meaning", "含义", "Meaning"),
    ("label.why", "依据", "Based on"),
    ("label.row", "行", "Row"),
    ("label.what", "是什么", "What it is"),
    ("label.text", "内容", "Text"),
    ("label.sum", "合计列", "Sum"),
    ("label.parts", "由这些列相加", "Sum of"),
    ("label.unknown", "", ""),
];

/// What the two lines say of how a file is read.
#[derive(Clone, Debug, Default)]
pub struct HowRead {
    /// The code of the container.
    pub container: &'static str,
    /// The encoding of text.
    pub encoding: Option<&'static str>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The first and the last heading row.
    pub heading_rows: (u64, u64),
    /// The code of the shape.
    pub shape: &'static str,
    /// The insurance of all rows, and the code of where it is named.
    pub insurance: Option<(String, &'static str)>,
    /// Where the month comes from: its code, with the month or the heading and the row.
    pub month: Option<(&'static str, String)>,
    /// The code of what bases rest on.
    pub base_source: Option<&'static str>,
    /// What is checked, in words.
    pub checked: Vec<String>,
    /// The sums that are checked.
    pub sums: Vec<String>,
    /// What is known and left out.
    pub left_out: Vec<String>,
}

/// A code of the reading in words; empty where there is none.
pub(super) fn word(lang: Lang, code: &str) -> &'static str {
    let (_, zh, en) = WORDS.iter().find(|(known, ..)| *known == code).copied().unwrap_or_default();
    match lang {
        Lang::Chinese => zh,
        Lang::English => en,
    }
}

/// How a file is read, in two lines.
pub(super) fn how_read(lang: Lang, how: &HowRead) -> String {
    let word = |kind: &str, code: &str| word(lang, &format!("{kind}.{code}"));
    let container = word("container", how.container);
    let shape = word("shape", how.shape);
    let named = how.insurance.as_ref().map(|(name, source)| (name, word("source", source)));
    let (first, last) = how.heading_rows;
    let month = how.month.as_ref().map(|(source, text)| (word("source", source), text));
    let source = how.base_source.map(|source| word("base-source", source));
    match lang {
        Lang::Chinese => {
            let mut parts = vec![[container].into_iter().chain(how.encoding).collect::<Vec<_>>().join(" ")];
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
            let mut parts = vec![[container].into_iter().chain(how.encoding).collect::<Vec<_>>().join(", ")];
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

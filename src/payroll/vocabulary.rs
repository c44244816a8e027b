//! The words of headings, in one place: what columns are called in payroll files, by concept.
//!
//! Whole names are in [`headings`]; what joins an insurance, a side and a concept (养老保险(单位)应缴费额) is read
//! word by word by `heading`. Adding a heading is one word in one of these lists. All are written as
//! `heading::normal` leaves them: without blanks, brackets, units and marks.

use super::role::{LeftOut, PlainRole};
use crate::facts::EntryKind;

/// The headings that a plain role is read from, besides its code; the most usual ones first, as messages show them.
///
/// ```
/// use shebao::payroll::{PlainRole, headings};
/// // The column of the withholding agency's form (费款所属期).
/// assert!(headings(PlainRole::Month).contains(&"费款所属期"));
/// ```
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table of words")]
pub const fn headings(role: PlainRole) -> &'static [&'static str] {
    match role {
        PlainRole::EmployeeId => &[
            "证件号码",
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "社会保障号码",
            "身份证",
            "身份证件号码",
            "证照号码",
            "证件编号",
            "公民身份证号",
            "员工证件号",
            "纳税证照号码",
            "证件号",
            "社会保障号",
            "cardid",
            "idnumber",
        ],
        PlainRole::Name => &[
            "姓名",
            "员工姓名",
            "雇员姓名",
            "职工姓名",
            "个人名称",
            "纳税姓名",
            "员工",
            "姓名.简体中文",
            "人员姓名",
            "参保人姓名",
        ],
        PlainRole::Month => &[
            "费款所属期",
            "缴费月份",
            "月份",
            "费款所属期起",
            "费款所属日期起",
            "应费款所属期",
            "所属期间",
            "所属期",
            "缴费年月",
            "年月",
            "所属月份",
            "费用所属期",
            "参保月份",
            "社保缴纳月份",
            "社保期间",
            "工资月份",
            "费款所属日期",
            "账单月份",
            "账单期",
        ],
        PlainRole::FeeMonth => &["对应费款所属期", "对应所属期"],
        PlainRole::MonthTo => &["费款所属期止", "费款所属日期止"],
        PlainRole::Span => &["缴费区间", "缴费起止"],
        PlainRole::Months => &["缴费月数", "缴纳月数", "补缴月数"],
        PlainRole::Wage => &["工资", "月工资", "申报工资", "月平均工资", "缴费工资", "社保工资", "本人工资"],
        PlainRole::Base => {
            &["缴费基数", "申报基数", "社保基数", "基数", "人员缴费基数", "社保缴费基数", "社会保险缴费基数"]
        }
        PlainRole::Insurance => &["参保费种", "险种", "险种类型", "险种标志", "参保险种", "征收项目", "费种"],
        PlainRole::Side => &["征收品目", "征收子目", "缴费主体", "缴费方"],
        PlainRole::Amount => &["本期应缴费额", "本期实际应缴纳费额", "应缴费额", "应缴金额", "缴费金额", "缴费额"],
        PlainRole::Kind => &[
            "缴费类型",
            "业务类型",
            "缴费性质",
            "业务类别",
            "申报类型",
            "征缴类型",
            "款项性质",
            "补缴类型",
            "调整类型",
        ],
        PlainRole::People => &["人数", "缴费人数", "参保人数"],
        PlainRole::Birth => &["出生日期"],
        PlainRole::Sex => &["性别"],
        PlainRole::Account => &["个人账户", "个人账户储存额"],
        PlainRole::Years => &["缴费年限"],
        PlainRole::Tier => &["缴费档次", "档次"],
        PlainRole::Year => &["年度", "缴费年度", "年份"],
        PlainRole::Category => &["人员类别", "身份类别"],
        PlainRole::Income => &["本期收入", "应发工资", "应付工资", "应发合计", "税前工资", "应发工资合计", "合计应发"],
        PlainRole::Net => {
            &["实发工资", "实发合计", "本月实付工资", "实发金额", "实发", "税后", "工资实发合计", "实发工资合计"]
        }
        PlainRole::Rate => &[
            "费率",
            "缴费比例",
            "单位比例",
            "个人比例",
            "个人单位比例",
            "单位缴费比例或定额标准",
            "个人缴费比例或定额标准",
        ],
        PlainRole::LateFee => &["滞纳金", "利息", "滞纳金金额", "单位补缴滞纳金", "个人补缴利息", "单位补缴利息"],
        PlainRole::Number => &["序号"],
        // What a month column turns out to be where a better one stands beside it.
        PlainRole::BillMonth => &[],
    }
}

/// Other names of the insurances than those of the tables, by code.
pub(crate) const INSURANCES: &[(&str, &[&str])] = &[("medical", &["医保"]), ("pension", &["养老金"])];

/// Names of schemes that hold the word of a side without meaning it; what stands for them.
pub(crate) const SCHEMES: &[(&str, &str)] =
    &[("企业职工基本养老", "基本养老"), ("城镇企业职工", "职工"), ("企业职工", "职工"), ("用人单位", "单位")];

/// How the sides are written beside the name of an insurance: employer, employee.
pub(crate) const EMPLOYER: &[&str] = &["单位", "企业", "公司"];
/// See [`EMPLOYER`].
pub(crate) const EMPLOYEE: &[&str] = &["个人"];

/// What columns hold that belong to no check, by a word of their headings.
pub(crate) const fn left_out(what: LeftOut) -> &'static [&'static str] {
    match what {
        LeftOut::HousingFund => &["公积金", "缴存基数"],
        LeftOut::Annuity => &["年金"],
        LeftOut::LargeMedical => &["大病", "大额", "救助", "补充医疗", "医疗补助", "补充养老", "家属统筹"],
        LeftOut::PrivatePension => &["累计个人养老金", "商业养老", "税延养老"],
        LeftOut::OtherScheme => &["机关事业单位养老", "机关事业单位基本养老", "商业", "雇主责任", "残保金"],
        LeftOut::Tax => &["个税", "所得税", "税率", "应纳税", "应税"],
        // Read with the insurance and the side beside it: [`BESIDE`].
        LeftOut::Beside => &[],
    }
}

/// A heading that reads so whole is a private pension account, whatever else its words could mean.
pub(crate) const PRIVATE_PENSION: &str = "个人养老金";

/// Misprints met in practice, and what was meant.
pub(crate) const MISPRINTS: &[(&str, &str)] = &[("医疗技术", "医疗基数")];

/// Words of a base.
pub(crate) const BASES: &[&str] =
    &["缴费基数总额", "缴费基数", "缴纳基数", "申报基数", "计费基数", "基数", "缴费工资", "申报工资", "工资"];
/// Words of a rate, a count of months, a time, a fee: columns beside an amount that are none.
pub(crate) const BESIDE: &[&str] = &[
    "缴费比例",
    "比例",
    "费率",
    "比率",
    "滞纳金",
    "利息",
    "工本费",
    "编号",
    "账号",
    "人数",
    "标志",
    "状态",
    "起缴时间",
    "自然月",
];
/// Words of a count of months.
pub(crate) const MONTHS: &[&str] = &["缴费月数", "缴纳月数", "月数"];
/// Words of a time.
pub(crate) const SPANS: &[&str] =
    &["缴费区间", "区间", "社保缴纳月", "缴纳社保月", "社保月", "参保月份", "缴费年月", "缴费月份", "所属期"];
/// Words of a sum.
pub(crate) const SUMS: &[&str] =
    &["总合计", "小计", "合计", "总计", "总额", "总金额", "社会保险", "社保", "五险一金", "五险"];
/// The insurances that only the employer pays (社会保险法, articles 33 and 53).
pub(crate) const EMPLOYER_ONLY: &[&str] = &["injury", "maternity"];
/// Headings of the withholding client's form, which holds the employee's shares only.
pub(crate) const WITHHOLDING: &[&str] = &["本期收入", "本期免税收入"];
/// What stands beside a side in a title or a name that is about that side alone.
pub(crate) const SIDED: &[&str] = &["缴纳", "部分", "承担"];
/// Fees that a sum may hold.
pub(crate) const FEES: &[&str] = &["滞纳金", "利息"];
/// What is beside the amounts and enters no sum.
pub(crate) const NO_PARTS: &[&str] = &["基数", "应税", "税率"];
/// What a sum of insurances is called by.
pub(crate) const INSURED: &str = "保险";
/// What is taken off the pay in all: the employee's shares, perhaps with tax and housing fund.
pub(crate) const TAKEN: &[&str] =
    &["扣除合计", "扣款合计", "应扣合计", "代扣合计", "代扣款", "扣除小计", "扣款小计", "代扣小计"];
/// Words of an amount.
pub(crate) const AMOUNTS: &[&str] = &[
    "实际应缴纳费额",
    "应缴纳费额",
    "应缴费额",
    "应缴金额",
    "缴纳金额",
    "缴费金额",
    "承担金额",
    "实缴金额",
    "缴费额",
    "应缴",
    "实缴",
    "缴纳",
    "缴费",
    "承担",
    "部分",
    "金额",
];
/// Words that say nothing more.
pub(crate) const FILLERS: &[&str] = &[
    "保险费",
    "保险金",
    "保险",
    "基本",
    "职工",
    "城镇",
    "本期",
    "本月",
    "当月",
    "代扣",
    "扣款",
    "费用",
    "费",
    "险",
    "的",
    "交",
    "人员",
];

/// How kinds of entries are written: what the cell holds or, of digits, what it is.
pub(crate) const fn entry_kind(kind: EntryKind) -> &'static [&'static str] {
    match kind {
        EntryKind::Difference => {
            &["补差", "差额", "基数调整", "缴费基数调整补收", "缴费比例调整补收", "缴费基数差额补缴", "34", "35", "02"]
        }
        EntryKind::Refund => &["退收", "退费", "退款", "冲正", "冲销", "反交易", "20"],
        EntryKind::BackDated => &[
            "补缴",
            "追缴",
            "补收",
            "补中间段",
            "中断补收",
            "一次性补收",
            "退休补收",
            "政策性补缴",
            "31",
            "32",
            "33",
            "01",
        ],
        // Whatever else stands there.
        EntryKind::Own => &[],
    }
}

/// What labels beside or above a table are called that hold the month of its rows.
pub(crate) const MONTH_LABELS: &[&str] = &[
    "费款所属期",
    "所属月份",
    "所属期",
    "社保期间",
    "工资月份",
    "缴费月份",
    "所属期间",
    "费款所属期起",
    "薪资所属月份",
    "缴费年月",
    "申报月份",
];
/// What holds a date that is not the month of the rows.
pub(crate) const OTHER_DATES: &[&str] = &["打印", "制表", "发放日期", "填表", "报送", "导出", "生成", "录入"];

/// What a total is called, in the column of a name or in front.
pub(crate) const TOTALS: &[&str] =
    &["合计", "总计", "小计", "共计", "总合计", "本页合计", "本页小计", "累计", "total", "subtotal", "grandtotal"];
/// What a sample row is called.
pub(crate) const SAMPLES: &[&str] = &["导入样板数据", "样板数据", "例", "示例", "样例", "例如", "样板", "示例数据"];
/// How the name in a sample row begins, where more follows.
pub(crate) const SAMPLE_BEGINNINGS: &[&str] = &["例:", "例、", "例如", "示例", "样例", "样板", "导入样板"];
/// How the text of a row that heads a section ends.
pub(crate) const SECTION_ENDINGS: &[&str] =
    &["人员", "员工", "职工", "部", "部门", "科", "室", "处", "车间", "组", "公司", "单位", "项目"];
/// How cells of signatures and notes begin.
pub(crate) const SIGNATURES: &[&str] = &[
    "批准",
    "制表",
    "审核",
    "复核",
    "签字",
    "备注",
    "说明",
    "填表",
    "经办",
    "负责人",
    "单位负责人",
    "财务",
    "主管",
    "注",
    "编制",
    "日期",
    "打印",
];

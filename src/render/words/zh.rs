//! 中文。

use super::phrases::{Counts, Label, LimitsLine, MessageNames, Speaker, Told, Words, input, is_to_the_fen, joined};
use super::zh_faults;
use crate::facts::{Kind, Note, Operation, Quantity, Side, Status, Step};
use crate::render::page::grouped;
use crate::units::{Mode, Money, Month, Rounding};

pub(super) struct Chinese;

impl Words for Chinese {
    fn message_names(&self) -> MessageNames {
        MessageNames { error: "错误", help: "办法", related: "与此处有关", tables_say: "费率表的规定" }
    }

    fn fault(&self, kind: &Kind, speaker: Speaker<'_>) -> Told {
        zh_faults::told(kind, speaker)
    }

    fn note(&self, note: &Note, speaker: Speaker<'_>) -> String {
        match note {
            Note::Figure(citation) => {
                let more = citation.note.as_ref().map_or_else(String::new, |note| format!("。{}", note.zh));
                let (status, figure) = (self.status(citation.status), speaker.cited(citation));
                format!("{status}：{figure}，{}，{} 起{more}", citation.region, citation.from)
            }
            Note::Provisional(citation) => {
                let figure = speaker.cited(citation);
                format!("暂定：{figure}，{}，{} 起；正式公布后多退少补", citation.region, citation.from)
            }
            Note::NoRate { insurance, reason } => match reason {
                Some(reason) => {
                    format!("{}（该月无费率：{}）", speaker.insurance(insurance), reason.zh.trim_end_matches('。'))
                }
                None => format!("{}（该月无费率）", speaker.insurance(insurance)),
            },
            Note::NoInjuryClass => format!("{}（请用 --injury-class 指定行业风险类别）", speaker.code("injury")),
            Note::ReliefNotApplied { insurance, names } => {
                format!(
                    "{}：该月另有可申请的减免，未计入；需要时用 --relief 指定：{}",
                    speaker.insurance(insurance),
                    names.join("、")
                )
            }
            Note::NoAccount => "未给出个人账户储存额（--account），合计不含个人账户养老金".to_owned(),
            Note::NoYears => "未给出缴费年限（--years），合计不含缴费年限加发".to_owned(),
            Note::FewYears { years, needed } => {
                format!("缴费 {years} 年，不足 {needed} 年：除制度实施时已满六十周岁等情形外，须补足年限方可领取")
            }
            Note::GivenBasePension(amount) => {
                format!("基础养老金 {} 元由使用者给出，非费率表数据", grouped(amount.fen().into()))
            }
            Note::BadIdentity { rows } => format!("{rows} 行的身份证号不合规则（位数、日期或校验码）"),
            Note::DamagedIdentity { rows } => {
                format!("{rows} 行的证件号码被存成了数字，末几位已丢失，无法恢复；请向原系统重新导出，并把该列设为文本")
            }
            Note::BaseFromShares => "文件没有工资和基数：基数由每行各项金额推出，只核对各项是否一致及上下限".to_owned(),
            Note::Refunds { rows } => format!("{rows} 行是退收：应缴为负数"),
            Note::Differences { rows } => format!("{rows} 行是补差：基数是差额，与同人同月的其他行合起来核对上下限"),
            Note::RowsNotChecked { rows } => format!("{rows} 行的险种不在核对之列"),
            Note::BlankCells { cells } => format!("{cells} 个申报单元格为空，按未申报处理，未作比较"),
            Note::DeclaredAgain { rows, fen } => {
                format!("{rows} 行重复申报了前面的行，共 {} 元；以上合计照原样计入", grouped(*fen))
            }
            Note::DuplicatesNotChecked { most } => {
                format!("输入超过 {} MiB，没有查找重复的行；需要时加 --duplicates on", most / 1_048_576)
            }
            Note::DuplicatesWithoutIdentity => "没有证件号码列，没有查找重复的行".to_owned(),
            Note::NotCalculated { cells } => {
                format!("{cells} 个公式单元格从未计算过，显示为 0 或空；在表格软件里打开并保存一次再核对")
            }
            Note::DifferencesAlone => {
                "标准输入只能读一遍：补差行没有与同人同月的正常行合起来核对上下限；请给文件名".to_owned()
            }
            Note::DifferencesCalculatedAlone => {
                "补差行是单独计算的；check 会把它与同人同月的正常行合起来核对上下限".to_owned()
            }
            Note::NotChecked { headings } => format!("未核对的申报列：{}", headings.join("、")),
        }
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Insurance => "险种",
            Label::Base => "缴费基数",
            Label::EmployerRate => "单位比例",
            Label::Employer => "单位缴纳",
            Label::EmployeeRate => "个人比例",
            Label::Employee => "个人缴纳",
            Label::Total => "合计",
            Label::Month => "月份",
            Label::Side => "缴费方",
            Label::Declared => "申报",
            Label::Due => "应缴",
            Label::Difference => "差额",
            Label::Birth => "出生日期",
            Label::Age => "年龄",
            Label::PayableFrom => "起发月份",
            Label::Payable => "当月发放",
            Label::BasePension => "基础养老金",
            Label::AgeSupplement => "高龄加发",
            Label::YearsSupplement => "缴费年限加发",
            Label::AccountPension => "个人账户养老金",
            Label::Tier => "缴费档次",
            Label::PaidByPerson => "个人缴费",
            Label::PaidByGovernment => "政府代缴",
            Label::Subsidy => "缴费补贴",
            Label::PerPerson => "每人合计",
            Label::People => "人数",
            Label::Yes => "是",
            Label::No => "否",
            Label::Explanation => "计算过程",
            Label::Step => "步骤",
            Label::Formula => "算式",
            Label::Value => "结果",
            Label::Source => "依据",
            Label::Region => "地区",
            Label::Figure => "项目",
            Label::From => "起",
            Label::To => "止",
            Label::Status => "可信度",
            Label::Before => "之前",
            Label::After => "之后",
            Label::Blocks => "条目",
            Label::NoDifference => "两者没有差别",
            Label::Name => "名称",
            Label::Latest => "最近",
        }
    }

    fn quantity(&self, quantity: Quantity) -> &'static str {
        match quantity {
            Quantity::Wage => "工资",
            Quantity::Floor => "下限",
            Quantity::Ceiling => "上限",
            Quantity::Base => "缴费基数",
            Quantity::OtherBases => "其他各笔基数",
            Quantity::AllBases => "各笔基数合计",
            Quantity::AllBasesHeld => "各笔基数合计按上下限核定",
            Quantity::Months => "月数",
            Quantity::TableRate(Side::Employer) => "单位规定费率",
            Quantity::TableRate(Side::Employee) => "个人规定费率",
            Quantity::Factor(_) => "浮动档次或阶段性降费",
            Quantity::ChargedRate(Side::Employer) => "单位比例",
            Quantity::ChargedRate(Side::Employee) => "个人比例",
            Quantity::Amount(Side::Employer) => "单位缴纳",
            Quantity::Amount(Side::Employee) => "个人缴纳",
            Quantity::SideTotal(Side::Employer) => "单位合计",
            Quantity::SideTotal(Side::Employee) => "个人合计",
            Quantity::Total => "合计",
            Quantity::Birth => "出生日期",
            Quantity::PayableAge => "领取年龄",
            Quantity::PayableFrom => "起发月份",
            Quantity::BasePension => "基础养老金",
            Quantity::BandAge => "加发年龄",
            Quantity::BandFrom => "加发起始月份",
            Quantity::AgeSupplement => "高龄加发",
            Quantity::YearsPaid => "缴费年限",
            Quantity::YearsThreshold => "起算年限",
            Quantity::PerExtraYear => "每多缴一年",
            Quantity::YearsSupplement => "缴费年限加发",
            Quantity::Account => "个人账户储存额",
            Quantity::AccountDivisor => "计发月数",
            Quantity::AccountPension => "个人账户养老金",
            Quantity::Tier => "缴费档次",
            Quantity::PaidByPerson => "个人缴费",
            Quantity::PaidByGovernment => "政府代缴",
            Quantity::Subsidy => "缴费补贴",
            Quantity::PerPerson => "每人合计",
            Quantity::People => "人数",
        }
    }

    fn formula(&self, step: &Step, speaker: Speaker<'_>) -> String {
        match step.operation {
            Operation::Take => joined(step, "", speaker),
            Operation::Hold(rounding) => {
                let held = format!(
                    "{}，下限 {}，上限 {}",
                    input(step, 0, speaker),
                    input(step, 1, speaker),
                    input(step, 2, speaker)
                );
                match rounding.filter(|rounding| !is_to_the_fen(*rounding)) {
                    Some(rounding) => format!("{held}，{}", self.rounding(rounding)),
                    None => held,
                }
            }
            Operation::Round(rounding) if is_to_the_fen(rounding) => joined(step, "", speaker),
            Operation::Round(rounding) => format!("{}，{}", joined(step, "", speaker), self.rounding(rounding)),
            Operation::Compose => joined(step, " × ", speaker),
            Operation::Multiply(rounding) => format!("{}，{}", joined(step, " × ", speaker), self.rounding(rounding)),
            Operation::Divide(rounding) => format!("{}，{}", joined(step, " ÷ ", speaker), self.rounding(rounding)),
            Operation::Add => {
                if step.inputs.is_empty() {
                    "0".to_owned()
                } else {
                    joined(step, " + ", speaker)
                }
            }
            Operation::Subtract => joined(step, " − ", speaker),
            Operation::Negate => format!("−{}，退费或扣款记负数", joined(step, "", speaker)),
            Operation::Beyond => format!(
                "（{} − {}，不足为 0）× {}",
                input(step, 0, speaker),
                input(step, 1, speaker),
                input(step, 2, speaker)
            ),
            Operation::MonthAfterAge => {
                format!("{} 出生，满 {} 周岁的次月", input(step, 0, speaker), input(step, 1, speaker))
            }
            Operation::Times => joined(step, " × ", speaker),
        }
    }

    fn block(&self, kind: &str) -> Option<&'static str> {
        Some(match kind {
            "gap" => "缺口",
            "base_rule" => "基数上下限规则",
            "base_limits" => "缴费基数上下限",
            "contribution_rate" => "缴费费率",
            "injury_classes" => "工伤行业基准费率",
            "injury_grades" => "工伤浮动档次",
            "reduction" => "阶段性降费或减免",
            "rounding" => "舍入规则",
            "resident_base_pension" => "居民基础养老金",
            "resident_age_supplement" => "居民高龄加发",
            "resident_formula" => "居民养老金计发办法",
            "resident_payable_age" => "居民提前领取年龄",
            "resident_tiers" => "居民缴费档次",
            "resident_subsidy_floor" => "居民缴费补贴下限",
            "resident_government_paid" => "居民政府代缴",
            "resident_funeral_grant" => "居民丧葬补助",
            "account_interest" => "个人账户记账利率",
            "payout_months" => "计发月数",
            "calculation_base" => "养老金计发基数",
            "pension_formula" => "基本养老金计发办法",
            "transition" => "过渡性养老金",
            "retirement" => "法定退休年龄",
            "retirement_choice" => "弹性退休",
            "minimum_contribution" => "最低缴费年限",
            "late_fee" => "滞纳金",
            "undeclared_base" => "未申报核定",
            "minimum_wage" => "最低工资",
            "unemployment_benefit" => "失业保险金",
            "unemployment_benefit_months" => "失业保险金领取期限",
            "transfer" => "养老保险关系转移接续",
            "housing_fund" => "住房公积金",
            _ => return None,
        })
    }

    fn code(&self, code: &str) -> Option<&'static str> {
        Some(match code {
            "enterprise" => "企业",
            "institution" => "机关事业单位",
            "flexible" => "灵活就业人员",
            "employer" => "单位",
            "employee" => "个人",
            "severely-disabled" => "重度残疾人",
            "hardship" => "其他困难居民",
            "contribution" => "缴费金额",
            "base" => "缴费基数",
            "sum" => "合计",
            "resident" => "居民",
            "rounding.pension" => "养老金待遇",
            "pension" => "养老",
            "medical" => "医疗",
            "unemployment" => "失业",
            "injury" => "工伤",
            "maternity" => "生育",
            "men" => "男职工",
            "women-worker" => "女工人",
            "women-cadre" => "女干部",
            "normal" => "正常退休",
            "special" => "特殊工种",
            "illness" => "因病或非因工致残",
            _ => return None,
        })
    }

    fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Official => "官方",
            Status::Reported => "转引",
            Status::Derived => "推算",
            Status::Unconfirmed => "未确认",
        }
    }

    fn month(&self, month: Month) -> String {
        format!("{}年{}月", month.year(), month.number())
    }

    fn rounding(&self, rounding: Rounding) -> String {
        let mode = match rounding.mode {
            Mode::HalfUp => "四舍五入",
            Mode::Up => "进位",
            Mode::Down => "舍去",
            Mode::HalfEven => "四舍六入五成双",
        };
        match rounding.unit.fen() {
            1 => format!("{mode}到分"),
            10 => format!("{mode}到角"),
            100 => format!("{mode}到元"),
            _ => format!("{mode}到 {} 元", rounding.unit),
        }
    }

    fn limits(&self, line: &LimitsLine<'_>, _: Speaker<'_>) -> String {
        let who =
            if line.insurances.is_empty() { String::new() } else { format!("{}：", line.insurances.join("、")) };
        let mut known = Vec::new();
        if let Some(citation) = line.citation {
            known.extend(citation.provisional.then_some("暂定".to_owned()));
            if matches!(citation.status, Status::Derived | Status::Unconfirmed) {
                known.push(self.status(citation.status).to_owned());
            }
        }
        if let Some((wage, year, kind)) = &line.average {
            let kind = match kind {
                Some("full-calibre") => "全口径平均工资",
                Some("on-post") => "在岗职工平均工资",
                _ => "平均工资",
            };
            let year = year.map_or_else(String::new, |year| format!(" {year} 年"));
            known.push(format!("依据{year}{kind} {wage} 元"));
        }
        let known = if known.is_empty() { String::new() } else { format!("（{}）", known.join("，")) };
        format!("{who}基数上下限 {} 至 {}{known}", grouped(line.floor.fen().into()), grouped(line.ceiling.fen().into()))
    }

    fn left_out(&self, parts: &[String]) -> String {
        format!("未计入：{}", parts.join("；"))
    }

    fn held(&self, insurances: &str, at_floor: bool, base: Money) -> String {
        let base = grouped(base.fen().into());
        if at_floor {
            format!("{insurances}：工资低于下限，按 {base} 计")
        } else {
            format!("{insurances}：工资高于上限，按 {base} 计")
        }
    }

    fn contribution_title(&self, region: &str, when: &str, wage: Money) -> String {
        format!("{region}  {when}  工资 {} 元", grouped(wage.fen().into()))
    }

    fn resident_title(&self, region: &str, when: &str) -> String {
        format!("{region}  城乡居民基本养老保险  {when}")
    }

    fn check_counts(&self, file: &str, counts: &Counts, skipped: &str) -> String {
        let counted = format!(
            "{file}   {} 行：相符 {}，不符 {}，无法核对 {}",
            counts.rows, counts.ok, counts.mismatch, counts.error
        );
        counted + skipped
    }

    fn computed_counts(&self, file: &str, counts: &Counts, skipped: &str, total: i128) -> String {
        let counted = format!("{file}   {} 行：已计算 {}，无法计算 {}", counts.rows, counts.ok, counts.error);
        format!("{counted}{skipped}；合计 {} 元", grouped(total))
    }

    fn skipped(&self, all: u64, kinds: &[(&str, u64)], speaker: Speaker<'_>) -> String {
        let kind = |(code, rows): &(&str, u64)| format!("{} {rows}", speaker.reading(&format!("row.{code}")));
        let parts: Vec<String> = kinds.iter().map(kind).collect();
        format!("，非人员 {all}（{}）", parts.join("，"))
    }

    fn stopped_at(&self, row: u64) -> String {
        format!("停在第 {row} 行：第一个不合的行（--fail-fast）")
    }

    fn first_rows(&self, shown: usize, rows: u64) -> String {
        format!("共 {rows} 行，只显示前 {shown} 行；全部结果请用 -o result.csv 或 --format csv")
    }

    fn rows_per_second(&self, rows: u64) -> String {
        format!("每秒 {rows} 行")
    }

    fn row_title(&self, file: &str, row: u64, status: &str) -> String {
        let status = match status {
            "ok" => "相符",
            "mismatch" => "不符",
            "skipped" => "非人员",
            "error" => "无法核对",
            other => other,
        };
        format!("{file}  第 {row} 行  {status}")
    }

    fn other_roundings(&self, half_even: i128, cut: i128) -> String {
        format!("应缴合计，如按四舍六入五成双：{}；如一律舍去到分：{}", grouped(half_even), grouped(cut))
    }

    fn band(&self, age: i16) -> String {
        if age == 0 { "未到加发年龄".to_owned() } else { format!("满 {age} 周岁") }
    }

    fn causes(&self, causes: &[(String, u64)]) -> String {
        let causes: Vec<String> = causes.iter().map(|(cause, rows)| format!("{} {rows}", self.cause(cause))).collect();
        format!("原因：{}", causes.join("，"))
    }

    fn cause(&self, code: &str) -> String {
        match code {
            "unexplained" => "不明",
            "rounding" => "舍入",
            "limit-not-applied" => "未按上下限",
            "other-limits" => "他期上下限",
            "other-rate" => "他期费率",
            "sides-swapped" => "单位与个人颠倒",
            "duplicate" => "重复",
            "carried" => "合计随错",
            "does-not-add-up" => "合计不符",
            "not-calculated" => "公式未计算",
            other => other,
        }
        .to_owned()
    }

    fn ties(&self, ties: u64) -> String {
        format!("恰在半分上的金额：{ties}")
    }

    fn lint_clean(&self, files: usize, regions: usize, blocks: usize) -> String {
        format!("费率表无误：{regions} 个地区，{files} 个文件，{blocks} 个条目")
    }

    fn lint_found(&self, faults: usize) -> String {
        format!("共 {faults} 处错误")
    }

    fn exported(&self, files: usize, folder: &str) -> String {
        format!("已写出 {files} 个文件到 {folder}")
    }

    fn usage_words(&self) -> [(&'static str, &'static str); 4] {
        [("Usage:", "用法："), ("[OPTIONS]", "[选项]"), ("<COMMAND>", "<命令>"), ("[COMMAND]", "[命令]")]
    }
}

//! 中文。

use super::phrases::{Counts, FaultMessage, LimitsLine, MessageNames, Speaker, Words, input, is_to_the_fen, joined};
use super::zh_faults;
use crate::facts::{AverageKind, Insurance, Kind, Note, Operation, Status, Step};
use crate::payroll::NoPerson;
use crate::render::page::grouped;
use crate::units::{Mode, Money, Month, Rounding};

pub(super) struct Chinese;

impl Words for Chinese {
    fn message_names(&self) -> MessageNames {
        MessageNames { error: "错误", help: "办法", related: "与此处有关", tables_say: "费率表的规定" }
    }

    fn fault(&self, kind: &Kind, speaker: Speaker<'_>) -> FaultMessage {
        zh_faults::message(kind, speaker)
    }

    #[expect(clippy::too_many_lines, reason = "a table of words")]
    fn note(&self, note: &Note, speaker: Speaker<'_>) -> String {
        match note {
            Note::Figure(citation) => {
                let more = citation.note.as_ref().map_or_else(String::new, |note| format!("。{}", note.zh));
                let (status, figure) = (speaker.word(citation.status), speaker.cited(citation));
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
            Note::NoInjuryClass => format!(
                "{}（请用 --injury-class 指定行业风险类别）",
                speaker.insurance(&Insurance::new(Insurance::INJURY))
            ),
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

    fn limits(&self, line: &LimitsLine<'_>, speaker: Speaker<'_>) -> String {
        let who =
            if line.insurances.is_empty() { String::new() } else { format!("{}：", line.insurances.join("、")) };
        let mut known = Vec::new();
        if let Some(citation) = line.citation {
            known.extend(citation.provisional.then_some("暂定".to_owned()));
            if matches!(citation.status, Status::Derived | Status::Unconfirmed) {
                known.push(speaker.word(citation.status).to_owned());
            }
        }
        if let Some((wage, year, kind)) = &line.average {
            let kind = match kind {
                Some(AverageKind::FullCalibre) => "全口径平均工资",
                Some(AverageKind::OnPost) => "在岗职工平均工资",
                None => "平均工资",
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

    fn skipped(&self, all: u64, kinds: &[(NoPerson, u64)], speaker: Speaker<'_>) -> String {
        let kind = |(what, rows): &(NoPerson, u64)| format!("{} {rows}", speaker.word(*what));
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
        format!("{file}  第 {row} 行  {status}")
    }

    fn other_roundings(&self, half_even: i128, cut: i128) -> String {
        format!("应缴合计，如按四舍六入五成双：{}；如一律舍去到分：{}", grouped(half_even), grouped(cut))
    }

    fn band(&self, age: i16) -> String {
        if age == 0 { "未到加发年龄".to_owned() } else { format!("满 {age} 周岁") }
    }

    fn causes(&self, causes: &[String]) -> String {
        format!("原因：{}", causes.join("，"))
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

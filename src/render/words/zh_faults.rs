//! 错误的中文说法：错在何处，怎么办。

use super::phrases::{FaultMessage, Speaker};
use crate::facts::{Figure, FigureKind, IdentityFault, Kind, MissingWhy, RegionId, TextHint, ValueType};
use crate::units::typed::MoneyFault;
use crate::units::{Money, Month};

/// 一个错误的说法。
#[expect(clippy::too_many_lines, reason = "a table of words")]
pub(super) fn message(kind: &Kind, speaker: Speaker<'_>) -> FaultMessage {
    let (what, help) = match kind {
        Kind::UnknownFlag { text, nearest } => {
            (format!("没有选项“{text}”"), did_you_mean(nearest.as_ref(), "用 --help 查看全部选项"))
        }
        Kind::UnknownCommand { text, nearest } => {
            (format!("没有命令“{text}”"), did_you_mean(nearest.as_ref(), "用 --help 查看全部命令"))
        }
        Kind::MissingValue { flag } => {
            (format!("选项 {flag} 后面缺少内容"), format!("在 {flag} 后面写上内容，格式见 --help"))
        }
        Kind::UnexpectedValue { text } => {
            (format!("多出的内容“{text}”"), "删去它，或检查前面的选项；格式见 --help".to_owned())
        }
        Kind::RepeatedFlag { flag } => (format!("选项 {flag} 写了不止一次"), "只保留一个".to_owned()),
        Kind::MissingFlag { flags } => {
            (format!("缺少 {}", flags.join("、")), format!("加上 {}；例子见 --help", flags.join(" 或 ")))
        }
        Kind::FlagConflict { flag, other } => (format!("{flag} 与 {other} 不能同时使用"), "二者选一".to_owned()),
        Kind::UnknownChoice { text, choices, nearest } => (
            format!("“{text}”不在可选范围内"),
            did_you_mean(nearest.as_ref(), &format!("可选：{}", choices.join("、"))),
        ),
        Kind::BadMonth { text } => (format!("“{text}”不是月份"), "写成 2019-05、201905 或 2019年5月".to_owned()),
        Kind::BadDate { text } => {
            (format!("“{text}”不是日期"), "写成 1954-05-15、19540515 或 1954年5月15日".to_owned())
        }
        Kind::BadMoney { text, why: MoneyFault::NotANumber } => {
            (format!("“{text}”不是金额"), "写成 5000、5,000.00、1.2万 或 ¥5000".to_owned())
        }
        Kind::BadMoney { text, why: MoneyFault::TooFine } => {
            (format!("金额“{text}”的小数多于两位"), "金额最多到分，例如 5000.25".to_owned())
        }
        Kind::BadMoney { text, why: MoneyFault::Negative } => {
            (format!("金额“{text}”为负数"), "金额不能为负".to_owned())
        }
        Kind::BadMoney { text, why: MoneyFault::TooLarge } => {
            (format!("金额“{text}”过大"), "最多 1,000,000,000,000.00 元，请检查是否多写了数字".to_owned())
        }
        Kind::BadCount { text, least, most } => {
            (format!("“{text}”不是 {least} 至 {most} 的整数"), format!("写一个 {least} 至 {most} 的整数"))
        }
        Kind::BadRate { text } => (format!("“{text}”不是能精确表示的比例"), "写成百分数，例如 0.7%、80%".to_owned()),
        Kind::BadYear { text } => (format!("“{text}”不是年份"), "写成四位数字，例如 2019".to_owned()),
        Kind::BadIdentity { text, why: IdentityFault::Length(found) } => {
            (format!("身份证号“{text}”有 {found} 位，应为 18 位或 15 位"), "检查是否漏写或多写".to_owned())
        }
        Kind::BadIdentity { text, why: IdentityFault::Character } => {
            (format!("身份证号“{text}”含有不该有的字符"), "只能是数字，末位可以是 X".to_owned())
        }
        Kind::BadIdentity { text, why: IdentityFault::Date } => {
            (format!("身份证号“{text}”中的出生日期不存在"), "检查第 7 至 14 位（旧号为第 7 至 12 位）".to_owned())
        }
        Kind::BadIdentity { text, why: IdentityFault::Check { expected } } => (
            format!("身份证号“{text}”的校验码不对，按前 17 位应为 {expected}"),
            "逐位核对，通常是抄错了一位；也可以改用 --birth".to_owned(),
        ),
        Kind::BadColumnMapping { text } => {
            (format!("“{text}”不是 列=表头 的写法"), "例如 --column wage=应发工资".to_owned())
        }
        Kind::SpanReversed { from, to } => (format!("起月 {from} 晚于止月 {to}"), "对调两者".to_owned()),
        Kind::SpanTooLong { months, most } => (format!("{months} 个月过长"), format!("一次最多 {most} 个月")),
        Kind::BornLater { birth, month } => {
            (format!("{birth} 出生的人在 {month} 尚未出生"), "检查出生日期和月份".to_owned())
        }
        Kind::DiedBeforeBirth { birth, death } => {
            (format!("死亡日期 {death} 早于出生日期 {birth}"), "检查两个日期".to_owned())
        }
        Kind::UnknownRegion { text, nearest, known } => {
            (format!("没有地区“{text}”"), did_you_mean(nearest.as_ref(), &format!("已有地区：{}", known.join("、"))))
        }
        Kind::AmbiguousRegion { text, candidates } => {
            (format!("“{text}”可以指不止一个地区"), format!("写全：{}", candidates.join("、")))
        }
        Kind::UnknownInsurance { text, nearest, known } => {
            (format!("没有险种“{text}”"), did_you_mean(nearest.as_ref(), &format!("已有险种：{}", known.join("、"))))
        }
        Kind::UnknownRelief { text, known } => (
            format!("没有名为“{text}”的减免"),
            if known.is_empty() {
                "到该月为止费率表中没有可申请的减免".to_owned()
            } else {
                format!("可选：{}", known.join("、"))
            },
        ),
        Kind::UnknownFigure { text, nearest, known } => {
            (format!("费率表中没有“{text}”"), did_you_mean(nearest.as_ref(), &format!("可选：{}", known.join("、"))))
        }
        Kind::UnknownTier { tier, year, open } => {
            (format!("{year} 年没有 {tier} 元这一档"), format!("可选档次：{}", amounts(open)))
        }
        Kind::RestrictedTier { tier, only, open } => (
            format!("{tier} 元一档只对 {} 开放", codes(only, speaker, "、")),
            format!("用 --category 指明身份（{}），或选择：{}", only.join("、"), amounts(open)),
        ),
        Kind::NoSubsidy { tier, year } => {
            (format!("{year} 年 {tier} 元一档的补贴不详"), "用 --rates 提供含补贴的 [[resident_tiers]] 条目".to_owned())
        }
        Kind::GradeNotOpen { grade, class, open } => {
            (format!("{class} 类行业没有 {grade} 这一浮动档次"), format!("可选：{}", open.join("、")))
        }
        Kind::GradeWithoutClass => {
            ("给了浮动档次，没有给行业风险类别".to_owned(), "加上 --injury-class 1..8".to_owned())
        }
        Kind::MissingFigure { figure, region, month, why } => {
            (missing(figure, region, *month, why, speaker), supply(figure, region, *month))
        }
        Kind::TableSyntax { message } => (format!("TOML 语法错误：{message}"), "按 TOML 1.0 改正此处".to_owned()),
        Kind::TableName { name } => (
            format!("文件名“{name}”没有意义"),
            "年度文件名为四位年份（2019.toml），地区名称在 region.toml，险种名称在最上层的 insurances.toml".to_owned(),
        ),
        Kind::NotARegion { path } => (
            format!("文件夹 {path} 没有 region.toml"),
            "加上 region.toml，写明 name = { zh = \"…\", en = \"…\" }".to_owned(),
        ),
        Kind::UnknownBlock { name, nearest } => {
            (format!("没有“{name}”这种条目"), did_you_mean(nearest.as_ref(), "条目种类见 shebao tables schema"))
        }
        Kind::NotABlock { name } => (format!("“{name}”应写成条目"), format!("写成 [[{name}]]，下面逐行写键和值")),
        Kind::UnknownKey { key, block, nearest } => {
            (format!("{block} 没有键“{key}”"), did_you_mean(nearest.as_ref(), "键名见 shebao tables schema"))
        }
        Kind::MissingKey { key, block } => (format!("{block} 缺少键“{key}”"), format!("加上 {key} = …")),
        Kind::WrongType { key, expected, found } => (
            format!("“{key}”应为{}，却是{}", speaker.word(*expected), speaker.word(*found)),
            form(*expected).to_owned(),
        ),
        Kind::BareFloat { text } => {
            (format!("{text} 没有加引号：不加引号的小数会失去精确"), format!("写成 \"{text}\""))
        }
        Kind::TableMoney { text } => {
            (format!("“{text}”不是金额"), "写成元，至多两位小数（舍入单位须大于 0），例如 \"3269.15\"".to_owned())
        }
        Kind::TableRate { text } => (format!("“{text}”不是费率"), "写成百分数，例如 \"0.7%\"".to_owned()),
        Kind::TableNumber { text } => {
            (format!("“{text}”不是可用的数"), "写成加引号的小数或不加引号的整数，除数不能为 0".to_owned())
        }
        Kind::TableMonth { text } => (format!("“{text}”不是月份"), "写成 \"2019-05\"".to_owned()),
        Kind::TableChoice { key, text, choices, nearest } => {
            (format!("“{key}”不能是“{text}”"), did_you_mean(nearest.as_ref(), &format!("可选：{}", choices.join("、"))))
        }
        Kind::OutOfRange { key, least, most } => {
            (format!("“{key}”须在 {least} 与 {most} 之间"), "检查是否多写或少写了数字".to_owned())
        }
        Kind::WrongYear { from, year } => {
            (format!("{from} 起的条目不属于 {year} 年的文件"), format!("移到 {:04}.toml", from.year()))
        }
        Kind::EndsBeforeStart { from, to } => (format!("条目止于 {to}，早于起月 {from}"), "改正 from 或 to".to_owned()),
        Kind::UnknownSource { key, nearest } => (
            format!("本文件没有依据“{key}”"),
            did_you_mean(nearest.as_ref(), &format!("在文件开头加上 [sources.{key}]")),
        ),
        Kind::UnusedSource { key } => (format!("依据“{key}”没有条目引用"), "删去它，或在条目里引用".to_owned()),
        Kind::UndeclaredInsurance { code, nearest } => {
            (format!("没有险种“{code}”"), did_you_mean(nearest.as_ref(), "在 insurances.toml 里加上它的名称"))
        }
        Kind::FloorAboveCeiling { floor, ceiling } => {
            (format!("下限 {floor} 高于上限 {ceiling}"), "检查两数是否写反".to_owned())
        }
        Kind::LimitOffAverage { limit, exact, tolerance } => (
            format!("{limit} 与平均工资算出的 {exact} 相差超过 {tolerance}"),
            "检查上下限和平均工资，必有一个写错".to_owned(),
        ),
        Kind::Descending { key } => (format!("“{key}”须由小到大，不得重复"), "按顺序重排".to_owned()),
        Kind::ClassCount { found, expected } => {
            (format!("有 {found} 个行业类别，应为 {expected} 个"), "从一类到八类逐个写出".to_owned())
        }
        Kind::TwoAnswers { figure, from } => (
            format!("{}从 {from} 起有两个条目", speaker.figure(figure)),
            "删去一个，或用 published 写明哪个后公布".to_owned(),
        ),
        Kind::Uncovered { figure, first, last } => (
            format!("{}在 {first} 至 {last} 没有条目", speaker.figure(figure)),
            "补上条目，或用 [[gap]] 说明为何没有".to_owned(),
        ),
        Kind::Jump { figure, before, after } => (
            format!("{}从 {before} 变为 {after}，翻了一倍或减了一半以上", speaker.figure(figure)),
            "若属实，在条目里加上 jump = \"原因\"".to_owned(),
        ),
        Kind::NoSuchFile { path } => (format!("没有文件 {path}"), "检查文件名和所在文件夹".to_owned()),
        Kind::IsADirectory { path } => (format!("{path} 是文件夹，不是文件"), "指明其中的文件".to_owned()),
        Kind::NotAllowed { path } => (format!("没有权限访问 {path}"), "检查文件权限，或是否被别的程序占用".to_owned()),
        Kind::Unreadable { path, message } => (format!("读取 {path} 出错：{message}"), "检查文件后重试".to_owned()),
        Kind::Unwritable { path, message } => {
            (format!("写入 {path} 出错：{message}"), "原有文件未改动；检查磁盘空间和权限后重试".to_owned())
        }
        Kind::NoSuchFolder { path } => (format!("没有文件夹 {path}"), "先建立它，或改用已有的文件夹".to_owned()),
        Kind::OutputIsInput { path } => (format!("输出文件 {path} 就是输入文件"), "用 -o 另取一个名字".to_owned()),
        Kind::FolderNotEmpty { path } => (format!("文件夹 {path} 已有内容"), "指定一个新的或空的文件夹".to_owned()),
        Kind::OutputKind { path, known } => {
            (format!("不能写成 {path} 这种文件"), format!("文件名须以此结尾：{}", known.join("、")))
        }
        Kind::EmptyFile => ("文件是空的".to_owned(), "第一行应为表头".to_owned()),
        Kind::NotText { hint } => (not_text(*hint).0.to_owned(), not_text(*hint).1.to_owned()),
        Kind::LockFile { real } => {
            ("这是表格软件打开文件时留下的锁文件，不是工资表".to_owned(), format!("请改用它旁边的“{real}”"))
        }
        Kind::EncryptedWorkbook => {
            ("工作簿有打开密码，无法读取".to_owned(), "在表格软件里取消密码，另存后再用".to_owned())
        }
        Kind::BrokenWorkbook { what } => {
            (format!("工作簿已损坏或不完整：{what}"), "在表格软件里打开后另存，或请对方重新导出".to_owned())
        }
        Kind::NotAWorkbook => (
            "文件不是工作簿：它是别的压缩包或文档".to_owned(),
            "压缩包请先解压；文档请在原软件里另存为 xlsx 或 CSV".to_owned(),
        ),
        Kind::WorkbookTooLarge { most } => {
            (format!("工作簿的文字解压后超过 {} MB", most / 1024 / 1024), "另存为 CSV 再用，CSV 不受此限".to_owned())
        }
        Kind::BadLayout { message } => {
            (format!("版式文件无法使用：{message}"), "用 shebao inspect 文件 --save layout.toml 重新保存".to_owned())
        }
        Kind::LayoutDiffers { missing, new } => {
            let mut parts = Vec::new();
            if !missing.is_empty() {
                parts.push(format!("少了 {}", missing.join("、")));
            }
            if !new.is_empty() {
                parts.push(format!("多了 {}", new.join("、")));
            }
            (
                format!("文件的表头与版式文件不同：{}", parts.join("；")),
                "检查是否选对了文件；表格确已改版时，用 shebao inspect 文件 --save layout.toml 重新保存".to_owned(),
            )
        }
        Kind::NoSuchSheet { name, sheets } if sheets.is_empty() => {
            (format!("文件没有工作表，更没有“{name}”"), "去掉 --sheet".to_owned())
        }
        Kind::NoSuchSheet { name, sheets } => {
            (format!("没有名为“{name}”的工作表"), format!("现有工作表：{}", sheets.join("、")))
        }
        Kind::SeveralSheets { sheets } => (
            format!("有 {} 张工作表都是人员明细：{}", sheets.len(), sheets.join("、")),
            "用 --sheet 名称 指明核对哪一张，逐张核对".to_owned(),
        ),
        Kind::NoMonth => (
            "文件里没有费款所属月份：没有月份列，标题、工作表名和文件名里也没有".to_owned(),
            "用 --month 指明，例如 --month 2025-05；或用 --column month=表头 指明月份列".to_owned(),
        ),
        Kind::NoInsurance => (
            "表里、标题里和文件名里都没有说是哪个险种".to_owned(),
            "用 --only 指明，例如 --only unemployment".to_owned(),
        ),
        Kind::NoSide { headings, flags } => (
            format!("表头没有说明是单位还是个人缴纳，数据也定不下来：{}", headings.join("、")),
            format!("逐列指明，例如 {}", flags.join(" ")),
        ),
        Kind::WholeEmployer { headings } => (
            "这是单位汇总表，没有人员，无法逐人核对".to_owned(),
            format!("请用人员明细；现有表头：{}", headings.join("、")),
        ),
        Kind::NoRows => ("表头之下没有数据行".to_owned(), "检查是否选对了文件".to_owned()),
        Kind::MissingColumn { looked_for, headings } => (
            format!("没有找到需要的列：{}", looked_for.join("、")),
            format!("现有表头：{}；用 --column 列=表头 指明", headings.join("、")),
        ),
        Kind::DoubledColumn { meaning, headings } => (
            format!("不止一列可以是“{meaning}”：{}", headings.join("、")),
            format!("用 --column {meaning}=表头 指明是哪一列"),
        ),
        Kind::NothingDeclared { headings } => (
            "没有可核对的申报列（单位、个人金额或缴费基数）".to_owned(),
            format!("现有表头：{}；只需计算时用 shebao contrib --file", headings.join("、")),
        ),
        Kind::NoSuchColumn { heading, nearest, headings } => (
            format!("表头里没有“{heading}”"),
            did_you_mean(nearest.as_ref(), &format!("现有表头：{}", headings.join("、"))),
        ),
        Kind::UnknownMeaning { text, nearest, known } => {
            (format!("没有名为“{text}”的列"), did_you_mean(nearest.as_ref(), &format!("可选：{}", known.join("、"))))
        }
        Kind::HeadingsDiffer { first } => {
            (format!("表头与 {first} 不同"), "表头相同的文件才能一起核对；请分开运行".to_owned())
        }
        Kind::RecordTooLong { limit } => {
            (format!("一行超过 {limit} 字节"), "检查是否缺少换行，或有未闭合的引号".to_owned())
        }
        Kind::TooManyColumns { found, most } => {
            (format!("表头有 {found} 列，最多 {most} 列"), "检查表头之后是否缺少换行".to_owned())
        }
        Kind::TooManyRows { most } => (
            format!("结果的行数超过工作簿能放的 {most} 行"),
            "写成 CSV（-o 结果.csv），或用 --only-mismatches 只写不符的行".to_owned(),
        ),
        Kind::CellTooLong { row, length, most } => (
            format!("结果第 {row} 行有一格 {length} 个字符，工作簿一格最多 {most} 个"),
            "把结果写成 CSV：-o 结果.csv".to_owned(),
        ),
        Kind::EncodingsDiffer { first, encoding, found } => (
            format!("编码是 {found}，而 {first} 是 {encoding}"),
            "请分开运行，或加 --bom 得到一份 UTF-8 的结果".to_owned(),
        ),
        Kind::DiskFull { path } => {
            (format!("磁盘已满，{path} 没有写成"), "原有文件未改动；腾出空间，或用 -o 写到别的磁盘".to_owned())
        }
        Kind::RowsLost { read, accounted } => (
            format!("读入 {read} 行，只有 {accounted} 行有着落：这是本程序的错误"),
            "不要使用这份结果；请说明文件的样式并报告".to_owned(),
        ),
        Kind::NoSuchRow { row, last } => {
            (format!("没有第 {row} 行：最后一行是 {last}"), "行号与表格软件所示相同，表头是第 1 行".to_owned())
        }
        Kind::NoBaseFor { insurance } => (
            format!("{} 没有缴费基数：没有它自己的基数列，其他险种的基数又不一致", speaker.insurance(insurance)),
            "补上基数列，或用 --only 不核对它".to_owned(),
        ),
        Kind::EmptyRow => ("空行".to_owned(), String::new()),
        Kind::RepeatedHeading => ("重复的表头".to_owned(), String::new()),
        Kind::RowWithoutSide { text } => (format!("“{text}”一行没有说明是单位还是个人缴纳"), String::new()),
        Kind::UnknownInsuranceText { text } => (format!("不认识险种“{text}”"), String::new()),
        Kind::SharesDisagree { bases } => (
            format!(
                "各项金额推出的基数不一致：{}",
                bases.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
            ),
            String::new(),
        ),
        Kind::NoLimits { month } => (format!("表中没有 {month} 的缴费基数上下限"), String::new()),
        Kind::LimitsDiffer { month } => (format!("{month} 各险种的上下限不同，请用 --only 指明险种"), String::new()),
        Kind::HiddenRow => ("隐藏的行，未核对；要核对请先取消隐藏".to_owned(), String::new()),
        Kind::SampleRow => ("填写样例，不是人员".to_owned(), String::new()),
        Kind::SectionRow => ("分段标题，不是人员".to_owned(), String::new()),
        Kind::SignatureRow => ("签字或备注行，不是人员".to_owned(), String::new()),
        Kind::TotalRow => ("合计行，不是人员".to_owned(), String::new()),
        Kind::DeclaredDiffers { what, declared, due, why } => {
            let why = if why.is_empty() { String::new() } else { format!("［{why}］") };
            (format!("{what}：申报 {declared}，应为 {due}{why}"), String::new())
        }
        Kind::WrongCellCount { found, expected } => {
            (format!("有 {found} 个单元格，表头有 {expected} 个"), String::new())
        }
        Kind::UnclosedQuote => ("引号没有闭合".to_owned(), String::new()),
        Kind::CellNotText { heading, encoding } => (format!("“{heading}”不是 {encoding} 文本"), String::new()),
        Kind::BlankCell { heading } => (format!("“{heading}”为空"), String::new()),
        Kind::AmountTooLarge => ("金额过大，超出可计算的范围".to_owned(), "检查是否多写了数字".to_owned()),
        Kind::BadSetting { key, text } => (
            format!("设置 {key} 不能是“{text}”"),
            "可用的设置：region、lang、rates、injury-class、injury-grade".to_owned(),
        ),
    };
    FaultMessage { what, help }
}

/// 相近的名称在前，其余办法在后。
fn did_you_mean(nearest: Option<&String>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |nearest| format!("是否指“{nearest}”？{otherwise}"))
}

fn amounts(list: &[Money]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

fn codes(list: &[String], speaker: Speaker<'_>, between: &str) -> String {
    list.iter().map(|code| speaker.category(code)).collect::<Vec<_>>().join(between)
}

fn missing(figure: &Figure, region: &RegionId, month: Month, why: &MissingWhy, speaker: Speaker<'_>) -> String {
    let mut text = format!("费率表没有 {region} {month} 的{}", speaker.figure(figure));
    if let Some(reason) = &why.reason {
        text.push_str(&format!("：{}", reason.zh));
    }
    if let Some(ended) = why.ended {
        text.push_str(&format!("：最后一个条目止于 {ended}"));
    }
    if let Some(day) = why.known_on {
        text.push_str(&format!("（只用 {day} 及以前公布的数据）"));
    }
    text
}

fn supply(figure: &Figure, region: &RegionId, month: Month) -> String {
    let flag = if figure.kind == FigureKind::ResidentBasePension {
        "用 --base-pension 金额 直接给出；或"
    } else {
        ""
    };
    format!(
        "{flag}在自己的文件夹里写 {region}/{:04}.toml，含 [[{}]]，用 --rates 文件夹 加上；格式见 shebao tables schema",
        month.year(),
        figure.kind.code()
    )
}

fn form(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Money => "写成加引号的元，例如 \"3269.15\"",
        ValueType::Rate => "写成加引号的百分数，例如 \"0.7%\"",
        ValueType::Month => "写成加引号的月份，例如 \"2019-05\"",
        ValueType::Number => "写成加引号的小数或不加引号的整数",
        ValueType::Text => "加上引号",
        ValueType::Integer => "写成不加引号的整数，例如 65",
        ValueType::Boolean => "写成 true 或 false",
        ValueType::Date => "写成不加引号的日期，例如 2019-04-01",
        ValueType::List => "写在方括号里，用逗号隔开",
        ValueType::Table => "写在花括号里，例如 { zh = \"…\", en = \"…\" }",
        // 没有字段这样写。
        ValueType::Float => "",
    }
}

fn not_text(hint: TextHint) -> (&'static str, &'static str) {
    match hint {
        TextHint::OldExcel => ("这是 Excel 4 或更早的工作簿，无法读取", "在表格软件里另存为 xlsx"),
        TextHint::BinaryWorkbook => ("这是二进制工作簿（xlsb），无法读取", "在表格软件里另存为 xlsx"),
        TextHint::Nul => ("文件里有 NUL 字节，不是文本，或是没有标记的 UTF-16", "检查是否选对了文件，或另存为 UTF-8"),
        TextHint::Unknown => {
            ("文件既不是 UTF-8 也不是 GB18030 文本", "另存为 UTF-8，或用 --encoding 指明：不合的行会逐行指出")
        }
    }
}

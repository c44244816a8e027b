//! Help texts of commands and flags, by `command` or `command.flag`; flags of every command by `.flag`; the results
//! that `schema` knows by `schema#result`.

use super::names::{InBoth, Worded, words_alone};

words_alone! {
    /// Words of every help screen.
    #[allow(missing_docs, reason = "each is the word that it names")]
    pub enum HelpWord {
        Options = "选项", "Options";
        Common = "通用选项", "Options of every command";
        Commands = "命令", "Commands";
        Command = "命令", "a command";
        Arguments = "参数", "Arguments";
        Help = "显示帮助", "Print help";
        Version = "显示版本", "Print version";
        Examples = "例子：", "Examples:";
    }
}

/// The text of one entry.
pub(super) fn text(id: &str) -> Option<InBoth> {
    ENTRIES.iter().find(|(name, ..)| *name == id).map(|(_, zh, en)| (*zh, *en))
}

/// Name, Chinese, English.
const ENTRIES: &[(&str, &str, &str)] = &[
    (
        "",
        "社会保险缴费与养老待遇计算，精确到分",
        "Chinese social insurance contributions and pensions, exact to the fen",
    ),
    (
        ".region",
        "地区，默认 cn/shandong/weihai/wendeng；末段唯一时可只写末段（weihai）或名称（威海）",
        "Region (default cn/shandong/weihai/wendeng); a unique last part (weihai) or a name (Weihai) is enough",
    ),
    (
        ".rates",
        "叠加在内置费率表之上的费率表文件夹，可重复",
        "Folder of tables laid over the embedded ones; repeatable",
    ),
    (".format", "输出格式：table、json、csv、markdown", "Output: table, json, csv, markdown"),
    (".explain", "列出每个数字的算法和依据", "Show how each figure was calculated and which document it rests on"),
    (".lang", "语言：zh、en；默认随系统", "Language: zh, en; default from the locale"),
    (".color", "颜色：auto、always、never", "Colour: auto, always, never"),
    (".quiet", "不显示提示和进度", "Show no notes and no progress"),
    (".known_on", "只用该日及以前公布的数据", "Use only figures published by that day"),
    (".config", "配置文件", "Configuration file"),
    (".exit_zero", "发现差异时也以 0 退出", "Exit with 0 even if differences are found"),
    (
        "files.output",
        "写到文件（.csv、.xlsx、.jsonl），不写到标准输出",
        "Write to a file (.csv, .xlsx, .jsonl) instead of standard output",
    ),
    ("files.result_only", "只输出结果列，不带原有列", "Write only the added columns, not those of the input"),
    ("files.mask_ids", "结果中遮盖身份证号", "Mask identity numbers in the result"),
    (
        "files.sheet",
        "工作簿里的工作表；默认是唯一有人员的那张",
        "Sheet of a workbook; default: the only one that lists people",
    ),
    (
        "files.layout",
        "用 inspect --save 保存的版式读文件；表头变了就报错",
        "Read the file by a layout saved with inspect --save; different headings are an error",
    ),
    (
        "files.encoding",
        "输入的编码：auto、utf-8、gb18030；默认 auto，由文件开头判断",
        "Encoding of the input: auto, utf-8, gb18030; default auto, detected from the start of the file",
    ),
    (
        "files.bom",
        "结果写成带标记的 UTF-8，供 Excel 打开；默认与输入编码相同",
        "Write the result as UTF-8 with a byte order mark, for Excel; default: the encoding of the input",
    ),
    ("files.fail_fast", "遇到第一个不合的行即停止", "Stop at the first row with a problem"),
    (
        "files.jobs",
        "同时工作的线程数，默认与处理器核数相同（至多 16）；结果逐字节相同",
        "Number of threads, default one per core (at most 16); the result is the same for any number",
    ),
    ("contrib", "单位和个人各缴多少", "What employer and employee pay"),
    ("contrib.wage", "月工资：5000、12,000.00、1.2万", "Monthly wage: 5000, 12,000.00, 1.2万"),
    (
        "contrib.base",
        "缴费基数，代替工资；仍受上下限约束",
        "Contribution base instead of a wage; the limits still apply",
    ),
    ("contrib.month", "月份：2019-05、201905、2019年5月", "Month: 2019-05, 201905, 2019年5月"),
    ("contrib.from", "起月", "First month of a period"),
    ("contrib.to", "止月", "Last month of a period"),
    ("contrib.only", "只算这些险种：pension,unemployment 或 养老,失业", "Only these insurances: pension,unemployment"),
    (
        "contrib.payer",
        "缴费主体：enterprise 企业、institution 机关事业单位、flexible 灵活就业",
        "Payer: enterprise, institution, flexible",
    ),
    ("contrib.injury_class", "工伤行业风险类别 1 至 8", "Industry risk class for work injury, 1 to 8"),
    (
        "contrib.injury_grade",
        "工伤浮动档次：50%、80%、100%、120%、150%",
        "Floating grade for work injury: 50%, 80%, 100%, 120%, 150%",
    ),
    (
        "contrib.relief",
        "按名称计入的减免（未确认的阶段性政策），可重复",
        "Apply a relief by name (temporary, unconfirmed); repeatable",
    ),
    (
        "contrib.file",
        "整表计算：含工资（或基数）和月份的 CSV",
        "Calculate a whole CSV file with wages (or bases) and months",
    ),
    ("contrib.column", "指明列：wage=应发工资，可重复", "Name a column: wage=应发工资; repeatable"),
    ("resident-pension", "城乡居民基本养老保险待遇", "Resident basic pension"),
    ("resident-pension.birth", "出生日期：1954-05-15、1954年5月15日", "Birth date: 1954-05-15"),
    ("resident-pension.id", "身份证号（校验）", "Identity number (check digit verified)"),
    ("resident-pension.month", "月份", "Month"),
    ("resident-pension.from", "起月", "First month of a period"),
    ("resident-pension.to", "止月", "Last month of a period"),
    ("resident-pension.account", "个人账户储存额", "Balance of the personal account"),
    ("resident-pension.years", "缴费年限", "Years paid"),
    ("resident-pension.death", "死亡日期；发至死亡当月", "Date of death; paid up to that month"),
    (
        "resident-pension.category",
        "可提前领取的身份，如 severely-disabled 重度残疾人",
        "Group with an earlier payable age, such as severely-disabled",
    ),
    ("resident-pension.base_pension", "费率表没有基础养老金时直接给出", "Base pension, if the tables have none"),
    (
        "resident-pension.file",
        "整表计算：含身份证号或出生日期的 CSV",
        "Calculate a whole CSV file with identity numbers or birth dates",
    ),
    ("resident-pension.column", "指明列：birth=生日，可重复", "Name a column: birth=生日; repeatable"),
    (
        "resident-contrib",
        "居民年缴费、补贴与政府代缴",
        "Yearly contribution of residents, subsidy, and what the government pays",
    ),
    ("resident-contrib.tier", "缴费档次，元/年", "Contribution tier, yuan a year"),
    ("resident-contrib.year", "年度", "Year"),
    (
        "resident-contrib.category",
        "身份，如 severely-disabled 重度残疾人、hardship 其他困难居民",
        "Group, such as severely-disabled or hardship",
    ),
    ("resident-contrib.people", "人数", "Number of people"),
    (
        "resident-contrib.file",
        "整表计算：含档次、年度（身份、人数）的 CSV",
        "Calculate a whole CSV file with tiers and years (groups, people)",
    ),
    ("resident-contrib.column", "指明列：tier=档次，可重复", "Name a column: tier=档次; repeatable"),
    (
        "check",
        "核对工资申报文件：逐行重算，指出差异",
        "Check a payroll file: recalculate every row and report the differences",
    ),
    (
        "check.file",
        "工资或缴费明细：csv、tsv、xlsx、xls、ods、HTML；- 为标准输入",
        "Payroll files: csv, tsv, xlsx, xls, ods, HTML; - is standard input",
    ),
    (
        "check.duplicates",
        "查找同一人、同一月、同一险种的重复：auto（输入不超过 64 MiB 时）、on、off；每行约占 100 字节内存",
        "Search for duplicates of a person, month and insurance: auto (inputs up to 64 MiB), on, off; uses about 100 bytes of memory per row",
    ),
    ("check.findings", "差异逐条写入文件（.jsonl、.csv）", "Write the findings one by one to a file (.jsonl, .csv)"),
    (
        "check.explain_row",
        "只说明第 N 行：全部算法，以及与申报不符的费率表条目；表头是第 1 行",
        "Explain row N only: the full calculation, and the table lines that contradict the row; the headings are row 1",
    ),
    ("check.only_mismatches", "只输出不符和无法核对的行", "Write only rows that are wrong or could not be checked"),
    ("check.tolerance", "差额不超过此数不算不符，默认 0.00", "Accept differences up to this amount; default 0.00"),
    ("check.column", "指明列：wage=应发工资，可重复", "Name a column: wage=应发工资; repeatable"),
    ("check.summary", "汇总写成 JSON 文件", "Write the summary to a JSON file"),
    ("check.month", "文件没有月份列时指定月份", "Month, if the file has no month column"),
    (
        "check.base_from",
        "基数从哪里来：wage（工资或申报基数）、income（当月收入）、shares（由各项金额推出）",
        "Base source: wage (or declared base), income (of the month), shares (inferred from the amounts)",
    ),
    ("check.only", "只核对这些险种", "Only these insurances"),
    ("check.payer", "缴费主体：enterprise、institution、flexible", "Payer: enterprise, institution, flexible"),
    ("check.injury_class", "工伤行业风险类别 1 至 8", "Industry risk class for work injury, 1 to 8"),
    ("check.injury_grade", "工伤浮动档次", "Floating grade for work injury"),
    ("check.relief", "按名称计入的减免，可重复", "Apply a relief by name; repeatable"),
    (
        "inspect",
        "说明一个文件怎样被读懂：表头、各列含义与依据、月份来源、非人员的行",
        "Show how a file is read: headings, meaning of each column and why, source of the month, skipped rows",
    ),
    ("inspect.file", "要看的文件；- 为标准输入", "File to read; - is standard input"),
    (
        "inspect.save",
        "把读法存成版式文件，供 check --layout 使用",
        "Save how the file is read as a layout for check --layout",
    ),
    ("inspect.column", "指明列：wage=应发工资，可重复", "Name a column: wage=应发工资; repeatable"),
    ("inspect.month", "文件没有月份时指定", "Month, if the file does not give it"),
    (
        "inspect.base_from",
        "基数从哪里来：wage、income、shares，同 check",
        "Base source: wage, income, shares, as for check",
    ),
    ("inspect.only", "只看这些险种", "Only these insurances"),
    ("inspect.payer", "缴费主体：enterprise、institution、flexible", "Payer: enterprise, institution, flexible"),
    ("inspect.injury_class", "工伤行业风险类别 1 至 8", "Industry risk class for work injury, 1 to 8"),
    ("inspect.injury_grade", "工伤浮动档次", "Floating grade for work injury"),
    ("inspect.relief", "按名称计入的减免，可重复", "Apply a relief by name; repeatable"),
    (
        "inspect#examples",
        "  shebao inspect 社保明细.xlsx\n  shebao inspect 社保明细.xlsx --save layout.toml\n  shebao check 下月明细.xlsx --layout layout.toml",
        "  shebao inspect payroll.xlsx\n  shebao inspect payroll.xlsx --save layout.toml\n  shebao check next-month.xlsx --layout layout.toml",
    ),
    ("tables", "费率表本身：查看、沿革、比较、检查、导出", "The tables themselves: show, history, diff, lint, export"),
    ("tables.list", "地区与条目一览", "Regions and kinds of figures"),
    ("tables.show", "某月有效的全部数据及依据", "Everything in force in a month, with source and status"),
    ("tables.show.month", "月份，默认本月", "Month; default this month"),
    ("tables.history", "一个项目的历年沿革", "One figure through the years"),
    (
        "tables.history.key",
        "项目，如 resident_base_pension、contribution_rate.pension",
        "Figure, such as resident_base_pension or contribution_rate.pension",
    ),
    ("tables.diff", "两个年度或月份之间的变化", "What changed between two years or months"),
    ("tables.diff.before", "之前：年份（按十二月）或月份", "Before: a year (its December) or a month"),
    ("tables.diff.after", "之后：年份（按十二月）或月份", "After: a year (its December) or a month"),
    ("tables.lint", "检查费率表，一次报告全部错误", "Check the tables and report every fault at once"),
    (
        "tables.lint.folder",
        "只检查这个文件夹；不写则检查内置及叠加的费率表",
        "Check this folder only; default: the embedded tables and those laid over them",
    ),
    (
        "tables.lint.until",
        "要求数据覆盖到该月，默认本月",
        "Month up to which the tables must have figures; default this month",
    ),
    ("tables.schema", "年度文件的 JSON Schema，供编辑器使用", "JSON Schema of a year's file, for editors"),
    ("tables.export", "把内置费率表写到文件夹", "Write the embedded tables to a folder"),
    ("tables.export.folder", "新的或空的文件夹", "A new or empty folder"),
    ("schema", "各项结果的 JSON Schema，供程序使用", "JSON Schema of the results, for programs"),
    ("schema.result", "结果的名称；不写则列出全部", "Name of a result; without one they are listed"),
    ("schema#contrib", "contrib --format json", "contrib --format json"),
    ("schema#contrib-file", "contrib --file FILE --format json", "contrib --file FILE --format json"),
    ("schema#contrib-row", "contrib --file FILE -o 结果.jsonl 的一行", "a line of contrib --file FILE -o RESULT.jsonl"),
    ("schema#resident-pension", "resident-pension --format json", "resident-pension --format json"),
    (
        "schema#resident-pension-file",
        "resident-pension --file FILE --format json",
        "resident-pension --file FILE --format json",
    ),
    (
        "schema#resident-pension-row",
        "resident-pension --file FILE -o 结果.jsonl 的一行",
        "a line of resident-pension --file FILE -o RESULT.jsonl",
    ),
    ("schema#resident-contrib", "resident-contrib --format json", "resident-contrib --format json"),
    (
        "schema#resident-contrib-file",
        "resident-contrib --file FILE --format json",
        "resident-contrib --file FILE --format json",
    ),
    (
        "schema#resident-contrib-row",
        "resident-contrib --file FILE -o 结果.jsonl 的一行",
        "a line of resident-contrib --file FILE -o RESULT.jsonl",
    ),
    ("schema#check-row", "check FILE -o 结果.jsonl 的一行", "a line of check FILE -o RESULT.jsonl"),
    ("schema#check-summary", "check FILE --summary 汇总.json", "check FILE --summary SUMMARY.json"),
    ("schema#check-finding", "check FILE --findings 清单.jsonl 的一行", "a line of check FILE --findings LIST.jsonl"),
    (
        "schema#check-explain-row",
        "check FILE --explain-row N --format json",
        "check FILE --explain-row N --format json",
    ),
    ("schema#inspect", "inspect FILE --format json", "inspect FILE --format json"),
    ("schema#tables-list", "tables list --format json", "tables list --format json"),
    ("schema#tables-show", "tables show --format json", "tables show --format json"),
    ("schema#tables-history", "tables history KEY --format json", "tables history KEY --format json"),
    ("schema#tables-diff", "tables diff BEFORE AFTER --format json", "tables diff BEFORE AFTER --format json"),
    ("schema#schema", "schema --format json", "schema --format json"),
    (
        "schema#examples",
        "  shebao schema\n  shebao schema contrib > contrib.schema.json",
        "  shebao schema\n  shebao schema contrib > contrib.schema.json",
    ),
    (
        "contrib#examples",
        "  shebao contrib --wage 5000 --month 2019-05\n  shebao contrib --wage 1.2万 --from 2025-01 --to 2025-12 --injury-class 2\n  shebao contrib --file examples/payroll.csv -o result.csv",
        "  shebao contrib --wage 5000 --month 2019-05\n  shebao contrib --wage 12000 --from 2025-01 --to 2025-12 --injury-class 2\n  shebao contrib --file examples/payroll.csv -o result.csv",
    ),
    (
        "resident-pension#examples",
        "  shebao resident-pension --birth 1954-05-15 --month 2019-06 --account 10000 --years 20",
        "  shebao resident-pension --birth 1954-05-15 --month 2019-06 --account 10000 --years 20",
    ),
    (
        "resident-contrib#examples",
        "  shebao resident-contrib --tier 300 --year 2019 --category severely-disabled --people 1564",
        "  shebao resident-contrib --tier 300 --year 2019 --category severely-disabled --people 1564",
    ),
    (
        "check#examples",
        "  shebao check examples/payroll.csv -o result.xlsx\n  shebao check payroll.csv --only-mismatches --column wage=应发工资",
        "  shebao check examples/payroll.csv -o result.xlsx\n  shebao check payroll.csv --only-mismatches --column wage=应发工资",
    ),
    (
        "tables#examples",
        "  shebao tables show --month 2019-06\n  shebao tables history resident_base_pension\n  shebao tables diff 2025 2026",
        "  shebao tables show --month 2019-06\n  shebao tables history resident_base_pension\n  shebao tables diff 2025 2026",
    ),
];

//! Where the headings are: one to three rows, under titles and labels, above the first person.
//!
//! A heading row is recognized by what stands in it. The row that names a person (姓名, 证件号码) is sought first; rows
//! above it that group columns and rows below it that divide them belong to it. Hidden rows and what stands
//! above are no headings. Whether cells were merged is not needed: a group reaches to the right over blanks
//! as long as the rows below say something.

use super::heading::{Names, Said, normal};
use super::role::{LeftOut, Meaning, PlainRole};
use super::vocabulary;
use crate::files::TopRow;

/// The heading rows of a table: their places in the top rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HeadingRows {
    pub first: usize,
    pub last: usize,
}

/// The most rows that headings stand in.
const ROWS_MOST: usize = 3;
/// The most rows above the headings.
const ABOVE_MOST: usize = 60;

/// How many cells of a row are headings that are known, and whether one of them names a person.
fn known(row: &TopRow, names: &Names) -> (usize, bool) {
    let (mut count, mut person) = (0, false);
    for cell in &row.cells {
        match names.read(std::slice::from_ref(cell)) {
            Said::Nothing => {}
            Said::Meaning(Meaning::Plain(PlainRole::Name | PlainRole::EmployeeId)) => {
                (count, person) = (count + 1, true);
            }
            Said::Meaning(_) | Said::NoSide(_) | Said::LeftOut(_) => count += 1,
        }
    }
    (count, person)
}

/// Whether a cell is a number, as those of data rows are.
pub(crate) fn is_number(cell: &str) -> bool {
    let plain = crate::units::typed::half_width(cell);
    let plain = plain.trim().trim_start_matches(['-', '¥', '￥', '\'']);
    !plain.is_empty()
        && plain.bytes().any(|byte| byte.is_ascii_digit())
        && plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// How many cells of a row hold anything that is not a column of a result.
fn filled(row: &TopRow) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty() && !is_result(cell)).count()
}

/// Whether a heading is of a column that this program added: a result may be checked again.
fn is_result(cell: &str) -> bool {
    cell.ends_with("_due") || matches!(cell, "status" | "cause" | "detail")
}

/// Finds the headings; the first row that holds anything where nothing is known.
pub(crate) fn find(top: &[TopRow], names: &Names) -> HeadingRows {
    let rows = || top.iter().enumerate().take(ABOVE_MOST).filter(|(_, row)| !row.hidden);
    let is_data = |row: &TopRow| row.cells.iter().filter(|cell| is_number(cell)).count() > 1;
    let mut main: Option<usize> = None;
    for (at, row) in rows() {
        let (count, person) = known(row, names);
        if person && count > 1 && !is_data(row) {
            main = Some(at);
        } else if main.is_some() && is_data(row) {
            // What is headed so below the first person is a repetition.
            break;
        }
    }
    let best = || {
        let (at, count) =
            rows().map(|(at, row)| (at, known(row, names).0)).max_by_key(|(at, count)| (*count, usize::MAX - at))?;
        (count > 0).then_some(at)
    };
    let main = main.or_else(best).or_else(|| rows().find(|(_, row)| filled(row) > 0).map(|(at, _)| at)).unwrap_or(0);
    let mut last = main;
    while last + 1 < top.len() && last + 1 - main < ROWS_MOST && divides(&top[last + 1], &top[main], names) {
        last += 1;
    }
    let mut first = main;
    while first > 0 && last + 1 - first < ROWS_MOST && groups(&top[first - 1], &top[main], names) {
        first -= 1;
    }
    HeadingRows { first, last }
}

/// Whether a row below the main heading row divides its columns: it says something where that is blank or
/// groups, and holds no data.
fn divides(row: &TopRow, main: &TopRow, names: &Names) -> bool {
    if row.hidden || row.cells.iter().any(|cell| is_number(cell)) {
        return false;
    }
    let person = |cell: &str| {
        matches!(names.read(&[cell.to_owned()]), Said::Meaning(Meaning::Plain(PlainRole::Name | PlainRole::EmployeeId)))
    };
    let under_person = main.cells.iter().enumerate().any(|(at, cell)| person(cell) && !row.cell(at).is_empty());
    let member = |cell: &str| {
        let said = names.read(&["养老".to_owned(), cell.to_owned()]);
        said != Said::Nothing && !cell.trim().is_empty()
    };
    let members = row.cells.iter().filter(|cell| member(cell)).count();
    !under_person && members > 0 && members * 3 >= filled(row)
}

/// Whether a row above the main heading row groups its columns: it names insurances or schemes.
fn groups(row: &TopRow, main: &TopRow, names: &Names) -> bool {
    if row.hidden || filled(row) < 2 || filled(row) > filled(main) {
        return false;
    }
    let label = row.cells.iter().any(|cell| {
        let plain = normal(cell);
        vocabulary::MONTH_LABELS.iter().any(|label| plain.starts_with(label))
    });
    let grouping = row.cells.iter().filter(|cell| {
        let left_out = matches!(names.read(std::slice::from_ref(cell)), Said::LeftOut(what) if what != LeftOut::Beside);
        left_out || !names.insurances_in(cell).is_empty()
    });
    !label && grouping.count() > 0
}

/// The parts of each column's heading, from above.
pub(crate) fn paths(top: &[TopRow], rows: HeadingRows) -> Vec<Vec<String>> {
    let heading = &top[rows.first..=rows.last];
    let width = heading.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let cell = |level: usize, at: usize| heading[level].cells.get(at).map_or("", String::as_str);
    let blank = |level: usize, at: usize| cell(level, at).trim().is_empty();
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); width];
    // Where the group of each level began.
    let mut begun: Vec<Option<usize>> = vec![None; heading.len()];
    for (at, path) in paths.iter_mut().enumerate() {
        if let Some(level) = (0..heading.len()).find(|level| is_result(cell(*level, at))) {
            path.push(cell(level, at).to_owned());
            begun.fill(None);
            continue;
        }
        for level in 0..heading.len() {
            let below = (level + 1..heading.len()).any(|lower| !blank(lower, at));
            if !blank(level, at) {
                begun[level] = Some(at);
                // A new group ends those that were open below it.
                begun[level + 1..].fill(None);
            } else if !below {
                begun[level] = None;
            }
            if let Some(from) = begun[level] {
                path.push(cell(level, from).to_owned());
            }
        }
        if path.is_empty() {
            path.push(String::new());
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str]) -> Vec<TopRow> {
        let row = |(at, text): (usize, &&str)| TopRow {
            number: u64::try_from(at).unwrap() + 1,
            cells: text.split('|').map(str::to_owned).collect(),
            ..TopRow::default()
        };
        texts.iter().enumerate().map(row).collect()
    }

    fn found(texts: &[&str]) -> (usize, usize, String) {
        let book = crate::payroll::reading::tests::names();
        let top = rows(texts);
        let HeadingRows { first, last } = find(&top, &book);
        let paths = paths(&top, HeadingRows { first, last });
        (first, last, paths.iter().map(|path| path.join(">")).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn headings_are_found_under_titles_and_groups_reach_over_blanks() {
        assert_eq!(
            found(&[
                "职工全险种明细",
                "费款所属期|2024-09",
                "序号|姓名|证件号码|基本养老应缴费额||失业应缴费额||工伤应缴费额|合计",
                "|||单位部分|个人部分|单位部分|个人部分|单位部分|",
                "1|甲|371003199005129968|1|2|3|4|5|15",
            ]),
            (
                2,
                3,
                "序号|姓名|证件号码|基本养老应缴费额>单位部分|基本养老应缴费额>个人部分|失业应缴费额>单位部分|\
                 失业应缴费额>个人部分|工伤应缴费额>单位部分|合计"
                    .to_owned()
            )
        );
    }

    #[test]
    fn the_columns_of_a_result_belong_to_no_group() {
        let (first, last, paths) = found(&[
            "姓名|证件号码|养老||合计",
            "||单位|个人||pension_base_due|pension_employer_due|status|cause|detail",
            "甲|371003199005129968|1|2|3|1.00|1.00|ok||",
        ]);
        assert_eq!((first, last), (0, 1));
        assert_eq!(
            paths,
            "姓名|证件号码|养老>单位|养老>个人|合计|pension_base_due|pension_employer_due|status|cause|detail"
        );
    }

    #[test]
    fn groups_may_stand_above_the_names() {
        let (first, last, paths) = found(&[
            "||基本医疗保险费||失业保险费|",
            "姓名|证件号码|职工基本医疗保险(单位缴纳)应缴费额(元)|职工基本医疗保险(个人缴纳)应缴费额(元)|失业保险(单位缴纳)应缴费额(元)|失业保险(个人缴纳)应缴费额(元)",
            "甲|371003199005129968|1|2|3|4",
        ]);
        assert_eq!((first, last), (0, 1));
        assert!(
            paths.starts_with("姓名|证件号码|基本医疗保险费>职工基本医疗保险(单位缴纳)应缴费额(元)|基本医疗保险费>")
        );
    }

    #[test]
    fn three_rows_and_a_technical_row_above() {
        let (first, last, paths) = found(&[
            "序号|姓名|CARD_ID|养老缴费区间||企业|个人",
            "2017年05月代理单位费用明细",
            "序号|姓名|身份证号|养老保险|||备注",
            "|||缴费|承担||",
            "|||基数|企业|个人|",
            "1|甲|371003199005129968|5000.00|800.00|400.00|",
        ]);
        assert_eq!((first, last), (2, 4));
        assert_eq!(paths, "序号|姓名|身份证号|养老保险>缴费>基数|养老保险>承担>企业|养老保险>承担>个人|备注");
    }

    #[test]
    fn plain_files_begin_with_their_headings() {
        assert_eq!(found(&["employee_id,x|wage", "1|2"]).0, 0);
        assert_eq!(found(&["foo|bar", "1|2"]), (0, 0, "foo|bar".to_owned()));
    }
}

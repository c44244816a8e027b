//! The words of results that are workbooks: headings of the summary sheet, notes on wrong cells.

use super::names::{InBoth, Worded, words_alone};
use crate::facts::Lang;
use crate::units::Money;

words_alone! {
    /// Words of a workbook.
    pub enum BookWord {
        /// The name of the sheet with the rows.
        Rows = "明细", "Rows";
        /// The name of the sheet that sums up.
        Summary = "核对汇总", "Summary";
        /// Who wrote the notes.
        Author = "社保核对", "shebao";
        /// A kind of rows.
        Kind = "结果", "Result";
        /// How many rows.
        Count = "行数", "Rows";
        /// Why.
        Cause = "原因", "Cause";
    }
}

/// The note on a wrong cell: what it says, what is due, why.
pub(super) fn cell_note(
    lang: Lang,
    (declared, due, difference): (Money, Money, Money),
    causes: &[&str],
    detail: &str,
) -> String {
    let detail = if detail.is_empty() { String::new() } else { format!("\n{detail}") };
    match lang {
        Lang::Chinese => {
            format!("应为 {due}\n所填 {declared}，差 {difference}\n原因：{}{detail}", causes.join("、"))
        }
        Lang::English => {
            format!("due {due}\ndeclared {declared}, difference {difference}\ncause: {}{detail}", causes.join(", "))
        }
    }
}

/// That some wrong cells have no note.
pub(super) fn notes_left_out(lang: Lang, cells: u64) -> String {
    match lang {
        Lang::Chinese => format!("另有 {cells} 个错格只标了颜色，没有批注；原因见该行 detail 列"),
        Lang::English => {
            let cells =
                if cells == 1 { "1 more wrong cell is".to_owned() } else { format!("{cells} more wrong cells are") };
            format!("{cells} coloured without a note; the detail column of the row gives the cause")
        }
    }
}

//! What stands around the cells that a job adds: the cells of the input before them, the status of the row after them.
//!
//! With all columns the bytes of the input row are copied as they came, so nothing of the user's file changes; with
//! `result_only` the row number, the identity number and the month take their place. A row with too few cells is
//! filled up, and what is too much becomes one cell, so that the added cells always stand in their own columns. The
//! added cells themselves are written by the [`Job`](super::Job), how lines are encoded is left to [`Lines`].

use super::status::{Describe, Remark, RowCause, RowStatus};
use crate::facts::mask;
use crate::files::block::unquoted;
use crate::files::csv::scan::Scan;
use crate::files::csv::writer::Counting;
use crate::files::{Content, Headings, Lines, Row};
use crate::payroll::row_kind::RowKind;
use crate::payroll::{Columns, RowKinds};
use crate::units::{Month, typed};

/// A column that a job adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedColumn {
    /// Its code.
    pub code: String,
    /// What its cells hold.
    pub content: Content,
}

impl AddedColumn {
    /// A column of amounts.
    pub fn amount(code: impl Into<String>) -> Self {
        Self { code: code.into(), content: Content::Amount }
    }

    /// A column of text.
    pub fn text(code: impl Into<String>) -> Self {
        Self { code: code.into(), content: Content::Text }
    }
}

/// What the user wants to see of the input.
#[derive(Clone, Copy, Debug, Default)]
pub struct View<'a> {
    /// Only the added cells, after row, employee and month.
    pub result_only: bool,
    /// Only rows that do not agree or could not be worked.
    pub only_mismatches: bool,
    /// Whether identity numbers are masked.
    pub mask: bool,
    /// The name of the file, where several are read.
    pub file: Option<&'a str>,
    /// The month of every row, where the user gave it.
    pub month: Option<Month>,
}

/// What is written around the added cells.
pub struct Frame<'a> {
    /// The headings as they came.
    pub headings: &'a Headings,
    /// What is wanted.
    pub view: View<'a>,
    /// Words faults for the detail column.
    pub describe: Describe<'a>,
    pub(crate) kinds: RowKinds<'a>,
    month: Option<usize>,
}

impl<'a> Frame<'a> {
    /// The frame of a file with these headings. `describe` words the faults in the `detail` column.
    #[must_use]
    pub fn new(headings: &'a Headings, columns: &Columns, view: View<'a>, describe: Describe<'a>) -> Self {
        let month = columns.month_column().map(|at| at.position);
        Self { headings, view, describe, kinds: RowKinds::new(headings, columns), month }
    }

    /// Writes the heading row of the result into emptied `lines`: the headings of the file (or `row`, `employee_id` and
    /// `month` where only the result is wanted), then the codes of `added`. The rows that stand above the headings in the
    /// file come first, and before all of them `mark`, the byte order mark of the encoding or nothing.
    ///
    /// ```
    /// use shebao::batch::{AddedColumn, Frame, View};
    /// use shebao::files::{LineForm, Lines, open_input};
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// let opened = open_input("people.csv", Box::new("姓名,工资\n甲,5000\n".as_bytes()), None)?;
    /// let table = PayrollTable::of_opened("people.csv", opened, Wanted::default())?;
    /// let mut lines = Lines::new(LineForm::Csv);
    /// let mut heading_row = |view| {
    ///     let frame = Frame::new(&table.headings, &table.reading.columns, view, &|kind| kind.code().to_owned());
    ///     frame.heading_row(b"", &[AddedColumn::amount("base_due")], &mut lines);
    ///     String::from_utf8_lossy(lines.bytes()).into_owned()
    /// };
    /// assert_eq!(heading_row(View::default()), "姓名,工资,base_due\n");
    /// assert_eq!(heading_row(View { result_only: true, ..View::default() }), "row,employee_id,month,base_due\n");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn heading_row(&self, mark: &[u8], added: &[AddedColumn], lines: &mut Lines) {
        lines.clear(self.headings.text);
        if lines.are_csv() {
            lines.raw(mark);
        }
        let added_columns = added.len() + usize::from(self.view.file.is_some());
        if !self.view.result_only {
            for above in &self.headings.above {
                self.widened(above, lines);
                lines.empty(added_columns);
                lines.end_row(self.headings.line_end);
            }
        }
        let file = self.view.file.map(|_| "file");
        if self.view.result_only {
            let codes: Vec<&str> = file.into_iter().chain(["row", "employee_id", "month"]).collect();
            lines.raw(codes[0].as_bytes());
            codes[1..].iter().for_each(|code| lines.code(code));
        } else {
            self.widened(&self.headings.raw, lines);
            if let Some(code) = file {
                lines.code(code);
            }
        }
        for column in added {
            lines.code(&column.code);
        }
        lines.end_row(self.headings.line_end);
    }

    /// A row of the headings as it came, with as many cells as there are columns.
    fn widened(&self, raw: &[u8], lines: &mut Lines) {
        let (mut ends, mut start) = (Vec::new(), 0);
        let cells = Scan::new(raw).next_row(&mut ends).map_or(1, |found| found.cells);
        if lines.are_csv() {
            lines.raw(raw);
        } else {
            for (at, end) in ends.iter().take(cells).enumerate() {
                if at > 0 {
                    lines.next();
                }
                lines.cell(&unquoted(raw.get(start..*end).unwrap_or_default()));
                start = end + 1;
            }
        }
        lines.empty(self.headings.texts.len().saturating_sub(cells));
    }

    /// The status of a row that is not handed to the job, and its reasons.
    #[cold]
    pub(crate) fn remark(&self, row: &Row<'_>, kind: RowKind, remark: &mut Remark<impl RowCause>) -> RowStatus {
        let status = match kind {
            RowKind::Person => RowStatus::Ok,
            RowKind::NoPerson(_) => RowStatus::Skipped,
            RowKind::Unclosed | RowKind::NotText | RowKind::WrongWidth => RowStatus::Error,
        };
        remark.faults(self.kinds.faults(row, kind).iter(), self.describe);
        status
    }

    /// Writes what stands before the added cells; `closed` says whether the row's quotes are.
    #[inline]
    pub(crate) fn begin(&self, row: &Row<'_>, closed: bool, counting: &mut Counting, lines: &mut Lines) {
        if self.view.result_only {
            if closed && self.begin_plain(row, counting, lines) {
                return;
            }
            if let Some(file) = self.view.file {
                lines.cell(&self.headings.text.write(file));
                lines.next();
            }
            counting.write(row.number, lines);
            lines.next();
            self.identity(row, closed, lines);
            lines.next();
            self.month(row, lines);
        } else {
            let whole = closed && row.width() == self.headings.texts.len();
            let as_it_came = whole && lines.are_csv() && !self.view.mask;
            if as_it_came {
                lines.raw(row.raw);
            } else {
                self.input(row, closed, lines);
            }
            if let Some(file) = self.view.file {
                lines.words(file);
            }
        }
    }

    /// Writes number, identity number and month, where they stand in their common forms and go out as they are; `false`
    /// where one does not.
    #[inline]
    fn begin_plain(&self, row: &Row<'_>, counting: &mut Counting, lines: &mut Lines) -> bool {
        let (Some(identity), Some(month)) = (self.kinds.identity, self.month) else { return false };
        let (Ok(identity), Ok(month)) =
            (<&[u8; 18]>::try_from(row.raw_cell(identity)), <&[u8; 7]>::try_from(row.raw_cell(month)))
        else {
            return false;
        };
        let View { mask, file, month: given, .. } = self.view;
        if mask || file.is_some() || given.is_some() || !lines.are_csv() || !Month::is_plain(*month) {
            return false;
        }
        let mut cells = [b','; 27];
        cells[1..19].copy_from_slice(identity);
        cells[20..].copy_from_slice(month);
        counting.write(row.number, lines);
        lines.array(cells);
        true
    }

    /// Writes what stands after the added cells.
    #[inline]
    pub(crate) fn end<C: RowCause>(&self, status: RowStatus, remark: &Remark<C>, lines: &mut Lines) {
        if status == RowStatus::Ok && remark.detail.is_empty() && lines.are_csv() {
            let (tail, length): ([u8; 8], _) = match (C::ANY, self.headings.line_end) {
                (true, b"\r\n") => (*b",ok,,\r\n ", 7),
                (true, _) => (*b",ok,,\n  ", 6),
                (false, b"\r\n") => (*b",ok,\r\n  ", 6),
                (false, _) => (*b",ok,\n   ", 5),
            };
            lines.short(tail, length);
            return;
        }
        lines.code(status.code());
        if C::ANY {
            lines.next();
            for (at, cause) in remark.causes.iter().enumerate() {
                if at > 0 {
                    lines.byte(b';');
                }
                lines.raw(cause.code().as_bytes());
            }
        }
        if remark.detail.is_empty() {
            lines.next();
        } else {
            lines.words(&remark.detail);
        }
        lines.end_row(self.headings.line_end);
    }

    /// The input's own cells. Too few are filled up, what is too much (or follows a quote that never
    /// closes) becomes one cell, so that the added cells stay in their columns.
    fn input(&self, row: &Row<'_>, closed: bool, lines: &mut Lines) {
        let width = self.headings.texts.len();
        let whole = if closed && row.width() <= width { row.width() } else { row.width().min(width).saturating_sub(1) };
        let masked = self.kinds.identity.filter(|_| self.view.mask);
        for at in 0..width {
            if at > 0 {
                lines.next();
            }
            if at >= row.width() {
                continue;
            }
            if masked == Some(at) {
                lines.cell(mask(&row.text.show(&row.cell(at))).as_bytes());
            } else if at < whole && lines.are_csv() {
                lines.raw(row.raw_cell(at));
            } else if at < whole {
                lines.cell(&row.cell(at));
            } else if at == whole {
                lines.cell(&row.raw[row.range(at).start..]);
            }
        }
    }

    #[inline]
    fn identity(&self, row: &Row<'_>, closed: bool, lines: &mut Lines) {
        let Some(at) = self.kinds.identity else { return };
        if self.view.mask {
            lines.cell(mask(&row.text.show(&row.cell(at))).as_bytes());
        } else if closed && lines.are_csv() {
            // With its quotes, where it has them: as it came it is a cell.
            match <&[u8; 18]>::try_from(row.raw_cell(at)) {
                Ok(number) => lines.raw(number),
                Err(_) => lines.raw(row.raw_cell(at)),
            }
        } else {
            lines.cell(&row.cell(at));
        }
    }

    #[inline]
    fn month(&self, row: &Row<'_>, lines: &mut Lines) {
        match (self.view.month, self.month) {
            (Some(month), _) => lines.raw(month.to_string().as_bytes()),
            (None, Some(at)) => {
                if let Ok(plain) = <&[u8; 7]>::try_from(row.bare_cell(at))
                    && Month::is_plain(*plain)
                {
                    lines.raw(plain);
                    return;
                }
                let content = row.cell(at);
                match row.text.read(&content).and_then(|text| typed::month_of(&text)) {
                    Some(month) => lines.raw(month.to_string().as_bytes()),
                    None => lines.cell(&content),
                }
            }
            (None, None) => {}
        }
    }
}

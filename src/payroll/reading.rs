//! How a table is understood before anything is computed: where its headings are, what its columns mean,
//! which shape it has, what stands around it.
//!
//! Nothing is guessed that changes money: what cannot be settled by what stands in the file is asked.

use super::columns::Columns;
use super::context::{self, FoundIn};
use super::heading::{Names, normal};
use super::heading_rows;
use super::layout::{Layout, LayoutColumn};
use super::printed_sums::{self, PrintedSum};
use super::role::{Meaning, PlainRole};
use super::sides::{self, ChargeOf};
use super::vocabulary;
use crate::facts::{Fault, Insurance, InsuranceNames, Kind, Outcome, Side, coded};
use crate::files::TopRow;
use crate::units::{Money, Month, typed};

coded! {
    /// The shape of a table.
    pub enum Shape {
        /// A row for each person and month, amounts in columns.
        Wide = "wide",
        /// A row for each person, insurance and side.
        Long = "long",
        /// One insurance, which stands in the name of the file or above the table.
        Single = "single",
        /// Wages or bases only.
        Declared = "declared",
    }
}

coded! {
    /// What a row above the headings is.
    pub enum AboveTable {
        /// It says what the table is.
        Title = "title",
        /// It names something and says it beside: 费款所属期 | 2025-05.
        Label = "label",
        /// Hidden in its sheet.
        Hidden = "hidden",
        /// Nothing stands in it.
        Empty = "empty",
    }
}

/// How a table is understood.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its columns.
    pub columns: Columns,
    /// Its shape.
    pub shape: Shape,
    /// The first and the last heading row.
    pub heading_rows: (u64, u64),
    /// The month of all rows, where something around the table says it.
    pub month: Option<(Month, FoundIn)>,
    /// The insurance of all rows, with its side where one is said.
    pub insurance: Option<(Insurance, Option<Side>, FoundIn)>,
    /// The printed sums that can be checked.
    pub sums: Vec<PrintedSum>,
    /// The rows above and among the first persons.
    pub top: Vec<TopRow>,
    /// The positions in `top` of the rows that look like persons.
    sample: Vec<usize>,
}

/// What is known of a table besides its rows.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// The name of the sheet.
    pub sheet: Option<&'a str>,
    /// What the user said of columns.
    pub mapping: &'a [(String, String)],
    /// The insurances of the tables.
    pub insurances: &'a [InsuranceNames],
    /// A reading that was kept.
    pub layout: Option<&'a Layout>,
}

impl Reading {
    /// Reads the beginning of a table.
    ///
    /// # Errors
    /// As [`Columns::read`].
    pub fn new(top: Vec<TopRow>, about: About<'_>) -> Outcome<Self> {
        let names = Names::new(about.insurances);
        let rows = heading_rows::find(&top, &names);
        let paths = heading_rows::paths(&top, rows);
        let heading_rows = (top[rows.first].number, top[rows.last].number);
        let place = (about.file, heading_rows.1);
        let columns = Columns::read(place, &paths, (about.mapping, about.layout), about.insurances)?;
        let above = &top[..rows.first];
        let month = context::month(above, about.sheet, about.file);
        let kept = about.layout.and_then(|layout| layout.insurance.as_deref());
        let kept = kept.map(|code| (Insurance::new(code), None, FoundIn::Layout));
        let insurance = context::insurance(above, about.sheet, about.file, &names).or(kept);
        let sample = (rows.last + 1..top.len()).filter(|at| is_person(&top[*at], &columns)).collect();
        let shape = shape(&columns);
        let mut reading = Self { columns, shape, heading_rows, month, insurance, sums: Vec::new(), top, sample };
        reading.find_sums();
        Ok(reading)
    }

    /// The amounts of the first persons.
    fn amounts(&self) -> printed_sums::Sample {
        let money = |cell: &String| typed::signed_money(cell).ok();
        self.sample.iter().map(|at| self.top[*at].cells.iter().map(money).collect()).collect()
    }

    fn find_sums(&mut self) {
        let mut sample = self.amounts();
        for row in &mut sample {
            row.resize(self.columns.headings().len(), None);
        }
        let rows = self.sample.len();
        let never = |at: usize| {
            let formulas = self.sample.iter().filter(|row| self.top[**row].uncalculated.contains(&at)).count();
            rows > 0 && formulas == rows
        };
        self.sums = printed_sums::find(&self.columns, &sample, &never);
    }

    /// Settles of which side the amounts are whose headings name none, where the first persons show it; what stays open
    /// is in [`Columns::unsettled`]. `month` is that of all rows, where no column has it; `charge` says what a month
    /// charges for an insurance.
    ///
    /// ```
    /// use shebao::check::Law;
    /// use shebao::facts::{RegionId, Selection};
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// use shebao::tables::{Book, Shelf};
    /// let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
    /// let opened = open_input("people.csv", Box::new("姓名,工资,养老保险\n甲,5000,400\n".as_bytes()), None)?;
    /// let wanted = Wanted { insurances: book.insurances(), ..Wanted::default() };
    /// let mut reading = PayrollTable::of_opened("people.csv", opened, wanted)?.reading;
    /// assert_eq!(reading.columns.unsettled().len(), 1);
    /// let month = "2019-05".parse().unwrap();
    /// reading.settle_sides(Some(month), &|insurance, month| {
    ///     Law::new(&book, Selection::default(), vec![insurance.clone()]).charges(month).pop()?.ok()
    /// });
    /// // 5000 × 8 % is 400: the employee's share. The employer's 16 % would be 800.
    /// let (meaning, _) = reading.columns.meanings()[2].clone().unwrap();
    /// assert_eq!(meaning.code(), "pension_employee");
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    pub fn settle_sides(&mut self, month: Option<Month>, charge: ChargeOf<'_>) {
        let mut sample = self.amounts();
        for row in &mut sample {
            row.resize(self.columns.headings().len(), None);
        }
        let column = self.columns.month_column();
        let of = |at: &usize| {
            let cell = column.as_ref().map(|column| self.top[*at].cell(column.position));
            let first = |text: &str| typed::month_of(text).or_else(|| typed::span(text).map(|(first, _)| first));
            cell.and_then(first).or(month)
        };
        let months: Vec<Option<Month>> = self.sample.iter().map(of).collect();
        sides::settle(&mut self.columns, &sample, &months, charge);
        self.find_sums();
    }

    /// What is kept of the reading for next month's file: the meaning of each column by its code, empty for a column
    /// that is left alone. `container` and `base_from` are codes.
    ///
    /// ```
    /// use shebao::files::open_input;
    /// use shebao::payroll::{Layout, PayrollTable, Wanted};
    /// let opened = open_input("people.csv", Box::new("姓名,工资,备注\n甲,5000,\n".as_bytes()), None)?;
    /// let reading = PayrollTable::of_opened("people.csv", opened, Wanted::default())?.reading;
    /// let layout = reading.layout("csv", None, None);
    /// let codes: Vec<&str> = layout.columns.iter().map(|column| column.meaning.as_str()).collect();
    /// assert_eq!(codes, ["name", "wage", ""]);
    /// assert_eq!(Layout::read("layout.toml", &layout.to_text())?, layout);
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    #[must_use]
    pub fn layout(&self, container: &str, sheet: Option<&str>, base_from: Option<&str>) -> Layout {
        let columns = self.columns.headings().iter().zip(self.columns.meanings()).map(|(heading, meaning)| {
            let meaning = meaning.as_ref().map_or_else(String::new, |(meaning, _)| meaning.code());
            LayoutColumn { heading: heading.clone(), meaning }
        });
        let insurance = self.insurance.as_ref().filter(|_| self.shape == Shape::Single);
        Layout {
            version: 1,
            container: container.to_owned(),
            sheet: sheet.map(str::to_owned),
            shape: self.shape.code().to_owned(),
            insurance: insurance.map(|(insurance, ..)| insurance.code().to_owned()),
            base_from: base_from.map(str::to_owned),
            columns: columns.collect(),
        }
    }

    /// The rows above the headings, and hidden ones between them: the number as a spreadsheet counts it, what the row is,
    /// its filled cells joined by ` | `.
    ///
    /// ```
    /// use shebao::files::open_input;
    /// use shebao::payroll::{AboveTable, PayrollTable, Wanted};
    /// let opened = open_input("people.csv", Box::new("威海某公司工资,\n姓名,工资\n甲,5000\n".as_bytes()), None)?;
    /// let reading = PayrollTable::of_opened("people.csv", opened, Wanted::default())?.reading;
    /// assert_eq!(reading.above(), [(1, AboveTable::Title, "威海某公司工资".to_owned())]);
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    #[must_use]
    pub fn above(&self) -> Vec<(u64, AboveTable, String)> {
        let (first, last) = self.heading_rows;
        let label = self.month.as_ref().and_then(|(_, found)| found.row());
        let above = self.top.iter().take_while(|row| row.number <= last);
        let rows = above.filter(|row| row.hidden || row.number < first).map(|row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            let what = if row.hidden {
                AboveTable::Hidden
            } else if cells.is_empty() {
                AboveTable::Empty
            } else if label == Some(row.number) || cells.len() > 1 {
                AboveTable::Label
            } else {
                AboveTable::Title
            };
            (row.number, what, cells.join(" | ").split_whitespace().collect::<Vec<_>>().join(" "))
        });
        rows.collect()
    }

    /// Whether the first rows have persons, and at least two columns are known.
    #[must_use]
    pub fn has_persons(&self) -> bool {
        let known = self.columns.meanings().iter().flatten().count() + self.columns.unsettled().len();
        !self.sample.is_empty() && known > 1
    }

    /// Whether persons have a name or a number in it.
    #[must_use]
    pub fn names_persons(&self) -> bool {
        self.columns.plain(PlainRole::Name).or_else(|| self.columns.plain(PlainRole::EmployeeId)).is_some()
    }

    /// The fault of a table that is about a whole employer and names no persons: it has numbers of people (人数) and
    /// neither names nor identity numbers. `None` for a table of persons.
    ///
    /// ```
    /// use shebao::facts::Kind;
    /// use shebao::files::open_input;
    /// use shebao::payroll::{PayrollTable, Wanted};
    /// let opened = open_input("sums.csv", Box::new("缴费人数,工资\n12,60000\n".as_bytes()), None)?;
    /// let reading = PayrollTable::of_opened("sums.csv", opened, Wanted::default())?.reading;
    /// let fault = reading.whole_employer("sums.csv").unwrap();
    /// assert!(matches!(fault.kind, Kind::WholeEmployer { .. }));
    /// # Ok::<(), shebao::facts::Faults>(())
    /// ```
    #[must_use]
    pub fn whole_employer(&self, file: &str) -> Option<Fault> {
        let kind = Kind::WholeEmployer { headings: self.columns.named_headings() };
        let is_one = !self.names_persons() && self.columns.plain(PlainRole::People).is_some();
        is_one.then(|| Fault::at(kind, self.columns.place(file)))
    }
}

/// The shape, from what the columns mean.
fn shape(columns: &Columns) -> Shape {
    let has =
        |wanted: &dyn Fn(&Meaning) -> bool| columns.meanings().iter().flatten().any(|(meaning, _)| wanted(meaning));
    let amounts = has(&|meaning| matches!(meaning, Meaning::Amount(..))) || !columns.unsettled().is_empty();
    let shares = has(&|meaning| matches!(meaning, Meaning::SideAmount(_) | Meaning::Plain(PlainRole::Amount)));
    if amounts {
        Shape::Wide
    } else if shares && columns.plain(PlainRole::Insurance).is_some() {
        Shape::Long
    } else if shares {
        Shape::Single
    } else if has(&|meaning| matches!(meaning, Meaning::InsuranceBase(_))) {
        Shape::Wide
    } else {
        Shape::Declared
    }
}

/// Whether a top row is a person's: it has a number or a name, and is no total, sample or remark.
fn is_person(row: &TopRow, columns: &Columns) -> bool {
    if row.hidden {
        return false;
    }
    let cell = |role| columns.plain(role).map(|at| row.cell(at.position));
    match (cell(PlainRole::EmployeeId), cell(PlainRole::Name)) {
        (Some(number), _) if number.bytes().any(|byte| byte.is_ascii_digit()) => true,
        (_, Some(name)) if !name.is_empty() => {
            let plain = normal(name);
            ![vocabulary::TOTALS, vocabulary::SAMPLES].iter().any(|words| words.contains(&plain.as_str()))
                && !vocabulary::SIGNATURES.iter().any(|word| plain.starts_with(word))
        }
        (None, None) => row.cells.iter().any(|cell| Money::from_plain(cell.trim().as_bytes()).is_some()),
        (_, _) => false,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::facts::Bilingual;

    /// The names of the five insurances.
    pub(crate) fn names() -> Names {
        let of = |code: &str, name: &str, full: &str| InsuranceNames {
            insurance: Insurance::new(code),
            name: Bilingual { zh: name.to_owned(), en: String::new() },
            full: Bilingual { zh: full.to_owned(), en: String::new() },
        };
        Names::new(&[
            of("pension", "养老", "基本养老保险"),
            of("medical", "医疗", "基本医疗保险"),
            of("unemployment", "失业", "失业保险"),
            of("injury", "工伤", "工伤保险"),
            of("maternity", "生育", "生育保险"),
        ])
    }
}

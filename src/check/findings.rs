//! A finding: one declared amount that is not what is due; and how findings are written.
//!
//! The same finding is a part of the `detail` column, a line of the findings file (CSV or JSON lines, the same keys in
//! both) and a note on a cell. The detail is in codes and figures and the same in every language; notes are worded by
//! `render`. What differs is found in `compare`, `printed_totals` and `duplicates`, why it differs in `causes`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::cause::Explanation;
use crate::facts::{Insurance, Side};
use crate::files::Lines;
use crate::units::{Money, Month};

/// What of an insurance was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The base; of one side, where each has its own.
    Base(Option<Side>),
    /// The amount of a side.
    Side(Side),
    /// A printed sum.
    Sum,
}

impl Part {
    /// The code of the `side` column of the findings.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Base(_) => "base",
            Self::Side(side) => side.code(),
            Self::Sum => "sum",
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl JsonSchema for Part {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Part".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes =
            [Self::Base(None), Self::Sum, Self::Side(Side::Employer), Self::Side(Side::Employee)].map(Self::code);
        json_schema!({ "type": "string", "enum": codes, "description": "What of an insurance was declared." })
    }
}

/// One declared amount that is not what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The insurance, by its place in the file's list; none for the base of all.
    pub insurance: Option<usize>,
    /// What of it.
    pub part: Part,
    /// The position of its column.
    pub column: usize,
    /// What the cell says.
    pub declared: Money,
    /// What is due.
    pub due: Money,
    /// The row that declared it first, where this one declares it again; it may then be right in itself.
    pub first: Option<u64>,
    /// Why.
    pub why: Explanation,
}

impl Finding {
    pub(super) fn new(
        insurance: Option<usize>,
        part: Part,
        column: usize,
        (declared, due): (Money, Money),
        first: Option<u64>,
    ) -> Self {
        Self { insurance, part, column, declared, due, first, why: Explanation::default() }
    }

    /// Declared less due: negative where too little is declared.
    #[must_use]
    pub fn difference(&self) -> Money {
        Money::from_fen(self.declared.fen().saturating_sub(self.due.fen()))
    }

    /// What differs, by its code: `pension_employer`, `base`, `employee_base`. Of sums there are several, so each
    /// has its heading for a name, without blanks.
    ///
    /// ```
    /// use shebao::check::{Explanation, Finding, Part};
    /// use shebao::facts::{Insurance, Side};
    /// use shebao::units::Money;
    /// let (declared, due) = (Money::from_fen(79_000), Money::from_fen(80_000));
    /// let (part, why) = (Part::Side(Side::Employer), Explanation::default());
    /// let finding = Finding { insurance: Some(0), part, column: 3, declared, due, first: None, why };
    /// assert_eq!(finding.subject(Some(&Insurance::new("pension")), "养老单位"), "pension_employer");
    /// assert_eq!(finding.difference().to_string(), "-10.00");
    /// ```
    #[must_use]
    pub fn subject(&self, insurance: Option<&Insurance>, heading: &str) -> String {
        match (self.part, insurance) {
            (Part::Sum, _) => heading.split_whitespace().collect(),
            (Part::Base(_) | Part::Side(_), Some(insurance)) => format!("{insurance}_{}", self.part.code()),
            (Part::Base(Some(side)), None) => format!("{}_base", side.code()),
            (Part::Base(None) | Part::Side(_), None) => self.part.code().to_owned(),
        }
    }

    /// Writes it as the detail column states it; the other hypotheses that would explain it only where `with_others`.
    pub(super) fn detail(&self, insurance: Option<&Insurance>, (heading, with_others): (&str, bool), out: &mut String) {
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&self.subject(insurance, heading));
        if let (Some(first), true) = (self.first, self.declared == self.due) {
            out.push_str(&format!(": declared {} again, first in row {first}", self.declared));
            return;
        }
        for (words, money) in
            [(": declared ", self.declared), (", due ", self.due), (", difference ", self.difference())]
        {
            out.push_str(words);
            let mut digits = [0; Money::PLAIN_MOST];
            let length = money.write_plain(&mut digits);
            out.push_str(std::str::from_utf8(&digits[..length]).unwrap_or_default());
        }
        if !self.why.detail.is_empty() {
            out.push_str(" [");
            let first = self.why.detail.split(" or ").next().unwrap_or_default();
            out.push_str(if with_others { &self.why.detail } else { first });
            out.push(']');
        }
    }
}

/// How findings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListForm {
    /// A row each.
    Csv,
    /// A JSON object each.
    Jsonl,
}

/// A list of findings in a file of its own.
#[derive(Clone, Debug)]
pub struct Listing {
    /// How it is written.
    pub form: ListForm,
    /// The name of the payroll file.
    pub file: String,
    /// The name of its sheet.
    pub sheet: Option<String>,
    /// Whether identity numbers are masked.
    pub mask: bool,
}

/// A finding as a line of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingLine<'a> {
    /// The payroll file.
    pub file: &'a str,
    /// Its sheet.
    pub sheet: Option<&'a str>,
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// The identity number as it stands in the file.
    pub employee_id: Option<&'a str>,
    /// The month.
    pub month: Option<Month>,
    /// The heading of the column.
    pub column: &'a str,
    /// The insurance; none for a base or sum of all.
    pub insurance: Option<&'a Insurance>,
    /// What of the insurance was declared.
    pub side: Part,
    /// What the cell says.
    pub declared: Money,
    /// What is due.
    pub due: Money,
    /// Declared less due.
    pub difference: Money,
    /// Why it differs; several codes are joined by ";".
    pub cause: String,
}

impl FindingLine<'_> {
    /// The columns of a list in CSV.
    const KEYS: [&'static str; 12] = [
        "file",
        "sheet",
        "row",
        "employee_id",
        "month",
        "column",
        "insurance",
        "side",
        "declared",
        "due",
        "difference",
        "cause",
    ];

    /// The same values as cells, in the order of the columns.
    fn cells(&self) -> [String; 12] {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        [
            self.file.to_owned(),
            text(self.sheet),
            self.row.to_string(),
            text(self.employee_id),
            self.month.map(|month| month.to_string()).unwrap_or_default(),
            self.column.to_owned(),
            text(self.insurance.map(Insurance::code)),
            self.side.code().to_owned(),
            self.declared.to_string(),
            self.due.to_string(),
            self.difference.to_string(),
            self.cause.clone(),
        ]
    }
}

/// What a list says of a row besides the finding.
pub(super) struct About<'a> {
    pub row: u64,
    pub employee: Option<&'a str>,
    pub month: Option<Month>,
    pub heading: &'a str,
    pub insurance: Option<&'a Insurance>,
}

impl Listing {
    /// What stands before the first finding: the line of keys in CSV, nothing in JSON lines.
    ///
    /// ```
    /// use shebao::check::{ListForm, Listing};
    /// let listing = Listing { form: ListForm::Csv, file: "people.csv".to_owned(), sheet: None, mask: false };
    /// assert!(listing.heading().starts_with("file,sheet,row,employee_id,month,column,"));
    /// ```
    #[must_use]
    pub fn heading(&self) -> String {
        match self.form {
            ListForm::Csv => FindingLine::KEYS.join(",") + "\n",
            ListForm::Jsonl => String::new(),
        }
    }

    pub(super) fn write(&self, finding: &Finding, about: &About<'_>, out: &mut Vec<u8>) {
        let causes: Vec<&str> = finding.why.causes.iter().map(|cause| cause.code()).collect();
        let line = FindingLine {
            file: &self.file,
            sheet: self.sheet.as_deref(),
            row: about.row,
            employee_id: about.employee,
            month: about.month,
            column: about.heading,
            insurance: about.insurance,
            side: finding.part,
            declared: finding.declared,
            due: finding.due,
            difference: finding.difference(),
            cause: causes.join(";"),
        };
        match self.form {
            ListForm::Csv => {
                let mut cells = Lines::default();
                for (at, cell) in line.cells().iter().enumerate() {
                    if at > 0 {
                        cells.next();
                    }
                    cells.cell(cell.as_bytes());
                }
                cells.byte(b'\n');
                out.extend_from_slice(cells.bytes());
            }
            ListForm::Jsonl => {
                // Writing into memory cannot fail.
                let _ = serde_json::to_writer(&mut *out, &line);
                out.push(b'\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_same_columns_in_both_forms() {
        let schema = schemars::schema_for!(FindingLine<'_>);
        let keys: Vec<&String> = schema.get("properties").unwrap().as_object().unwrap().keys().collect();
        assert_eq!(keys, FindingLine::KEYS);
    }
}

//! A finding: one declared amount that is not what is due; and how findings are written.

use super::cause::Explanation;
use crate::facts::{Insurance, Side};
use crate::files::Lines;
use crate::units::Money;

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

    /// Declared less due.
    #[must_use]
    pub fn difference(&self) -> Money {
        Money::from_fen(self.declared.fen().saturating_sub(self.due.fen()))
    }

    /// What differs, by its code: `pension_employer`, `base`, `employee_base`. Of sums there are several, so each
    /// has its heading for a name.
    #[must_use]
    pub fn subject(&self, insurance: Option<&Insurance>, heading: &str) -> String {
        match (self.part, insurance) {
            (Part::Sum, _) => heading.split_whitespace().collect(),
            (Part::Base(_) | Part::Side(_), Some(insurance)) => format!("{insurance}_{}", self.part.code()),
            (Part::Base(Some(side)), None) => format!("{}_base", side.code()),
            (Part::Base(None) | Part::Side(_), None) => self.part.code().to_owned(),
        }
    }

    /// Writes it as the detail column states it. What else would explain it is told `once` in a row.
    pub(super) fn detail(&self, insurance: Option<&Insurance>, (heading, once): (&str, bool), out: &mut String) {
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
            out.push_str(if once { &self.why.detail } else { first });
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

/// The columns of a list.
const KEYS: [&str; 12] = [
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

/// What a list says of a row besides the finding.
pub(super) struct About<'a> {
    pub row: u64,
    pub employee: Option<&'a str>,
    pub month: Option<String>,
    pub heading: &'a str,
    pub insurance: Option<&'a Insurance>,
}

impl Listing {
    /// What stands before the first finding.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.form {
            ListForm::Csv => KEYS.join(",") + "\n",
            ListForm::Jsonl => String::new(),
        }
    }

    pub(super) fn write(&self, finding: &Finding, about: &About<'_>, out: &mut Vec<u8>) {
        let row = about.row.to_string();
        let causes: Vec<&str> = finding.why.causes.iter().map(|cause| cause.code()).collect();
        let amounts = [finding.declared, finding.due, finding.difference()].map(|money| money.to_string());
        let [declared, due, difference] = &amounts;
        let causes = causes.join(";");
        let values: [Option<&str>; 12] = [
            Some(&self.file),
            self.sheet.as_deref(),
            Some(&row),
            about.employee,
            about.month.as_deref(),
            Some(about.heading),
            about.insurance.map(Insurance::code),
            Some(finding.part.code()),
            Some(declared),
            Some(due),
            Some(difference),
            Some(&causes),
        ];
        match self.form {
            ListForm::Csv => {
                let mut line = Lines::default();
                for (at, value) in values.into_iter().enumerate() {
                    if at > 0 {
                        line.next();
                    }
                    line.cell(value.unwrap_or("").as_bytes());
                }
                line.byte(b'\n');
                out.extend_from_slice(line.bytes());
            }
            ListForm::Jsonl => {
                let pairs = KEYS.into_iter().zip(values).map(|(key, value)| {
                    let value = match value {
                        Some(_) if key == "row" => about.row.into(),
                        Some(text) => text.into(),
                        None => serde_json::Value::Null,
                    };
                    (key.to_owned(), value)
                });
                let object = serde_json::Value::Object(pairs.collect());
                out.extend_from_slice(object.to_string().as_bytes());
                out.push(b'\n');
            }
        }
    }
}

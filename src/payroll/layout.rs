//! A reading that was kept: what each column means, so that next month's file is read in the same way. A file with
//! other headings is refused, and the fault names the missing and the new ones.

use serde::{Deserialize, Serialize};

use super::heading::normal;
use super::role::Meaning;
use crate::facts::{Fault, InsuranceNames, Kind, Outcome, Place};

/// A kept reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The form of this file; 1.
    pub version: u32,
    /// The code of the container it was read from.
    pub container: String,
    /// The sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The code of the shape.
    pub shape: String,
    /// The insurance of all rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurance: Option<String>,
    /// What bases rest on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_from: Option<String>,
    /// The columns, in their order.
    pub columns: Vec<LayoutColumn>,
}

/// A column of a kept reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutColumn {
    /// Its heading.
    pub heading: String,
    /// The code of what it means; empty where it is left alone.
    pub meaning: String,
}

impl Layout {
    /// The layout as TOML, as [`Layout::read`] takes it.
    pub fn to_text(&self) -> String {
        // Plain texts can always be written.
        toml::to_string(self).unwrap_or_default()
    }

    /// Reads a layout from the text of a file; `path` is its name, for messages.
    ///
    /// # Errors
    /// [`Kind::BadLayout`] where the text is no layout, or one of another version.
    ///
    /// ```
    /// use shebao::facts::Kind;
    /// use shebao::payroll::Layout;
    /// let faults = Layout::read("layout.toml", "version = 2\ncontainer = \"csv\"\nshape = \"wide\"\ncolumns = []");
    /// assert!(matches!(faults.unwrap_err().0[0].kind, Kind::BadLayout { .. }));
    /// ```
    pub fn read(path: &str, text: &str) -> Outcome<Self> {
        let bad = |message: String| Fault::at(Kind::BadLayout { message }, Place::File { path: path.to_owned() });
        let layout: Self = toml::from_str(text).map_err(|error| bad(error.message().to_owned()))?;
        if layout.version == 1 { Ok(layout) } else { Err(bad(format!("version {}", layout.version)).into()) }
    }

    /// What the columns of a file mean as it was kept, in the order of `headings`.
    ///
    /// # Errors
    /// [`Kind::LayoutDiffers`] where the headings are others, [`Kind::BadLayout`] where a meaning is not known.
    pub(crate) fn meanings(
        &self,
        headings: &[String],
        place: Place,
        insurances: &[InsuranceNames],
    ) -> Outcome<Vec<Option<Meaning>>> {
        let own: Vec<String> = headings.iter().map(|heading| normal(heading)).collect();
        let kept: Vec<String> = self.columns.iter().map(|column| normal(&column.heading)).collect();
        let lacking = |wanted: &[String], given: &[String], texts: &dyn Fn(usize) -> String| -> Vec<String> {
            let lacking = wanted.iter().enumerate().filter(|(at, heading)| {
                let before = wanted[..*at].iter().filter(|other| other == heading).count();
                given.iter().filter(|other| other == heading).count() <= before
            });
            lacking.map(|(at, _)| texts(at)).filter(|text| !text.trim().is_empty()).collect()
        };
        let missing = lacking(&kept, &own, &|at| self.columns[at].heading.clone());
        let new = lacking(&own, &kept, &|at| headings[at].clone());
        if !missing.is_empty() || !new.is_empty() {
            return Err(Fault::at(Kind::LayoutDiffers { missing, new }, place).into());
        }
        let known = Meaning::all(insurances);
        let mut taken = vec![false; kept.len()];
        let mut meanings = vec![None; own.len()];
        for (position, heading) in own.iter().enumerate() {
            // Of two columns with one heading the first is the first.
            let at = kept.iter().enumerate().position(|(at, other)| other == heading && !taken[at]);
            let Some(at) = at else { continue };
            taken[at] = true;
            let code = &self.columns[at].meaning;
            meanings[position] = known.iter().find(|meaning| meaning.code() == *code).cloned();
            if meanings[position].is_none() && !code.is_empty() {
                let message = format!("{code} = {}", self.columns[at].heading);
                return Err(Fault::at(Kind::BadLayout { message }, place).into());
            }
        }
        Ok(meanings)
    }
}

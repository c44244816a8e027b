//! The columns that say what an entry is: its kind, the months it is for, the wage or base it rests on.
//!
//! They are read here once for every job. What an entry makes due is decided by [`crate::rules::entry`].

use super::cell::{self, At};
use super::columns::Columns;
use super::heading::normal;
use super::role::{Meaning, PlainRole};
use super::vocabulary;
use crate::facts::{EntryKind, Kind, Share, Side};
use crate::files::Row;
use crate::units::{Money, Month, Months, typed};

/// The columns of a file that are about entries and not about one insurance.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntryColumns {
    kind: Option<At>,
    /// How many months a row is for.
    months: Option<At>,
    /// From which month to which.
    span: Option<At>,
    month_to: Option<At>,
    /// The wage, or the income in its place.
    pub wage: Option<At>,
    /// The declared base of all insurances.
    pub base: Option<At>,
    /// The same for each side, where both have one and no wage stands beside them.
    pub side_bases: Option<Share<At>>,
}

/// The columns of one insurance that go before those of all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OwnColumns<'a> {
    pub months: Option<&'a At>,
    pub span: Option<&'a At>,
    pub base: Option<&'a At>,
}

impl EntryColumns {
    /// The columns that a file has; `wage` is the one that bases rest on, if they rest on any.
    pub fn plan(columns: &Columns, wage: Option<At>) -> Self {
        let side_base = |side| columns.find(&Meaning::SideBase(side));
        let (employer, employee) = (side_base(Side::Employer), side_base(Side::Employee));
        let base = columns.plain(PlainRole::Base).or_else(|| employee.clone()).or_else(|| employer.clone());
        let side_bases = employer.zip(employee).filter(|_| wage.is_none());
        Self {
            kind: columns.plain(PlainRole::Kind),
            months: columns.plain(PlainRole::Months),
            span: columns.plain(PlainRole::Span),
            month_to: columns.plain(PlainRole::MonthTo),
            wage,
            base,
            side_bases: side_bases.map(|(employer, employee)| Share { employer, employee }),
        }
    }

    /// Whether the file says of its rows of what kind they are, or for which months.
    pub fn says_what_rows_are(&self) -> bool {
        [&self.kind, &self.months, &self.span, &self.month_to].into_iter().any(Option::is_some)
    }

    /// Whether a row is seen at once to be the month's own entry, and for that month alone. `own_kind` keeps what the
    /// last such row said of its kind.
    pub fn is_own(&self, row: &Row<'_>, own_kind: &mut Vec<u8>) -> bool {
        let cell = |at: &Option<At>| at.as_ref().map_or(&b""[..], |at| row.bare_cell(at.position));
        if !cell(&self.span).is_empty() || !cell(&self.month_to).is_empty() || !matches!(cell(&self.months), b"" | b"1")
        {
            return false;
        }
        self.says_own(row, own_kind)
    }

    /// Whether a row says, as `own_kind` or otherwise, that it is a month's own entry.
    pub fn says_own(&self, row: &Row<'_>, own_kind: &mut Vec<u8>) -> bool {
        let kind = self.kind.as_ref().map_or(&b""[..], |at| row.bare_cell(at.position));
        let is_own = kind == own_kind || self.kind_of(row) == EntryKind::Own;
        if is_own && kind != own_kind {
            own_kind.clear();
            own_kind.extend_from_slice(kind);
        }
        is_own
    }

    /// Whether the file says of what kind its rows are.
    pub fn has_kinds(&self) -> bool {
        self.kind.is_some()
    }

    /// Of what kind a row is.
    pub fn kind_of(&self, row: &Row<'_>) -> EntryKind {
        let text = self.kind.as_ref().and_then(|at| cell::text(row, at));
        text.map_or(EntryKind::Own, |text| read_kind(&text))
    }

    /// The months that an amount of a row is for, each with how often it counts: as its own columns say, or those
    /// of all; `several` are those that the column of the month itself says.
    ///
    /// # Errors
    /// [`Kind::BadMonth`] where a span cannot be read or ends before it begins, [`Kind::BadCount`] where a number of
    /// months cannot be read.
    pub fn months_of(
        &self,
        row: &Row<'_>,
        own: OwnColumns<'_>,
        (month, several): (Month, Option<(Month, Month)>),
    ) -> Result<Vec<(Month, i64)>, Kind> {
        const MOST: i64 = 1200;
        if let Some(text) = own.span.or(self.span.as_ref()).and_then(|at| cell::text(row, at)) {
            let (first, last) = typed::span(&text).ok_or_else(|| Kind::BadMonth { text: text.into_owned() })?;
            return Ok(from_to(first, last));
        }
        if let Some((first, last)) = several {
            return Ok(from_to(first, last));
        }
        if let Some(text) = self.month_to.as_ref().and_then(|at| cell::text(row, at)) {
            let last = typed::month_of(&text).ok_or_else(|| Kind::BadMonth { text: text.clone().into_owned() })?;
            if last < month {
                return Err(Kind::BadMonth { text: text.into_owned() });
            }
            return Ok(from_to(month, last));
        }
        let count = own.months.or(self.months.as_ref()).map(|at| cell::count(row, at, 0, MOST));
        let count = count.transpose()?.flatten().unwrap_or(1).max(1);
        Ok(vec![(month, count)])
    }

    /// The base of each side that a row rests on; `None` where all their cells are blank.
    ///
    /// It is the wage or, without one, the declared base, or that of the insurance itself. A difference rests on
    /// a declared base first, since a wage is no difference. Where each side has its own, a blank one is that of
    /// the other side.
    ///
    /// # Errors
    /// [`Kind::BadMoney`] where the cell is no amount, or a wage of the month's own entry is negative.
    pub fn bases(&self, row: &Row<'_>, own: OwnColumns<'_>, kind: EntryKind) -> Result<Option<Share<Money>>, Kind> {
        if let Some(columns) = &self.side_bases {
            let employer = cell::signed(row, &columns.employer)?;
            let employee = cell::signed(row, &columns.employee)?;
            let both = employer.or(employee).zip(employee.or(employer));
            return Ok(both.map(|(employer, employee)| Share { employer, employee }));
        }
        // Only what is given back or made up can be negative; a negative wage is a mistake.
        let wage = || {
            let read = if kind.is_besides() { cell::signed } else { cell::money };
            self.wage.as_ref().map_or(Ok(None), |at| read(row, at))
        };
        let declared = || -> Result<Option<Money>, Kind> {
            for at in self.base.iter().chain(own.base) {
                if let Some(base) = cell::signed(row, at)? {
                    return Ok(Some(base));
                }
            }
            Ok(None)
        };
        let base = if kind == EntryKind::Difference {
            declared()?.map_or_else(wage, |base| Ok(Some(base)))?
        } else {
            wage()?.map_or_else(declared, |wage| Ok(Some(wage)))?
        };
        Ok(base.map(|base| Share { employer: base, employee: base }))
    }

    /// The first column that a base is looked for in.
    pub fn first_base_column<'a>(&'a self, own: OwnColumns<'a>) -> Option<&'a At> {
        let side = self.side_bases.as_ref().map(|columns| &columns.employee);
        [side, self.wage.as_ref(), self.base.as_ref(), own.base].into_iter().flatten().next()
    }
}

/// Every month of a span.
fn from_to(first: Month, last: Month) -> Vec<(Month, i64)> {
    Months { first, last }.iter().map(|month| (month, 1)).collect()
}

/// What a cell says of the kind of an entry; what says nothing known is the month's own.
fn read_kind(text: &str) -> EntryKind {
    let plain = normal(text);
    let says = |word: &&&str| {
        if word.bytes().all(|byte| byte.is_ascii_digit()) { plain == **word } else { plain.contains(**word) }
    };
    // 基数差额补缴 is a difference.
    let kinds = [EntryKind::Difference, EntryKind::Refund, EntryKind::BackDated];
    let said = kinds.into_iter().find(|kind| vocabulary::entry_kind(*kind).iter().any(|word| says(&word)));
    said.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_agencies_and_employers_write_them() {
        for (text, expected) in [
            ("正常缴费", EntryKind::Own),
            ("10", EntryKind::Own),
            ("", EntryKind::Own),
            ("补缴", EntryKind::BackDated),
            ("政策性补缴", EntryKind::BackDated),
            ("31", EntryKind::BackDated),
            ("补差", EntryKind::Difference),
            ("缴费基数调整补收", EntryKind::Difference),
            ("缴费基数差额补缴", EntryKind::Difference),
            ("退收", EntryKind::Refund),
            ("20 退收", EntryKind::Refund),
            ("120", EntryKind::Own),
        ] {
            assert_eq!(read_kind(text), expected, "{text}");
        }
    }
}

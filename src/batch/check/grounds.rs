//! What the amounts of a row rest on: its wage, a declared base, or what its shares imply.

use super::closely::declared;
use super::declared::Ground;
use super::judge::Paper;
use super::plan::{Check, CheckedInsurance};
use super::shares;
use crate::batch::cell;
use crate::batch::pipeline::Desk;
use crate::batch::row::Row;
use crate::facts::{Kind, Share, Side};
use crate::units::{Money, Month};

impl Check<'_> {
    /// What the amounts of an insurance rest on; faults are noted on the paper.
    pub(super) fn grounds(
        &self,
        row: &Row<'_>,
        checked: &CheckedInsurance,
        month: &Result<Month, Kind>,
        paper: &mut Paper,
        desk: &mut Desk<'_, Self>,
    ) -> Share<Option<Money>> {
        if self.ground == Ground::Shares {
            let implied = month.as_ref().ok().and_then(|month| {
                let known = desk.worker.months.of(*month, || self.charges(*month));
                shares::implied(self, row, &known.charges, paper)
            });
            return Share { employer: implied, employee: implied };
        }
        if self.wage.is_none() && self.extras.side_bases.employer.is_some() {
            return Side::BOTH.into_iter().fold(Share::default(), |mut grounds, side| {
                let column = self.extras.side_bases.get(side).as_ref();
                *grounds.get_mut(side) = column.and_then(|column| declared(row, column, paper));
                grounds
            });
        }
        let ground = match self.ground_in(row, checked) {
            Some(Ok(ground)) => Some(ground),
            Some(Err(kind)) => {
                paper.refuse(kind);
                None
            }
            None if checked.base.is_none() && self.wage.is_none() && self.base.is_none() => {
                let ground = self.common_base(row);
                if ground.is_none() && !Self::declares_nothing(row, checked) {
                    paper.refuse(Kind::NoBaseFor { insurance: checked.insurance.clone() });
                }
                ground
            }
            None => {
                let places = [&self.wage, &self.base, &checked.base];
                paper.refuse(places.into_iter().flatten().next().map_or(Kind::EmptyRow, cell::blank));
                None
            }
        };
        Share { employer: ground, employee: ground }
    }

    /// What the due base of an insurance rests on: the wage or, without one, the declared base, or the
    /// insurance's own; `None` where the row has none of them.
    pub(super) fn ground_in(&self, row: &Row<'_>, checked: &CheckedInsurance) -> Option<Result<Money, Kind>> {
        let wage = self.wage.as_ref().and_then(|at| cell::money(row, at).transpose());
        let base = || self.base.as_ref().and_then(|at| cell::signed(row, at).transpose());
        let own = || checked.base.as_ref().and_then(|at| cell::signed(row, at).transpose());
        wage.or_else(base).or_else(own)
    }

    /// The base of all insurances of a row that have one of their own, where they agree.
    fn common_base(&self, row: &Row<'_>) -> Option<Money> {
        let bases = self.insurances.iter().filter_map(|checked| checked.base.as_ref());
        let mut bases = bases.filter_map(|at| cell::signed(row, at).ok().flatten());
        let first = bases.next()?;
        bases.all(|base| base == first).then_some(first)
    }

    /// The same where it can be read.
    pub(super) fn ground_of(&self, row: &Row<'_>, at: usize) -> Option<Money> {
        self.ground_in(row, &self.insurances[at]).and_then(Result::ok)
    }

    pub(super) fn common_ground(&self, row: &Row<'_>, paper: &mut Paper) -> Option<Money> {
        let bare = CheckedInsurance::bare(crate::facts::Insurance::new(""));
        match self.ground_in(row, &bare) {
            Some(Ok(ground)) => Some(ground),
            Some(Err(kind)) => {
                paper.refused.push(kind);
                None
            }
            None => {
                let places = [&self.wage, &self.base];
                paper.refused.extend(places.into_iter().flatten().next().map(cell::blank));
                None
            }
        }
    }
}

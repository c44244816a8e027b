//! Of which side the amounts are whose headings name none (养老保险, 医疗保险 …).
//!
//! Three things settle it, in this order: the form the file is written by (the withholding client holds
//! the employee's shares only); net pay that is gross pay less these columns; the amounts themselves,
//! which are those of one side in more than half of the rows and of the other in none. Where none of
//! them does, nothing is guessed: the user is asked.

use super::columns::Columns;
use super::heading::normal;
use super::printed_sums::{Sample, Sign, added, net_of};
use super::role::{PlainRole, Why};
use super::vocabulary;
use crate::facts::{Charge, Insurance, Share, Side};
use crate::rules::{Silent, contribution};
use crate::units::{Money, Month};

/// What a month charges for an insurance, where the tables say so.
pub(crate) type ChargeOf<'a> = &'a dyn Fn(&Insurance, Month) -> Option<Charge>;

/// Settles the sides where that can be done; `months` are those of the sample's rows.
pub(crate) fn settle(columns: &mut Columns, sample: &Sample, months: &[Option<Month>], charge: ChargeOf<'_>) {
    if columns.unsettled().is_empty() {
        return;
    }
    let found =
        withholding(columns).or_else(|| net_pay(columns, sample)).or_else(|| ratio(columns, sample, months, charge));
    if let Some((side, why)) = found {
        columns.settle(side, why);
    }
}

fn withholding(columns: &Columns) -> Option<(Side, Why)> {
    let form = columns.headings().iter().any(|heading| vocabulary::WITHHOLDING.contains(&normal(heading).as_str()));
    form.then_some((Side::Employee, Why::WithholdingForm))
}

fn net_pay(columns: &Columns, sample: &Sample) -> Option<(Side, Why)> {
    let net = columns.plain(PlainRole::Net)?.position;
    let rows: Vec<&Vec<Option<Money>>> =
        sample.iter().filter(|row| row.get(net).is_some_and(Option::is_some)).collect();
    let holds = |parts: &[(usize, Sign)]| rows.iter().filter(|row| added(parts, row) == row[net]).count();
    let best = net_of(columns).iter().map(|parts| holds(parts)).max()?;
    (best * 2 > rows.len()).then_some((Side::Employee, Why::NetPay))
}

fn ratio(columns: &Columns, sample: &Sample, months: &[Option<Month>], charge: ChargeOf<'_>) -> Option<(Side, Why)> {
    let base = columns.plain(PlainRole::Wage).or_else(|| columns.plain(PlainRole::Base))?.position;
    let mut found: Share<usize> = Share::default();
    let mut seen = 0_usize;
    for (row, month) in sample.iter().zip(months) {
        let (Some(month), Some(base)) = (month, row.get(base).copied().flatten()) else { continue };
        for (at, insurance) in columns.unsettled() {
            let Some(declared) = row.get(*at).copied().flatten().filter(|amount| *amount != Money::ZERO) else {
                continue;
            };
            let Some(due) =
                charge(insurance, *month).and_then(|charge| contribution::due(base, &charge, None, &mut Silent).ok())
            else {
                continue;
            };
            if due.amounts.employer.money == due.amounts.employee.money {
                continue;
            }
            seen += 1;
            for side in Side::BOTH {
                *found.get_mut(side) += usize::from(due.amounts.get(side).money == declared);
            }
        }
    }
    let side = match (found.employer, found.employee) {
        (employer, 0) if employer * 2 > seen => Side::Employer,
        (0, employee) if employee * 2 > seen => Side::Employee,
        (_, _) => return None,
    };
    Some((side, Why::Ratio))
}

//! What one heading means.
//!
//! A heading is a whole name (`vocabulary::headings`), or it joins an insurance, a side and a concept in any
//! order: 养老保险(单位)应缴费额, 企业养老, 医疗个人 > 缴费基数. Words that say nothing are passed over; where anything else
//! is left, the heading is not known and left alone. Law of the sides: 单位, 企业, 公司 are the employer, 个人 is the
//! employee, and where both stand in one heading the last one counts.

use super::role::{LeftOut, Meaning, PlainRole, SumOf};
use super::vocabulary;
use crate::facts::{Insurance, InsuranceNames, Side};
use crate::units::typed::half_width;

/// What a heading says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// What it means.
    Meaning(Meaning),
    /// An amount of this insurance; of which side it does not say.
    NoSide(Insurance),
    /// It is known, and left out.
    LeftOut(LeftOut),
    /// Nothing that is known.
    Nothing,
}

/// The names of the insurances, longest first.
pub(crate) struct Names {
    insurances: Vec<(String, Insurance)>,
}

/// A concept that is read word by word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Concept {
    Base,
    Beside,
    Months,
    Span,
    Sum,
    Amount,
}

/// The concepts with their words; of two in a heading the first counts.
const CONCEPTS: [(Concept, &[&str]); 6] = [
    (Concept::Base, vocabulary::BASES),
    (Concept::Beside, vocabulary::BESIDE),
    (Concept::Months, vocabulary::MONTHS),
    (Concept::Span, vocabulary::SPANS),
    (Concept::Sum, vocabulary::SUMS),
    (Concept::Amount, vocabulary::AMOUNTS),
];

impl Names {
    pub fn new(insurances: &[InsuranceNames]) -> Self {
        let mut found: Vec<(String, Insurance)> = Vec::new();
        for names in insurances {
            found.push((normal(&names.full.zh), names.insurance.clone()));
            found.push((normal(&names.name.zh), names.insurance.clone()));
            let others = vocabulary::INSURANCES.iter().filter(|(code, _)| *code == names.insurance.code());
            found.extend(
                others
                    .flat_map(|(_, others)| others.iter())
                    .map(|other| ((*other).to_owned(), names.insurance.clone())),
            );
        }
        found.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Self { insurances: found }
    }

    /// What a heading says; it may stand in several rows, the topmost first.
    pub fn read(&self, path: &[String]) -> Said {
        let levels: Vec<String> = path.iter().map(|level| normal(level)).filter(|level| !level.is_empty()).collect();
        let Some(last) = levels.last() else { return Said::Nothing };
        if let Some(said) = self.code(last) {
            return said;
        }
        // What stands above is needed only where the lower part does not say it all.
        for start in (0..levels.len()).rev() {
            let said = self.joined(&levels[start..].concat(), levels.len() - start);
            if said != Said::Nothing && (start == 0 || self.holds_insurance(&levels[start..].concat())) {
                return said;
            }
        }
        if levels.len() > 1 && !self.holds_insurance(&levels.concat()) {
            return self.joined(last, 1);
        }
        Said::Nothing
    }

    /// The insurances that a text speaks of, in the order of their mention.
    pub fn insurances_in(&self, text: &str) -> Vec<Insurance> {
        let mut rest = schemed(&normal(text));
        let mut found: Vec<(usize, Insurance)> = Vec::new();
        for (name, insurance) in &self.insurances {
            while let Some(at) = rest.find(name.as_str()) {
                found.push((at, insurance.clone()));
                rest.replace_range(at..at + name.len(), &"-".repeat(name.len()));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        let mut insurances: Vec<Insurance> = found.into_iter().map(|(_, insurance)| insurance).collect();
        insurances.dedup();
        insurances
    }

    fn holds_insurance(&self, text: &str) -> bool {
        left_out_in(text).is_some() || !self.insurances_in(text).is_empty()
    }

    /// Our own codes, as our results are headed.
    fn code(&self, text: &str) -> Option<Said> {
        for (_, insurance) in &self.insurances {
            let Some(rest) = text.strip_prefix(insurance.code()) else { continue };
            return match rest {
                "_base" => Some(Said::Meaning(Meaning::InsuranceBase(insurance.clone()))),
                "_employer" => Some(Said::Meaning(Meaning::Amount(insurance.clone(), Side::Employer))),
                "_employee" => Some(Said::Meaning(Meaning::Amount(insurance.clone(), Side::Employee))),
                _ => None,
            };
        }
        None
    }

    /// One text that holds all that is said.
    fn joined(&self, text: &str, levels: usize) -> Said {
        let text = vocabulary::MISPRINTS.iter().find(|(wrong, _)| *wrong == text).map_or(text, |(_, right)| right);
        if text == vocabulary::PRIVATE_PENSION {
            return Said::LeftOut(LeftOut::PrivatePension);
        }
        if let Some(what) = left_out_in(text) {
            return Said::LeftOut(what);
        }
        if let Some(role) = whole(text) {
            return Said::Meaning(Meaning::Plain(role));
        }
        let mut rest = schemed(text);
        let insurance = self.take_insurance(&mut rest);
        let side = take_side(&mut rest);
        let mut concept = None;
        for (what, words) in CONCEPTS {
            let taken = words.iter().filter(|word| take(&mut rest, word)).count();
            concept = concept.or((taken > 0).then_some(what));
        }
        for word in vocabulary::FILLERS {
            while take(&mut rest, word) {}
        }
        let rest = unrated(&rest);
        if !rest.is_empty() {
            return Said::Nothing;
        }
        // 工资 is a base only beside the name of an insurance.
        meaning(insurance, side, concept, (levels > 1, text.contains("基数")))
    }

    /// The insurance that is named last.
    fn take_insurance(&self, rest: &mut String) -> Option<Insurance> {
        // 医疗（含生育） is the medical insurance, of which maternity is a part.
        take(rest, "含生育保险");
        take(rest, "含生育");
        let found = self.insurances_in(rest).pop();
        for (name, _) in &self.insurances {
            while take(rest, name) {}
        }
        found
    }
}

/// What the parts of a heading come to.
fn meaning(
    insurance: Option<Insurance>,
    side: Option<Side>,
    concept: Option<Concept>,
    (grouped, said_base): (bool, bool),
) -> Said {
    use Concept::{Amount, Base, Beside, Months, Span, Sum};
    let meaning = match (insurance, side, concept) {
        (Some(insurance), _, Some(Base)) => Meaning::InsuranceBase(insurance),
        (Some(insurance), _, Some(Months)) => Meaning::Months(insurance),
        (Some(insurance), _, Some(Span)) => Meaning::Span(insurance),
        (insurance, side, Some(Sum)) => Meaning::Sum(SumOf { insurance, side }),
        (_, _, Some(Beside)) => return Said::LeftOut(LeftOut::Beside),
        (Some(insurance), Some(side), Some(Amount) | None) => Meaning::Amount(insurance, side),
        (Some(insurance), None, Some(Amount) | None) => return Said::NoSide(insurance),
        (None, Some(side), Some(Base)) if said_base => Meaning::SideBase(side),
        (None, Some(side), Some(Amount)) => Meaning::SideAmount(side),
        // 单位 alone is mostly the name of the employer; under a heading it is a share.
        (None, Some(side), None) if grouped => Meaning::SideAmount(side),
        (None, None, Some(Amount)) if !grouped => Meaning::Plain(PlainRole::Amount),
        (None, _, _) => return Said::Nothing,
    };
    Said::Meaning(meaning)
}

/// A whole name of a plain role, or its code.
fn whole(text: &str) -> Option<PlainRole> {
    PlainRole::ALL.into_iter().find(|role| role.code() == text || vocabulary::headings(*role).contains(&text))
}

/// What a text speaks of that is known and left out.
pub(crate) fn left_out_in(text: &str) -> Option<LeftOut> {
    LeftOut::ALL.into_iter().find(|what| vocabulary::left_out(*what).iter().any(|word| text.contains(word)))
}

/// Takes a word out of a text, where it is there.
fn take(rest: &mut String, word: &str) -> bool {
    match rest.find(word) {
        Some(at) => {
            rest.replace_range(at..at + word.len(), "");
            true
        }
        None => false,
    }
}

/// Without rates (`20%`, `2%+10`) and codes of insurances (`210|`).
fn unrated(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let after = &rest[digits..];
        if digits > 0 && (after.starts_with(['%', '|']) || plain.ends_with('+')) {
            rest = after.trim_start_matches(['%', '|']);
        } else {
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    plain.retain(|c| !matches!(c, '+' | '-' | '/' | '_'));
    plain
}

/// Without the words of sides that belong to the name of a scheme.
fn schemed(text: &str) -> String {
    vocabulary::SCHEMES.iter().fold(text.to_owned(), |text, (scheme, plain)| text.replace(scheme, plain))
}

/// The side that is named last.
fn take_side(rest: &mut String) -> Option<Side> {
    let last = |words: &[&str]| words.iter().filter_map(|word| rest.rfind(word)).max();
    let side = match (last(vocabulary::EMPLOYER), last(vocabulary::EMPLOYEE)) {
        (None, None) => None,
        (employer, employee) if employer > employee => Some(Side::Employer),
        (_, _) => Some(Side::Employee),
    };
    for word in vocabulary::EMPLOYER.iter().chain(vocabulary::EMPLOYEE) {
        while take(rest, word) {}
    }
    side
}

/// The side that a text names last, whatever else it says.
pub(crate) fn side_in(text: &str) -> Option<Side> {
    take_side(&mut schemed(&normal(text)))
}

/// A heading without case, blanks, brackets, units, marks and full-width forms.
pub(crate) fn normal(heading: &str) -> String {
    let plain: String = half_width(heading)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '*' | '\u{FEFF}' | '\'' | '"'))
        .flat_map(char::to_lowercase)
        .collect();
    let mut plain = plain.trim_end_matches([':', '?']).to_owned();
    for unit in ["(单位:元)", "(元)", "(yuan)", "(yyyymm)", "(%)", "(元/月)"] {
        take(&mut plain, unit);
    }
    plain.retain(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕'));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payroll::reading::tests::names;

    fn code(said: &Said) -> String {
        match said {
            Said::Meaning(meaning) => meaning.code(),
            Said::NoSide(insurance) => format!("{insurance}?"),
            Said::LeftOut(what) => format!("-{}", what.code()),
            Said::Nothing => String::new(),
        }
    }

    /// Headings as they were found in practice; what each means is said in the same list.
    #[expect(clippy::too_many_lines, reason = "a table of headings")]
    #[test]
    fn headings_of_practice_are_understood() {
        let names = names();
        for (heading, expected) in [
            ("姓　名", "name"),
            ("*姓名.简体中文", "name"),
            ("证件号码\u{A0}", "employee_id"),
            ("* 证照号码", "employee_id"),
            ("费款所属日期起", "month"),
            ("对应费款所属期", "fee_month"),
            ("缴费\n基数", "base"),
            ("社保基数", "base"),
            ("养老保险缴费基数", "pension_base"),
            ("养老金基数", "pension_base"),
            ("（养老）工资", "pension_base"),
            ("医疗技术", "medical_base"),
            ("单位缴费基数", "employer_base"),
            ("个人缴费基数总额", "employee_base"),
            ("基本工资", ""),
            ("当月合计工资", ""),
            ("缴费工资", "wage"),
            ("缴费工资合计(元)", ""),
            ("养老保险单位", "pension_employer"),
            ("养老企业", "pension_employer"),
            ("企业养老", "pension_employer"),
            ("养老保险(单位)", "pension_employer"),
            ("养老保险公司部分", "pension_employer"),
            ("基本养老保险（单位）", "pension_employer"),
            ("职工基本养老保险(单位缴纳)应缴费额(元)", "pension_employer"),
            ("养老保险单位应缴金额", "pension_employer"),
            ("养老单位缴费", "pension_employer"),
            ("养老个人", "pension_employee"),
            ("个人养老", "pension_employee"),
            ("养老保险个人应缴费额", "pension_employee"),
            ("个人养老金", "-private_pension"),
            ("累计个人养老金", "-private_pension"),
            ("企业职工基本养老保险费", "pension?"),
            ("基本养老保险费", "pension?"),
            ("本期基本养老保险费", "pension?"),
            ("医保单位缴费", "medical_employer"),
            ("基本医疗保险（个人）", "medical_employee"),
            ("医疗（含生育）单位", "medical_employer"),
            ("职工大额医疗互助保险(单位缴纳)应缴费额(元)", "-large_medical"),
            ("医保大病统筹", "-large_medical"),
            ("单位医疗救助金", "-large_medical"),
            ("个人失业保险公司部分", "unemployment_employer"),
            ("失业保险(个人缴纳)应缴费额(元)", "unemployment_employee"),
            ("工伤保险应缴费额(元)", "injury?"),
            ("工伤缴费", "injury?"),
            ("医疗生育保险单位", "maternity_employer"),
            ("生育险公司部分", "maternity_employer"),
            ("企业(职业)年金", "-annuity"),
            ("个人年金4%", "-annuity"),
            ("公积金(个人)", "-housing_fund"),
            ("单位应缴费额个人部分", "employee_amount"),
            ("单位应缴费额单位部分", "employer_amount"),
            ("个人缴费金额", "employee_amount"),
            ("本期应缴费额", "amount"),
            ("单位保险小计", "employer_sum"),
            ("个人缴费合计", "employee_sum"),
            ("养老保险小计", "pension_sum"),
            ("合计", "sum"),
            ("社保公司", "employer_sum"),
            ("代扣社保(个人)", "employee_sum"),
            ("五险一金 ", "sum"),
            ("养老缴纳月数", "pension_months"),
            ("养老单位比例", "-beside"),
            ("个人编号", "-beside"),
            ("单位名称", ""),
            ("用工单位", ""),
            ("单位", ""),
            ("参保费种", "insurance"),
            ("业务类型", "kind"),
            ("应发工资(单位:元)", "income"),
            ("实发工资", "net"),
            ("税延养老保险", "-private_pension"),
            ("unemployment_employee", "unemployment_employee"),
        ] {
            assert_eq!(code(&names.read(&[heading.to_owned()])), expected, "{heading}");
        }
    }

    #[test]
    fn each_name_stands_once_and_in_the_form_that_is_compared() {
        let names = |role: PlainRole| std::iter::once(role.code()).chain(vocabulary::headings(role).iter().copied());
        let all: Vec<&str> = PlainRole::ALL.into_iter().flat_map(names).collect();
        for name in &all {
            assert_eq!(normal(name), *name);
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn headings_of_several_rows_are_read_from_below() {
        let names = names();
        for (path, expected) in [
            (&["基本养老应缴费额", "个 人\n部分"][..], "pension_employee"),
            (&["养老保险\n      ", "缴费\n基数"], "pension_base"),
            (&["医疗保险 \n", "企业"], "medical_employer"),
            (&["医疗保险", "小计"], "medical_sum"),
            (&["大病\n", "单位"], "-large_medical"),
            (&["住房公积金", "缴费\n基数"], "-housing_fund"),
            (&["应扣部分（单位/个人承担社会保险）", "养老保险", "个人8%"], "pension_employee"),
            (&["应扣部分（单位/个人承担社会保险）", "医疗保险", "个人2%+10"], "medical_employee"),
            (&["企业职工基本养老保险费", "职工基本养老保险(单位缴纳)应缴费额(元)"], "pension_employer"),
            (&["210|失业保险", "缴费工资"], "unemployment_base"),
            (&["失业保险", "单位比例"], "-beside"),
            (&["基 本 工 资", "月工资"], "wage"),
            (&["养老保险", "单位缴纳金额"], "pension_employer"),
        ] {
            let path: Vec<String> = path.iter().map(|level| (*level).to_owned()).collect();
            assert_eq!(code(&names.read(&path)), expected, "{path:?}");
        }
    }
}

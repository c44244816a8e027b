//! The two languages, and the one place that picks one of them.
//!
//! `phrases` says what can be said, `zh` and `en` how; faults have files of their own. `names` holds the words of
//! closed lists, both languages side by side, and so do the texts of help, of how a file is read and of workbooks.

mod en;
mod en_faults;
mod help;
mod names;
mod phrases;
mod reading;
mod workbook;
mod zh;
mod zh_faults;

pub use help::HelpWord;
pub use names::{Label, Worded};
pub use phrases::{Counts, FaultMessage, LimitsLine, MessageNames, Speaker};
pub use reading::{HowRead, MonthFrom, ReadingWord};
pub use workbook::BookWord;

use crate::facts::Lang;

/// The speaker of a language. It says insurances by their codes until [`Speaker::with`] gives it the names of the tables.
///
/// ```
/// use shebao::facts::Lang;
/// use shebao::render::words::{Label, speaker};
///
/// assert_eq!(speaker(Lang::English).label(Label::Total), "Total");
/// ```
#[must_use]
pub fn speaker(lang: Lang) -> Speaker<'static> {
    match lang {
        Lang::Chinese => Speaker::new(lang, &zh::Chinese),
        Lang::English => Speaker::new(lang, &en::English),
    }
}

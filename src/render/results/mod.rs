//! Results as programs read them: what a command prints with `--format json` or writes as JSON lines, one plain struct
//! for each.
//!
//! The names, the order and the types of the fields are a contract. Amounts and rates are texts, counts and ages
//! numbers, what is true or false is `true` or `false`, in the answer to one case and in the rows of a file alike.
//! [`ResultKind`] lists the results; its schemas are derived from the structs and kept in `docs/schemas`.

mod check;
mod codes;
mod contributions;
mod figures;
mod frame;
mod kind;
mod of_file;
mod reading;
mod residents;

pub use check::{CheckSummary, FindingResult, RowResult, SideSum, TableLine};
pub use contributions::{ContribResult, InsuranceResult, MonthResult};
pub use figures::{
    BlockOrGap, FigureBlocks, FigureChange, FigureResult, FiguresDiff, FiguresHistory, FiguresList, FiguresShow,
};
pub use frame::{Closing, Framed, Keyed, NoteResult, Opening, StepResult, TablesRead};
pub use kind::{KindResult, KindsResult, ResultKind};
pub use of_file::{
    BandResult, CheckRow, ContribRow, FileEnding, FileResult, ResidentContribRow, ResidentPensionRow, RowFrame,
};
pub use reading::{
    ColumnResult, InspectResult, InsuranceOfAll, MonthOfAll, OtherSheetResult, QuestionResult, RowAsRead, SumPart,
    SumResult,
};
pub use residents::{PensionMonth, ResidentContribResult, ResidentPensionResult};

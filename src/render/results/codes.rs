//! The codes of files, tables of people and rows in JSON.

use crate::batch::RowStatus;
use crate::facts::written_as_code;
use crate::files::{Container, Encoding};
use crate::payroll::{BaseSource, NoPayroll, Shape, Why};

written_as_code!(RowStatus, "RowStatus", "How a row came out.", [Ok, Mismatch, Error, Skipped]);
written_as_code!(Container, "Container", "What a file is.", [Csv, Tsv, Xlsx, Xls, Ods, Html, Xml2003]);
written_as_code!(Encoding, "Encoding", "How a file writes text.", [Utf8, Gb18030, Utf16Le, Utf16Be]);
written_as_code!(Shape, "Shape", "What a row of a table is about.", [Wide, Long, Single, Declared]);
written_as_code!(NoPayroll, "NoPayroll", "Why a sheet is not read.", [Empty, Hidden, NoPersons, NotAsked]);
written_as_code!(BaseSource, "BaseSource", "What a base rests on.", [Wage, Income, Shares]);
written_as_code!(
    Why,
    "Why",
    "Why a column means what it does.",
    [Said, Layout, Heading, EmployerOnly, WithholdingForm, NetPay, Ratio]
);

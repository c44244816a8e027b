//! The codes of files, tables of people and rows in JSON.

use crate::batch::RowStatus;
use crate::facts::written_as_code;
use crate::files::{Container, Encoding};
use crate::payroll::{BaseSource, NoPayroll, Shape, Why};

written_as_code!(RowStatus, "RowStatus", "How a row came out.");
written_as_code!(Container, "Container", "What a file is.");
written_as_code!(Encoding, "Encoding", "How a file writes text.");
written_as_code!(Shape, "Shape", "What a row of a table is about.");
written_as_code!(NoPayroll, "NoPayroll", "Why a sheet is not read.");
written_as_code!(BaseSource, "BaseSource", "What a base rests on.");
written_as_code!(Why, "Why", "Why a column means what it does.");

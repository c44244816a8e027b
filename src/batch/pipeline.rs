//! Source, job and sink joined: every row of every block, in order, on several threads.
//!
//! Each worker locks the source for one block, works it alone, and waits for its turn to hand on the
//! result: memory is a block and its result for each worker, and the bytes are the same for any
//! number of them. Every row of a block is counted against what the source says it handed out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::result_row::{AddedColumn, Frame};
use super::status::{Describe, Remark, RowCause, RowCounts, RowStatus};
use crate::facts::{Faults, Kind, Outcome};
use crate::files::csv::grid::Grid;
use crate::files::csv::writer::Counting;
use crate::files::{Block, CellNote, Content, LineForm, Lines, Row, RowSource, Sink};
use crate::payroll::NoPerson;
use crate::payroll::row_kind::RowKind;

/// Mutable state passed to [`Job::work`]: worker scratch, totals, output, messages.
pub struct RowContext<'a, J: Job> {
    /// What the worker keeps from row to row: what was looked up, and the scratch of one row.
    pub worker: &'a mut J::Worker,
    /// What is counted and summed up.
    pub totals: &'a mut J::Totals,
    /// Where the added cells go.
    pub lines: &'a mut Lines,
    /// What is remarked of the row.
    pub remark: &'a mut Remark<J::Cause>,
    /// How many lines of the block's result stand before the row's.
    pub line: u64,
    /// Words faults for the detail column.
    pub describe: Describe<'a>,
}

/// One piece of work over a file: what is done with each row, and what is kept and added up on the way.
///
/// All workers share the job. [`run`] calls it in this order:
///
/// 1. `added` and `totals`, before the first block.
/// 2. `worker`, once for each thread. The worker stays on its thread until the end.
/// 3. For each block, on one thread: `begin_block` and an empty `totals`; then, for the rows of the block in their
///    order, `work` for a person and `total` for a row of printed sums; then `end_block`. Rows that are empty, hidden
///    or cannot be read are never handed to the job: they are skipped, or reported as errors.
/// 4. When it is the block's turn, in the order of the file and by one thread at a time: `notes` and `findings`, then
///    `join` with the totals of the block. What is taken of notes and findings is left empty.
///
/// Which worker gets which block is chance, so a result must not depend on what a worker kept: it may keep what was
/// looked up, but no amounts from one block to the next. What runs over blocks belongs into the totals. A worker that
/// waits for earlier blocks in `begin_block` is safe, because blocks are handed out in order.
///
/// The example of [`run`] is a whole job.
pub trait Job: Sync + Sized {
    /// Why a row does not agree.
    type Cause: RowCause;
    /// What a worker keeps from row to row. Nothing in it may depend on which rows it was given.
    type Worker;
    /// What is counted and summed up, block by block, and joined in order.
    type Totals: Send;

    /// What a worker starts with.
    fn worker(&self) -> Self::Worker;
    /// Totals of nothing.
    fn totals(&self) -> Self::Totals;
    /// Adds the totals of the block that comes next in the file.
    fn join(&self, whole: &mut Self::Totals, next: Self::Totals);
    /// The columns it adds, before `status`; always the same.
    fn added(&self) -> Vec<AddedColumn>;
    /// Looks over a block before its rows are worked; called once for each block, in which its rows and cells are
    /// found.
    fn begin_block(&self, _block: (&Block, &Grid), _frame: &Frame<'_>, _worker: &mut Self::Worker) {}
    /// Ends a block, once all its rows that count are worked.
    fn end_block(&self, _worker: &mut Self::Worker, _totals: &mut Self::Totals) {}
    /// Works the row of a person, which has as many cells as the headings, and writes exactly one cell for each column of
    /// `added`, whatever the status. For `Mismatch` and `Error` the reasons go into `context.remark`.
    fn work(&self, row: &Row<'_>, context: &mut RowContext<'_, Self>) -> RowStatus;
    /// Compares a row of printed sums; its cells are left empty. `before` has the totals of all blocks before its own,
    /// `context.totals` those of the rows above it in its block. `None` where every sum is right or none is compared:
    /// the row is then skipped like others that are no persons.
    fn total(&self, _row: &Row<'_>, _before: &Self::Totals, _context: &mut RowContext<'_, Self>) -> Option<RowStatus> {
        None
    }
    /// The notes on cells of the block just worked; `None` where the job writes none.
    fn notes<'w>(&self, _worker: &'w mut Self::Worker) -> Option<&'w mut Vec<CellNote>> {
        None
    }
    /// The findings of the block just worked, as they are written to a file of their own; `None` where none is wanted.
    fn findings<'w>(&self, _worker: &'w mut Self::Worker) -> Option<&'w mut Vec<u8>> {
        None
    }
}

/// The columns of a result that a job adds, with those that every result ends with: `status`, `cause` where the job
/// knows causes, `detail`.
///
/// ```
/// use shebao::batch::{Frame, View, all_added};
/// use shebao::calculate::ComputeResidentContributions;
/// # use shebao::{facts::RegionId, files::open_input, payroll::{PayrollTable, Wanted}, tables::{Book, Shelf}};
/// # let book = Book::open(Shelf::with_folders([]), &RegionId::new("cn/shandong/weihai"), None)?;
/// let opened = open_input("tiers.csv", Box::new("档次\n300\n".as_bytes()), None)?;
/// let table = PayrollTable::of_opened("tiers.csv", opened, Wanted::default())?;
/// let job = ComputeResidentContributions::plan(&book, "tiers.csv", &table.reading.columns, (Some(2025), None))?;
/// let codes: Vec<String> = all_added(&job).into_iter().map(|column| column.code).collect();
/// // A calculator has no causes.
/// assert_eq!(codes[4..], ["total", "status", "detail"]);
/// # Ok::<(), shebao::facts::Faults>(())
/// ```
#[must_use]
pub fn all_added<J: Job>(job: &J) -> Vec<AddedColumn> {
    let mut all = job.added();
    all.push(AddedColumn { code: "status".to_owned(), content: Content::Status });
    all.extend(J::Cause::ANY.then(|| AddedColumn::text("cause")));
    all.push(AddedColumn::text("detail"));
    all
}

/// Takes the listed findings of a block as bytes, whole lines of CSV or JSON; called in the order of the blocks and
/// only where there are any. What it returns besides a fault is not asked.
pub type FindingSink<'a> = dyn FnMut(&[u8]) -> Outcome<bool> + Send + 'a;

/// Where results go.
pub struct Sinks<'a> {
    /// The rows.
    pub rows: &'a mut dyn Sink,
    /// Takes the findings one by one, where they are wanted.
    pub findings: Option<&'a mut FindingSink<'a>>,
}

/// Called by the workers after each block, with how many rows of it were worked.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// How a run goes.
#[derive(Clone, Copy)]
pub struct RunOptions<'a> {
    /// How many workers at the most; 0 counts as one.
    pub jobs: usize,
    /// Whether the first row that is not in order ends the run.
    pub fail_fast: bool,
    /// Called after each block.
    pub progress: Option<Progress<'a>>,
}

/// The blocks still to come.
struct Coming<'a> {
    source: &'a mut dyn RowSource,
    taken: u64,
    ended: bool,
}

/// Whose turn it is to hand on, and what was handed on.
struct Turn<'a, T> {
    next: u64,
    /// How many wait: where nobody does, nobody is woken.
    waiting: usize,
    sinks: Sinks<'a>,
    counts: RowCounts,
    totals: T,
    outcome: Outcome<()>,
    ended: bool,
}

/// What the workers share.
struct Shared<'a, J: Job> {
    job: &'a J,
    frame: &'a Frame<'a>,
    options: RunOptions<'a>,
    form: LineForm,
    coming: Mutex<Coming<'a>>,
    turn: Mutex<Turn<'a, J::Totals>>,
    moved: Condvar,
    stop: AtomicBool,
}

/// Works every row of a source and hands the lines to the sinks, in the order of the file. Each row of the source
/// gives one line, except those that the view of the frame leaves out.
///
/// Returns how many rows came out in which way, and the totals of the job. Both are those of the rows that were handed
/// on: after `fail_fast`, or once a sink wants no more, the rest is not counted. The heading row is not written here
/// ([`Frame::heading_row`]).
///
/// # Errors
/// Faults of reading a block or writing to a sink, and [`Kind::RowsLost`] where a block did not give one result for
/// each of its rows. Everything that stands before the fault in the file was handed on.
///
/// ```
/// use shebao::batch::{AddedColumn, Frame, Job, NoCause, RowContext, RowStatus, RunOptions, Sinks, View, run};
/// use shebao::facts::{Kind, Outcome};
/// use shebao::files::{Lines, Row, Sink, open_input};
/// use shebao::payroll::{PayrollTable, Wanted};
///
/// /// Adds the number of cells to each row.
/// struct CountCells;
///
/// impl Job for CountCells {
///     type Cause = NoCause;
///     type Worker = ();
///     type Totals = usize;
///     fn worker(&self) {}
///     fn totals(&self) -> usize {
///         0
///     }
///     fn join(&self, whole: &mut usize, next: usize) {
///         *whole += next;
///     }
///     fn added(&self) -> Vec<AddedColumn> {
///         vec![AddedColumn::text("cells")]
///     }
///     fn work(&self, row: &Row<'_>, context: &mut RowContext<'_, Self>) -> RowStatus {
///         *context.totals += row.width();
///         context.lines.code(&row.width().to_string());
///         RowStatus::Ok
///     }
/// }
///
/// struct Memory(Vec<u8>);
///
/// impl Sink for Memory {
///     fn put(&mut self, lines: &Lines) -> Outcome<bool> {
///         self.0.extend_from_slice(lines.bytes());
///         Ok(true)
///     }
/// }
///
/// let opened = open_input("people.csv", Box::new("姓名,工资\n甲,5000\n合计,5000\n".as_bytes()), None)?;
/// let mut table = PayrollTable::of_opened("people.csv", opened, Wanted::default())?;
/// let describe = |kind: &Kind| kind.code().to_owned();
/// let frame = Frame::new(&table.headings, &table.reading.columns, View::default(), &describe);
/// let mut memory = Memory(Vec::new());
/// let sinks = Sinks { rows: &mut memory, findings: None };
/// let options = RunOptions { jobs: 2, fail_fast: false, progress: None };
/// let (counts, cells) = run(&CountCells, &mut table.rows, &frame, sinks, options)?;
/// // Two rows in, two lines out; only the person is worked.
/// assert_eq!((counts.rows, counts.ok, counts.skipped.all(), cells), (2, 1, 1, 2));
/// assert_eq!(String::from_utf8_lossy(&memory.0), "甲,5000,2,ok,\n合计,5000,,skipped,total-row\n");
/// # Ok::<(), shebao::facts::Faults>(())
/// ```
pub fn run<'a, J: Job>(
    job: &'a J,
    source: &'a mut dyn RowSource,
    frame: &'a Frame<'a>,
    sinks: Sinks<'a>,
    options: RunOptions<'a>,
) -> Outcome<(RowCounts, J::Totals)> {
    let form = sinks.rows.form();
    let turn = Turn {
        next: 0,
        waiting: 0,
        sinks,
        counts: RowCounts::default(),
        totals: job.totals(),
        outcome: Ok(()),
        ended: false,
    };
    let shared = Shared {
        job,
        frame,
        options,
        form,
        coming: Mutex::new(Coming { source, taken: 0, ended: false }),
        turn: Mutex::new(turn),
        moved: Condvar::new(),
        stop: AtomicBool::new(false),
    };
    // A file of one block needs no second thread.
    let mut first = Block::default();
    let more = shared.take(&mut first)?;
    if more {
        let small = lock(&shared.coming).ended || shared.options.jobs < 2;
        if small {
            shared.work(first);
        } else {
            std::thread::scope(|scope| {
                for _ in 1..shared.options.jobs {
                    scope.spawn(|| {
                        let mut block = Block::default();
                        if shared.take_or_end(&mut block) {
                            shared.work(block);
                        }
                    });
                }
                shared.work(first);
            });
        }
    }
    let turn = shared.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.outcome.map(|()| (turn.counts, turn.totals))
}

impl<'s, J: Job> Shared<'s, J> {
    /// Fills the block with the next rows; `false` at the end.
    fn take(&self, block: &mut Block) -> Outcome<bool> {
        let mut coming = lock(&self.coming);
        if coming.ended || self.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let taken = coming.source.next_block(block);
        coming.ended = !matches!(taken, Ok(true)) || coming.source.is_ended();
        coming.taken += u64::from(matches!(taken, Ok(true)));
        taken
    }

    /// The same; a fault becomes the outcome of the run.
    fn take_or_end(&self, block: &mut Block) -> bool {
        match self.take(block) {
            Ok(taken) => taken,
            Err(faults) => {
                self.end(faults);
                false
            }
        }
    }

    /// Ends the run with faults, once all that came before them is handed on.
    fn end(&self, faults: Faults) {
        let taken = lock(&self.coming).taken;
        let mut turn = self.turn_of(taken);
        if !turn.ended {
            turn.outcome = Err(faults);
        }
        turn.ended = true;
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Works this block and every further one that can be had.
    fn work(&self, mut block: Block) {
        let mut worker = self.job.worker();
        let mut buffers = Buffers {
            grid: Grid::default(),
            lines: Lines::new(self.form),
            remark: Remark::default(),
            counting: Counting::default(),
        };
        loop {
            buffers.grid.cut(block.bytes());
            self.job.begin_block((&block, &buffers.grid), self.frame, &mut worker);
            let mut totals = self.job.totals();
            let counts = self.block(&block, &mut buffers, &mut worker, &mut totals);
            self.hand_on(&block, &buffers.lines, Worked { counts, totals }, &mut worker);
            if self.stop.load(Ordering::Relaxed) || !self.take_or_end(&mut block) {
                return;
            }
        }
    }

    /// Works the rows of one block.
    fn block(
        &self,
        block: &Block,
        buffers: &mut Buffers<J::Cause>,
        worker: &mut J::Worker,
        totals: &mut J::Totals,
    ) -> RowCounts {
        let (job, frame) = (self.job, self.frame);
        let (text, columns) = (frame.headings.text, job.added().len());
        let all_text = text.is_valid(block.bytes());
        let (mut counts, mut line) = (RowCounts::default(), 0);
        let Buffers { grid, lines, remark, counting } = buffers;
        lines.clear(text);
        for (row, closed) in grid.rows(block, text) {
            let start = lines.position();
            frame.begin(&row, closed, counting, lines);
            remark.clear();
            let kind = frame.kinds.of(&row, closed, all_text);
            let status = if kind == RowKind::Person {
                job.work(&row, &mut RowContext { worker, totals, lines, remark, line, describe: frame.describe })
            } else {
                lines.empty(columns);
                let mut context = RowContext { worker, totals, lines, remark, line, describe: frame.describe };
                self.no_person(&row, (block.at, kind), &mut context, &mut counts)
            };
            counts.count(status);
            frame.end(status, remark, lines);
            if frame.view.only_mismatches && matches!(status, RowStatus::Ok | RowStatus::Skipped) {
                lines.back_to(start);
            } else {
                line += 1;
            }
            if self.options.fail_fast && counts.found() {
                counts.stopped_at = Some(row.number);
                break;
            }
        }
        job.end_block(worker, totals);
        counts
    }

    /// What is said of a row that is no person, or cannot be read.
    #[cold]
    fn no_person(
        &self,
        row: &Row<'_>,
        (block, kind): (u64, RowKind),
        context: &mut RowContext<'_, J>,
        counts: &mut RowCounts,
    ) -> RowStatus {
        if kind == RowKind::NoPerson(NoPerson::Total) {
            // What stands in the blocks before is needed, and all of it is there once their turns are over.
            let turn = self.turn_of(block);
            if let Some(status) = self.job.total(row, &turn.totals, context) {
                return status;
            }
        }
        if let RowKind::NoPerson(what) = kind {
            counts.skipped.count(what);
        }
        self.frame.remark(row, kind, context.remark)
    }

    /// Waits until every block before this one is handed on.
    fn turn_of(&self, block: u64) -> MutexGuard<'_, Turn<'s, J::Totals>> {
        let mut turn = lock(&self.turn);
        while turn.next != block {
            turn.waiting += 1;
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
            turn.waiting -= 1;
        }
        turn
    }

    /// Waits for the turn of this block and hands its result on.
    fn hand_on(&self, block: &Block, lines: &Lines, worked: Worked<J::Totals>, worker: &mut J::Worker) {
        let Worked { counts, totals } = worked;
        let mut turn = self.turn_of(block.at);
        if let Some(notes) = self.job.notes(worker) {
            turn.sinks.rows.note(notes);
        }
        let findings = self.job.findings(worker);
        if !turn.ended {
            let lost = counts.stopped_at.is_none() && counts.rows != block.rows;
            let put = if lost {
                Err(Kind::RowsLost { read: block.rows, accounted: counts.rows }.into())
            } else {
                put(&mut turn.sinks, lines, findings.as_ref().map_or(&[], |findings| findings.as_slice()))
            };
            turn.counts.add(counts);
            self.job.join(&mut turn.totals, totals);
            turn.ended = counts.stopped_at.is_some() || !matches!(put, Ok(true));
            turn.outcome = put.map(drop);
            if turn.ended {
                self.stop.store(true, Ordering::Relaxed);
            }
        }
        if let Some(findings) = findings {
            findings.clear();
        }
        turn.next += 1;
        let awaited = turn.waiting > 0;
        drop(turn);
        if awaited {
            self.moved.notify_all();
        }
        if let Some(progress) = self.options.progress {
            progress(counts.rows);
        }
    }
}

/// What came out of a block besides its lines.
struct Worked<T> {
    counts: RowCounts,
    totals: T,
}

/// What a worker uses again for each block.
struct Buffers<C> {
    grid: Grid,
    lines: Lines,
    remark: Remark<C>,
    counting: Counting,
}

fn put(sinks: &mut Sinks<'_>, rows: &Lines, findings: &[u8]) -> Outcome<bool> {
    let more = sinks.rows.put(rows)?;
    if let Some(sink) = sinks.findings.as_mut().filter(|_| !findings.is_empty()) {
        sink(findings)?;
    }
    Ok(more)
}

/// A thread that panicked holds nothing that others could not go on with.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

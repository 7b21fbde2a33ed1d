//! The rows of a file as people, read and checked on a thread of their own while those before
//! them are dealt with.

use std::path::PathBuf;

use model::format::count;
use model::import::Kind;
use model::text::fill;
use model::text::import::text;
use model::{FieldProblem, Problem};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

use super::detect::Plan;
use super::records::{Unread, of_row};
use super::row::{NewPerson, Reader};
use super::{MOST_ROWS, source};
use crate::{Failure, Result as Outcome, Zone};

/// How many rows are dealt with together, in one transaction.
pub const BATCH: usize = 500;
/// How many batches are ready beforehand.
const AHEAD: usize = 2;

/// A row that was read.
#[derive(Debug)]
pub struct Row {
    pub line: u64,
    /// As they stand in the file; kept where something is wrong with them.
    pub cells: Vec<String>,
    pub person: Result<NewPerson, Vec<FieldProblem>>,
}

/// What comes from the thread.
pub type Batch = Result<Vec<Row>, Problem>;

/// What is read: the rows behind so many, as of a moment. `keeps_cells` also keeps those of good
/// rows.
pub struct Job {
    pub path: PathBuf,
    pub plan: Plan,
    pub skip: u64,
    pub zone: Zone,
    pub now: i64,
    pub keeps_cells: bool,
}

/// Batches on their way from the thread. Whoever drops them stops it.
pub struct Batches {
    receiver: Receiver<Batch>,
    thread: JoinHandle<()>,
}

impl Batches {
    /// The next batch; `None` behind the last, once, and only where the thread came to its end:
    /// one that panicked must not look like the end of the file.
    pub async fn next(&mut self) -> Outcome<Option<Vec<Row>>> {
        match self.receiver.recv().await {
            Some(batch) => Ok(Some(batch?)),
            None => match (&mut self.thread).await {
                Ok(()) => Ok(None),
                Err(error) => Err(Failure::Fault(error.to_string())),
            },
        }
    }

    fn of(work: impl FnOnce(Sender<Batch>) + Send + 'static) -> Self {
        let (sender, receiver) = channel(AHEAD);
        Self { receiver, thread: tokio::task::spawn_blocking(move || work(sender)) }
    }
}

/// Reads rows in batches.
pub fn read(job: Job) -> Batches {
    Batches::of(move |sender| {
        let mut batch = Vec::with_capacity(BATCH);
        let done = each(&job, |row| {
            batch.push(row);
            batch.len() < BATCH || sender.blocking_send(Ok(std::mem::take(&mut batch))).is_ok()
        });
        if !batch.is_empty() {
            let _ = sender.blocking_send(Ok(batch));
        }
        if let Err(problem) = done {
            let _ = sender.blocking_send(Err(problem));
        }
    })
}

/// Gives out the rows until it is told that there are enough.
pub fn each(job: &Job, mut take: impl FnMut(Row) -> bool) -> Result<(), Problem> {
    let Plan { format, columns, rows_before_people } = &job.plan;
    let reader = Reader::new(columns, format.has_header, job.zone, job.now);
    let (mut passed, mut rows) = (0, 0);
    source::for_each(&job.path, &format.kind, |record| {
        if passed < *rows_before_people {
            passed += 1;
            return true;
        }
        rows += 1;
        if rows <= job.skip {
            return true;
        }
        let line = record.line;
        if rows > MOST_ROWS {
            let sentence = fill(text().too_many_rows, &[&count(MOST_ROWS as i64)]);
            take(Row { line, cells: Vec::new(), person: Err(vec![of_row(sentence)]) });
            return false;
        }
        take(match record.cells {
            Ok(cells) => {
                let cells = fitting(cells, &format.kind, columns.len());
                let person = reader.read(&cells);
                let keeps = job.keeps_cells || person.is_err() || is_above_user(&person);
                Row { line, cells: if keeps { cells } else { Vec::new() }, person }
            }
            Err(Unread { problem, raw }) => {
                Row { line, cells: vec![raw], person: Err(vec![problem]) }
            }
        })
    })
}

/// What else may be refused: a role above the importer's own.
fn is_above_user(person: &Result<NewPerson, Vec<FieldProblem>>) -> bool {
    person.as_ref().is_ok_and(|person| person.role > model::people::Role::User)
}

/// Sheets have no cells where nothing stands; a delimiter more or less is a mistake elsewhere.
fn fitting(mut cells: Vec<String>, kind: &Kind, width: usize) -> Vec<String> {
    if matches!(kind, Kind::Sheet { .. }) && cells.len() < width {
        cells.resize(width, String::new());
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_thread_that_breaks_off_is_no_end_of_the_file() {
        let mut whole = Batches::of(|sender| sender.blocking_send(Ok(Vec::new())).unwrap());
        assert!(whole.next().await.unwrap().is_some());
        assert!(whole.next().await.unwrap().is_none());
        let mut broken = Batches::of(|sender| {
            sender.blocking_send(Ok(Vec::new())).unwrap();
            panic!("on purpose");
        });
        assert!(broken.next().await.unwrap().is_some());
        assert!(matches!(broken.next().await, Err(Failure::Fault(_))));
    }
}

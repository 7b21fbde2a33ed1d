//! What was read and still holds: figures that take long to count are kept until the data changes,
//! which the database is asked each time. So an answer is never older than the last change,
//! whichever process made it.
//!
//! One exception: where there are many people, and so counting takes long, an answer may lag behind
//! by [`LONGEST_LAG`] while it is made anew. Or a mass of changes, such as an import, would have
//! everybody who reads count all the time.
//!
//! What goes by the clock as well has the day or the minute in its key. Kept in memory only, and
//! not much of it.

use std::any::Any;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection, Row};
use tokio::sync::OnceCell;

use crate::db::reader;
use crate::sqlite::data_version;
use crate::{Failure, Result};

/// How many counts are kept.
const MOST: usize = 512;
/// How many pages of rows and sessions, which are larger.
const MOST_READ: usize = 128;
/// From so many people on, answers may lag behind.
const MANY: i64 = 50_000;
/// The most that they may.
const LONGEST_LAG: Duration = Duration::from_secs(2);
/// An answer is not made anew before so many times as long as making it took, and so takes no more
/// than that part of a processor.
const REST: u32 = 10;

/// Which state the data is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Whatever was written last. Means something within this process only.
    pub data: i64,
    /// The last change to people, signing in and being active aside.
    pub people: i64,
    /// How many people there are.
    pub count: i64,
}

/// Until when an answer holds.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// Until people change, signing in and being active aside.
    PeopleChange,
    /// Until anything changes.
    DataChanges,
}

/// An answer, once it is there.
type Cell = Arc<OnceCell<Answer>>;

#[derive(Clone)]
struct Answer {
    value: Arc<dyn Any + Send + Sync>,
    made: Instant,
    cost: Duration,
}

/// The place of an answer.
struct Place {
    as_of: i64,
    cell: Cell,
    /// The one before, for as long as it will do.
    before: Option<Answer>,
}

/// What there is under a name.
enum Found {
    /// This will do.
    Answer(Answer),
    /// This will do, and is to be followed by the one that belongs into the cell.
    Behind(Answer, Cell),
    /// Nothing yet.
    Cell(Cell),
}

type Answers = Mutex<HashMap<String, Place>>;

/// The answers that are kept, and the connection that tells of changes.
pub struct Kept {
    path: PathBuf,
    /// Those that hold until people change: counts, which take long.
    of_people: Answers,
    /// Those that hold until anything changes: rows and sessions, which are quickly read again.
    of_data: Answers,
    watch: tokio::sync::Mutex<Watch>,
    looks: AtomicU64,
}

/// The newest look at the database.
#[derive(Default)]
struct Watch {
    connection: Option<AnyConnection>,
    version: Option<i64>,
    look: u64,
    state: State,
}

impl Kept {
    /// For the database at a path.
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            of_people: Answers::default(),
            of_data: Answers::default(),
            watch: tokio::sync::Mutex::default(),
            looks: AtomicU64::new(0),
        }
    }

    /// The answer that is kept under a name, or else what `read` gives, once for all who wait.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn get<T: Clone + Send + Sync + 'static>(
        &self,
        until: Until,
        name: String,
        read: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let state = self.state().await?;
        let (answers, most, as_of, may_lag) = match until {
            Until::PeopleChange => (&self.of_people, MOST, state.people, state.count >= MANY),
            Until::DataChanges => (&self.of_data, MOST_READ, state.data, false),
        };
        let answer = match find((answers, most), name, as_of, may_lag) {
            Found::Answer(answer) => answer,
            Found::Behind(answer, cell) => {
                tokio::spawn(async move {
                    // Whoever asks next makes it themselves then, and is told what is wrong.
                    let _ = fill(&cell, read).await;
                });
                answer
            }
            Found::Cell(cell) => fill(&cell, read).await?,
        };
        let other = || Failure::Fault("an answer is kept under another's name".to_owned());
        answer.value.downcast_ref().cloned().ok_or_else(other)
    }

    /// The state that the data is in, no older than this call. Those who call while somebody looks
    /// share the next look.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn state(&self) -> Result<State> {
        let before = self.looks.load(Ordering::SeqCst);
        let mut watch = self.watch.lock().await;
        if watch.look <= before {
            let look = self.looks.fetch_add(1, Ordering::SeqCst) + 1;
            if let Err(failure) = watch.look_again(&self.path).await {
                // What is seen by a further connection is a change.
                (watch.connection, watch.version) = (None, None);
                return Err(failure);
            }
            // Only now: whoever looked may have given up on the way.
            watch.look = look;
        }
        Ok(watch.state)
    }

    /// Closes the connection, which has written nothing that could be lost.
    pub async fn close(&self) {
        if let Some(connection) = self.watch.lock().await.connection.take() {
            let _ = connection.close().await;
        }
    }
}

/// The answer as of a state or a newer one, or one before that will do, or its place.
fn find((answers, most): (&Answers, usize), name: String, as_of: i64, may_lag: bool) -> Found {
    let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
    let will_do = |answer: &Answer| may_lag && answer.made.elapsed() < LONGEST_LAG;
    let before = match answers.get(&name) {
        None => None,
        Some(place) if place.as_of >= as_of => {
            let before = place.before.as_ref().filter(|before| will_do(before));
            return match place.cell.get().or(before) {
                Some(answer) => Found::Answer(answer.clone()),
                None => Found::Cell(place.cell.clone()),
            };
        }
        Some(place) => place.cell.get().or(place.before.as_ref()).filter(|one| will_do(one)),
    };
    if let Some(answer) = before
        && answer.made.elapsed() < answer.cost * REST
    {
        return Found::Answer(answer.clone());
    }
    let before = before.cloned();
    if answers.len() >= most {
        answers.clear();
    }
    let cell = Cell::default();
    answers.insert(name, Place { as_of, cell: cell.clone(), before: before.clone() });
    match before {
        Some(answer) => Found::Behind(answer, cell),
        None => Found::Cell(cell),
    }
}

/// The answer of a cell, made by the first who comes.
async fn fill<T: Send + Sync + 'static>(
    cell: &Cell,
    read: impl Future<Output = Result<T>> + Send,
) -> Result<Answer> {
    let make = async {
        let begin = Instant::now();
        let value: Arc<dyn Any + Send + Sync> = Arc::new(read.await?);
        Ok::<_, Failure>(Answer { value, made: Instant::now(), cost: begin.elapsed() })
    };
    cell.get_or_try_init(|| make).await.cloned()
}

impl Watch {
    async fn look_again(&mut self, path: &Path) -> Result<()> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(reader(path).await?),
        };
        let version = data_version(connection).await?;
        if self.version != Some(version) {
            let (people, count) = people(connection).await?;
            self.state = State { data: self.state.data + 1, people, count };
            self.version = Some(version);
        }
        Ok(())
    }
}

/// The revision of people, and how many there are.
async fn people(connection: &mut AnyConnection) -> Result<(i64, i64)> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(CASE WHEN name = 'revision' THEN value END), 0) AS BIGINT) AS revision,
                CAST(COALESCE(SUM(CASE WHEN name <> 'revision' THEN value END), 0) AS BIGINT) AS people
         FROM counters WHERE name IN ('revision', 'tab:0', 'tab:1', 'tab:2')",
    )
    .fetch_one(connection)
    .await?;
    Ok((row.try_get("revision")?, row.try_get("people")?))
}

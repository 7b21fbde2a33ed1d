//! What was read and still holds: figures that take long to count are kept until the data changes,
//! which the database is asked each time. So an answer is never older than the last change,
//! whichever process made it.
//!
//! What goes by the clock as well has the day or the minute in its key. Kept in memory only, and
//! not much of it: at most [`MOST`] answers, of which each is small.

use std::any::Any;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::{AnyConnection, Connection, Row};
use tokio::sync::OnceCell;

use crate::db::reader;
use crate::sqlite::data_version;
use crate::{Failure, Result};

/// How many answers are kept.
const MOST: usize = 512;

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

type Cell = Arc<OnceCell<Arc<dyn Any + Send + Sync>>>;

/// The answers that are kept, and the connection that tells of changes.
pub struct Kept {
    path: PathBuf,
    answers: Mutex<HashMap<String, (i64, Cell)>>,
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
            answers: Mutex::default(),
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
        read: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let state = self.state().await?;
        let as_of = match until {
            Until::PeopleChange => state.people,
            Until::DataChanges => state.data,
        };
        let read = async { Ok::<Arc<dyn Any + Send + Sync>, Failure>(Arc::new(read.await?)) };
        let cell = self.cell(name, as_of);
        let answer = cell.get_or_try_init(|| read).await?;
        let other = || Failure::Fault("an answer is kept under another's name".to_owned());
        answer.downcast_ref().cloned().ok_or_else(other)
    }

    /// The place of an answer as of a state, or as of a newer one.
    fn cell(&self, name: String, as_of: i64) -> Cell {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((newest, cell)) = answers.get(&name)
            && *newest >= as_of
        {
            return cell.clone();
        }
        if answers.len() >= MOST {
            answers.clear();
        }
        let cell = Cell::default();
        answers.insert(name, (as_of, cell.clone()));
        cell
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

//! What imports and mass changes have in common. A job is a row of a table with a state: it is begun once,
//! runs in a task of its own, at most once at a time in a process, and is marked with how it ended. One that
//! was interrupted stays marked as running, and is gone on with behind its last batch. What a batch is, and
//! what the log says of it, each kind says for itself.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Mutex;

use futures::FutureExt;
use model::Problem;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::access::Actor;
use crate::users::Sql;
use crate::{Backend, Failure, Result};

/// What this process is at, by name.
pub(crate) type AtWork = Mutex<HashSet<String>>;

/// The states that all kinds of jobs have, as their tables keep them.
const WAITING: i64 = 0;
const RUNNING: i64 = 1;
const DONE: i64 = 2;
const FAILED: i64 = 3;
const CANCELLED: i64 = 4;

/// The table of a kind of job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table(pub &'static str);

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Everything was dealt with.
    Done,
    /// Something stopped it, and it can go on: why, as a sentence.
    Failed(String),
    /// Somebody stopped it.
    Cancelled,
}

impl Ended {
    const fn code(&self) -> i64 {
        match self {
            Self::Done => DONE,
            Self::Failed(_) => FAILED,
            Self::Cancelled => CANCELLED,
        }
    }

    /// Its word in the log.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Table {
    /// Marks a job that waits or failed as running, on behalf of whoever starts it now; whether it did.
    pub async fn begin(
        self,
        tx: &mut AnyConnection,
        id: i64,
        actor: &Actor,
        now: i64,
    ) -> Result<bool> {
        let mut sql = Sql::new("UPDATE ");
        sql.push(self.0).push(" SET state = ").bind(RUNNING);
        sql.push(", problem = '', ended_at = 0, actor_id = ").bind(actor.id);
        sql.push(", actor = ").bind(&*actor.name).push(", address = ").bind(&*actor.address);
        sql.push(", started_at = CASE WHEN started_at > 0 THEN started_at ELSE ").bind(now);
        sql.push(" END WHERE id = ").bind(id).push(" AND state IN (");
        sql.bind_all([WAITING, FAILED]).push(")");
        Ok(sql.query().execute(tx).await?.rows_affected() > 0)
    }

    /// Marks a job that runs with how it ended, and gives back these columns of it. One that failed can
    /// still be stopped; any other that has ended stays as it is.
    pub async fn end(
        self,
        tx: &mut AnyConnection,
        id: i64,
        ended: &Ended,
        now: i64,
        columns: &'static str,
    ) -> Result<Option<AnyRow>> {
        let problem = if let Ended::Failed(problem) = ended { problem.as_str() } else { "" };
        let from: &[i64] = if *ended == Ended::Cancelled { &[RUNNING, FAILED] } else { &[RUNNING] };
        let mut sql = Sql::new("UPDATE ");
        sql.push(self.0)
            .push(" SET state = ")
            .bind(ended.code())
            .push(", problem = ")
            .bind(problem);
        sql.push(", ended_at = ").bind(now).push(" WHERE id = ").bind(id).push(" AND state IN (");
        sql.bind_all(from.iter().copied()).push(") RETURNING ").push(columns);
        Ok(sql.query().fetch_optional(tx).await?)
    }

    /// The jobs in a state, the oldest first.
    pub async fn in_state(self, backend: &Backend, state: i64) -> Result<Vec<i64>> {
        let mut sql = Sql::new("SELECT id FROM ");
        sql.push(self.0).push(" WHERE state = ").bind(state).push(" ORDER BY id");
        let rows = sql.query().fetch_all(backend.db().read()).await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }
}

/// Has a job done and marks it with how it ended. The work says whether it came to its end; where it did not,
/// somebody else is at it or stopped it, and it stays as it is. A panic ends the job and nothing else, and
/// nobody is left to wait for one that nobody works at.
///
/// # Errors
/// What stopped it.
pub(crate) async fn settle<E: Future<Output = Result<()>>>(
    work: impl Future<Output = Result<bool>>,
    end: impl FnOnce(Ended) -> E,
) -> Result<()> {
    let worked = AssertUnwindSafe(work).catch_unwind().await;
    match worked.unwrap_or_else(|_| Err(Failure::Fault("a job panicked".to_owned()))) {
        Ok(true) => end(Ended::Done).await,
        Ok(false) => Ok(()),
        Err(failure) => {
            let problem = Problem::from(failure);
            // Where even that can't be written, such as on a full disk, it stays running and is taken up again.
            end(Ended::Failed(problem.sentence())).await?;
            Err(problem.into())
        }
    }
}

/// Does something beside everything else, unless this process is at it already.
pub(crate) fn at_work<W: Future<Output = ()> + Send + 'static>(
    backend: &Backend,
    name: String,
    work: impl FnOnce(Backend) -> W,
) {
    let is_new = |set: &AtWork| set.lock().is_ok_and(|mut set| set.insert(name.clone()));
    if !is_new(backend.at_work()) {
        return;
    }
    let work = work(backend.clone());
    let backend = backend.clone();
    tokio::spawn(async move {
        // In a task of its own, so that a panic in it ends nothing else.
        let _ = tokio::spawn(work).await;
        if let Ok(mut set) = backend.at_work().lock() {
            set.remove(&name);
        }
    });
}

#[cfg(test)]
mod tests {
    use model::{bulk, import};

    use super::*;

    #[test]
    fn the_states_are_those_of_each_kind() {
        let imports = [
            (WAITING, import::State::Uploaded),
            (RUNNING, import::State::Running),
            (DONE, import::State::Done),
            (FAILED, import::State::Failed),
            (CANCELLED, import::State::Cancelled),
        ];
        assert!(imports.iter().all(|(code, state)| state.code() == *code));
        let bulks = [
            (WAITING, bulk::State::Planned),
            (RUNNING, bulk::State::Running),
            (DONE, bulk::State::Done),
            (FAILED, bulk::State::Failed),
            (CANCELLED, bulk::State::Cancelled),
        ];
        assert!(bulks.iter().all(|(code, state)| state.code() == *code));
        for ended in [Ended::Done, Ended::Failed(String::new()), Ended::Cancelled] {
            let of_bulk = bulk::State::from_code(ended.code()).map(bulk::State::word);
            let of_import = import::State::from_code(ended.code()).map(import::State::word);
            assert_eq!((of_bulk, of_import), (Some(ended.word()), Some(ended.word())));
        }
    }
}

//! Running mass changes: batch by batch, each whole or not at all, one mass change after the other.
//! Whatever stops the process, it goes on behind the last batch.

use model::bulk::{Bulk, State};

use super::apply::{Applied, apply};
use super::course::end;
use super::jobs::{self, BULKS, Job, load};
use super::judge;
use crate::jobs::{at_work, settle};
use crate::{Backend, Result};

/// Runs a mass change that was started, to its end or until it is stopped. `progress` is told how many
/// people are dealt with.
///
/// # Errors
/// What stopped it, which it is marked with as well.
pub async fn run(backend: &Backend, id: i64, mut progress: impl FnMut(u64)) -> Result<Bulk> {
    let _turn = backend.turn().lock().await;
    let job = load(backend, id).await?;
    let end = |ended| end(backend, &job.actor, id, ended);
    settle(advance(backend, &job, &mut progress), end).await?;
    Ok(load(backend, id).await?.bulk)
}

/// Applies batch after batch; whether it came to its end, and was not stopped.
async fn advance(backend: &Backend, job: &Job, progress: &mut impl FnMut(u64)) -> Result<bool> {
    if job.bulk.state != State::Running {
        return Ok(false);
    }
    let change = jobs::change_of(backend, &job.bulk.work).await?;
    let mut place = job.bulk.done;
    loop {
        match apply(backend, job, change.as_ref(), place).await? {
            Applied::Done(people) => {
                place += people;
                progress(place);
            }
            Applied::End => return Ok(true),
            Applied::Passed => return Ok(false),
        }
        // Others wait for the one connection that writes.
        tokio::task::yield_now().await;
    }
}

/// Runs a mass change beside everything else, unless this process does so already.
pub fn spawn(backend: &Backend, id: i64) {
    at_work(backend, format!("bulk {id}"), |backend| async move {
        if let Err(error) = run(&backend, id, |_| {}).await {
            tracing::warn!(bulk = id, %error, "a mass change stopped");
        }
    });
}

/// Goes on with what was interrupted.
///
/// # Errors
/// Where the database fails.
pub async fn resume_all(backend: &Backend) -> Result<()> {
    for id in BULKS.in_state(backend, State::Running.code()).await? {
        tracing::info!(bulk = id, "going on with a mass change");
        spawn(backend, id);
    }
    for id in BULKS.in_state(backend, State::Planning.code()).await? {
        judge::spawn(backend, id);
    }
    Ok(())
}

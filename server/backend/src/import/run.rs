//! Running imports: batch by batch, each whole or not at all. Whatever stops the process, the
//! import goes on behind the last batch; two processes at the same one do each batch once.

use std::time::Instant;

use model::import::{Counts, Import, State};
use model::text::import::text;

use super::apply::{Applied, apply};
use super::jobs::{self, IMPORTS, end, load};
use super::reading::{self, read};
use super::{preview, refused, store};
use crate::jobs::{at_work, settle};
use crate::{Backend, Failure, Result};

/// How long an import rests after each batch while pages are served, in times of what the batch
/// took: half of a processor is left to whoever reads.
const REST: f32 = 0.6;

/// Runs an import that was started, to its end or until it is stopped. `progress` is told what was
/// dealt with so far.
///
/// # Errors
/// What stopped it, which the import is marked with as well.
pub async fn run(backend: &Backend, id: i64, progress: impl FnMut(Counts)) -> Result<Import> {
    run_with(backend, id, 0.0, progress).await
}

async fn run_with(
    backend: &Backend,
    id: i64,
    rest: f32,
    mut progress: impl FnMut(Counts),
) -> Result<Import> {
    let job = load(backend, id).await?;
    let end = |ended| end(backend, &job.actor, id, ended);
    settle(advance(backend, &job, rest, &mut progress), end).await?;
    Ok(load(backend, id).await?.import)
}

/// Applies batch after batch; whether it came to its end, and was not stopped or is somebody else's.
async fn advance(
    backend: &Backend,
    job: &jobs::Job,
    rest: f32,
    progress: &mut impl FnMut(Counts),
) -> Result<bool> {
    if job.import.state != State::Running {
        return Ok(false);
    }
    let plan =
        job.plan.clone().ok_or_else(|| Failure::Fault("a running import has no plan".into()))?;
    let path = store::path_of(backend, job.import.id);
    if !path.exists() {
        return Err(refused(text().changed_file).into());
    }
    let (skip, zone, now) = (job.next_row, backend.zone(), job.started_at);
    let mut batches = read(reading::Job { path, plan, skip, zone, now, keeps_cells: false });
    let (mut row, mut counts) = (job.next_row, job.import.counts);
    while let Some(batch) = batches.next().await? {
        let begin = Instant::now();
        match apply(backend, job, row, batch).await? {
            Applied::Done(more) => {
                row += more.rows();
                counts.added += more.added;
                counts.existing += more.existing;
                counts.invalid += more.invalid;
                progress(counts);
            }
            Applied::Passed => return Ok(false),
        }
        // Others wait for the one connection that writes, and for the processor.
        tokio::time::sleep(begin.elapsed().mul_f32(rest)).await;
    }
    Ok(true)
}

/// Runs an import beside everything else, unless this process does so already.
pub fn spawn(backend: &Backend, id: i64) {
    at_work(backend, format!("run {id}"), |backend| async move {
        tracing::info!(import = id, "an import runs");
        if let Err(error) = run_with(&backend, id, REST, |_| {}).await {
            tracing::warn!(import = id, %error, "an import stopped");
        }
    });
}

/// Goes on with what is to run and nobody works at: after a stop of the server, or once a disk that
/// was full has room again.
///
/// # Errors
/// Where the database fails.
pub async fn go_on(backend: &Backend) -> Result<()> {
    for id in IMPORTS.in_state(backend, State::Running.code()).await? {
        spawn(backend, id);
    }
    Ok(())
}

/// Goes on with what was interrupted, and counts what was not counted.
///
/// # Errors
/// Where the database fails.
pub async fn resume_all(backend: &Backend) -> Result<()> {
    go_on(backend).await?;
    for id in IMPORTS.in_state(backend, State::Uploaded.code()).await? {
        preview::foresee(backend, id);
    }
    Ok(())
}

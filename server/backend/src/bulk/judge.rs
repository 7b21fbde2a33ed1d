//! What a planned mass change would come to: each person is judged by the rule that it is applied by, a batch
//! at a time, so that it takes no more memory for a million people than for a thousand. A plan that was
//! interrupted is judged anew.

use model::bulk::{Bulk, Counts, Outcome, State, Work};
use model::changes::Change;
use model::effect::{Effect, Ground, Named};
use model::rights::Refusal;
use sqlx::AnyConnection;

use super::course::forget;
use super::jobs::{self, Job, int, load};
use super::plan::{Before, effect, outcome};
use super::{BATCH, apply, rows};
use crate::jobs::at_work;
use crate::people::facts;
use crate::{Backend, Result};

/// How many people are judged before whoever asked is answered; more are judged beside everything else.
const AT_ONCE: u64 = 10 * BATCH as u64;
/// After how many people it is noted how far it is.
const NOTED: u64 = 10 * BATCH as u64;

/// Judges a plan, or has it done where there are many people. Gives back its number.
pub async fn judge_or_spawn(backend: &Backend, id: i64, people: u64) -> Result<i64> {
    if people > AT_ONCE {
        spawn(backend, id);
        return Ok(id);
    }
    if let Err(failure) = judge(backend, id).await {
        forget(backend, id).await?;
        return Err(failure);
    }
    Ok(id)
}

/// Judges a plan beside everything else, unless this process does so already.
pub fn spawn(backend: &Backend, id: i64) {
    at_work(backend, format!("judge {id}"), |backend| async move {
        if let Err(error) = judge(&backend, id).await {
            tracing::warn!(bulk = id, %error, "a mass change could not be planned");
            // What can't be removed now is by the next start, or as a plan that nobody started.
            let _ = forget(&backend, id).await;
        }
    });
}

/// Finds out what a plan would come to, from its first person on.
async fn judge(backend: &Backend, id: i64) -> Result<()> {
    let job = load(backend, id).await?;
    let change = jobs::change_of(backend, &job.bulk.work).await?;
    let mut connection = backend.db().read().acquire().await?;
    let (mut ground, _) =
        facts::ground(backend, &mut connection, &job.actor, change.as_ref()).await?;
    drop(connection);
    let named = change.as_ref().map(Change::named).unwrap_or_default();
    let mut counts = Counts::default();
    let (mut place, mut people, mut noted) = (0, 0, 0);
    if let Work::Undo(_) = job.bulk.work {
        let again = sqlx::query("DELETE FROM bulk_batches WHERE job_id = $1").bind(id);
        again.execute(backend.db().write()).await?;
    }
    while let Some((ids, before, next)) = batch(backend, &job, place, people).await? {
        let about = About { work: &job.bulk.work, before: &before, named };
        about.foresee(backend, &mut ground, &ids, &mut counts).await?;
        (place, people) = (next, people + ids.len() as u64);
        if people >= noted + NOTED {
            noted = people;
            if !note(backend, id, people).await? {
                return Ok(());
            }
        }
        // Others wait for the connections that read.
        tokio::task::yield_now().await;
    }
    settle(backend, &job.bulk, people, &counts).await
}

/// The people of a batch, for an undo with what was and what came of it, and where the next one begins.
/// An undo has those whom the other one changed: they are kept for it here.
async fn batch(
    backend: &Backend,
    job: &Job,
    place: u64,
    people: u64,
) -> Result<Option<(Vec<i64>, Before, u64)>> {
    let id = job.bulk.id;
    let Work::Undo(undone) = job.bulk.work else {
        let mut connection = backend.db().read().acquire().await?;
        let batch = apply::batch(&mut connection, id, place).await?;
        return Ok(batch.map(|(ids, before)| {
            let next = place + ids.len() as u64;
            (ids, before, next)
        }));
    };
    let Some((changed, next)) = rows::changed(backend, undone, place).await? else {
        return Ok(None);
    };
    let ids: Vec<i64> = changed.iter().map(|(id, ..)| *id).collect();
    let states: Vec<_> = changed.iter().map(|(_, was, is)| (*was, *is)).collect();
    if !ids.is_empty() {
        let mut tx = backend.db().begin().await?;
        if !is_wanted(&mut tx, id).await? {
            return Ok(None);
        }
        jobs::insert_batch(&mut tx, id, people, &ids, &states).await?;
        tx.commit().await?;
    }
    let before = ids.iter().copied().zip(states).collect();
    Ok(Some((ids, before, next)))
}

async fn is_wanted(tx: &mut AnyConnection, id: i64) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM bulk_jobs WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(State::Planning.code());
    Ok(row.fetch_optional(tx).await?.is_some())
}

/// Notes how far it is; whether it is still wanted.
async fn note(backend: &Backend, id: i64, people: u64) -> Result<bool> {
    let noted = sqlx::query("UPDATE bulk_jobs SET done = $1 WHERE id = $2 AND state = $3")
        .bind(int(people))
        .bind(id)
        .bind(State::Planning.code())
        .execute(backend.db().write())
        .await?;
    Ok(noted.rows_affected() > 0)
}

/// From here on it can be started.
async fn settle(backend: &Backend, bulk: &Bulk, people: u64, counts: &Counts) -> Result<()> {
    sqlx::query(
        "UPDATE bulk_jobs SET state = $1, done = 0, people = $2, would_change = $3, would_skip = $4
         WHERE id = $5 AND state = $6",
    )
    .bind(State::Planned.code())
    .bind(int(people))
    .bind(int(counts.changed))
    .bind(jobs::print_reasons(counts))
    .bind(bulk.id)
    .bind(State::Planning.code())
    .execute(backend.db().write())
    .await?;
    Ok(())
}

/// What people are judged by, beside the ground.
struct About<'a> {
    work: &'a Work,
    before: &'a Before,
    named: Named,
}

impl About<'_> {
    /// Counts what would come of a batch.
    async fn foresee(
        &self,
        backend: &Backend,
        ground: &mut Ground,
        ids: &[i64],
        counts: &mut Counts,
    ) -> Result<()> {
        let mut connection = backend.db().bulk().acquire().await?;
        let people = facts::read(&mut connection, &ground.doer, ids, self.named).await?;
        for facts in &people {
            let effect = effect(self.work, facts, self.before, ground)?;
            let (outcome, reason) = outcome(&effect);
            counts.add(outcome, reason);
            if let Effect::Changes(after) = &effect {
                ground.go_on(facts, after);
            }
        }
        for _ in people.len()..ids.len() {
            counts.add(Outcome::Skipped, Some(Refusal::Gone));
        }
        Ok(())
    }
}

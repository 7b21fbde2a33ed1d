//! Applying a mass change to a batch of people, in one transaction with how far it is, what was before
//! and the audit entries.

use std::collections::HashMap;

use model::Problem;
use model::bulk::{Bulk, Counts, State, Work};
use model::changes::Change;
use model::effect::{Effect, Facts};
use model::rights::Refusal;
use model::text::people::text;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::course::{Removal, removal};
use super::jobs::{Job, int};
use super::plan::{Before, effect, outcome};
use super::rows::{Came, print};
use crate::people::stored::store;
use crate::people::{How, apply as write, facts, gone};
use crate::{Backend, Failure, Result, invitations, lists};

/// What came of a batch.
pub enum Applied {
    /// So many people were dealt with.
    Done(u64),
    /// There is no further batch.
    End,
    /// It was stopped, or another process was quicker; nothing was changed.
    Passed,
}

/// Applies the batch that begins at a place.
pub async fn apply(
    backend: &Backend,
    job: &Job,
    change: Option<&Change>,
    from: u64,
) -> Result<Applied> {
    let bulk = &job.bulk;
    let removal = removal(backend, &bulk.work).await?;
    let mut tx = backend.db().begin().await?;
    let Some(is_final) = is_there(&mut tx, bulk.id, from).await? else {
        return Ok(Applied::Passed);
    };
    let Some((ids, before)) = batch(&mut tx, bulk.id, from).await? else {
        return Ok(Applied::End);
    };
    // Asked anew for each batch: a right that was taken away is gone for the rest.
    let (mut ground, settings) = facts::ground(backend, &mut tx, &job.actor, change).await?;
    let named = change.map(Change::named).unwrap_or_default();
    let people = facts::read(&mut tx, &ground.doer, &ids, named).await?;
    let mut came: HashMap<i64, Came> = HashMap::with_capacity(people.len());
    let mut changed = Vec::new();
    for facts in people {
        let effect = effect(&bulk.work, &facts, &before, &ground)?;
        let (outcome, reason) = outcome(&effect);
        let states = match &effect {
            Effect::Changes(after) => Some((store(&facts.state), store(after))),
            _ => None,
        };
        came.insert(facts.id, Came { outcome, reason, states });
        if let Effect::Changes(after) = effect {
            ground.go_on(&facts, &after);
            changed.push((facts, *after));
        }
    }
    let is_removal = removal == Some(Removal::UnlessKept) && settings.retention_days == 0;
    if is_removal && !is_final && !changed.is_empty() {
        // The setting was another when it was started: nobody has agreed to this.
        return Err(Problem::Conflict(text().final_unconfirmed.to_owned()).into());
    }
    let came: Vec<Came> = ids
        .iter()
        .map(|id| came.remove(id).unwrap_or_else(|| Came::skipped(Refusal::Gone)))
        .collect();
    let beside = match bulk.work {
        Work::Change(_) => [("bulk", json!(bulk.id))],
        Work::Undo(undone) => [("undo_of", json!(undone))],
    };
    let ids: Vec<i64> = changed.iter().map(|(facts, _): &(Facts, _)| facts.id).collect();
    match bulk.work {
        _ if ids.is_empty() => {}
        Work::Change(Change::DeletePermanently) => {
            gone::remove(backend, &mut tx, &job.actor, &ids, &beside).await?;
        }
        Work::Change(Change::SendInvitation) => {
            invitations::send_in(&mut tx, backend, &job.actor, &ids).await?;
        }
        _ => {
            let how = How { actor: &job.actor, settings: &settings, named, beside: &beside };
            write(backend, &mut tx, &how, &changed).await?;
        }
    }
    if !ids.is_empty() && !is_removal && removal != Some(Removal::Always) {
        lists::add_changed(&mut tx, bulk.id, (backend.now(), job.actor.id), &ids).await?;
    }
    let mut counts = Counts::default();
    came.iter().for_each(|one| counts.add(one.outcome, one.reason));
    keep(&mut tx, bulk, from, &came, &counts).await?;
    tx.commit().await?;
    Ok(Applied::Done(came.len() as u64))
}

/// Whether removing people for good was confirmed; `None` where the mass change is not running, or not this
/// far, or further.
async fn is_there(tx: &mut AnyConnection, id: i64, from: u64) -> Result<Option<bool>> {
    let row =
        sqlx::query("SELECT is_final FROM bulk_jobs WHERE id = $1 AND state = $2 AND done = $3")
            .bind(id)
            .bind(State::Running.code())
            .bind(int(from))
            .fetch_optional(tx)
            .await?;
    Ok(row.map(|row| row.try_get::<i64, _>("is_final")).transpose()?.map(|is_final| is_final == 1))
}

/// The people of a batch, and for an undo what was and what came of it.
pub async fn batch(
    tx: &mut AnyConnection,
    id: i64,
    from: u64,
) -> Result<Option<(Vec<i64>, Before)>> {
    let row =
        sqlx::query("SELECT people, states FROM bulk_batches WHERE job_id = $1 AND first = $2")
            .bind(id)
            .bind(int(from))
            .fetch_optional(tx)
            .await?;
    let Some(row) = row else { return Ok(None) };
    let fault = |error: serde_json::Error| Failure::Fault(error.to_string());
    let (ids, states): (String, String) = (row.try_get("people")?, row.try_get("states")?);
    let ids: Vec<i64> = serde_json::from_str(&ids).map_err(fault)?;
    let states: Vec<_> = serde_json::from_str(&states).map_err(fault)?;
    let before = ids.iter().copied().zip(states).collect();
    Ok(Some((ids, before)))
}

/// Keeps what came of each person, and how far it is.
async fn keep(
    tx: &mut AnyConnection,
    bulk: &Bulk,
    from: u64,
    came: &[Came],
    counts: &Counts,
) -> Result<()> {
    sqlx::query("UPDATE bulk_batches SET results = $1 WHERE job_id = $2 AND first = $3")
        .bind(print(came))
        .bind(bulk.id)
        .bind(int(from))
        .execute(&mut *tx)
        .await?;
    let row = sqlx::query("SELECT skipped FROM bulk_jobs WHERE id = $1");
    let row = row.bind(bulk.id).fetch_one(&mut *tx).await?;
    let mut skipped = super::jobs::reasons(row.try_get("skipped")?)?;
    for (reason, n) in &counts.skipped {
        *skipped.entry(*reason).or_default() += n;
    }
    let skipped = Counts { skipped, ..Counts::default() };
    sqlx::query(
        "UPDATE bulk_jobs SET done = done + $1, changed = changed + $2, skipped = $3 WHERE id = $4",
    )
    .bind(int(came.len() as u64))
    .bind(int(counts.changed))
    .bind(super::jobs::print_reasons(&skipped))
    .bind(bulk.id)
    .execute(tx)
    .await?;
    Ok(())
}

//! The course of a mass change: it goes from planned to running and from there to done, failed or
//! cancelled; a failed one can go on, and all are cleared away in the end.

use model::Problem;
use model::audit::Part;
use model::bulk::{Bulk, State, Work};
use model::changes::Change;
use model::text::fill;
use model::text::people::text;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::jobs::{self, BULKS, COLUMNS, of_steward, origin, read};
use crate::access::{Actor, Steward};
use crate::audit::{self, Action};
use crate::clock::DAY;
use crate::jobs::Ended;
use crate::people::{facts, gone};
use crate::settings::Settings;
use crate::users::Sql;
use crate::{Backend, Result};

/// How long a plan that nobody started is kept, and what came of each person.
const PLAN_KEPT: i64 = DAY;
const ROWS_KEPT: i64 = 30 * DAY;

/// That what a mass change did can be taken back.
pub fn undoable(bulk: &Bulk) -> Result<()> {
    let t = text();
    let sentence = match bulk.state {
        _ if bulk.can_be_undone() => return Ok(()),
        State::Running => t.still_running,
        _ if bulk.undone_by.is_some() => t.undone_already,
        _ => t.not_undoable,
    };
    Err(Problem::Conflict(sentence.to_owned()).into())
}

/// Whether a mass change removes people for good, by what the settings say now. Whoever starts it
/// confirms that first; see [`confirm`].
///
/// # Errors
/// Where the database fails.
pub async fn is_for_good(backend: &Backend, bulk: &Bulk) -> Result<bool> {
    Ok(match removal(backend, &bulk.work).await? {
        Some(Removal::Always) => true,
        Some(Removal::UnlessKept) => Settings::now(backend).await?.retention_days == 0,
        None => false,
    })
}

/// When a mass change removes people for good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is what it does.
    Always,
    /// Where nobody is kept: who is deleted is gone then, and so is whose restoring is taken back.
    UnlessKept,
}

/// When it does; `None` for never.
///
/// # Errors
/// Where the database fails.
pub async fn removal(backend: &Backend, work: &Work) -> Result<Option<Removal>> {
    Ok(match origin(backend, work).await? {
        Some((Change::DeletePermanently, _)) => Some(Removal::Always),
        Some((Change::Delete, false) | (Change::Restore, true)) => Some(Removal::UnlessKept),
        _ => None,
    })
}

/// What goes for good with the people of a plan, and how much of it.
///
/// # Errors
/// Where the database fails.
pub async fn goes(backend: &Backend, bulk: &Bulk) -> Result<Vec<(&'static str, i64)>> {
    let mut people = Sql::new(
        "SELECT users.id AS id FROM bulk_batches JOIN json_each(bulk_batches.people) AS one
            JOIN users ON users.id = one.value WHERE job_id = ",
    );
    people.bind(bulk.id);
    if bulk.work == Work::Change(Change::DeletePermanently) {
        people.push(" AND status = 4");
    }
    let mut connection = backend.db().bulk().acquire().await?;
    gone::parts(&mut connection, people).await
}

/// That a plan which removes people for good, or the rest of one, was confirmed, by typing how many they
/// are. Only then does it remove anybody, whatever the settings say in the meantime.
///
/// # Errors
/// The problem of the field `confirm`.
pub async fn confirm(backend: &Backend, bulk: &Bulk, typed: &str) -> Result<()> {
    let to_type = bulk.plan.changed.to_string();
    let is_to_start = matches!(bulk.state, State::Planned | State::Failed);
    if !is_to_start || !is_for_good(backend, bulk).await? {
        return Ok(());
    }
    if typed.trim() != to_type {
        return Err(Problem::field("confirm", fill(text().confirm_typed, &[&to_type])).into());
    }
    let mut tx = backend.db().begin().await?;
    sqlx::query("UPDATE bulk_jobs SET is_final = 1 WHERE id = $1")
        .bind(bulk.id)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// Marks a mass change as running; [`super::run`] does the rest. One that failed goes on where it stopped,
/// on behalf of whoever starts it now.
///
/// # Errors
/// [`Problem::Conflict`] where it was started already or what it undoes was undone,
/// [`Problem::AdminRequired`] for those who may change nobody any more.
pub async fn start(backend: &Backend, steward: &Steward, id: i64) -> Result<()> {
    let job = of_steward(backend, steward, id).await?;
    let actor = steward.actor();
    let mut tx = backend.db().begin().await?;
    let settings = Settings::read(&mut tx).await?;
    facts::doer(backend, &mut tx, actor, &settings).await?;
    if let Work::Undo(undone) = job.bulk.work {
        let other = sqlx::query(
            "SELECT id FROM bulk_jobs WHERE undo_of = $1 AND id <> $2 AND state IN (1, 2, 3)",
        )
        .bind(undone)
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        if other.is_some() {
            return Err(Problem::Conflict(text().undone_already.to_owned()).into());
        }
    }
    if !BULKS.begin(&mut tx, id, actor, backend.now()).await? {
        return Err(Problem::Conflict(text().not_startable.to_owned()).into());
    }
    let details = json!({
        "bulk": id,
        "change": describe(backend, &mut tx, &job.bulk).await?,
        "people": job.bulk.people,
    });
    let actor = actor.clone().within(Part::Bulk(id));
    audit::record(backend, &mut tx, &actor, Action::BulkStarted, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops a mass change; who was changed stays so. A plan is forgotten.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number; one that has ended stays as it is.
pub async fn cancel(backend: &Backend, steward: &Steward, id: i64) -> Result<()> {
    of_steward(backend, steward, id).await?;
    if forget(backend, id).await? {
        return Ok(());
    }
    end(backend, steward.actor(), id, Ended::Cancelled).await
}

/// Forgets a plan; whether it was one. Its number stays taken, so that nobody starts another one by a page
/// that still shows it.
pub async fn forget(backend: &Backend, id: i64) -> Result<bool> {
    let mut tx = backend.db().begin().await?;
    let forgotten =
        sqlx::query("UPDATE bulk_jobs SET state = $1 WHERE id = $2 AND state IN ($3, $4)")
            .bind(State::Cancelled.code())
            .bind(id)
            .bind(State::Planned.code())
            .bind(State::Planning.code())
            .execute(&mut *tx)
            .await?;
    let was_plan = forgotten.rows_affected() > 0;
    if was_plan {
        let batches = sqlx::query("DELETE FROM bulk_batches WHERE job_id = $1").bind(id);
        batches.execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(was_plan)
}

/// Ends a mass change, with an entry in the log that says how. One that has ended stays as it is.
pub async fn end(backend: &Backend, actor: &Actor, id: i64, ended: Ended) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let row = BULKS.end(&mut tx, id, &ended, backend.now(), COLUMNS).await?;
    let Some(row) = row else { return Ok(()) };
    let bulk = read(&row, backend.zone())?.bulk;
    let details = json!({
        "bulk": id,
        "change": describe(backend, &mut tx, &bulk).await?,
        "state": ended.word(),
        "changed": bulk.counts.changed,
        "unchanged": bulk.counts.unchanged,
        "skipped": bulk.counts.all_skipped(),
    });
    let actor = actor.clone().within(Part::Bulk(id));
    audit::record(backend, &mut tx, &actor, Action::BulkEnded, 0, &details).await?;
    Ok(tx.commit().await?)
}

/// A change in the words of the log; an undo with what it takes back.
async fn describe(backend: &Backend, tx: &mut AnyConnection, bulk: &Bulk) -> Result<String> {
    let Work::Undo(id) = bulk.work else { return Ok(bulk.work.words()) };
    let undone = jobs::of_numbers(tx, &[id], backend.zone()).await?.pop();
    let undone = undone.map(|undone| undone.work.words()).unwrap_or_default();
    Ok(format!("{} {undone}", bulk.work.words()).trim_end().to_owned())
}

/// Removes plans that nobody started, and the people of mass changes that ended long ago, which
/// can't be undone from then on. Gives back how many plans there were.
///
/// # Errors
/// Where the database fails.
pub async fn purge(backend: &Backend) -> Result<u64> {
    let plans = sqlx::query("SELECT id FROM bulk_jobs WHERE state IN ($1, $2) AND planned_at < $3")
        .bind(State::Planned.code())
        .bind(State::Planning.code())
        .bind(backend.now() - PLAN_KEPT)
        .fetch_all(backend.db().read())
        .await?;
    for plan in &plans {
        forget(backend, plan.try_get("id")?).await?;
    }
    let mut tx = backend.db().begin().await?;
    sqlx::query(
        "DELETE FROM bulk_jobs WHERE state = $1 AND started_at = 0 AND planned_at < $2
           AND id < (SELECT MAX(id) FROM bulk_jobs)",
    )
    .bind(State::Cancelled.code())
    .bind(backend.now() - PLAN_KEPT)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "DELETE FROM bulk_batches WHERE job_id IN
           (SELECT id FROM bulk_jobs WHERE ended_at > 0 AND ended_at < $1)",
    )
    .bind(backend.now() - ROWS_KEPT)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(plans.len() as u64)
}

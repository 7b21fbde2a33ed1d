//! The table of mass changes: what there is, how far each is, and who may see it.

use std::collections::BTreeMap;

use model::Problem;
use model::audit::Part;
use model::bulk::{Bulk, Counts, State, Work};
use model::changes::Change;
use model::rights::Refusal;
use model::text::people::text;
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::BATCH;
use crate::access::{Actor, Steward};
use crate::jobs::Table;
use crate::people::stored::Stored;
use crate::users::Sql;
use crate::{Backend, Failure, Result, Zone, packed};

/// How many the list shows.
const LISTED: i64 = 50;

/// Their table.
pub const BULKS: Table = Table("bulk_jobs");

/// What [`read`] reads.
pub const COLUMNS: &str =
    "id, state, change, value, undo_of, query, people, would_change, would_skip, skipped, done,
    changed, problem, planned_at, ended_at, actor_id, actor, address,
    COALESCE((SELECT name FROM groups WHERE change IN ('group-add', 'group-remove')
              AND CAST(groups.id AS TEXT) = value), '') AS group_name,
    (SELECT MIN(other.id) FROM bulk_jobs AS other
     WHERE other.undo_of = bulk_jobs.id AND other.state IN (1, 2, 3)) AS undone_by,
    (SELECT other.change || ' ' || other.value FROM bulk_jobs AS other
     WHERE other.id = bulk_jobs.undo_of) AS undoes,
    CASE WHEN EXISTS (SELECT 1 FROM lists WHERE lists.id = 'change-' || bulk_jobs.id)
         THEN 1 ELSE 0 END AS has_list";

/// What a new one is made of.
pub struct New<'a> {
    pub work: Work,
    pub query: String,
    /// How many people it is about, and who; an undo finds them when it is judged.
    pub people: u64,
    pub ids: &'a [i64],
}

/// A row of the table.
pub struct Job {
    pub bulk: Bulk,
    pub actor: Actor,
}

/// Keeps a plan that is to be judged.
pub async fn insert(backend: &Backend, steward: &Steward, new: New<'_>) -> Result<i64> {
    let (word, value, undo_of) = match &new.work {
        Work::Change(change) => (change.word(), change.value(), 0),
        Work::Undo(id) => ("undo", String::new(), *id),
    };
    let actor = steward.actor();
    let mut tx = backend.db().begin().await?;
    let row = sqlx::query(
        "INSERT INTO bulk_jobs (state, change, value, undo_of, query, people, would_change, would_skip,
           planned_at, actor_id, actor, address)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
    )
    .bind(State::Planning.code())
    .bind(word)
    .bind(value)
    .bind(undo_of)
    .bind(new.query)
    .bind(int(new.people))
    .bind(0)
    .bind(print_reasons(&Counts::default()))
    .bind(backend.now())
    .bind(actor.id)
    .bind(&actor.name)
    .bind(&actor.address)
    .fetch_one(&mut *tx)
    .await?;
    let id: i64 = row.try_get("id")?;
    let mut first = 0;
    for ids in new.ids.chunks(BATCH) {
        insert_batch(&mut tx, id, first, ids, &[]).await?;
        first += ids.len() as u64;
    }
    tx.commit().await?;
    Ok(id)
}

/// Keeps the people of a batch, and for an undo what each was and what came of it.
pub async fn insert_batch(
    tx: &mut AnyConnection,
    id: i64,
    first: u64,
    people: &[i64],
    states: &[(Stored, Stored)],
) -> Result<()> {
    sqlx::query("INSERT INTO bulk_batches (job_id, first, people, states) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(int(first))
        .bind(packed::ids(people)?)
        .bind(json!(states).to_string())
        .execute(tx)
        .await?;
    Ok(())
}

/// One mass change. Managers see their own.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number.
pub async fn get(backend: &Backend, steward: &Steward, id: i64) -> Result<Bulk> {
    Ok(of_steward(backend, steward, id).await?.bulk)
}

/// One, for whoever may see it.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number for them.
pub async fn of_steward(backend: &Backend, steward: &Steward, id: i64) -> Result<Job> {
    let job = load(backend, id).await?;
    match steward.is_administrator() || job.actor.id == steward.actor().id {
        true => Ok(job),
        false => Err(Problem::NotFound.into()),
    }
}

/// The newest mass changes that were started. Managers see their own.
///
/// # Errors
/// Where the database fails.
pub async fn list(backend: &Backend, steward: &Steward) -> Result<Vec<Bulk>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM bulk_jobs WHERE started_at > 0 AND ($1 = 1 OR actor_id = $2)
         ORDER BY id DESC LIMIT $3"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(i64::from(steward.is_administrator()))
        .bind(steward.actor().id)
        .bind(LISTED)
        .fetch_all(backend.db().read())
        .await?;
    rows.iter().map(|row| Ok(read(row, backend.zone())?.bulk)).collect()
}

/// One with all that belongs to it.
pub async fn load(backend: &Backend, id: i64) -> Result<Job> {
    // A plan that was forgotten leaves its number.
    let sql =
        format!("SELECT {COLUMNS} FROM bulk_jobs WHERE id = $1 AND (started_at > 0 OR state <> 4)");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(backend.db().read());
    read(&row.await?.ok_or(Problem::NotFound)?, backend.zone())
}

/// Those of some numbers, without regard to who may see them.
pub async fn of_numbers(
    connection: &mut AnyConnection,
    ids: &[i64],
    zone: Zone,
) -> Result<Vec<Bulk>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(" FROM bulk_jobs WHERE id IN (").bind_all(ids.iter().copied());
    sql.push(") ORDER BY id");
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(read(row, zone)?.bulk)).collect()
}

/// The change that a work is about: its own, or the one that is taken back in the end.
pub async fn change_of(backend: &Backend, work: &Work) -> Result<Option<Change>> {
    Ok(origin(backend, work).await?.map(|(change, _)| change))
}

/// The same, and whether the work takes it back in the end.
pub async fn origin(backend: &Backend, work: &Work) -> Result<Option<(Change, bool)>> {
    let (mut work, mut is_back) = (work.clone(), false);
    loop {
        work = match work {
            Work::Change(change) => return Ok(Some((change, is_back))),
            // An undo has a lower number than what undoes it, so this ends.
            Work::Undo(id) => match load(backend, id).await {
                Ok(job) => {
                    is_back = !is_back;
                    job.bulk.work
                }
                Err(Failure::Problem(Problem::NotFound)) => return Ok(None),
                Err(failure) => return Err(failure),
            },
        }
    }
}

/// A row as a mass change.
pub fn read(row: &AnyRow, zone: Zone) -> Result<Job> {
    let number = |name: &str| -> Result<u64> {
        Ok(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or(0))
    };
    let strange = || Failure::Fault("a mass change can't be read".to_owned());
    let (people, would_change) = (number("people")?, number("would_change")?);
    let (done, changed) = (number("done")?, number("changed")?);
    let (would_skip, skipped) =
        (reasons(row.try_get("would_skip")?)?, reasons(row.try_get("skipped")?)?);
    let counts = |changed: u64, of: u64, skipped: BTreeMap<Refusal, u64>| {
        let all: u64 = skipped.values().sum();
        Counts { changed, unchanged: of.saturating_sub(changed + all), skipped }
    };
    let (undo_of, ended_at): (i64, i64) = (row.try_get("undo_of")?, row.try_get("ended_at")?);
    let work = match undo_of {
        0 => {
            let (word, value): (String, String) = (row.try_get("change")?, row.try_get("value")?);
            Work::Change(Change::of(&word, &value).map_err(|_| strange())?)
        }
        id => Work::Undo(id),
    };
    let bulk = Bulk {
        id: row.try_get("id")?,
        work,
        state: State::from_code(row.try_get("state")?).ok_or_else(strange)?,
        group: row.try_get("group_name")?,
        query: row.try_get("query")?,
        people,
        plan: counts(would_change, people, would_skip),
        done,
        counts: counts(changed, done, skipped),
        problem: row.try_get("problem")?,
        actor: row.try_get("actor")?,
        undone_by: row.try_get("undone_by")?,
        undoes: undoes(row.try_get("undoes")?),
        has_list: row.try_get::<i64, _>("has_list")? == 1,
        planned_at: zone.wall(row.try_get("planned_at")?),
        ended_at: (ended_at > 0).then(|| zone.wall(ended_at)),
    };
    let (name, address): (String, String) = (row.try_get("actor")?, row.try_get("address")?);
    let actor = Actor::new(row.try_get("actor_id")?, name, address).within(Part::Bulk(bulk.id));
    Ok(Job { bulk, actor })
}

/// What an undo takes back, as it is called.
fn undoes(stored: Option<String>) -> String {
    let stored = stored.unwrap_or_default();
    let (word, value) = stored.split_once(' ').unwrap_or_default();
    match word {
        "undo" => text().change_undo_bare.to_owned(),
        word => Change::of(word, value).map_or_else(|_| String::new(), |change| change.label()),
    }
}

/// A count as the database keeps it.
pub fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Reasons with how many were left out for each, as the table keeps them.
pub fn print_reasons(counts: &Counts) -> String {
    let reasons: BTreeMap<&str, u64> =
        counts.skipped.iter().map(|(reason, n)| (reason.word(), *n)).collect();
    json!(reasons).to_string()
}

/// The same back.
pub fn reasons(text: String) -> Result<BTreeMap<Refusal, u64>> {
    let kept: Value =
        serde_json::from_str(&text).map_err(|error| Failure::Fault(error.to_string()))?;
    let kept = kept.as_object().cloned().unwrap_or_default();
    let reason = |(word, n): (&String, &Value)| Some((Refusal::from_word(word)?, n.as_u64()?));
    Ok(kept.iter().filter_map(reason).collect())
}

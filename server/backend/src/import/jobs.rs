//! The table of imports: what there is, what was chosen, and how far each is. An import goes from
//! uploaded to running and from there to done, failed or cancelled; a failed one can go on.

use model::Problem;
use model::audit::Part;
use model::import::{Choices, Counts, Import, State};
use model::text::import::text;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::detect::{self, Detected, Plan};
use super::{apply, refused, store};
use crate::audit::{self, Action};
use crate::jobs::{Ended, Table};
use crate::{Actor, Admin, Backend, Failure, Result, Zone};

/// How many imports the list shows.
const LISTED: i64 = 50;

/// Their table.
pub const IMPORTS: Table = Table("imports");

const COLUMNS: &str = "id, state, file_name, file_hash, file_size, has_file, choices, plan, forecast,
    problem, next_row, added, existing, invalid, uploaded_at, started_at, ended_at, actor_id, actor, address";

/// A row of the table.
pub struct Job {
    /// What everybody is shown of it.
    pub import: Import,
    pub choices: Choices,
    /// Settled at the start.
    pub plan: Option<Plan>,
    pub file_hash: String,
    pub next_row: u64,
    pub started_at: i64,
    pub actor: Actor,
}

/// What a new one is made of.
pub struct New<'a> {
    pub file_name: &'a str,
    pub file_hash: &'a str,
    pub file_size: u64,
    pub choices: &'a Choices,
}

/// Adds an import whose file is there.
pub async fn insert(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    new: New<'_>,
) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO imports (state, file_name, file_hash, file_size, choices, uploaded_at, actor_id, actor, address)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
    )
    .bind(State::Uploaded.code())
    .bind(model::url::shorten(new.file_name, 200))
    .bind(new.file_hash)
    .bind(i64::try_from(new.file_size).unwrap_or(i64::MAX))
    .bind(to_json(new.choices)?)
    .bind(backend.now())
    .bind(actor.id)
    .bind(&actor.name)
    .bind(&actor.address)
    .fetch_one(tx)
    .await?;
    Ok(row.try_get("id")?)
}

/// One import.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number.
pub async fn get(backend: &Backend, _admin: &Admin, id: i64) -> Result<Import> {
    Ok(load(backend, id).await?.import)
}

/// What was chosen about one.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number.
pub async fn choices(backend: &Backend, _admin: &Admin, id: i64) -> Result<Choices> {
    Ok(load(backend, id).await?.choices)
}

/// The newest imports.
///
/// # Errors
/// Where the database fails.
pub async fn list(backend: &Backend, _admin: &Admin) -> Result<Vec<Import>> {
    let sql = format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT $1");
    let rows =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(LISTED).fetch_all(backend.db().read()).await?;
    rows.iter().map(|row| Ok(read(row, backend.zone())?.import)).collect()
}

/// The import that an actor began with the same file and choices and that did not come to its end.
///
/// # Errors
/// Where the database fails.
pub async fn unfinished(backend: &Backend, actor: &Actor, id: i64) -> Result<Option<i64>> {
    let row = sqlx::query(
        "SELECT other.id FROM imports AS other JOIN imports AS this
           ON this.file_hash = other.file_hash AND this.choices = other.choices
         WHERE this.id = $1 AND other.id <> this.id AND other.actor_id = $2
           AND other.has_file = 1 AND other.state IN ($3, $4, $5)
         ORDER BY other.next_row DESC, other.id LIMIT 1",
    )
    .bind(id)
    .bind(actor.id)
    .bind(State::Running.code())
    .bind(State::Failed.code())
    .bind(State::Uploaded.code())
    .fetch_optional(backend.db().read())
    .await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// Whether an import keeps its file.
pub async fn has_file(backend: &Backend, id: i64) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM imports WHERE id = $1 AND has_file = 1")
        .bind(id)
        .fetch_optional(backend.db().read())
        .await?;
    Ok(row.is_some())
}

/// One import with all that belongs to it.
pub async fn load(backend: &Backend, id: i64) -> Result<Job> {
    let sql = format!("SELECT {COLUMNS} FROM imports WHERE id = $1");
    let row =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(backend.db().read()).await?;
    read(&row.ok_or(Problem::NotFound)?, backend.zone())
}

fn read(row: &AnyRow, zone: Zone) -> Result<Job> {
    let number = |name: &str| -> Result<u64> {
        Ok(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or(0))
    };
    let ended_at: i64 = row.try_get("ended_at")?;
    let import = Import {
        id: row.try_get("id")?,
        state: State::from_code(row.try_get("state")?)
            .ok_or_else(|| Failure::Fault("an import has no state".to_owned()))?,
        file_name: row.try_get("file_name")?,
        file_size: number("file_size")?,
        has_file: number("has_file")? == 1,
        counts: Counts {
            added: number("added")?,
            existing: number("existing")?,
            invalid: number("invalid")?,
        },
        forecast: from_json(row.try_get("forecast")?)?,
        problem: row.try_get("problem")?,
        actor: row.try_get("actor")?,
        uploaded_at: zone.wall(row.try_get("uploaded_at")?),
        ended_at: (ended_at > 0).then(|| zone.wall(ended_at)),
    };
    Ok(Job {
        import,
        choices: from_json(row.try_get("choices")?)?.unwrap_or_default(),
        plan: from_json(row.try_get("plan")?)?,
        file_hash: row.try_get("file_hash")?,
        next_row: number("next_row")?,
        started_at: row.try_get("started_at")?,
        actor: Actor::new(
            row.try_get("actor_id")?,
            row.try_get::<String, _>("actor")?,
            row.try_get::<String, _>("address")?,
        )
        .within(Part::Import(row.try_get("id")?)),
    })
}

/// Has a file read in another way. Says whether that made a difference.
///
/// # Errors
/// [`Problem::NotFound`] where the import is not, or no longer, waiting to be started.
pub async fn choose(backend: &Backend, admin: &Admin, id: i64, choices: &Choices) -> Result<bool> {
    apply::authorize(backend, admin.actor()).await?;
    let job = load(backend, id).await?;
    if job.import.state != State::Uploaded {
        return Err(refused(text().not_startable).into());
    }
    if job.choices == *choices {
        return Ok(false);
    }
    sqlx::query("UPDATE imports SET choices = $1, forecast = '' WHERE id = $2 AND state = $3")
        .bind(to_json(choices)?)
        .bind(id)
        .bind(State::Uploaded.code())
        .execute(backend.db().write())
        .await?;
    Ok(true)
}

/// Finds out what a file is, away from where others wait.
pub async fn detect(backend: &Backend, job: &Job) -> Result<Detected> {
    if !job.import.has_file {
        return Err(refused(text().file_gone).into());
    }
    let (path, choices) = (store::path_of(backend, job.import.id), job.choices.clone());
    let detected = tokio::task::spawn_blocking(move || detect::detect(&path, &choices)).await;
    Ok(detected.map_err(|error| Failure::Fault(error.to_string()))??)
}

/// Settles how the file is read and marks the import as running; [`super::run`] does the rest. One
/// that failed goes on where it stopped, on behalf of whoever starts it now.
///
/// # Errors
/// [`Problem::AdminRequired`] for those who may not add people, [`Problem::Invalid`] where the file is
/// not a list of people, or the import has ended.
pub async fn start(backend: &Backend, actor: &Actor, id: i64) -> Result<()> {
    apply::authorize(backend, actor).await?;
    let job = load(backend, id).await?;
    if !matches!(job.import.state, State::Uploaded | State::Failed) {
        return Err(refused(text().not_startable).into());
    }
    let plan = match &job.plan {
        Some(plan) => plan.clone(),
        None => {
            let detected = detect(backend, &job).await?;
            if !detected.has_addresses {
                return Err(Problem::field("columns", text().no_email).into());
            }
            detected.plan
        }
    };
    let mut tx = backend.db().begin().await?;
    if !IMPORTS.begin(&mut tx, id, actor, backend.now()).await? {
        return Err(refused(text().not_startable).into());
    }
    sqlx::query("UPDATE imports SET plan = $1 WHERE id = $2")
        .bind(to_json(&plan)?)
        .bind(id)
        .execute(&mut *tx)
        .await?;
    let details = json!({
        "import": id,
        "file": job.import.file_name,
        "sha256": job.file_hash,
        "row": job.next_row,
    });
    let actor = actor.clone().within(Part::Import(id));
    audit::record(backend, &mut tx, &actor, Action::ImportStarted, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops an import; who was added stays. One that was not started is forgotten, with its file.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this number; one that has ended stays as it is.
pub async fn cancel(backend: &Backend, admin: &Admin, id: i64) -> Result<()> {
    apply::authorize(backend, admin.actor()).await?;
    load(backend, id).await?;
    let forgotten = sqlx::query("DELETE FROM imports WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(State::Uploaded.code())
        .execute(backend.db().write())
        .await?;
    if forgotten.rows_affected() > 0 {
        // A file that can't be removed now is by the next `purge`.
        let _ = std::fs::remove_file(store::path_of(backend, id));
        return Ok(());
    }
    end(backend, admin.actor(), id, Ended::Cancelled).await
}

/// Ends an import, with an entry in the log that says how. One that has ended stays as it is.
pub async fn end(backend: &Backend, actor: &Actor, id: i64, ended: Ended) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let columns = "file_name, added, existing, invalid";
    let row = IMPORTS.end(&mut tx, id, &ended, backend.now(), columns).await?;
    let Some(row) = row else { return Ok(()) };
    let number = |name: &str| row.try_get::<i64, _>(name);
    let details = json!({
        "import": id,
        "file": row.try_get::<String, _>("file_name")?,
        "state": ended.word(),
        "added": number("added")?,
        "existing": number("existing")?,
        "invalid": number("invalid")?,
    });
    let actor = actor.clone().within(Part::Import(id));
    audit::record(backend, &mut tx, &actor, Action::ImportEnded, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// A value as the table keeps it.
pub fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Failure::Fault(error.to_string()))
}

/// The same back; `None` for an empty text.
pub fn from_json<T: DeserializeOwned>(text: String) -> Result<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&text).map(Some).map_err(|error| Failure::Fault(error.to_string()))
}

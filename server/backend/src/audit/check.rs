//! Checking the log on somebody's wish, beside everything else: one check at a time, which can be
//! watched and whose outcome is an entry of the log.

use std::sync::{Mutex, MutexGuard, PoisonError};

use model::audit::{Check, Checked};
use model::text::audit::text;
use serde_json::{Value, json};
use sqlx::Row;

use super::verify::{Verdict, walk};
use super::{Action, record};
use crate::access::Admin;
use crate::db::reader;
use crate::{Backend, Failure, Result};

/// The check that this process is at.
#[derive(Default)]
pub struct Checking(Mutex<State>);

#[derive(Default)]
enum State {
    #[default]
    Idle,
    Running(i64, i64),
    /// It could not be brought to its end.
    Failed(Checked),
}

impl Checking {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the check is, or what the last one came to.
///
/// # Errors
/// Where the database fails.
pub async fn check_state(backend: &Backend, _admin: &Admin) -> Result<Check> {
    match &*backend.checking().lock() {
        State::Running(done, all) => return Ok(Check::Running(*done, *all)),
        State::Failed(checked) => return Ok(Check::Ended(checked.clone())),
        State::Idle => {}
    }
    let mut connection = backend.db().read().acquire().await?;
    let row = sqlx::query(
        "SELECT at, actor, details FROM audit_log WHERE action = $1 ORDER BY id DESC LIMIT 1",
    )
    .bind(Action::AuditVerified.word())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(Check::Never) };
    let details: Value = serde_json::from_str(row.try_get("details")?).unwrap_or_default();
    let broken = details["broken"]
        .as_i64()
        .map(|entry| (entry, details["why"].as_str().unwrap_or_default().to_owned()));
    Ok(Check::Ended(Checked {
        at: backend.zone().wall(row.try_get("at")?),
        by: row.try_get("actor")?,
        outcome: broken.map_or_else(|| Ok(details["entries"].as_i64().unwrap_or(0)), Err),
    }))
}

/// Begins to check the log, where nobody does yet. What it comes to is recorded.
///
/// # Errors
/// Where the database fails.
pub async fn check(backend: &Backend, admin: &Admin) -> Result<()> {
    let all = {
        let mut connection = backend.db().read().acquire().await?;
        sqlx::query("SELECT COALESCE(MAX(id), 0) AS last FROM audit_log")
            .fetch_one(&mut *connection)
            .await?
            .try_get("last")?
    };
    {
        let mut state = backend.checking().lock();
        if matches!(*state, State::Running(..)) {
            return Ok(());
        }
        *state = State::Running(0, all);
    }
    let (backend, admin) = (backend.clone(), admin.clone());
    tokio::spawn(async move {
        // A task of its own, so that even a panic in it leaves no check running for ever.
        let work = tokio::spawn(run(backend.clone(), admin.clone(), all));
        let failure = match work.await {
            Ok(Ok(())) => None,
            Ok(Err(failure)) => Some(failure),
            Err(panic) => Some(Failure::Fault(panic.to_string())),
        };
        *backend.checking().lock() = match failure {
            None => State::Idle,
            Some(failure) => {
                tracing::error!(error = %failure, "the audit log could not be checked");
                State::Failed(Checked {
                    at: backend.zone().wall(backend.now()),
                    by: admin.actor().name.clone(),
                    outcome: Err((0, text().verify_failed.to_owned())),
                })
            }
        };
    });
    Ok(())
}

async fn run(backend: Backend, admin: Admin, all: i64) -> Result<()> {
    let mut connection = reader(backend.db().path()).await?;
    let verdict = walk(&backend, &mut connection, |done| {
        *backend.checking().lock() = State::Running(done, all.max(done));
    })
    .await?;
    let details = match verdict {
        Verdict::Intact(entries) => json!({ "entries": entries }),
        Verdict::Broken(entry, why) => json!({ "broken": entry, "why": why }),
    };
    let mut tx = backend.db().begin().await?;
    record(&backend, &mut tx, admin.actor(), Action::AuditVerified, 0, &details).await?;
    Ok(tx.commit().await?)
}

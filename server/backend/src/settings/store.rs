//! The table `settings`: a row for each value that was set on the page under the setting's name,
//! and one for each that was given when the server was started, under [`PINNED`] and the name.
//! Other rows there are not settings but what jobs remember.

use std::collections::HashMap;

use serde_json::{Map, Value};
use sqlx::{AnyConnection, Row};

use crate::Result;
use crate::access::Actor;
use crate::audit::Action;
use crate::users::shown_name;

/// What the name of a value begins with that was given when the server was started.
pub const PINNED: &str = "pinned.";

/// A kept value.
pub struct Kept {
    /// The value.
    pub value: String,
    /// When it was set.
    pub at: i64,
    /// Who set it.
    pub by: i64,
}

/// All kept values.
pub struct All(HashMap<String, Kept>);

impl All {
    /// What was set on the page.
    pub fn set(&self, name: &str) -> Option<&Kept> {
        self.0.get(name)
    }

    /// What was given at the start.
    pub fn pinned(&self, name: &str) -> Option<&Kept> {
        self.0.get(&format!("{PINNED}{name}"))
    }

    /// The value that holds, where it is not the default.
    pub fn effective(&self, name: &str) -> Option<&str> {
        self.pinned(name).or_else(|| self.set(name)).map(|kept| kept.value.as_str())
    }
}

/// Reads all rows; there are no more than a few for each setting.
pub async fn all(connection: &mut AnyConnection) -> Result<All> {
    let rows = sqlx::query("SELECT name, value, updated_at, updated_by FROM settings")
        .fetch_all(connection)
        .await?;
    let mut all = HashMap::with_capacity(rows.len());
    for row in rows {
        let kept = Kept {
            value: row.try_get("value")?,
            at: row.try_get("updated_at")?,
            by: row.try_get("updated_by")?,
        };
        all.insert(row.try_get("name")?, kept);
    }
    Ok(All(all))
}

/// Keeps a value that somebody set, or that was given at the start.
pub async fn keep(tx: &mut AnyConnection, name: &str, value: &str, at: i64, by: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO settings (name, value, updated_at, updated_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by",
    )
    .bind(name)
    .bind(value)
    .bind(at)
    .bind(by)
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets a value.
pub async fn forget(tx: &mut AnyConnection, name: &str) -> Result<()> {
    sqlx::query("DELETE FROM settings WHERE name = $1").bind(name).execute(tx).await?;
    Ok(())
}

/// The newest entry of the audit log about each setting by each person; among so many, since no setting
/// is changed every day.
pub async fn told(connection: &mut AnyConnection) -> Result<HashMap<(String, i64), i64>> {
    let rows = sqlx::query(
        "SELECT id, actor_id, details FROM audit_log WHERE action = $1 ORDER BY id DESC LIMIT 1000",
    )
    .bind(Action::SettingsChanged.word())
    .fetch_all(connection)
    .await?;
    let mut told = HashMap::new();
    for row in rows {
        let (id, actor, details): (i64, i64, String) =
            (row.try_get("id")?, row.try_get("actor_id")?, row.try_get("details")?);
        let details: Value = serde_json::from_str(&details).unwrap_or_default();
        for name in details["fields"].as_object().into_iter().flat_map(Map::keys) {
            told.entry((name.clone(), actor)).or_insert(id);
        }
    }
    Ok(told)
}

/// The name of whoever set something; empty where they are gone.
pub async fn name_of(connection: &mut AnyConnection, id: i64) -> Result<String> {
    if id == 0 {
        return Ok(Actor::command_line().name);
    }
    let row = sqlx::query("SELECT display_name, username, email FROM users WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(String::new()) };
    let text = |column: &str| row.try_get::<String, _>(column);
    let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
    Ok(shown_name(&name, &username, &email).to_owned())
}

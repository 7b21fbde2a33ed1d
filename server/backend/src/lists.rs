//! Pasted lists: who is meant by a text full of e-mails, usernames and ids, kept under the hash
//! of the text so that the same list has the same address.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::people::Tab;
use model::text::fill;
use model::text::views::text as views_text;
use model::users::{ListSummary, UsersTotals};
use model::{Problem, format};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::access::Admin;
use crate::audit::{self, Action};
use crate::users::fold::email_key;
use crate::{Backend, Failure, Result};

/// How many entries a list takes.
pub const MOST_ENTRIES: usize = 10_000;
/// How many unknown entries are kept to be shown.
const UNKNOWN_KEPT: usize = 20;

/// Finds the people of a pasted text and keeps them as a list.
///
/// # Errors
/// A field problem for an empty text and for one with too many entries.
pub async fn paste(backend: &Backend, admin: &Admin, pasted: &str) -> Result<String> {
    let entries = checked_entries(pasted)?;
    let id = URL_SAFE_NO_PAD.encode(&Sha256::digest(entries.join("\n").as_bytes())[..15]);
    let mut tx = backend.db().begin().await?;
    let mut people = HashSet::new();
    let mut unknown = Vec::new();
    for entry in &entries {
        match find(&mut tx, entry).await? {
            Some(person) => {
                people.insert(person);
            }
            None => unknown.push(entry),
        }
    }
    sqlx::query("DELETE FROM lists WHERE id = $1").bind(&id).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO lists (id, created_at, created_by, entries, unknown) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&id)
    .bind(backend.now())
    .bind(admin.actor().id)
    .bind(i64::try_from(entries.len()).unwrap_or(i64::MAX))
    .bind(
        json!({ "count": unknown.len(), "first": &unknown[..unknown.len().min(UNKNOWN_KEPT)] })
            .to_string(),
    )
    .execute(&mut *tx)
    .await?;
    for person in &people {
        sqlx::query("INSERT INTO list_users (list_id, user_id) VALUES ($1, $2)")
            .bind(&id)
            .bind(*person)
            .execute(&mut *tx)
            .await?;
    }
    let details = json!({ "list": id, "entries": entries.len(), "found": people.len() });
    audit::record(backend, &mut tx, admin.actor(), Action::ListPasted, 0, &details).await?;
    tx.commit().await?;
    Ok(id)
}

/// What a list comes to now; `None` where there is no such list.
pub(crate) async fn summary(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<ListSummary>> {
    let row = sqlx::query("SELECT unknown FROM lists WHERE id = $1")
        .bind(id.to_owned())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let kept: serde_json::Value = serde_json::from_str(row.try_get("unknown")?)
        .map_err(|error| Failure::Fault(error.to_string()))?;
    let mut found = UsersTotals::default();
    let counts = sqlx::query(
        "SELECT tab, COUNT(*) AS n FROM users
         WHERE id IN (SELECT user_id FROM list_users WHERE list_id = $1) GROUP BY tab",
    )
    .bind(id.to_owned())
    .fetch_all(connection)
    .await?;
    for count in counts {
        let n = count.try_get("n")?;
        match Tab::from_code(count.try_get("tab")?) {
            Some(Tab::Active) => found.active = n,
            Some(Tab::Pending) => found.pending = n,
            Some(Tab::Deleted) => found.deleted = n,
            Some(Tab::All) | None => {}
        }
    }
    Ok(Some(ListSummary {
        found,
        unknown: kept["count"].as_i64().unwrap_or(0),
        unknown_examples: kept["first"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.as_str().map(str::to_owned))
            .collect(),
    }))
}

/// The entries of a pasted text.
///
/// # Errors
/// A field problem for an empty text and for one with too many entries.
pub(crate) fn checked_entries(pasted: &str) -> Result<Vec<String>> {
    let entries = entries(pasted);
    if entries.is_empty() {
        return Err(Problem::field("entries", views_text().paste_empty).into());
    }
    if entries.len() > MOST_ENTRIES {
        let found = format::count(entries.len());
        return Err(Problem::field("entries", fill(views_text().paste_too_many, &[&found])).into());
    }
    Ok(entries)
}

/// The distinct entries in a stable order, in the form in which people are looked up.
fn entries(pasted: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    pasted
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"'))
        .map(|entry| entry.trim_matches(|c: char| c.is_control()))
        .filter(|entry| !entry.is_empty())
        .map(|entry| entry.chars().take(254).collect::<String>().to_lowercase())
        .filter(|entry| seen.insert(entry.clone()))
        .collect()
}

/// The person whom an entry names.
pub(crate) async fn find(connection: &mut AnyConnection, entry: &str) -> Result<Option<i64>> {
    let query = if let Some(id) = entry.strip_prefix('#') {
        let Ok(id) = id.parse::<i64>() else { return Ok(None) };
        sqlx::query("SELECT id FROM users WHERE id = $1").bind(id)
    } else if entry.contains('@') {
        sqlx::query("SELECT id FROM users WHERE email_key = $1 AND email_key <> ''")
            .bind(email_key(entry))
    } else {
        sqlx::query("SELECT id FROM users WHERE username = $1 AND username <> ''")
            .bind(entry.to_owned())
    };
    Ok(query.fetch_optional(connection).await?.map(|row| row.try_get("id")).transpose()?)
}

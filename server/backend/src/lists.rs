//! Lists of people that no filter finds, each with an address: who is meant by a pasted text full of
//! e-mails, usernames and ids, who was ticked, and whom a mass change changed. Their names begin with what
//! they are (`model::lists`), and end with a hash of what they were made of, so that the same list has the
//! same address.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::lists::ListKind;
use model::people::Tab;
use model::query::UsersQuery;
use model::text::fill;
use model::text::people::text as people_text;
use model::text::views::text as views_text;
use model::users::{ListSummary, UsersTotals};
use model::{Problem, format};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::access::Admin;
use crate::audit::{self, Action};
use crate::users::Sql;
use crate::users::fold::email_key;
use crate::{Backend, Failure, Result, packed};

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
    let id = hash(entries.join("\n").as_bytes());
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
    let told =
        json!({ "count": unknown.len(), "first": &unknown[..unknown.len().min(UNKNOWN_KEPT)] });
    let people: Vec<i64> = people.into_iter().collect();
    begin(&mut tx, &id, (backend.now(), admin.actor().id), &told).await?;
    add(&mut tx, &id, entries.len(), &people).await?;
    let details = json!({ "list": id, "entries": entries.len(), "found": people.len() });
    audit::record(backend, &mut tx, admin.actor(), Action::ListPasted, 0, &details).await?;
    tx.commit().await?;
    Ok(id)
}

/// Keeps people whom somebody ticked, or of whom the adviser spoke, as a list with an address of its own.
/// The same people have the same address.
///
/// # Errors
/// [`Problem::Conflict`] where none of them is there.
pub async fn keep(backend: &Backend, admin: &Admin, kind: ListKind, ids: &[i64]) -> Result<String> {
    let mut tx = backend.db().begin().await?;
    let mut sql = Sql::new("SELECT id FROM users WHERE id IN ");
    sql.push(packed::IDS.0).bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
    sql.push(" ORDER BY id");
    let rows = sql.query().fetch_all(&mut *tx).await?;
    let ids = rows.iter().map(|row| Ok(row.try_get("id")?)).collect::<Result<Vec<i64>>>()?;
    if ids.is_empty() {
        return Err(Problem::Conflict(people_text().nobody_selected.to_owned()).into());
    }
    let id = format!("{}{}", kind.prefix(), hash(packed::ids(&ids)?.as_bytes()));
    let told = json!({ "count": 0, "first": [] });
    begin(&mut tx, &id, (backend.now(), admin.actor().id), &told).await?;
    add(&mut tx, &id, ids.len(), &ids).await?;
    let query = UsersQuery { tab: Tab::All, list: Some(id.clone()), ..UsersQuery::default() };
    let details = json!({ "list": id, "people": ids.len(), "query": query.print() });
    audit::record(backend, &mut tx, admin.actor(), Action::ListKept, 0, &details).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds people whom a mass change has just changed to its list, which begins with the first of them.
pub(crate) async fn add_changed(
    tx: &mut AnyConnection,
    bulk: i64,
    (now, by): (i64, i64),
    ids: &[i64],
) -> Result<()> {
    let id = ListKind::Changed(bulk).prefix();
    sqlx::query(
        "INSERT INTO lists (id, created_at, created_by, entries, unknown)
         VALUES ($1, $2, $3, 0, $4) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&id)
    .bind(now)
    .bind(by)
    .bind(json!({ "count": 0, "first": [] }).to_string())
    .execute(&mut *tx)
    .await?;
    add(tx, &id, ids.len(), ids).await
}

/// The name of a list by what it is made of.
fn hash(of: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(of)[..15])
}

/// An empty list, in the place of one of the same name.
async fn begin(
    tx: &mut AnyConnection,
    id: &str,
    (now, by): (i64, i64),
    unknown: &Value,
) -> Result<()> {
    sqlx::query("DELETE FROM lists WHERE id = $1").bind(id.to_owned()).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO lists (id, created_at, created_by, entries, unknown) VALUES ($1, $2, $3, 0, $4)",
    )
    .bind(id.to_owned())
    .bind(now)
    .bind(by)
    .bind(unknown.to_string())
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds people to a list, for so many entries of it.
async fn add(tx: &mut AnyConnection, id: &str, entries: usize, ids: &[i64]) -> Result<()> {
    sqlx::query("UPDATE lists SET entries = entries + $1 WHERE id = $2")
        .bind(i64::try_from(entries).unwrap_or(i64::MAX))
        .bind(id.to_owned())
        .execute(&mut *tx)
        .await?;
    let mut sql = Sql::new("INSERT INTO list_users (list_id, user_id) SELECT ");
    sql.bind(id).push(", id FROM users WHERE id IN ");
    sql.push(packed::IDS.0).bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
    sql.push(" ON CONFLICT (list_id, user_id) DO NOTHING");
    sql.query().execute(tx).await?;
    Ok(())
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
    let kept: Value = serde_json::from_str(row.try_get("unknown")?)
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

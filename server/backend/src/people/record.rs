//! All that is kept of one person, as JSON.

use model::Problem;
use serde_json::{Map, Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::access::Admin;
use crate::audit::{self, Action};
use crate::export::{Credits, Time};
use crate::{Backend, Result, Zone};

/// Texts and whole numbers that are given as they are stored.
const TEXTS: [&str; 10] = [
    "email",
    "username",
    "display_name",
    "phone",
    "birth_date",
    "about",
    "notes",
    "referral_code",
    "origin",
    "promo_code",
];
const COUNTS: [&str; 8] = [
    "agents",
    "chats",
    "ai_responses",
    "imported_pages",
    "personas",
    "sessions",
    "api_keys",
    "invites_sent",
];
const FLAGS: [&str; 4] = ["licensed", "seat_remembered", "paying", "must_change_password"];
/// Hundredths of credits.
const CREDITS: [&str; 2] = ["budget_used", "budget_limit"];
const TIMES: [&str; 8] = [
    "created_at",
    "updated_at",
    "last_active_at",
    "deleted_at",
    "expires_at",
    "password_set_at",
    "invited_at",
    "invite_expires_at",
];

const GROUPS: &str =
    "SELECT name FROM groups JOIN group_members ON group_id = id WHERE user_id = $1 ORDER BY name";
const VIEWS: &str = "SELECT name FROM saved_views WHERE owner_id = $1 ORDER BY id";
const PERMISSIONS: &str = "SELECT permission AS name,
      CASE allowed WHEN 1 THEN 'allow' ELSE 'deny' END AS value
    FROM permission_values WHERE level = 3 AND subject = $1 ORDER BY permission";
const LIMITS: &str = "SELECT metric || ' ' || span AS name, CAST(amount AS TEXT) AS value
    FROM limit_values WHERE level = 3 AND subject = $1 ORDER BY metric, span";
const MAILS: &str =
    "SELECT 'mail ' || id AS name, email AS value FROM outbox WHERE user_id = $1 ORDER BY id";

/// Gives out all that is kept of one person, but for what would let somebody in as them.
///
/// # Errors
/// [`Problem::NotFound`] where nobody has this number.
pub async fn record(backend: &Backend, admin: &Admin, id: i64) -> Result<Value> {
    let mut tx = backend.db().begin().await?;
    let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id).fetch_optional(&mut *tx);
    let row = row.await?.ok_or(Problem::NotFound)?;
    let zone = backend.zone();
    let person = json!({
        "exported_at": instant(zone, backend.now()),
        "person": fields(&row, zone)?,
        "sessions": sessions(&mut tx, zone, id).await?,
        "groups": names(&mut tx, GROUPS, id).await?,
        "saved_views": names(&mut tx, VIEWS, id).await?,
        "permissions": pairs(&mut tx, PERMISSIONS, id).await?,
        "limits": pairs(&mut tx, LIMITS, id).await?,
        "mails": pairs(&mut tx, MAILS, id).await?,
        "history": history(&mut tx, zone, id).await?,
    });
    audit::record(backend, &mut tx, admin.actor(), Action::PersonExported, id, &json!({})).await?;
    tx.commit().await?;
    Ok(person)
}

fn fields(row: &AnyRow, zone: Zone) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    let number = |column: &str| row.try_get::<i64, _>(column);
    fields.insert("id".to_owned(), number("id")?.into());
    for column in TEXTS {
        fields.insert(column.to_owned(), row.try_get::<String, _>(column)?.into());
    }
    let role = model::people::Role::from_code(number("role")?).map(|role| role.word());
    let status = model::people::Status::from_code(number("status")?).map(|status| status.word());
    fields.insert("role".to_owned(), role.into());
    fields.insert("status".to_owned(), status.into());
    fields.insert(
        "has_password".to_owned(),
        (!row.try_get::<String, _>("password_hash")?.is_empty()).into(),
    );
    for column in FLAGS {
        fields.insert(column.to_owned(), (number(column)? != 0).into());
    }
    for column in COUNTS {
        fields.insert(column.to_owned(), number(column)?.into());
    }
    for column in CREDITS {
        let hundredths = number(column)?;
        fields.insert(column.to_owned(), json!(Credits(hundredths).to_string()));
    }
    for column in TIMES {
        fields.insert(column.to_owned(), instant(zone, number(column)?));
    }
    Ok(fields)
}

async fn sessions(tx: &mut AnyConnection, zone: Zone, id: i64) -> Result<Vec<Value>> {
    let rows = sqlx::query(
        "SELECT created_at, last_seen_at, expires_at, address, device FROM user_sessions
         WHERE user_id = $1 ORDER BY created_at",
    )
    .bind(id)
    .fetch_all(tx)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(json!({
                "created_at": instant(zone, row.try_get("created_at")?),
                "last_seen_at": instant(zone, row.try_get("last_seen_at")?),
                "expires_at": instant(zone, row.try_get("expires_at")?),
                "address": row.try_get::<String, _>("address")?,
                "device": row.try_get::<String, _>("device")?,
            }))
        })
        .collect()
}

async fn names(tx: &mut AnyConnection, sql: &'static str, id: i64) -> Result<Vec<String>> {
    let rows = sqlx::query(sql).bind(id).fetch_all(tx).await?;
    rows.iter().map(|row| Ok(row.try_get("name")?)).collect()
}

async fn pairs(tx: &mut AnyConnection, sql: &'static str, id: i64) -> Result<Map<String, Value>> {
    let rows = sqlx::query(sql).bind(id).fetch_all(tx).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("name")?, row.try_get::<String, _>("value")?.into())))
        .collect()
}

/// What the audit log says about them, and what it says that they did.
async fn history(tx: &mut AnyConnection, zone: Zone, id: i64) -> Result<Vec<Value>> {
    let rows = sqlx::query(
        "SELECT id, at, actor_id, actor, action, target_id, address, details FROM audit_log
         WHERE id IN (SELECT id FROM audit_log WHERE target_id = $1
                      UNION SELECT id FROM audit_log WHERE actor_id = $1)
         ORDER BY id",
    )
    .bind(id)
    .fetch_all(tx)
    .await?;
    rows.iter()
        .map(|row| {
            let details: String = row.try_get("details")?;
            let details: Value = serde_json::from_str(&details).unwrap_or(Value::Null);
            Ok(json!({
                "entry": row.try_get::<i64, _>("id")?,
                "at": instant(zone, row.try_get("at")?),
                "actor_id": row.try_get::<i64, _>("actor_id")?,
                "actor": row.try_get::<String, _>("actor")?,
                "action": row.try_get::<String, _>("action")?,
                "person_id": row.try_get::<i64, _>("target_id")?,
                "address": row.try_get::<String, _>("address")?,
                "details": details,
            }))
        })
        .collect()
}

/// An instant with its offset; nothing for never.
fn instant(zone: Zone, at: i64) -> Value {
    if at <= 0 {
        return Value::Null;
    }
    let mut text = Vec::new();
    Time::new(at, zone).push_iso(&mut text);
    String::from_utf8_lossy(&text).into_owned().into()
}

//! The SQL of set-up.

use model::people::{Role, Status, Tab};
use sqlx::AnyConnection;

use crate::Result;
use crate::numbers::{self, Numbered};

/// Whether there is an administrator who can sign in. The plus keeps SQLite to the index of roles:
/// there are few of them, however many are active.
pub async fn has_administrator(connection: &mut AnyConnection, now: i64) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM users
         WHERE tab = $1 AND role = $2 AND +status = $3 AND password_hash <> ''
           AND (expires_at = 0 OR expires_at > $4)
         LIMIT 1",
    )
    .bind(Tab::Active.code())
    .bind(Role::Administrator.code())
    .bind(Status::Active.code())
    .bind(now)
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// Whether somebody has a username, whatever their status.
pub async fn has_username(connection: &mut AnyConnection, username: &str) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM users WHERE username = $1 AND username <> ''")
        .bind(username)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Whether somebody has an e-mail address, whatever their status.
pub async fn has_email(connection: &mut AnyConnection, email_key: &str) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM users WHERE email_key = $1 AND email_key <> ''")
        .bind(email_key)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// The row of a new administrator.
pub struct Administrator<'a> {
    /// E-mail address as typed.
    pub email: &'a str,
    /// The same, folded.
    pub email_key: &'a str,
    /// Username.
    pub username: &'a str,
    /// Folded name.
    pub name_key: &'a str,
    /// What the search looks in.
    pub search_text: &'a str,
    /// PHC string.
    pub password_hash: &'a str,
    /// The code of their own referral link.
    pub referral_code: &'a str,
    /// Now.
    pub now: i64,
    /// The day that now lies on.
    pub day: i64,
}

/// Adds an administrator.
pub async fn insert(tx: &mut AnyConnection, person: &Administrator<'_>) -> Result<i64> {
    let id = numbers::next(tx, Numbered::Users).await?;
    sqlx::query(
        "INSERT INTO users
           (id, email, email_key, username, name_key, search_text, role, status, created_at,
            created_day, updated_at, password_hash, password_set_at, referral_code)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $11, $9, $12)",
    )
    .bind(id)
    .bind(person.email)
    .bind(person.email_key)
    .bind(person.username)
    .bind(person.name_key)
    .bind(person.search_text)
    .bind(Role::Administrator.code())
    .bind(Status::Active.code())
    .bind(person.now)
    .bind(person.day)
    .bind(person.password_hash)
    .bind(person.referral_code)
    .execute(tx)
    .await?;
    Ok(id)
}

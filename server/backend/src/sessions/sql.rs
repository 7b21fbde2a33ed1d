//! The SQL of sessions, and what it reads about their people.

use model::people::{Role, Status};
use model::session::Caller;
use model::settings::LicenceNeed;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool, Row};

use crate::{Failure, Result};

/// What is read of a person of `users u`, with the setting that they may need a licence by: the one
/// that was given at the start wins (`settings`).
macro_rules! person {
    () => {
        "u.id, u.display_name, u.username, u.email, u.role, u.status, u.must_change_password,
         u.expires_at AS account_expires_at, u.licensed,
         COALESCE((SELECT value FROM settings WHERE name = 'pinned.licence_needed_for'),
                  (SELECT value FROM settings WHERE name = 'licence_needed_for'), '') AS licence_need"
    };
}

/// What signing in and going on depend on.
#[derive(Clone)]
pub struct Person {
    /// Stable number.
    pub id: i64,
    display_name: String,
    username: String,
    email: String,
    role: Role,
    status: Status,
    expires_at: i64,
    must_change_password: bool,
    lacks_licence: bool,
}

impl Person {
    fn read(row: &AnyRow) -> Result<Self> {
        let (role, status): (i64, i64) = (row.try_get("role")?, row.try_get("status")?);
        let need = LicenceNeed::from_word(row.try_get("licence_need")?).unwrap_or_default();
        let is_licensed = row.try_get::<i64, _>("licensed")? != 0;
        let strange = || Failure::Fault("a person has an unknown role or status".to_owned());
        Ok(Self {
            id: row.try_get("id")?,
            display_name: row.try_get("display_name")?,
            username: row.try_get("username")?,
            email: row.try_get("email")?,
            role: Role::from_code(role).ok_or_else(strange)?,
            status: Status::from_code(status).ok_or_else(strange)?,
            expires_at: row.try_get("account_expires_at")?,
            must_change_password: row.try_get::<i64, _>("must_change_password")? != 0,
            lacks_licence: need == LicenceNeed::SignIn && !is_licensed,
        })
    }

    /// Whether nothing is open to them before they have chosen a new password.
    pub const fn must_change_password(&self) -> bool {
        self.must_change_password
    }

    /// What keeps the person out, in the audit log's words.
    pub fn barred(&self, now: i64) -> Option<&'static str> {
        match self.status {
            Status::Active if self.expires_at != 0 && self.expires_at <= now => Some("expired"),
            // Administrators give the licences, and need none to do so.
            Status::Active if self.lacks_licence && self.role != Role::Administrator => {
                Some("unlicensed")
            }
            Status::Active => None,
            other => Some(other.word()),
        }
    }

    /// Display name, or what stands for it.
    pub fn name(&self) -> String {
        [&self.display_name, &self.username, &self.email]
            .into_iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// As pages know them.
    pub fn caller(&self) -> Caller {
        Caller { id: self.id, name: self.name(), role: self.role }
    }
}

/// An open session.
#[derive(Clone)]
pub struct Session {
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_seen_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// Whose it is.
    pub person: Person,
}

/// The session of a token.
pub async fn session(pool: &AnyPool, hash: &[u8]) -> Result<Option<Session>> {
    let row = sqlx::query(concat!(
        "SELECT s.created_at, s.last_seen_at, s.expires_at, ",
        person!(),
        " FROM user_sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1",
    ))
    .bind(hash)
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Session {
            created_at: row.try_get("created_at")?,
            last_seen_at: row.try_get("last_seen_at")?,
            expires_at: row.try_get("expires_at")?,
            person: Person::read(&row)?,
        })
    })
    .transpose()
}

/// The person of a username or e-mail address, both folded, with their password's hash.
pub async fn person(pool: &AnyPool, login: &str) -> Result<Option<(Person, String)>> {
    let query = if login.contains('@') {
        concat!(
            "SELECT u.password_hash, ",
            person!(),
            " FROM users u WHERE u.email_key = $1 AND u.email_key <> ''"
        )
    } else {
        concat!(
            "SELECT u.password_hash, ",
            person!(),
            " FROM users u WHERE u.username = $1 AND u.username <> ''"
        )
    };
    let row = sqlx::query(query).bind(login).fetch_optional(pool).await?;
    row.map(|row| Ok((Person::read(&row)?, row.try_get("password_hash")?))).transpose()
}

/// The same person under the write lock; `None` where their password has changed meanwhile.
pub async fn person_again(
    tx: &mut AnyConnection,
    id: i64,
    password_hash: &str,
) -> Result<Option<Person>> {
    let row = sqlx::query(concat!(
        "SELECT ",
        person!(),
        " FROM users u WHERE u.id = $1 AND u.password_hash = $2"
    ))
    .bind(id)
    .bind(password_hash)
    .fetch_optional(tx)
    .await?;
    row.as_ref().map(Person::read).transpose()
}

/// A person under the write lock.
pub async fn person_of(tx: &mut AnyConnection, id: i64) -> Result<Option<Person>> {
    let row = sqlx::query(concat!("SELECT ", person!(), " FROM users u WHERE u.id = $1"))
        .bind(id)
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(Person::read).transpose()
}

/// Ends all sessions of a person, and returns how many.
pub async fn end_all(tx: &mut AnyConnection, person: i64, now: i64) -> Result<u64> {
    let ended = sqlx::query("DELETE FROM user_sessions WHERE user_id = $1")
        .bind(person)
        .execute(&mut *tx)
        .await?;
    recount(tx, person, now).await?;
    Ok(ended.rows_affected())
}

/// Adds a session.
pub async fn insert(
    tx: &mut AnyConnection,
    hash: &[u8],
    person: i64,
    (now, expires_at): (i64, i64),
    (address, device): (&str, &str),
) -> Result<()> {
    sqlx::query(
        "INSERT INTO user_sessions
           (token_hash, user_id, created_at, last_seen_at, expires_at, address, device)
         VALUES ($1, $2, $3, $3, $4, $5, $6)",
    )
    .bind(hash)
    .bind(person)
    .bind(now)
    .bind(expires_at)
    .bind(address)
    .bind(device)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE users SET last_active_at = $2 WHERE id = $1")
        .bind(person)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    recount(tx, person, now).await
}

/// Removes a session and returns whose it was.
pub async fn delete(tx: &mut AnyConnection, hash: &[u8], now: i64) -> Result<Option<Person>> {
    let row = sqlx::query(concat!(
        "SELECT ",
        person!(),
        " FROM user_sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1"
    ))
    .bind(hash)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(person) = row.as_ref().map(Person::read).transpose()? else { return Ok(None) };
    sqlx::query("DELETE FROM user_sessions WHERE token_hash = $1")
        .bind(hash)
        .execute(&mut *tx)
        .await?;
    recount(tx, person.id, now).await?;
    Ok(Some(person))
}

/// Removes sessions that have expired, `most` at a time, and returns how many.
pub async fn purge(tx: &mut AnyConnection, now: i64, most: i64) -> Result<u64> {
    let rows = sqlx::query(
        "DELETE FROM user_sessions WHERE token_hash IN
           (SELECT token_hash FROM user_sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
         RETURNING user_id",
    )
    .bind(now)
    .bind(most)
    .fetch_all(&mut *tx)
    .await?;
    let people = rows
        .iter()
        .map(|row| row.try_get("user_id"))
        .collect::<sqlx::Result<std::collections::BTreeSet<i64>>>()?;
    for person in people {
        recount(tx, person, now).await?;
    }
    Ok(rows.len() as u64)
}

/// Brings the person's number of open sessions up to date.
pub async fn recount(tx: &mut AnyConnection, person: i64, now: i64) -> Result<()> {
    sqlx::query(
        "UPDATE users SET sessions =
           (SELECT COUNT(*) FROM user_sessions WHERE user_id = $1 AND expires_at > $2)
         WHERE id = $1",
    )
    .bind(person)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a session is in use, unless that was noted since `before`.
pub async fn seen(
    tx: &mut AnyConnection,
    hash: &[u8],
    now: i64,
    before: i64,
    expires_at: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE user_sessions SET last_seen_at = $2, expires_at = $4
         WHERE token_hash = $1 AND last_seen_at <= $3 AND expires_at > $2",
    )
    .bind(hash)
    .bind(now)
    .bind(before)
    .bind(expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that the person of a session is active, unless that was noted since `before`.
pub async fn active(tx: &mut AnyConnection, hash: &[u8], now: i64, before: i64) -> Result<()> {
    sqlx::query(
        "UPDATE users SET last_active_at = $2
         WHERE id = (SELECT user_id FROM user_sessions WHERE token_hash = $1)
           AND last_active_at <= $3",
    )
    .bind(hash)
    .bind(now)
    .bind(before)
    .execute(tx)
    .await?;
    Ok(())
}

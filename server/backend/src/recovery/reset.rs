//! An administrator sets somebody's password.

use model::Problem;
use model::people::Status;
use model::text::recovery::text;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::store;
use crate::access::Admin;
use crate::audit::{self, Action};
use crate::invitations::guard::administrator;
use crate::links::{self, Purpose};
use crate::settings::Settings;
use crate::users::shown_name;
use crate::{Backend, Failure, Result, passwords, sessions};

/// Without those that are mistaken for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 20 letters of 32: 100 bits.
const RANDOM_LETTERS: usize = 20;

/// A new password, and what goes with it.
#[derive(Clone, Copy, Debug)]
pub struct Reset<'a> {
    /// The password.
    pub password: &'a str,
    /// Whether it has to be changed at the next sign-in.
    pub must_change: bool,
    /// Whether all sessions of the person end.
    pub sign_out: bool,
}

/// Somebody whose password can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Their number.
    pub id: i64,
    /// Their name, or what stands for it.
    pub name: String,
    /// Their e-mail address; may be empty.
    pub email: String,
    /// Whether they have a password.
    pub has_password: bool,
    /// Where they stand.
    pub status: Status,
}

/// Reads somebody whose password can be set.
///
/// # Errors
/// [`Problem::NotFound`] for nobody; [`Problem::Invalid`] for those who have no account yet, or none
/// any more.
pub async fn account(backend: &Backend, _admin: &Admin, id: i64) -> Result<Account> {
    let mut connection = backend.db().read().acquire().await?;
    read(&mut connection, id).await
}

pub(super) async fn read(connection: &mut AnyConnection, id: i64) -> Result<Account> {
    let row = sqlx::query(
        "SELECT display_name, username, email, password_hash <> '' AS has_password, status
         FROM users WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or(Problem::NotFound)?;
    let (name, username, email): (String, String, String) =
        (row.try_get("display_name")?, row.try_get("username")?, row.try_get("email")?);
    let status = Status::from_code(row.try_get("status")?)
        .ok_or_else(|| Failure::Fault("a stored status is unknown".to_owned()))?;
    let refusal = match status {
        Status::Pending => Some(text().is_pending),
        Status::Deleted => Some(text().is_deleted),
        Status::Awaiting | Status::Active | Status::Suspended => None,
    };
    if let Some(refusal) = refusal {
        return Err(Problem::field("person", refusal).into());
    }
    Ok(Account {
        id,
        name: shown_name(&name, &username, &email).to_owned(),
        email,
        has_password: row.try_get::<i64, _>("has_password")? != 0,
        status,
    })
}

/// Sets somebody's password. Links to set one that were sent before end.
///
/// # Errors
/// As [`account`], and [`Problem::Invalid`] for a password that does not keep to the rules.
pub async fn reset(backend: &Backend, admin: &Admin, id: i64, reset: Reset<'_>) -> Result<Account> {
    let least = Settings::now(backend).await?.password_min_length;
    passwords::check(reset.password, least)
        .map_err(|refused| Problem::field("password", refused.sentence()))?;
    let hash = passwords::hash(reset.password).await?;
    let mut tx = backend.db().begin().await?;
    administrator(&mut tx, backend, admin.actor()).await?;
    let account = read(&mut tx, id).await?;
    store(&mut tx, backend, id, &hash, reset.must_change).await?;
    links::end(&mut tx, backend, Purpose::Recovery, &[id]).await?;
    let ended = match reset.sign_out {
        true => sessions::end_all(&mut tx, id, backend.now()).await?,
        false => 0,
    };
    let details = json!({ "must_change_password": reset.must_change, "ended_sessions": ended });
    audit::record(backend, &mut tx, admin.actor(), Action::PasswordReset, id, &details).await?;
    tx.commit().await?;
    Ok(account)
}

/// A password by chance, in groups of five letters.
///
/// # Errors
/// Where randomness is missing.
pub fn random_password() -> Result<String> {
    let mut bytes = [0; RANDOM_LETTERS];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Fault(error.to_string()))?;
    let letters: Vec<char> =
        bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) & 31])).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

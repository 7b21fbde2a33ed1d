//! Somebody who has to change their password does.

use model::Problem;
use model::session::Caller;
use model::text::recovery::text;
use serde_json::json;
use sqlx::Row;

use super::store;
use crate::audit::{self, Action};
use crate::newcomers::fields::{Checking, Who};
use crate::sessions::Source;
use crate::settings::Settings;
use crate::{Actor, Backend, Result, passwords};

/// Sets the caller's new password, where they have to choose one.
///
/// # Errors
/// [`Problem::Invalid`] for a password that does not keep to the rules or is the one from before;
/// [`Problem::NotFound`] for whoever does not have to.
pub async fn change(
    backend: &Backend,
    caller: &Caller,
    (password, again): (&str, &str),
    source: &Source,
) -> Result<()> {
    let before = waiting(backend, caller.id).await?.ok_or(Problem::NotFound)?;
    let settings = Settings::now(backend).await?;
    let mut checking =
        Checking::new(&settings, backend.zone().date(backend.now()), Who::Themselves);
    checking.password(password, Some(again));
    checking.done(())?;
    if passwords::verify(password, Some(&before)).await? {
        return Err(Problem::field("password", text().same_password).into());
    }
    let hash = passwords::hash(password).await?;
    let mut tx = backend.db().begin().await?;
    // An administrator may have set another one meanwhile.
    let is_as_before = sqlx::query(
        "SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 AND must_change_password = 1",
    )
    .bind(caller.id)
    .bind(&before)
    .fetch_optional(&mut *tx)
    .await?;
    if is_as_before.is_none() {
        return Err(Problem::NotFound.into());
    }
    store(&mut tx, backend, caller.id, &hash, false).await?;
    let actor = Actor::new(caller.id, &caller.name, &source.address);
    audit::record(backend, &mut tx, &actor, Action::PasswordChanged, caller.id, &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether somebody has to choose a new password.
///
/// # Errors
/// Where the database fails.
pub async fn must_change(backend: &Backend, person: i64) -> Result<bool> {
    Ok(waiting(backend, person).await?.is_some())
}

/// The password hash of somebody who has to choose a new password.
async fn waiting(backend: &Backend, person: i64) -> Result<Option<String>> {
    let row =
        sqlx::query("SELECT password_hash FROM users WHERE id = $1 AND must_change_password = 1")
            .bind(person)
            .fetch_optional(backend.db().read())
            .await?;
    Ok(row.map(|row| row.try_get("password_hash")).transpose()?)
}

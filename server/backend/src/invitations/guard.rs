//! Who may let people in, asked in the transaction of the change on what it reads there.

use model::Problem;
use model::people::{Role, Status};
use model::settings::LicenceNeed;
use sqlx::{AnyConnection, Row};

use crate::settings::Settings;
use crate::{Actor, Backend, Result};

/// Refuses whoever is no administrator any more.
pub(crate) async fn administrator(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
) -> Result<()> {
    if actor.id == 0 {
        return Ok(());
    }
    let row = sqlx::query(
        "SELECT role FROM users
         WHERE id = $1 AND status = $2 AND (expires_at = 0 OR expires_at > $3)",
    )
    .bind(actor.id)
    .bind(Status::Active.code())
    .bind(backend.now())
    .fetch_optional(tx)
    .await?;
    let role = row.map(|row| row.try_get("role")).transpose()?.and_then(Role::from_code);
    match role {
        Some(Role::Administrator) => Ok(()),
        _ => Err(Problem::AdminRequired.into()),
    }
}

/// Whether somebody can take a seat now.
pub(crate) async fn seat_is_free(tx: &mut AnyConnection) -> Result<bool> {
    let settings = Settings::read(tx).await?;
    if settings.licence_needed_for == LicenceNeed::Off {
        return Ok(false);
    }
    let row = sqlx::query("SELECT value FROM counters WHERE name = 'licensed'")
        .fetch_optional(tx)
        .await?;
    let held: i64 = row.map(|row| row.try_get("value")).transpose()?.unwrap_or(0);
    Ok(held < i64::from(settings.seats))
}

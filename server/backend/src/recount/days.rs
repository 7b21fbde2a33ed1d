//! The day of each person's creation, which depends on the installation's time zone.

use sqlx::{AnyConnection, Row};

use crate::Result;
use crate::clock::Zone;

/// The setting that says which zone the stored days belong to.
const ZONE_OF_DAYS: &str = "zone_of_days";

/// The zone that the stored days belong to; `None` before they were ever counted.
pub async fn zone(tx: &mut AnyConnection) -> Result<Option<String>> {
    let row = sqlx::query("SELECT value FROM settings WHERE name = $1")
        .bind(ZONE_OF_DAYS)
        .fetch_optional(tx)
        .await?;
    Ok(row.map(|row| row.try_get("value")).transpose()?)
}

/// Notes that the stored days belong to a zone.
pub async fn set_zone(tx: &mut AnyConnection, zone: Zone, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
         WHERE settings.value <> excluded.value",
    )
    .bind(ZONE_OF_DAYS)
    .bind(zone.name())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives everyone the day that a zone's calendar has at the moment of their creation, one day
/// after the other. Says how many had another.
pub async fn rewrite(tx: &mut AnyConnection, zone: Zone) -> Result<i64> {
    let mut moved = 0;
    let mut from = Some(i64::MIN);
    while let Some(at) = next_creation(tx, from).await? {
        // At least this one, should an instant lie outside of all calendars.
        let last = zone.end_of(zone.date(at)).saturating_sub(1).max(at);
        let result = sqlx::query(
            "UPDATE users SET created_day = $1
             WHERE created_at BETWEEN $2 AND $3 AND created_day <> $1",
        )
        .bind(zone.day(at))
        .bind(at)
        .bind(last)
        .execute(&mut *tx)
        .await?;
        moved += i64::try_from(result.rows_affected()).unwrap_or(i64::MAX);
        from = last.checked_add(1);
    }
    Ok(moved)
}

async fn next_creation(tx: &mut AnyConnection, from: Option<i64>) -> Result<Option<i64>> {
    let Some(from) = from else {
        return Ok(None);
    };
    let row = sqlx::query(
        "SELECT created_at FROM users WHERE created_at >= $1 ORDER BY created_at LIMIT 1",
    )
    .bind(from)
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| row.try_get("created_at")).transpose()?)
}

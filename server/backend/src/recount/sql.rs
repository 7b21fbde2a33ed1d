//! The statements that compare the counters and the daily registrations with the people.

use model::format::date_of;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::Drift;
use crate::Result;

/// How many people there are.
pub async fn people(tx: &mut AnyConnection) -> Result<i64> {
    Ok(sqlx::query("SELECT COUNT(*) AS n FROM users").fetch_one(tx).await?.try_get("n")?)
}

/// Puts the counters and the daily registrations right, and says which were not.
pub(crate) async fn repair(tx: &mut AnyConnection) -> Result<Vec<Drift>> {
    let mut drifts = repair_counters(tx).await?;
    drifts.extend(repair_registrations(tx).await?);
    drifts.extend(repair_rows(tx).await?);
    Ok(drifts)
}

/// What stands in each person's row and follows from their status, their groups and limits.
async fn repair_rows(tx: &mut AnyConnection) -> Result<Vec<Drift>> {
    let mut drifts = Vec::new();
    for (name, repair) in [
        (
            super::LISTS,
            "UPDATE users SET tab = CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END
             WHERE tab <> CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END",
        ),
        (
            super::GROUPS,
            "UPDATE users SET groups_key = key FROM (
                 SELECT users.id AS person,
                        COALESCE(string_agg(groups.name_key, ', ' ORDER BY groups.name_key), '') AS key
                 FROM users LEFT JOIN group_members ON user_id = users.id
                      LEFT JOIN groups ON groups.id = group_id
                 GROUP BY users.id) AS real
             WHERE person = users.id AND groups_key <> key",
        ),
        (
            super::BUDGETS,
            "UPDATE users SET budget_limit = budget FROM users_inherited_budgets AS inherited
             WHERE inherited.id = users.id AND budget_own = 0 AND budget_limit <> budget",
        ),
    ] {
        let repaired = sqlx::query(repair).execute(&mut *tx).await?.rows_affected();
        if repaired > 0 {
            let real = people(tx).await?;
            let stored = real - i64::try_from(repaired).unwrap_or(real);
            drifts.push(Drift { name: name.to_owned(), stored, real });
        }
    }
    Ok(drifts)
}

/// Tells open pages that the data has changed.
pub(crate) async fn raise_revision(tx: &mut AnyConnection) -> Result<()> {
    sqlx::query("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
        .execute(tx)
        .await?;
    Ok(())
}

async fn repair_counters(tx: &mut AnyConnection) -> Result<Vec<Drift>> {
    let rows = sqlx::query(
        "WITH live AS (
             SELECT name, CAST(SUM(value) AS BIGINT) AS n FROM users_counts GROUP BY name
         )
         SELECT COALESCE(live.name, counters.name) AS name,
                COALESCE(counters.value, 0) AS stored, COALESCE(live.n, 0) AS n
         FROM live FULL JOIN counters ON counters.name = live.name
         WHERE COALESCE(counters.value, 0) <> COALESCE(live.n, 0)
           AND COALESCE(counters.name, '') <> 'revision'",
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut drifts = Vec::with_capacity(rows.len());
    for row in rows {
        let drift = Drift {
            name: row.try_get("name")?,
            stored: row.try_get("stored")?,
            real: row.try_get("n")?,
        };
        sqlx::query(
            "INSERT INTO counters (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(&drift.name)
        .bind(drift.real)
        .execute(&mut *tx)
        .await?;
        drifts.push(drift);
    }
    Ok(drifts)
}

async fn repair_registrations(tx: &mut AnyConnection) -> Result<Vec<Drift>> {
    let rows = sqlx::query(
        "WITH live AS (
             SELECT 0 AS kind, created_day AS day, '' AS key, COUNT(*) AS n
             FROM users WHERE registered = 1 GROUP BY created_day
             UNION ALL
             SELECT 1, created_day, origin, COUNT(*)
             FROM users WHERE registered = 1 GROUP BY created_day, origin
             UNION ALL
             SELECT 2, created_day, promo_code, COUNT(*)
             FROM users WHERE registered = 1 GROUP BY created_day, promo_code
         )
         SELECT COALESCE(live.kind, kept.kind) AS kind, COALESCE(live.day, kept.day) AS day,
                COALESCE(live.key, kept.key) AS key, COALESCE(kept.count, 0) AS stored,
                COALESCE(live.n, 0) + COALESCE(kept.gone, 0) AS n
         FROM live FULL JOIN registrations AS kept
              ON kept.kind = live.kind AND kept.day = live.day AND kept.key = live.key
         WHERE COALESCE(kept.count, 0) <> COALESCE(live.n, 0) + COALESCE(kept.gone, 0)",
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut drifts = Vec::with_capacity(rows.len());
    for row in rows {
        drifts.push(repair_registration(tx, &row).await?);
    }
    Ok(drifts)
}

async fn repair_registration(tx: &mut AnyConnection, row: &AnyRow) -> Result<Drift> {
    let (kind, day, real): (i64, i64, i64) =
        (row.try_get("kind")?, row.try_get("day")?, row.try_get("n")?);
    let key: String = row.try_get("key")?;
    sqlx::query(
        "INSERT INTO registrations (kind, day, key, count) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, day, key) DO UPDATE SET count = excluded.count",
    )
    .bind(kind)
    .bind(day)
    .bind(&key)
    .bind(real)
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM registrations WHERE kind = $1 AND day = $2 AND key = $3 AND count = 0 AND gone = 0")
        .bind(kind)
        .bind(day)
        .bind(&key)
        .execute(&mut *tx)
        .await?;
    let of = match kind {
        0 => String::new(),
        1 => format!(" from origin '{key}'"),
        _ => format!(" with promo code '{key}'"),
    };
    let name = format!("registrations of {}{of}", date_of(day));
    Ok(Drift { name, stored: row.try_get("stored")?, real })
}

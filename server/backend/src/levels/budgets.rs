//! Budgets in the row of each person, where lists sort and filter by them: one's own, or what is
//! inherited, as `users_inherited_budgets` says.

use model::levels::Subject;
use model::limits::Amount;
use sqlx::{AnyConnection, Row};

use crate::jobs::at_work;
use crate::users::Sql;
use crate::{Backend, Result};

/// Gives a person a budget of their own, or takes it away. What they inherit then is written by a
/// trigger, like after a change of their role or their groups.
pub(crate) async fn set_own(
    tx: &mut AnyConnection,
    person: i64,
    budget: Option<Amount>,
) -> Result<()> {
    let query = match budget {
        None => sqlx::query("UPDATE users SET budget_own = 0 WHERE id = $1").bind(person),
        Some(amount) => {
            let limit = match amount {
                Amount::AtMost(limit) => limit,
                Amount::Unlimited => 0,
            };
            sqlx::query("UPDATE users SET budget_own = 1, budget_limit = $2 WHERE id = $1")
                .bind(person)
                .bind(limit)
        }
    };
    query.execute(tx).await?;
    Ok(())
}

/// Where it is remembered up to which person budgets have been passed on.
const REMEMBERED: &str = "job.budgets";
/// How many people one transaction deals with, so that others can write between two.
const AT_ONCE: i64 = 2_000;

/// The budget of those who inherit it, where it is another one than in their row.
const WRITE: &str = "UPDATE users SET budget_limit =
       (SELECT budget FROM users_inherited_budgets AS inherited WHERE inherited.id = users.id)
     WHERE budget_own = 0 AND budget_limit <>
       (SELECT budget FROM users_inherited_budgets AS inherited WHERE inherited.id = users.id)";

/// Has the budget written of those who inherit it from a level: of a few people at once, of more by
/// [`go_on`] as well.
pub async fn pass_on(tx: &mut AnyConnection, level: Subject) -> Result<()> {
    if let Subject::Group(group) = level
        && is_small(tx, group).await?
    {
        let mut sql = Sql::new(WRITE);
        sql.push(" AND id IN (SELECT user_id FROM group_members WHERE group_id = ");
        sql.bind(group).push(")");
        sql.query().execute(tx).await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO settings (name, value, updated_at) VALUES ($1, '0', 0)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(REMEMBERED)
    .execute(&mut *tx)
    .await?;
    step(tx).await?;
    Ok(())
}

async fn is_small(tx: &mut AnyConnection, group: i64) -> Result<bool> {
    let row = sqlx::query("SELECT COUNT(*) AS n FROM group_members WHERE group_id = $1");
    Ok(row.bind(group).fetch_one(tx).await?.try_get::<i64, _>("n")? <= AT_ONCE)
}

/// Deals with the next people; whether there are more.
async fn step(tx: &mut AnyConnection) -> Result<bool> {
    let Some(from) = remembered(tx).await? else { return Ok(false) };
    let next = sqlx::query(
        "SELECT COUNT(*) AS n, COALESCE(MAX(id), 0) AS last
         FROM (SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2) AS people",
    )
    .bind(from)
    .bind(AT_ONCE)
    .fetch_one(&mut *tx)
    .await?;
    let (n, last): (i64, i64) = (next.try_get("n")?, next.try_get("last")?);
    let mut sql = Sql::new(WRITE);
    sql.push(" AND id > ").bind(from).push(" AND id <= ").bind(last);
    sql.query().execute(&mut *tx).await?;
    let has_more = n == AT_ONCE;
    let rest = match has_more {
        true => sqlx::query("UPDATE settings SET value = $2 WHERE name = $1").bind(REMEMBERED),
        false => sqlx::query("DELETE FROM settings WHERE name = $1").bind(REMEMBERED),
    };
    let rest = if has_more { rest.bind(last.to_string()) } else { rest };
    rest.execute(tx).await?;
    Ok(has_more)
}

/// Up to which person it was done, where it is not done.
async fn remembered(connection: &mut AnyConnection) -> Result<Option<i64>> {
    let row = sqlx::query("SELECT CAST(value AS BIGINT) AS last FROM settings WHERE name = $1")
        .bind(REMEMBERED)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get("last")).transpose()?)
}

/// Passes on budgets that are still to be, beside everything else: after a change for many people, and after
/// whatever stopped it.
///
/// # Errors
/// Where the database fails.
pub async fn go_on(backend: &Backend) -> Result<()> {
    let mut connection = backend.db().read().acquire().await?;
    if remembered(&mut connection).await?.is_some() {
        at_work(backend, REMEMBERED.to_owned(), |backend| async move {
            if let Err(error) = all(&backend).await {
                tracing::warn!(%error, "budgets could not be passed on to everybody yet");
            }
        });
    }
    Ok(())
}

async fn all(backend: &Backend) -> Result<()> {
    loop {
        let mut tx = backend.db().begin().await?;
        let has_more = step(&mut tx).await?;
        tx.commit().await?;
        if !has_more {
            return Ok(());
        }
        // Others wait for the one connection that writes.
        tokio::task::yield_now().await;
    }
}

//! How many: the cards' figures from maintained counters, and exact totals of a query.

use std::collections::HashMap;

use model::people::{Role, Status, Tab};
use model::query::UsersQuery;
use model::users::{Kpis, UsersTotals};
use sqlx::{AnyConnection, Row};

use super::filter::{self, Scope};
use super::sql::Sql;
use super::within::within;
use crate::access::Looks;
use crate::clock::minute;
use crate::kept::Until;
use crate::settings::Settings;
use crate::{Backend, Result};

/// The figures of the cards, of those invitations that have expired as of this minute.
///
/// # Errors
/// Where the database fails.
pub async fn kpis(backend: &Backend, who: &impl Looks) -> Result<Kpis> {
    if who.within().is_some() {
        let totals = totals(backend, who, &UsersQuery::default()).await?;
        return Ok(Kpis { totals, ..Kpis::default() });
    }
    let now = minute(backend.now());
    let name = format!("kpis {now}");
    backend.kept().get(Until::PeopleChange, name, read_kpis(backend.clone(), now)).await
}

async fn read_kpis(backend: Backend, now: i64) -> Result<Kpis> {
    let mut connection = backend.db().read().acquire().await?;
    let counters = counters(&mut connection).await?;
    let of = |name: &str| counters.get(name).copied().unwrap_or(0);
    let today = backend.zone().day(now);
    let new_30_days: i64 = sqlx::query(
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS n FROM registrations
         WHERE kind = 0 AND day > $1 AND day <= $2",
    )
    .bind(today - 30)
    .bind(today)
    .fetch_one(&mut *connection)
    .await?
    .try_get("n")?;
    let invitations_expired: i64 = sqlx::query(
        "SELECT COUNT(*) AS n FROM users
         WHERE status = 0 AND invited_at > 0 AND invite_expires_at BETWEEN 1 AND $1",
    )
    .bind(now)
    .fetch_one(&mut *connection)
    .await?
    .try_get("n")?;
    Ok(Kpis {
        of_all: true,
        totals: tabs(&counters),
        licensed: of("licensed"),
        administrators: of(&format!("role:{}", Role::Administrator.code())),
        new_30_days,
        invited: of("invited"),
        invitations_completed: of("invited:completed"),
        invitations_expired,
        has_seats: Settings::read(&mut connection).await?.has_seats(),
    })
}

/// How many people match a query on each list. Without anything that narrows, from the counters.
///
/// # Errors
/// Where the database fails.
pub async fn totals(
    backend: &Backend,
    who: &impl Looks,
    query: &UsersQuery,
) -> Result<UsersTotals> {
    let within = within(backend, who).await?;
    let (until, name) = filter::kept_as(backend, within, query);
    let read = read_totals(backend.clone(), within, query.clone());
    backend.kept().get(until, format!("totals {name}"), read).await
}

async fn read_totals(
    backend: Backend,
    within: Option<i64>,
    query: UsersQuery,
) -> Result<UsersTotals> {
    let mut connection = backend.db().read().acquire().await?;
    let scope = Scope::of(&backend, &mut connection, within, &query).await?;
    if !scope.is_narrowed() {
        return Ok(tabs(&counters(&mut connection).await?));
    }
    if scope.is_counted_by_texts() {
        return count_texts(&backend, &mut connection, &scope).await;
    }
    let mut sql = Sql::new("SELECT status AS code, COUNT(*) AS n FROM users");
    scope.push_where_any_tab(&mut sql);
    let tab = |status| Status::from_code(status).map(Tab::of);
    count(&mut connection, sql, tab).await
}

/// Counts those who have a term that most people may have: their texts are read, which takes longest of all,
/// in two halves at the same time where nobody else needs the other connection.
async fn count_texts(
    backend: &Backend,
    connection: &mut AnyConnection,
    scope: &Scope,
) -> Result<UsersTotals> {
    let middle = "SELECT ((SELECT MIN(id) FROM users) + (SELECT MAX(id) FROM users)) / 2 AS id";
    let middle: i64 = sqlx::query(middle).fetch_one(&mut *connection).await?.try_get("id")?;
    let half = |and_id: &'static str| {
        let mut sql = Sql::new("SELECT tab AS code, COUNT(*) AS n FROM users");
        scope.push_where_any_tab(&mut sql);
        sql.push(" AND tab IN (0, 1, 2)").push(and_id).bind(middle);
        sql
    };
    let (first, second) = (half(" AND id <= "), half(" AND id > "));
    // Waiting for one while holding another could have all wait for each other.
    let (one, other) = match backend.db().read().try_acquire() {
        Some(mut beside) => tokio::try_join!(
            count(connection, first, Tab::from_code),
            count(&mut beside, second, Tab::from_code)
        )?,
        None => (
            count(connection, first, Tab::from_code).await?,
            count(connection, second, Tab::from_code).await?,
        ),
    };
    Ok(UsersTotals {
        active: one.active + other.active,
        pending: one.pending + other.pending,
        deleted: one.deleted + other.deleted,
    })
}

/// How many there are of each code, which stands for a list.
async fn count(
    connection: &mut AnyConnection,
    mut sql: Sql,
    tab: impl Fn(i64) -> Option<Tab>,
) -> Result<UsersTotals> {
    sql.push(" GROUP BY 1");
    let mut totals = UsersTotals::default();
    for row in sql.query().fetch_all(connection).await? {
        let n: i64 = row.try_get("n")?;
        match tab(row.try_get("code")?) {
            Some(Tab::Active) => totals.active += n,
            Some(Tab::Pending) => totals.pending += n,
            Some(Tab::Deleted) => totals.deleted += n,
            Some(Tab::All) | None => {}
        }
    }
    Ok(totals)
}

/// The state of the data: another number means that something has changed.
///
/// # Errors
/// Where the database fails.
pub async fn revision(backend: &Backend, who: &impl Looks) -> Result<i64> {
    within(backend, who).await?;
    Ok(backend.kept().state().await?.people)
}

async fn counters(connection: &mut AnyConnection) -> Result<HashMap<String, i64>> {
    let rows = sqlx::query("SELECT name, value FROM counters").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("name")?, row.try_get("value")?))).collect()
}

fn tabs(counters: &HashMap<String, i64>) -> UsersTotals {
    let of = |tab: Tab| counters.get(&format!("tab:{}", tab.code())).copied().unwrap_or(0);
    UsersTotals { active: of(Tab::Active), pending: of(Tab::Pending), deleted: of(Tab::Deleted) }
}

//! The pool of seats and the adviser: how many people hold a seat that they do not use, and who will
//! pass their budget. Who holds a seat is changed by the operations on people.

use chrono::{Datelike, NaiveDate};
use model::licences::{Advice, Licences};
use model::lists::ListKind;
use model::query::LastActive;
use sqlx::Row;

use crate::access::Admin;
use crate::clock::{DAY, minute};
use crate::kept::Until;
use crate::settings::Settings;
use crate::users::Sql;
use crate::{Backend, Result, lists};

/// Who takes their seat again on return.
const REMEMBERED: &str = "seat_remembered = 1 AND status IN (3, 4)";

/// The pool, and what the adviser has to say.
///
/// # Errors
/// Where the database fails.
pub async fn overview(backend: &Backend, _admin: &Admin) -> Result<Licences> {
    let seats = i64::from(Settings::now(backend).await?.seats);
    let now = minute(backend.now());
    let counted = count(backend.clone(), now);
    let name = format!("licences {now}");
    let licences = backend.kept().get(Until::DataChanges, name, counted).await?;
    Ok(Licences { seats, ..licences })
}

async fn count(backend: Backend, now: i64) -> Result<Licences> {
    let mut connection = backend.db().read().acquire().await?;
    // One pass over an index that has all of it.
    let mut sql = Sql::new("SELECT ");
    let sum = |sql: &mut Sql, condition: &dyn Fn(&mut Sql)| {
        sql.push("CAST(COALESCE(SUM(CASE WHEN ");
        condition(sql);
        sql.push(" THEN 1 ELSE 0 END), 0) AS BIGINT), ");
    };
    sum(&mut sql, &|sql| {
        sql.push("licensed = 1");
    });
    sum(&mut sql, &|sql| {
        // Who is suspended holds none, and takes theirs again.
        sql.push("licensed = 0 AND status IN (1, 2)");
    });
    sum(&mut sql, &|sql| {
        sql.push("licensed = 1 AND status = 2 AND last_active_at < ").bind(inactive_since(now));
    });
    sum(&mut sql, &|sql| {
        sql.push("status = 2 AND budget_limit > 0 AND budget_used > budget_limit");
    });
    sum(&mut sql, &|sql| push_soon_over(sql, &backend, now));
    sql.push("0 FROM users");
    let row = sql.query().fetch_one(&mut *connection).await?;
    let mut remembered = Sql::new("SELECT COUNT(*) AS n FROM users WHERE ");
    let remembered = remembered.push(REMEMBERED).query().fetch_one(&mut *connection).await?;
    Ok(Licences {
        seats: 0,
        in_use: row.try_get(0)?,
        without: row.try_get(1)?,
        inactive: row.try_get(2)?,
        over_budget: row.try_get(3)?,
        soon_over_budget: row.try_get(4)?,
        remembered: remembered.try_get("n")?,
    })
}

/// Keeps the people of an advice that no filter finds as a list, and gives back its name.
///
/// # Errors
/// [`Problem::Conflict`](model::Problem) where there is nobody.
pub async fn list(backend: &Backend, admin: &Admin, advice: Advice) -> Result<String> {
    let mut sql = Sql::new("SELECT id FROM users WHERE ");
    let kind = match advice {
        Advice::SoonOver => {
            push_soon_over(&mut sql, backend, minute(backend.now()));
            ListKind::SoonOver
        }
        Advice::Remembered => {
            sql.push(REMEMBERED);
            ListKind::Remembered
        }
    };
    let rows = sql.query().fetch_all(backend.db().read()).await?;
    let ids = rows.iter().map(|row| Ok(row.try_get("id")?)).collect::<Result<Vec<i64>>>()?;
    lists::keep(backend, admin, kind, &ids).await
}

fn inactive_since(now: i64) -> i64 {
    now - LastActive::Not60Days.code() * DAY
}

/// Who has not used up their budget yet, but will have by the end of the month, when they go on as
/// they did since they came.
fn push_soon_over(sql: &mut Sql, backend: &Backend, now: i64) {
    let left = end_of_month(backend.zone().date(now), |date| backend.zone().start_of(date)) - now;
    sql.push("status = 2 AND budget_limit > 0 AND budget_used <= budget_limit AND created_at < ")
        .bind(now - DAY);
    // In minutes, which keep the products small.
    sql.push(" AND budget_used * (")
        .bind(left / 60_000)
        .push(" / 10) > (budget_limit - budget_used) * ((");
    sql.bind(now).push(" - created_at) / 600000)");
}

fn end_of_month(today: NaiveDate, start_of: impl Fn(NaiveDate) -> i64) -> i64 {
    let next = match today.month() {
        12 => NaiveDate::from_ymd_opt(today.year() + 1, 1, 1),
        month => NaiveDate::from_ymd_opt(today.year(), month + 1, 1),
    };
    start_of(next.unwrap_or(today))
}

//! Everybody whom a view shows, as numbers in its order: for what takes all of its rows and not a
//! page.

use futures::TryStreamExt;
use model::Problem;
use model::query::UsersQuery;
use model::text::people::text;
use sqlx::{AnyConnection, Row};

use super::filter::Scope;
use super::order::sort_key;
use super::sql::Sql;
use crate::access::Steward;
use crate::{Backend, Result};

/// The numbers of all people of a view, in its order, as they are now. What of the view no longer
/// exists has no effect, as on the page.
pub(crate) async fn selection(backend: &Backend, query: &UsersQuery) -> Result<Vec<i64>> {
    let mut connection = backend.db().bulk().acquire().await?;
    let scope = Scope::of(backend, &mut connection, None, query).await?;
    numbers(&mut connection, &scope).await
}

/// The same for what changes all of them, with the view as it was read: nothing of the view may be
/// without effect, or there would be more people than were meant.
///
/// # Errors
/// [`Problem::Conflict`] where something of the view no longer exists.
pub(crate) async fn selected(
    backend: &Backend,
    steward: &Steward,
    query: &str,
) -> Result<(Vec<i64>, UsersQuery)> {
    let (query, ignored) = UsersQuery::read(query);
    let within = (!steward.is_administrator()).then_some(steward.actor().id);
    let mut connection = backend.db().bulk().acquire().await?;
    let scope = Scope::of(backend, &mut connection, within, &query).await?;
    if !ignored.is_empty() || !scope.ignored.is_empty() {
        return Err(Problem::Conflict(text().view_ignored.to_owned()).into());
    }
    Ok((numbers(&mut connection, &scope).await?, query))
}

async fn numbers(connection: &mut AnyConnection, scope: &Scope) -> Result<Vec<i64>> {
    let sort = scope.query.sort;
    let mut sql = Sql::new("SELECT id FROM users");
    scope.push_where(&mut sql);
    sql.push(" ORDER BY ").push(sort_key(sort.column));
    sql.push(if sort.descending { " DESC, id DESC" } else { ", id" });
    let mut ids = Vec::new();
    let mut rows = sql.query().fetch(connection);
    while let Some(row) = rows.try_next().await? {
        ids.push(row.try_get("id")?);
    }
    Ok(ids)
}

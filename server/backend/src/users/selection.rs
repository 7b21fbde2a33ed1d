//! Everybody whom a view shows, as numbers in its order: for what takes all of its rows and not a
//! page.
//!
//! Nothing of the view may be without effect, or there would be more people than were meant.

use futures::TryStreamExt;
use model::Problem;
use model::query::UsersQuery;
use model::text::fill;
use model::text::people::text;
use model::url::Ignored;
use sqlx::{AnyConnection, Row};

use super::filter::Scope;
use super::order::sort_key;
use super::sql::Sql;
use crate::{Backend, Result};

/// The numbers of all people of a view as it was written, in its order, as they are now; with the
/// view as it was read.
///
/// # Errors
/// [`Problem::Conflict`] where something of the view was not understood or no longer exists.
pub(crate) async fn selected(
    backend: &Backend,
    within: Option<i64>,
    query: &str,
) -> Result<(Vec<i64>, UsersQuery)> {
    let mut connection = backend.db().bulk().acquire().await?;
    let (scope, query) = read(backend, &mut connection, within, query).await?;
    Ok((numbers(&mut connection, &scope).await?, query))
}

/// That [`selected`] would refuse nothing of a view now.
///
/// # Errors
/// [`Problem::Conflict`] where it would.
pub(crate) async fn has_effect(backend: &Backend, query: &str) -> Result<()> {
    let mut connection = backend.db().read().acquire().await?;
    read(backend, &mut connection, None, query).await.map(|_| ())
}

/// What of a view has no effect, and the view without it.
pub(crate) async fn ignored(
    backend: &Backend,
    within: Option<i64>,
    query: &str,
) -> Result<(Vec<Ignored>, UsersQuery)> {
    let mut connection = backend.db().read().acquire().await?;
    let (query, mut ignored) = UsersQuery::read(query);
    let scope = Scope::of(backend, &mut connection, within, &query).await?;
    ignored.extend(scope.ignored);
    Ok((ignored, scope.query))
}

async fn read(
    backend: &Backend,
    connection: &mut AnyConnection,
    within: Option<i64>,
    query: &str,
) -> Result<(Scope, UsersQuery)> {
    let (query, unread) = UsersQuery::read(query);
    let scope = Scope::of(backend, connection, within, &query).await?;
    match unread.first().or(scope.ignored.first()) {
        Some(Ignored { name, value, .. }) => {
            Err(Problem::Conflict(fill(text().view_ignored, &[name, value])).into())
        }
        None => Ok((scope, query)),
    }
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

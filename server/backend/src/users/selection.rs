//! Everybody whom a view shows, as numbers in its order: for what takes all of its rows and not a
//! page.

use futures::TryStreamExt;
use model::query::UsersQuery;
use sqlx::Row;

use super::filter::Scope;
use super::order::sort_key;
use super::sql::Sql;
use crate::{Backend, Result};

/// The numbers of all people of a view, in its order, as they are now. What of the view no longer
/// exists has no effect, as on the page.
pub(crate) async fn selection(backend: &Backend, query: &UsersQuery) -> Result<Vec<i64>> {
    let mut connection = backend.db().bulk().acquire().await?;
    let scope = Scope::of(backend, &mut connection, None, query).await?;
    let sort = scope.query.sort;
    let mut sql = Sql::new("SELECT id FROM users");
    scope.push_where(&mut sql);
    sql.push(" ORDER BY ").push(sort_key(sort.column));
    sql.push(if sort.descending { " DESC, id DESC" } else { ", id" });
    let mut ids = Vec::new();
    let mut rows = sql.query().fetch(&mut *connection);
    while let Some(row) = rows.try_next().await? {
        ids.push(row.try_get("id")?);
    }
    Ok(ids)
}

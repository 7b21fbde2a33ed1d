//! Reading the rows of an export, a batch in one short statement: no transaction is open and no
//! connection taken while somebody waits for the network.

use std::sync::Arc;

use sqlx::Row;

use super::field::Field;
use crate::packed::{self, ROWS, USERS_OF};
use crate::users::Sql;
use crate::{Backend, Result};

/// How many people a batch holds.
pub const BATCH: usize = 500;

/// Where the next batch comes from.
pub enum Source {
    /// Everybody, by number; those up to this one have been read.
    Everybody(i64),
    /// The people of a view in its order, and how many of them have been read. They were chosen at
    /// once, so that nobody comes twice or not at all when the order changes meanwhile; who has
    /// gone since is left out.
    Chosen(Vec<i64>, usize),
}

/// Reads batches.
pub struct Reader {
    backend: Backend,
    fields: Arc<[Field]>,
    source: Source,
}

impl Reader {
    pub fn new(backend: Backend, fields: Arc<[Field]>, source: Source) -> Self {
        Self { backend, fields, source }
    }

    /// The next batch, packed, with what reads the one after it; `None` after the last.
    pub async fn next(mut self) -> Result<Option<(String, Self)>> {
        let batch = match &mut self.source {
            Source::Everybody(last) => after(&self.backend, &self.fields, last).await?,
            Source::Chosen(ids, read) => {
                let ids = ids.get(*read..).unwrap_or_default();
                let ids = ids.get(..BATCH).unwrap_or(ids);
                *read += ids.len();
                chosen(&self.backend, &self.fields, ids).await?
            }
        };
        Ok(batch.map(|batch| (batch, self)))
    }
}

/// The people after a number, which becomes that of the last of them.
async fn after(backend: &Backend, fields: &[Field], last: &mut i64) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT MAX(number) AS last, ");
    push_rows(&mut sql, fields.iter().map(|field| field.name));
    sql.push(" FROM (SELECT id AS number");
    for field in fields {
        sql.push(", ").push(field.sql).push(" AS ").push(field.name);
    }
    sql.push(" FROM users WHERE id > ").bind(*last);
    sql.push(" ORDER BY id LIMIT ").bind(BATCH as i64).push(") AS people");
    let mut connection = backend.db().bulk().acquire().await?;
    let row = sql.query().fetch_one(&mut *connection).await?;
    let Some(newest) = row.try_get::<Option<i64>, _>("last")? else { return Ok(None) };
    *last = newest;
    packed::text(&row, "batch").map(Some)
}

/// The people of these numbers, in their order.
async fn chosen(backend: &Backend, fields: &[Field], ids: &[i64]) -> Result<Option<String>> {
    if ids.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT ");
    push_rows(&mut sql, fields.iter().map(|field| field.sql));
    sql.push(" FROM ").push(USERS_OF.0).bind(&*packed::ids(ids)?).push(USERS_OF.1);
    let mut connection = backend.db().bulk().acquire().await?;
    let row = sql.query().fetch_one(&mut *connection).await?;
    packed::text(&row, "batch").map(Some)
}

fn push_rows(sql: &mut Sql, values: impl Iterator<Item = &'static str>) {
    sql.push(ROWS.0);
    for (index, value) in values.enumerate() {
        sql.push(if index > 0 { ", " } else { "" }).push(value);
    }
    sql.push(ROWS.1).push(" AS batch");
}

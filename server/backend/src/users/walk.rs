//! Finding the rows of a page, in one of two ways.
//!
//! Where an index has the order, it is *walked* from the page's edge on until the page is full.
//! Where other conditions narrow what is met, the way could be long: it ends where collecting is
//! the shorter one. Whatever is too rare to be met by then is *collected*: an index that has all
//! columns in question is read whole and what fits is sorted. So no query looks at everybody's row.

use model::people::Tab;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::filter::Scope;
use super::order::{By, collected_key, is_text, sort_key};
use super::row::{self, Stored};
use super::sql::{Sql, Value};
use crate::Result;
use crate::packed::{self, ROWS};

/// A place in the order: the key of a row, and its number.
pub(super) type Place = (Value, i64);

/// What was found.
pub(super) struct Found {
    /// In the order that was asked for.
    pub rows: Vec<Stored>,
    /// The state of the data that they are of.
    pub revision: i64,
}

/// Which rows are wanted.
pub(super) struct Walk<'a> {
    /// The people.
    pub scope: &'a Scope,
    /// The largest first; for a page before a place, the other way round than it is shown.
    pub descending: bool,
    /// They come behind this one.
    pub behind: Option<&'a Place>,
    /// How many.
    pub limit: i64,
}

impl Walk<'_> {
    /// The first of the rows that are wanted.
    pub async fn rows(&self, connection: &mut AnyConnection) -> Result<Found> {
        let lists = self.scope.lists_to_walk();
        if lists.is_empty() {
            return self.collect(connection).await;
        }
        let end = match self.scope.has_rest() {
            true => self.end(connection, &lists).await?,
            false => None,
        };
        let found = self.walk(connection, &lists, end.as_ref()).await?;
        match end {
            Some(_) if (found.rows.len() as i64) < self.limit => self.collect(connection).await,
            _ => Ok(found),
        }
    }

    /// Where walking ends; `None` where the lists end before.
    async fn end(
        &self,
        connection: &mut AnyConnection,
        lists: &[Option<Tab>],
    ) -> Result<Option<Place>> {
        let mut sql = Sql::default();
        self.push_merged(&mut sql, lists, |sql, list| {
            self.scope.push_where_walked(sql, list);
            self.push_behind(sql, self.key());
        });
        self.nth(connection, sql).await
    }

    /// The last of the rows that are worth looking at; `None` where there are no more than those.
    async fn nth(&self, connection: &mut AnyConnection, mut sql: Sql) -> Result<Option<Place>> {
        self.push_order(&mut sql, "walk_key");
        sql.push(" LIMIT 1 OFFSET ").bind(self.scope.worth_walking());
        let row = sql.query().fetch_optional(connection).await?;
        row.map(|row| self.place(&row)).transpose()
    }

    async fn walk(
        &self,
        connection: &mut AnyConnection,
        lists: &[Option<Tab>],
        end: Option<&Place>,
    ) -> Result<Found> {
        let mut sql = self.lookup();
        sql.push("SELECT id AS wanted_id FROM (");
        self.push_merged(&mut sql, lists, |sql, list| {
            self.scope.push_where_walked(sql, list);
            self.push_behind(sql, self.key());
            if let Some(end) = end {
                self.push_up_to(sql, self.key(), end);
            }
            self.scope.push_rest(sql);
        });
        self.push_order(&mut sql, "walk_key");
        sql.push(" LIMIT ").bind(self.limit).push(")");
        self.finish(connection, sql).await
    }

    async fn collect(&self, connection: &mut AnyConnection) -> Result<Found> {
        let scope = self.scope;
        let column = scope.query.sort.column;
        let by = scope.collected_by(column);
        if matches!(by, By::Met)
            && let Some(found) = self.collect_met(connection).await?
        {
            return Ok(found);
        }
        let key = collected_key(column);
        let mut sql = self.lookup();
        sql.push("SELECT id AS wanted_id FROM users");
        match by {
            By::Itself | By::Met => scope.push_where(&mut sql),
            By::Rows => {
                sql.push(" WHERE id IN (SELECT id FROM users");
                scope.push_where_of_rows(&mut sql);
                sql.push(")");
            }
            By::Texts => {
                scope.push_where_tab(&mut sql);
                sql.push(" AND +id IN (SELECT id FROM users");
                scope.push_where(&mut sql);
                sql.push(")");
            }
        }
        self.push_behind(&mut sql, key);
        self.push_order(&mut sql, key);
        sql.push(" LIMIT ").bind(self.limit);
        self.finish(connection, sql).await
    }

    /// Collects those who come first without the search, and looks for it in their rows; `None`
    /// where that may not be all.
    async fn collect_met(&self, connection: &mut AnyConnection) -> Result<Option<Found>> {
        let scope = self.scope.without_search();
        let key = collected_key(scope.query.sort.column);
        let push_first = |sql: &mut Sql| {
            sql.push(" FROM users");
            scope.push_where(sql);
            self.push_behind(sql, key);
        };
        let mut sql = Sql::new("SELECT id, ");
        sql.push(key).push(" AS walk_key");
        push_first(&mut sql);
        let end = self.nth(connection, sql).await?;
        let mut sql = self.lookup();
        sql.push("SELECT id AS wanted_id FROM users WHERE id IN (SELECT id");
        push_first(&mut sql);
        if let Some(end) = &end {
            self.push_up_to(&mut sql, key, end);
        }
        sql.push(")");
        self.scope.push_search_met(&mut sql);
        self.push_order(&mut sql, key);
        sql.push(" LIMIT ").bind(self.limit);
        let found = self.finish(connection, sql).await?;
        Ok((end.is_none() || found.rows.len() as i64 == self.limit).then_some(found))
    }

    /// What is shown of the rows whose numbers come next: an index is enough for finding those.
    fn lookup(&self) -> Sql {
        let mut sql =
            Sql::new("SELECT (SELECT value FROM counters WHERE name = 'revision') AS revision, ");
        sql.push(ROWS.0).push(row::COLUMNS).push(", ").push(self.key()).push(ROWS.1);
        // CROSS has SQLite begin with the numbers.
        sql.push(" AS packed FROM (");
        sql
    }

    async fn finish(&self, connection: &mut AnyConnection, mut sql: Sql) -> Result<Found> {
        sql.push(") AS wanted CROSS JOIN users ON users.id = wanted.wanted_id");
        let row = sql.query().fetch_one(connection).await?;
        let mut rows: Vec<Stored> = packed::unpack(&packed::text(&row, "packed")?)?;
        rows.sort_by(|a, b| {
            let order = (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id));
            if self.descending { order.reverse() } else { order }
        });
        Ok(Found { rows, revision: row.try_get("revision")? })
    }

    /// Lists one after the other, which the order behind it merges.
    fn push_merged(
        &self,
        sql: &mut Sql,
        lists: &[Option<Tab>],
        push_where: impl Fn(&mut Sql, Option<Tab>),
    ) {
        for (i, list) in lists.iter().enumerate() {
            sql.push(if i > 0 { " UNION ALL SELECT id, " } else { "SELECT id, " });
            sql.push(self.key()).push(" AS walk_key FROM users");
            push_where(sql, *list);
        }
    }

    fn push_behind(&self, sql: &mut Sql, key: &'static str) {
        if let Some(place) = self.behind {
            push_beside(sql, key, if self.descending { "<" } else { ">" }, place);
        }
    }

    fn push_up_to(&self, sql: &mut Sql, key: &'static str, end: &Place) {
        push_beside(sql, key, if self.descending { ">=" } else { "<=" }, end);
    }

    fn push_order(&self, sql: &mut Sql, key: &'static str) {
        sql.push(" ORDER BY ").push(key);
        sql.push(if self.descending { " DESC, id DESC" } else { ", id" });
    }

    fn key(&self) -> &'static str {
        sort_key(self.scope.query.sort.column)
    }

    fn place(&self, row: &AnyRow) -> Result<Place> {
        let key = match is_text(self.scope.query.sort.column) {
            true => Value::Text(row.try_get("walk_key")?),
            false => Value::Int(row.try_get("walk_key")?),
        };
        Ok((key, row.try_get("id")?))
    }
}

fn push_beside(sql: &mut Sql, key: &'static str, is: &'static str, (at, id): &Place) {
    sql.push(" AND (").push(key).push(", id) ").push(is);
    sql.push(" (").bind(at.clone()).push(", ").bind(*id).push(")");
}

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
use super::row;
use super::sql::{Sql, Value};
use crate::Result;

/// A place in the order: the key of a row, and its number.
pub(super) type Place = (Value, i64);

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
    /// The first of the rows that are wanted, each with its `sort_key`.
    pub async fn rows(&self, connection: &mut AnyConnection) -> Result<Vec<AnyRow>> {
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
            Some(_) if (found.len() as i64) < self.limit => self.collect(connection).await,
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
        row.map(|row| self.place(&row, "walk_key")).transpose()
    }

    async fn walk(
        &self,
        connection: &mut AnyConnection,
        lists: &[Option<Tab>],
        end: Option<&Place>,
    ) -> Result<Vec<AnyRow>> {
        let mut sql = self.lookup();
        sql.push("SELECT id FROM (");
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

    async fn collect(&self, connection: &mut AnyConnection) -> Result<Vec<AnyRow>> {
        let scope = &self.scope.for_all(connection).await?;
        let column = scope.query.sort.column;
        let by = scope.collected_by(column);
        if matches!(by, By::Met)
            && let Some(found) = self.collect_met(connection).await?
        {
            return Ok(found);
        }
        let key = collected_key(column);
        let mut sql = self.lookup();
        sql.push("SELECT id FROM users");
        match by {
            By::Itself | By::Met => scope.push_where(&mut sql),
            By::Rows => {
                sql.push(" WHERE id IN (SELECT id FROM users");
                scope.push_where(&mut sql);
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
    async fn collect_met(&self, connection: &mut AnyConnection) -> Result<Option<Vec<AnyRow>>> {
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
        sql.push("SELECT id FROM users WHERE id IN (SELECT id");
        push_first(&mut sql);
        if let Some(end) = &end {
            self.push_up_to(&mut sql, key, end);
        }
        sql.push(")");
        self.scope.push_search_met(&mut sql);
        self.push_order(&mut sql, key);
        sql.push(" LIMIT ").bind(self.limit);
        let found = self.finish(connection, sql).await?;
        Ok((end.is_none() || found.len() as i64 == self.limit).then_some(found))
    }

    /// What is shown of the rows whose numbers come next: an index is enough for finding those.
    fn lookup(&self) -> Sql {
        let mut sql = Sql::new("SELECT ");
        sql.push(row::COLUMNS)
            .push(", ")
            .push(self.key())
            .push(" AS sort_key FROM users WHERE id IN (");
        sql
    }

    async fn finish(&self, connection: &mut AnyConnection, mut sql: Sql) -> Result<Vec<AnyRow>> {
        sql.push(")");
        self.push_order(&mut sql, "sort_key");
        Ok(sql.query().fetch_all(connection).await?)
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

    /// The place of a row.
    pub fn place(&self, row: &AnyRow, key: &str) -> Result<Place> {
        let key = match is_text(self.scope.query.sort.column) {
            true => Value::Text(row.try_get(key)?),
            false => Value::Int(row.try_get(key)?),
        };
        Ok((key, row.try_get("id")?))
    }
}

fn push_beside(sql: &mut Sql, key: &'static str, is: &'static str, (at, id): &Place) {
    sql.push(" AND (").push(key).push(", id) ").push(is);
    sql.push(" (").bind(at.clone()).push(", ").bind(*id).push(")");
}

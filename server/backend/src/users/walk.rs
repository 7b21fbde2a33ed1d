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
use super::order::{is_text, sort_key};
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
            self.push_behind(sql);
        });
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
            self.push_behind(sql);
            if let Some(end) = end {
                self.push_beside(sql, if self.descending { ">=" } else { "<=" }, end);
            }
            self.scope.push_rest(sql);
        });
        self.push_order(&mut sql, "walk_key");
        sql.push(" LIMIT ").bind(self.limit).push(")");
        self.finish(connection, sql).await
    }

    async fn collect(&self, connection: &mut AnyConnection) -> Result<Vec<AnyRow>> {
        let mut sql = self.lookup();
        sql.push("SELECT id FROM users");
        self.scope.push_where(&mut sql);
        self.push_behind(&mut sql);
        self.push_order(&mut sql, self.key());
        sql.push(" LIMIT ").bind(self.limit);
        self.finish(connection, sql).await
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

    fn push_behind(&self, sql: &mut Sql) {
        if let Some(place) = self.behind {
            self.push_beside(sql, if self.descending { "<" } else { ">" }, place);
        }
    }

    fn push_beside(&self, sql: &mut Sql, is: &'static str, (key, id): &Place) {
        sql.push(" AND (").push(self.key()).push(", id) ").push(is);
        sql.push(" (").bind(key.clone()).push(", ").bind(*id).push(")");
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

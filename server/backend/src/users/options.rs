//! What an opened filter offers, each option with the number of people it would show.

use std::collections::HashSet;

use model::people::{Role, Status};
use model::query::{LastActive, Licence, UsersQuery};
use model::users::{Filter, FilterOption, FilterOptions};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::filter::{self, Choice, Scope, word_or_none};
use super::fold::fold;
use super::sql::Sql;
use super::within::within;
use crate::access::Looks;
use crate::{Backend, Result};

/// How many options of an open set (promo codes, origins) are listed.
const LISTED: usize = 50;

/// Counts the options of one filter under the rest of the query.
///
/// # Errors
/// Where the database fails.
pub async fn options(
    backend: &Backend,
    who: &impl Looks,
    query: &UsersQuery,
    filter: Filter,
) -> Result<FilterOptions> {
    let within = within(backend, who).await?;
    let (mut until, mut name) = filter::kept_as(backend, within, query);
    if filter == Filter::LastActive {
        let active = UsersQuery { last_active: Some(LastActive::Never), ..query.clone() };
        (until, name) = filter::kept_as(backend, within, &active);
    }
    let name = format!("options {} {name}", filter.word());
    backend.kept().get(until, name, count(backend.clone(), within, query.clone(), filter)).await
}

async fn count(
    backend: Backend,
    within: Option<i64>,
    query: UsersQuery,
    filter: Filter,
) -> Result<FilterOptions> {
    let mut connection = backend.db().read().acquire().await?;
    let scope = Scope::of(&backend, &mut connection, within, &query).await?;
    let connection = &mut *connection;
    match filter {
        Filter::Role => {
            let words = Role::ALL.iter().map(|role| (role.code(), role.word().to_owned()));
            closed(connection, &scope, filter, "role", words.collect()).await
        }
        Filter::Status => {
            let on_tab = Status::ALL.iter().filter(|status| scope.query.tab.holds(**status));
            let words = on_tab.map(|status| (status.code(), status.word().to_owned()));
            closed(connection, &scope, filter, "status", words.collect()).await
        }
        Filter::Licence => {
            let words = Licence::ALL.iter().map(|l| (l.code(), l.word().to_owned()));
            closed(connection, &scope, filter, "licensed", words.collect()).await
        }
        Filter::Paying => {
            let words = vec![(1, "yes".to_owned()), (0, "no".to_owned())];
            closed(connection, &scope, filter, "paying", words).await
        }
        Filter::Promo => {
            open(connection, &scope, filter, "promo_code", &scope.query.promo_codes).await
        }
        Filter::Origin => open(connection, &scope, filter, "origin", &scope.query.origins).await,
        Filter::Group => groups(connection, &scope).await,
        Filter::Registered | Filter::LastActive | Filter::Budget | Filter::Invited => {
            choices(connection, &scope, filter).await
        }
    }
}

/// A closed set of values: all of them, in their natural order.
async fn closed(
    connection: &mut AnyConnection,
    scope: &Scope,
    filter: Filter,
    column: &'static str,
    words: Vec<(i64, String)>,
) -> Result<FilterOptions> {
    let mut sql = Sql::new("SELECT ");
    sql.push(column).push(" AS value, COUNT(*) AS n FROM users");
    scope.push_where_without(&mut sql, filter);
    sql.push(" GROUP BY 1");
    let mut counts = std::collections::HashMap::new();
    for row in sql.query().fetch_all(connection).await? {
        counts.insert(row.try_get::<i64, _>("value")?, row.try_get::<i64, _>("n")?);
    }
    let options = words
        .into_iter()
        .map(|(code, value)| FilterOption { value, count: counts.get(&code).copied().unwrap_or(0) })
        .collect();
    Ok(FilterOptions { options, more: 0 })
}

/// An open set of texts: the chosen ones and the most frequent.
async fn open(
    connection: &mut AnyConnection,
    scope: &Scope,
    filter: Filter,
    column: &'static str,
    chosen: &[String],
) -> Result<FilterOptions> {
    let mut sql = Sql::new("SELECT ");
    // In the order of the column's own index where that answers by itself, else in another.
    match scope.is_alone(filter) {
        true => sql.push(column),
        false => sql.push("COALESCE(").push(column).push(", '')"),
    };
    sql.push(" AS value, COUNT(*) AS n FROM users");
    scope.push_where_without(&mut sql, filter);
    sql.push(" GROUP BY 1 ORDER BY n DESC, value");
    listed(&sql.query().fetch_all(connection).await?, chosen)
}

/// The groups: those of everybody who is met, and how many of them are in none.
///
/// Who is met is counted by the names of their groups, which an index has; which groups those are is asked
/// of one of them. Only a comma within a name would have two sets of groups read alike.
async fn groups(connection: &mut AnyConnection, scope: &Scope) -> Result<FilterOptions> {
    let with_comma = "SELECT 1 FROM groups WHERE name_key LIKE '%,%' LIMIT 1";
    let has_comma = sqlx::query(with_comma).fetch_optional(&mut *connection).await?.is_some();
    let mut sql = Sql::new(
        "SELECT groups.name AS value, n FROM (SELECT group_id, CAST(SUM(alike) AS BIGINT) AS n
           FROM (SELECT MIN(id) AS someone, COUNT(*) AS alike FROM users",
    );
    scope.push_where_without(&mut sql, Filter::Group);
    sql.push(" AND groups_key <> '' GROUP BY ").push(if has_comma { "id" } else { "groups_key" });
    sql.push(") AS sets JOIN group_members ON user_id = someone");
    if let Some(manager) = scope.manager() {
        // The only ones that they can choose.
        sql.push(" WHERE group_id IN (SELECT own.group_id FROM group_members AS own WHERE own.user_id = ");
        sql.bind(manager).push(")");
    }
    sql.push(
        " GROUP BY group_id) AS counts JOIN groups ON groups.id = group_id
         UNION ALL SELECT '', n FROM (SELECT COUNT(*) AS n FROM users",
    );
    scope.push_where_without(&mut sql, Filter::Group);
    sql.push(" AND groups_key = '') AS none WHERE n > 0 ORDER BY n DESC, value");
    let rows = sql.query().fetch_all(connection).await?;
    // A group that is chosen by another spelling, or by a name that it had, is there already.
    let found = rows.iter().map(|row| Ok(fold(row.try_get("value")?)));
    let found: HashSet<String> = found.collect::<Result<_>>()?;
    let is_missing = |name: &&String| name.is_empty() || !found.contains(&fold(name));
    let chosen: Vec<String> = scope.query.groups.iter().filter(is_missing).cloned().collect();
    listed(&rows, &chosen)
}

/// The first of what was counted, and what is chosen wherever it is.
fn listed(rows: &[AnyRow], chosen: &[String]) -> Result<FilterOptions> {
    let mut options = Vec::new();
    let mut more = 0;
    let mut missing: Vec<&String> = chosen.iter().collect();
    for row in rows {
        let (value, count): (String, i64) = (row.try_get("value")?, row.try_get("n")?);
        missing.retain(|text| **text != value);
        if options.len() < LISTED || chosen.contains(&value) {
            options.push(FilterOption { value: word_or_none(value), count });
        } else {
            more += 1;
        }
    }
    options.extend(
        missing
            .into_iter()
            .map(|text| FilterOption { value: word_or_none(text.clone()), count: 0 }),
    );
    Ok(FilterOptions { options, more })
}

/// Options that overlap: one pass counts them all.
async fn choices(
    connection: &mut AnyConnection,
    scope: &Scope,
    filter: Filter,
) -> Result<FilterOptions> {
    let choices = Choice::of(filter);
    let mut sql = Sql::new("SELECT 0");
    for choice in &choices {
        sql.push(", CAST(COALESCE(SUM(CASE WHEN ");
        scope.push_option(&mut sql, choice);
        sql.push(" THEN 1 ELSE 0 END), 0) AS BIGINT)");
    }
    sql.push(" FROM users");
    scope.push_where_without(&mut sql, filter);
    let row = sql.query().fetch_one(connection).await?;
    let options = choices
        .iter()
        .enumerate()
        .map(|(i, choice)| Ok(FilterOption { value: choice.word(), count: row.try_get(i + 1)? }))
        .collect::<Result<_>>()?;
    Ok(FilterOptions { options, more: 0 })
}

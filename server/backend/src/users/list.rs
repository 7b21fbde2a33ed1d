//! A page of the list: by key, never by offset.

use model::people::Tab;
use model::query::UsersQuery;
use model::url::{Ignored, IgnoredBecause};
use model::users::{Column, UserRow, UsersPage};
use sqlx::{AnyConnection, Row};

use super::cursor::Cursor;
use super::filter::Scope;
use super::sql::{Sql, Value};
use super::{row, totals};
use crate::access::Admin;
use crate::{Backend, Result, lists};

/// Reads the page that a query asks for.
///
/// # Errors
/// Where the database fails. Nothing in a query is an error: what has no effect is reported.
pub async fn list(backend: &Backend, _admin: &Admin, query: &UsersQuery) -> Result<UsersPage> {
    let mut connection = backend.db().read().acquire().await?;
    let revision = totals::read_revision(&mut connection).await?;
    let mut scope = Scope::of(backend, &mut connection, query).await?;
    let place = match scope.query.page.as_deref() {
        None => Place::Start,
        Some("last") => Place::End,
        Some(text) => match Cursor::read(text, &scope.query) {
            Some(cursor) => Place::Beside(cursor),
            None => {
                scope.ignored.push(Ignored::new("page", text, IgnoredBecause::OtherQuery));
                Place::Start
            }
        },
    };
    let mut page = read(backend, &mut connection, &scope, &place).await?;
    if page.rows.is_empty() && !matches!(place, Place::Start) {
        // Everyone behind the cursor has left the list since: show what is now its end.
        page = read(backend, &mut connection, &scope, &Place::End).await?;
    }
    page.revision = revision;
    if let Some(id) = &scope.query.list {
        page.list = lists::summary(&mut connection, id).await?;
    }
    page.ignored = scope.ignored;
    Ok(page)
}

enum Place {
    Start,
    End,
    Beside(Cursor),
}

async fn read(
    backend: &Backend,
    connection: &mut AnyConnection,
    scope: &Scope,
    place: &Place,
) -> Result<UsersPage> {
    let query = &scope.query;
    let size = query.size.code();
    let backwards = match place {
        Place::Start => false,
        Place::End => true,
        Place::Beside(cursor) => cursor.before,
    };
    let sort = sort_key(query.sort.column);
    let descending = query.sort.descending != backwards;

    // The inner query needs an index only, the outer one looks up a page of rows.
    let mut sql = Sql::new("SELECT ");
    sql.push(row::COLUMNS).push(", ").push(sort).push(" AS sort_key FROM users WHERE id IN (");
    sql.push("SELECT id FROM users");
    match has_index(query.sort.column, query.tab) {
        true => scope.push_where_walked(&mut sql),
        false => scope.push_where(&mut sql),
    }
    if let Place::Beside(cursor) = place {
        sql.push(" AND (").push(sort).push(", id) ").push(if descending { "<" } else { ">" });
        sql.push(" (").bind(cursor.key.clone()).push(", ").bind(cursor.id).push(")");
    }
    push_order(&mut sql, sort, descending);
    sql.push(" LIMIT ").bind(size + 1).push(")");
    push_order(&mut sql, sort, descending);

    let mut found = sql.query().fetch_all(&mut *connection).await?;
    let more = found.len() as i64 > size;
    found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    if backwards {
        found.reverse();
    }
    let rows: Vec<UserRow> =
        found.iter().map(|found| row::read(found, backend.zone())).collect::<Result<_>>()?;
    let edge = |found: Option<&sqlx::any::AnyRow>| -> Result<Option<(Value, i64)>> {
        let Some(found) = found else { return Ok(None) };
        let key = match is_text(query.sort.column) {
            true => Value::Text(found.try_get("sort_key")?),
            false => Value::Int(found.try_get("sort_key")?),
        };
        Ok(Some((key, found.try_get("id")?)))
    };
    let (first, last) = (edge(found.first())?, edge(found.last())?);
    let shown = rows.len() as i64;

    let position = match place {
        Place::Start => 0,
        Place::End if more => -shown,
        Place::End => 0,
        // A page read backwards that met the start is the first one, wherever it was thought to be.
        Place::Beside(cursor) if cursor.before && !more => 0,
        Place::Beside(cursor) => cursor.position,
    };
    let has_previous = match place {
        Place::Start => false,
        _ if backwards => more,
        _ => true,
    };
    let has_next = match place {
        Place::End => false,
        _ if backwards => true,
        _ => more,
    };
    let cursor = |before, position, edge: Option<(Value, i64)>| {
        edge.map(|(key, id)| Cursor { before, position, key, id }.print(query))
    };
    let previous = match (has_previous, position) {
        (false, _) => None,
        (true, 0) => Some(String::new()),
        // The page before is the first: its own address is the shorter one.
        (true, 1..) if position <= size => Some(String::new()),
        (true, _) => cursor(true, position - size, first),
    };
    let next = has_next.then(|| cursor(false, position + shown, last)).flatten();
    Ok(UsersPage {
        rows,
        offset: (position >= 0).then_some(position),
        from_end: (position < 0).then_some(-position),
        previous,
        next,
        ignored: Vec::new(),
        as_of: backend.zone().wall(backend.now()),
        revision: 0,
        list: None,
    })
}

fn push_order(sql: &mut Sql, sort: &'static str, descending: bool) {
    sql.push(" ORDER BY ").push(sort);
    sql.push(if descending { " DESC, id DESC" } else { ", id" });
}

/// What a column sorts by. Those without an index of their own sort through `users_wide` or, the
/// few that it does not cover, through the rows.
const fn sort_key(column: Column) -> &'static str {
    match column {
        Column::Name => "name_key",
        Column::Email => "email_key",
        Column::Username => "username",
        Column::Created => "created_at",
        Column::Role => "role",
        Column::Status => "status",
        Column::Licence => "licensed",
        Column::Budget => "budget_used",
        Column::Agents => "agents",
        Column::Chats => "chats",
        Column::AiResponses => "ai_responses",
        Column::ImportedPages => "imported_pages",
        Column::Paying => "paying",
        Column::LastActive => "last_active_at",
        Column::Referral => "referral_code",
        Column::Phone => "phone",
        Column::Personas => "personas",
        Column::Sessions => "sessions",
        Column::ApiKeys => "api_keys",
        Column::Promo => "promo_code",
        Column::Origin => "origin",
        Column::InviteExpires => "invite_expires_at",
        Column::InvitesSent => "invites_sent",
        Column::Deleted => "deleted_at",
    }
}

/// Whether an index of its own has a list in the order of a column.
const fn has_index(column: Column, tab: Tab) -> bool {
    match column {
        Column::Created => true,
        Column::Name | Column::Email | Column::LastActive | Column::Budget => {
            !matches!(tab, Tab::All)
        }
        _ => false,
    }
}

const fn is_text(column: Column) -> bool {
    matches!(
        column,
        Column::Name
            | Column::Email
            | Column::Username
            | Column::Referral
            | Column::Phone
            | Column::Promo
            | Column::Origin
    )
}

//! A page of the list: by key, never by offset.

use model::people::Role;
use model::query::UsersQuery;
use model::rights::{Doer, Operation, may_at_all};
use model::url::{Ignored, IgnoredBecause};
use model::users::{UserRow, UsersPage};
use sqlx::AnyConnection;

use super::cursor::Cursor;
use super::filter::Scope;
use super::row::{self, Stored};
use super::walk::{self, Found, Walk};
use super::within::within;
use crate::access::Looks;
use crate::clock::minute;
use crate::kept::Until;
use crate::settings::Settings;
use crate::{Backend, Result, lists};

/// Reads the page that a query asks for.
///
/// # Errors
/// Where the database fails. Nothing in a query is an error: what has no effect is reported.
pub async fn list(backend: &Backend, who: &impl Looks, query: &UsersQuery) -> Result<UsersPage> {
    let within = within(backend, who).await?;
    let read = read_page(backend.clone(), within, query.clone());
    let mut page: UsersPage =
        backend.kept().get(Until::DataChanges, kept_as(backend, within, query), read).await?;
    page.as_of = backend.zone().wall(backend.now());
    Ok(page)
}

/// Under which name a page is kept: all that decides on its rows, with the minute, which relative
/// dates go by.
fn kept_as(backend: &Backend, within: Option<i64>, query: &UsersQuery) -> String {
    let UsersQuery { sort, size, page, .. } = query;
    let (minute, page) = (minute(backend.now()), page.as_deref().unwrap_or_default());
    let whose = within.map_or_else(String::new, |manager| format!("of {manager} "));
    format!("rows {minute} {whose}{} {} {} {page}", query.scope(), sort.print(), size.word())
}

async fn read_page(backend: Backend, within: Option<i64>, query: UsersQuery) -> Result<UsersPage> {
    let (backend, query) = (&backend, &query);
    let mut connection = backend.db().read().acquire().await?;
    let mut scope = Scope::of(backend, &mut connection, within, query).await?;
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
    // What a list comes to in all is not for managers.
    if let Some(id) = scope.query.list.as_ref().filter(|_| within.is_none()) {
        page.list = lists::summary(&mut connection, id).await?;
    }
    page.ignored = scope.ignored;
    let settings = Settings::read(&mut connection).await?;
    page.has_seats = settings.has_seats();
    page.deletes = deletes(within, &settings);
    Ok(page)
}

fn deletes(within: Option<i64>, settings: &Settings) -> bool {
    let role = if within.is_some() { Role::Manager } else { Role::Administrator };
    let doer = Doer::of(within.unwrap_or(0), role, settings);
    may_at_all(Operation::Delete.where_kept(settings.retention_days > 0), &doer).is_ok()
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
    let (backwards, behind) = match place {
        Place::Start => (false, None),
        Place::End => (true, None),
        Place::Beside(cursor) => (cursor.before, Some((cursor.key.clone(), cursor.id))),
    };
    let descending = query.sort.descending != backwards;
    let walk = Walk { scope, descending, behind: behind.as_ref(), limit: size + 1 };
    let Found { rows: mut found, revision } = walk.rows(connection).await?;
    let more = found.len() as i64 > size;
    found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    if backwards {
        found.reverse();
    }
    let edge = |found: Option<&Stored>| found.map(|row| (row.sort_key.clone(), row.id));
    let (first, last) = (edge(found.first()), edge(found.last()));
    let rows: Vec<UserRow> =
        found.into_iter().map(|found| row::show(found, backend.zone())).collect::<Result<_>>()?;
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
    let cursor = |before, position, edge: Option<walk::Place>| {
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
        revision,
        list: None,
        has_seats: true,
        deletes: true,
    })
}

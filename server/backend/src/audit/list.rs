//! Reading the log, newest first: a page of it, and who it is about.
//!
//! The log may hold millions of entries, so nothing here reads all of it: one index leads to the
//! candidates (`scope`), they are looked at in parts, and after [`MOST_LOOKED_AT`] of them the page
//! says how far back it looked and offers to go on from there.

use model::audit::{AuditPage, AuditQuery, Someone};
use sqlx::{AnyConnection, Row};

use super::read::read;
use super::scope::Scope;
use crate::access::Admin;
use crate::users::shown_name;
use crate::{Backend, Result};

/// How many entries a page shows.
pub const PAGE: usize = 50;
/// How many candidates are looked at in one statement.
const PART: i64 = 2_500;
/// After how many candidates without a full page the person is asked whether to go on.
const MOST_LOOKED_AT: i64 = 50_000;

/// A page of the log.
///
/// # Errors
/// Where the database fails.
pub async fn list(backend: &Backend, _admin: &Admin, query: &AuditQuery) -> Result<AuditPage> {
    let mut connection = backend.db().read().acquire().await?;
    let scope = Scope::of(backend, &mut connection, query).await?;
    let mut page = AuditPage {
        by: someone(&mut connection, query.by).await?,
        person: someone(&mut connection, query.person).await?,
        ..AuditPage::default()
    };
    let (mut below, mut looked_at) = (scope.below(), 0);
    loop {
        let wanted = PAGE + 1 - page.entries.len();
        let part = if scope.is_all_in_the_index() { wanted as i64 } else { PART };
        let found = scope.part(&mut connection, below, part).await?;
        for row in found.rows.iter().take(wanted) {
            page.entries.push(read(row, backend.zone())?);
        }
        if page.entries.len() > PAGE {
            page.entries.truncate(PAGE);
            page.next = page.entries.last().map(|entry| entry.id);
            return Ok(page);
        }
        looked_at += found.looked_at;
        match found.lowest {
            Some((lowest, _)) if found.looked_at == part && looked_at < MOST_LOOKED_AT => {
                below = lowest;
            }
            Some((lowest, at)) if found.looked_at == part => {
                page.next = Some(lowest);
                page.searched_to = Some(backend.zone().wall(at));
                return Ok(page);
            }
            _ => return Ok(page),
        }
    }
}

/// Whoever has a number; without a name where nobody has it any more.
async fn someone(connection: &mut AnyConnection, id: Option<i64>) -> Result<Option<Someone>> {
    let Some(id) = id else { return Ok(None) };
    let row = sqlx::query("SELECT display_name, username, email FROM users WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Some(Someone { id, ..Someone::default() })) };
    let text = |column: &str| row.try_get::<String, _>(column);
    let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
    let name = shown_name(&name, &username, &email).to_owned();
    Ok(Some(Someone { id, name, is_there: true }))
}

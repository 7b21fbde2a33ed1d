//! Who is meant by what was typed into the log's filters, and what is typed to mean somebody.

use model::FieldProblem;
use model::audit::{AuditQuery, Chosen, Someone};
use model::text::audit::text;
use model::text::fill;
use sqlx::{AnyConnection, Row};

use crate::access::{Actor, Admin};
use crate::users::fold::fold;
use crate::users::shown_name;
use crate::{Backend, Result, lists};

/// The query with the numbers of those whom its typed names mean, and what to tell beside `by` and
/// `person` where a name means nobody, or several people: it stays typed then.
///
/// # Errors
/// Where the database fails.
pub async fn settle(
    backend: &Backend,
    _admin: &Admin,
    query: &AuditQuery,
) -> Result<(AuditQuery, Vec<FieldProblem>)> {
    let mut connection = backend.db().read().acquire().await?;
    let mut settled = query.clone();
    let mut problems = Vec::new();
    for (field, typed, into) in [
        ("by", &query.typed_by, &mut settled.by),
        ("person", &query.typed_person, &mut settled.person),
    ] {
        if typed.is_empty() {
            continue;
        }
        match meant(&mut connection, typed, field == "by").await? {
            Ok(id) => *into = Some(id),
            Err(message) => problems.push(FieldProblem { field: field.to_owned(), message }),
        }
    }
    if settled.by.is_some() {
        settled.typed_by.clear();
    }
    if settled.person.is_some() {
        settled.typed_person.clear();
    }
    Ok((settled, problems))
}

/// The number of whom a text means: an e-mail address, a username, a number such as `#12`, or the
/// name of one person alone.
async fn meant(
    connection: &mut AnyConnection,
    typed: &str,
    may_be_a_program: bool,
) -> Result<std::result::Result<i64, String>> {
    let t = text();
    if may_be_a_program && fold(typed) == fold(&Actor::command_line().name) {
        return Ok(Ok(0));
    }
    if let Some(number) = typed.strip_prefix('#').and_then(|number| number.parse::<i64>().ok()) {
        // Also of somebody who is gone for good.
        return Ok(Ok(number.max(0)));
    }
    if let Some(id) = lists::find(connection, &typed.to_lowercase()).await? {
        return Ok(Ok(id));
    }
    // On each list, since the index begins with it.
    let rows = sqlx::query(
        "SELECT id FROM users WHERE tab IN (0, 1, 2) AND name_key = $1 ORDER BY id LIMIT 2",
    )
    .bind(fold(typed))
    .fetch_all(connection)
    .await?;
    Ok(match rows.as_slice() {
        [one] => Ok(one.try_get("id")?),
        [] => Err(fill(t.who_none, &[typed])),
        _ => Err(fill(t.who_several, &[typed])),
    })
}

/// Whoever has a number, with what is typed to mean them; without a name where nobody has it any more.
pub async fn chosen(connection: &mut AnyConnection, id: Option<i64>) -> Result<Option<Chosen>> {
    let Some(id) = id else { return Ok(None) };
    if id == 0 {
        let someone = Someone { id, name: String::new(), is_there: false };
        return Ok(Some(Chosen { someone, typed: Actor::command_line().name }));
    }
    let row = sqlx::query("SELECT display_name, username, email FROM users WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        let someone = Someone { id, ..Someone::default() };
        return Ok(Some(Chosen { someone, typed: format!("#{id}") }));
    };
    let text = |column: &str| row.try_get::<String, _>(column);
    let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
    let name = shown_name(&name, &username, &email).to_owned();
    let typed = if username.is_empty() { email } else { username };
    Ok(Some(Chosen { someone: Someone { id, name, is_there: true }, typed }))
}

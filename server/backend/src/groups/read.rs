//! Groups as they are shown: to an administrator all, to a manager their own.

use model::Problem;
use model::groups::{Group, Groups};
use model::people::Role;
use model::rights::Doer;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::reach;
use crate::access::Steward;
use crate::users::Sql;
use crate::users::fold::fold;
use crate::{Backend, Result};

/// How many groups a page shows.
const SHOWN: i64 = 100;
const COLUMNS: &str = "SELECT id, name, description, created_at, updated_at,
    (SELECT COUNT(*) FROM group_members WHERE group_id = groups.id) AS members,
    (SELECT COUNT(*) FROM permission_values WHERE level = 2 AND subject = groups.id) AS permissions,
    (SELECT COUNT(*) FROM limit_values WHERE level = 2 AND subject = groups.id) AS limits
    FROM groups";

/// The groups whose name has a term, by name.
///
/// # Errors
/// [`Problem::AdminRequired`] for who is no manager any more.
pub async fn list(backend: &Backend, steward: &Steward, term: &str) -> Result<Groups> {
    let mut connection = backend.db().read().acquire().await?;
    reach::may_keep(&mut connection, steward).await?;
    let mut sql = Sql::new(COLUMNS);
    push_where(&mut sql, steward, term);
    sql.push(" ORDER BY name_key LIMIT ").bind(SHOWN);
    let rows = sql.query().fetch_all(&mut *connection).await?;
    let groups: Vec<Group> = rows.iter().map(|row| group(row, backend)).collect::<Result<_>>()?;
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM groups");
    push_where(&mut sql, steward, term);
    let all: i64 = sql.query().fetch_one(&mut *connection).await?.try_get("n")?;
    Ok(Groups { more: all - groups.len() as i64, groups })
}

/// The groups that the steward may put people into and take them out of, by name, with their numbers.
///
/// # Errors
/// As [`list`]; also where a manager looks after nobody.
pub async fn choices(backend: &Backend, steward: &Steward) -> Result<Vec<(i64, String)>> {
    let mut connection = backend.db().read().acquire().await?;
    reach::may_manage(&mut connection, steward).await?;
    let mut sql = Sql::new(COLUMNS);
    push_where(&mut sql, steward, "");
    sql.push(" ORDER BY name_key");
    let rows = sql.query().fetch_all(&mut *connection).await?;
    let groups: Vec<Group> = rows.iter().map(|row| group(row, backend)).collect::<Result<_>>()?;
    let open = groups.into_iter().filter(|group| reach::may_move(steward, group).is_ok());
    Ok(open.map(|group| (group.id, group.name)).collect())
}

/// One group.
///
/// # Errors
/// [`Problem::NotFound`] where the steward has none of this number.
pub async fn get(backend: &Backend, steward: &Steward, id: i64) -> Result<Group> {
    let mut connection = backend.db().read().acquire().await?;
    find(&mut connection, backend, steward, id).await
}

/// The same, on a connection.
pub(super) async fn find(
    connection: &mut AnyConnection,
    backend: &Backend,
    steward: &Steward,
    id: i64,
) -> Result<Group> {
    reach::may_keep(connection, steward).await?;
    let mut sql = Sql::new(COLUMNS);
    push_where(&mut sql, steward, "");
    sql.push(" AND id = ").bind(id);
    let row = sql.query().fetch_optional(connection).await?;
    group(&row.ok_or(Problem::NotFound)?, backend)
}

/// The number of the group that has a name, or had it last.
///
/// # Errors
/// Where the database fails.
pub async fn named(backend: &Backend, name: &str) -> Result<Option<i64>> {
    let mut connection = backend.db().read().acquire().await?;
    let row = sqlx::query("SELECT group_id FROM group_names WHERE name_key = $1")
        .bind(fold(name))
        .fetch_optional(&mut *connection)
        .await?;
    Ok(row.map(|row| row.try_get("group_id")).transpose()?)
}

/// A person's groups by name, with their numbers.
///
/// # Errors
/// Where the database fails.
pub async fn of_person(backend: &Backend, _: &Steward, person: i64) -> Result<Vec<(i64, String)>> {
    of(&mut *backend.db().read().acquire().await?, person).await
}

/// The same, on a connection.
pub(crate) async fn of(connection: &mut AnyConnection, person: i64) -> Result<Vec<(i64, String)>> {
    let rows = sqlx::query(
        "SELECT id, name FROM groups JOIN group_members ON group_id = id
         WHERE user_id = $1 ORDER BY name_key",
    )
    .bind(person)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("name")?))).collect()
}

/// Those of a person's groups that whoever acts may take them out of.
pub(crate) async fn movable(
    connection: &mut AnyConnection,
    doer: &Doer,
    person: i64,
) -> Result<Vec<i64>> {
    let mut sql = Sql::new("SELECT group_id FROM group_members WHERE user_id = ");
    sql.bind(person);
    if doer.role != Role::Administrator {
        sql.push(" AND group_id IN (SELECT group_id FROM group_members WHERE user_id = ");
        sql.bind(doer.id).push(") AND group_id NOT IN (");
        sql.push("SELECT subject FROM permission_values WHERE level = 2 ");
        sql.push("UNION ALL SELECT subject FROM limit_values WHERE level = 2)");
    }
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("group_id")?)).collect()
}

/// Whether a group sets permissions or limits.
pub(crate) async fn has_rules(connection: &mut AnyConnection, group: i64) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM permission_values WHERE level = 2 AND subject = $1
         UNION ALL SELECT 1 FROM limit_values WHERE level = 2 AND subject = $1 LIMIT 1",
    )
    .bind(group)
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

fn push_where(sql: &mut Sql, steward: &Steward, term: &str) {
    sql.push(" WHERE 1 = 1");
    if !steward.is_administrator() {
        sql.push(" AND id IN (SELECT group_id FROM group_members WHERE user_id = ")
            .bind(steward.actor().id)
            .push(")");
    }
    let term = fold(term);
    if !term.is_empty() {
        sql.push(" AND name_key LIKE ").bind(containing(&term).as_str());
        sql.push(" ESCAPE '\\'");
    }
}

fn group(row: &AnyRow, backend: &Backend) -> Result<Group> {
    Ok(Group {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        members: row.try_get("members")?,
        permissions: row.try_get("permissions")?,
        limits: row.try_get("limits")?,
        created: backend.zone().wall(row.try_get("created_at")?),
        version: row.try_get("updated_at")?,
    })
}

/// What a name that contains a folded term is like.
fn containing(folded: &str) -> String {
    let mut out = String::from("%");
    for c in folded.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

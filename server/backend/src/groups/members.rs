//! Who is in a group. Each person who comes or leaves has an entry in the audit log with their
//! groups before and after; of somebody who is new, that entry says how they came as well.

use std::collections::{BTreeMap, HashSet};

use model::Problem;
use model::groups::MembersChanged;
use model::people::Status;
use model::text::groups::text;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row};

use super::{reach, read};
use crate::access::{Actor, Steward};
use crate::audit::{self, Action};
use crate::packed::{USERS_OF, ids as packed_ids};
use crate::users::Sql;
use crate::{Backend, Result, lists};

/// Adds people to a group.
///
/// # Errors
/// [`Problem::NotFound`] where the steward has no such group; a field problem for nobody, and for a
/// manager whose group sets permissions or limits.
pub async fn add(
    backend: &Backend,
    steward: &Steward,
    group: i64,
    people: &[i64],
) -> Result<MembersChanged> {
    change(backend, steward, group, people, true).await
}

/// Adds the people of a pasted text full of e-mails, usernames and ids.
///
/// # Errors
/// As with [`add`]; also a field problem for too many.
pub async fn add_pasted(
    backend: &Backend,
    steward: &Steward,
    group: i64,
    pasted: &str,
) -> Result<MembersChanged> {
    let entries = lists::checked_entries(pasted)?;
    let mut connection = backend.db().read().acquire().await?;
    reach::may_manage(&mut connection, steward).await?;
    let (mut people, mut unknown) = (Vec::new(), Vec::new());
    for entry in entries {
        match lists::find(&mut connection, &entry).await? {
            Some(person) => people.push((person, entry)),
            None => unknown.push(entry),
        }
    }
    if !steward.is_administrator() {
        // Whom they may not act on, managers are not told of.
        let ids: Vec<i64> = people.iter().map(|(id, _)| *id).collect();
        let reached: HashSet<i64> =
            reach::in_reach(&mut connection, steward, &ids).await?.into_iter().collect();
        let (known, hidden) = people.into_iter().partition(|(id, _)| reached.contains(id));
        people = known;
        unknown.extend(hidden.into_iter().map(|(_, entry): (i64, String)| entry));
    }
    drop(connection);
    let ids: Vec<i64> = people.iter().map(|(id, _)| *id).collect();
    let mut changed = match ids.is_empty() {
        true => MembersChanged::default(),
        false => change(backend, steward, group, &ids, true).await?,
    };
    // As they were written.
    for named in &mut changed.deleted {
        if let Some((_, entry)) = people.iter().find(|(id, _)| by_number(*id) == *named) {
            named.clone_from(entry);
        }
    }
    Ok(MembersChanged { unknown, ..changed })
}

fn by_number(id: i64) -> String {
    format!("#{id}")
}

/// Takes people out of a group.
///
/// # Errors
/// As with [`add`].
pub async fn remove(
    backend: &Backend,
    steward: &Steward,
    group: i64,
    people: &[i64],
) -> Result<MembersChanged> {
    change(backend, steward, group, people, false).await
}

/// Which of some people are in a group.
///
/// # Errors
/// [`Problem::NotFound`] where the steward has no such group.
pub async fn are_in(
    backend: &Backend,
    steward: &Steward,
    group: i64,
    people: &[i64],
) -> Result<HashSet<i64>> {
    let mut connection = backend.db().read().acquire().await?;
    reach::may_manage(&mut connection, steward).await?;
    read::find(&mut connection, backend, steward, group).await?;
    Ok(those(&mut connection, group, people, true).await?.into_iter().collect())
}

async fn change(
    backend: &Backend,
    steward: &Steward,
    group: i64,
    people: &[i64],
    adds: bool,
) -> Result<MembersChanged> {
    let people: HashSet<i64> = people.iter().copied().collect();
    if people.is_empty() {
        return Err(Problem::field("person", text().nobody_chosen).into());
    }
    let mut wanted: Vec<i64> = people.into_iter().collect();
    wanted.sort_unstable();
    let mut tx = backend.db().begin().await?;
    reach::may_manage(&mut tx, steward).await?;
    let found = read::find(&mut tx, backend, steward, group).await?;
    reach::may_move(steward, &found)?;
    let mut reached = reach::in_reach(&mut tx, steward, &wanted).await?;
    let refused = wanted.len() - reached.len();
    let deleted = if adds { deleted(&mut tx, &reached).await? } else { Vec::new() };
    reached.retain(|id| !deleted.contains(id));
    let changed = match adds {
        true => add_in(backend, &mut tx, steward.actor(), group, &reached).await?,
        false => remove_in(backend, &mut tx, steward.actor(), group, &reached).await?,
    };
    tx.commit().await?;
    Ok(MembersChanged {
        changed,
        unchanged: reached.len() - changed,
        refused,
        deleted: deleted.into_iter().map(by_number).collect(),
        unknown: Vec::new(),
    })
}

/// Adds people in a transaction; how many were not in the group. Whether the actor may is asked
/// before.
pub(crate) async fn add_in(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    group: i64,
    people: &[i64],
) -> Result<usize> {
    let coming = those(tx, group, people, false).await?;
    let before = names(tx, &coming).await?;
    insert(tx, group, &coming).await?;
    record(backend, tx, actor, group, &before).await?;
    Ok(coming.len())
}

/// Puts people who are new into a group, in a transaction; what it is called. Their group stands in the
/// entry that says how they came.
pub(crate) async fn insert_new(
    tx: &mut AnyConnection,
    group: i64,
    people: &[i64],
) -> Result<String> {
    insert(tx, group, people).await?;
    let row = sqlx::query("SELECT name FROM groups WHERE id = $1").bind(group);
    Ok(row.fetch_one(tx).await?.try_get("name")?)
}

async fn insert(tx: &mut AnyConnection, group: i64, people: &[i64]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO group_members (group_id, user_id) SELECT ");
    sql.bind(group).push(", users.id FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(people)?).push(USERS_OF.1);
    sql.query().execute(tx).await?;
    Ok(())
}

/// Takes people out in a transaction; how many were in the group. Whether the actor may is asked
/// before.
pub(crate) async fn remove_in(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    group: i64,
    people: &[i64],
) -> Result<usize> {
    let leaving = those(tx, group, people, true).await?;
    let before = names(tx, &leaving).await?;
    let mut sql = Sql::new("DELETE FROM group_members WHERE group_id = ");
    sql.bind(group).push(" AND user_id IN (SELECT users.id FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(&leaving)?).push(USERS_OF.1).push(")");
    sql.query().execute(&mut *tx).await?;
    record(backend, tx, actor, group, &before).await?;
    Ok(leaving.len())
}

/// All members of a group.
pub(super) async fn ids(connection: &mut AnyConnection, group: i64) -> Result<Vec<i64>> {
    let rows = sqlx::query("SELECT user_id FROM group_members WHERE group_id = $1")
        .bind(group)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(row.try_get("user_id")?)).collect()
}

/// Those of some people who are in *Recently deleted*: nothing is changed of them but that.
async fn deleted(connection: &mut AnyConnection, people: &[i64]) -> Result<Vec<i64>> {
    let mut sql = Sql::new("SELECT users.id AS id FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(people)?).push(USERS_OF.1);
    sql.push(" WHERE users.status = ").bind(Status::Deleted.code());
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
}

/// Those of some people who are in a group, or who are not.
async fn those(
    connection: &mut AnyConnection,
    group: i64,
    people: &[i64],
    are_in: bool,
) -> Result<Vec<i64>> {
    let mut sql = Sql::new("SELECT users.id AS id FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(people)?).push(USERS_OF.1);
    sql.push(if are_in { " WHERE EXISTS" } else { " WHERE NOT EXISTS" });
    sql.push(" (SELECT 1 FROM group_members WHERE user_id = users.id AND group_id = ");
    sql.bind(group).push(")");
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
}

/// The names of the groups of each of some people.
async fn names(
    connection: &mut AnyConnection,
    people: &[i64],
) -> Result<BTreeMap<i64, Vec<String>>> {
    let mut names: BTreeMap<i64, Vec<String>> =
        people.iter().map(|person| (*person, Vec::new())).collect();
    let mut sql = Sql::new("SELECT users.id AS id, name FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(people)?).push(USERS_OF.1);
    sql.push(" JOIN group_members ON user_id = users.id JOIN groups ON groups.id = group_id");
    sql.push(" ORDER BY users.id, groups.name_key");
    for row in sql.query().fetch_all(connection).await? {
        names.entry(row.try_get("id")?).or_default().push(row.try_get("name")?);
    }
    Ok(names)
}

/// An entry for each of the people of `before`, with their groups then and now.
async fn record(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    group: i64,
    before: &BTreeMap<i64, Vec<String>>,
) -> Result<()> {
    let people: Vec<i64> = before.keys().copied().collect();
    let after = names(tx, &people).await?;
    let details: Vec<(i64, Value)> = before
        .iter()
        .map(|(person, old)| {
            let fields = json!({ "groups": [old, after.get(person)] });
            (*person, json!({ "group": group, "fields": fields }))
        })
        .collect();
    let events: Vec<(i64, &Value)> = details.iter().map(|(id, details)| (*id, details)).collect();
    audit::record_all(backend, tx, actor, Action::GroupsChanged, events).await
}

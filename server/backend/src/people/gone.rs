//! Removing people for good: with all that is theirs, and their personal values out of the audit log.

use model::effect::Named;
use model::people::Status;
use model::rights::{Operation, may};
use model::text::fill;
use model::text::people::text;
use model::{FieldProblem, Problem};
use serde_json::{Map, Value};
use sqlx::{AnyConnection, Row};

use super::facts;
use crate::access::{Actor, Admin, Steward};
use crate::audit::{self, Action};
use crate::clock::DAY;
use crate::settings::Settings;
use crate::users::Sql;
use crate::{Backend, Result, packed};

/// How many people one transaction of [`purge`] removes.
const AT_ONCE: i64 = 200;

/// What goes with a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Their number.
    pub id: i64,
    /// Display name, or what stands for it.
    pub name: String,
    /// What has to be typed to confirm: the e-mail address, or the username.
    pub to_type: String,
    /// What goes, and how much of it.
    pub parts: Vec<(&'static str, i64)>,
}

impl Remains {
    /// Whether the right thing was typed to confirm.
    ///
    /// # Errors
    /// The problem of the field `confirm`.
    pub fn confirm(&self, typed: &str) -> std::result::Result<(), Problem> {
        if typed.trim().to_lowercase() == self.to_type.to_lowercase() {
            return Ok(());
        }
        let message = fill(text().confirm_typed, &[&self.to_type]);
        Err(Problem::Invalid(vec![FieldProblem { field: "confirm".to_owned(), message }]))
    }
}

/// What goes for good with a person, for whoever may remove them.
///
/// # Errors
/// [`Problem::Forbidden`] for those who may not, [`Problem::NotFound`] where nobody has this number.
pub async fn remains(backend: &Backend, steward: &Steward, id: i64) -> Result<Remains> {
    let mut tx = backend.db().read().begin().await?;
    let (ground, _) = facts::ground(backend, &mut tx, steward.actor(), None).await?;
    let facts = facts::read_one(&mut tx, &ground.doer, id, Named::default()).await?;
    may(Operation::DeletePermanently, &ground.doer, &facts.target(&ground))
        .map_err(|refusal| refusal.problem())?;
    let row = sqlx::query("SELECT email, username FROM users WHERE id = $1").bind(id);
    let row = row.fetch_one(&mut *tx).await?;
    let mut only = Sql::new("SELECT id FROM users WHERE id = ");
    only.bind(id);
    let parts = parts(&mut tx, only).await?;
    let (email, username): (String, String) = (row.try_get("email")?, row.try_get("username")?);
    let to_type = if email.is_empty() { username } else { email };
    Ok(Remains { id, name: facts.name, to_type, parts })
}

/// What goes with people, and how much of it; a statement says who they are.
pub(crate) async fn parts(
    connection: &mut AnyConnection,
    people: Sql,
) -> Result<Vec<(&'static str, i64)>> {
    let t = text();
    let mut sql = people;
    sql.before("WITH going AS (").push(") SELECT ");
    let of_users = [
        (t.gone_api_keys, "api_keys"),
        (t.gone_agents, "agents"),
        (t.gone_personas, "personas"),
        (t.gone_chats, "chats"),
    ];
    let of_others = [
        (t.gone_sessions, "user_sessions WHERE user_id"),
        (t.gone_memberships, "group_members WHERE user_id"),
        (t.gone_lists, "list_users WHERE user_id"),
        (t.gone_views, "saved_views WHERE shared_with IS NULL AND owner_id"),
    ];
    for (_, column) in of_users {
        sql.push("CAST(COALESCE(SUM(").push(column).push("), 0) AS BIGINT), ");
    }
    for (_, table) in of_others {
        sql.push("(SELECT COUNT(*) FROM ").push(table).push(" IN (SELECT id FROM going)), ");
    }
    sql.push("0 FROM users WHERE id IN (SELECT id FROM going)");
    let row = sql.query().fetch_one(connection).await?;
    let labels = of_users.iter().chain(&of_others).map(|(label, _)| *label);
    labels.enumerate().map(|(index, label)| Ok((label, row.try_get(index)?))).collect()
}

/// Removes people with all that is theirs. What they shared with others goes on as somebody else's.
pub(crate) async fn remove(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    ids: &[i64],
    beside: &[(&'static str, Value)],
) -> Result<()> {
    hand_over_views(tx, actor, ids).await?;
    audit::forget(tx, ids).await?;
    for sql in [
        "UPDATE imports SET actor = '', address = '' WHERE actor_id IN ",
        "UPDATE bulk_jobs SET actor = '', address = '' WHERE actor_id IN ",
        "DELETE FROM users WHERE id IN ",
    ] {
        let mut sql = Sql::new(sql);
        sql.push(packed::IDS.0).bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
        sql.query().execute(&mut *tx).await?;
    }
    let details: Map<String, Value> =
        beside.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let details = Value::Object(details);
    let events: Vec<_> = ids.iter().map(|id| (*id, &details)).collect();
    audit::record_all(backend, tx, actor, Action::DeletedPermanently, events).await
}

/// Views that are shared stay: with whoever removes their owner, or with an administrator.
async fn hand_over_views(tx: &mut AnyConnection, actor: &Actor, ids: &[i64]) -> Result<()> {
    let mut sql = Sql::new("SELECT id FROM users WHERE tab = 0 AND role = 2 AND status = ");
    sql.bind(Status::Active.code()).push(" AND id NOT IN ").push(packed::IDS.0);
    sql.bind(packed::ids(ids)?.as_str()).push(packed::IDS.1).push(" ORDER BY id = ");
    sql.bind(actor.id).push(" DESC, id LIMIT 1");
    let Some(heir) = sql.query().fetch_optional(&mut *tx).await? else { return Ok(()) };
    let heir: i64 = heir.try_get("id")?;
    let mut sql = Sql::new("UPDATE saved_views SET owner_id = ");
    sql.bind(heir).push(" WHERE shared_with IS NOT NULL AND owner_id IN ").push(packed::IDS.0);
    sql.bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
    sql.query().execute(tx).await?;
    Ok(())
}

/// Removes those who have been in *Recently deleted* for as long as the settings say. Gives back how
/// many.
///
/// # Errors
/// Where the database fails; who was removed until then stays so.
pub async fn purge(backend: &Backend) -> Result<u64> {
    let actor = Admin::scheduled().actor().clone();
    let mut removed = 0;
    loop {
        let mut tx = backend.db().begin().await?;
        let kept = i64::from(Settings::read(&mut tx).await?.retention_days) * DAY;
        let rows = sqlx::query(
            "SELECT id FROM users WHERE status = 4 AND deleted_at > 0 AND deleted_at <= $1
             ORDER BY deleted_at, id LIMIT $2",
        )
        .bind(backend.now() - kept)
        .bind(AT_ONCE)
        .fetch_all(&mut *tx)
        .await?;
        let ids = rows.iter().map(|row| row.try_get("id")).collect::<sqlx::Result<Vec<i64>>>()?;
        if ids.is_empty() {
            return Ok(removed);
        }
        remove(backend, &mut tx, &actor, &ids, &[]).await?;
        tx.commit().await?;
        removed += ids.len() as u64;
    }
}

//! Whom a manager may act on: the users of their own groups, while the setting says that managers
//! manage users; the groups themselves in any case. Administrators reach everybody.

use model::Problem;
use model::groups::Group;
use model::people::{Role, Status};
use model::rights::{Doer, GroupOperation, Refusal, may_with_group};
use model::text::groups::text;
use sqlx::AnyConnection;

use crate::access::Steward;
use crate::packed::{USERS_OF, ids as packed_ids};
use crate::settings::Settings;
use crate::users::Sql;
use crate::{Backend, Failure, Result};

/// Whether the steward may keep groups and look after the people in them: their role and status as
/// they are now, and the setting.
///
/// # Errors
/// [`Problem::AdminRequired`] where they may not.
pub(super) async fn may_manage(connection: &mut AnyConnection, steward: &Steward) -> Result<()> {
    match steward.is_administrator() {
        true => Ok(()),
        false => manager_may(connection, GroupOperation::Members, steward.actor().id).await,
    }
}

/// Whether the steward may see, make, rename and delete groups, which no setting takes from managers.
///
/// # Errors
/// [`Problem::AdminRequired`] where they may not.
pub(super) async fn may_keep(connection: &mut AnyConnection, steward: &Steward) -> Result<()> {
    match steward.is_administrator() {
        true => Ok(()),
        false => manager_may(connection, GroupOperation::Keep, steward.actor().id).await,
    }
}

/// Whether a manager looks after people.
///
/// # Errors
/// [`Problem::AdminRequired`] where they do not.
pub(crate) async fn may_look_after(connection: &mut AnyConnection, manager: i64) -> Result<()> {
    manager_may(connection, GroupOperation::Members, manager).await
}

async fn manager_may(
    connection: &mut AnyConnection,
    operation: GroupOperation,
    manager: i64,
) -> Result<()> {
    let row = sqlx::query("SELECT 1 FROM users WHERE id = $1 AND role >= $2 AND status = $3")
        .bind(manager)
        .bind(Role::Manager.code())
        .bind(Status::Active.code())
        .fetch_optional(&mut *connection)
        .await?;
    let settings = Settings::read(connection).await?;
    let doer = Doer::of(manager, Role::Manager, &settings);
    match row.is_some() && may_with_group(operation, &doer).is_ok() {
        true => Ok(()),
        false => Err(Problem::AdminRequired.into()),
    }
}

/// Whether a manager looks after people, for the door.
///
/// # Errors
/// [`Problem::AdminRequired`] where not.
pub async fn admit(backend: &Backend, manager: i64) -> Result<()> {
    may_look_after(&mut *backend.db().read().acquire().await?, manager).await
}

/// Whether the steward looks after the people in their groups, and not after the groups alone.
///
/// # Errors
/// Where the database fails.
pub async fn looks_after_people(backend: &Backend, steward: &Steward) -> Result<bool> {
    match may_manage(&mut *backend.db().read().acquire().await?, steward).await {
        Err(Failure::Problem(Problem::AdminRequired)) => Ok(false),
        outcome => outcome.map(|()| true),
    }
}

/// Those of some people whom the steward may act on.
pub(crate) async fn in_reach(
    connection: &mut AnyConnection,
    steward: &Steward,
    people: &[i64],
) -> Result<Vec<i64>> {
    let mut sql = Sql::new("SELECT users.id AS id FROM ");
    sql.push(USERS_OF.0).bind(&*packed_ids(people)?).push(USERS_OF.1);
    if !steward.is_administrator() {
        sql.push(" WHERE ");
        push_reached(&mut sql, steward.actor().id);
    }
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(sqlx::Row::try_get(row, "id")?)).collect()
}

/// The condition that a person is one of the users of a manager's own groups.
pub(crate) fn push_reached(sql: &mut Sql, manager: i64) {
    sql.push("(users.role = 0 AND users.id <> ").bind(manager);
    sql.push(
        " AND EXISTS (SELECT 1 FROM group_members AS theirs JOIN group_members AS own
             ON own.group_id = theirs.group_id
           WHERE theirs.user_id = users.id AND own.user_id = ",
    )
    .bind(manager)
    .push("))");
}

/// That the steward may let people into a group and take them out: what it sets, they get or lose.
///
/// # Errors
/// A field problem where only administrators may.
pub(super) fn may_move(steward: &Steward, group: &Group) -> Result<()> {
    if steward.is_administrator() || !group.has_rules() {
        return Ok(());
    }
    Err(Problem::field("members", Refusal::GroupHasRules.sentence()).into())
}

/// That a manager may take all of a group's members out of it: nobody but users, and themselves.
///
/// # Errors
/// A field problem where there are others.
pub(super) async fn all_removable(
    connection: &mut AnyConnection,
    steward: &Steward,
    people: &[i64],
) -> Result<()> {
    let reached = in_reach(connection, steward, people).await?.len();
    let own = usize::from(!steward.is_administrator() && people.contains(&steward.actor().id));
    if reached + own == people.len() {
        return Ok(());
    }
    Err(Problem::field("members", text().others_in_it).into())
}

//! The people whom a manager sees: the users of their own groups, and themselves. Every list, total
//! and count of options that a manager gets is within them.

use sqlx::{AnyConnection, Row};

use super::sql::Sql;
use crate::access::Looks;
use crate::{Backend, Result, groups};

/// The manager within whose groups somebody looks, where managers look after people.
///
/// # Errors
/// [`model::Problem::AdminRequired`] where they do not.
pub(super) async fn within(backend: &Backend, who: &impl Looks) -> Result<Option<i64>> {
    let within = who.within();
    if let Some(manager) = within {
        let mut connection = backend.db().read().acquire().await?;
        groups::may_look_after(&mut connection, manager).await?;
    }
    Ok(within)
}

/// A manager's people.
#[derive(Clone, Debug)]
pub(super) struct Within {
    pub manager: i64,
    /// Whether they are so few that they are looked at first, whatever the order.
    pub has_few: bool,
}

impl Within {
    /// The people of a manager, of whom no more than so many are few.
    ///
    /// # Errors
    /// [`model::Problem::AdminRequired`] where managers look after nobody.
    pub async fn of(connection: &mut AnyConnection, manager: i64, few: i64) -> Result<Self> {
        groups::may_look_after(connection, manager).await?;
        let mut within = Self { manager, has_few: true };
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
        within.push_numbers(&mut sql);
        sql.push(" LIMIT ").bind(few + 1).push(") AS people");
        within.has_few = sql.query().fetch_one(connection).await?.try_get::<i64, _>("n")? <= few;
        Ok(within)
    }

    /// Adds the condition, with `AND` before it.
    pub fn push(&self, sql: &mut Sql) {
        if self.has_few {
            sql.push(" AND id IN (");
            self.push_numbers(sql);
            sql.push(") AND (role = 0 OR id = ").bind(self.manager).push(")");
            return;
        }
        sql.push(" AND (id = ").bind(self.manager);
        sql.push(
            " OR role = 0 AND (SELECT 1 FROM group_members AS theirs
                JOIN group_members AS own ON own.group_id = theirs.group_id
              WHERE theirs.user_id = users.id AND own.user_id = ",
        );
        sql.bind(self.manager).push(" LIMIT 1) IS NOT NULL)");
    }

    /// The numbers of everybody in the manager's groups, and their own.
    fn push_numbers(&self, sql: &mut Sql) {
        sql.push("SELECT ").bind(self.manager);
        sql.push(
            " AS user_id UNION ALL SELECT theirs.user_id FROM group_members AS own
                JOIN group_members AS theirs ON theirs.group_id = own.group_id
              WHERE own.user_id = ",
        );
        sql.bind(self.manager);
    }
}

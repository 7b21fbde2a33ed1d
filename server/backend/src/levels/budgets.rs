//! Budgets in the row of each person, where lists sort and filter by them: one's own, or what is
//! inherited, as `users_inherited_budgets` says.

use model::levels::Subject;
use model::limits::Amount;
use sqlx::AnyConnection;

use crate::Result;
use crate::users::Sql;

/// Gives a person a budget of their own, or takes it away. What they inherit then is written by a
/// trigger, like after a change of their role or their groups.
pub(crate) async fn set_own(
    tx: &mut AnyConnection,
    person: i64,
    budget: Option<Amount>,
) -> Result<()> {
    let query = match budget {
        None => sqlx::query("UPDATE users SET budget_own = 0 WHERE id = $1").bind(person),
        Some(amount) => {
            let limit = match amount {
                Amount::AtMost(limit) => limit,
                Amount::Unlimited => 0,
            };
            sqlx::query("UPDATE users SET budget_own = 1, budget_limit = $2 WHERE id = $1")
                .bind(person)
                .bind(limit)
        }
    };
    query.execute(tx).await?;
    Ok(())
}

/// Writes the budget of those who inherit it from a level.
pub async fn pass_on(tx: &mut AnyConnection, level: Subject) -> Result<()> {
    let mut sql = Sql::new(
        "UPDATE users SET budget_limit =
           (SELECT budget FROM users_inherited_budgets AS inherited WHERE inherited.id = users.id)
         WHERE budget_own = 0 AND budget_limit <>
           (SELECT budget FROM users_inherited_budgets AS inherited WHERE inherited.id = users.id)",
    );
    match level {
        Subject::Everybody | Subject::Person(_) => {}
        Subject::Role(role) => {
            sql.push(" AND role = ").bind(role.code());
        }
        Subject::Group(id) => {
            sql.push(" AND id IN (SELECT user_id FROM group_members WHERE group_id = ")
                .bind(id)
                .push(")");
        }
    }
    sql.query().execute(tx).await?;
    Ok(())
}

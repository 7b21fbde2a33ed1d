//! The limits of their own that many people get, or lose, by one statement.

use model::limits::{Amount, Cap};
use sqlx::AnyConnection;

use crate::users::Sql;
use crate::{Result, packed};

/// Gives people a limit of their own that is no budget, or takes it away.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn set_own(
    tx: &mut AnyConnection,
    cap: Cap,
    amount: Option<Amount>,
    people: &[i64],
) -> Result<()> {
    let mut sql = match amount {
        Some(amount) => {
            let mut sql = Sql::new(
                "INSERT INTO limit_values (level, subject, metric, span, amount) SELECT 3, id, ",
            );
            sql.bind(cap.metric.word()).push(", ").bind(cap.span.word());
            sql.push(", ").bind(amount.code()).push(" FROM users WHERE id IN ");
            sql
        }
        None => {
            let mut sql = Sql::new("DELETE FROM limit_values WHERE level = 3 AND metric = ");
            sql.bind(cap.metric.word()).push(" AND span = ").bind(cap.span.word());
            sql.push(" AND subject IN ");
            sql
        }
    };
    sql.push(packed::IDS.0).bind(packed::ids(people)?.as_str()).push(packed::IDS.1);
    if amount.is_some() {
        sql.push(
            " ON CONFLICT (level, subject, metric, span) DO UPDATE SET amount = excluded.amount",
        );
    }
    sql.query().execute(tx).await?;
    Ok(())
}

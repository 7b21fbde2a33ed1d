//! The numbers of people and groups. None is given twice, not even where whoever had it is gone for good:
//! what still names it, such as a plan or the audit log, would be about somebody else.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::Result;

/// What has such numbers.
#[derive(Clone, Copy)]
pub(crate) enum Numbered {
    Users,
    Groups,
}

/// The lowest number that nobody has or had, nor anybody with a higher one. The caller holds the write lock.
pub(crate) async fn next(tx: &mut AnyConnection, numbered: Numbered) -> Result<i64> {
    let table = match numbered {
        Numbered::Users => "users",
        Numbered::Groups => "groups",
    };
    let sql = format!(
        "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM (
             SELECT MAX(id) AS number FROM {table}
             UNION ALL SELECT number FROM last_numbers WHERE kind = '{table}'
         ) AS numbers"
    );
    Ok(sqlx::query(AssertSqlSafe(sql)).fetch_one(tx).await?.try_get("next")?)
}

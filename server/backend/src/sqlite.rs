//! What only SQLite speaks, beside the pragmas of `db` and the search of `users`: taking the indexes
//! and triggers of people and their groups down for a mass of new rows and putting them up again.
//!
//! The rest of the SQL keeps to what PostgreSQL speaks too. A further SQLite-only statement that
//! writes goes here.

use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Row};

use crate::Result;
use crate::db::Database;

/// More pages in memory while the table is filled, but sorting in files: the sorted entries of an
/// index need as much room as the index.
const FOR_A_MASS: &str = "PRAGMA cache_size = -65536; PRAGMA temp_store = FILE";
/// What `db` sets for every connection.
const AS_USUAL: &str = "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY";

/// The indexes and triggers of `users` and `group_members`, taken down: without them a row costs a tenth.
///
/// All of it happens in the caller's transaction, so that whatever goes wrong, a power cut
/// included, leaves them standing.
pub(crate) struct TakenDown(Vec<Part>);

struct Part {
    is_index: bool,
    sql: String,
}

/// Makes the writing connection ready for a mass of rows. To be called before the transaction;
/// [`settle`] takes it back.
pub(crate) async fn prepare(db: &Database) -> Result<()> {
    Ok(prepare_writer(db.write()).await?)
}

/// The same, for the pool of the writing connection.
pub(crate) async fn prepare_writer(pool: &AnyPool) -> sqlx::Result<()> {
    sqlx::raw_sql(FOR_A_MASS).execute(pool).await.map(|_| ())
}

/// Drops these indexes and triggers, remembering the SQL that made them.
pub(crate) async fn take_down(tx: &mut AnyConnection) -> Result<TakenDown> {
    let rows = sqlx::query(
        "SELECT type, name, sql FROM sqlite_master
         WHERE tbl_name IN ('users', 'group_members') AND type IN ('index', 'trigger') AND sql IS NOT NULL
         ORDER BY rowid",
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut parts = Vec::with_capacity(rows.len());
    for row in rows {
        let (kind, name): (String, String) = (row.try_get("type")?, row.try_get("name")?);
        let drop = format!("DROP {kind} \"{}\"", name.replace('"', "\"\""));
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut *tx).await?;
        parts.push(Part { is_index: kind == "index", sql: row.try_get("sql")? });
    }
    Ok(TakenDown(parts))
}

impl TakenDown {
    /// Puts everything up again and fills the full-text index. The counters are the caller's.
    pub async fn put_up(self, tx: &mut AnyConnection) -> Result<()> {
        let (indexes, triggers): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|p| p.is_index);
        for index in indexes {
            sqlx::raw_sql(AssertSqlSafe(index.sql)).execute(&mut *tx).await?;
        }
        sqlx::raw_sql("INSERT INTO users_search (users_search) VALUES ('rebuild')")
            .execute(&mut *tx)
            .await?;
        for trigger in triggers {
            sqlx::raw_sql(AssertSqlSafe(trigger.sql)).execute(&mut *tx).await?;
        }
        Ok(())
    }
}

/// After a mass of rows was committed or given up: the usual memory again, and the write-ahead
/// log folded into the file, or it would stay as large as the mass.
pub(crate) async fn settle(db: &Database) -> Result<()> {
    Ok(settle_writer(db.write()).await?)
}

/// The same, for the pool of the writing connection.
pub(crate) async fn settle_writer(pool: &AnyPool) -> sqlx::Result<()> {
    sqlx::raw_sql(AS_USUAL).execute(pool).await?;
    fold_log(pool).await
}

/// Folds the write-ahead log into the file, as far as those who are reading let it. It takes a
/// moment in which nobody reads; who wants to write waits for that, so it is given up soon.
pub(crate) async fn fold_log(pool: &AnyPool) -> sqlx::Result<()> {
    const FOLD: &str = "PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE);
        PRAGMA busy_timeout = 5000";
    sqlx::raw_sql(FOLD).execute(pool).await.map(|_| ())
}

/// A number that is another one for this connection once any other has written anything.
pub(crate) async fn data_version(connection: &mut AnyConnection) -> Result<i64> {
    Ok(sqlx::query("PRAGMA data_version").fetch_one(connection).await?.try_get(0)?)
}

/// `(?, ?), (?, ?)`: so many rows of so many values. Numbered parameters would be looked up by
/// name in a list, which takes longer than storing the values.
pub(crate) fn value_rows(rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(","));
    vec![row; rows].join(",")
}

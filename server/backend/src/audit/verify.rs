//! Checking the audit log, from its first entry to the seal of its head.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::chain::{Entry, is_ours};
use super::parts::Tally;
use crate::db::reader;
use crate::{Backend, Result};

/// How many entries are read at a time.
const BATCH: i64 = 5_000;

/// What checking the log came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written; so many there are.
    Intact(i64),
    /// The log was tampered with at this entry, in this way.
    Broken(i64, &'static str),
}

/// Checks the whole chain and the seal of its head.
///
/// # Errors
/// Where the database fails.
pub async fn verify(backend: &Backend) -> Result<Verdict> {
    let mut connection = reader(backend.db().path()).await?;
    verify_on(backend, &mut connection).await
}

/// Checks what a connection sees of the log, what it has not committed included.
///
/// # Errors
/// Where the database fails.
pub async fn verify_on(backend: &Backend, connection: &mut AnyConnection) -> Result<Verdict> {
    walk(backend, connection, |_| ()).await
}

/// Checks the log, saying up to which entry it was looked at. No transaction is held: where the log
/// ends is read first, and entries that are written meanwhile lie behind that.
pub(super) async fn walk(
    backend: &Backend,
    connection: &mut AnyConnection,
    progress: impl FnMut(i64),
) -> Result<Verdict> {
    let end = sqlx::query(
        "SELECT (SELECT COALESCE(MAX(id), 0) FROM audit_log) AS last, head.id, head.hash, head.seal
         FROM (SELECT 1 AS one) AS here LEFT JOIN audit_head AS head ON head.one = here.one",
    )
    .fetch_one(&mut *connection)
    .await?;
    let mut tally = Tally::default();
    let (last, hash) = match chain(connection, end.try_get("last")?, &mut tally, progress).await? {
        Ok(end) => end,
        Err(broken) => return Ok(broken),
    };
    match tally.differs(connection, last).await? {
        Some(entry) => Ok(Verdict::Broken(entry, "the line that stands for its part was changed")),
        None => Ok(head(backend, &end, last, &hash)),
    }
}

/// The number and the hash of the last entry of an unbroken chain.
async fn chain(
    connection: &mut AnyConnection,
    end: i64,
    tally: &mut Tally,
    mut progress: impl FnMut(i64),
) -> Result<std::result::Result<(i64, Vec<u8>), Verdict>> {
    let mut last = 0;
    let mut previous = Vec::new();
    // From the lowest number on, or an entry could be slipped in below the first.
    let mut from = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT id, at, actor_id, action, target_id, actor, address, details, part, salt, who_salt,
                    who_hash, details_hash, values_hash, hash
             FROM audit_log WHERE id >= $1 AND id <= $2 ORDER BY id LIMIT $3",
        )
        .bind(from)
        .bind(end)
        .bind(BATCH)
        .fetch_all(&mut *connection)
        .await?;
        let done = (rows.len() as i64) < BATCH;
        for row in rows {
            match follows(&row, last, &previous) {
                Ok(entry) => {
                    tally.add(&entry);
                    (last, previous) = (entry.id, entry.hash);
                }
                Err(broken) => return Ok(Err(broken)),
            }
        }
        if done {
            return Ok(Ok((last, previous)));
        }
        progress(last);
        from = last + 1;
    }
}

/// The entry of a row, where it follows from the one before it.
fn follows(row: &AnyRow, last: i64, previous: &[u8]) -> std::result::Result<Entry, Verdict> {
    let Ok(id) = row.try_get::<i64, _>("id") else {
        return Err(Verdict::Broken(last + 1, "its number is none"));
    };
    if id <= last {
        return Err(Verdict::Broken(id, "the entry was added"));
    }
    if id != last + 1 {
        return Err(Verdict::Broken(last + 1, "the entry is missing"));
    }
    // SQLite keeps a value of any kind in any column.
    let entry = Entry::read(row).map_err(|_| Verdict::Broken(id, "its values were changed"))?;
    if !entry.holds() {
        return Err(Verdict::Broken(id, "its values were changed"));
    }
    if entry.hash_after(previous) != entry.hash {
        return Err(Verdict::Broken(id, "it does not follow from the one before"));
    }
    Ok(entry)
}

/// Whether the sealed head is the end of the chain.
fn head(backend: &Backend, found: &AnyRow, last: i64, hash: &[u8]) -> Verdict {
    let bytes = |column: &str| found.try_get::<Vec<u8>, _>(column);
    let (id, sealed_hash, seal) =
        match (found.try_get::<Option<i64>, _>("id"), bytes("hash"), bytes("seal")) {
            (Ok(Some(id)), Ok(hash), Ok(seal)) => (id, hash, seal),
            (Ok(None), ..) => {
                return Verdict::Broken(last, "the seal of the log's head is missing");
            }
            _ => return Verdict::Broken(last, "the log's head was changed"),
        };
    if !is_ours(backend, id, &sealed_hash, &seal) {
        return Verdict::Broken(id, "the seal of the log's head is not ours");
    }
    if id != last || sealed_hash != hash {
        let first = id.min(last) + i64::from(id != last);
        return Verdict::Broken(first, "the end of the log was cut off or added to");
    }
    Verdict::Intact(last)
}

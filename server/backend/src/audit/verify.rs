//! Checking the audit log, from its first entry to the seal of its head.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

use super::chain::{Entry, is_ours};
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
    let mut connection = backend.db().read().acquire().await?;
    verify_on(backend, &mut connection).await
}

/// Checks what a connection sees of the log, what it has not committed included.
///
/// # Errors
/// Where the database fails.
pub async fn verify_on(backend: &Backend, connection: &mut AnyConnection) -> Result<Verdict> {
    // One snapshot, so that entries written meanwhile are not taken for tampering.
    let mut tx = connection.begin().await?;
    match chain(&mut tx).await? {
        Ok((last, hash)) => head(backend, &mut tx, last, &hash).await,
        Err(broken) => Ok(broken),
    }
}

/// The number and the hash of the last entry of an unbroken chain.
async fn chain(tx: &mut AnyConnection) -> Result<std::result::Result<(i64, Vec<u8>), Verdict>> {
    let mut last = 0;
    let mut previous = Vec::new();
    // From the lowest number on, or an entry could be slipped in below the first.
    let mut from = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT id, at, actor_id, action, target_id, actor, address, details, salt, who_salt,
                    who_hash, details_hash, values_hash, hash
             FROM audit_log WHERE id >= $1 ORDER BY id LIMIT $2",
        )
        .bind(from)
        .bind(BATCH)
        .fetch_all(&mut *tx)
        .await?;
        let done = (rows.len() as i64) < BATCH;
        for row in rows {
            match follows(&row, last, &previous) {
                Ok(entry) => (last, previous) = (entry.id, entry.hash),
                Err(broken) => return Ok(Err(broken)),
            }
        }
        if done {
            return Ok(Ok((last, previous)));
        }
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
async fn head(
    backend: &Backend,
    tx: &mut AnyConnection,
    last: i64,
    hash: &[u8],
) -> Result<Verdict> {
    let found =
        sqlx::query("SELECT id, hash, seal FROM audit_head").fetch_optional(&mut *tx).await?;
    let Some(found) = found else {
        return Ok(Verdict::Broken(last, "the seal of the log's head is missing"));
    };
    let read = |row: &AnyRow| -> sqlx::Result<(i64, Vec<u8>, Vec<u8>)> {
        Ok((row.try_get("id")?, row.try_get("hash")?, row.try_get("seal")?))
    };
    let Ok((id, sealed_hash, seal)) = read(&found) else {
        return Ok(Verdict::Broken(last, "the log's head was changed"));
    };
    if !is_ours(backend, id, &sealed_hash, &seal) {
        return Ok(Verdict::Broken(id, "the seal of the log's head is not ours"));
    }
    if id != last || sealed_hash != hash {
        let first = id.min(last) + i64::from(id != last);
        return Ok(Verdict::Broken(first, "the end of the log was cut off or added to"));
    }
    Ok(Verdict::Intact(last))
}

//! The audit log: one entry for each change, written in the change's own transaction, chained by
//! hash and sealed at its head.

use model::users::HistoryEntry;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::access::Actor;
use crate::clock::Zone;
use crate::{Backend, Failure, Result};

/// Declares the events with the words that the log keeps.
macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $word:literal;)+) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $($(#[$meta])* $name,)+ }

        impl Action {
            /// The word that the log keeps.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

actions! {
    /// The first administrator was made.
    SetUp = "installation.set_up";
    /// An administrator was made on the command line.
    AdminCreated = "user.created";
    /// Someone signed in.
    SignedIn = "session.signed_in";
    /// Someone signed out.
    SignedOut = "session.signed_out";
    /// An attempt to sign in failed.
    SignInFailed = "session.sign_in_failed";
    /// People were imported.
    Imported = "users.imported";
    /// An import began, or went on after a failure.
    ImportStarted = "import.started";
    /// An import came to its end.
    ImportEnded = "import.ended";
    /// Demo people were made.
    DemoFilled = "users.demo_filled";
    /// A view was saved, changed or deleted.
    ViewSaved = "view.saved";
    /// A view was changed.
    ViewUpdated = "view.updated";
    /// A view was deleted.
    ViewDeleted = "view.deleted";
    /// A list of people was pasted.
    ListPasted = "list.pasted";
}

/// Writes one entry. Call it in the transaction of what it records.
///
/// `target` is the person it is about, or 0.
///
/// # Errors
/// Where the database fails.
pub async fn record(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    action: Action,
    target: i64,
    details: &Value,
) -> Result<()> {
    let end = End::of(backend, tx).await?;
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| Failure::Fault(error.to_string()))?;
    let entry = Entry {
        id: end.id + 1,
        at: backend.now(),
        actor_id: actor.id,
        action: action.word().to_owned(),
        target_id: target,
        actor: actor.name.clone(),
        address: actor.address.clone(),
        details: details.to_string(),
        salt: salt.to_vec(),
        values_hash: Vec::new(),
    };
    let values_hash = entry.hash_values();
    let entry = Entry { values_hash, ..entry };
    let hash = entry.hash_after(&end.hash);
    sqlx::query(
        "INSERT INTO audit_log
           (id, at, actor_id, action, target_id, actor, address, details, salt, values_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(entry.id)
    .bind(entry.at)
    .bind(entry.actor_id)
    .bind(&entry.action)
    .bind(entry.target_id)
    .bind(&entry.actor)
    .bind(&entry.address)
    .bind(&entry.details)
    .bind(&entry.salt)
    .bind(&entry.values_hash)
    .bind(&hash)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO audit_head (one, id, hash, seal) VALUES (1, $1, $2, $3)
         ON CONFLICT (one) DO UPDATE SET id = excluded.id, hash = excluded.hash, seal = excluded.seal",
    )
    .bind(entry.id)
    .bind(&hash)
    .bind(if end.is_sound { seal(backend, entry.id, &hash) } else { Vec::new() })
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Where the log ends, and whether that is where we left it. A seal that was broken stays broken:
/// what is written next must not make the log look whole again.
struct End {
    id: i64,
    hash: Vec<u8>,
    is_sound: bool,
}

impl End {
    async fn of(backend: &Backend, tx: &mut AnyConnection) -> Result<Self> {
        let head =
            sqlx::query("SELECT id, hash, seal FROM audit_head").fetch_optional(&mut *tx).await?;
        let last = sqlx::query("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
            .fetch_optional(&mut *tx)
            .await?;
        let (last_id, last_hash): (i64, Vec<u8>) = match &last {
            Some(row) => (row.try_get("id")?, row.try_get("hash")?),
            None => (0, Vec::new()),
        };
        let Some(head) = head else {
            return Ok(Self { id: last_id, hash: last_hash, is_sound: last.is_none() });
        };
        let (id, hash, sealed): (i64, Vec<u8>, Vec<u8>) =
            (head.try_get("id")?, head.try_get("hash")?, head.try_get("seal")?);
        let is_sound = id == last_id && hash == last_hash && is_ours(backend, id, &hash, &sealed);
        Ok(Self { id: id.max(last_id), hash, is_sound })
    }
}

fn is_ours(backend: &Backend, id: i64, hash: &[u8], sealed: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(&seal(backend, id, hash)[..], sealed).into()
}

fn seal(backend: &Backend, id: i64, hash: &[u8]) -> Vec<u8> {
    backend.key().seal("audit head", &[&id.to_be_bytes(), hash])
}

struct Entry {
    id: i64,
    at: i64,
    actor_id: i64,
    action: String,
    target_id: i64,
    actor: String,
    address: String,
    details: String,
    salt: Vec<u8>,
    values_hash: Vec<u8>,
}

impl Entry {
    fn hash_values(&self) -> Vec<u8> {
        digest(&[
            &self.salt,
            self.actor.as_bytes(),
            self.address.as_bytes(),
            self.details.as_bytes(),
        ])
    }

    fn hash_after(&self, previous: &[u8]) -> Vec<u8> {
        digest(&[
            previous,
            &self.id.to_be_bytes(),
            &self.at.to_be_bytes(),
            &self.actor_id.to_be_bytes(),
            self.action.as_bytes(),
            &self.target_id.to_be_bytes(),
            &self.values_hash,
        ])
    }

    /// Whether the personal values were taken out, which the chain survives.
    const fn is_blanked(&self) -> bool {
        self.salt.is_empty()
            && self.actor.is_empty()
            && self.address.is_empty()
            && self.details.is_empty()
    }
}

/// SHA-256 over parts, each with its length before it so that no two lists of parts are alike.
fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

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
    const BATCH: i64 = 5_000;
    let mut connection = backend.db().read().acquire().await?;
    // One snapshot, so that entries written meanwhile are not taken for tampering.
    let mut tx = sqlx::Connection::begin(&mut *connection).await?;
    let mut last = 0;
    let mut previous = Vec::new();
    // From below the first number on, or an entry could be slipped in there.
    let mut after = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT id, at, actor_id, action, target_id, actor, address, details, salt, values_hash, hash
             FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *tx)
        .await?;
        let done = (rows.len() as i64) < BATCH;
        for row in rows {
            let entry = Entry {
                id: row.try_get("id")?,
                at: row.try_get("at")?,
                actor_id: row.try_get("actor_id")?,
                action: row.try_get("action")?,
                target_id: row.try_get("target_id")?,
                actor: row.try_get("actor")?,
                address: row.try_get("address")?,
                details: row.try_get("details")?,
                salt: row.try_get("salt")?,
                values_hash: row.try_get("values_hash")?,
            };
            let hash: Vec<u8> = row.try_get("hash")?;
            if entry.id <= last {
                return Ok(Verdict::Broken(entry.id, "the entry was added"));
            }
            if entry.id != last + 1 {
                return Ok(Verdict::Broken(last + 1, "the entry is missing"));
            }
            if !entry.is_blanked() && entry.hash_values() != entry.values_hash {
                return Ok(Verdict::Broken(entry.id, "its values were changed"));
            }
            if entry.hash_after(&previous) != hash {
                return Ok(Verdict::Broken(entry.id, "it does not follow from the one before"));
            }
            last = entry.id;
            after = last;
            previous = hash;
        }
        if done {
            break;
        }
    }
    let head =
        sqlx::query("SELECT id, hash, seal FROM audit_head").fetch_optional(&mut *tx).await?;
    let Some(head) = head else {
        return Ok(match last {
            0 => Verdict::Intact(0),
            _ => Verdict::Broken(last, "the seal of the log's head is missing"),
        });
    };
    let (id, hash, sealed): (i64, Vec<u8>, Vec<u8>) =
        (head.try_get("id")?, head.try_get("hash")?, head.try_get("seal")?);
    if !is_ours(backend, id, &hash, &sealed) {
        return Ok(Verdict::Broken(id, "the seal of the log's head is not ours"));
    }
    if id != last || hash != previous {
        let first = id.min(last) + i64::from(id != last);
        return Ok(Verdict::Broken(first, "the end of the log was cut off or added to"));
    }
    Ok(Verdict::Intact(last))
}

/// The newest entries about one person.
pub(crate) async fn history(
    connection: &mut AnyConnection,
    zone: Zone,
    person: i64,
) -> Result<Vec<HistoryEntry>> {
    let rows = sqlx::query(
        "SELECT at, actor, action FROM audit_log WHERE target_id = $1 ORDER BY id DESC LIMIT 20",
    )
    .bind(person)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(HistoryEntry {
                at: zone.wall(row.try_get("at")?),
                actor: row.try_get("actor")?,
                action: row.try_get("action")?,
            })
        })
        .collect()
}

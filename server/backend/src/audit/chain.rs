//! What ties the entries of the audit log together: each holds a hash over itself and the one
//! before, and the newest is sealed with the key file.

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::{Backend, Result};

/// Where the log ends, and whether that is where we left it. A seal that was broken stays broken:
/// what is written next must not make the log look whole again.
pub struct End {
    /// The number of the last entry; 0 before the first.
    pub id: i64,
    hash: Vec<u8>,
    is_sound: bool,
}

impl End {
    /// Where the log of an installation ends that has none yet.
    const fn of_nothing() -> Self {
        Self { id: 0, hash: Vec::new(), is_sound: true }
    }

    pub async fn of(backend: &Backend, tx: &mut AnyConnection) -> Result<Self> {
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
            return Ok(Self { id: last_id, hash: last_hash, is_sound: false });
        };
        let (id, hash, sealed): (i64, Vec<u8>, Vec<u8>) =
            (head.try_get("id")?, head.try_get("hash")?, head.try_get("seal")?);
        let is_sound = id == last_id && hash == last_hash && is_ours(backend, id, &hash, &sealed);
        Ok(Self { id: id.max(last_id), hash, is_sound })
    }

    /// The log ends with this entry from now on, which gets its hashes.
    pub fn go_on(&mut self, entry: Entry) -> Entry {
        let (who_hash, details_hash) = (entry.hash_who(), entry.hash_details());
        let values_hash = digest(&[&who_hash, &details_hash]);
        let entry = Entry { who_hash, details_hash, values_hash, ..entry };
        self.id = entry.id;
        self.hash = entry.hash_after(&self.hash);
        Entry { hash: self.hash.clone(), ..entry }
    }

    /// Seals the end, where it was sound when we came to it.
    pub async fn seal(self, backend: &Backend, tx: &mut AnyConnection) -> Result<()> {
        let seal = if self.is_sound { seal(backend, self.id, &self.hash) } else { Vec::new() };
        sqlx::query(
            "INSERT INTO audit_head (one, id, hash, seal) VALUES (1, $1, $2, $3)
             ON CONFLICT (one) DO UPDATE SET id = excluded.id, hash = excluded.hash, seal = excluded.seal",
        )
        .bind(self.id)
        .bind(self.hash)
        .bind(seal)
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// Seals the empty log of a new installation, so that one that was emptied later is not taken for
/// it.
///
/// # Errors
/// Where the database fails.
pub async fn begin(backend: &Backend) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let begun = sqlx::query(
        "SELECT 1 FROM audit_head UNION ALL SELECT 1 FROM audit_log UNION ALL SELECT 1 FROM users LIMIT 1",
    );
    if begun.fetch_optional(&mut *tx).await?.is_some() {
        return Ok(());
    }
    End::of_nothing().seal(backend, &mut tx).await?;
    Ok(tx.commit().await?)
}

/// Whether a seal was made with our key.
pub fn is_ours(backend: &Backend, id: i64, hash: &[u8], sealed: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(&seal(backend, id, hash)[..], sealed).into()
}

fn seal(backend: &Backend, id: i64, hash: &[u8]) -> Vec<u8> {
    backend.key().seal("audit head", &[&id.to_be_bytes(), hash])
}

/// An entry as it is stored.
#[derive(Default)]
pub struct Entry {
    pub id: i64,
    pub at: i64,
    pub actor_id: i64,
    pub action: String,
    pub target_id: i64,
    pub actor: String,
    pub address: String,
    pub details: String,
    /// What it is a part of; empty where it stands alone.
    pub part: String,
    /// Of the details.
    pub salt: Vec<u8>,
    pub who_salt: Vec<u8>,
    /// Empty in entries from before who and what were hashed apart.
    pub who_hash: Vec<u8>,
    pub details_hash: Vec<u8>,
    pub values_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

impl Entry {
    /// Reads a row; fails where somebody put values of other kinds into it.
    pub fn read(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            at: row.try_get("at")?,
            actor_id: row.try_get("actor_id")?,
            action: row.try_get("action")?,
            target_id: row.try_get("target_id")?,
            actor: row.try_get("actor")?,
            address: row.try_get("address")?,
            details: row.try_get("details")?,
            part: row.try_get("part")?,
            salt: row.try_get("salt")?,
            who_salt: row.try_get("who_salt")?,
            who_hash: row.try_get("who_hash")?,
            details_hash: row.try_get("details_hash")?,
            values_hash: row.try_get("values_hash")?,
            hash: row.try_get("hash")?,
        })
    }

    /// Whether the personal values are those that were written, or were taken out.
    pub fn holds(&self) -> bool {
        if self.who_hash.is_empty() {
            return self.is_blanked() || self.hash_together() == self.values_hash;
        }
        (self.is_who_blanked() || self.hash_who() == self.who_hash)
            && (self.are_details_blanked() || self.hash_details() == self.details_hash)
            && digest(&[&self.who_hash, &self.details_hash]) == self.values_hash
    }

    /// What stands for who did it.
    fn hash_who(&self) -> Vec<u8> {
        digest(&[&self.who_salt, self.actor.as_bytes(), self.address.as_bytes()])
    }

    /// What stands for what was done.
    fn hash_details(&self) -> Vec<u8> {
        digest(&[&self.salt, self.details.as_bytes()])
    }

    /// What stood for both before they were hashed apart.
    fn hash_together(&self) -> Vec<u8> {
        digest(&[
            &self.salt,
            self.actor.as_bytes(),
            self.address.as_bytes(),
            self.details.as_bytes(),
        ])
    }

    /// Its hash, after the entry of another one.
    pub fn hash_after(&self, previous: &[u8]) -> Vec<u8> {
        let (id, at) = (self.id.to_be_bytes(), self.at.to_be_bytes());
        let (actor, target) = (self.actor_id.to_be_bytes(), self.target_id.to_be_bytes());
        let mut parts: Vec<&[u8]> =
            vec![previous, &id, &at, &actor, self.action.as_bytes(), &target, &self.values_hash];
        // Entries from before there were parts have none in their hash either.
        if !self.part.is_empty() {
            parts.push(self.part.as_bytes());
        }
        digest(&parts)
    }

    const fn is_blanked(&self) -> bool {
        self.is_who_blanked() && self.are_details_blanked()
    }

    const fn is_who_blanked(&self) -> bool {
        self.actor.is_empty() && self.address.is_empty() && self.who_salt.is_empty()
    }

    const fn are_details_blanked(&self) -> bool {
        self.details.is_empty() && self.salt.is_empty()
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

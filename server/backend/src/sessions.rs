//! Sessions: who is signed in. A browser keeps a random token, the database its hash, and each
//! request reads the person's status and role afresh.
//!
//! [`sign_in`] begins one, [`caller`] says whose it is, [`sign_out`] ends it. Holds nothing about
//! cookies, which are the server's. `users.sessions` counts the rows here that have not expired;
//! whatever adds or removes one calls `sql::recount` in the same transaction.

mod attempts;
mod sign_in;
mod sql;
mod token;

pub use attempts::Attempts;
pub(crate) use sign_in::let_in;
pub use sign_in::{SignIn, SignedIn, sign_in};
pub(crate) use sql::end_all;

use model::session::Caller;
use serde_json::json;

use crate::audit::{self, Action};
use crate::clock::DAY;
use crate::kept::Until;
use crate::{Actor, Backend, Result};

/// A session that is not used for so long ends.
pub const IDLE: i64 = 14 * DAY;
/// A session ends after so long, however much it is used.
pub const LONGEST: i64 = 90 * DAY;

const MINUTE: i64 = 60_000;
/// How often the use of a session is noted.
const SEEN_EVERY: i64 = MINUTE;
/// How often it is noted on the person, which every open list learns of.
const ACTIVE_EVERY: i64 = 10 * MINUTE;
/// How many expired sessions one transaction clears away.
const PURGED_AT_ONCE: i64 = 500;

/// Where a request comes from, as the audit log and the list of sessions show it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The client's network address.
    pub address: String,
    /// What the browser says it is.
    pub device: String,
}

/// Whose session a request belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The person.
    pub caller: Caller,
    /// Whether nothing is open to them before they have chosen a new password.
    pub must_change_password: bool,
}

/// The person whose session a token is; `None` where it is no session's, or where its session or
/// its person may not go on.
///
/// # Errors
/// Where the database fails.
pub async fn caller(backend: &Backend, token: &str) -> Result<Option<Known>> {
    let Some(hash) = token::hash(token) else { return Ok(None) };
    let now = backend.now();
    let Some(session) = session(backend, &hash).await? else { return Ok(None) };
    if session.expires_at <= now || session.person.barred(now).is_some() {
        return Ok(None);
    }
    if now - session.last_seen_at >= SEEN_EVERY {
        note_use(backend, hash, session.created_at);
    }
    let must_change_password = session.person.must_change_password();
    Ok(Some(Known { caller: session.person.caller(), must_change_password }))
}

/// The session of a token's hash, with its person as they are now.
async fn session(backend: &Backend, hash: &[u8]) -> Result<Option<sql::Session>> {
    let (reader, owned) = (backend.clone(), hash.to_owned());
    let read = async move { sql::session(reader.db().read(), &owned).await };
    backend.kept().get(Until::DataChanges, format!("session {}", hex::encode(hash)), read).await
}

/// 256 random bits, in letters that a cookie and a link can carry.
pub(crate) fn random_token() -> Result<String> {
    token::new()
}

/// Notes that a session is in use, beside the request: whoever reads should not wait for whoever
/// writes, and while one note waits the next ones are not needed.
fn note_use(backend: &Backend, hash: Vec<u8>, created_at: i64) {
    static NOTING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);
    let Ok(permit) = NOTING.try_acquire() else { return };
    let backend = backend.clone();
    tokio::spawn(async move {
        let _permit = permit;
        if let Err(error) = used(&backend, &hash, created_at).await {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    });
}

async fn used(backend: &Backend, hash: &[u8], created_at: i64) -> Result<()> {
    let now = backend.now();
    let mut tx = backend.db().begin().await?;
    let expires_at = (now + IDLE).min(created_at + LONGEST);
    sql::seen(&mut tx, hash, now, now - SEEN_EVERY, expires_at).await?;
    sql::active(&mut tx, hash, now, now - ACTIVE_EVERY).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a session, where the token is one's.
///
/// # Errors
/// Where the database fails.
pub async fn sign_out(backend: &Backend, token: &str, source: &Source) -> Result<()> {
    let Some(hash) = token::hash(token) else { return Ok(()) };
    let mut tx = backend.db().begin().await?;
    if let Some(person) = sql::delete(&mut tx, &hash, backend.now()).await? {
        let actor = Actor::new(person.id, person.name(), &source.address);
        let details = json!({ "device": source.device });
        audit::record(backend, &mut tx, &actor, Action::SignedOut, actor.id, &details).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Clears away sessions that have expired, and returns how many.
///
/// # Errors
/// Where the database fails.
pub async fn purge(backend: &Backend) -> Result<u64> {
    let mut all = 0;
    loop {
        let mut tx = backend.db().begin().await?;
        let some = sql::purge(&mut tx, backend.now(), PURGED_AT_ONCE).await?;
        tx.commit().await?;
        all += some;
        if some < PURGED_AT_ONCE as u64 {
            return Ok(all);
        }
    }
}

//! Signing in with a username or e-mail address and a password. Whoever fails learns nothing of
//! why, neither from the answer nor from the time that it takes; the audit log does.

use model::Problem;
use model::session::Caller;
use model::url::shorten;
use serde_json::json;
use sqlx::AnyConnection;

use super::{IDLE, LONGEST, Source, sql, token};
use crate::audit::{self, Action};
use crate::users::fold::email_key;
use crate::{Actor, Backend, Result, passwords};

/// How many expired sessions a sign-in clears away.
const PURGED: i64 = 20;
/// How much of a typed name the audit log keeps.
const LOGIN_KEPT: usize = 100;

/// An attempt to sign in.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// Username or e-mail address, as typed.
    pub login: &'a str,
    /// The password, as typed.
    pub password: &'a str,
    /// The token that the browser has already; its session ends where the attempt succeeds.
    pub replaces: Option<&'a str>,
}

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// What the browser is to keep.
    pub token: String,
    /// When the session ends at the latest.
    pub ends_at: i64,
    /// Whose it is.
    pub caller: Caller,
}

/// Begins a session.
///
/// # Errors
/// [`Problem::WrongCredentials`] for whatever reason, [`Problem::TooMany`] after too many of them.
pub async fn sign_in(backend: &Backend, attempt: SignIn<'_>, source: &Source) -> Result<SignedIn> {
    let login = fold(attempt.login);
    backend.attempts().count(&login, &source.address, backend.now()).map_err(Problem::TooMany)?;
    let found = sql::person(backend.db().read(), &login).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.as_str()).filter(|hash| !hash.is_empty());
    let right = passwords::verify(attempt.password, hash).await?;
    let refused = match &found {
        None => Err((0, "unknown")),
        Some((person, _)) if hash.is_none() => Err((person.id, "no password")),
        Some((person, _)) if !right => Err((person.id, "wrong password")),
        Some((person, hash)) => Ok((person.id, hash.as_str())),
    };
    let begun = match refused {
        Ok((id, hash)) => begin(backend, id, hash, attempt.replaces, source).await?,
        Err(refused) => Err(refused),
    };
    match begun {
        Ok(signed_in) => {
            backend.attempts().forgive(&login, &source.address);
            Ok(signed_in)
        }
        Err((person, reason)) => {
            record_failure(backend, person, reason, attempt.login, source).await?;
            Err(Problem::WrongCredentials.into())
        }
    }
}

/// Begins the session of someone whose password was right, unless they may not sign in.
async fn begin(
    backend: &Backend,
    id: i64,
    password_hash: &str,
    replaces: Option<&str>,
    source: &Source,
) -> Result<std::result::Result<SignedIn, (i64, &'static str)>> {
    let now = backend.now();
    let mut tx = backend.db().begin().await?;
    // Read again: verifying took a while, in which they may have been suspended.
    let Some(person) = sql::person_again(&mut tx, id, password_hash).await? else {
        return Ok(Err((id, "password changed meanwhile")));
    };
    if let Some(reason) = person.barred(now) {
        return Ok(Err((id, reason)));
    }
    let signed_in = enter(backend, &mut tx, &person, replaces, source).await?;
    tx.commit().await?;
    Ok(Ok(signed_in))
}

/// Begins the session of a person who may come in, in the transaction that lets them; `None` where
/// they may not.
pub(crate) async fn let_in(
    backend: &Backend,
    tx: &mut AnyConnection,
    id: i64,
    source: &Source,
) -> Result<Option<SignedIn>> {
    match sql::person_of(tx, id).await? {
        Some(person) if person.barred(backend.now()).is_none() => {
            enter(backend, tx, &person, None, source).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// Begins a session.
async fn enter(
    backend: &Backend,
    tx: &mut AnyConnection,
    person: &sql::Person,
    replaces: Option<&str>,
    source: &Source,
) -> Result<SignedIn> {
    let now = backend.now();
    let id = person.id;
    sql::purge(&mut *tx, now, PURGED).await?;
    let replaced = match replaces.and_then(token::hash) {
        Some(hash) => sql::delete(&mut *tx, &hash, now).await?,
        None => None,
    };
    let token = token::new()?;
    let hash = token::hash(&token).unwrap_or_default();
    sql::insert(&mut *tx, &hash, id, (now, now + IDLE), (&source.address, &source.device)).await?;
    let actor = Actor::new(id, person.name(), &source.address);
    let details = match replaced {
        Some(other) => json!({ "device": source.device, "ended_session_of": other.id }),
        None => json!({ "device": source.device }),
    };
    audit::record(backend, tx, &actor, Action::SignedIn, id, &details).await?;
    Ok(SignedIn { token, ends_at: now + LONGEST, caller: person.caller() })
}

async fn record_failure(
    backend: &Backend,
    person: i64,
    reason: &str,
    login: &str,
    source: &Source,
) -> Result<()> {
    let login = shorten(login.trim(), LOGIN_KEPT);
    let actor = Actor::new(0, &login, &source.address);
    let details = json!({ "login": login, "reason": reason, "device": source.device });
    let mut tx = backend.db().begin().await?;
    audit::record(backend, &mut tx, &actor, Action::SignInFailed, person, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// A typed name as the database keeps it for finding.
fn fold(login: &str) -> String {
    // Longer than any name or address: nobody's, and not worth folding.
    let login: String = login.trim().chars().take(400).collect();
    if login.contains('@') { email_key(&login) } else { login.to_lowercase() }
}

//! A link that lets its person set a new password, once.

use model::Problem;
use model::format::WallTime;
use model::people::Status;
use model::text::recovery::text;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::reset::{Account, read};
use super::store;
use crate::access::Admin;
use crate::audit::{self, Action};
use crate::clock::DAY;
use crate::invitations::guard::administrator;
use crate::links::{self, Link, Purpose, Standing};
use crate::newcomers::fields::{Checking, Who};
use crate::sessions::{self, SignedIn, Source};
use crate::settings::Settings;
use crate::users::shown_name;
use crate::{Actor, Backend, Failure, Result, outbox, passwords};

/// How long a link to set a new password works.
pub const LIFETIME: i64 = DAY;

/// What whoever opens a link finds.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Whose password it sets.
    pub name: String,
    /// Until when.
    pub until: WallTime,
    /// The fewest characters of the password.
    pub least: u32,
}

/// Sends somebody a link by mail.
///
/// # Errors
/// As [`super::account`], and [`Problem::Invalid`] for somebody without an address.
pub async fn mail_link(backend: &Backend, admin: &Admin, id: i64) -> Result<Account> {
    let mut tx = backend.db().begin().await?;
    let (account, link) = make(&mut tx, backend, admin, id).await?;
    if account.email.is_empty() {
        return Err(Problem::field("person", text().no_email).into());
    }
    outbox::queue(&mut tx, backend, Purpose::Recovery, &[(&link, &*account.email)]).await?;
    note(&mut tx, backend, admin, &account, "mail").await?;
    tx.commit().await?;
    Ok(account)
}

/// Makes a link for whoever carries it to the person, on the installation that people reach under
/// `base`.
///
/// # Errors
/// As [`super::account`].
pub async fn make_link(
    backend: &Backend,
    admin: &Admin,
    id: i64,
    base: &str,
) -> Result<(Account, String)> {
    let mut tx = backend.db().begin().await?;
    let (account, link) = make(&mut tx, backend, admin, id).await?;
    note(&mut tx, backend, admin, &account, "hand").await?;
    tx.commit().await?;
    Ok((account, link.address(backend, base)))
}

async fn make(
    tx: &mut AnyConnection,
    backend: &Backend,
    admin: &Admin,
    id: i64,
) -> Result<(Account, Link)> {
    administrator(tx, backend, admin.actor()).await?;
    let account = read(tx, id).await?;
    let people = [(id, crate::users::fold::email_key(&account.email))];
    let expires_at = backend.now() + LIFETIME;
    let made =
        links::make(tx, backend, admin.actor(), Purpose::Recovery, expires_at, &people).await?;
    let link = made.into_iter().next();
    Ok((account, link.ok_or_else(|| Failure::Fault("no link was made".to_owned()))?))
}

async fn note(
    tx: &mut AnyConnection,
    backend: &Backend,
    admin: &Admin,
    account: &Account,
    by: &str,
) -> Result<()> {
    let details = json!({ "by": by, "email": account.email });
    audit::record(backend, tx, admin.actor(), Action::RecoveryLinked, account.id, &details).await
}

/// Looks at a link, which changes nothing.
///
/// # Errors
/// [`Problem::Over`] for what is none of ours, or does nothing any more, [`Problem::TooMany`] after too many that were none.
pub async fn look(backend: &Backend, token: &str, source: &Source) -> Result<Looked> {
    let mut connection = backend.db().read().acquire().await?;
    let (link, name) = open(&mut connection, backend, token, source).await?;
    let least = Settings::read(&mut connection).await?.password_min_length;
    Ok(Looked { name, until: backend.zone().wall(link.expires_at), least })
}

/// The link of a token that works, and the name of its person.
async fn open(
    connection: &mut AnyConnection,
    backend: &Backend,
    token: &str,
    source: &Source,
) -> Result<(Link, String)> {
    let link = links::known(connection, backend, Purpose::Recovery, token, source).await?;
    if link.standing(backend.now()) != Standing::Open {
        return Err(links::over().into());
    }
    let row = sqlx::query(
        "SELECT display_name, username, email, email_key FROM users
         WHERE id = $1 AND status = $2 AND (expires_at = 0 OR expires_at > $3)",
    )
    .bind(link.user_id)
    .bind(Status::Active.code())
    .bind(backend.now())
    .fetch_optional(connection)
    .await?
    .ok_or_else(links::over)?;
    let text = |column: &str| row.try_get::<String, _>(column);
    // Where the address was changed since, whoever reads the old one stays outside.
    if text("email_key")? != link.email_key {
        return Err(links::over().into());
    }
    let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
    Ok((link, shown_name(&name, &username, &email).to_owned()))
}

/// Sets the password that a link lets its person set, ends all of their sessions, and signs them in.
///
/// # Errors
/// As [`look`], and [`Problem::Invalid`] for a password that does not keep to the rules, after which
/// the link still works.
pub async fn complete(
    backend: &Backend,
    token: &str,
    (password, again): (&str, &str),
    source: &Source,
) -> Result<SignedIn> {
    look(backend, token, source).await?;
    let settings = Settings::now(backend).await?;
    let today = backend.zone().date(backend.now());
    let mut checking = Checking::new(&settings, today, Who::Themselves);
    checking.password(password, Some(again));
    checking.done(())?;
    let hash = passwords::hash(password).await?;
    let mut tx = backend.db().begin().await?;
    let (link, name) = open(&mut tx, backend, token, source).await?;
    if !links::use_up(&mut tx, &link.id, backend.now()).await? {
        return Err(links::over().into());
    }
    let id = link.user_id;
    store(&mut tx, backend, id, &hash, false).await?;
    let ended = sessions::end_all(&mut tx, id, backend.now()).await?;
    let actor = Actor::new(id, name, &source.address);
    let details = json!({ "ended_sessions": ended });
    audit::record(backend, &mut tx, &actor, Action::Recovered, id, &details).await?;
    let signed_in = sessions::let_in(backend, &mut tx, id, source).await?;
    let signed_in = signed_in.ok_or_else(links::over)?;
    tx.commit().await?;
    Ok(signed_in)
}

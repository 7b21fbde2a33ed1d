//! Links that let one person in once: to accept an invitation, or to set a new password.
//!
//! What the database keeps of a link is not enough to use it: the second half of its token is an
//! HMAC by the key file over the first half and over what the link is for. So tokens are derived
//! whenever one is sent or shown, and stored nowhere. What a link does when it is used is
//! `invitations`' and `recovery`'s.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Problem;
use model::text::invitations::text;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use subtle::ConstantTimeEq;

use crate::clock::DAY;
use crate::sessions::Source;
use crate::sqlite::value_rows;
use crate::{Actor, Backend, Failure, Result, outbox};

/// How many rows one statement writes; what is left goes by smaller ones.
pub(crate) const STEPS: [usize; 3] = [100, 10, 1];
/// How long a link that no longer works can still be explained to whoever opens it.
const EXPLAINED_FOR: i64 = 90 * DAY;
/// The letters of the first half of a token: 16 bytes.
const ID_LETTERS: usize = 22;
/// The letters of the second half: 32 bytes.
const SEAL_LETTERS: usize = 43;

/// What attempts with links are counted under; no account has this name.
const ATTEMPT: &str = "(link)";

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To accept an invitation.
    Invitation,
    /// To set a new password.
    Recovery,
}

impl Purpose {
    pub(crate) const fn code(self) -> i64 {
        match self {
            Self::Invitation => 0,
            Self::Recovery => 1,
        }
    }

    pub(crate) const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Invitation),
            1 => Some(Self::Recovery),
            _ => None,
        }
    }

    /// The page that its links open.
    const fn path(self) -> &'static str {
        match self {
            Self::Invitation => "/invitation",
            Self::Recovery => "/recovery",
        }
    }
}

/// What the database keeps of a link.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub id: String,
    pub purpose: Purpose,
    pub user_id: i64,
    pub email_key: String,
    pub created_by: i64,
    pub expires_at: i64,
    used_at: i64,
    ended_at: i64,
}

/// Whether a link still does what it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    Open,
    /// It was used.
    Used,
    /// A newer one took its place, or it was withdrawn.
    Ended,
    /// Its time is over.
    Expired,
}

impl Link {
    fn read(row: &AnyRow) -> Result<Self> {
        let purpose = Purpose::from_code(row.try_get("purpose")?)
            .ok_or_else(|| Failure::Fault("a link has an unknown purpose".to_owned()))?;
        Ok(Self {
            id: row.try_get("id")?,
            purpose,
            user_id: row.try_get("user_id")?,
            email_key: row.try_get("email_key")?,
            created_by: row.try_get("created_by")?,
            expires_at: row.try_get("expires_at")?,
            used_at: row.try_get("used_at")?,
            ended_at: row.try_get("ended_at")?,
        })
    }

    /// Whether it can be used at a moment. The clock decides, no clean-up has to run first.
    pub(crate) const fn standing(&self, now: i64) -> Standing {
        if self.used_at != 0 {
            Standing::Used
        } else if self.ended_at != 0 {
            Standing::Ended
        } else if self.expires_at <= now {
            Standing::Expired
        } else {
            Standing::Open
        }
    }

    /// What opens it.
    pub(crate) fn token(&self, backend: &Backend) -> String {
        format!("{}{}", self.id, self.seal(backend))
    }

    /// The whole address, on the installation that people reach under `base`.
    pub(crate) fn address(&self, backend: &Backend, base: &str) -> String {
        format!("{base}{}?token={}", self.purpose.path(), self.token(backend))
    }

    fn seal(&self, backend: &Backend) -> String {
        let seal = backend.key().seal(
            "link",
            &[
                self.id.as_bytes(),
                &self.purpose.code().to_be_bytes(),
                &self.user_id.to_be_bytes(),
                self.email_key.as_bytes(),
                &self.expires_at.to_be_bytes(),
            ],
        );
        URL_SAFE_NO_PAD.encode(seal)
    }
}

/// Makes a link for each of some people, given by number and folded address. Earlier links of the
/// same purpose end.
pub(crate) async fn make(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
    purpose: Purpose,
    expires_at: i64,
    people: &[(i64, String)],
) -> Result<Vec<Link>> {
    let ids: Vec<i64> = people.iter().map(|(id, _)| *id).collect();
    end(tx, backend, purpose, &ids).await?;
    let now = backend.now();
    let mut links = Vec::with_capacity(people.len());
    for (user_id, email_key) in people {
        links.push(Link {
            id: random_id()?,
            purpose,
            user_id: *user_id,
            email_key: email_key.clone(),
            created_by: actor.id,
            expires_at,
            used_at: 0,
            ended_at: 0,
        });
    }
    for batch in steps(&links) {
        let sql = format!(
            "INSERT INTO links (id, purpose, user_id, email_key, created_at, created_by, expires_at)
             VALUES {}",
            value_rows(batch.len(), 7)
        );
        let query = batch.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, link| {
            query
                .bind(&link.id)
                .bind(purpose.code())
                .bind(link.user_id)
                .bind(&link.email_key)
                .bind(now)
                .bind(actor.id)
                .bind(expires_at)
        });
        query.execute(&mut *tx).await?;
    }
    Ok(links)
}

/// Ends the open links of some people, and drops their mails that still wait.
pub(crate) async fn end(
    tx: &mut AnyConnection,
    backend: &Backend,
    purpose: Purpose,
    people: &[i64],
) -> Result<()> {
    outbox::drop_waiting(tx, backend, purpose, people).await?;
    for batch in steps(people) {
        let sql = format!(
            "UPDATE links SET ended_at = ?
             WHERE purpose = ? AND used_at = 0 AND ended_at = 0 AND user_id IN {}",
            value_rows(1, batch.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(backend.now()).bind(purpose.code());
        batch.iter().fold(query, |query, id| query.bind(*id)).execute(&mut *tx).await?;
    }
    Ok(())
}

/// The link of a token, whatever its standing; `None` for what was never one of ours.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    backend: &Backend,
    purpose: Purpose,
    token: &str,
) -> Result<Option<Link>> {
    // What a browser sends may be anything; only so many letters are worth a look.
    if token.len() != ID_LETTERS + SEAL_LETTERS || !token.is_ascii() {
        return Ok(None);
    }
    let (id, seal) = token.split_at(ID_LETTERS);
    let link = by_id(connection, id).await?.filter(|link| link.purpose == purpose);
    Ok(link.filter(|link| bool::from(link.seal(backend).as_bytes().ct_eq(seal.as_bytes()))))
}

/// The link of a token that somebody sent. Tokens can't be guessed; whoever tries anyway is slowed
/// down.
///
/// # Errors
/// [`Problem::Over`] for what is none of ours, [`Problem::TooMany`] after too many of them.
pub(crate) async fn known(
    connection: &mut AnyConnection,
    backend: &Backend,
    purpose: Purpose,
    token: &str,
    source: &Source,
) -> Result<Link> {
    // What is ours is let through whatever else came from there: a whole office may accept its
    // invitations from one address, and nobody there closes them for the others.
    if let Some(link) = find(connection, backend, purpose, token).await? {
        return Ok(link);
    }
    let attempts = backend.attempts();
    attempts.check(ATTEMPT, &source.address, backend.now()).map_err(Problem::TooMany)?;
    attempts.count(ATTEMPT, &source.address, backend.now()).map_err(Problem::TooMany)?;
    Err(Problem::Over(text().link_invalid.to_owned()).into())
}

/// What is said of a link that does nothing any more.
pub(crate) fn over() -> Problem {
    Problem::Over(text().link_over.to_owned())
}

/// The link of an id.
pub(crate) async fn by_id(connection: &mut AnyConnection, id: &str) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT id, purpose, user_id, email_key, created_by, expires_at, used_at, ended_at
         FROM links WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(Link::read).transpose()
}

/// A person's newest link of a purpose.
pub(crate) async fn newest(
    connection: &mut AnyConnection,
    purpose: Purpose,
    person: i64,
) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT id, purpose, user_id, email_key, created_by, expires_at, used_at, ended_at
         FROM links WHERE user_id = $1 AND purpose = $2
         ORDER BY created_at DESC, ended_at, used_at LIMIT 1",
    )
    .bind(person)
    .bind(purpose.code())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(Link::read).transpose()
}

/// Uses a link up; false where somebody was quicker. Call it under the write lock, before what the
/// link lets happen.
pub(crate) async fn use_up(tx: &mut AnyConnection, id: &str, now: i64) -> Result<bool> {
    let used = sqlx::query(
        "UPDATE links SET used_at = $2
         WHERE id = $1 AND used_at = 0 AND ended_at = 0 AND expires_at > $2",
    )
    .bind(id)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Clears away links that are long over, and with them their mails.
///
/// # Errors
/// Where the database fails.
pub async fn purge(backend: &Backend) -> Result<u64> {
    let mut tx = backend.db().begin().await?;
    let gone = sqlx::query("DELETE FROM links WHERE expires_at <= $1")
        .bind(backend.now() - EXPLAINED_FOR)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(gone.rows_affected())
}

/// Parts of a slice in the sizes for which statements are prepared.
pub(crate) fn steps<T>(mut rest: &[T]) -> Vec<&[T]> {
    let mut parts = Vec::new();
    while let Some(step) = STEPS.into_iter().find(|step| rest.len() >= *step) {
        let (part, after) = rest.split_at(step);
        parts.push(part);
        rest = after;
    }
    parts
}

/// 128 random bits, in letters that an address can carry.
pub(crate) fn random_id() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

//! The outbox: mails to be sent, kept in the transaction of what causes them.
//!
//! A row says which link is sent to whom; what the mail says is written when it is sent (`post`) or
//! shown. Without a mail server the rows stay, and can be read.

mod post;
mod read;

pub use post::Postman;
pub use read::{Mail, Mails, PAGE, Shown, list, open, show};

use model::text::mail::text;
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::access::Admin;
use crate::audit::{self, Action};
use crate::links::{Link, Purpose, steps};
use crate::sqlite::value_rows;
use crate::{Backend, Result};

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be sent, or sent again.
    Waiting,
    /// The mail server took it.
    Sent,
    /// The mail server refused it.
    Failed,
    /// Its link ended before it was sent.
    Dropped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Dropped];

    /// The number that the database keeps.
    pub(crate) const fn code(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Sent => 1,
            Self::Failed => 2,
            Self::Dropped => 3,
        }
    }

    /// The word that stands in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Queues a mail for each of some links, with the address that it goes to.
pub(crate) async fn queue(
    tx: &mut AnyConnection,
    backend: &Backend,
    purpose: Purpose,
    mails: &[(&Link, &str)],
) -> Result<()> {
    let now = backend.now();
    for batch in steps(mails) {
        let sql = format!(
            "INSERT INTO outbox (kind, user_id, link_id, email, next_try_at, created_at) VALUES {}",
            value_rows(batch.len(), 6)
        );
        let query = batch.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, (link, email)| {
            query
                .bind(purpose.code())
                .bind(link.user_id)
                .bind(&link.id)
                .bind(*email)
                .bind(now)
                .bind(now)
        });
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Tries a mail again as soon as possible.
///
/// # Errors
/// [`model::Problem::NotFound`] where there is none that failed or waits.
pub async fn retry(backend: &Backend, admin: &Admin, id: i64) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let again = sqlx::query(
        "UPDATE outbox SET state = 0, tries = 0, next_try_at = 0, ended_at = 0
         WHERE id = $1 AND state IN (0, 2)",
    )
    .bind(id)
    .execute(&mut *tx)
    .await?;
    if again.rows_affected() == 0 {
        return Err(model::Problem::NotFound.into());
    }
    let details = json!({ "mail": id });
    audit::record(backend, &mut tx, admin.actor(), Action::MailRetried, 0, &details).await?;
    Ok(tx.commit().await?)
}

/// Tries all mails again that failed or wait, and gives back how many.
///
/// # Errors
/// Where the database fails.
pub async fn retry_all(backend: &Backend, admin: &Admin) -> Result<u64> {
    let mut tx = backend.db().begin().await?;
    let again = sqlx::query(
        "UPDATE outbox SET state = 0, tries = 0, next_try_at = 0, ended_at = 0
         WHERE state IN (0, 2)",
    )
    .execute(&mut *tx)
    .await?;
    let count = again.rows_affected();
    if count > 0 {
        let details = json!({ "mails": count });
        audit::record(backend, &mut tx, admin.actor(), Action::MailRetried, 0, &details).await?;
        tx.commit().await?;
    }
    Ok(count)
}

/// Drops the waiting mails of a kind to some people: their links end.
pub(crate) async fn drop_waiting(
    tx: &mut AnyConnection,
    backend: &Backend,
    purpose: Purpose,
    people: &[i64],
) -> Result<()> {
    for batch in steps(people) {
        let sql = format!(
            "UPDATE outbox SET state = ?, ended_at = ?, answer = ?
             WHERE state = ? AND kind = ? AND user_id IN {}",
            value_rows(1, batch.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(State::Dropped.code())
            .bind(backend.now())
            .bind(text().link_over)
            .bind(State::Waiting.code())
            .bind(purpose.code());
        batch.iter().fold(query, |query, id| query.bind(*id)).execute(&mut *tx).await?;
    }
    Ok(())
}

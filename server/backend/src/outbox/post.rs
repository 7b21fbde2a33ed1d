//! Sending: takes what is due from the outbox to the mail server, one mail at a time.
//!
//! Before a mail goes out, its Message-ID is written down and it is put off for a while; afterwards,
//! what the server said. Whoever dies in between leaves a mail that goes out once more, with the
//! same Message-ID. No transaction is open while the mail server is asked.

use sqlx::Row;

use super::State;
use super::read::facts;
use crate::links::{self, Standing};
use crate::mail::{Letter, Sender, Smtp, Trouble, letter};
use crate::{Backend, Result};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How many mails one pass takes at most.
const AT_ONCE: i64 = 100;
/// For how long a mail is put off while it is being sent.
const TAKEN_FOR: i64 = 5 * MINUTE;
/// The pauses between two tries of a mail that the server wants later; then it has failed.
const PAUSES: [i64; 9] =
    [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 12 * HOUR, 24 * HOUR];
/// The pauses after which a server that can't be used is asked again; the last one repeats.
const SERVER_PAUSES: [i64; 6] =
    [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/// Whoever takes mails to the mail server.
pub struct Postman {
    backend: Backend,
    smtp: Smtp,
    from: Sender,
    base: String,
    /// How often in a row the server could not be used.
    failures: usize,
    /// Until when it is left alone.
    pause_until: i64,
}

/// What became of a mail in one try.
enum Outcome {
    Sent(String),
    Later(String),
    Failed(String),
}

impl Postman {
    /// One for an installation that people reach under `base`.
    pub const fn new(backend: Backend, smtp: Smtp, from: Sender, base: String) -> Self {
        Self { backend, smtp, from, base, failures: 0, pause_until: 0 }
    }

    /// Sends what is due, and gives back how many mails the server took.
    ///
    /// # Errors
    /// Where the database fails. What the mail server does is no error; it is written down.
    pub async fn pass(&mut self) -> Result<usize> {
        let mut sent = 0;
        let due = self.due().await?;
        if due.is_empty() {
            return Ok(0);
        }
        let mut connection = None;
        for id in due {
            let Some((letter, message_id)) = self.take(id).await? else { continue };
            let open = match connection.take() {
                Some(open) => Ok(open),
                None => self.smtp.connect(&self.from).await,
            };
            let mut open = match open {
                Ok(open) => open,
                Err(trouble) => return self.server_is_away(id, trouble, sent).await,
            };
            let now = self.backend.now();
            match open.send(&letter, &self.from, &message_id, now).await {
                Ok(said) => {
                    self.note(id, Outcome::Sent(said)).await?;
                    sent += 1;
                }
                Err(Trouble::Never(said)) => self.note(id, Outcome::Failed(said)).await?,
                Err(Trouble::Later(said)) => self.note(id, Outcome::Later(said)).await?,
                Err(trouble) => return self.server_is_away(id, trouble, sent).await,
            }
            self.failures = 0;
            if !open.is_over() {
                connection = Some(open);
            }
        }
        if let Some(open) = connection {
            open.close().await;
        }
        Ok(sent)
    }

    /// The mails to be sent now: the oldest first. Those that somebody wants sent at once are due
    /// even while the server is left alone.
    async fn due(&self) -> Result<Vec<i64>> {
        let now = self.backend.now();
        let until = if now >= self.pause_until { now } else { 0 };
        let rows = sqlx::query(
            "SELECT id FROM outbox WHERE state = $1 AND next_try_at <= $2
             ORDER BY next_try_at, id LIMIT $3",
        )
        .bind(State::Waiting.code())
        .bind(until)
        .bind(AT_ONCE)
        .fetch_all(self.backend.db().read())
        .await?;
        Ok(rows.iter().map(|row| row.try_get("id")).collect::<sqlx::Result<_>>()?)
    }

    /// Writes a mail and puts it off while it is being sent; `None` where there is nothing to send
    /// any more.
    async fn take(&self, id: i64) -> Result<Option<(Letter, String)>> {
        let backend = &self.backend;
        let now = backend.now();
        let mut tx = backend.db().begin().await?;
        let row =
            sqlx::query("SELECT link_id, message_id FROM outbox WHERE id = $1 AND state = $2")
                .bind(id)
                .bind(State::Waiting.code())
                .fetch_optional(&mut *tx)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let (link, mut message_id): (String, String) =
            (row.try_get("link_id")?, row.try_get("message_id")?);
        let Some(link) = links::by_id(&mut tx, &link).await? else { return Ok(None) };
        if link.standing(now) != Standing::Open {
            super::drop_waiting(&mut tx, backend, link.purpose, &[link.user_id]).await?;
            tx.commit().await?;
            return Ok(None);
        }
        if message_id.is_empty() {
            message_id = format!("<{}@{}>", links::random_id()?, self.from.domain());
        }
        sqlx::query("UPDATE outbox SET message_id = $2, next_try_at = $3 WHERE id = $1")
            .bind(id)
            .bind(&message_id)
            .bind(now + TAKEN_FOR)
            .execute(&mut *tx)
            .await?;
        let facts = facts(&mut tx, backend, id, link.address(backend, &self.base)).await?;
        tx.commit().await?;
        Ok(Some((letter(&facts), message_id)))
    }

    async fn note(&self, id: i64, outcome: Outcome) -> Result<()> {
        let now = self.backend.now();
        let mut tx = self.backend.db().begin().await?;
        let tries: i64 = match sqlx::query("SELECT tries FROM outbox WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?
        {
            Some(row) => row.try_get("tries")?,
            // Gone together with its person.
            None => return Ok(()),
        };
        let pause = usize::try_from(tries).ok().and_then(|tries| PAUSES.get(tries));
        let (state, next, ended, answer) = match (outcome, pause) {
            (Outcome::Sent(said), _) => (State::Sent, 0, now, said),
            (Outcome::Later(said), Some(pause)) => (State::Waiting, now + pause, 0, said),
            (Outcome::Later(said) | Outcome::Failed(said), _) => (State::Failed, 0, now, said),
        };
        sqlx::query(
            "UPDATE outbox SET state = $2, tries = tries + 1, next_try_at = $3, ended_at = $4,
               answer = $5
             WHERE id = $1",
        )
        .bind(id)
        .bind(state.code())
        .bind(next)
        .bind(ended)
        .bind(answer)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Leaves the server alone for a while. The mail is as due as the others are.
    async fn server_is_away(&mut self, id: i64, trouble: Trouble, sent: usize) -> Result<usize> {
        let (Trouble::Server(said) | Trouble::Later(said) | Trouble::Never(said)) = trouble;
        let now = self.backend.now();
        let pause = SERVER_PAUSES.get(self.failures).unwrap_or(&SERVER_PAUSES[5]);
        self.failures += 1;
        self.pause_until = now + pause;
        if self.failures == 1 {
            tracing::warn!("mails wait in the outbox: {said}");
        }
        let mut tx = self.backend.db().begin().await?;
        sqlx::query("UPDATE outbox SET next_try_at = $2, answer = $3 WHERE id = $1 AND state = $4")
            .bind(id)
            .bind(now)
            .bind(said)
            .bind(State::Waiting.code())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(sent)
    }
}

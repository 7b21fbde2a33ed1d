//! What the outbox holds, to be read.
//!
//! A mail is shown without what opens its link; whoever wants that says so, and the audit log says
//! who it was: with the link they could come in as somebody else.

use model::Problem;
use model::format::WallTime;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::State;
use crate::access::Admin;
use crate::audit::{self, Action};
use crate::links::{self, Purpose, Standing};
use crate::mail::{Facts, Letter, letter};
use crate::users::shown_name;
use crate::{Backend, Failure, Result, Zone};

/// How many mails one page has.
pub const PAGE: usize = 50;
/// What stands in the place of a token.
const HIDDEN: &str = "••••••••";

/// A mail in the list.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub purpose: Purpose,
    /// What became of it.
    pub state: State,
    /// Who gets it.
    pub user_id: i64,
    /// Their name, or what stands for it.
    pub name: String,
    /// The address that it goes to.
    pub email: String,
    /// How often the mail server was asked to take it.
    pub tries: i64,
    /// What the mail server said last.
    pub answer: String,
    /// When it was caused.
    pub created: WallTime,
    /// When it is tried next; `None` where it is not.
    pub next_try: Option<WallTime>,
    /// When it was sent, failed, or was dropped.
    pub ended: Option<WallTime>,
}

/// A page of mails, the newest first.
#[derive(Clone, Debug)]
pub struct Mails {
    /// They.
    pub mails: Vec<Mail>,
    /// How many there are in each state, in the order of [`State::ALL`].
    pub counts: [i64; 4],
    /// The number that the next page goes on below, where there is one.
    pub next: Option<i64>,
}

/// A mail as its reader gets it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What is known of it.
    pub mail: Mail,
    /// What it says.
    pub letter: Letter,
    /// The address of its link, where it was asked for.
    pub link: Option<String>,
    /// Whether the link still works.
    pub standing: Standing,
}

const COLUMNS: &str = "o.id, o.kind, o.state, o.user_id, o.email, o.tries, o.answer, o.created_at,
    o.next_try_at, o.ended_at, o.link_id, u.display_name, u.username, u.email AS user_email";

impl Mail {
    fn read(row: &AnyRow, zone: Zone) -> Result<Self> {
        let strange = || Failure::Fault("a mail has an unknown kind or state".to_owned());
        let text = |column: &str| row.try_get::<String, _>(column);
        let (name, username, email) =
            (text("display_name")?, text("username")?, text("user_email")?);
        let state = State::from_code(row.try_get("state")?).ok_or_else(strange)?;
        let (next, ended): (i64, i64) = (row.try_get("next_try_at")?, row.try_get("ended_at")?);
        Ok(Self {
            id: row.try_get("id")?,
            purpose: Purpose::from_code(row.try_get("kind")?).ok_or_else(strange)?,
            state,
            user_id: row.try_get("user_id")?,
            name: shown_name(&name, &username, &email).to_owned(),
            email: text("email")?,
            tries: row.try_get("tries")?,
            answer: text("answer")?,
            created: zone.wall(row.try_get("created_at")?),
            next_try: (state == State::Waiting && next > 0).then(|| zone.wall(next)),
            ended: (ended > 0).then(|| zone.wall(ended)),
        })
    }
}

/// The mails of a state, or all, below a number.
///
/// # Errors
/// Where the database fails.
pub async fn list(
    backend: &Backend,
    _admin: &Admin,
    state: Option<State>,
    below: Option<i64>,
) -> Result<Mails> {
    let mut connection = backend.db().read().acquire().await?;
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox o JOIN users u ON u.id = o.user_id
         WHERE o.id < $1 AND ($2 = -1 OR o.state = $2) ORDER BY o.id DESC LIMIT $3"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(below.unwrap_or(i64::MAX))
        .bind(state.map_or(-1, State::code))
        .bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
        .fetch_all(&mut *connection)
        .await?;
    let zone = backend.zone();
    let mut mails = rows.iter().map(|row| Mail::read(row, zone)).collect::<Result<Vec<Mail>>>()?;
    let next = (mails.len() > PAGE).then(|| mails.truncate(PAGE)).and(mails.last()).map(|m| m.id);
    Ok(Mails { mails, counts: counts(&mut connection).await?, next })
}

async fn counts(connection: &mut AnyConnection) -> Result<[i64; 4]> {
    let rows = sqlx::query("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state")
        .fetch_all(connection)
        .await?;
    let mut counts = [0; 4];
    for row in rows {
        let place = State::from_code(row.try_get("state")?)
            .and_then(|state| State::ALL.iter().position(|other| *other == state));
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = row.try_get("n")?;
        }
    }
    Ok(counts)
}

/// Reads a mail as it is for an installation that people reach under `base`, with the secret part
/// of its link hidden.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such mail.
pub async fn show(backend: &Backend, _admin: &Admin, id: i64, base: &str) -> Result<Shown> {
    let mut connection = backend.db().read().acquire().await?;
    read(&mut connection, backend, id, base, false).await
}

/// The same with its link, which the audit log says.
///
/// # Errors
/// As [`show`].
pub async fn open(backend: &Backend, admin: &Admin, id: i64, base: &str) -> Result<Shown> {
    let mut tx = backend.db().begin().await?;
    let shown = read(&mut tx, backend, id, base, true).await?;
    let details = json!({ "mail": id, "email": shown.mail.email });
    let target = shown.mail.user_id;
    audit::record(backend, &mut tx, admin.actor(), Action::LinkShown, target, &details).await?;
    tx.commit().await?;
    Ok(shown)
}

async fn read(
    connection: &mut AnyConnection,
    backend: &Backend,
    id: i64,
    base: &str,
    with_link: bool,
) -> Result<Shown> {
    let sql =
        format!("SELECT {COLUMNS} FROM outbox o JOIN users u ON u.id = o.user_id WHERE o.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(Problem::NotFound)?;
    let mail = Mail::read(&row, backend.zone())?;
    let link = links::by_id(connection, &row.try_get::<String, _>("link_id")?)
        .await?
        .ok_or(Problem::NotFound)?;
    let whole = link.address(backend, base);
    let written = match with_link {
        true => whole.clone(),
        false => whole.replace(&link.token(backend), HIDDEN),
    };
    let letter = letter(&facts(connection, backend, id, written).await?);
    let standing = link.standing(backend.now());
    Ok(Shown { mail, letter, link: with_link.then_some(whole), standing })
}

/// What a mail is written from, with the address that its link has in it.
pub(super) async fn facts(
    connection: &mut AnyConnection,
    backend: &Backend,
    id: i64,
    link: String,
) -> Result<Facts> {
    let row = sqlx::query(
        "SELECT o.kind, o.email, u.display_name, l.expires_at,
                COALESCE(b.display_name, '') AS by_name, COALESCE(b.username, '') AS by_username
         FROM outbox o JOIN users u ON u.id = o.user_id JOIN links l ON l.id = o.link_id
         LEFT JOIN users b ON b.id = l.created_by
         WHERE o.id = $1",
    )
    .bind(id)
    .fetch_one(connection)
    .await?;
    let (by, username): (String, String) = (row.try_get("by_name")?, row.try_get("by_username")?);
    Ok(Facts {
        purpose: Purpose::from_code(row.try_get("kind")?)
            .ok_or_else(|| Failure::Fault("a mail has an unknown kind".to_owned()))?,
        to: row.try_get("email")?,
        name: row.try_get("display_name")?,
        by: shown_name(&by, &username, "").to_owned(),
        link,
        until: backend.zone().wall(row.try_get("expires_at")?),
    })
}

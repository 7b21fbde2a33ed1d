//! Sending invitations, for the first time or again, and taking them back.

use std::collections::{HashMap, HashSet};

use model::Problem;
use model::format::WallTime;
use model::people::Status;
use model::rights::Operation;
use model::text::invitations::text;
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::guard;
use crate::access::Steward;
use crate::audit::{self, Action};
use crate::clock::DAY;
use crate::links::{self, Link, Purpose, Standing, steps};
use crate::settings::Settings;
use crate::sqlite::value_rows;
use crate::users::shown_name;
use crate::{Actor, Backend, Failure, Result, outbox};

/// What came of sending somebody an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It is on its way.
    Sent,
    /// They are not on the list of pending invitations.
    NotPending,
    /// There is no address to send it to.
    NoEmail,
}

/// What carries a link to whoever it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carrier {
    Mail,
    Hand,
}

/// A pending person's invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Their number.
    pub user_id: i64,
    /// Their name, or what stands for it.
    pub name: String,
    /// The address that it goes to.
    pub email: String,
    /// When it was sent last; `None` where it was not.
    pub sent: Option<WallTime>,
    /// Until when it can be accepted; `None` where it was not sent, or no link works
    /// any more although its time is not over.
    pub expires: Option<WallTime>,
    /// How often it was sent.
    pub times: i64,
    /// Who sent it last; empty where nobody did.
    pub by: String,
    /// Whether its link works now.
    pub is_open: bool,
    /// Whether they can be restored once it was withdrawn.
    pub is_kept: bool,
    /// Whether whoever looks may remove them for good.
    pub may_erase: bool,
}

struct Pending {
    email: String,
    email_key: String,
    status: Option<Status>,
    times: i64,
}

/// Sends an invitation to each of some people, in the caller's transaction: a new link with a new
/// expiry, the mail that carries it, the audit entry. Links from before end.
///
/// Who may do it to whom was asked by the caller.
///
/// # Errors
/// Where the database fails.
pub async fn send_in(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
    people: &[i64],
) -> Result<Vec<(i64, Sending)>> {
    let (sendings, _) = issue(tx, backend, actor, people, Carrier::Mail).await?;
    Ok(sendings)
}

async fn issue(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
    people: &[i64],
    carrier: Carrier,
) -> Result<(Vec<(i64, Sending)>, Vec<Link>)> {
    let mut seen = HashSet::with_capacity(people.len());
    let people: Vec<i64> = people.iter().copied().filter(|id| seen.insert(*id)).collect();
    let found = pending(tx, &people).await?;
    let sendings: Vec<(i64, Sending)> =
        people.iter().map(|id| (*id, sending(found.get(id), carrier))).collect();
    let sent: Vec<(i64, &Pending)> = sendings
        .iter()
        .filter(|(_, sending)| *sending == Sending::Sent)
        .filter_map(|(id, _)| Some((*id, found.get(id)?)))
        .collect();
    if sent.is_empty() {
        return Ok((sendings, Vec::new()));
    }
    let days = i64::from(Settings::read(tx).await?.invitation_days);
    let expires_at = backend.now() + days * DAY;
    let keys: Vec<(i64, String)> =
        sent.iter().map(|(id, person)| (*id, person.email_key.clone())).collect();
    let made = links::make(tx, backend, actor, Purpose::Invitation, expires_at, &keys).await?;
    if carrier == Carrier::Mail {
        let mails: Vec<(&Link, &str)> =
            made.iter().zip(&sent).map(|(link, (_, person))| (link, &*person.email)).collect();
        outbox::queue(tx, backend, Purpose::Invitation, &mails).await?;
    }
    mark(tx, backend, actor, expires_at, &keys).await?;
    let until = backend.zone().wall(expires_at).machine();
    let details: Vec<Value> = sent
        .iter()
        .map(|(_, person)| {
            json!({ "email": person.email, "until": until, "times": person.times + 1 })
        })
        .collect();
    let action = match carrier {
        Carrier::Mail => Action::InvitationSent,
        Carrier::Hand => Action::InvitationLinked,
    };
    let events: Vec<(i64, &Value)> = keys.iter().map(|(id, _)| *id).zip(&details).collect();
    audit::record_all(backend, tx, actor, action, events).await?;
    Ok((sendings, made))
}

fn sending(person: Option<&Pending>, carrier: Carrier) -> Sending {
    match person {
        Some(person) if person.status != Some(Status::Pending) => Sending::NotPending,
        Some(person) if carrier == Carrier::Mail && person.email.is_empty() => Sending::NoEmail,
        Some(_) => Sending::Sent,
        None => Sending::NotPending,
    }
}

async fn pending(tx: &mut AnyConnection, people: &[i64]) -> Result<HashMap<i64, Pending>> {
    let mut found = HashMap::with_capacity(people.len());
    for batch in steps(people) {
        let sql = format!(
            "SELECT id, email, email_key, status, invites_sent FROM users WHERE id IN {}",
            value_rows(1, batch.len())
        );
        let query = batch.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(*id));
        for row in query.fetch_all(&mut *tx).await? {
            let person = Pending {
                email: row.try_get("email")?,
                email_key: row.try_get("email_key")?,
                status: Status::from_code(row.try_get("status")?),
                times: row.try_get("invites_sent")?,
            };
            found.insert(row.try_get("id")?, person);
        }
    }
    Ok(found)
}

/// Notes on the people that they were invited just now.
async fn mark(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
    expires_at: i64,
    people: &[(i64, String)],
) -> Result<()> {
    let now = backend.now();
    for batch in steps(people) {
        let sql = format!(
            "UPDATE users SET invited_at = ?, created_at = ?, created_day = ?, updated_at = ?,
               invite_expires_at = ?, invited_by = ?, invites_sent = invites_sent + 1
             WHERE id IN {}",
            value_rows(1, batch.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(now)
            .bind(now)
            .bind(backend.zone().day(now))
            .bind(now)
            .bind(expires_at)
            .bind(actor.id);
        batch.iter().fold(query, |query, (id, _)| query.bind(*id)).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Sends one person an invitation, for the first time or again. Gives back their name.
///
/// # Errors
/// [`Problem::NotFound`] for nobody, [`Problem::Forbidden`] where the steward may not,
/// [`Problem::Invalid`] for somebody who is not pending or has no address.
pub async fn send(backend: &Backend, steward: &Steward, id: i64) -> Result<String> {
    let mut tx = backend.db().begin().await?;
    guard::allowed(&mut tx, backend, steward.actor(), Operation::Resend, Some(id)).await?;
    let name = read(&mut tx, backend, id).await?.name;
    let (sendings, _) = issue(&mut tx, backend, steward.actor(), &[id], Carrier::Mail).await?;
    refuse(&sendings)?;
    tx.commit().await?;
    Ok(name)
}

/// Makes a new link for one person, for whoever carries it to them instead of a mail, on the
/// installation that people reach under `base`.
///
/// # Errors
/// As [`send`], but nobody needs an address.
pub async fn make_link(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    base: &str,
) -> Result<String> {
    let mut tx = backend.db().begin().await?;
    guard::allowed(&mut tx, backend, steward.actor(), Operation::Resend, Some(id)).await?;
    read(&mut tx, backend, id).await?;
    let (sendings, made) = issue(&mut tx, backend, steward.actor(), &[id], Carrier::Hand).await?;
    refuse(&sendings)?;
    let link = made.first().map(|link| link.address(backend, base)).ok_or_else(nothing_made)?;
    tx.commit().await?;
    Ok(link)
}

fn refuse(sendings: &[(i64, Sending)]) -> Result<()> {
    let t = text();
    let sentence = match sendings.first().map(|(_, sending)| *sending) {
        Some(Sending::Sent) => return Ok(()),
        Some(Sending::NoEmail) => t.no_email,
        Some(Sending::NotPending) | None => t.not_pending,
    };
    Err(Problem::field("invitation", sentence).into())
}

fn nothing_made() -> Failure {
    Failure::Fault("no link was made".to_owned())
}

/// The link that one person has, which the audit log says: with it somebody else could come in.
///
/// # Errors
/// As [`send`]; [`Problem::Invalid`] where there is no link that works.
pub async fn show_link(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    base: &str,
) -> Result<String> {
    let mut tx = backend.db().begin().await?;
    guard::allowed(&mut tx, backend, steward.actor(), Operation::Resend, Some(id)).await?;
    let invitation = read(&mut tx, backend, id).await?;
    let link = links::newest(&mut tx, Purpose::Invitation, id).await?;
    let link = link
        .filter(|_| invitation.is_open)
        .ok_or_else(|| Problem::field("invitation", text().no_link))?;
    let details = json!({ "email": invitation.email });
    audit::record(backend, &mut tx, steward.actor(), Action::LinkShown, id, &details).await?;
    tx.commit().await?;
    Ok(link.address(backend, base))
}

/// Takes an invitation back: its link ends, and the person moves to *Recently deleted*. Gives back
/// their name.
///
/// # Errors
/// As [`send`]; also where nobody is kept there: whoever is removed for good is confirmed by name.
pub async fn revoke(backend: &Backend, steward: &Steward, id: i64) -> Result<String> {
    let mut tx = backend.db().begin().await?;
    guard::allowed(&mut tx, backend, steward.actor(), Operation::Revoke, Some(id)).await?;
    let invitation = read(&mut tx, backend, id).await?;
    if !invitation.is_kept {
        return Err(Problem::field("invitation", text().revoke_is_for_good).into());
    }
    links::end(&mut tx, backend, Purpose::Invitation, &[id]).await?;
    let now = backend.now();
    let revoked = sqlx::query(
        "UPDATE users SET status = $2, status_before = $3, deleted_at = $4, updated_at = $4,
           invite_expires_at = 0
         WHERE id = $1 AND status = $3",
    )
    .bind(id)
    .bind(Status::Deleted.code())
    .bind(Status::Pending.code())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if revoked.rows_affected() == 0 {
        return Err(Problem::field("invitation", text().not_pending).into());
    }
    let fields = json!({ "status": [Status::Pending.word(), Status::Deleted.word()] });
    let details = json!({ "email": invitation.email, "fields": fields });
    audit::record(backend, &mut tx, steward.actor(), Action::InvitationRevoked, id, &details)
        .await?;
    tx.commit().await?;
    Ok(invitation.name)
}

/// The invitation of a person.
///
/// # Errors
/// [`Problem::NotFound`] for nobody, [`Problem::Forbidden`] where the steward may not send it.
pub async fn invitation(backend: &Backend, steward: &Steward, id: i64) -> Result<Invitation> {
    let mut connection = backend.db().read().acquire().await?;
    guard::allowed(&mut connection, backend, steward.actor(), Operation::Resend, Some(id)).await?;
    let invitation = read(&mut connection, backend, id).await?;
    let (actor, erase) = (steward.actor(), Operation::DeletePermanently);
    let may_erase = guard::allowed(&mut connection, backend, actor, erase, Some(id)).await.is_ok();
    Ok(Invitation { may_erase, ..invitation })
}

async fn read(connection: &mut AnyConnection, backend: &Backend, id: i64) -> Result<Invitation> {
    let row = sqlx::query(
        "SELECT u.display_name, u.username, u.email, u.email_key, u.status, u.invited_at,
                u.invite_expires_at, u.invites_sent, COALESCE(b.display_name, '') AS by_name,
                COALESCE(b.username, '') AS by_username, COALESCE(b.email, '') AS by_email
         FROM users u LEFT JOIN users b ON b.id = u.invited_by WHERE u.id = $1",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(Problem::NotFound)?;
    let text = |column: &str| row.try_get::<String, _>(column);
    let shown = |name: String, username: String, email: String| {
        shown_name(&name, &username, &email).to_owned()
    };
    let time = |column: &str| {
        let at = row.try_get::<i64, _>(column);
        at.map(|at| (at > 0).then(|| backend.zone().wall(at)))
    };
    let is_pending = Status::from_code(row.try_get("status")?) == Some(Status::Pending);
    let ends_at: i64 = row.try_get("invite_expires_at")?;
    let email_key = text("email_key")?;
    let link = links::newest(connection, Purpose::Invitation, id).await?;
    let is_open = link.is_some_and(|link| {
        link.standing(backend.now()) == Standing::Open && link.email_key == email_key
    });
    Ok(Invitation {
        user_id: id,
        name: shown(text("display_name")?, text("username")?, text("email")?),
        email: text("email")?,
        sent: time("invited_at")?,
        expires: time("invite_expires_at")?.filter(|_| is_open || ends_at <= backend.now()),
        times: row.try_get("invites_sent")?,
        by: shown(text("by_name")?, text("by_username")?, text("by_email")?),
        is_open: is_open && is_pending,
        is_kept: Settings::read(connection).await?.retention_days > 0,
        may_erase: false,
    })
}

//! The other end of an invitation: looking at it, which changes nothing, and accepting it, which
//! uses its link up, makes the pending person an account and signs them in, all in one transaction.

use model::format::WallTime;
use model::people::{Role, Status};
use serde_json::{Map, json};
use sqlx::{AnyConnection, Row};

use super::guard::seat_is_free;
use crate::audit::{self, Action};
use crate::links::{self, Link, Purpose, Standing};
use crate::newcomers::fields::{self, Entered, Profile};
use crate::sessions::{SignedIn, Source, let_in};
use crate::settings::Settings;
use crate::users::{fold, referral, shown_name};
use crate::{Actor, Backend, Result, passwords};

/// What whoever opens a link finds.
#[derive(Clone, Debug)]
pub enum Looked {
    /// An invitation that can be accepted.
    Open(Box<Offer>),
    /// Whoever it was for has an account and is to sign in.
    Member {
        /// Their e-mail address.
        email: String,
    },
    /// The invitation was withdrawn, a newer one was sent, or its time is over.
    Over {
        /// Why.
        standing: Standing,
        /// Who sent it, to be asked for another one; empty where nobody has that name any more.
        by: String,
    },
}

/// An invitation that can be accepted, with what is known of the person.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Who sent it; may be empty.
    pub by: String,
    /// The address that it is bound to.
    pub email: String,
    /// What it makes them.
    pub role: Role,
    /// Until when.
    pub until: WallTime,
    /// What is known of them already.
    pub profile: Profile,
    /// What the installation asks for.
    pub settings: Settings,
}

/// What somebody types to accept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Onboarding<'a> {
    /// Their fields.
    pub fields: Entered<'a>,
    /// A password; empty for none.
    pub password: &'a str,
    /// The same again.
    pub password_again: &'a str,
}

/// What came of accepting.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// They are in.
    SignedIn(Box<SignedIn>),
    /// They have an account, which may not be used just now: suspended, or ended.
    NotLetIn,
}

/// Looks at an invitation.
///
/// # Errors
/// [`Problem::Over`](model::Problem) for what is no link of ours, [`Problem::TooMany`](model::Problem)
/// after too many such.
pub async fn look(backend: &Backend, token: &str, source: &Source) -> Result<Looked> {
    let mut connection = backend.db().read().acquire().await?;
    let link = links::known(&mut connection, backend, Purpose::Invitation, token, source).await?;
    look_at(&mut connection, backend, &link).await
}

async fn look_at(connection: &mut AnyConnection, backend: &Backend, link: &Link) -> Result<Looked> {
    let row = sqlx::query(
        "SELECT u.email, u.email_key, u.status, u.role, u.display_name, u.username, u.phone,
                u.birth_date, u.about, COALESCE(b.display_name, '') AS by_name,
                COALESCE(b.username, '') AS by_username, COALESCE(b.email, '') AS by_email
         FROM users u LEFT JOIN users b ON b.id = $2 WHERE u.id = $1",
    )
    .bind(link.user_id)
    .bind(link.created_by)
    .fetch_one(&mut *connection)
    .await?;
    let text = |column: &str| row.try_get::<String, _>(column);
    let (name, username, email) = (text("by_name")?, text("by_username")?, text("by_email")?);
    let by = shown_name(&name, &username, &email).to_owned();
    let email = text("email")?;
    let status = Status::from_code(row.try_get("status")?);
    // Bound to the address: where that was changed since, whoever reads the old one stays outside.
    let is_theirs = text("email_key")? == link.email_key;
    let standing = match link.standing(backend.now()) {
        Standing::Open if !is_theirs => Standing::Ended,
        standing => standing,
    };
    Ok(match (status, standing) {
        (Some(Status::Pending), Standing::Open) => Looked::Open(Box::new(Offer {
            by,
            email,
            role: Role::from_code(row.try_get("role")?).unwrap_or(Role::User),
            until: backend.zone().wall(link.expires_at),
            profile: Profile {
                display_name: text("display_name")?,
                username: text("username")?,
                phone: text("phone")?,
                birth_date: text("birth_date")?,
                about: text("about")?,
            },
            settings: Settings::read(connection).await?,
        })),
        (Some(Status::Active), Standing::Open | Standing::Used) if is_theirs => {
            Looked::Member { email }
        }
        (_, Standing::Open) => Looked::Over { standing: Standing::Ended, by },
        (_, standing) => Looked::Over { standing, by },
    })
}

/// Accepts an invitation.
///
/// # Errors
/// As [`look`]; [`Problem::Over`](model::Problem) where the link does nothing any more;
/// [`Problem::Invalid`](model::Problem) with each field that needs a change, after which the link
/// still works.
pub async fn accept(
    backend: &Backend,
    token: &str,
    form: Onboarding<'_>,
    source: &Source,
) -> Result<Accepted> {
    let looked = look(backend, token, source).await?;
    let Looked::Open(offer) = looked else { return Err(links::over().into()) };
    let checked = check(backend, &offer, form)?;
    let hash = match form.password {
        "" => String::new(),
        password => passwords::hash(password).await?,
    };
    let mut tx = backend.db().begin().await?;
    let link = links::known(&mut tx, backend, Purpose::Invitation, token, source).await?;
    // Of many who got here with one link, the first one is in.
    if !links::use_up(&mut tx, &link.id, backend.now()).await? {
        return Err(links::over().into());
    }
    join(backend, &mut tx, &link, &checked, &hash, source).await?;
    let signed_in = let_in(backend, &mut tx, link.user_id, source).await?;
    tx.commit().await?;
    Ok(signed_in.map_or(Accepted::NotLetIn, |signed_in| Accepted::SignedIn(Box::new(signed_in))))
}

fn check(backend: &Backend, offer: &Offer, form: Onboarding<'_>) -> Result<Profile> {
    let today = backend.zone().date(backend.now());
    let mut checked = fields::Checking::new(&offer.settings, today, fields::Who::Themselves);
    let profile = checked.profile(&form.fields, &offer.profile);
    if !form.password.is_empty() || !form.password_again.is_empty() {
        checked.password(form.password, Some(form.password_again));
    }
    checked.done(profile)
}

/// Makes the pending person an account.
async fn join(
    backend: &Backend,
    tx: &mut AnyConnection,
    link: &Link,
    profile: &Profile,
    password_hash: &str,
    source: &Source,
) -> Result<()> {
    let now = backend.now();
    let id = link.user_id;
    let row = sqlx::query(
        "SELECT email, email_key, display_name, username, phone, birth_date, about, referral_code,
                seat_remembered
         FROM users WHERE id = $1 AND status = $2",
    )
    .bind(id)
    .bind(Status::Pending.code())
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(links::over)?;
    let text_of = |column: &str| row.try_get::<String, _>(column);
    if text_of("email_key")? != link.email_key {
        return Err(links::over().into());
    }
    fields::free_username(tx, &profile.username, id).await?;
    let email = text_of("email")?;
    let referral_code = match text_of("referral_code")? {
        none if none.is_empty() => referral::new(tx).await?,
        theirs => theirs,
    };
    let wants_seat = row.try_get::<i64, _>("seat_remembered")? != 0;
    let has_seat = wants_seat && seat_is_free(tx).await?;
    let Profile { display_name, username, phone, birth_date, about } = profile;
    sqlx::query(
        "UPDATE users SET status = $2, created_at = $3, created_day = $4, updated_at = $3,
           display_name = $5, username = $6, phone = $7, birth_date = $8, about = $9,
           name_key = $10, search_text = $11, referral_code = $12, password_hash = $13,
           password_set_at = $14, licensed = $15, seat_remembered = $16, must_change_password = 0
         WHERE id = $1",
    )
    .bind(id)
    .bind(Status::Active.code())
    .bind(now)
    .bind(backend.zone().day(now))
    .bind(display_name)
    .bind(username)
    .bind(phone)
    .bind(birth_date)
    .bind(about)
    .bind(fold::name_key(display_name, username, &email))
    .bind(fold::search_text(display_name, username, &email, phone))
    .bind(referral_code)
    .bind(password_hash)
    .bind(if password_hash.is_empty() { 0 } else { now })
    .bind(i64::from(has_seat))
    .bind(i64::from(wants_seat && !has_seat))
    .execute(&mut *tx)
    .await?;
    let mut changed = Map::new();
    changed.insert("status".to_owned(), json!([Status::Pending.word(), Status::Active.word()]));
    for (name, new) in profile.pairs() {
        let old = text_of(name)?;
        if old != new {
            changed.insert(name.to_owned(), json!([old, new]));
        }
    }
    if has_seat {
        changed.insert("licence".to_owned(), json!([false, true]));
    }
    let actor = Actor::new(id, shown_name(display_name, username, &email), &source.address);
    let details =
        json!({ "email": email, "fields": changed, "has_password": !password_hash.is_empty() });
    audit::record(backend, tx, &actor, Action::InvitationAccepted, id, &details).await
}

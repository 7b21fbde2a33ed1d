//! What a change of people depends on, read in its transaction: who acts, who is changed, and how many
//! seats and administrators there are.

use chrono::NaiveDate;
use model::Problem;
use model::changes::Change;
use model::effect::{Facts, Ground, Named};
use model::people::{Role, Status, Tab};
use model::rights::{Doer, Operation, Refusal, may_at_all};
use model::settings::LicenceNeed;
use model::text::invitations::text as words;
use sqlx::{AnyConnection, Row};

use super::stored::{COLUMNS, NO_LIMIT, Stored, state};
use crate::access::Actor;
use crate::settings::Settings;
use crate::users::{Sql, shown_name};
use crate::{Backend, Failure, Result, Zone, groups, packed};

/// Who acts, as they are now.
///
/// # Errors
/// [`Problem::AdminRequired`] where they may change nobody any more.
pub async fn doer(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    settings: &Settings,
) -> Result<Doer> {
    if actor.id == 0 {
        return Ok(Doer::of(0, Role::Administrator, settings));
    }
    let row = sqlx::query(
        "SELECT role FROM users
         WHERE id = $1 AND status = $2 AND (expires_at = 0 OR expires_at > $3)",
    )
    .bind(actor.id)
    .bind(Status::Active.code())
    .bind(backend.now())
    .fetch_optional(tx)
    .await?;
    let role = row.map(|row| row.try_get("role")).transpose()?.and_then(Role::from_code);
    match role {
        Some(role) if role > Role::User => Ok(Doer::of(actor.id, role, settings)),
        _ => Err(Problem::AdminRequired.into()),
    }
}

/// What changes depend on beside the person.
pub async fn ground(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    change: Option<&Change>,
) -> Result<(Ground, Settings)> {
    let settings = Settings::read(tx).await?;
    let doer = doer(backend, tx, actor, &settings).await?;
    let group_has_rules = match change.and_then(|change| change.named().group) {
        Some(group) => has_group(tx, &doer, group).await?,
        None => false,
    };
    let now = backend.now();
    let (administrators, lasting_administrators) = administrators(tx, now).await?;
    let expires_at = match change {
        Some(Change::Expiry(Some(date))) => end_of(backend.zone(), *date),
        _ => 0,
    };
    let seats_free = match settings.licence_needed_for {
        LicenceNeed::Off => None,
        LicenceNeed::AiFeatures | LicenceNeed::SignIn => {
            Some(i64::from(settings.seats) - seats_held(tx).await?)
        }
    };
    let keeps_deleted = settings.retention_days > 0;
    let ground = Ground {
        doer,
        now,
        seats_free,
        administrators,
        lasting_administrators,
        expires_at,
        keeps_deleted,
        group_has_rules,
    };
    Ok((ground, settings))
}

/// That there is a group, and that it is one of the manager's own. Gives back whether it sets
/// permissions or limits.
pub async fn has_group(tx: &mut AnyConnection, doer: &Doer, group: i64) -> Result<bool> {
    let query = match doer.role {
        Role::Administrator => sqlx::query("SELECT 1 FROM groups WHERE id = $1").bind(group),
        Role::User | Role::Manager => {
            sqlx::query("SELECT 1 FROM group_members WHERE group_id = $1 AND user_id = $2")
                .bind(group)
                .bind(doer.id)
        }
    };
    query.fetch_optional(&mut *tx).await?.ok_or(Problem::NotFound)?;
    groups::has_rules(tx, group).await
}

/// Whether people may be put into a group or taken out of it by whoever acts; if not, what to say.
pub async fn open_group(
    tx: &mut AnyConnection,
    doer: &Doer,
    group: i64,
) -> Result<std::result::Result<(), &'static str>> {
    let has_rules = match has_group(tx, doer, group).await {
        Err(Failure::Problem(Problem::NotFound)) => return Ok(Err(words().field_group_gone)),
        found => found?,
    };
    let operation = Operation::Groups.where_ruled(has_rules);
    Ok(may_at_all(operation, doer).map_err(Refusal::sentence))
}

/// The instant at which an account ends that is good through a day.
pub fn end_of(zone: Zone, date: NaiveDate) -> i64 {
    zone.end_of(date)
}

/// The day through which an account is good that ends at an instant.
pub fn last_day(zone: Zone, expires_at: i64) -> NaiveDate {
    zone.date(expires_at.saturating_sub(1))
}

/// How many seats are held; the counter is kept by triggers.
pub async fn seats_held(tx: &mut AnyConnection) -> Result<i64> {
    let row = sqlx::query("SELECT value FROM counters WHERE name = 'licensed'")
        .fetch_optional(tx)
        .await?;
    Ok(row.map(|row| row.try_get("value")).transpose()?.unwrap_or(0))
}

/// How many administrators can sign in, and how many of those have an account without an end.
async fn administrators(tx: &mut AnyConnection, now: i64) -> Result<(i64, i64)> {
    // The plus keeps SQLite to the index of roles.
    let row = sqlx::query(
        "SELECT COUNT(*) AS able, COALESCE(SUM(expires_at = 0), 0) AS lasting FROM users
         WHERE tab = $1 AND role = $2 AND +status = $3 AND password_hash <> ''
           AND (expires_at = 0 OR expires_at > $4)",
    )
    .bind(Tab::Active.code())
    .bind(Role::Administrator.code())
    .bind(Status::Active.code())
    .bind(now)
    .fetch_one(tx)
    .await?;
    Ok((row.try_get("able")?, row.try_get("lasting")?))
}

/// Numbers and names as they are packed; see [`read`].
type Packed = (i64, String, String, String, i64, i64, Stored);

/// The facts of people, in the order of their numbers here; who is gone is left out.
pub async fn read(
    tx: &mut AnyConnection,
    doer: &Doer,
    ids: &[i64],
    named: Named,
) -> Result<Vec<Facts>> {
    let (open, close) = packed::ROWS;
    let (users, of) = packed::USERS_OF;
    let mut sql = Sql::new("SELECT ");
    sql.push(open).push("users.id, display_name, username, email, password_hash <> '', ");
    match doer.role {
        Role::Manager => {
            sql.push(
                "EXISTS (SELECT 1 FROM group_members AS theirs JOIN group_members AS mine
                   ON mine.group_id = theirs.group_id
                 WHERE theirs.user_id = users.id AND mine.user_id = ",
            );
            sql.bind(doer.id).push(")");
        }
        Role::User | Role::Administrator => {
            sql.push("0");
        }
    }
    sql.push(", json_array(");
    for column in COLUMNS {
        // What is inherited follows from elsewhere.
        sql.push(if column == "budget_limit" { "budget_own * budget_limit" } else { column });
        sql.push(", ");
    }
    match named.group {
        Some(group) => {
            sql.push(
                "EXISTS (SELECT 1 FROM group_members WHERE user_id = users.id AND group_id = ",
            );
            sql.bind(group).push(")");
        }
        None => {
            sql.push("0");
        }
    }
    match named.cap {
        Some(cap) => {
            sql.push(", COALESCE((SELECT amount FROM limit_values WHERE level = 3 AND subject = users.id AND metric = ");
            sql.bind(cap.metric.word()).push(" AND span = ").bind(cap.span.word());
            sql.push("), ").bind(NO_LIMIT).push(")");
        }
        None => {
            sql.push(", ").bind(NO_LIMIT);
        }
    }
    sql.push(")").push(close).push(" AS rows FROM ").push(users);
    sql.bind(packed::ids(ids)?.as_str()).push(of);
    let row = sql.query().fetch_one(tx).await?;
    let text = packed::text(&row, "rows")?;
    packed::unpack::<Packed>(&text)?.into_iter().map(unpack).collect()
}

fn unpack((id, name, username, email, password, shares, stored): Packed) -> Result<Facts> {
    Ok(Facts {
        id,
        state: state(stored)?,
        name: shown_name(&name, &username, &email).to_owned(),
        has_password: password != 0,
        has_email: !email.is_empty(),
        shares_group: shares != 0,
    })
}

/// The facts of one person.
///
/// # Errors
/// [`Problem::NotFound`] where nobody has this number.
pub async fn read_one(tx: &mut AnyConnection, doer: &Doer, id: i64, named: Named) -> Result<Facts> {
    let facts = read(tx, doer, &[id], named).await?.pop();
    let is_seen = |facts: &Facts| {
        doer.role != Role::Manager
            || id == doer.id
            || (facts.state.role == Role::User && facts.shares_group)
    };
    Ok(facts.filter(is_seen).ok_or(Problem::NotFound)?)
}

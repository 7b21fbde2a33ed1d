//! Demo people: as many as wanted, so that the product can be looked at and measured before it
//! has real ones. They have no password, and their addresses end in `.example`, which nobody has.
//!
//! The same seed on the same day gives the same people; a further fill of the same database gives
//! others. `calendar` says when people come, `names` and `sources` who they are and from where, `life` what
//! became of them, `teams` which groups they are in; `world` puts a person together, `rows` writes them. What life looks like is in the tables of
//! `cultures`, `sources` and `words`.

mod calendar;
mod chance;
mod cultures;
mod life;
mod names;
mod person;
mod profile;
mod rows;
mod sources;
mod taken;
mod teams;
mod words;
mod world;

use model::Problem;
use model::people::{Status, Tab};
use model::text::text;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use crate::audit::{self, Action};
use crate::numbers::{self, Numbered};
use crate::people::facts;
use crate::settings::{self, Settings};
use crate::{Actor, Backend, Result, recount, sqlite};
use calendar::Calendar;
use chance::Chance;
use person::Person;
use rows::{BATCH, Writer};
use taken::{Kind, Taken};
use teams::Teams;
use world::{RECENT, World};

/// The most people of one fill.
pub const MOST: u64 = 5_000_000;
/// From so many on, and where few people are there already, indexes are built after the rows.
const MASS: u64 = 10_000;
/// Of 1000 people, how many are pending invitations, deleted ones included.
const PENDING: u64 = 31;
/// Of 1000 people, how many wait for approval.
const AWAITING: u64 = 5;
/// From so many people on there are two administrators from the first day on.
const TWO_FOUNDERS: u64 = 100;

/// What to fill the database with.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many people.
    pub users: u64,
    /// Which ones.
    pub seed: u64,
}

/// What a fill added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All people.
    pub added: u64,
    /// On the Active list.
    pub active: u64,
    /// Among the pending invitations.
    pub pending: u64,
    /// Among the recently deleted.
    pub deleted: u64,
}

/// Adds demo people, all or none of them; `progress` hears how many there are so far.
///
/// Nothing else can write while it runs.
///
/// # Errors
/// [`Problem::Invalid`] for no people or more than [`MOST`].
pub async fn fill(
    backend: &Backend,
    actor: &Actor,
    options: Options,
    progress: impl FnMut(u64) + Send,
) -> Result<Summary> {
    if !(1..=MOST).contains(&options.users) {
        return Err(Problem::field("users", text().field_demo_users).into());
    }
    let many = options.users >= MASS;
    if many {
        sqlite::prepare(backend.db()).await?;
    }
    let result = fill_at_once(backend, actor, options, progress).await;
    if many {
        sqlite::settle(backend.db()).await?;
    }
    result
}

async fn fill_at_once(
    backend: &Backend,
    actor: &Actor,
    options: Options,
    progress: impl FnMut(u64) + Send,
) -> Result<Summary> {
    let mut tx = backend.db().begin().await?;
    let before = Before::read(&mut tx).await?;
    let taken_down = match options.users >= MASS && options.users >= before.people {
        true => Some(sqlite::take_down(&mut tx).await?),
        false => None,
    };
    let summary = invent(backend, &mut tx, options, before, progress).await?;
    if let Some(taken_down) = taken_down {
        taken_down.put_up(&mut tx).await?;
        recount::repair(&mut tx).await?;
        recount::raise_revision(&mut tx).await?;
    }
    buy_seats(backend, &mut tx, actor).await?;
    let details = json!({ "added": summary.added, "seed": options.seed });
    audit::record(backend, &mut tx, actor, Action::DemoFilled, 0, &details).await?;
    tx.commit().await?;
    Ok(summary)
}

/// Buys more seats where all are taken now: otherwise nobody could be given one.
async fn buy_seats(backend: &Backend, tx: &mut AnyConnection, actor: &Actor) -> Result<()> {
    let taken = facts::seats_held(tx).await?;
    let before = Settings::read(tx).await?.seats;
    if i64::from(before) > taken {
        return Ok(());
    }
    let seats = (taken + taken / 10 + 10) / 10 * 10;
    settings::keep(tx, "seats", &seats.to_string(), backend.now(), actor.id).await?;
    let details = json!({ "fields": { "seats": [before.to_string(), seats.to_string()] } });
    audit::record(backend, tx, actor, Action::SettingsChanged, 0, &details).await
}

/// What a fill finds.
struct Before {
    people: u64,
    /// The highest number that anybody has.
    last_id: i64,
    /// How often demo people were added.
    fills: u64,
    taken: Taken,
}

impl Before {
    async fn read(tx: &mut AnyConnection) -> Result<Self> {
        let mut before = Self { people: 0, last_id: 0, fills: 0, taken: Taken::default() };
        loop {
            let rows = sqlx::query(
                "SELECT id, email_key, username, referral_code FROM users
                 WHERE id > $1 ORDER BY id LIMIT 5000",
            )
            .bind(before.last_id)
            .fetch_all(&mut *tx)
            .await?;
            for row in &rows {
                before.people += 1;
                before.last_id = row.try_get("id")?;
                before.taken.claim(Kind::Email, row.try_get("email_key")?);
                before.taken.claim(Kind::Username, row.try_get("username")?);
                before.taken.claim(Kind::Referral, row.try_get("referral_code")?);
            }
            if rows.is_empty() {
                break;
            }
        }
        before.last_id = numbers::next(tx, Numbered::Users).await? - 1;
        let fills = sqlx::query("SELECT COUNT(*) AS n FROM audit_log WHERE action = $1")
            .bind(Action::DemoFilled.word())
            .fetch_one(tx)
            .await?;
        before.fills = u64::try_from(fills.try_get::<i64, _>("n")?).unwrap_or_default();
        Ok(before)
    }
}

async fn invent(
    backend: &Backend,
    tx: &mut AnyConnection,
    options: Options,
    before: Before,
    mut progress: impl FnMut(u64) + Send,
) -> Result<Summary> {
    let seed = options.seed.wrapping_add(before.fills << 32);
    let mut chance = Chance::seeded(seed);
    let calendar = Calendar::up_to(backend.now(), backend.zone(), &mut chance);
    let pending = options.users * PENDING / 1000;
    let invitations = calendar.invitations(pending);
    let registrations = calendar.registrations(options.users - pending);
    let awaiting = share_awaiting(options.users, &calendar, &registrations);
    let teams = Teams::found(tx, options.users, seed, backend.now()).await?;
    let mut world = World::new(&calendar, before.taken, teams, awaiting);
    let mut founders = if options.users >= TWO_FOUNDERS { 2 } else { 1 };
    let mut id = before.last_id;
    let mut summary = Summary::default();
    let writer = Writer::new();
    let mut batch = Vec::with_capacity(BATCH);
    for (day, (registered, invited)) in
        calendar.days.iter().zip(registrations.iter().zip(invitations))
    {
        let mut moments: Vec<(i64, bool)> = (0..registered + invited)
            .map(|n| (calendar.moment(day, &mut chance), n < *registered))
            .collect();
        moments.sort_unstable();
        for (at, is_registered) in moments {
            id += 1;
            let person = match is_registered {
                true => world.registered(&mut chance, day, at, founders > 0),
                false => world.pending(&mut chance, day, at),
            };
            founders -= i64::from(is_registered && founders > 0);
            summary.count(&person);
            batch.push(world.number(id, person));
            if batch.len() == BATCH {
                writer.write(tx, std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).await?;
                progress(summary.added);
            }
        }
    }
    writer.write(tx, batch).await?;
    progress(summary.added);
    Ok(summary)
}

/// How many of 1000 of those who came lately wait for approval, so that [`AWAITING`] of all do.
fn share_awaiting(users: u64, calendar: &Calendar, registrations: &[u64]) -> u32 {
    let days = usize::try_from(RECENT / crate::clock::DAY).unwrap_or_default();
    let lately: u64 = registrations.iter().rev().take(days).sum();
    debug_assert_eq!(calendar.days.len(), registrations.len());
    u32::try_from((users * AWAITING).checked_div(lately).unwrap_or_default())
        .map_or(300, |n| n.min(300))
}

impl Summary {
    fn count(&mut self, person: &Person) {
        self.added += 1;
        match Tab::of(person.status) {
            Tab::Pending => self.pending += 1,
            Tab::Deleted => self.deleted += 1,
            Tab::Active | Tab::All => self.active += 1,
        }
        debug_assert!(person.status != Status::Deleted || person.deleted_at > 0);
    }
}

//! Recounting: what is kept as a figure or a day beside the people (counters, daily
//! registrations, the day of each creation, the list, groups and inherited budgets in their rows) is
//! computed anew, compared and put right.
//!
//! The triggers keep all of it exact; this finds what got past them, and follows a change of the
//! installation's time zone. A new counter needs nothing here: it is a row of `users_counts`.

mod days;
mod sql;

use sqlx::AnyConnection;

use crate::{Backend, Result, Zone};

pub(crate) use sql::{raise_revision, repair};

/// A figure that was not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Which one.
    pub name: String,
    /// What was stored.
    pub stored: i64,
    /// What it is now.
    pub real: i64,
}

/// The name under which a change of days is reported: how many people had the right day, out of
/// how many.
pub const DAYS: &str = "created_day";

/// The names under which rows are reported that were on another list, or had other groups or another
/// inherited budget, than they should: how many people had the right ones, out of how many.
pub const LISTS: &str = "tab";
/// See [`LISTS`].
pub const GROUPS: &str = "groups_key";
/// See [`LISTS`].
pub const BUDGETS: &str = "inherited budget_limit";

/// Recomputes everything and puts right what differs. Empty where nothing did.
///
/// Days come first, by the installation's time zone as it is now: the daily registrations move
/// with them, but for those of people gone for good, whom nothing can move.
///
/// # Errors
/// Where the database fails; nothing was changed then.
pub async fn run(backend: &Backend) -> Result<Vec<Drift>> {
    let mut tx = backend.db().begin().await?;
    let drifts = in_zone(&mut tx, backend, backend.zone()).await?;
    tx.commit().await?;
    Ok(drifts)
}

/// The same in a transaction, for a time zone that may become the installation's.
pub(crate) async fn in_zone(
    tx: &mut AnyConnection,
    backend: &Backend,
    zone: Zone,
) -> Result<Vec<Drift>> {
    let mut drifts = Vec::new();
    let moved = days::rewrite(tx, zone).await?;
    if moved > 0 {
        let real = sql::people(tx).await?;
        drifts.push(Drift { name: DAYS.to_owned(), stored: real - moved, real });
    }
    drifts.extend(sql::repair(tx).await?);
    days::set_zone(tx, zone, backend.now()).await?;
    if !drifts.is_empty() {
        sql::raise_revision(tx).await?;
    }
    Ok(drifts)
}

/// Recounts where the days were made in another time zone than the installation has now. To be
/// called when it starts; says whether it was necessary.
///
/// # Errors
/// Where the database fails.
pub async fn follow_zone(backend: &Backend) -> Result<bool> {
    let mut tx = backend.db().begin().await?;
    let zone = days::zone(&mut tx).await?;
    if zone.as_deref() == Some(backend.zone().name()) {
        return Ok(false);
    }
    if sql::people(&mut tx).await? == 0 {
        days::set_zone(&mut tx, backend.zone(), backend.now()).await?;
        tx.commit().await?;
        return Ok(false);
    }
    drop(tx);
    run(backend).await?;
    Ok(true)
}

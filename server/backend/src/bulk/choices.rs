//! What can be done to the people of a selection, and to how many of them: each change is judged for each
//! person as a plan judges it, so that nothing is offered which comes to nothing.

use model::bulk::Selection;
use model::changes::{Budget, Change};
use model::effect::{Effect, Facts, Ground, Named};
use model::people::Role;
use model::rights::may_at_all;
use sqlx::{AnyConnection, Row};

use super::BATCH;
use super::plan::people;
use crate::access::Steward;
use crate::people::facts;
use crate::users::Sql;
use crate::{Backend, Result, packed};

/// For how many people that is found out while somebody waits.
const MOST: usize = 20_000;

/// What can be done to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// How many people they are.
    pub people: u64,
    /// Each change with how many people it can change; `None` where they are too many to find that out
    /// at once.
    counts: Option<Vec<(Change, u64)>>,
    has_seats: bool,
}

impl Choices {
    /// To how many people a change can be done; of one with a value to be typed no more than to how many it
    /// could, which is for [`Choices::offers`] and not to be shown. `None` where that was not found out.
    pub fn of(&self, change: &Change) -> Option<u64> {
        let counts = self.counts.as_ref()?;
        Some(counts.iter().find(|(other, _)| other == change).map_or(0, |(_, n)| *n))
    }

    /// Whether a change can make a difference to somebody.
    pub fn offers(&self, change: &Change) -> bool {
        let is_possible = self.has_seats || !matches!(change, Change::Licence(_));
        is_possible && self.of(change).is_none_or(|n| n > 0)
    }
}

/// Finds out what can be done to a selection.
///
/// # Errors
/// [`Problem::Conflict`](model::Problem) where nobody is selected.
pub async fn choices(
    backend: &Backend,
    steward: &Steward,
    selection: &Selection,
) -> Result<Choices> {
    let (ids, _) = people(backend, steward, selection).await?;
    let mut connection = backend.db().bulk().acquire().await?;
    let (ground, _) = facts::ground(backend, &mut connection, steward.actor(), None).await?;
    let mut choices =
        Choices { people: ids.len() as u64, counts: None, has_seats: ground.seats_free.is_some() };
    if ids.len() > MOST {
        return Ok(choices);
    }
    let mut probes: Vec<Probe> = probed()
        .filter(|change| may_at_all(ground.operation(change), &ground.doer).is_ok())
        .map(|change| Probe { change, ground: ground.clone(), people: 0 })
        .collect();
    for ids in ids.chunks(BATCH) {
        let people = facts::read(&mut connection, &ground.doer, ids, Named::default()).await?;
        probes.iter_mut().for_each(|probe| people.iter().for_each(|facts| probe.judge(facts)));
    }
    let mut counts: Vec<_> = probes.into_iter().map(|probe| (probe.change, probe.people)).collect();
    let joining = counts.iter().find(|(change, _)| *change == Change::AddGroup(0));
    if let Some((_, joining)) = joining.cloned() {
        counts.extend(of_groups(&mut connection, &ids, joining).await?);
    }
    choices.counts = Some(counts);
    Ok(choices)
}

/// The changes that are tried, each with a value that stands for all of its kind.
fn probed() -> impl Iterator<Item = Change> {
    let bare = [
        Change::Suspend,
        Change::Reactivate,
        Change::Delete,
        Change::Restore,
        Change::DeletePermanently,
        Change::SendInvitation,
        Change::Licence(true),
        Change::Licence(false),
        Change::Paying(true),
        Change::Paying(false),
        Change::Budget(Budget::Inherited),
        Change::Expiry(None),
        Change::AddGroup(0),
    ];
    bare.into_iter().chain(Role::ALL.iter().map(|role| Change::Role(*role)))
}

/// A change, and how many people it can be done to so far.
struct Probe {
    change: Change,
    ground: Ground,
    people: u64,
}

impl Probe {
    fn judge(&mut self, facts: &Facts) {
        let has_typed_value = matches!(self.change, Change::Budget(_) | Change::Expiry(_));
        match self.change.effect(facts, &self.ground) {
            Effect::Changes(after) => {
                self.ground.go_on(facts, &after);
                self.people += 1;
            }
            // With another value it would change them.
            Effect::Unchanged if has_typed_value => self.people += 1,
            Effect::Unchanged | Effect::Skipped(_) => {}
        }
    }
}

/// How many can join each group, of those who can join one at all, and how many can leave it.
async fn of_groups(
    connection: &mut AnyConnection,
    ids: &[i64],
    joining: u64,
) -> Result<Vec<(Change, u64)>> {
    let mut sql = Sql::new(
        "SELECT groups.id AS id, COUNT(users.id) AS n FROM groups
         LEFT JOIN (group_members JOIN users ON users.id = user_id AND status <> 4 AND users.id IN ",
    );
    sql.push(packed::IDS.0).bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
    sql.push(") ON group_id = groups.id GROUP BY groups.id");
    let mut counts = Vec::new();
    for row in sql.query().fetch_all(connection).await? {
        let (group, members): (i64, i64) = (row.try_get("id")?, row.try_get("n")?);
        let members = u64::try_from(members).unwrap_or(0);
        counts.push((Change::AddGroup(group), joining.saturating_sub(members)));
        counts.push((Change::RemoveGroup(group), members));
    }
    Ok(counts)
}

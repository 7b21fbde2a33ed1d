//! Writing what changes come to: the people, the sessions that end, the groups, and an entry of the audit
//! log for each person.

use std::collections::BTreeMap;

use model::effect::{Facts, Named, State};
use model::format::iso_day;
use model::limits::{Amount, Cap};
use model::people::{Status, Tab};
use serde_json::{Map, Value, json};
use sqlx::AnyConnection;

use super::facts::last_day;
use super::gone;
use super::stored::{COLUMNS, store};
use crate::access::Actor;
use crate::audit::{self, Action};
use crate::levels::{self, Limits, Rule};
use crate::links::{self, Purpose};
use crate::settings::Settings;
use crate::users::Sql;
use crate::{Backend, Result, Zone, groups, packed};

/// How a change is made.
pub struct How<'a> {
    /// Who makes it.
    pub actor: &'a Actor,
    /// The settings, as read in the same transaction.
    pub settings: &'a Settings,
    /// What the change names.
    pub named: Named,
    /// What the entries say beside the fields, such as the mass change that it belongs to.
    pub beside: &'a [(&'static str, Value)],
}

/// What became of whom a change was applied to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Whether those who were deleted are gone for good, since nobody is kept.
    pub is_for_good: bool,
}

/// A column with its new value.
type Assignment = (&'static str, i64);

/// Changes people from what they are to what they shall be.
pub async fn apply(
    backend: &Backend,
    tx: &mut AnyConnection,
    how: &How<'_>,
    people: &[(Facts, State)],
) -> Result<Applied> {
    write(backend, tx, people).await?;
    if let Some(group) = how.named.group {
        join(backend, tx, how, group, people).await?;
    }
    if let Some(cap) = how.named.cap {
        limit(tx, cap, people).await?;
    }
    record(backend, tx, how, people).await?;
    let deleted = |after: &State| after.status == Status::Deleted;
    let gone: Vec<i64> =
        people.iter().filter(|(_, after)| deleted(after)).map(|(before, _)| before.id).collect();
    let is_for_good = how.settings.retention_days == 0 && !gone.is_empty();
    if is_for_good {
        gone::remove(backend, tx, how.actor, &gone, how.beside).await?;
    }
    Ok(Applied { is_for_good })
}

/// Writes the columns that change. People who get the same values are written by one statement.
pub(super) async fn write(
    backend: &Backend,
    tx: &mut AnyConnection,
    people: &[(Facts, State)],
) -> Result<()> {
    let mut alike: BTreeMap<Vec<Assignment>, Vec<i64>> = BTreeMap::new();
    let (mut barred, mut uninvited) = (Vec::new(), Vec::new());
    for (before, after) in people {
        let values = store(after).into_iter().zip(store(&before.state));
        let mut changed: Vec<Assignment> = COLUMNS
            .into_iter()
            .zip(values)
            .filter(|(_, (is, was))| is != was)
            .map(|(column, (is, _))| (column, is))
            .collect();
        let (tab, was) = (Tab::of(after.status), Tab::of(before.state.status));
        if tab != was {
            changed.push(("tab", tab.code()));
        }
        if matches!(after.status, Status::Suspended | Status::Deleted)
            && after.status != before.state.status
        {
            changed.push(("sessions", 0));
            barred.push(before.id);
        }
        if ends_invitation(&before.state, after) {
            uninvited.push(before.id);
        }
        if !changed.is_empty() {
            alike.entry(changed).or_default().push(before.id);
        }
    }
    if !barred.is_empty() {
        let mut sql = Sql::new("DELETE FROM user_sessions WHERE user_id IN ");
        sql.push(packed::IDS.0).bind(packed::ids(&barred)?.as_str()).push(packed::IDS.1);
        sql.query().execute(&mut *tx).await?;
        links::end(tx, backend, Purpose::Recovery, &barred).await?;
    }
    if !uninvited.is_empty() {
        end_invitations(backend, tx, &uninvited).await?;
    }
    for (changed, ids) in alike {
        let mut sql = Sql::new("UPDATE users SET updated_at = ");
        sql.bind(backend.now());
        for (column, value) in changed {
            sql.push(", ").push(column).push(" = ").bind(value);
        }
        sql.push(" WHERE id IN ").push(packed::IDS.0);
        sql.bind(packed::ids(&ids)?.as_str()).push(packed::IDS.1);
        sql.query().execute(&mut *tx).await?;
    }
    Ok(())
}

/// Ends the invitations of some people, who stay pending: to be let in, they are sent another.
pub(super) async fn end_invitations(
    backend: &Backend,
    tx: &mut AnyConnection,
    people: &[i64],
) -> Result<()> {
    links::end(tx, backend, Purpose::Invitation, people).await?;
    let mut sql = Sql::new("UPDATE users SET invite_expires_at = 0 WHERE id IN ");
    sql.push(packed::IDS.0).bind(packed::ids(people)?.as_str()).push(packed::IDS.1);
    sql.query().execute(tx).await?;
    Ok(())
}

/// Whether a link that was sent before is not to be used after a change: whoever has it, such as a manager
/// who had it shown, was not meant to come to the higher role.
fn ends_invitation(before: &State, after: &State) -> bool {
    before.status == Status::Pending && after.role > before.role
}

/// Puts people into a group and takes others out of it, each with an entry.
async fn join(
    backend: &Backend,
    tx: &mut AnyConnection,
    how: &How<'_>,
    group: i64,
    people: &[(Facts, State)],
) -> Result<()> {
    let of = |joins: bool| -> Vec<i64> {
        let changes =
            people.iter().filter(|(before, after)| before.state.in_group != after.in_group);
        changes.filter(|(_, after)| after.in_group == joins).map(|(before, _)| before.id).collect()
    };
    let (joining, leaving) = (of(true), of(false));
    if !joining.is_empty() {
        groups::add_in(backend, tx, how.actor, group, &joining).await?;
    }
    if !leaving.is_empty() {
        groups::remove_in(backend, tx, how.actor, group, &leaving).await?;
    }
    Ok(())
}

/// Sets their own limit of what is named, or takes it away.
async fn limit(tx: &mut AnyConnection, cap: Cap, people: &[(Facts, State)]) -> Result<()> {
    let mut alike: BTreeMap<Option<Amount>, Vec<i64>> = BTreeMap::new();
    for (before, after) in people.iter().filter(|(was, is)| was.state.limit != is.limit) {
        alike.entry(after.limit).or_default().push(before.id);
    }
    for (amount, ids) in alike {
        levels::set_own(tx, cap, amount, &ids).await?;
    }
    Ok(())
}

/// Writes an entry for each person, under the action that says most of what was done.
async fn record(
    backend: &Backend,
    tx: &mut AnyConnection,
    how: &How<'_>,
    people: &[(Facts, State)],
) -> Result<()> {
    let mut entries: Vec<(Action, i64, Value)> = Vec::with_capacity(people.len());
    for (before, after) in people {
        let fields = fields(backend.zone(), how.named, &before.state, after);
        if fields.is_empty() {
            continue;
        }
        let mut details = Map::new();
        details.insert("fields".to_owned(), Value::Object(fields));
        for (name, value) in how.beside {
            details.insert((*name).to_owned(), value.clone());
        }
        entries.push((action(&before.state, after), before.id, Value::Object(details)));
    }
    entries.sort_by_key(|(action, ..)| action.word());
    for alike in entries.chunk_by(|(one, ..), (other, ..)| one == other) {
        let Some((action, ..)) = alike.first() else { continue };
        // A list, because a closure would not let the future go to another thread.
        let events: Vec<_> = alike.iter().map(|(_, id, details)| (*id, details)).collect();
        audit::record_all(backend, tx, how.actor, *action, events).await?;
    }
    Ok(())
}

/// What was done, by what lies between two states.
fn action(before: &State, after: &State) -> Action {
    match (before.status, after.status) {
        (Status::Deleted, Status::Deleted) => {}
        (_, Status::Deleted) => return Action::Deleted,
        (Status::Deleted, _) => return Action::Restored,
        (Status::Suspended, Status::Active) => return Action::Reactivated,
        (was, Status::Suspended) if was != Status::Suspended => return Action::Suspended,
        _ => {}
    }
    if before.role != after.role {
        return Action::RoleChanged;
    }
    let seat = |state: &State| state.licensed || state.seat_remembered;
    if seat(before) != seat(after) || before.licensed != after.licensed {
        return match seat(after) {
            true => Action::LicenceAssigned,
            false => Action::LicenceTaken,
        };
    }
    match (before.budget == after.budget, before.limit == after.limit) {
        (false, _) => Action::BudgetChanged,
        (true, false) => Action::LimitsChanged,
        (true, true) => Action::Edited,
    }
}

/// The fields that differ, but for the group, each as it was and as it is, in the words of forms.
pub(crate) fn fields(
    zone: Zone,
    named: Named,
    before: &State,
    after: &State,
) -> Map<String, Value> {
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let day = |at: i64| if at > 0 { iso_day(last_day(zone, at)) } else { String::new() };
    let words = |state: &State| {
        [
            ("status", state.status.word().to_owned()),
            ("role", state.role.word().to_owned()),
            ("licence", yes(state.licensed)),
            ("seat_remembered", yes(state.seat_remembered)),
            ("paying", yes(state.paying)),
            ("budget", state.budget.print()),
            ("expiry", day(state.expires_at)),
        ]
    };
    let mut fields = Map::new();
    for ((name, was), (_, is)) in words(before).into_iter().zip(words(after)) {
        if was != is {
            fields.insert(name.to_owned(), json!([was, is]));
        }
    }
    if let Some(cap) = named.cap.filter(|_| before.limit != after.limit) {
        let shown = |amount| <Limits as Rule>::shown(cap, amount);
        fields.insert(cap.word(), json!([shown(before.limit), shown(after.limit)]));
    }
    fields
}

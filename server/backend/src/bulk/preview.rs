//! What a planned mass change would make of the first people: each with what they are and what they would
//! become, or why they stay as they are.

use model::bulk::{Outcome, Row};
use model::changes::Change;
use model::effect::Effect;
use model::rights::Refusal;

use super::plan::{effect, outcome};
use super::rows::changes;
use super::{BATCH, apply, jobs};
use crate::access::Steward;
use crate::people::facts;
use crate::{Backend, Result, groups};

/// The first people of a mass change, up to so many. Managers see their own mass changes.
///
/// # Errors
/// [`Problem::NotFound`](model::Problem) where there is none of this number.
pub async fn preview(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    most: usize,
) -> Result<Vec<Row>> {
    let bulk = jobs::get(backend, steward, id).await?;
    let change = jobs::change_of(backend, &bulk.work).await?;
    let mut tx = backend.db().read().begin().await?;
    let Some((mut ids, before)) = apply::batch(&mut tx, id, 0).await? else {
        return Ok(Vec::new());
    };
    ids.truncate(most.min(BATCH));
    let (mut ground, _) = facts::ground(backend, &mut tx, steward.actor(), change.as_ref()).await?;
    let named = change.as_ref().map(Change::named).unwrap_or_default();
    let mut people = facts::read(&mut tx, &ground.doer, &ids, named).await?;
    let reached = groups::in_reach(&mut tx, steward, &ids).await?;
    let mut foreseen = Vec::with_capacity(ids.len());
    let left_out = |id, refusal| Row {
        id,
        name: String::new(),
        is_withheld: refusal != Refusal::Gone,
        outcome: Some(Outcome::Skipped),
        reason: Some(refusal),
        changes: Vec::new(),
    };
    for id in ids {
        let Some(place) = people.iter().position(|facts| facts.id == id) else {
            foreseen.push(left_out(id, Refusal::Gone));
            continue;
        };
        if !reached.contains(&id) {
            foreseen.push(left_out(id, Refusal::NotInYourGroups));
            continue;
        }
        let facts = people.swap_remove(place);
        let effect = effect(&bulk.work, &facts, &before, &ground)?;
        let (outcome, reason) = outcome(&effect);
        let mut changed = Vec::new();
        if let Effect::Changes(after) = &effect {
            ground.go_on(&facts, after);
            changed = changes(backend.zone(), named, &facts.state, after);
        }
        foreseen.push(Row {
            id,
            name: facts.name,
            is_withheld: false,
            outcome: Some(outcome),
            reason,
            changes: changed,
        });
    }
    Ok(foreseen)
}

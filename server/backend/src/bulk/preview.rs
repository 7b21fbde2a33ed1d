//! What a planned mass change would make of the first people: each with what they are and what they would
//! become, or why they stay as they are.

use model::bulk::Outcome;
use model::changes::Change;
use model::effect::Effect;
use model::rights::Refusal;
use serde_json::Value;

use super::plan::{effect, outcome};
use super::{BATCH, apply, jobs};
use crate::access::Steward;
use crate::people::{facts, fields};
use crate::{Backend, Result, groups};

/// What would come of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Their number.
    pub id: i64,
    /// Display name, or what stands for it; empty where they are gone for good, or not among those
    /// whom the manager looks after any more.
    pub name: String,
    /// Whether they would be changed.
    pub outcome: Outcome,
    /// Why they would be left out.
    pub reason: Option<Refusal>,
    /// The fields that would be others: the name, what it is, what it would be.
    pub fields: Vec<(String, String, String)>,
}

/// The first people of a mass change, up to so many. Managers see their own mass changes.
///
/// # Errors
/// [`Problem::NotFound`](model::Problem) where there is none of this number.
pub async fn preview(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    most: usize,
) -> Result<Vec<Foreseen>> {
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
    let left_out = |id, refusal| Foreseen {
        id,
        name: String::new(),
        outcome: Outcome::Skipped,
        reason: Some(refusal),
        fields: Vec::new(),
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
            if facts.state.in_group != after.in_group {
                let word = |is_in: bool| if is_in { "yes" } else { "no" }.to_owned();
                changed.push((
                    "group".to_owned(),
                    word(facts.state.in_group),
                    word(after.in_group),
                ));
            }
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            for (field, values) in fields(backend.zone(), named, &facts.state, after) {
                changed.push((field, word(&values[0]), word(&values[1])));
            }
        }
        foreseen.push(Foreseen { id, name: facts.name, outcome, reason, fields: changed });
    }
    Ok(foreseen)
}

//! What a mass change would come to: whom it is about is settled here, and each person judged by the
//! rule that it is applied by.

use std::collections::HashMap;

use model::bulk::{Counts, Outcome, Selection, Work};
use model::changes::Change;
use model::effect::{Effect, Facts, Ground, Named, undo};
use model::rights::{Refusal, may_at_all};
use model::text::people::text;
use model::{Problem, bulk};
use sqlx::AnyConnection;

use super::jobs::{self, New};
use super::{BATCH, course, rows};
use crate::access::{Looks, Steward};
use crate::people::facts;
use crate::people::stored::{Stored, state};
use crate::{Backend, Result, groups, users};

/// What undoing needs to know of each person: what was, and what came of it.
pub type Before = HashMap<i64, (Stored, Stored)>;

/// Plans a change for a selection, and gives back its number. Nobody is changed.
///
/// # Errors
/// [`Problem::Conflict`] where nobody is selected, [`Problem::Forbidden`] for those who may do it to nobody.
pub async fn plan(
    backend: &Backend,
    steward: &Steward,
    selection: &Selection,
    change: &Change,
) -> Result<i64> {
    let (ids, query) = match selection {
        Selection::Ticked(ids) => (ticked(ids), String::new()),
        Selection::Matching(query) => {
            let (ids, query) = users::selected(backend, steward.within(), query).await?;
            (ids, query.scope())
        }
    };
    let mut tx = backend.db().bulk().begin().await?;
    let (ground, _) = facts::ground(backend, &mut tx, steward.actor(), Some(change)).await?;
    may_at_all(ground.operation(change), &ground.doer).map_err(|refusal| refusal.problem())?;
    // Managers are not told of people whom they may not act on.
    let ids = groups::in_reach(&mut tx, steward, &ids).await?;
    if ids.is_empty() {
        return Err(Problem::Conflict(text().nobody_selected.to_owned()).into());
    }
    let work = Work::Change(change.clone());
    let counts = foresee(&mut tx, ground, &work, &ids, &Before::new(), change.named()).await?;
    tx.rollback().await?;
    let people = ids.chunks(BATCH).map(|ids| (ids.to_vec(), Vec::new())).collect();
    jobs::insert(backend, steward, New { work, query, people, counts }).await
}

/// Plans to take back what a mass change did, and gives back the number of that plan.
///
/// # Errors
/// [`Problem::Conflict`] where it can't be taken back, [`Problem::NotFound`] where there is none of this number.
pub async fn plan_undo(backend: &Backend, steward: &Steward, id: i64) -> Result<i64> {
    let job = jobs::get(backend, steward, id).await?;
    course::undoable(&job)?;
    let changed = rows::changed(backend, id).await?;
    let mut tx = backend.db().bulk().begin().await?;
    let change = jobs::change_of(backend, &job.work).await?;
    let (ground, _) = facts::ground(backend, &mut tx, steward.actor(), change.as_ref()).await?;
    let ids: Vec<i64> = changed.iter().map(|(id, ..)| *id).collect();
    let before = changed.iter().map(|(id, was, is)| (*id, (*was, *is))).collect();
    let work = Work::Undo(id);
    let named = change.as_ref().map(Change::named).unwrap_or_default();
    let counts = foresee(&mut tx, ground, &work, &ids, &before, named).await?;
    tx.rollback().await?;
    let people = changed
        .chunks(BATCH)
        .map(|batch| {
            let states = batch.iter().map(|(_, was, is)| (*was, *is)).collect();
            (batch.iter().map(|(id, ..)| *id).collect(), states)
        })
        .collect();
    jobs::insert(backend, steward, New { work, query: job.query, people, counts }).await
}

/// The numbers of ticked people, each once.
fn ticked(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn foresee(
    tx: &mut AnyConnection,
    mut ground: Ground,
    work: &Work,
    ids: &[i64],
    before: &Before,
    named: Named,
) -> Result<Counts> {
    let mut counts = Counts::default();
    for ids in ids.chunks(BATCH) {
        let facts = facts::read(tx, &ground.doer, ids, named).await?;
        let found = facts.len();
        for facts in &facts {
            let effect = effect(work, facts, before, &ground)?;
            let (outcome, reason) = outcome(&effect);
            counts.add(outcome, reason);
            if let Effect::Changes(after) = &effect {
                ground.go_on(facts, after);
            }
        }
        for _ in found..ids.len() {
            counts.add(Outcome::Skipped, Some(Refusal::Gone));
        }
    }
    Ok(counts)
}

/// What the work comes to for a person.
pub fn effect(work: &Work, facts: &Facts, before: &Before, ground: &Ground) -> Result<Effect> {
    Ok(match work {
        Work::Change(change) => change.effect(facts, ground),
        Work::Undo(_) => match before.get(&facts.id) {
            Some((was, is)) => undo(facts, &state(*was)?, &state(*is)?, ground),
            None => Effect::Unchanged,
        },
    })
}

/// How an effect is counted.
pub const fn outcome(effect: &Effect) -> (bulk::Outcome, Option<Refusal>) {
    match effect {
        Effect::Changes(_) => (Outcome::Changed, None),
        Effect::Unchanged => (Outcome::Unchanged, None),
        Effect::Skipped(refusal) => (Outcome::Skipped, Some(*refusal)),
    }
}

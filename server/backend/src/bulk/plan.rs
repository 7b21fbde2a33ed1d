//! Planning a mass change: whom it is about is settled here. What it would come to for each of them, `judge`
//! finds out.

use std::collections::HashMap;

use model::bulk::{Outcome, Selection, Work};
use model::changes::Change;
use model::effect::{Effect, Facts, Ground, undo};
use model::rights::{Refusal, may_at_all};
use model::text::people::text;
use model::{Problem, bulk};

use super::jobs::{self, New};
use super::{BATCH, course, judge};
use crate::access::{Looks, Steward};
use crate::people::facts;
use crate::people::stored::{Stored, state};
use crate::{Backend, Result, groups, users};

/// What undoing needs to know of each person: what was, and what came of it.
pub type Before = HashMap<i64, (Stored, Stored)>;

/// Plans a change for a selection, and gives back its number. Nobody is changed. Many people are judged
/// beside everything else, and the plan says how far that is.
///
/// # Errors
/// [`Problem::Conflict`] where nobody is selected, [`Problem::Forbidden`] for those who may do it to nobody.
pub async fn plan(
    backend: &Backend,
    steward: &Steward,
    selection: &Selection,
    change: &Change,
) -> Result<i64> {
    let mut tx = backend.db().bulk().begin().await?;
    let (ground, _) = facts::ground(backend, &mut tx, steward.actor(), Some(change)).await?;
    may_at_all(ground.operation(change), &ground.doer).map_err(|refusal| refusal.problem())?;
    tx.rollback().await?;
    let (ids, query) = people(backend, steward, selection).await?;
    let (work, people) = (Work::Change(change.clone()), ids.len() as u64);
    let id = jobs::insert(backend, steward, New { work, query, people, ids: &ids }).await?;
    judge::judge_or_spawn(backend, id, people).await
}

/// Plans to take back what a mass change did, and gives back the number of that plan.
///
/// # Errors
/// [`Problem::Conflict`] where it can't be taken back, [`Problem::NotFound`] where there is none of this number.
pub async fn plan_undo(backend: &Backend, steward: &Steward, id: i64) -> Result<i64> {
    let job = jobs::get(backend, steward, id).await?;
    course::undoable(&job)?;
    let mut tx = backend.db().read().begin().await?;
    let change = jobs::change_of(backend, &job.work).await?;
    facts::ground(backend, &mut tx, steward.actor(), change.as_ref()).await?;
    tx.rollback().await?;
    let (work, people) = (Work::Undo(id), job.counts.changed);
    let undo = New { work, query: job.query, people, ids: &[] };
    let id = jobs::insert(backend, steward, undo).await?;
    judge::judge_or_spawn(backend, id, people).await
}

/// Who is selected, and the view that was meant.
///
/// # Errors
/// [`Problem::Conflict`] where nobody is.
pub async fn people(
    backend: &Backend,
    steward: &Steward,
    selection: &Selection,
) -> Result<(Vec<i64>, String)> {
    let (found, query) = match selection {
        Selection::Ticked(ids) => (ticked(ids), String::new()),
        Selection::Matching(query) => {
            let (ids, query) = users::selected(backend, steward.within(), query).await?;
            (ids, query.scope())
        }
    };
    // Who is ticked may be gone, and managers are not told of people whom they may not act on.
    let is_sure = steward.is_administrator() && matches!(selection, Selection::Matching(_));
    let ids = if is_sure { found } else { in_reach(backend, steward, &found).await? };
    match ids.is_empty() {
        true => Err(Problem::Conflict(text().nobody_selected.to_owned()).into()),
        false => Ok((ids, query)),
    }
}

async fn in_reach(backend: &Backend, steward: &Steward, found: &[i64]) -> Result<Vec<i64>> {
    let mut connection = backend.db().bulk().acquire().await?;
    let mut ids = Vec::with_capacity(found.len());
    for some in found.chunks(BATCH) {
        ids.extend(groups::in_reach(&mut connection, steward, some).await?);
    }
    Ok(ids)
}

/// The numbers of ticked people, each once.
fn ticked(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
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

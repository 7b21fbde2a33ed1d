//! One change of one person.

use model::changes::Change;
use model::effect::{Effect, State};

use super::{Applied, How, apply, facts, gone};
use crate::access::Steward;
use crate::{Backend, Result, invitations};

/// What a change came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Display name, or what stands for it.
    pub name: String,
    /// Whether anything is another than before.
    pub is_new: bool,
    /// Whether they came back without the seat that they had, since none is free.
    pub lacks_seat: bool,
    /// Whether they are gone for good.
    pub is_for_good: bool,
}

/// Changes one person. A change that is made already is none, and fine.
///
/// # Errors
/// [`Problem::Forbidden`](model::Problem) where the steward may not, [`Problem::Conflict`](model::Problem)
/// where it makes no sense, [`Problem::NotFound`](model::Problem) where nobody has this number.
pub async fn change(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    change: &Change,
) -> Result<Changed> {
    let actor = steward.actor();
    let mut tx = backend.db().begin().await?;
    let (ground, settings) = facts::ground(backend, &mut tx, actor, Some(change)).await?;
    let before = facts::read_one(&mut tx, &ground.doer, id, change.named()).await?;
    let name = before.name.clone();
    let done = |is_new, after: &State, is_for_good| Changed {
        name,
        is_new,
        lacks_seat: is_new && after.seat_remembered && after.can_hold_seat(),
        is_for_good,
    };
    let after = match change.effect(&before, &ground) {
        Effect::Skipped(refusal) => return Err(refusal.problem().into()),
        Effect::Unchanged => return Ok(done(false, &before.state, false)),
        Effect::Changes(after) => *after,
    };
    let how = How { actor, settings: &settings, named: change.named(), beside: &[] };
    let is_for_good = match change {
        Change::DeletePermanently => {
            gone::remove(backend, &mut tx, actor, &[id], &[]).await?;
            true
        }
        Change::SendInvitation => {
            invitations::send_in(&mut tx, backend, actor, &[id]).await?;
            false
        }
        _ => {
            let Applied { is_for_good } =
                apply(backend, &mut tx, &how, &[(before, after.clone())]).await?;
            is_for_good
        }
    };
    tx.commit().await?;
    Ok(done(true, &after, is_for_good))
}

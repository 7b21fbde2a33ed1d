//! How a person stands to whoever looks at them: which changes would come to something. Pages offer those;
//! the change asks again, in its own transaction.

use model::changes::Change;
use model::effect::{Effect, Facts, Ground, Named};
use model::rights::{Operation, Refusal, may};

use super::facts;
use crate::access::Steward;
use crate::settings::Settings;
use crate::{Backend, Result};

/// A person and what their changes depend on, at one moment.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What of them is changed.
    pub facts: Facts,
    /// Who looks, and what else changes depend on.
    pub ground: Ground,
    /// The settings.
    pub settings: Settings,
}

impl Standing {
    /// Whether a change would make a difference, and may be made.
    pub fn offers(&self, change: &Change) -> bool {
        matches!(change.effect(&self.facts, &self.ground), Effect::Changes(_))
    }

    /// Why a change is not made, where it is not.
    pub fn refusal(&self, change: &Change) -> Option<Refusal> {
        match change.effect(&self.facts, &self.ground) {
            Effect::Skipped(refusal) => Some(refusal),
            Effect::Changes(_) | Effect::Unchanged => None,
        }
    }

    /// Whether who looks may do something to them.
    pub fn may(&self, operation: Operation) -> bool {
        may(self.ground.comes_to(operation), &self.ground.doer, &self.facts.target(&self.ground))
            .is_ok()
    }
}

/// Reads how a person stands to a steward.
///
/// # Errors
/// [`Problem::NotFound`](model::Problem) where nobody has this number,
/// [`Problem::Forbidden`](model::Problem) for a manager who may not see them.
pub async fn standing(backend: &Backend, steward: &Steward, id: i64) -> Result<Standing> {
    let mut tx = backend.db().read().begin().await?;
    let (ground, settings) = facts::ground(backend, &mut tx, steward.actor(), None).await?;
    let facts = facts::read_one(&mut tx, &ground.doer, id, Named::default()).await?;
    may(Operation::See, &ground.doer, &facts.target(&ground)).map_err(|why| why.problem())?;
    Ok(Standing { facts, ground, settings })
}

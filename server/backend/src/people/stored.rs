//! A state as a row of numbers: how it is read, written, and kept to be put back.

use model::changes::Budget;
use model::effect::State;
use model::limits::Amount;
use model::people::{Role, Status};

use serde::{Deserialize, Serialize};

use crate::{Failure, Result};

/// The numbers of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<i64>", into = "Vec<i64>")]
pub struct Stored([i64; 12]);

/// That there is no such limit of their own.
pub const NO_LIMIT: i64 = -1;

impl From<Vec<i64>> for Stored {
    /// Those that were kept before there was a further number end sooner.
    fn from(kept: Vec<i64>) -> Self {
        let mut numbers = [NO_LIMIT; 12];
        numbers.iter_mut().zip(kept).for_each(|(number, kept)| *number = kept);
        Self(numbers)
    }
}

impl From<Stored> for Vec<i64> {
    fn from(stored: Stored) -> Self {
        stored.0.to_vec()
    }
}

impl IntoIterator for Stored {
    type Item = i64;
    type IntoIter = std::array::IntoIter<i64, 12>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The columns of `users` that the first numbers stand in; the last ones are whether they are in the
/// group that a change names, and their own limit of what it names.
pub const COLUMNS: [&str; 10] = [
    "role",
    "status",
    "status_before",
    "deleted_at",
    "licensed",
    "seat_remembered",
    "paying",
    "budget_own",
    "budget_limit",
    "expires_at",
];

/// The numbers of a state.
pub fn store(state: &State) -> Stored {
    let (budget_own, budget_limit) = state.budget.stored();
    Stored([
        state.role.code(),
        state.status.code(),
        state.status_before.code(),
        state.deleted_at,
        i64::from(state.licensed),
        i64::from(state.seat_remembered),
        i64::from(state.paying),
        i64::from(budget_own),
        budget_limit,
        state.expires_at,
        i64::from(state.in_group),
        state.limit.map_or(NO_LIMIT, Amount::code),
    ])
}

/// The state of such numbers.
pub fn state(stored: Stored) -> Result<State> {
    let strange = || Failure::Fault("a person has an unknown role or status".to_owned());
    let [
        role,
        status,
        before,
        deleted_at,
        licensed,
        remembered,
        paying,
        own,
        limit,
        expires_at,
        in_group,
        amount,
    ] = stored.0;
    Ok(State {
        role: Role::from_code(role).ok_or_else(strange)?,
        status: Status::from_code(status).ok_or_else(strange)?,
        status_before: Status::from_code(before).ok_or_else(strange)?,
        deleted_at,
        licensed: licensed != 0,
        seat_remembered: remembered != 0,
        paying: paying != 0,
        budget: Budget::of(own != 0, limit),
        expires_at,
        in_group: in_group != 0,
        limit: (amount != NO_LIMIT).then(|| Amount::from_code(amount)),
    })
}

//! A state as a row of numbers: how it is read, written, and kept to be put back.

use model::changes::Budget;
use model::effect::State;
use model::people::{Role, Status};

use crate::{Failure, Result};

/// The numbers of a state.
pub type Stored = [i64; 11];

/// The columns of `users` that the first numbers stand in; the last one is whether they are in the
/// group that a change names.
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
    [
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
    ]
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
    ] = stored;
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
    })
}

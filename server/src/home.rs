//! Where somebody begins: with the page that they work on, or with one that says that they have none.

use backend::groups;
use model::Problem;
use model::people::Role;
use model::session::Caller;

use crate::state::State;

/// Where people look after people.
pub const USERS: &str = "/users";
/// Where managers go who look after groups alone.
pub const GROUPS: &str = "/groups";
/// Where those go who have no page of their own.
pub const WELCOME: &str = "/welcome";

/// The page that somebody begins with, by their role and the setting *Managers may manage users*.
///
/// # Errors
/// Where the database fails.
pub async fn of(state: &State, caller: &Caller) -> Result<&'static str, Problem> {
    match caller.role {
        Role::User => Ok(WELCOME),
        Role::Administrator => Ok(USERS),
        Role::Manager => {
            match groups::admit(&state.backend, caller.id).await.map_err(Problem::from) {
                Err(Problem::AdminRequired) => Ok(GROUPS),
                admitted => admitted.map(|()| USERS),
            }
        }
    }
}

//! Adding people over HTTP: `add` one person, `list` several addresses.

mod add;
mod list;

use app::Visitor;
use app::newcomers::May;
use axum::routing::{get, post};
use backend::groups;
use backend::settings::Settings;
use http::Method;
use model::Problem;
use model::people::Role;
use model::rights::{Doer, gives};

use crate::plain::steward;
use crate::router::Handler;
use crate::state::State;

/// All addresses of adding people.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/users/add", get(add::show)),
        (Method::POST, "/users/add", post(add::add)),
        (Method::GET, "/users/add/list", get(list::show)),
        (Method::POST, "/users/add/list", post(list::list)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

/// What whoever asks may choose in the forms.
async fn may(state: &State, visitor: &Visitor) -> Result<May, Problem> {
    let steward = steward(visitor)?;
    let settings = Settings::now(&state.backend).await?;
    let doer = Doer::of(steward.actor().id, steward.role(), &settings);
    let has_groups = !groups::list(&state.backend, &steward, "").await?.groups.is_empty();
    let groups = groups::choices(&state.backend, &steward).await?;
    Ok(May {
        roles: Role::ALL.iter().copied().filter(|role| gives(&doer, *role).is_ok()).collect(),
        gives_licences: steward.is_administrator(),
        needs_group: !steward.is_administrator(),
        groups: groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        has_groups,
    })
}

//! Adding people over HTTP: `add` one person, `list` several addresses.

mod add;
mod list;

use app::Visitor;
use app::newcomers::May;
use axum::routing::{get, post};
use backend::groups;
use http::Method;
use model::Problem;
use model::rights::highest_given;

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
    let has_groups = !groups::list(&state.backend, &steward, "").await?.groups.is_empty();
    let groups = groups::choices(&state.backend, &steward).await?;
    Ok(May {
        highest: highest_given(steward.role()),
        gives_licences: steward.is_administrator(),
        needs_group: !steward.is_administrator(),
        groups: groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        has_groups,
    })
}

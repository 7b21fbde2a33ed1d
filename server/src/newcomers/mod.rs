//! Adding people over HTTP: `add` one person, `list` several addresses.

mod add;
mod list;

use axum::routing::{get, post};
use http::Method;

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

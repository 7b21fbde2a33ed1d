//! Invitations over HTTP: `manage` one as an administrator, `accept` one by its link.

mod accept;
mod manage;

use axum::routing::{get, post};
use http::Method;

use crate::router::Handler;
use crate::state::State;

/// All addresses of invitations.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/users/{id}/invitation", get(manage::show)),
        (Method::POST, "/users/{id}/invitation/send", post(manage::send)),
        (Method::POST, "/users/{id}/invitation/link", post(manage::link)),
        (Method::POST, "/users/{id}/invitation/new-link", post(manage::new_link)),
        (Method::POST, "/users/{id}/invitation/revoke", post(manage::revoke)),
        (Method::GET, "/invitation", get(accept::show)),
        (Method::POST, "/invitation", post(accept::accept)),
        (Method::GET, "/welcome", get(accept::welcome)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

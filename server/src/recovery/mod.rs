//! Passwords over HTTP: `reset` by an administrator, `anew` by those whose they are.

mod anew;
mod reset;

use axum::routing::{get, post};
use http::Method;

use crate::router::Handler;
use crate::state::State;

/// All addresses of passwords.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/users/{id}/password", get(reset::show)),
        (Method::POST, "/users/{id}/password", post(reset::set)),
        (Method::POST, "/users/{id}/password/link", post(reset::link)),
        (Method::POST, "/users/{id}/password/mail", post(reset::mail)),
        (Method::GET, "/recovery", get(anew::recovery)),
        (Method::POST, "/recovery", post(anew::recover)),
        (Method::GET, "/password", get(anew::password)),
        (Method::POST, "/password", post(anew::change)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

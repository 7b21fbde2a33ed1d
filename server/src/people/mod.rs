//! People over HTTP: `pages` shows the forms that change one person, `forms` takes what they send,
//! `back` knows where whoever sent it goes on, `told` says what was done. `budget` is the smallest of the
//! forms, which opens over the list.

pub mod back;
mod budget;
mod forms;
mod pages;
mod told;

use axum::routing::{get, post};
use http::Method;

use crate::router::Handler;
use crate::state::State;

/// All addresses that change one person.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/users/{id}/edit", get(pages::edit)),
        (Method::GET, "/users/{id}/delete", get(pages::delete)),
        (Method::GET, "/users/{id}/erase", get(pages::erase)),
        (Method::GET, "/users/{id}/budget", get(budget::show)),
        (Method::POST, "/users/{id}/budget", post(budget::save)),
        (Method::POST, "/users/{id}/edit", post(forms::edit)),
        (Method::POST, "/users/{id}/change", post(forms::change)),
        (Method::POST, "/users/{id}/delete", post(forms::delete)),
        (Method::POST, "/users/{id}/erase", post(forms::erase)),
        (Method::POST, "/users/{id}/record", post(forms::record)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

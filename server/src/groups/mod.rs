//! Groups over HTTP: `pages` shows them, `forms` takes what the pages send.

mod forms;
mod pages;

use axum::routing::{get, post};
use http::Method;
use model::Problem;

use crate::router::Handler;
use crate::state::State;

/// All addresses of groups.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/groups", get(pages::list)),
        (Method::GET, "/groups/{id}", get(pages::one)),
        (Method::GET, "/groups/{id}/delete", get(pages::delete)),
        (Method::POST, "/groups", post(forms::create)),
        (Method::POST, "/groups/{id}", post(forms::change)),
        (Method::POST, "/groups/{id}/add", post(forms::add)),
        (Method::POST, "/groups/{id}/remove", post(forms::remove)),
        (Method::POST, "/groups/{id}/delete", post(forms::delete)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

fn number(id: &str) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

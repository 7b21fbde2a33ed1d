//! Mass changes over HTTP: `pages` shows them, `forms` takes what the pages send, `downloads` is what
//! came of each person.

mod downloads;
mod forms;
mod pages;

use axum::routing::{get, post};
use http::Method;

pub use forms::planned;

use crate::router::Handler;
use crate::state::State;

/// All addresses of mass changes.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/bulk", get(pages::overview)),
        (Method::GET, app::bulk::NEW, get(forms::new)),
        (Method::GET, "/bulk/{id}", get(pages::one)),
        (Method::GET, "/bulk/{id}/results.csv", get(downloads::results)),
        (Method::POST, "/bulk", post(forms::plan)),
        (Method::POST, "/bulk/{id}/start", post(forms::start)),
        (Method::POST, "/bulk/{id}/cancel", post(forms::cancel)),
        (Method::POST, "/bulk/{id}/undo", post(forms::undo)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

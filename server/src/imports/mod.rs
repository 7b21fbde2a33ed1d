//! Imports over HTTP: `pages` shows them, `forms` takes what the pages send (`upload` the file as
//! it comes), `downloads` are their files.

mod downloads;
mod forms;
mod pages;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use http::Method;

pub use downloads::{bad_rows_csv, csv};

use crate::router::Handler;
use crate::state::State;

/// All addresses of imports.
pub fn handlers(state: &State) -> Vec<Handler> {
    // The upload counts for itself how much comes.
    let upload = post(upload::upload).layer(DefaultBodyLimit::disable());
    [
        (Method::GET, "/import", get(pages::overview)),
        (Method::GET, "/import/{id}", get(pages::one)),
        (Method::GET, "/import/template.csv", get(downloads::template)),
        (Method::GET, "/import/{id}/bad-rows.csv", get(downloads::bad_rows)),
        (Method::GET, "/import/{id}/results.csv", get(downloads::results)),
        (Method::POST, "/import", upload),
        (Method::POST, "/import/{id}/choices", post(forms::choices)),
        (Method::POST, "/import/{id}/start", post(forms::start)),
        (Method::POST, "/import/{id}/cancel", post(forms::cancel)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

//! People as a file: a form, because an export is recorded.

use app::Visitor;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawForm, State as From};
use axum::response::{IntoResponse, Response};
use backend::export::{Export, Request, start};
use backend::{Admin, Result as Done};
use futures::stream::try_unfold;
use http::Uri;
use model::Problem;

use super::as_file;
use crate::edge::refuse;
use crate::routes::Kind;
use crate::state::State;

/// The people of a view, or everybody: `format`, `scope` and the view's `query` say so.
pub async fn people(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    RawForm(fields): RawForm,
) -> Response {
    match begin(&state, &visitor, &fields).await {
        Ok(export) => {
            let headers = as_file(export.name(), export.media_type());
            let chunks = try_unfold(export, next);
            (headers, Body::from_stream(chunks)).into_response()
        }
        Err(problem) => refuse(Kind::Plain, &problem, &Uri::from_static("/users")),
    }
}

async fn begin(state: &State, visitor: &Visitor, fields: &[u8]) -> Result<Export, Problem> {
    let admin = Admin::of(visitor.caller.as_ref(), &visitor.address)?;
    let (mut format, mut scope, mut query) = (String::new(), String::new(), String::new());
    for (name, value) in form_urlencoded::parse(fields) {
        match &*name {
            "format" => format = value.into_owned(),
            "scope" => scope = value.into_owned(),
            "query" => query = value.into_owned(),
            _ => {}
        }
    }
    let request = Request::read(&format, &scope, &query)?;
    Ok(start(&state.backend, &admin, &request).await?)
}

/// The next part of the file. One that fails breaks the answer off, so that nobody takes the part
/// for the whole; the log says why.
async fn next(mut export: Export) -> Done<Option<(Bytes, Export)>> {
    match export.next().await {
        Ok(chunk) => Ok(chunk.map(|chunk| (chunk.into(), export))),
        Err(failure) => {
            tracing::error!(error = %failure, "an export broke off");
            Err(failure)
        }
    }
}

//! People as a file: a form, because an export is recorded.

use app::Visitor;
use app::export::unclear_page;
use app::plain::Page;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawForm, State as From};
use axum::response::{IntoResponse, Response};
use backend::export::{Export, Request, start, unclear};
use backend::{Admin, Result as Done};
use futures::stream::try_unfold;
use http::{HeaderMap, Uri};
use model::Problem;

use super::as_file;
use crate::edge::{is_read, refuse};
use crate::plain;
use crate::routes::Kind;
use crate::state::State;

/// The people of a view, or everybody: `format`, `scope` and the view's `query` say so.
pub async fn people(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    RawForm(fields): RawForm,
) -> Response {
    match begin(&state, &visitor, is_read(&headers), &fields).await {
        Ok(Begun::Unclear(page)) => plain::show(&state, &visitor, &page, 409).await,
        Ok(Begun::File(export)) => {
            let headers = as_file(export.name(), export.media_type());
            let chunks = try_unfold(*export, next);
            (headers, Body::from_stream(chunks)).into_response()
        }
        Err(problem) => refuse(Kind::Plain, &problem, &Uri::from_static("/users")),
    }
}

/// The beginning of a file, or the page that asks whether it is meant.
enum Begun {
    File(Box<Export>),
    Unclear(Box<Page>),
}

async fn begin(
    state: &State,
    visitor: &Visitor,
    is_read: bool,
    fields: &[u8],
) -> Result<Begun, Problem> {
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
    // Programs get the sentence that refuses it.
    if is_read && let Some(unclear) = unclear(&state.backend, &admin, &request).await? {
        return Ok(Begun::Unclear(Box::new(unclear_page(&unclear, request.format))));
    }
    Ok(Begun::File(Box::new(start(&state.backend, &admin, &request).await?)))
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

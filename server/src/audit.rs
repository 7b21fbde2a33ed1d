//! The audit log over HTTP: its page, its files and its check.

use app::Visitor;
use app::audit::AuditView;
use axum::Extension;
use axum::body::Body;
use axum::extract::{RawForm, State as From};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use backend::Result as Done;
use backend::audit::{self, Action, Export};
use futures::stream::try_unfold;
use http::{Method, Uri};
use model::Problem;
use model::audit::AuditQuery;
use model::text::audit::text;

use crate::downloads::as_file;
use crate::edge::see_other;
use crate::plain;
use crate::router::Handler;
use crate::state::State;

/// All addresses of the audit log.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/audit", get(page)),
        (Method::POST, "/audit/export", post(export)),
        (Method::POST, "/audit/verify", post(verify)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

async fn page(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    address: Uri,
) -> Response {
    let view = async {
        let admin = plain::admin(&visitor)?;
        let asked = address.query().unwrap_or_default();
        let (typed, ignored) = AuditQuery::read(asked);
        let (query, problems) = audit::settle(&state.backend, &admin, &typed).await?;
        // What the form leaves empty, and whom it names, is not what an address to keep has.
        let is_of_the_form = query != typed || asked.split('&').any(|pair| pair.ends_with('='));
        if is_of_the_form && ignored.is_empty() && problems.is_empty() {
            return Ok(Err(see_other(&query.href())));
        }
        let page = audit::list(&state.backend, &admin, &query).await?;
        let check = audit::check_state(&state.backend, &admin).await?;
        let actions = Action::ALL.iter().map(|action| action.word()).collect();
        Ok::<_, Problem>(Ok(AuditView { query, ignored, page, check, problems, actions }))
    };
    match view.await {
        Ok(Err(elsewhere)) => elsewhere,
        Ok(Ok(view)) => plain::show(&state, &visitor, &view.page(), 200).await,
        Err(problem) => plain::refused(&problem),
    }
}

/// The entries of a view as a file: `query` and `format` say which.
async fn export(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    RawForm(fields): RawForm,
) -> Response {
    let begun = async {
        let admin = plain::admin(&visitor)?;
        let value = |wanted: &str| {
            form_urlencoded::parse(&fields).find(|(name, _)| name == wanted).map(|(_, v)| v)
        };
        let (typed, ignored) = AuditQuery::read(&value("query").unwrap_or_default());
        let (query, problems) = audit::settle(&state.backend, &admin, &typed).await?;
        if !ignored.is_empty() || !problems.is_empty() {
            // It would be of more than was meant.
            return Err(Problem::Conflict(text().export_unclear.to_owned()));
        }
        let format = value("format").unwrap_or_default();
        Ok::<_, Problem>(audit::export(&state.backend, &admin, &query, &format).await?)
    };
    match begun.await {
        Ok(export) => {
            let headers = as_file(&export.name(), export.media_type());
            (headers, Body::from_stream(try_unfold(export, next))).into_response()
        }
        Err(problem) => plain::refused(&problem),
    }
}

/// The next part of the file. One that fails breaks the answer off, so that nobody takes the part
/// for the whole; the log says why.
async fn next(mut export: Export) -> Done<Option<(Vec<u8>, Export)>> {
    match export.next().await {
        Ok(chunk) => Ok(chunk.map(|chunk| (chunk, export))),
        Err(failure) => {
            tracing::error!(error = %failure, "an export of the audit log broke off");
            Err(failure)
        }
    }
}

/// Begins to check the log; the page shows how far that is.
async fn verify(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    let begun = async {
        let admin = plain::admin(&visitor)?;
        Ok::<_, Problem>(audit::check(&state.backend, &admin).await?)
    };
    match begun.await {
        Ok(()) => see_other("/audit"),
        Err(problem) => plain::refused(&problem),
    }
}

//! How a problem is told at the edge, where no page of `app` tells it.

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use leptos::server_fn::ContentType;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use model::Problem;
use model::text::entry::text;

use crate::return_to;
use crate::routes::Kind;
use crate::state::State;

/// How calls encode their problems.
const WIRE: &str = <<Problem as FromServerFnError>::Encoder as ContentType>::CONTENT_TYPE;

/// A page that is looked at and led on from.
const LOOK_ONLY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The answer to a request that was refused.
pub fn refuse(kind: Kind, problem: &Problem, address: &Uri) -> Response {
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match (kind, problem) {
        (Kind::Page | Kind::Document, Problem::SignInRequired) => return to_sign_in(address),
        (Kind::Call, _) => {
            let headers = [(header::CONTENT_TYPE.as_str(), WIRE), (SERVER_FN_ERROR_HEADER, "/")];
            (status, headers, problem.ser()).into_response()
        }
        _ => (status, problem.sentence()).into_response(),
    };
    if kind != Kind::Call {
        response.extensions_mut().insert(Refused(problem.clone()));
    }
    if let Problem::TooMany(seconds) = problem {
        response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
    }
    response
}

/// The answer to a method that an address does not take, such as that of a form whose address is opened.
pub fn not_allowed() -> Response {
    let sentence = text().refused_method;
    let mut response = (StatusCode::METHOD_NOT_ALLOWED, sentence).into_response();
    response.extensions_mut().insert(Refused(Problem::Conflict(sentence.to_owned())));
    response
}

/// Marks the sentence of a problem, for [`show`].
#[derive(Clone, Debug)]
struct Refused(Problem);

/// Whether a person reads the answer, and no program.
pub fn is_read(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// Shows people a page in the place of a bare sentence, which is what programs get.
pub async fn show(From(state): From<State>, request: Request, next: Next) -> Response {
    let is_read = is_read(request.headers());
    let is_form = !request.method().is_safe();
    let mut response = next.run(request).await;
    if is_read && let Some(Refused(problem)) = response.extensions_mut().remove() {
        let (mut parts, _) = response.into_parts();
        // Those of the sentence.
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::CONTENT_TYPE);
        let page = Html(app::refusal(&state.assets.page_files(), &problem, is_form));
        let headers = [(header::CONTENT_SECURITY_POLICY, LOOK_ONLY)];
        return (parts, headers, page).into_response();
    }
    response
}

fn to_sign_in(address: &Uri) -> Response {
    match address.path_and_query() {
        Some(address) => see_other(&return_to::sign_in(address)),
        None => see_other("/sign-in"),
    }
}

/// Sends the browser to another page of ours, to be read.
pub fn see_other(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

//! How a problem is told at the edge, where no page of `app` tells it.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use leptos::server_fn::ContentType;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use model::Problem;

use crate::return_to;
use crate::routes::Kind;

/// How calls encode their problems.
const WIRE: &str = <<Problem as FromServerFnError>::Encoder as ContentType>::CONTENT_TYPE;

/// The answer to a request that was refused.
pub fn refuse(kind: Kind, problem: &Problem, address: &Uri) -> Response {
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match (kind, problem) {
        (Kind::Page, Problem::SignInRequired) => return to_sign_in(address),
        (Kind::Call, _) => {
            let headers = [(header::CONTENT_TYPE.as_str(), WIRE), (SERVER_FN_ERROR_HEADER, "/")];
            (status, headers, problem.ser()).into_response()
        }
        _ => (status, problem.sentence()).into_response(),
    };
    if let Problem::TooMany(seconds) = problem {
        response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
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

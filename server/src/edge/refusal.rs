//! How a problem is told at the edge, where no page of `app` tells it.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use model::Problem;

use crate::return_to;
use crate::routes::Kind;

/// What tells a page's script that the answer is a problem (server_fn's `SERVER_FN_ERROR_HEADER`).
const PROBLEM_HEADER: &str = "serverfnerror";

/// The answer to a request that was refused.
pub fn refuse(kind: Kind, problem: &Problem, address: &Uri) -> Response {
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match (kind, problem) {
        (Kind::Page, Problem::SignInRequired) => return to_sign_in(address),
        (Kind::Call, _) => {
            let json = serde_json::to_string(problem).unwrap_or_default();
            let headers =
                [(header::CONTENT_TYPE.as_str(), "application/json"), (PROBLEM_HEADER, "/")];
            (status, headers, json).into_response()
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

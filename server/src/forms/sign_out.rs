//! Signing out.

use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::sessions::{self, Source};
use http::{HeaderMap, Uri, header};

use crate::cookie;
use crate::edge::{refuse, see_other};
use crate::routes::Kind;
use crate::state::State;

/// Ends the session and says so.
pub async fn sign_out(
    From(state): From<State>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
) -> Response {
    if let Some(token) = cookie::token(&headers, &state.public_url)
        && let Err(failure) = sessions::sign_out(&state.backend, token, &source).await
    {
        // The session goes on, so the cookie stays: whoever wants out has to know.
        return refuse(Kind::Plain, &failure.into(), &Uri::from_static("/sign-out"));
    }
    let mut response = see_other("/sign-in?problem=signed-out");
    if let Some(value) = cookie::forget(&state.public_url) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

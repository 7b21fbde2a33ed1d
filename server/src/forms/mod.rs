//! The forms that work without scripts and before anybody is signed in. Each takes what a page of
//! `app` sends, does one thing, and leads on to another page; where it failed, back to the same
//! one, with codes in the address that the page has sentences for.

mod by_link;
mod set_up;
mod sign_in;
mod sign_out;

pub use by_link::ByLink;
pub use set_up::{only_by_link, set_up};
pub use sign_in::{only_when_needed, sign_in};
pub use sign_out::sign_out;

use axum::response::Response;
use backend::sessions::SignedIn;
use http::header;

use crate::cookie;
use crate::edge::see_other;
use crate::state::State;

/// Leads on with a new session.
pub fn signed_in(state: &State, session: &SignedIn, address: &str) -> Response {
    let mut response = see_other(address);
    let seconds = (session.ends_at - state.backend.now()) / 1000;
    if let Some(value) = cookie::keep(&session.token, seconds, &state.public_url) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// The value of a parameter of an address.
pub fn parameter(request: &axum::extract::Request, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    model::url::pairs(query).find(|(found, _)| found == name).map(|(_, value)| value)
}

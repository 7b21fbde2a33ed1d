//! What was just done, told by the next page: a cookie carries it there, for a minute at most and
//! once. It holds a word of [`Done`] and whom it was done to, never a sentence.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use model::text::done::Done;
use model::url::shorten;

use crate::cookie;
use crate::edge::see_other;

const COOKIE: &str = "rollcall-done";
const FORGET: HeaderValue =
    HeaderValue::from_static("rollcall-done=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
/// The most of a name that is told.
const LONGEST: usize = 80;

/// Leads on to a page that says what was done, and to whom or what.
pub fn say(address: &str, done: Done, what: &str) -> Response {
    let mut response = see_other(address);
    let what: String = form_urlencoded::byte_serialize(shorten(what, LONGEST).as_bytes()).collect();
    let cookie =
        format!("{COOKIE}={}.{what}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", done.word());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The sentence that a request brings along.
pub fn said(headers: &HeaderMap) -> Option<String> {
    let value = cookie::value(headers, COOKIE)?;
    let (word, what) = value.split_once('.')?;
    let what =
        form_urlencoded::parse(what.as_bytes()).next().map(|(what, _)| shorten(&what, LONGEST));
    Some(Done::from_word(word)?.sentence(&what.unwrap_or_default()))
}

/// Has the browser forget it.
pub fn forget(response: &mut Response) {
    response.headers_mut().append(header::SET_COOKIE, FORGET);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_arrive_and_nothing_else_is_said() {
        let said_of = |cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
            said(&headers)
        };
        let response = say("/import", Done::FileDiscarded, "Zoë = 100 % & <b>; 名前.csv");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(
            said_of(pair).as_deref(),
            Some("Zoë = 100 % & <b>; 名前.csv was discarded. Nobody was added.")
        );
        assert_eq!(said_of("rollcall-done=Send+money.x"), None);
        assert_eq!(said_of("rollcall-done=file-discarded"), None);
    }
}

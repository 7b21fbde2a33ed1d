//! What was just done, told by the next page: a cookie carries it there, for a minute at most and
//! once. It holds a word of [`Done`] and whom it was done to, never a sentence; and where it can be taken
//! back, the change that does. That is offered as a button, and refused like any other where it may not be.

use app::{Said, Undo};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use model::changes::Change;
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
    say_undoable(address, done, what, None)
}

/// The same, with what takes it back.
pub fn say_undoable(address: &str, done: Done, what: &str, undo: Option<&Undo>) -> Response {
    let mut response = see_other(address);
    note(&mut response, done, what, undo);
    response
}

/// Has the page to which an answer leads say what was done.
pub fn tell(response: &mut Response, done: Done, what: &str) {
    note(response, done, what, None);
}

fn note(response: &mut Response, done: Done, what: &str, undo: Option<&Undo>) {
    let mut parts = vec![done.word().to_owned(), shorten(what, LONGEST)];
    if let Some(Undo { person, change }) = undo {
        parts.extend([person.to_string(), change.word().to_owned(), change.value()]);
    }
    let parts = parts.iter().map(|part| form_urlencoded::byte_serialize(part.as_bytes()).collect());
    let value = parts.collect::<Vec<String>>().join("/");
    let cookie = format!("{COOKIE}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// What a request brings along.
pub fn said(headers: &HeaderMap) -> Option<Said> {
    let value = cookie::value(headers, COOKIE)?;
    let mut parts = value.split('/').map(|part| {
        let part = form_urlencoded::parse(part.as_bytes()).next();
        part.map(|(part, _)| part.into_owned()).unwrap_or_default()
    });
    let done = Done::from_word(&parts.next()?)?;
    let what = shorten(&parts.next()?, LONGEST);
    Some(Said::of(done, &what, undo(&mut parts)))
}

fn undo(parts: &mut impl Iterator<Item = String>) -> Option<Undo> {
    let person = parts.next()?.parse().ok()?;
    Undo::new(person, Change::of(&parts.next()?, &parts.next()?).ok()?)
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
        let sentence_of = |cookie: &str| said_of(cookie).map(|said| said.sentence);
        let response = say("/import", Done::FileDiscarded, "Zoë = 100 % & <b>; 名前.csv");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(
            sentence_of(pair).as_deref(),
            Some("Zoë = 100 % & <b>; 名前.csv was discarded. Nobody was added.")
        );
        assert_eq!(said_of("rollcall-done=Send+money/x"), None);
        assert_eq!(said_of("rollcall-done=file-discarded"), None);
        assert_eq!(
            said_of("rollcall-done=file-discarded/x/1/role/administrator").unwrap().undo,
            None
        );
    }
    #[test]
    fn what_takes_it_back_arrives_as_well() {
        let undo = Undo { person: 12, change: Change::of("budget", "12.5").unwrap() };
        let response = say_undoable("/users", Done::BudgetSaved, "A/B. C", Some(&undo));
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let mut headers = HeaderMap::new();
        let pair = cookie.split(';').next().unwrap();
        headers.insert(header::COOKIE, HeaderValue::from_str(pair).unwrap());
        assert_eq!(said(&headers), Some(Said::of(Done::BudgetSaved, "A/B. C", Some(undo))));
    }
}

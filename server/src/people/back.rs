//! Where whoever changed a person goes on: the view that they came from. A form keeps it in a field; the
//! first page of it is told by the browser, which names the page that a link was on.

use http::{HeaderMap, Uri, header};
use model::form::Typed;
use model::url::{Printer, join, pairs};

use crate::return_to;

/// The field that keeps it.
const FIELD: &str = "return";
/// A plain page that leads to forms, and is gone back to.
const ADVISER: &str = "/licences";
/// Where people go on who came from nowhere.
const HOME: &str = "/users";

/// The address that a form was sent with, or else the page that the request came from.
pub fn of(headers: &HeaderMap, sent: &Typed) -> String {
    let from = || came_from(headers);
    let kept = Some(sent.value(FIELD));
    let kept = kept.filter(|kept| *kept == ADVISER || return_to::checked(kept).is_some());
    kept.map(str::to_owned).or_else(from).unwrap_or_else(|| HOME.to_owned())
}

/// The same without a person's panel, for somebody who is there no more.
pub fn without_person(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut rest = Printer::default();
    for (name, value) in pairs(query).filter(|(name, _)| name != "person") {
        rest.pair(&name, &value);
    }
    join(path, &rest.finish())
}

/// The page of ours that a request came from; none of the forms that lead here.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let from: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let address = from.path_and_query()?.as_str();
    let is_ours = from.authority()?.as_str() == host;
    return_to::checked(address).filter(|_| is_ours).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_views_of_ours_are_gone_back_to() {
        let home = |referer: &'static str, field: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("here.example:3000"));
            headers.insert(header::REFERER, HeaderValue::from_static(referer));
            of(&headers, &Typed::default().with(FIELD, field))
        };
        let from = "http://here.example:3000/users?role=manager&person=7";
        assert_eq!(home(from, ""), "/users?role=manager&person=7");
        assert_eq!(home(from, "/views/a?q=b"), "/views/a?q=b");
        assert_eq!(home(from, "/licences"), "/licences");
        assert_eq!(home(from, "//evil.example"), "/users?role=manager&person=7");
        for foreign in [
            "http://evil.example/users?q=x",
            "http://here.example:3000/users/7/edit",
            "http://here.example:3000@evil.example/users?q=x",
            "http://here.example:3000/sign-out",
            "nonsense",
        ] {
            assert_eq!(home(foreign, "https://evil.example/users"), "/users", "{foreign}");
        }
        assert_eq!(of(&HeaderMap::new(), &Typed::default()), "/users");
    }

    #[test]
    fn a_panel_is_taken_out_and_the_rest_stays() {
        assert_eq!(without_person("/users?q=a%20b&person=7&tab=all"), "/users?q=a+b&tab=all");
        assert_eq!(without_person("/users?person=7"), "/users");
        assert_eq!(without_person("/views/x"), "/views/x");
    }
}

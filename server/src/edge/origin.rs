//! Requests that change something must come from a page of this installation, whoever is signed
//! in. What may be read by GET changes nothing and needs no such check.

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use model::Problem;

use super::{body, refuse};
use crate::public_url::PublicUrl;
use crate::routes::Kind;
use crate::state::State;

/// Refuses changes that come from elsewhere.
pub async fn check(From(state): From<State>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_ours(request.headers(), &state.public_url) {
        return next.run(request).await;
    }
    let kind = if request.uri().path().starts_with("/api/") { Kind::Call } else { Kind::Plain };
    let answer = refuse(kind, &Problem::ForeignOrigin, request.uri());
    body::refused(request.into_body(), answer).await
}

/// Whether the browser says that one of our own pages asks. `Sec-Fetch-Site` decides where it is
/// sent, which is by today's browsers on TLS and on this machine; else `Origin` does.
fn is_ours(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin");
    }
    let mut origins = headers.get_all(header::ORIGIN).iter().peekable();
    origins.peek().is_some()
        && origins.all(|origin| origin.to_str().is_ok_and(|origin| public_url.is_origin(origin)))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_pages_may_change() {
        let ours = "https://users.example.com";
        let url: PublicUrl = ours.parse().unwrap();
        for (sent, good) in [
            (vec![], false),
            (vec![("origin", ours)], true),
            (vec![("origin", "null")], false),
            (vec![("origin", "")], false),
            (vec![("origin", "http://users.example.com")], false),
            (vec![("origin", "https://users.example.com:444")], false),
            (vec![("origin", "https://users.example.com.evil.example")], false),
            (vec![("origin", ours), ("origin", "https://evil.example")], false),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (vec![("sec-fetch-site", "same-site"), ("origin", ours)], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", ours)], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none")], false),
            (vec![("referer", "https://users.example.com/users")], false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in &sent {
                headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(is_ours(&headers, &url), good, "{sent:?}");
        }
    }
}

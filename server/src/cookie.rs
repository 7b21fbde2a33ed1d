//! Cookies: the one that is kept, with the session's token, and how any is read.

use http::{HeaderMap, HeaderValue, header};

use crate::public_url::PublicUrl;

/// How the cookie is called: browsers keep the first name to this host and to TLS.
pub const fn name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_secure() { "__Host-rollcall" } else { "rollcall" }
}

/// The token that a request carries.
pub fn token<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    value(headers, name(public_url))
}

/// The value of the cookie of a name.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// Has the browser keep a token for so many seconds.
pub fn keep(token: &str, seconds: i64, public_url: &PublicUrl) -> Option<HeaderValue> {
    let secure = if public_url.is_secure() { "; Secure" } else { "" };
    let name = name(public_url);
    HeaderValue::from_str(&format!(
        "{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// Has the browser forget its token.
pub fn forget(public_url: &PublicUrl) -> Option<HeaderValue> {
    keep("", 0, public_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_cookie_of_this_name_counts() {
        let url: PublicUrl = "https://users.example.com".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("rollcall=plain; a=b"));
        assert_eq!(token(&headers, &url), None);
        headers.append(header::COOKIE, HeaderValue::from_static("x; __Host-rollcall=t=1;y=z"));
        assert_eq!(token(&headers, &url), Some("t=1"));
        assert_eq!(token(&headers, &"http://localhost".parse().unwrap()), Some("plain"));
    }
}

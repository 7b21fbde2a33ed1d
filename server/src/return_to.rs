//! Where to go after signing in: only to pages of our own that need it.

use http::Method;
use http::uri::PathAndQuery;

use crate::routes::{Kind, Policy, TABLE};

/// The longest address that is kept, in bytes as it stands in another one.
const LONGEST: usize = 8 * 1024;

/// An address that may be returned to, or nothing.
pub fn checked(typed: &str) -> Option<&str> {
    let good = typed.len() <= LONGEST
        && typed.starts_with('/')
        && !typed.contains(['\\', '#'])
        && typed.chars().all(|c| c.is_ascii_graphic())
        && typed.parse::<PathAndQuery>().is_ok();
    let path = typed.split('?').next().unwrap_or_default();
    (good && is_page(path)).then_some(typed)
}

/// The sign-in page that returns to an address.
pub fn sign_in(address: &PathAndQuery) -> String {
    let whole = address.as_str();
    let kept = checked(whole).filter(|address| encode(address).len() <= LONGEST);
    match kept.or_else(|| checked(address.path())) {
        Some(address) => format!("/sign-in?return={}", encode(address)),
        None => "/sign-in".to_owned(),
    }
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Whether a path is that of a page for people who are signed in.
fn is_page(path: &str) -> bool {
    TABLE
        .iter()
        .filter(|route| route.method == Method::GET && route.kind == Kind::Page)
        .filter(|route| route.policy != Policy::Public)
        .any(|route| matches(route.path, path))
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) => {
                let good = match wanted.starts_with('{') {
                    true => !found.is_empty() && found.bytes().all(is_slug),
                    false => wanted == found,
                };
                if !good {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

const fn is_slug(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_pages_are_returned_to() {
        for good in
            ["/", "/users", "/users?q=a%20b&tab=all", "/trends?period=30d", "/views/eu-paying"]
        {
            assert_eq!(checked(good), Some(good));
            assert!(sign_in(&good.parse().unwrap()).starts_with("/sign-in?return=%2F"));
        }
    }

    #[test]
    fn nothing_else_is() {
        for bad in [
            "",
            "users",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "https://good@evil.example",
            "/users/../..//evil.example",
            "/views/..",
            "/views/%2e%2e",
            "/views/a/b",
            "/views/",
            "/.//evil.example",
            "/users#x",
            "/us\ters",
            "/\t/evil.example",
            "/users\n",
            " /users",
            "/sign-in",
            "/setup",
            "/api/users",
            "/trends.csv",
            "/users/",
            "//users",
            "/users//",
            "javascript:alert(1)",
            "/users?q=ä",
            "/users?q=\u{0}",
        ] {
            assert_eq!(checked(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_is_too_long_loses_its_query() {
        let long = format!("/users?q={}", "%C3%A4".repeat(1_300));
        assert_eq!(sign_in(&long.parse().unwrap()), "/sign-in?return=%2Fusers");
        assert_eq!(sign_in(&"/nothing".parse().unwrap()), "/sign-in");
    }
}

//! The page files: scripts, module, styles, icons. A release carries them in the binary (feature
//! `embed`); otherwise they are read from the folder that cargo-leptos builds.
//!
//! A file `x` may have compressed twins `x.br` and `x.gz` beside it, of which the browser gets the
//! best that it takes. Names under `/pkg/` that carry a hash, and those under `/vendor/`, which
//! carry a version, are kept by browsers for good.

#[cfg(feature = "embed")]
mod embedded;
#[cfg(not(feature = "embed"))]
mod folder;
mod negotiation;
mod source;

pub use source::Assets;

use axum::body::Body;
use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use negotiation::Encoding;
use source::Asset;

use crate::state::State;

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";

/// Answers requests for page files, and passes on all others.
pub async fn serve(From(state): From<State>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !is_plain(path) {
        return next.run(request).await;
    }
    let accepted = negotiation::accepted(request.headers());
    match state.assets.find(&path[1..], &accepted).await {
        Some(asset) => answer(path, asset, request.headers()),
        None if path.starts_with("/pkg/") => {
            (StatusCode::NOT_FOUND, "This file is not part of this version.").into_response()
        }
        None => next.run(request).await,
    }
}

/// Whether a path can be that of a file: plain letters, and no part that leads elsewhere.
fn is_plain(path: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    path.len() <= 200
        && path.strip_prefix('/').is_some_and(|path| {
            path.split('/').all(|part| {
                !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_letter)
            })
        })
}

fn answer(path: &str, asset: Asset, request: &HeaderMap) -> Response {
    let mut headers = HeaderMap::new();
    let kept = if is_for_good(path) { FOR_GOOD } else { ASK_FIRST };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Weak where the answer may yet be compressed on its way out.
    let weak = if asset.encoding == Encoding::Identity { "W/" } else { "" };
    let tag = format!("{weak}\"{}{}\"", asset.hash, asset.encoding.tag());
    let is_known = request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag.trim_start_matches("W/"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, content_type(path));
    if let Some(name) = asset.encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    (headers, Body::from(asset.content)).into_response()
}

fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == "text" || guess.subtype() == "javascript" || path.ends_with(".svg");
    let name = if text { format!("{guess}; charset=utf-8") } else { guess.to_string() };
    HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Whether the content of a name never changes.
fn is_for_good(path: &str) -> bool {
    let is_hash = |part: &str| {
        part.len() == 22 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    path.starts_with("/vendor/") || (path.starts_with("/pkg/") && path.split('.').any(is_hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_looked_up() {
        for good in ["/favicon.svg", "/pkg/rollcall.AbC-_1234567890abcdefg.js", "/vendor/x/y.js"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "",
            "/",
            "//",
            "/../x",
            "/pkg/../x",
            "/pkg/.hidden",
            "/.finished",
            "/a//b",
            "/a/",
            "/%2e%2e/x",
            "/a\\b",
            "/a%00",
            "/\u{e4}",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }

    #[test]
    fn names_with_a_hash_or_version_are_kept_for_good() {
        assert!(is_for_good("/pkg/rollcall.AbC-_1234567890abcdefg.js"));
        assert!(is_for_good("/vendor/echarts-6.1.0.min.js"));
        assert!(!is_for_good("/pkg/rollcall.js"));
        assert!(!is_for_good("/favicon.svg"));
    }

    #[test]
    fn types_are_those_that_browsers_insist_on() {
        for (path, name) in [
            ("/a.wasm", "application/wasm"),
            ("/a.js", "text/javascript; charset=utf-8"),
            ("/a.css", "text/css; charset=utf-8"),
            ("/a.svg", "image/svg+xml; charset=utf-8"),
            ("/a", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), name);
        }
    }
}

//! Addresses: the one that a request asks for is bounded, the one that it comes from is noted.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::sessions::Source;
use http::{HeaderMap, StatusCode, header};
use model::url::shorten;

use crate::state::State;

/// The longest path and query, in bytes.
const LONGEST: usize = 16 * 1024;
/// How much of what a browser says about itself is kept.
const DEVICE_KEPT: usize = 300;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Refuses addresses that are longer than any of ours.
pub async fn bound(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > LONGEST) {
        let sentence = "The address is too long. Shorten it, or start from the list of users.";
        return (StatusCode::URI_TOO_LONG, sentence).into_response();
    }
    next.run(request).await
}

/// Notes where a request comes from.
pub async fn note(From(state): From<State>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let forwarded = state.trust_proxy.then(|| forwarded_for(request.headers())).flatten();
    let address = forwarded.or(peer).map(|ip| ip.to_canonical().to_string()).unwrap_or_default();
    let device = request.headers().get(header::USER_AGENT);
    let device = device.map(|name| shorten(&String::from_utf8_lossy(name.as_bytes()), DEVICE_KEPT));
    request.extensions_mut().insert(Source { address, device: device.unwrap_or_default() });
    next.run(request).await
}

/// The address that the nearest proxy saw: the last one, as those before it can be made up.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_the_nearest_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded_for(&headers), None);
        headers.append("x-forwarded-for", HeaderValue::from_static("6.6.6.6"));
        headers.append("x-forwarded-for", HeaderValue::from_static("7.7.7.7, 192.0.2.9"));
        assert_eq!(forwarded_for(&headers), Some([192, 0, 2, 9].into()));
        headers.append("x-forwarded-for", HeaderValue::from_static("192.0.2.1:4711"));
        assert_eq!(forwarded_for(&headers), Some([192, 0, 2, 1].into()));
        headers.append("x-forwarded-for", HeaderValue::from_static("unknown"));
        assert_eq!(forwarded_for(&headers), None);
    }
}

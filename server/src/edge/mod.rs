//! What stands before every handler, each in its own file: from the outside in, as [`around`]
//! lists them; `gate` stands before each address by itself.

mod address;
pub mod body;
mod fault;
mod gate;
mod headers;
mod log;
mod origin;
mod refusal;

pub use address::Peer;
pub use fault::fault;
pub use gate::{Denied, gated};
pub use headers::page_policy;
pub use refusal::{is_read, not_allowed, refuse, see_other};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use backend::export::media_type;
use model::export::Format;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::assets;
use crate::state::State;

/// Puts all layers around the router. The last one listed here is the first that a request meets.
pub fn around(router: Router, state: &State) -> Router {
    // A release has every page file compressed beside it; what is left are answers, and a debug
    // build's module, which comes from this machine.
    // Nor is an export compressed: that would take longer than making it.
    let compressed = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/wasm"))
        .and(NotForContentType::const_new(media_type(Format::Csv)))
        .and(NotForContentType::const_new(media_type(Format::Xlsx)))
        .and(NotForContentType::const_new(media_type(Format::Json)));
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Precise(7)).compress_when(compressed);
    router
        .layer(from_fn_with_state(state.clone(), assets::serve))
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn_with_state(state.clone(), address::note))
        .layer(from_fn(address::bound))
        .layer(CatchPanicLayer::custom(fault::answer))
        .layer(from_fn_with_state(state.clone(), refusal::show))
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(from_fn(log::request))
}

//! A handler that panics answers with a reference, under which the log says more.

use std::any::Any;

use axum::response::Response;
use http::Uri;
use model::Problem;

use super::refuse;
use crate::routes::Kind;

/// The answer in place of the one that did not come.
pub fn answer(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(message), _) => message.as_str(),
        (_, Some(message)) => message,
        _ => "",
    };
    let mut bytes = [0; 4];
    // Without randomness the reference is still worth logging under.
    let _ = getrandom::fill(&mut bytes);
    let reference = hex::encode(bytes);
    tracing::error!(%reference, message, "a handler panicked");
    refuse(Kind::Plain, &Problem::Internal(reference), &Uri::default())
}

//! Faults of ours: a handler that panics, or that can't go on, answers with a reference, under
//! which the log says more.

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
        _ => "a handler panicked",
    };
    refuse(Kind::Plain, &fault(message), &Uri::default())
}

/// Logs a fault and gives it a reference.
pub fn fault(message: &str) -> Problem {
    backend::Failure::Fault(message.to_owned()).into()
}

//! The pages of `app` and the calls that they make: found by themselves, given the backend and the
//! visitor, and gated like everything else.

use std::pin::Pin;

use app::Visitor;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, on};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{
    ResponseOptions, generate_route_list, handle_server_fns_with_context,
    render_app_async_with_context,
};
use model::Problem;

use crate::edge::{Denied, page_policy};
use crate::forms;
use crate::router::Handler;
use crate::state::State;

/// More than any problem is in JSON.
const LONGEST_PROBLEM: usize = 64 * 1024;

type Rendering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The pages of `app`.
pub fn pages(state: &State) -> Vec<Handler> {
    generate_route_list(app::App)
        .iter()
        .map(|listing| {
            let handler: MethodRouter = get(page(state));
            let handler = match listing.path() {
                "/setup" => handler.layer(from_fn_with_state(state.clone(), forms::only_by_link)),
                "/sign-in" => {
                    handler.layer(from_fn_with_state(state.clone(), forms::only_when_needed))
                }
                _ => handler,
            };
            (Method::GET, listing.path().to_owned(), handler)
        })
        .collect()
}

/// Renders whichever page of `app` an address is.
pub fn page(state: &State) -> impl Fn(Request) -> Rendering + Clone + Send + Sync + 'static {
    let (context, shell) = (state.clone(), state.clone());
    move |request| {
        let (context, shell) = (context.clone(), shell.clone());
        let render = render_app_async_with_context(
            move || provide(&context),
            move || app::shell(&shell.assets.page_files()),
        );
        render(request)
    }
}

/// What pages and calls find in their context, and what a page's answer says about itself.
fn provide(state: &State) {
    let parts = use_context::<Parts>();
    let extensions = parts.as_ref().map(|parts| &parts.extensions);
    let visitor = extensions.and_then(|extensions| extensions.get::<Visitor>().cloned());
    provide_context(visitor.unwrap_or(Visitor { caller: None, address: String::new() }));
    provide_context(state.backend.clone());
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if extensions.is_some_and(|extensions| extensions.get::<Denied>().is_some()) {
        response.set_status(StatusCode::FORBIDDEN);
    }
    if let Some(nonce) = use_nonce()
        && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The calls of `app`, which register themselves when they are linked in.
pub fn calls(state: &State) -> Vec<Handler> {
    server_fn_paths()
        .filter_map(|(path, method)| {
            let filter = method.clone().try_into().ok()?;
            let state = state.clone();
            let call = move |request: Request| {
                let state = state.clone();
                handle_server_fns_with_context(move || provide(&state), request)
            };
            let handler: MethodRouter = on(filter, call);
            let handler = handler.layer(from_fn(status_of_problem));
            Some((method, path.to_owned(), handler))
        })
        .collect()
}

/// Gives an answer the status of the problem that it holds: those that arise before a call's own
/// code runs would all be faults of ours.
async fn status_of_problem(request: Request, next: Next) -> Response {
    let response = next.run(without_foreign_referrer(request)).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_PROBLEM).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => {
            parts.status = StatusCode::from_u16(problem.status()).unwrap_or(parts.status);
        }
        Err(_) => tracing::error!(body = %String::from_utf8_lossy(&body), "a call failed"),
    }
    Response::from_parts(parts, Body::from(body))
}

/// Without scripts, a call leads back to where it came from: never to a page of somebody else.
fn without_foreign_referrer(mut request: Request) -> Request {
    let headers = request.headers_mut();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let from =
        headers.get(header::REFERER).and_then(|from| from.to_str().ok()?.parse::<Uri>().ok());
    let is_ours = from.is_some_and(|from| from.authority().map(|from| from.as_str()) == host);
    if !is_ours {
        headers.remove(header::REFERER);
    }
    request
}

//! The pages of `app` and the calls that they make: found by themselves, given the backend and the
//! visitor, and gated like everything else.

use std::num::NonZero;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use app::Visitor;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, on};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{Owner, provide_context, use_context};
use leptos::reactive::computed::ScopedFuture;
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::error::FromServerFnError;
use leptos_axum::{
    ResponseOptions, generate_route_list, handle_server_fns_with_context,
    render_app_async_with_context,
};
use model::Problem;
use tokio_util::task::{AbortOnDropHandle, LocalPoolHandle};

use crate::edge::{Denied, fault, page_policy, refuse};
use crate::forms;
use crate::router::Handler;
use crate::routes::Kind;
use crate::state::State;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than any problem is on the wire.
const LONGEST_PROBLEM: usize = 64 * 1024;

type Rendering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The pages of `app`.
pub fn pages(state: &State) -> Vec<Handler> {
    // Once: while leptos_router (0.8.17) lists the routes, no resource of the whole process loads,
    // and pages that another server renders just then would wait for them forever.
    static PATHS: OnceLock<Vec<String>> = OnceLock::new();
    PATHS
        .get_or_init(|| {
            let listings = generate_route_list(app::App);
            listings.iter().map(|listing| listing.path().to_owned()).collect()
        })
        .iter()
        .map(|path| {
            let handler: MethodRouter = get(page(state));
            let handler = match path.as_str() {
                "/setup" => handler.layer(from_fn_with_state(state.clone(), forms::only_by_link)),
                "/sign-in" => {
                    handler.layer(from_fn_with_state(state.clone(), forms::only_when_needed))
                }
                _ => handler,
            };
            (Method::GET, path.clone(), handler)
        })
        .collect()
}

/// Renders whichever page of `app` an address is.
pub fn page(state: &State) -> impl Fn(Request) -> Rendering + Clone + Send + Sync + 'static {
    let (context, shell) = (state.clone(), state.clone());
    let render = render_app_async_with_context(
        move || {
            provide(&context);
            describe();
        },
        move || app::shell(&shell.assets.page_files()),
    );
    move |request: Request| {
        let address = request.uri().clone();
        Box::pin(in_time(render(request), address))
    }
}

/// The threads that write pages, each with the tasks of its own pages only.
///
/// Tasks of one page that run on several threads wait for each other's locks by blocking (leptos
/// #4578 and #4673, both open with 0.8.23): in a few of a hundred thousand pages for good, and the
/// thread was lost with the page.
fn writers() -> &'static LocalPoolHandle {
    static WRITERS: OnceLock<LocalPoolHandle> = OnceLock::new();
    WRITERS.get_or_init(|| {
        LocalPoolHandle::new(std::thread::available_parallelism().map_or(2, NonZero::get))
    })
}

/// The whole page, which is written in one piece, or an apology.
async fn in_time(
    rendering: impl Future<Output = Response> + Send + 'static,
    address: Uri,
) -> Response {
    let whole = writers().spawn_pinned(|| async {
        let (parts, body) = rendering.await.into_parts();
        to_bytes(body, usize::MAX).await.map(|body| Response::from_parts(parts, Body::from(body)))
    });
    // Whoever no longer waits for the page ends it.
    let problem = match tokio::time::timeout(PATIENCE, AbortOnDropHandle::new(whole)).await {
        Ok(Ok(Ok(response))) => return response,
        Ok(Ok(Err(error))) => fault(&error.to_string()),
        Ok(Err(error)) => fault(&error.to_string()),
        // A resource whose work panicked never comes, and the page would wait for it.
        Err(_) => fault("a page was never ready"),
    };
    refuse(Kind::Plain, &problem, &address)
}

/// What pages and calls find in their context.
fn provide(state: &State) {
    let visitor: Option<Visitor> =
        use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned());
    provide_context(visitor.unwrap_or_default());
    provide_context(state.backend.clone());
}

/// What the answer with a page says about it.
fn describe() {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<Denied>().is_some()) {
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
                apart(handle_server_fns_with_context(move || provide(&state), request))
            };
            let handler: MethodRouter = on(filter, call);
            let handler = handler.layer(from_fn(status_of_problem));
            Some((method, path.to_owned(), handler))
        })
        .collect()
}

/// Runs a call under an owner of its own. leptos_axum (0.8.10) makes its owner a child of whichever
/// one the thread had last: a page's of another request, whose contexts the call would see and
/// whose end would end it, or one that stays, where the children of all calls pile up.
async fn apart<T>(call: impl Future<Output = T>) -> T {
    let owner = Owner::new_root(None);
    let result = owner.with(|| ScopedFuture::new_untracked(call)).await;
    owner.unset_with_forced_cleanup();
    result
}

/// Gives an answer the status of the problem that it holds: those that arise before a call's own
/// code runs would all be faults of ours.
async fn status_of_problem(request: Request, next: Next) -> Response {
    let response = next.run(without_foreign_referrer(request)).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_PROBLEM).await.unwrap_or_default();
    let problem = Problem::de(body.clone());
    parts.status = StatusCode::from_u16(problem.status()).unwrap_or(parts.status);
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

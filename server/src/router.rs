//! Puts every address of the table together with its handler and its gate.

use app::Visitor;
use axum::extract::{Request, State as From};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, get, post};
use axum::{Extension, Router};
use http::{Method, StatusCode, Uri};
use model::Problem;

use crate::edge::{around, body, gated, not_allowed, refuse, see_other};
use crate::routes::{ELSEWHERE, Kind, TABLE, find};
use crate::state::State;
use crate::{
    audit, bulk, downloads, forms, groups, home, imports, invitations, levels, licences, newcomers,
    outbox, pages, people, recovery, settings,
};

/// A handler and what it is for.
pub type Handler = (Method, String, MethodRouter);

/// The whole server.
///
/// # Errors
/// An address without a line in the table, or a line without a handler.
pub fn router(state: &State) -> Result<Router, String> {
    let mut router = Router::new();
    let mut missing = TABLE.to_vec();
    for (method, path, handler) in handlers(state) {
        let route = find(&method, &path)
            .ok_or_else(|| format!("{method} {path} has no line in the table of routes"))?;
        missing.retain(|other| (other.method, other.path) != (route.method, route.path));
        router = router.route(&path, gated(handler, route, state));
    }
    if let Some(route) = missing.first() {
        return Err(format!("{} {} has no handler", route.method, route.path));
    }
    let router = router.method_not_allowed_fallback(not_taken);
    let elsewhere = any(elsewhere).with_state(state.clone());
    let router = router.fallback_service(gated(elsewhere, &ELSEWHERE, state));
    Ok(around(router, state))
}

fn handlers(state: &State) -> Vec<Handler> {
    let mut handlers = pages::pages(state);
    handlers.extend(pages::calls(state));
    handlers.extend(imports::handlers(state));
    handlers.extend(audit::handlers(state));
    handlers.extend(settings::handlers(state));
    handlers.extend(invitations::handlers(state));
    handlers.extend(newcomers::handlers(state));
    handlers.extend(outbox::handlers(state));
    handlers.extend(recovery::handlers(state));
    handlers.extend(groups::handlers(state));
    handlers.extend(levels::handlers(state));
    handlers.extend(licences::handlers(state));
    handlers.extend(people::handlers(state));
    handlers.extend(bulk::handlers(state));
    handlers.extend([
        (Method::GET, "/".to_owned(), get(home).with_state(state.clone())),
        (Method::GET, "/health".to_owned(), get(async || "ok")),
        (Method::GET, "/trends.csv".to_owned(), get(downloads::trends).with_state(state.clone())),
        (Method::POST, "/sign-in".to_owned(), post(forms::sign_in).with_state(state.clone())),
        (Method::POST, "/sign-out".to_owned(), post(forms::sign_out).with_state(state.clone())),
        (Method::POST, "/setup".to_owned(), post(forms::set_up).with_state(state.clone())),
        (
            Method::POST,
            "/users/export".to_owned(),
            post(downloads::people).with_state(state.clone()),
        ),
    ]);
    handlers
}

/// An address that takes other methods, which axum names in `Allow`. What was sent is read and thrown away.
async fn not_taken(request: Request) -> Response {
    body::refused(request.into_body(), not_allowed()).await
}

/// Leads to the page that somebody begins with.
async fn home(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    let Some(caller) = &visitor.caller else {
        return refuse(Kind::Page, &Problem::SignInRequired, &Uri::from_static("/"));
    };
    match home::of(&state, caller).await {
        Ok(address) => see_other(address),
        Err(problem) => refuse(Kind::Document, &problem, &Uri::from_static("/")),
    }
}

/// What no line of the table has: a page that says so, to whoever reads.
async fn elsewhere(From(state): From<State>, request: Request) -> Response {
    if !request.method().is_safe() {
        return refuse(Kind::Plain, &Problem::NotFound, request.uri());
    }
    let mut response = pages::page(&state)(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

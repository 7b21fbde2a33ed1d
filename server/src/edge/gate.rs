//! The gate of one address: who asks is read afresh, the address's policy says whether they may,
//! and what they send is read up to its limit.

use app::Visitor;
use axum::extract::{Request, State as From};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::MethodRouter;
use backend::groups;
use backend::sessions::{Source, caller};
use http::Uri;
use model::Problem;
use model::people::Role;
use model::rights::Refusal;

use super::{body, refuse, see_other};
use crate::cookie;
use crate::plain::{done, sheet};
use crate::routes::{Kind, Policy, Route, STREAMED};
use crate::state::State;

/// Marks a request for a page that its visitor may not see; the page says so.
#[derive(Clone, Copy, Debug)]
pub struct Denied;

/// Puts the gate of an address before its handler.
pub fn gated(handler: MethodRouter, route: &'static Route, state: &State) -> MethodRouter {
    let gate = from_fn_with_state((state.clone(), route), gate);
    match route.path {
        // What stands for all other addresses takes every method.
        "" => handler.layer(gate),
        // What an address does not take is refused before anybody is asked who they are.
        _ => handler.route_layer(gate),
    }
}

async fn gate(
    From((state, route)): From<(State, &'static Route)>,
    mut request: Request,
    next: Next,
) -> Response {
    let refused = match admit(&state, route, &mut request).await {
        Ok(Admitted::Yes) => None,
        Ok(Admitted::ForNewPassword) if route.kind != Kind::Call => Some(see_other(NEW_PASSWORD)),
        Ok(Admitted::ForNewPassword) => {
            Some(refuse(route.kind, &Problem::SignInRequired, request.uri()))
        }
        Ok(Admitted::ToGroups) => Some(only_groups(&state, route.kind, request.uri())),
        Err(problem) => Some(refuse(route.kind, &problem, request.uri())),
    };
    if let Some(answer) = refused {
        return body::refused(request.into_body(), answer).await;
    }
    if request.method().is_safe() || route.body_limit == STREAMED {
        let is_told = said(route, &request).is_some();
        let mut response = next.run(request).await;
        // A page that leads on leaves it to the next one.
        if is_told && !response.status().is_redirection() {
            done::forget(&mut response);
        }
        return response;
    }
    let address = request.uri().clone();
    if route.path.is_empty() {
        // Nothing is there that would read it.
        let answer = refuse(route.kind, &Problem::NotFound, &address);
        return body::refused(request.into_body(), answer).await;
    }
    match body::read(request, route.body_limit).await {
        Ok(request) => next.run(request).await,
        Err(problem) => refuse(route.kind, &problem, &address),
    }
}

/// What was done before, where the answer is a page that can say so.
fn said(route: &Route, request: &Request) -> Option<app::Said> {
    let is_page = matches!(route.kind, Kind::Page | Kind::Document);
    is_page.then(|| done::said(request.headers())).flatten()
}

/// Where somebody goes who has to choose a new password; nothing else is open to them.
const NEW_PASSWORD: &str = "/password";

/// Says to a manager that they look after groups alone, and leads there.
fn only_groups(state: &State, kind: Kind, address: &Uri) -> Response {
    match kind {
        Kind::Page | Kind::Document => {
            sheet(state, &Visitor::default(), &app::groups::only_groups_page(), 403)
        }
        _ => refuse(kind, &Refusal::ManagersMayNot.problem(), address),
    }
}

/// What becomes of a request that is not refused.
enum Admitted {
    Yes,
    /// Whoever asks has to choose a new password first.
    ForNewPassword,
    /// Whoever asks is a manager who looks after groups alone.
    ToGroups,
}

async fn admit(state: &State, route: &Route, request: &mut Request) -> Result<Admitted, Problem> {
    // Who asks makes no difference there, so nobody's question costs a look into the database.
    let is_for_all = route.policy == Policy::Public && route.kind == Kind::Plain;
    let token = cookie::token(request.headers(), &state.public_url).filter(|_| !is_for_all);
    let known = match token {
        Some(token) => caller(&state.backend, token).await?,
        None => None,
    };
    let must_change = known.as_ref().is_some_and(|known| known.must_change_password);
    if must_change && route.policy != Policy::Public && route.path != NEW_PASSWORD {
        return Ok(Admitted::ForNewPassword);
    }
    let caller = known.map(|known| known.caller);
    let done = said(route, request);
    let mut admitted = route.policy.admits(caller.as_ref());
    if let (Policy::Steward, Ok(()), Some(manager)) = (route.policy, &admitted, &caller)
        && manager.role == Role::Manager
    {
        admitted = groups::admit(&state.backend, manager.id).await.map_err(Problem::from);
        if admitted == Err(Problem::AdminRequired) && route.kind != Kind::Call {
            return Ok(Admitted::ToGroups);
        }
    }
    match admitted {
        Err(Problem::AdminRequired) if route.kind == Kind::Page => {
            request.extensions_mut().insert(Denied);
        }
        admitted => admitted?,
    }
    let extensions = request.extensions_mut();
    let address = extensions.get::<Source>().map(|source| source.address.clone());
    extensions.insert(Visitor { caller, address: address.unwrap_or_default(), done });
    Ok(Admitted::Yes)
}

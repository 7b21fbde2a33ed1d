//! Plain pages over HTTP: what every handler of them shares. Their content is `app`'s.
//!
//! A handler reads by an operation and calls [`show`]. A form's handler calls the operation and then
//! leads on with [`done::say`]; where it was refused, it shows the page again with the status of the
//! problem and what was typed (`model::form::Typed`). Each address is a line of kind
//! [`Kind::Document`] or a form in `routes`.

pub mod done;
mod sent;

use app::Visitor;
use app::plain::{Around, Page, document};
use axum::response::{Html, IntoResponse, Response};
use backend::{Admin, Steward, views};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{StatusCode, Uri, header};
use model::Problem;

use crate::edge::{fault, page_policy, refuse};
use crate::routes::Kind;
use crate::state::State;
pub use sent::Sent;

/// Shows a page to whoever is signed in, with the sidebar around it. `status` is 200, or that of the
/// problem which the page tells.
pub async fn show(state: &State, visitor: &Visitor, page: &Page, status: u16) -> Response {
    let Some(caller) = &visitor.caller else {
        return refuse(Kind::Document, &Problem::SignInRequired, &Uri::from_static("/"));
    };
    let views = match steward(visitor) {
        Ok(steward) => views::all(&state.backend, &steward).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    // Whoever looks after nobody has no users page, and no views of it.
    let has_users = !matches!(views, Err(Problem::AdminRequired));
    let views = views.unwrap_or_default();
    answer(state, Around::Frame { caller, views: &views, has_users }, visitor, page, status)
}

/// Shows a page that could be made, or tells why it could not.
pub async fn show_or_refuse(
    state: &State,
    visitor: &Visitor,
    page: Result<Page, Problem>,
    status: u16,
) -> Response {
    match page {
        Ok(page) => show(state, visitor, &page, status).await,
        Err(problem) => refused(&problem),
    }
}

/// Shows a page to everybody, as a sheet.
pub fn sheet(state: &State, visitor: &Visitor, page: &Page, status: u16) -> Response {
    answer(state, Around::Sheet, visitor, page, status)
}

/// Who asks, as an administrator.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::AdminRequired`].
pub fn admin(visitor: &Visitor) -> Result<Admin, Problem> {
    Admin::of(visitor.caller.as_ref(), &visitor.address)
}

/// Who asks, as someone who looks after people.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::AdminRequired`].
pub fn steward(visitor: &Visitor) -> Result<Steward, Problem> {
    Steward::of(visitor.caller.as_ref(), &visitor.address)
}

/// A number out of an address.
///
/// # Errors
/// [`Problem::NotFound`] for what is none.
pub fn number(id: &str) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

/// Tells a problem that no field of a form can tell.
pub fn refused(problem: &Problem) -> Response {
    refuse(Kind::Document, problem, &Uri::from_static("/users"))
}

/// Tells why a link out of a mail can't be used.
pub fn link_refused(state: &State, visitor: &Visitor, problem: &Problem) -> Response {
    match problem {
        Problem::Over(_) | Problem::TooMany(_) => {
            sheet(state, visitor, &app::invitations::link_problem(problem), problem.status())
        }
        other => refused(other),
    }
}

fn answer(
    state: &State,
    around: Around<'_>,
    visitor: &Visitor,
    page: &Page,
    status: u16,
) -> Response {
    let nonce = match nonce() {
        Ok(nonce) => nonce,
        Err(problem) => return refused(&problem),
    };
    let files = state.assets.page_files();
    let html = document(&files, &nonce, around, visitor.done.as_ref(), page);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_SECURITY_POLICY, page_policy(&nonce))], Html(html)).into_response()
}

/// Marks the scripts and styles of one answer: 128 random bits.
fn nonce() -> Result<String, Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| fault(&error.to_string()))?;
    Ok(STANDARD.encode(bytes))
}

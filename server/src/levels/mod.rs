//! Permissions and limits over HTTP: for everybody, a role, a group and a person, at addresses of
//! one kind. `permissions` and `limits` show what is set and take what the pages send.

mod limits;
mod permissions;

use app::Visitor;
use app::levels::{Whose, gone_page};
use axum::extract::RawPathParams;
use axum::response::Response;
use axum::routing::{get, post};
use backend::{groups, levels};
use http::{Method, Uri};
use model::Problem;
use model::levels::Subject;
use model::people::Role;

use crate::plain;
use crate::router::Handler;
use crate::state::State;

/// All addresses of permissions and limits.
pub fn handlers(state: &State) -> Vec<Handler> {
    let mut handlers = vec![(Method::POST, "/limits/daily".to_owned(), post(limits::daily))];
    for before in ["", "/groups/{id}", "/users/{id}"] {
        handlers.extend([
            (Method::GET, format!("{before}/permissions"), get(permissions::show)),
            (Method::POST, format!("{before}/permissions"), post(permissions::save)),
            (Method::GET, format!("{before}/limits"), get(limits::show)),
            (Method::POST, format!("{before}/limits"), post(limits::save)),
        ]);
    }
    handlers.extend([
        (Method::GET, "/permissions/{role}".to_owned(), get(permissions::show)),
        (Method::POST, "/permissions/{role}".to_owned(), post(permissions::save)),
        (Method::GET, "/limits/{role}".to_owned(), get(limits::show)),
        (Method::POST, "/limits/{role}".to_owned(), post(limits::save)),
    ]);
    let state = |handler: axum::routing::MethodRouter<State>| handler.with_state(state.clone());
    handlers.into_iter().map(|(method, path, handler)| (method, path, state(handler))).collect()
}

/// Whose rules an address is about.
fn subject(address: &Uri, parts: &RawPathParams) -> Result<Subject, Problem> {
    let Some((name, value)) = parts.iter().next() else { return Ok(Subject::Everybody) };
    let number = || value.parse::<i64>().map_err(|_| Problem::NotFound);
    match name {
        "role" => Role::from_word(value).map(Subject::Role).ok_or(Problem::NotFound),
        _ if address.path().starts_with("/groups/") => number().map(Subject::Group),
        _ => number().map(Subject::Person),
    }
}

/// As the page names them.
async fn whose(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    found: levels::Whose,
) -> Result<Whose, Problem> {
    let levels::Whose { name, role, budget_used } = found;
    let groups = match subject {
        Subject::Person(id) => {
            groups::of_person(&state.backend, &plain::steward(visitor)?, id).await?
        }
        _ => Vec::new(),
    };
    Ok(Whose { subject, name, role, groups, budget_used })
}

/// A page that says that there is nobody; anything else as everywhere.
async fn refused(state: &State, visitor: &Visitor, problem: &Problem) -> Response {
    match problem {
        Problem::NotFound => plain::show(state, visitor, &gone_page(), 404).await,
        other => plain::refused(other),
    }
}

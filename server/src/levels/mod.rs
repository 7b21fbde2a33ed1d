//! Permissions and limits over HTTP: for everybody, a role, a group and a person, at addresses of
//! one kind. `sheet` shows what is set and takes what the pages send; `permissions` and `limits` say what
//! is theirs alone.

mod limits;
mod permissions;
mod sheet;

use app::Visitor;
use app::levels::{Whose, gone_page};
use axum::extract::RawPathParams;
use axum::response::Response;
use axum::routing::{get, post};
use backend::levels::{Limits, Permissions};
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
            (Method::GET, format!("{before}/permissions"), get(sheet::show::<Permissions>)),
            (Method::POST, format!("{before}/permissions"), post(sheet::save::<Permissions>)),
            (Method::GET, format!("{before}/limits"), get(sheet::show::<Limits>)),
            (Method::POST, format!("{before}/limits"), post(sheet::save::<Limits>)),
        ]);
    }
    handlers.extend([
        (Method::GET, "/permissions/{role}".to_owned(), get(sheet::show::<Permissions>)),
        (Method::POST, "/permissions/{role}".to_owned(), post(sheet::save::<Permissions>)),
        (Method::GET, "/limits/{role}".to_owned(), get(sheet::show::<Limits>)),
        (Method::POST, "/limits/{role}".to_owned(), post(sheet::save::<Limits>)),
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
    let levels::Whose { name, role, budget_used, .. } = found;
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

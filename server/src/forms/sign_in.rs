//! Signing in.

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Extension, Form};
use backend::sessions::{self, SignIn, Source};
use backend::setup;
use http::{HeaderMap, Uri};
use model::Problem;
use model::people::Role;
use model::url::{Printer, join, shorten};
use serde::Deserialize;

use super::{parameter, signed_in};
use crate::edge::{refuse, see_other};
use crate::routes::Kind;
use crate::state::State;
use crate::{cookie, home, return_to};

/// The most of a typed name that is given back.
const LOGIN_KEPT: usize = 254;

/// What the form sends.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Fields {
    login: String,
    password: String,
    #[serde(rename = "return")]
    return_to: String,
}

/// Begins a session and leads on.
pub async fn sign_in(
    From(state): From<State>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let attempt = SignIn {
        login: &fields.login,
        password: &fields.password,
        replaces: cookie::token(&headers, &state.public_url),
    };
    let result = sessions::sign_in(&state.backend, attempt, &source).await;
    match result.map_err(Problem::from) {
        Ok(session) => {
            let home = home::of(&state, &session.caller).await.unwrap_or(home::WELCOME);
            // The users page is where everybody is led to, also those who begin elsewhere.
            let wanted = return_to::checked(&fields.return_to);
            let address = wanted.filter(|address| *address != home::USERS).unwrap_or(home);
            signed_in(&state, &session, address)
        }
        Err(problem) => back(&problem, &fields),
    }
}

fn back(problem: &Problem, fields: &Fields) -> Response {
    let mut query = Printer::default();
    match problem {
        Problem::WrongCredentials => query.pair("problem", "wrong-credentials"),
        Problem::TooMany(seconds) => {
            query.pair("problem", "too-many").pair("seconds", &seconds.to_string())
        }
        other => return refuse(Kind::Plain, other, &Uri::from_static("/sign-in")),
    };
    let login = shorten(&fields.login, LOGIN_KEPT);
    query.option("login", Some(login.as_str()).filter(|login| !login.is_empty()));
    query.option("return", return_to::checked(&fields.return_to));
    see_other(&join("/sign-in", &query.finish()))
}

/// Leads from the sign-in page to where it makes more sense to be: administrators who are signed in
/// to what they wanted, and everybody to the set-up while there is nobody to sign in as.
pub async fn only_when_needed(From(state): From<State>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<app::Visitor>();
    let is_admin = visitor
        .and_then(|visitor| visitor.caller.as_ref())
        .is_some_and(|caller| caller.role == Role::Administrator);
    if is_admin {
        let wanted = parameter(&request, "return").unwrap_or_default();
        return see_other(return_to::checked(&wanted).unwrap_or(home::USERS));
    }
    match setup::is_needed(&state.backend).await {
        Ok(true) => see_other("/setup?problem=set-up-link"),
        Ok(false) => next.run(request).await,
        Err(failure) => refuse(Kind::Plain, &failure.into(), request.uri()),
    }
}

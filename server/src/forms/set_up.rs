//! Setting up: the first administrator, by the link that the server printed.

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Extension, Form};
use backend::sessions::{self, SignIn, Source};
use backend::setup::AdminForm;
use backend::{Actor, demo, passwords};
use http::Uri;
use model::Problem;
use model::text::{fill, text};
use model::url::{Printer, join, shorten};
use serde::Deserialize;

use super::{parameter, signed_in};
use crate::edge::{refuse, see_other};
use crate::routes::Kind;
use crate::state::State;

/// How many demo people the form offers.
const DEMO_USERS: u64 = 5_000;
/// The most of a typed field that is given back.
const KEPT: usize = 254;

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    token: String,
    username: String,
    email: String,
    password: String,
    demo: String,
}

/// Makes the first administrator, signs them in, and fills in demo people where wanted.
pub async fn set_up(
    From(state): From<State>,
    Extension(source): Extension<Source>,
    Form(fields): Form<Fields>,
) -> Response {
    match complete(&state, &source, &fields).await {
        Ok(response) => response,
        Err(problem) => back(&problem, &fields),
    }
}

async fn complete(state: &State, source: &Source, fields: &Fields) -> Result<Response, Problem> {
    let Fields { token, username, email, password, demo } = fields;
    let form = AdminForm { username, email, password };
    let id = state.set_up.complete(&state.backend, token, form, source).await?;
    if demo == "on" {
        let name = username.trim().to_lowercase();
        let actor = Actor::new(id, name, &source.address);
        let options = demo::Options { users: DEMO_USERS, seed: 1 };
        demo::fill(&state.backend, &actor, options, |_| {}).await?;
    }
    let attempt = SignIn { login: username, password, replaces: None };
    let session = sessions::sign_in(&state.backend, attempt, source).await?;
    Ok(signed_in(state, &session, "/users"))
}

/// Back to the form with what was typed, except for the password.
fn back(problem: &Problem, fields: &Fields) -> Response {
    let mut query = Printer::default();
    match problem {
        Problem::SetUpDone => return see_other("/sign-in?problem=set-up-done"),
        Problem::SetUpLinkInvalid => {
            query.pair("problem", "set-up-link");
        }
        Problem::Invalid(problems) => {
            query.pair("token", &shorten(&fields.token, KEPT));
            for problem in problems {
                let code = code(&problem.message);
                query.pair("error", &format!("{}:{code}", problem.field));
            }
        }
        other => return refuse(Kind::Plain, other, &Uri::from_static("/setup")),
    }
    query.pair("username", &shorten(&fields.username, KEPT));
    query.pair("email", &shorten(&fields.email, KEPT));
    see_other(&join("/setup", &query.finish()))
}

/// The code of a sentence: addresses carry codes, so that no link puts words in our mouth. That of
/// a password which is too short is how long it has to be.
fn code(sentence: &str) -> String {
    let t = text();
    let digits = || sentence.chars().filter(char::is_ascii_digit).collect::<String>();
    let code = match sentence {
        s if s == t.field_username_taken || s == t.field_email_taken => "taken",
        s if s == fill(t.field_password_short, &[&digits()]) => return digits(),
        s if s == passwords::Refused::Long.sentence() => "long",
        _ => "invalid",
    };
    code.to_owned()
}

/// Leads away from the set-up page whoever has no good link to it.
pub async fn only_by_link(From(state): From<State>, request: Request, next: Next) -> Response {
    if parameter(&request, "problem").is_some() {
        return next.run(request).await;
    }
    let token = parameter(&request, "token").unwrap_or_default();
    match state.set_up.check(&state.backend, &token).await.map_err(Problem::from) {
        Ok(()) => next.run(request).await,
        Err(problem @ (Problem::SetUpDone | Problem::SetUpLinkInvalid)) => {
            back(&problem, &Fields::default())
        }
        Err(other) => refuse(Kind::Plain, &other, request.uri()),
    }
}

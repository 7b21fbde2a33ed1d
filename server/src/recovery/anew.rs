//! People who set their own password: by a link, or because they have to.

use app::Visitor;
use app::recovery as pages;
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::recovery;
use backend::sessions::Source;
use backend::settings::Settings;
use model::Problem;
use model::form::Typed;
use model::text::done::Done;

use crate::edge::see_other;
use crate::forms::{ByLink, signed_in};
use crate::plain::{done, link_refused, refused, sheet};
use crate::state::State;

/// `/recovery`.
pub async fn recovery(From(state): From<State>, by: ByLink) -> Response {
    link(&state, by, 200).await
}

/// Sets the password and signs them in.
pub async fn recover(From(state): From<State>, by: ByLink) -> Response {
    let passwords = (by.typed.value("password"), by.typed.value("password_again"));
    let done = recovery::complete(&state.backend, &by.token, passwords, &by.source).await;
    match done.map_err(Problem::from) {
        Ok(session) => {
            let mut response = signed_in(&state, &session, "/welcome");
            done::tell(&mut response, Done::PasswordChosen, &session.caller.name);
            response
        }
        Err(problem) => {
            let status = problem.status();
            match by.typed.refused(problem) {
                Ok(typed) => link(&state, ByLink { typed, ..by }, status).await,
                Err(problem) => link_refused(&state, &by.visitor, &problem),
            }
        }
    }
}

async fn link(state: &State, by: ByLink, status: u16) -> Response {
    let ByLink { visitor, source, token, typed } = &by;
    match recovery::look(&state.backend, token, source).await.map_err(Problem::from) {
        Ok(looked) => sheet(state, visitor, &pages::recover(&looked, token, typed), status),
        Err(problem) => link_refused(state, visitor, &problem),
    }
}

/// `/password`: the one page of those who have to choose a new password.
pub async fn password(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    page(&state, &visitor, &Typed::default(), 200).await
}

/// Sets it, and lets them go on.
pub async fn change(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    Extension(source): Extension<Source>,
    body: String,
) -> Response {
    let typed = Typed::read(&body);
    let Some(caller) = &visitor.caller else { return refused(&Problem::SignInRequired) };
    let passwords = (typed.value("password"), typed.value("password_again"));
    match recovery::change(&state.backend, caller, passwords, &source).await.map_err(Problem::from)
    {
        // Whoever does not have to is where they want to be.
        Err(Problem::NotFound) => see_other("/welcome"),
        Ok(()) => done::say("/welcome", Done::PasswordChosen, &caller.name),
        Err(problem) => {
            let status = problem.status();
            match typed.refused(problem) {
                Ok(typed) => page(&state, &visitor, &typed, status).await,
                Err(problem) => refused(&problem),
            }
        }
    }
}

async fn page(state: &State, visitor: &Visitor, typed: &Typed, status: u16) -> Response {
    let Some(caller) = &visitor.caller else { return refused(&Problem::SignInRequired) };
    let least = async {
        Ok::<_, Problem>(match recovery::must_change(&state.backend, caller.id).await? {
            true => Some(Settings::now(&state.backend).await?.password_min_length),
            false => None,
        })
    };
    match least.await {
        Ok(Some(least)) => sheet(state, visitor, &pages::change(least, typed), status),
        Ok(None) => see_other("/welcome"),
        Err(problem) => refused(&problem),
    }
}

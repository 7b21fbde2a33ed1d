//! What the link of an invitation opens, and accepting it. Opening it changes nothing: programs that
//! look through mails open every link.

use app::plain::Page;
use app::{Visitor, invitations as pages};
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::invitations::{Accepted, Looked, Onboarding, accept as operation, look};
use backend::newcomers::Entered;
use backend::sessions::SignedIn;
use model::Problem;
use model::form::Typed;
use model::text::done::Done;

use crate::edge::see_other;
use crate::forms::{ByLink, signed_in};
use crate::home;
use crate::plain::{done, link_refused, refused, sheet};
use crate::state::State;

/// `/invitation`.
pub async fn show(From(state): From<State>, by: ByLink) -> Response {
    page(&state, &by, None, 200).await
}

/// Accepts it, and signs them in.
pub async fn accept(From(state): From<State>, by: ByLink) -> Response {
    let form = Onboarding {
        fields: Entered::of(&by.typed),
        password: by.typed.value("password"),
        password_again: by.typed.value("password_again"),
    };
    match operation(&state.backend, &by.token, form, &by.source).await.map_err(Problem::from) {
        Ok(Accepted::SignedIn(session)) => welcomed(&state, &session).await,
        Ok(Accepted::NotLetIn) => sheet(&state, &by.visitor, &pages::not_let_in(), 200),
        Err(problem) => {
            let status = problem.status();
            let typed = match by.typed.clone().refused(problem) {
                Ok(typed) => Some(typed),
                // The page says what has become of the link.
                Err(Problem::Over(_)) => None,
                Err(problem) => return refused(&problem),
            };
            page(&state, &by, typed, status).await
        }
    }
}

async fn page(state: &State, by: &ByLink, typed: Option<Typed>, status: u16) -> Response {
    let ByLink { visitor, source, token, .. } = by;
    let looked = look(&state.backend, token, source).await.map_err(Problem::from);
    let (page, status): (Page, u16) = match looked {
        Ok(Looked::Open(offer)) => {
            let typed = typed.unwrap_or_else(|| pages::first(&offer));
            (pages::accept(&offer, token, &typed), status)
        }
        Ok(Looked::Member { email }) => (pages::member(&email), status),
        Ok(Looked::Over { standing, by }) => (pages::over(standing, &by), 410),
        Err(problem) => return link_refused(state, visitor, &problem),
    };
    sheet(state, visitor, &page, status)
}

/// Signs somebody in and welcomes them: by a page, or on the one that they have to work on.
async fn welcomed(state: &State, session: &SignedIn) -> Response {
    match home::of(state, &session.caller).await {
        Ok(address) if address != home::WELCOME => {
            let mut response = signed_in(state, session, address);
            done::tell(&mut response, Done::Joined, &session.caller.name);
            response
        }
        _ => signed_in(state, session, home::WELCOME),
    }
}

/// `/welcome`: where those are led who have no page of their own.
pub async fn welcome(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    let Some(caller) = &visitor.caller else { return refused(&Problem::SignInRequired) };
    match home::of(&state, caller).await {
        Ok(home::WELCOME) => sheet(&state, &visitor, &pages::welcome(caller), 200),
        // They have a page of their own.
        Ok(address) => see_other(address),
        Err(problem) => refused(&problem),
    }
}

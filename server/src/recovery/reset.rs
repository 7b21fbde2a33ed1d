//! An administrator sets somebody's password, or has a link sent.

use app::Visitor;
use app::recovery as pages;
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::recovery::{self, Reset};
use backend::settings::Settings;
use model::Problem;
use model::form::Typed;
use model::text::done::Done;

use crate::plain::{self, admin, done, number, refused};
use crate::state::State;

type Who = Extension<Visitor>;

/// Below so many characters, a password is easy to guess whatever the setting says.
const WEAK: usize = 8;

/// `/users/<id>/password`.
pub async fn show(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    page(&state, &who, &id, pages::first(), 200).await
}

/// Sets the password, and shows the one that was made up.
pub async fn set(From(state): From<State>, who: Who, id: Path<String>, body: String) -> Response {
    let typed = Typed::read(&body);
    let outcome = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        let made_up = match typed.value("how") {
            "typed" => None,
            _ => Some(recovery::random_password()?),
        };
        let password = made_up.as_deref().unwrap_or(typed.value("password"));
        let reset = Reset {
            password,
            must_change: typed.is_on("must_change"),
            sign_out: typed.is_on("sign_out"),
        };
        let account = recovery::reset(&state.backend, &admin, id, reset).await?;
        let done = pages::Done {
            made_up: made_up.as_deref(),
            is_short: password.chars().count() < WEAK,
            has_spaces: password.trim() != password,
            signed_out: reset.sign_out,
        };
        Ok::<_, Problem>(pages::done(&account, done))
    };
    match outcome.await {
        Ok(page) => plain::show(&state, &who, &page, 200).await,
        Err(problem) => again(&state, &who, &id, typed, problem).await,
    }
}

/// Makes a link, and shows it.
pub async fn link(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let outcome = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        let base = state.public_url.as_str();
        let (account, link) = recovery::make_link(&state.backend, &admin, id, base).await?;
        Ok::<_, Problem>(pages::link(&account, &link))
    };
    match outcome.await {
        Ok(page) => plain::show(&state, &who, &page, 200).await,
        Err(problem) => again(&state, &who, &id, pages::first(), problem).await,
    }
}

/// Sends a link by mail.
pub async fn mail(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let outcome = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        Ok(recovery::mail_link(&state.backend, &admin, id).await?)
    };
    match outcome.await {
        Ok(account) => {
            let back = format!("/users?person={}", account.id);
            done::say(&back, Done::RecoverySent, &account.name)
        }
        Err(problem) => again(&state, &who, &id, pages::first(), problem).await,
    }
}

/// The page again, with why it was not done. Where there is no account, nothing can be set.
async fn again(state: &State, who: &Who, id: &str, typed: Typed, problem: Problem) -> Response {
    if problem.of_field("person").is_some() && account(state, who, id).await.is_err() {
        return refused(&problem);
    }
    let status = problem.status();
    match typed.refused(problem) {
        Ok(typed) => page(state, who, id, typed, status).await,
        Err(problem) => refused(&problem),
    }
}

async fn account(state: &State, who: &Who, id: &str) -> Result<recovery::Account, Problem> {
    Ok(recovery::account(&state.backend, &admin(who)?, number(id)?).await?)
}

async fn page(state: &State, who: &Who, id: &str, typed: Typed, status: u16) -> Response {
    let content = async {
        let account = account(state, who, id).await?;
        let least = Settings::now(&state.backend).await?.password_min_length;
        Ok::<_, Problem>(pages::reset(&account, least, &typed))
    };
    plain::show_or_refuse(state, who, content.await, status).await
}

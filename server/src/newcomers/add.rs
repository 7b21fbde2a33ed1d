//! Adding one person.

use app::{Visitor, newcomers as pages};
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::newcomers::{Entered, Newcomer, create, invite, who_has};
use backend::settings::Settings;
use model::Problem;
use model::form::Typed;
use model::text::done::Done;

use crate::plain::{self, done, refused, steward};
use crate::state::State;

/// `/users/add`.
pub async fn show(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    page(&state, &visitor, pages::first(), 200).await
}

/// Invites them, or makes their account.
pub async fn add(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    body: String,
) -> Response {
    let typed = Typed::read(&body);
    let form = Newcomer {
        email: typed.value("email"),
        fields: Entered::of(&typed),
        role: typed.value("role"),
        licensed: typed.is_on("licensed"),
        group: typed.value("group").parse().ok(),
        password: typed.value("password"),
        must_change_password: typed.is_on("must_change"),
    };
    let is_invited = typed.value("how") != "password";
    let added = async {
        let steward = steward(&visitor)?;
        let added = match is_invited {
            true => invite(&state.backend, &steward, &form).await,
            false => create(&state.backend, &steward, &form).await,
        };
        added.map_err(Problem::from)
    };
    match added.await {
        Ok(added) if is_invited => done::say("/users?tab=pending", Done::Invited, &added.name),
        Ok(added) => done::say("/users", Done::AccountCreated, &added.name),
        Err(problem) => {
            let status = problem.status();
            match typed.refused(problem) {
                Ok(typed) => page(&state, &visitor, typed, status).await,
                Err(problem) => refused(&problem),
            }
        }
    }
}

async fn page(state: &State, visitor: &Visitor, typed: Typed, status: u16) -> Response {
    let content = async {
        let steward = steward(visitor)?;
        let settings = Settings::now(&state.backend).await?;
        let is_taken = typed.problem("email").or(typed.problem("username")).is_some();
        let taken = match is_taken {
            true => {
                let email =
                    if typed.problem("email").is_some() { typed.value("email") } else { "" };
                who_has(&state.backend, &steward, email, typed.value("username")).await?
            }
            false => None,
        };
        let may = super::may(state, visitor).await?;
        Ok::<_, Problem>(pages::add(&settings, &may, &typed, taken.as_ref()))
    };
    plain::show_or_refuse(state, visitor, content.await, status).await
}

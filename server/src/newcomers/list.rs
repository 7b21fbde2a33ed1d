//! Inviting a list of addresses: the form, what would become of the list, and doing it.

use app::{Visitor, newcomers as pages};
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::newcomers::{foresee, invite_list};
use model::Problem;
use model::form::Typed;
use model::format::count;
use model::people::Role;
use model::text::done::Done;

use crate::plain::{self, done, refused, steward};
use crate::state::State;

/// `/users/add/list`.
pub async fn show(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    let typed = Typed::default().with("role", Role::User.word());
    form(&state, &visitor, &typed, 200).await
}

/// Shows what would become of the list, or does it once that was seen.
pub async fn list(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    body: String,
) -> Response {
    let typed = Typed::read(&body);
    if typed.is_on("change") {
        return form(&state, &visitor, &typed, 200).await;
    }
    let (pasted, role) = (typed.value("list"), typed.value("role"));
    let group = typed.value("group").parse().ok();
    let outcome = async {
        let steward = steward(&visitor)?;
        if !typed.is_on("confirmed") {
            let outlook = foresee(&state.backend, &steward, pasted, (role, group)).await?;
            let page = pages::outlook(&outlook, &typed);
            return Ok(plain::show(&state, &visitor, &page, 200).await);
        }
        let outlook = invite_list(&state.backend, &steward, pasted, (role, group)).await?;
        let sent = count(outlook.invited());
        Ok::<_, Problem>(done::say("/users?tab=pending", Done::ListInvited, &sent))
    };
    match outcome.await {
        Ok(response) => response,
        Err(problem) => {
            let status = problem.status();
            match typed.refused(problem) {
                Ok(typed) => form(&state, &visitor, &typed, status).await,
                Err(problem) => refused(&problem),
            }
        }
    }
}

async fn form(state: &State, visitor: &Visitor, typed: &Typed, status: u16) -> Response {
    let page = async { Ok::<_, Problem>(pages::list(&super::may(state, visitor).await?, typed)) };
    plain::show_or_refuse(state, visitor, page.await, status).await
}

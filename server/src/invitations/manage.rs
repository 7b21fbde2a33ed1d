//! One person's invitation: sending it, its link, taking it back.

use app::{Visitor, invitations as pages};
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::invitations as operations;
use model::Problem;
use model::form::Typed;
use model::text::done::Done;

use crate::plain::{self, done, number, refused, steward};
use crate::state::State;

type Who = Extension<Visitor>;

/// `/users/<id>/invitation`.
pub async fn show(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    page(&state, &who, &id, Typed::default(), 200).await
}

/// Sends it, for the first time or again.
pub async fn send(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let sent = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        Ok(operations::send(&state.backend, &steward, id).await?)
    };
    match sent.await {
        Ok(name) => done::say("/users?tab=pending", Done::InvitationSent, &name),
        Err(problem) => again(&state, &who, &id, problem).await,
    }
}

/// Takes it back.
pub async fn revoke(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let revoked = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        Ok(operations::revoke(&state.backend, &steward, id).await?)
    };
    match revoked.await {
        Ok(name) => done::say("/users?tab=pending", Done::InvitationRevoked, &name),
        Err(problem) => again(&state, &who, &id, problem).await,
    }
}

/// Shows the link that there is.
pub async fn link(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let link = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        let base = state.public_url.as_str();
        Ok(operations::show_link(&state.backend, &steward, id, base).await?)
    };
    shown(&state, &who, &id, link.await).await
}

/// Makes a link without sending it, and shows that.
pub async fn new_link(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let link = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        let base = state.public_url.as_str();
        Ok(operations::make_link(&state.backend, &steward, id, base).await?)
    };
    shown(&state, &who, &id, link.await).await
}

async fn shown(state: &State, who: &Who, id: &str, link: Result<String, Problem>) -> Response {
    let content = async {
        let link = link?;
        let invitation =
            operations::invitation(&state.backend, &steward(who)?, number(id)?).await?;
        Ok(pages::link(&invitation, &link))
    };
    match content.await {
        Ok(page) => plain::show(state, who, &page, 200).await,
        Err(problem) => again(state, who, id, problem).await,
    }
}

/// The page again, with why it was not done.
async fn again(state: &State, who: &Who, id: &str, problem: Problem) -> Response {
    let status = problem.status();
    match Typed::default().refused(problem) {
        Ok(typed) => page(state, who, id, typed, status).await,
        Err(problem) => refused(&problem),
    }
}

async fn page(state: &State, who: &Who, id: &str, typed: Typed, status: u16) -> Response {
    let content = async {
        let steward = steward(who)?;
        let invitation = operations::invitation(&state.backend, &steward, number(id)?).await?;
        Ok::<_, Problem>(pages::manage(&invitation, &typed))
    };
    plain::show_or_refuse(state, who, content.await, status).await
}

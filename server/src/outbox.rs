//! The outbox over HTTP.

use app::{Visitor, outbox as pages};
use axum::Extension;
use axum::extract::{Path, Request, State as From};
use axum::response::Response;
use axum::routing::{get, post};
use backend::outbox::{self, State as Stage};
use http::Method;
use model::Problem;
use model::format::count;
use model::text::done::Done;

use crate::forms::parameter;
use crate::plain::{self, admin, done, number, refused};
use crate::router::Handler;
use crate::state::State;

type Who = Extension<Visitor>;

/// All addresses of the outbox.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/outbox", get(list)),
        (Method::GET, "/outbox/{id}", get(show)),
        (Method::POST, "/outbox/retry", post(retry_all)),
        (Method::POST, "/outbox/{id}/retry", post(retry)),
        (Method::POST, "/outbox/{id}/open", post(open)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

/// `/outbox`.
async fn list(From(state): From<State>, who: Who, request: Request) -> Response {
    let chosen = parameter(&request, "state").and_then(|word| Stage::from_word(&word));
    let below = parameter(&request, "below").and_then(|number| number.parse().ok());
    let mails = async {
        Ok::<_, Problem>(outbox::list(&state.backend, &admin(&who)?, chosen, below).await?)
    };
    match mails.await {
        Ok(mails) => {
            let page = pages::list(&mails, chosen, state.sends_mail);
            plain::show(&state, &who, &page, 200).await
        }
        Err(problem) => refused(&problem),
    }
}

/// `/outbox/<id>`.
async fn show(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let shown = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        Ok(outbox::show(&state.backend, &admin, id, state.public_url.as_str()).await?)
    };
    answer(&state, &who, shown.await).await
}

/// The same with its link.
async fn open(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let shown = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        Ok(outbox::open(&state.backend, &admin, id, state.public_url.as_str()).await?)
    };
    answer(&state, &who, shown.await).await
}

async fn answer(state: &State, who: &Who, shown: Result<outbox::Shown, Problem>) -> Response {
    match shown {
        Ok(shown) => plain::show(state, who, &pages::mail(&shown, state.sends_mail), 200).await,
        Err(problem) => refused(&problem),
    }
}

/// Tries a mail again.
async fn retry(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let retried = async {
        let (admin, id) = (admin(&who)?, number(&id)?);
        let mail = outbox::show(&state.backend, &admin, id, state.public_url.as_str()).await?.mail;
        outbox::retry(&state.backend, &admin, id).await?;
        Ok::<_, Problem>(mail)
    };
    match retried.await {
        Ok(mail) => done::say(&format!("/outbox/{}", mail.id), Done::MailRetried, &mail.email),
        Err(problem) => refused(&problem),
    }
}

/// Tries all mails again that failed or wait.
async fn retry_all(From(state): From<State>, who: Who) -> Response {
    let retried =
        async { Ok::<_, Problem>(outbox::retry_all(&state.backend, &admin(&who)?).await?) };
    match retried.await {
        Ok(mails) => {
            let mails = count(mails);
            done::say("/outbox", Done::MailsRetried, &mails)
        }
        Err(problem) => refused(&problem),
    }
}

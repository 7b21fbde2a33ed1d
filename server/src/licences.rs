//! Licences over HTTP: the page of the pool with its adviser, and the list of those whom no filter
//! finds.

use app::Visitor;
use app::licences::page;
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use axum::routing::{get, post};
use backend::licences;
use backend::settings::Settings;
use http::Method;
use model::Problem;
use model::bulk::Selection;
use model::form::Typed;
use model::people::Tab;
use model::query::UsersQuery;
use model::url::join;

use crate::bulk::choose;
use crate::edge::see_other;
use crate::plain;
use crate::router::Handler;
use crate::state::State;

/// All addresses of licences.
pub fn handlers(state: &State) -> Vec<Handler> {
    [(Method::GET, "/licences", get(show)), (Method::POST, "/licences/soon-over", post(soon_over))]
        .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
        .into()
}

async fn show(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    let read = async {
        let admin = plain::admin(&visitor)?;
        let need = Settings::now(&state.backend).await?.licence_needed_for;
        Ok::<_, Problem>((licences::overview(&state.backend, &admin).await?, need))
    };
    match read.await {
        Ok((licences, need)) => plain::show(&state, &visitor, &page(&licences, need), 200).await,
        Err(problem) => plain::refused(&problem),
    }
}

/// Makes a list of those who will pass their budget soon, and leads to it, or asks what they shall have.
async fn soon_over(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    body: String,
) -> Response {
    let is_to_plan = Typed::read(&body).has("then", "plan");
    let listed = async {
        let admin = plain::admin(&visitor)?;
        Ok(licences::list_soon_over(&state.backend, &admin).await?)
    };
    match listed.await {
        Ok(list) => {
            let query = UsersQuery { tab: Tab::All, list: Some(list), ..UsersQuery::default() };
            if is_to_plan {
                let who = Selection::Matching(query.print());
                return choose(&state, &visitor, &who, &Typed::default(), "/licences", 200).await;
            }
            see_other(&join("/users", &query.print()))
        }
        // Nobody is left: the page says so.
        Err(Problem::Invalid(_)) => see_other("/licences"),
        Err(problem) => plain::refused(&problem),
    }
}

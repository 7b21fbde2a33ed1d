//! Licences over HTTP: the page of the pool with its adviser, and the list of those whom no filter
//! finds.

use app::Visitor;
use app::licences::{other_budgets, page};
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use axum::routing::{get, post};
use backend::licences;
use backend::settings::Settings;
use http::Method;
use model::Problem;
use model::bulk::Selection;
use model::changes::Change;
use model::form::Typed;
use model::licences::Advice;
use model::people::Tab;
use model::query::UsersQuery;
use model::url::join;

use crate::bulk::planned;
use crate::edge::see_other;
use crate::plain;
use crate::router::Handler;
use crate::state::State;

/// All addresses of licences.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/licences", get(show)),
        (Method::POST, "/licences/soon-over", post(soon_over)),
        (Method::POST, "/licences/remembered", post(remembered)),
    ]
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

async fn soon_over(state: From<State>, who: Extension<Visitor>, body: String) -> Response {
    listed(state, who, &body, Advice::SoonOver).await
}

async fn remembered(state: From<State>, who: Extension<Visitor>, body: String) -> Response {
    listed(state, who, &body, Advice::Remembered).await
}

/// Makes a list of the people of an advice, and leads to it, or to the plan that is ready for them.
async fn listed(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    body: &str,
    advice: Advice,
) -> Response {
    let is_to_plan = Typed::read(body).has("then", "plan");
    let list = async {
        let admin = plain::admin(&visitor)?;
        Ok(licences::list(&state.backend, &admin, advice).await?)
    };
    let query = match list.await {
        Ok(list) => UsersQuery { tab: Tab::All, list: Some(list), ..UsersQuery::default() },
        // Nobody is left: the page says so.
        Err(Problem::Conflict(_)) => return see_other("/licences"),
        Err(problem) => return plain::refused(&problem),
    };
    let people = Selection::Matching(query.print());
    match advice {
        _ if !is_to_plan => see_other(&join("/users", &query.print())),
        // What they shall have is still to be chosen.
        Advice::SoonOver => see_other(&other_budgets(&query)),
        Advice::Remembered => planned(&state, &visitor, &people, &Change::Licence(false)).await,
    }
}

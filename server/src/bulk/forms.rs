//! What the pages of mass changes send, and the bar below the rows.

use app::Visitor;
use axum::Extension;
use axum::extract::{Path, RawQuery, State as From};
use axum::response::Response;
use backend::{bulk, lists};
use http::HeaderMap;
use model::Problem;
use model::bulk::Selection;
use model::changes::Change;
use model::form::Typed;
use model::lists::ListKind;
use model::people::Tab;
use model::query::UsersQuery;
use model::text::bulk::text;
use model::text::limits;
use model::url::join;

use super::pages::{choose, show_one};
use crate::edge::see_other;
use crate::people::back;
use crate::plain::{self, number, refused, steward};
use crate::state::State;

type Who = Extension<Visitor>;

/// Plans a change, and leads to what it would do. Without one, asks for it.
pub async fn plan(
    From(state): From<State>,
    who: Who,
    headers: HeaderMap,
    body: String,
) -> Response {
    let sent = Typed::read(&body);
    let selection = selection(&sent);
    let back = back::of(&headers, &sent);
    if sent.value("change").is_empty() && !is_empty(&selection) {
        return choose(&state, &who, &selection, &sent, &back, 200).await;
    }
    if sent.value("change") == "export" {
        return to_export(&state, &who, &selection, &back).await;
    }
    let planned = async { plan_for(&state, &who, &selection, &change_of(&sent)?).await };
    match planned.await {
        Err(problem @ Problem::Invalid(_)) => match sent.refused(problem) {
            Ok(typed) => choose(&state, &who, &selection, &typed, &back, 422).await,
            Err(problem) => refused(&problem),
        },
        planned => answer(planned),
    }
}

/// Asks what to change of the people of an address, with what that has of the form filled in.
pub async fn new(
    From(state): From<State>,
    who: Who,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let sent = Typed::read(query.as_deref().unwrap_or_default());
    let back = back::of(&headers, &sent);
    choose(&state, &who, &selection(&sent), &sent, &back, 200).await
}

/// Plans a change for people who were found elsewhere, and leads to its page.
pub async fn planned(
    state: &State,
    who: &Visitor,
    selection: &Selection,
    change: &Change,
) -> Response {
    answer(plan_for(state, who, selection, change).await)
}

/// The address of a new plan.
async fn plan_for(
    state: &State,
    who: &Visitor,
    selection: &Selection,
    change: &Change,
) -> Result<String, Problem> {
    let id = bulk::plan(&state.backend, &steward(who)?, selection, change).await?;
    Ok(format!("/bulk/{id}"))
}

/// Ticked people, those of a whole page among them, or all of a view.
fn selection(sent: &Typed) -> Selection {
    if sent.has("scope", "matching") {
        return Selection::Matching(sent.value("query").to_owned());
    }
    let page = sent.value("page").split(',');
    let ids = sent.values("id").chain(page).filter_map(|id| id.parse().ok());
    let mut ids: Vec<i64> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    Selection::Ticked(ids)
}

/// Leads to the export of exactly these people: ticked ones become a list, which can be bookmarked as any
/// other view.
async fn to_export(state: &State, who: &Visitor, selection: &Selection, back: &str) -> Response {
    let view = async {
        let shown = UsersQuery::read(back.split_once('?').map_or("", |(_, query)| query)).0;
        Ok::<_, Problem>(match selection {
            Selection::Matching(query) => {
                // As it is: what of it has no effect is told before anything is exported.
                let UsersQuery { columns, sort, .. } = shown;
                let shown = UsersQuery { columns, sort, ..UsersQuery::default() }.print();
                format!("{query}&{shown}")
            }
            Selection::Ticked(ids) => {
                let admin = plain::admin(who)?;
                let list = lists::keep(&state.backend, &admin, ListKind::Ticked, ids).await?;
                let UsersQuery { columns, sort, .. } = shown;
                let list = Some(list);
                UsersQuery { tab: Tab::All, list, columns, sort, ..UsersQuery::default() }.print()
            }
        })
    };
    let open = |view: String| match view.trim_matches('&') {
        "" => "dialog=export".to_owned(),
        view => format!("{view}&dialog=export"),
    };
    answer(view.await.map(|view| join("/users", &open(view))))
}

fn is_empty(selection: &Selection) -> bool {
    matches!(selection, Selection::Ticked(ids) if ids.is_empty())
}

/// The chosen change; each has a field of its own for its value, and a limit one for its amount beside it,
/// or a box for none.
fn change_of(sent: &Typed) -> Result<Change, Problem> {
    let word = sent.value("change");
    let name = format!("value-{word}");
    let amount = sent.value(&format!("{name}-amount")).trim();
    let amount = match (sent.is_on(&format!("{name}-none")), amount) {
        (false, amount) => amount,
        (true, "") => limits::text().unlimited,
        (true, _) => return Err(Problem::field("value", text().choose_limit_both)),
    };
    let value = format!("{} {amount}", sent.value(&name));
    Change::of(word, value.trim())
}

/// Has a plan done, or goes on with what stopped. What is for good has to be confirmed by typing.
pub async fn start(From(state): From<State>, who: Who, id: Path<String>, body: String) -> Response {
    let sent = Typed::read(&body);
    let started = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        let planned = bulk::get(&state.backend, &steward, id).await?;
        bulk::confirm(&state.backend, &planned, sent.value("confirm")).await?;
        bulk::start(&state.backend, &steward, id).await?;
        bulk::spawn(&state.backend, id);
        Ok::<_, Problem>(())
    };
    match started.await {
        // Sent twice, it is not done twice.
        Ok(()) | Err(Problem::Conflict(_)) => see_other(&format!("/bulk/{}", id.as_str())),
        Err(problem @ Problem::Invalid(_)) => match sent.refused(problem) {
            Ok(typed) => show_one(&state, &who, &id, typed, 422).await,
            Err(problem) => refused(&problem),
        },
        Err(problem) => refused(&problem),
    }
}

/// Stops a mass change, or forgets a plan.
pub async fn cancel(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let cancelled = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        bulk::cancel(&state.backend, &steward, id).await?;
        let is_there = bulk::get(&state.backend, &steward, id).await.is_ok();
        Ok::<_, Problem>(if is_there { format!("/bulk/{id}") } else { "/bulk".to_owned() })
    };
    answer(cancelled.await)
}

/// Plans to take back what a mass change did.
pub async fn undo(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let planned = async {
        let id = bulk::plan_undo(&state.backend, &steward(&who)?, number(&id)?).await?;
        Ok::<_, Problem>(format!("/bulk/{id}"))
    };
    answer(planned.await)
}

fn answer(address: Result<String, Problem>) -> Response {
    match address {
        Ok(address) => see_other(&address),
        Err(problem) => refused(&problem),
    }
}

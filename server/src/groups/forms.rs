//! What the pages of groups send. Where it is refused, the page is shown again with what was typed.

use app::Visitor;
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::groups;
use model::Problem;
use model::form::Typed;
use model::format::count;
use model::groups::MembersChanged;
use model::text::done::Done;
use model::text::fill;

use super::pages::{Told, delete_with, list_with, one_with, refused};
use crate::plain::{self, Sent, done};
use crate::state::State;

type Who = Extension<Visitor>;

/// Makes a group and leads to it.
pub async fn create(From(state): From<State>, who: Who, form: String) -> Response {
    let typed = Typed::read(&form);
    let made = async {
        let steward = plain::steward(&who)?;
        let (name, description) = (typed.value("name"), typed.value("description"));
        Ok(groups::create(&state.backend, &steward, name, description).await?)
    };
    match made.await {
        Ok(id) => {
            done::say(&format!("/groups/{id}"), Done::GroupCreated, typed.value("name").trim())
        }
        Err(problem) => match typed.refused(problem) {
            Ok(typed) => list_with(&state, &who, "", typed, 422).await,
            Err(problem) => plain::refused(&problem),
        },
    }
}

/// Renames a group.
pub async fn change(From(state): From<State>, sent: Sent) -> Response {
    let typed = &sent.typed;
    let changed = async {
        let (steward, id) = sent.by_whom()?;
        let version = typed.value("version").parse().map_err(|_| Problem::NotFound)?;
        let (name, description) = (typed.value("name"), typed.value("description"));
        Ok(groups::change(&state.backend, &steward, id, version, name, description).await?)
    };
    match changed.await {
        Ok(()) => done::say(&page_of(&sent), Done::GroupSaved, typed.value("name").trim()),
        Err(problem) => again(&state, sent, problem).await,
    }
}

/// Adds the people who are ticked, or those of a pasted list. Whoever could not be added is told on
/// the page.
pub async fn add(From(state): From<State>, sent: Sent) -> Response {
    let typed = &sent.typed;
    let is_pasted = typed.values("entries").next().is_some();
    let added = async {
        let (steward, group) = sent.by_whom()?;
        Ok(match is_pasted {
            true => {
                groups::add_pasted(&state.backend, &steward, group, typed.value("entries")).await?
            }
            false => groups::add(&state.backend, &steward, group, &people(typed)).await?,
        })
    };
    match added.await {
        Ok(outcome) if outcome.is_whole() => {
            done::say(&page_of(&sent), Done::MembersAdded, &told(&outcome))
        }
        Ok(outcome) => {
            let typed = Typed::default().with("entries", outcome.unknown.join("\n"));
            let told = Told { typed, outcome: Some(outcome) };
            one_with(&state, &sent.who, &sent.id, &Typed::default(), told, 200).await
        }
        Err(problem) => again(&state, sent, problem).await,
    }
}

/// Takes the people who are ticked out of a group.
pub async fn remove(From(state): From<State>, sent: Sent) -> Response {
    let removed = async {
        let (steward, group) = sent.by_whom()?;
        Ok(groups::remove(&state.backend, &steward, group, &people(&sent.typed)).await?)
    };
    match removed.await {
        Ok(outcome) if outcome.refused == 0 => {
            // A manager who has taken the last link to the group has no page of it any more.
            done::say(&page_of(&sent), Done::MembersRemoved, &told(&outcome))
        }
        Ok(outcome) => {
            let sentence = model::text::groups::text().outcome_refused;
            let sentence = fill(sentence, &[&count(outcome.refused)]);
            let problem = Problem::field("person", sentence);
            again(&state, Sent { typed: Typed::default(), ..sent }, problem).await
        }
        Err(problem) => again(&state, sent, problem).await,
    }
}

/// Deletes a group, as it was confirmed.
pub async fn delete(From(state): From<State>, sent: Sent) -> Response {
    let deleted = async {
        let (steward, number) = sent.by_whom()?;
        let name = groups::get(&state.backend, &steward, number).await?.name;
        let members = sent.typed.value("members").parse().unwrap_or(-1);
        groups::delete(&state.backend, &steward, number, members).await?;
        Ok(name)
    };
    match deleted.await {
        Ok(name) => done::say("/groups", Done::GroupDeleted, &name),
        Err(problem @ Problem::Invalid(_)) => {
            delete_with(&state, &sent.who, &sent.id, Some(problem)).await
        }
        Err(problem) => refused(&state, &sent.who, &problem).await,
    }
}

/// The group's page with what was typed and what is wrong with it.
async fn again(state: &State, sent: Sent, problem: Problem) -> Response {
    let Sent { who, id, typed, .. } = sent;
    match typed.refused(problem) {
        Ok(typed) => {
            let told = Told { typed, outcome: None };
            one_with(state, &who, &id, &Typed::default(), told, 422).await
        }
        Err(problem) => refused(state, &who, &problem).await,
    }
}

fn page_of(sent: &Sent) -> String {
    format!("/groups/{}", sent.id)
}

fn people(typed: &Typed) -> Vec<i64> {
    typed.values("person").filter_map(|id| id.parse().ok()).collect()
}

/// How many people, in words.
fn told(outcome: &MembersChanged) -> String {
    model::bulk::people(outcome.changed)
}

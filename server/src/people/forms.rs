//! What the pages that change a person send. Each leads back to the view that it was done from, which says
//! what was done; what was refused is said on the page that sent it.

use app::{Undo, Visitor};
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::{IntoResponse, Response};
use backend::people::{self, Changed, WAS};
use http::header;
use model::Problem;
use model::changes::Change;
use model::form::Typed;
use model::text::done::Done;
use model::text::person::text;

use super::back;
use super::pages::{show_edit, show_erase};
use super::told::told;
use crate::plain::{Sent, admin, done, number, refused};
use crate::state::State;

type Who = Extension<Visitor>;

/// Saves the fields of a person.
pub async fn edit(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    let saved = async {
        let (steward, id) = sent.by_whom()?;
        Ok(people::edit(&state.backend, &steward, id, &sent.typed).await?)
    };
    match saved.await {
        Ok(saved) if saved.changed.is_empty() => {
            done::say(&back, Done::PersonAsBefore, &saved.name)
        }
        Ok(saved) if !saved.meanwhile.is_empty() => {
            done::say(&back, Done::PersonSavedBeside, &saved.name)
        }
        Ok(saved) => {
            let undo = match (saved.changed.as_slice(), number(&sent.id)) {
                ([field], Ok(id)) => {
                    Undo::to(id, field, sent.typed.value(&format!("{WAS}{field}")))
                }
                _ => None,
            };
            let done = (Done::PersonSaved, saved.name.as_str());
            told((&state, &sent.who), &sent.headers, &back, done, undo).await
        }
        Err(problem @ (Problem::Invalid(_) | Problem::Conflict(_))) => {
            show_edit(&state, &sent.who, &sent.id, &back, Some((&sent.typed, problem))).await
        }
        Err(problem) => refused(&problem),
    }
}

/// Makes one change at once: `change` and `value` say which. Pages take the answer as the next page,
/// scripts as a sentence.
pub async fn change(From(state): From<State>, sent: Sent) -> Response {
    let made = async {
        let change = change_of(&sent.typed)?;
        if ends_for_good(&change) {
            return Err(Problem::field("change", text().confirm_first));
        }
        let (steward, id) = sent.by_whom()?;
        let changed = people::change(&state.backend, &steward, id, &change).await?;
        Ok::<_, Problem>((change, id, changed))
    };
    match made.await {
        Ok((change, id, changed)) => {
            let undo = Undo::of(id, &change).filter(|_| changed.is_new);
            let back = back::of(&sent.headers, &sent.typed);
            let done = (done_of(&change, &changed), changed.name.as_str());
            told((&state, &sent.who), &sent.headers, &back, done, undo).await
        }
        Err(problem) => refused(&problem),
    }
}

/// What is to be changed: a word with its value beside it, or behind a colon, as a button sends it.
pub fn change_of(sent: &Typed) -> Result<Change, Problem> {
    let word = sent.value("change");
    let (word, value) = word.split_once(':').unwrap_or((word, sent.value("value")));
    Change::of(word, value)
}

/// What takes more than a click.
const fn ends_for_good(change: &Change) -> bool {
    matches!(change, Change::Delete | Change::DeletePermanently)
}

/// What is said of a change.
fn done_of(change: &Change, changed: &Changed) -> Done {
    match change {
        _ if !changed.is_new => Done::PersonAsBefore,
        _ if changed.is_for_good => Done::PersonGone,
        Change::Restore if changed.lacks_seat => Done::PersonRestoredSeatless,
        Change::Reactivate if changed.lacks_seat => Done::PersonReactivatedSeatless,
        Change::Suspend => Done::PersonSuspended,
        Change::Reactivate => Done::PersonReactivated,
        Change::Delete => Done::PersonDeleted,
        Change::Restore => Done::PersonRestored,
        Change::Budget(_) => Done::BudgetSaved,
        Change::Licence(true) => Done::LicenceGiven,
        Change::Licence(false) => Done::LicenceTaken,
        _ => Done::PersonSaved,
    }
}

/// Moves a person to *Recently deleted*; where nobody is kept there, only once that was confirmed.
pub async fn delete(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    let deleted = async {
        let (steward, number) = sent.by_whom()?;
        let standing = people::standing(&state.backend, &steward, number).await?;
        if standing.settings.retention_days == 0 {
            if let Some(refusal) = standing.refusal(&Change::Delete) {
                return Err(refusal.problem());
            }
            return Err(Problem::Conflict(text().delete_is_for_good.to_owned()));
        }
        let changed = people::change(&state.backend, &steward, number, &Change::Delete).await?;
        Ok::<_, Problem>((number, changed))
    };
    match deleted.await {
        Ok((id, changed)) => {
            let back = if changed.is_for_good { back::without_person(&back) } else { back };
            let undo = Undo::of(id, &Change::Delete).filter(|_| changed.is_new);
            let done = (done_of(&Change::Delete, &changed), changed.name.as_str());
            told((&state, &sent.who), &sent.headers, &back, done, undo).await
        }
        Err(problem) => refused(&problem),
    }
}

/// Removes a person for good, once their address was typed.
pub async fn erase(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    let erased = async {
        let (steward, number) = sent.by_whom()?;
        let remains = people::remains(&state.backend, &steward, number).await?;
        remains.confirm(sent.typed.value("confirm"))?;
        let standing = people::standing(&state.backend, &steward, number).await?;
        let change = match standing.offers(&Change::DeletePermanently) {
            // Where nobody is kept, deleting is for good.
            false if standing.settings.retention_days == 0 => Change::Delete,
            _ => Change::DeletePermanently,
        };
        Ok(people::change(&state.backend, &steward, number, &change).await?)
    };
    match erased.await {
        Ok(changed) => done::say(&back::without_person(&back), Done::PersonGone, &changed.name),
        Err(problem @ Problem::Invalid(_)) => {
            show_erase(&state, &sent.who, &sent.id, &back, Some((sent.typed, problem))).await
        }
        Err(problem) => refused(&problem),
    }
}

/// All that is kept of a person, as a file.
pub async fn record(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let record = async {
        Ok::<_, Problem>(people::record(&state.backend, &admin(&who)?, number(&id)?).await?)
    };
    match record.await {
        Ok(record) => {
            let name = format!("attachment; filename=\"rollcall-person-{}.json\"", id.as_str());
            let headers = [
                (header::CONTENT_TYPE, "application/json".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, format!("{record:#}\n")).into_response()
        }
        Err(problem) => refused(&problem),
    }
}

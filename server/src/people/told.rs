//! What was done to one person, told: by the next page, or at once where a script asks. Beside it stands
//! what takes it back, where whoever did it may do that as well.

use app::{Said, Undo, Visitor};
use axum::response::{Html, IntoResponse, Response};
use backend::people;
use http::{HeaderMap, header};
use model::text::done::Done;

use crate::plain::{done, steward};
use crate::state::State;

/// What scripts accept: the toast alone. A refusal is a bare sentence then.
const TOAST: &[u8] = b"text/vnd.rollcall.toast";

/// Tells what was done to whom, and goes on at `back`.
pub async fn told(
    (state, visitor): (&State, &Visitor),
    headers: &HeaderMap,
    back: &str,
    (done, name): (Done, &str),
    undo: Option<Undo>,
) -> Response {
    let undo = offered(state, visitor, undo).await;
    match is_script(headers) {
        true => Html(app::plain::toast(&Said::of(done, name, undo)).into_string()).into_response(),
        false => done::say_undoable(back, done, name, undo.as_ref()),
    }
}

/// Whether a script of the users page asks, which stays where it is.
pub fn is_script(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes() == TOAST)
}

/// What takes it back, if that would come to something now.
async fn offered(state: &State, visitor: &Visitor, undo: Option<Undo>) -> Option<Undo> {
    let undo = undo?;
    let steward = steward(visitor).ok()?;
    let standing = people::standing(&state.backend, &steward, undo.person).await.ok()?;
    standing.offers(&undo.change).then_some(undo)
}

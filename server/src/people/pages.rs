//! The pages that change one person.

use app::Visitor;
use app::person::{Delete, Edit, Erase};
use axum::extract::State as From;
use axum::response::Response;
use backend::groups;
use backend::people::{self, FIELDS, Form, WAS};
use model::Problem;
use model::form::Typed;

use super::back;
use crate::edge::see_other;
use crate::plain::{self, Sent, number, refused, steward};
use crate::state::State;

/// `/users/<id>/edit`.
pub async fn edit(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    show_edit(&state, &sent.who, &sent.id, &back, None).await
}

/// The same page, with what was typed and why it was refused.
pub async fn show_edit(
    state: &State,
    visitor: &Visitor,
    id: &str,
    back: &str,
    sent: Option<(&Typed, Problem)>,
) -> Response {
    let status = sent.as_ref().map_or(200, |(_, problem)| problem.status());
    let page = async {
        let (steward, id) = (steward(visitor)?, number(id)?);
        let standing = people::standing(&state.backend, &steward, id).await?;
        let form = people::form(&state.backend, &steward, id).await?;
        let groups = groups::choices(&state.backend, &steward).await?;
        let mut edit = Edit {
            standing: &standing,
            groups: &groups,
            typed: form.typed(),
            back,
            problem: None,
            has_conflict: false,
        };
        if let Some((sent, problem)) = sent {
            edit.has_conflict = is_other(&form, sent);
            match form.again(sent).refused(problem) {
                Ok(typed) => edit.typed = typed,
                Err(problem) => {
                    edit.typed = form.again(sent);
                    edit.problem = Some(problem);
                }
            }
        }
        Ok::<_, Problem>(edit.page())
    };
    plain::show_or_refuse(state, visitor, page.await, status).await
}

/// Whether a field holds something else than when the form was opened.
fn is_other(form: &Form, sent: &Typed) -> bool {
    FIELDS.iter().any(|field| {
        let was = sent.values(&format!("{WAS}{field}")).next().map(|was| was.replace("\r\n", "\n"));
        was.is_some_and(|was| was != form.value(field))
    })
}

/// `/users/<id>/delete`. Where nobody is kept, it takes more to confirm.
pub async fn delete(From(state): From<State>, sent: Sent) -> Response {
    let standing = async {
        let (steward, id) = sent.by_whom()?;
        Ok(people::standing(&state.backend, &steward, id).await?)
    };
    match standing.await {
        Ok(standing) if standing.settings.retention_days == 0 => {
            see_other(&format!("/users/{}/erase", sent.id))
        }
        Ok(standing) => {
            let back = back::of(&sent.headers, &sent.typed);
            let page = Delete { standing: &standing, back: &back }.page();
            plain::show(&state, &sent.who, &page, 200).await
        }
        Err(problem) => refused(&problem),
    }
}

/// `/users/<id>/erase`.
pub async fn erase(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    show_erase(&state, &sent.who, &sent.id, &back, None).await
}

/// The same page, with what was typed and why it was refused.
pub async fn show_erase(
    state: &State,
    visitor: &Visitor,
    id: &str,
    back: &str,
    sent: Option<(Typed, Problem)>,
) -> Response {
    let status = sent.as_ref().map_or(200, |(_, problem)| problem.status());
    let page = async {
        let (steward, id) = (steward(visitor)?, number(id)?);
        let remains = people::remains(&state.backend, &steward, id).await?;
        let typed = match sent {
            Some((typed, problem)) => typed.refused(problem)?,
            None => Typed::default(),
        };
        Ok::<_, Problem>(
            Erase {
                id,
                name: &remains.name,
                to_type: &remains.to_type,
                parts: &remains.parts,
                typed: &typed,
                back,
            }
            .page(),
        )
    };
    plain::show_or_refuse(state, visitor, page.await, status).await
}

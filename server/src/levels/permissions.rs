//! The permissions of a level: shown, tried out and saved.

use app::Visitor;
use app::levels::{Kind, PermissionsView, permissions_page};
use axum::Extension;
use axum::extract::{RawPathParams, State as From};
use axum::response::Response;
use backend::levels::{self, Look, Permissions};
use http::Uri;
use model::Problem;
use model::form::Typed;
use model::levels::{Edit, Subject};
use model::permissions::{Choice, Permission};
use model::text::done::Done;
use model::text::permissions::text;

use super::{refused, subject, whose};
use crate::plain::{self, done};
use crate::state::State;

/// Shows them.
pub async fn show(
    From(state): From<State>,
    who: Extension<Visitor>,
    address: Uri,
    parts: RawPathParams,
) -> Response {
    match subject(&address, &parts) {
        Ok(subject) => page(&state, &who, subject, Typed::default(), 200).await,
        Err(problem) => refused(&state, &who, &problem).await,
    }
}

/// Saves what was chosen, or shows what it would come to.
pub async fn save(
    From(state): From<State>,
    who: Extension<Visitor>,
    address: Uri,
    parts: RawPathParams,
    form: String,
) -> Response {
    let typed = Typed::read(&form);
    let subject = match subject(&address, &parts) {
        Ok(subject) => subject,
        Err(problem) => return refused(&state, &who, &problem).await,
    };
    if typed.is_on("preview") {
        return page(&state, &who, subject, typed, 200).await;
    }
    let saved = async {
        let admin = plain::admin(&who)?;
        levels::set::<Permissions>(&state.backend, &admin, subject, &edits(&typed)).await?;
        Ok(levels::look::<Permissions>(&state.backend, &admin, subject).await?.whose)
    };
    match saved.await {
        Ok(found) => {
            let name = name(subject, &found);
            done::say(&Kind::Permissions.address(subject), Done::PermissionsSaved, &name)
        }
        Err(problem) => match typed.refused(problem) {
            Ok(typed) => page(&state, &who, subject, typed, 422).await,
            Err(problem) => refused(&state, &who, &problem).await,
        },
    }
}

async fn page(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    typed: Typed,
    status: u16,
) -> Response {
    match view(state, visitor, subject, typed).await {
        Ok(view) => plain::show(state, visitor, &permissions_page(&view), status).await,
        Err(problem) => refused(state, visitor, &problem).await,
    }
}

async fn view(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    typed: Typed,
) -> Result<PermissionsView, Problem> {
    let admin = plain::admin(visitor)?;
    let Look { whose: found, set, given } =
        levels::look::<Permissions>(&state.backend, &admin, subject).await?;
    let whose = whose(state, visitor, subject, found).await?;
    let is_preview = typed.is_on("preview");
    Ok(PermissionsView { whose, set, given, typed, is_preview })
}

/// What was chosen, beside what was shown. What was not sent is not changed.
fn edits(typed: &Typed) -> Vec<Edit<Permission, bool>> {
    let permissions = Permission::ALL.iter().filter_map(|permission| {
        let was = Choice::from_word(typed.value(&format!("was-{}", permission.word())))?;
        let now = Choice::from_word(typed.value(permission.word()))?;
        Some(Edit { key: *permission, was: was.set(), now: now.set() })
    });
    permissions.collect()
}

/// How whoever it is set for is called.
pub fn name(subject: Subject, found: &levels::Whose) -> String {
    match subject {
        Subject::Everybody => text().everybody.to_lowercase(),
        Subject::Role(role) => model::levels::plural(role),
        Subject::Group(_) | Subject::Person(_) => found.name.clone(),
    }
}

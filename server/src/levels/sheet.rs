//! One way to show, try out and save what is set on a level, for permissions and for limits.

use app::Visitor;
use app::levels::{Kind, Whose};
use app::plain::Page;
use axum::Extension;
use axum::extract::{RawPathParams, State as From};
use axum::response::Response;
use backend::levels::{self, Look, Rule};
use http::Uri;
use model::Problem;
use model::form::Typed;
use model::levels::{Edit, Subject};
use model::text::done::Done;
use model::text::fill;
use model::text::permissions::text;

use super::{refused, subject, whose};
use crate::plain::{self, done};
use crate::state::State;

/// What a form changes of rules.
pub type Edits<R> = Vec<Edit<<R as Rule>::Key, <R as Rule>::Value>>;

/// A kind of rules, as its pages and forms have it.
pub trait Sheet: Rule + Sized + 'static {
    /// Which of the pages.
    const KIND: Kind;
    /// What is said once it was saved.
    const SAVED: Done;

    /// What a form says, beside what was shown. What was not sent is not changed.
    fn edits(typed: &Typed) -> Result<Edits<Self>, Problem>;
    /// The page, with what was typed and not saved.
    fn page(whose: Whose, look: Look<Self>, typed: Typed) -> Result<Page, Problem>;
}

/// Shows them.
pub async fn show<S: Sheet>(
    From(state): From<State>,
    who: Extension<Visitor>,
    address: Uri,
    parts: RawPathParams,
) -> Response {
    match subject(&address, &parts) {
        Ok(subject) => page::<S>(&state, &who, subject, Typed::default(), 200).await,
        Err(problem) => refused(&state, &who, &problem).await,
    }
}

/// Saves what a form says, or shows what it would come to.
pub async fn save<S: Sheet>(
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
    let only_looks = typed.is_on("preview");
    let saved = async {
        let (edits, admin) = (S::edits(&typed)?, plain::admin(&who)?);
        if only_looks {
            return Ok(None);
        }
        levels::set::<S>(&state.backend, &admin, subject, &edits).await?;
        Ok(Some(levels::look::<S>(&state.backend, &admin, subject).await?.whose))
    };
    match saved.await {
        Ok(None) => page::<S>(&state, &who, subject, typed, 200).await,
        Ok(Some(found)) => done::say(&S::KIND.address(subject), S::SAVED, &name(subject, &found)),
        Err(problem) => match typed.refused(problem) {
            // Who only looks asked for nothing that could be refused.
            Ok(typed) => {
                let status = if only_looks { 200 } else { 422 };
                page::<S>(&state, &who, subject, typed, status).await
            }
            Err(problem) => refused(&state, &who, &problem).await,
        },
    }
}

async fn page<S: Sheet>(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    typed: Typed,
    status: u16,
) -> Response {
    let page = async {
        let admin = plain::admin(visitor)?;
        let look = levels::look::<S>(&state.backend, &admin, subject).await?;
        let whose = whose(state, visitor, subject, look.whose.clone()).await?;
        S::page(whose, look, typed)
    };
    match page.await {
        Ok(page) => plain::show(state, visitor, &page, status).await,
        Err(problem) => refused(state, visitor, &problem).await,
    }
}

/// How whoever it is set for is called.
fn name(subject: Subject, found: &levels::Whose) -> String {
    match subject {
        Subject::Everybody => text().everybody.to_lowercase(),
        Subject::Role(role) => fill(text().of_role, &[role.label()]),
        Subject::Group(_) | Subject::Person(_) => found.name.clone(),
    }
}

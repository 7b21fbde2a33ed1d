//! The typed calls from the page to the server. Glue only: context, one call, result. Reads go by
//! GET, writes by POST; the rules are in `backend`.

mod session;
mod trends;
mod users;
mod views;

use model::Problem;

pub use session::load_caller;
pub use trends::load_trends;
#[cfg(feature = "hydrate")]
pub use users::load_revision;
pub use users::{PasteList, load_kpis, load_options, load_person, load_totals, load_users};
pub use views::{DeleteView, SaveView, UpdateView, load_view, load_views};

/// What every call answers with.
pub type Answer<T> = Result<T, Problem>;

#[cfg(feature = "ssr")]
mod ssr {
    use backend::{Admin, Backend, Steward};
    use http::request::Parts;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use model::Problem;

    use super::Answer;
    use crate::context::Visitor;

    /// The backend, and the caller as an administrator.
    pub fn admin() -> Answer<(Backend, Admin)> {
        let (backend, visitor) = found()?;
        let admin = Admin::of(visitor.caller.as_ref(), &visitor.address);
        with_status(admin).map(|admin| (backend, admin))
    }

    /// The backend, and the caller as someone who looks after people.
    pub fn steward() -> Answer<(Backend, Steward)> {
        let (backend, visitor) = found()?;
        let steward = Steward::of(visitor.caller.as_ref(), &visitor.address);
        with_status(steward).map(|steward| (backend, steward))
    }

    fn found() -> Answer<(Backend, Visitor)> {
        let missing = || Problem::Internal("context".to_owned());
        let backend = use_context::<Backend>().ok_or_else(missing)?;
        let visitor = use_context::<Visitor>().ok_or_else(missing)?;
        Ok((backend, visitor))
    }

    /// An operation's result as the answer, with the problem's status where it is a call by itself
    /// and not a part of a page, nor a form without scripts, which is led back to its page.
    pub fn answer<T>(result: backend::Result<T>) -> Answer<T> {
        with_status(result.map_err(Problem::from))
    }

    fn is_call(parts: &Parts) -> bool {
        let accepted =
            parts.headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok());
        parts.uri.path().starts_with("/api/")
            && !accepted.is_some_and(|accepted| accepted.contains("text/html"))
    }

    fn with_status<T>(result: Answer<T>) -> Answer<T> {
        if let Err(problem) = &result
            && use_context::<Parts>().is_some_and(|parts| is_call(&parts))
            && let Some(response) = use_context::<ResponseOptions>()
            && let Ok(status) = http::StatusCode::from_u16(problem.status())
        {
            response.set_status(status);
        }
        result
    }
}

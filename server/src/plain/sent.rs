//! What a form of a plain page sent, as the handlers of one person's or one group's forms take it.

use app::Visitor;
use axum::extract::{FromRequest, Path, Request};
use axum::response::{IntoResponse, Response};
use axum::{Extension, RequestExt};
use backend::Steward;
use http::HeaderMap;
use model::Problem;
use model::form::Typed;

use crate::state::State;

/// A form that was sent to an address with a number in it.
pub struct Sent {
    /// Who sent it.
    pub who: Visitor,
    /// The number, as it stands in the address.
    pub id: String,
    /// What the browser said beside it.
    pub headers: HeaderMap,
    /// Its fields.
    pub typed: Typed,
}

impl Sent {
    /// Who sent it, as someone who looks after people, and the number that it is about.
    ///
    /// # Errors
    /// As [`super::steward`] and [`super::number`].
    pub fn by_whom(&self) -> Result<(Steward, i64), Problem> {
        Ok((super::steward(&self.who)?, super::number(&self.id)?))
    }
}

impl FromRequest<State> for Sent {
    type Rejection = Response;

    async fn from_request(mut request: Request, state: &State) -> Result<Self, Response> {
        let Extension(who) = request.extract_parts().await.map_err(IntoResponse::into_response)?;
        let Path(id) = request.extract_parts().await.map_err(IntoResponse::into_response)?;
        let headers = request.headers().clone();
        let body =
            String::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        Ok(Self { who, id, headers, typed: Typed::read(&body) })
    }
}

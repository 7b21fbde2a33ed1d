//! What the page behind a link out of a mail is asked for, and what its form sends: the token stands in the
//! address first, and in a field then.

use app::Visitor;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use axum::{Extension, RequestExt};
use backend::sessions::Source;
use model::form::Typed;

use crate::state::State;

/// A request by a link.
pub struct ByLink {
    /// Who asks, who need not be the one whose link it is.
    pub visitor: Visitor,
    /// Where the request comes from.
    pub source: Source,
    /// The token; empty where there is none.
    pub token: String,
    /// The form's fields; none where the page was opened.
    pub typed: Typed,
}

impl FromRequest<State> for ByLink {
    type Rejection = Response;

    async fn from_request(mut request: Request, state: &State) -> Result<Self, Response> {
        let Extension(visitor) =
            request.extract_parts().await.map_err(IntoResponse::into_response)?;
        let Extension(source) =
            request.extract_parts().await.map_err(IntoResponse::into_response)?;
        let address = Typed::read(request.uri().query().unwrap_or_default());
        let is_form = !request.method().is_safe();
        let body =
            String::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let typed = if is_form { Typed::read(&body) } else { Typed::default() };
        let token = if is_form { &typed } else { &address }.value("token").to_owned();
        Ok(Self { visitor, source, token, typed })
    }
}

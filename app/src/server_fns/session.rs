//! Who is signed in.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::session::Caller;
use model::wire::Answered;

use super::Answer;

/// The signed-in person; `None` for nobody.
#[server(prefix = "/api", endpoint = "session", input = GetUrl, output = Answered)]
pub async fn load_caller() -> Answer<Option<Caller>> {
    Ok(use_context::<crate::context::Visitor>().and_then(|visitor| visitor.caller))
}

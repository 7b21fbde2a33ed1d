//! The trends page's data.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::trends::{Trends, TrendsQuery};
use model::wire::Answered;

use super::Answer;
#[cfg(feature = "ssr")]
use super::ssr::{admin, answer};

/// The figures of a period.
#[server(prefix = "/api", endpoint = "trends", input = GetUrl, output = Answered)]
pub async fn load_trends(query: TrendsQuery) -> Answer<Trends> {
    let (backend, admin) = admin()?;
    answer(backend::trends::report(&backend, &admin, query).await)
}

//! Saved views.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::query::UsersQuery;
use model::views::SavedView;
use model::wire::Answered;

use super::Answer;
#[cfg(feature = "ssr")]
use super::ssr::{admin, answer, steward};

/// All views that the caller sees.
#[server(prefix = "/api", endpoint = "views", input = GetUrl, output = Answered)]
pub async fn load_views() -> Answer<Vec<SavedView>> {
    let (backend, steward) = steward()?;
    answer(backend::views::all(&backend, &steward).await)
}

/// The view of an address.
#[server(prefix = "/api", endpoint = "views/one", input = GetUrl, output = Answered)]
pub async fn load_view(slug: String) -> Answer<SavedView> {
    let (backend, steward) = steward()?;
    answer(backend::views::by_slug(&backend, &steward, &slug).await)
}

/// Keeps a query under a name and goes to it.
#[server(prefix = "/api", endpoint = "views/save", output = Answered)]
pub async fn save_view(name: String, sharing: String, query: UsersQuery) -> Answer<()> {
    use model::views::Sharing;
    let (backend, admin) = admin()?;
    let sharing = Sharing::from_word(&sharing).ok_or(model::Problem::Invalid(Vec::new()))?;
    let slug = answer(backend::views::save(&backend, &admin, &name, sharing, &query).await)?;
    leptos_axum::redirect(&format!("/views/{slug}"));
    Ok(())
}

/// Puts the query that is shown in the place of a view's.
#[server(prefix = "/api", endpoint = "views/update", output = Answered)]
pub async fn update_view(slug: String, query: UsersQuery) -> Answer<()> {
    let (backend, admin) = admin()?;
    answer(backend::views::update(&backend, &admin, &slug, &query).await)?;
    leptos_axum::redirect(&format!("/views/{slug}"));
    Ok(())
}

/// Deletes a view.
#[server(prefix = "/api", endpoint = "views/delete", output = Answered)]
pub async fn delete_view(slug: String) -> Answer<()> {
    let (backend, admin) = admin()?;
    answer(backend::views::delete(&backend, &admin, &slug).await)?;
    leptos_axum::redirect("/users");
    Ok(())
}

//! The page for addresses at which there is nothing.

use leptos::prelude::*;
use model::text::text;

use crate::components::Page;

/// 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    super::set_status(404);
    let t = text();
    view! {
        <Page title=t.not_found_title>
            <p>{t.not_found}</p>
            <a class="btn primary" href="/users">
                {t.not_found_home}
            </a>
        </Page>
    }
    .into_any()
}

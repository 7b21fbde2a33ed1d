//! The page for addresses at which there is nothing.

use leptos::prelude::*;
use maud::html;
use model::text::text;

use crate::components::sheet;

/// 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    super::set_status(404);
    let t = text();
    let content = html! {
        p { (t.not_found) }
        a .btn.primary href="/" rel="external" { (t.not_found_home) }
    };
    sheet(t.not_found_title, &content)
}

//! Light, dark, or as the system says. The choice is kept by the browser alone.

use leptos::prelude::*;
use model::text::text;

/// Runs before the page is painted: puts the kept theme in place, and says that scripts run.
#[cfg(feature = "ssr")]
pub const THEME_SCRIPT: &str = "(d=>{d.dataset.js='';try{const t=localStorage.getItem('theme');if(t)d.dataset.theme=t}catch{}})(document.documentElement)";

/// Three buttons; only where scripts run.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let t = text();
    let button = |value: &'static str, label: &'static str| {
        view! { <button type="button" on:click=move |_| choose(value)>{label}</button> }
    };
    view! {
        <div class="theme seg js" role="group" aria-label=t.theme>
            {button("", t.theme_system)}
            {button("light", t.theme_light)}
            {button("dark", t.theme_dark)}
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn choose(theme: &str) {
    // Where the browser keeps nothing, the choice holds for this page.
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if theme.is_empty() {
            storage.remove_item("theme")
        } else {
            storage.set_item("theme", theme)
        };
    }
    if let Some(root) = document().document_element() {
        let _ = if theme.is_empty() {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
}

#[cfg(not(feature = "hydrate"))]
fn choose(_: &str) {}

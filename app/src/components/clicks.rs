//! What clicks on written parts do beyond following links: one handler, told by `data-…`.

use leptos::prelude::*;
use model::text::text;

use crate::context::{Announcement, Refresh};

/// `data-refresh` loads everything again; `data-copy` copies the link's address.
pub fn handle_clicks() {
    let refresh = expect_context::<Refresh>();
    let announcement = expect_context::<Announcement>();
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let handle = window_event_listener(leptos::ev::click, move |event| {
            let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
            let nearest = |what: &str| target.as_ref()?.closest(what).ok().flatten();
            if nearest("[data-refresh]").is_some() {
                event.prevent_default();
                refresh.now();
            } else if let Some(link) = nearest("[data-copy]")
                && let Some(href) = link.get_attribute("href")
                && copy(&href, announcement)
            {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (refresh, announcement, text());
}

/// Copies an address of this installation; `false` where there is no clipboard, and the link is
/// to be followed instead.
#[cfg(feature = "hydrate")]
fn copy(path: &str, announcement: Announcement) -> bool {
    let window = window();
    let Ok(origin) = window.location().origin() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    let written = window.navigator().clipboard().write_text(&format!("{origin}{path}"));
    leptos::task::spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            announcement.0.set(text().copied.to_owned());
            gloo_timers::future::TimeoutFuture::new(2_000).await;
            announcement.0.set(String::new());
        }
    });
    true
}

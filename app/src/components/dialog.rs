//! A dialog that is open because the address says so. Readable without scripts; with them it is
//! modal, keeps the focus inside and closes on Escape.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::{close_link, live};

/// A dialog over the page. `opener` is the id of the link to it, which gets the focus back, and
/// `close` tells the address without it.
pub fn dialog(
    title: &'static str,
    opener: &'static str,
    close: impl Fn() -> String + Copy + Send + Sync + 'static,
    content: AnyView,
) -> AnyView {
    let element = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move || {
            if let Some(dialog) = element.get() {
                dialog.close();
                // Fails only for an element that has left the page again.
                let _ = dialog.show_modal();
            }
        });
        on_cleanup(move || super::live::focus_later(opener.to_owned()));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = opener;
    let navigate = use_navigate();
    let head = live(move || {
        maud::html! { header { h2 #dialog-title { (title) } (close_link(&close())) } }
    });
    let on_cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        navigate(&close(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <dialog
            node_ref=element
            open
            class="dialog"
            aria-labelledby="dialog-title"
            on:cancel=on_cancel
        >
            {head}
            {content}
        </dialog>
    }
    .into_any()
}

//! A dialog that is open because the address says so. Readable without scripts; with them it is
//! modal, keeps the focus inside and closes on Escape.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::{close_link, fixed};

/// A dialog over the page. `close` is the address without it.
pub fn dialog(title: &'static str, close: String, content: AnyView) -> AnyView {
    let element = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    {
        let opener = super::form::FocusReturn::here();
        Effect::new(move || {
            if let Some(dialog) = element.get() {
                dialog.close();
                // Fails only for an element that has left the page again.
                let _ = dialog.show_modal();
            }
        });
        on_cleanup(move || opener.restore());
    }
    let navigate = use_navigate();
    let head = maud::html! { header { h2 #dialog-title { (title) } (close_link(&close)) } };
    let on_cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        navigate(&close, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <dialog
            node_ref=element
            open
            class="dialog"
            aria-labelledby="dialog-title"
            on:cancel=on_cancel
        >
            {fixed(head)}
            {content}
        </dialog>
    }
    .into_any()
}

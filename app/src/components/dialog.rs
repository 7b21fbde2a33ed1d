//! A dialog that is open because the address says so. Readable without scripts; with them it is
//! modal, keeps the focus inside and closes on Escape.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::text::text;

use super::{Icon, icons};

/// A dialog over the page.
#[component]
pub fn Dialog(
    /// Its heading.
    title: &'static str,
    /// The address with the dialog closed.
    close: String,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let navigate = use_navigate();
    #[cfg(feature = "hydrate")]
    {
        let opener = super::form::FocusReturn::here();
        Effect::new(move || {
            if let Some(dialog) = element.get() {
                show_modal(&dialog);
            }
        });
        on_cleanup(move || opener.restore());
    }
    let closed = close.clone();
    let on_cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        navigate(&closed, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <dialog
            node_ref=element
            open
            class="dialog"
            on:cancel=on_cancel
            aria-labelledby="dialog-title">
            <header>
                <h2 id="dialog-title">{title}</h2>
                <a class="btn icon ghost" href=close data-noscroll="" aria-label=text().close>
                    <Icon path=icons::CROSS />
                </a>
            </header>
            {children()}
        </dialog>
    }
    .into_any()
}

/// Has an open dialog shown as a modal one.
#[cfg(feature = "hydrate")]
fn show_modal(dialog: &web_sys::HtmlDialogElement) {
    dialog.close();
    // Fails only for an element that has left the page again.
    let _ = dialog.show_modal();
}

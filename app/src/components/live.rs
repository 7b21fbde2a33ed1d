//! What is only shown is written as HTML text (maud, which escapes) and put into the page in one
//! piece. Typed views of the same pages made the WebAssembly three times as large, and a table of
//! fifty rows slow to take over; links need no handlers, the router follows them wherever they
//! stand. What is typed into, or must keep its state, is a view of its own beside it.

use leptos::prelude::*;
use maud::Markup;

use super::block::at_home;

/// A part of the page that is written anew whenever what it reads changes. The focus stays on the
/// element of the same id.
pub fn live(html: impl Fn() -> Markup + Send + Sync + 'static) -> AnyView {
    live_text(Box::new(move || html().into_string()))
}

fn live_text(html: Box<dyn Fn() -> String + Send + Sync>) -> AnyView {
    let html = at_home(html);
    let html = Memo::new(move |_| html());
    let content = move || {
        let html = html.get();
        keep_focus();
        html
    };
    view! { <div class="live" inner_html=content></div> }.into_any()
}

/// A part that never changes.
pub fn fixed(html: Markup) -> AnyView {
    view! { <div class="live" inner_html=html.into_string()></div> }.into_any()
}

/// Gives the focus back, once the new text is in its place.
#[cfg(feature = "hydrate")]
fn keep_focus() {
    if let Some(focused) = document().active_element() {
        focus_later(focused.id());
    }
}

/// Focuses the element of an id once the page has changed, unless something else is focused.
#[cfg(feature = "hydrate")]
pub fn focus_later(id: String) {
    use wasm_bindgen::JsCast;
    queue_microtask(move || {
        let is_free =
            document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        let element = document().get_element_by_id(&id).filter(|_| is_free);
        if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn keep_focus() {}

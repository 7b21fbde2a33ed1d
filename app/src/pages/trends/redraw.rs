//! Draws the charts again when the theme changes, by its switch or by the system: a canvas keeps
//! the colours that it was drawn in.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::figure::Figure;

thread_local! {
    /// What was drawn, by the id of its place.
    static DRAWN: RefCell<BTreeMap<String, Figure>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps what was drawn, to draw it again.
pub fn keep(id: &str, figure: &Figure) -> Result<(), JsValue> {
    let is_first = DRAWN.with_borrow_mut(|drawn| {
        let is_first = drawn.is_empty();
        drawn.insert(id.to_owned(), figure.clone());
        is_first
    });
    if is_first { follow_theme() } else { Ok(()) }
}

/// For as long as the page is open.
fn follow_theme() -> Result<(), JsValue> {
    let on_click = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let button = target.and_then(|target| target.closest("[data-set-theme]").ok().flatten());
        if button.is_some() {
            redraw();
        }
    });
    // Added after the theme's own listener, so that the theme is changed when this one hears of it.
    window().add_event_listener_with_callback("click", on_click.as_ref().unchecked_ref())?;
    on_click.forget();
    if let Some(dark) = window().match_media("(prefers-color-scheme: dark)")? {
        let on_change = Closure::<dyn Fn()>::new(redraw);
        dark.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref())?;
        on_change.forget();
    }
    Ok(())
}

fn redraw() {
    for (id, figure) in DRAWN.with_borrow(Clone::clone) {
        leptos::task::spawn_local(async move {
            // Where that fails, the chart stands there in the colours of before.
            let _ = super::chart::draw(&id, &figure).await;
        });
    }
}

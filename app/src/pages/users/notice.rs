//! The quiet notice that people have changed since the page was loaded.

use leptos::prelude::*;
use maud::html;
use model::text::text;

use super::data::use_users_data;
use crate::components::live;

/// How often the state of the data is asked for, in milliseconds.
#[cfg(feature = "hydrate")]
const EVERY: u32 = 15_000;

/// The notice; nothing while nothing changed, and nothing without scripts.
pub fn notice() -> AnyView {
    let data = use_users_data();
    let newest = RwSignal::new(None::<i64>);
    #[cfg(feature = "hydrate")]
    watch(newest);
    live(move || {
        let t = text();
        let page = data.rows.get().and_then(Result::ok);
        let has_changed = matches!(
            (newest.get(), page),
            (Some(newest), Some(page)) if newest != page.revision
        );
        html! {
            @if has_changed {
                div .notice role="status" {
                    span { (t.users_changed) }
                    button .btn.small type="button" data-refresh { (t.refresh) }
                }
            }
        }
    })
}

/// Asks now and then, while the page is looked at.
#[cfg(feature = "hydrate")]
fn watch(newest: RwSignal<Option<i64>>) {
    use crate::server_fns::load_revision;
    let ask = move || {
        if document().hidden() {
            return;
        }
        leptos::task::spawn_local(async move {
            // A failed call says nothing; the next one comes soon.
            if let Ok(revision) = load_revision().await {
                newest.try_set(Some(revision));
            }
        });
    };
    let timer = StoredValue::new_local(Some(gloo_timers::callback::Interval::new(EVERY, ask)));
    on_cleanup(move || drop(timer.try_update_value(Option::take)));
    let handle = window_event_listener(leptos::ev::focus, move |_| ask());
    on_cleanup(move || handle.remove());
}

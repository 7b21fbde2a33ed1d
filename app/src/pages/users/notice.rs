//! The quiet notice that people have changed since the page was loaded.

use leptos::prelude::*;
use model::text::text;

use super::data::use_users_data;
use crate::context::Refresh;

/// How often the state of the data is asked for, in milliseconds.
#[cfg(feature = "hydrate")]
const EVERY: u32 = 15_000;

/// The notice; nothing while nothing changed, and nothing without scripts.
#[component]
pub fn Notice() -> impl IntoView {
    let refresh = expect_context::<Refresh>();
    let data = use_users_data();
    let newest = RwSignal::new(None::<i64>);
    let shown = Memo::new(move |_| {
        data.rows.with(|page| page.as_ref()?.as_ref().ok().map(|page| page.revision))
    });
    let has_changed = move || matches!((newest.get(), shown.get()), (Some(newest), Some(shown)) if newest != shown);
    #[cfg(feature = "hydrate")]
    watch(newest);
    move || {
        has_changed().then(|| {
            view! {
                <div class="notice" role="status">
                    <span>{text().users_changed}</span>
                    <button class="btn small" on:click=move |_| refresh.now()>
                        {text().refresh}
                    </button>
                </div>
            }
        })
    }
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

//! The toast, which is also what a screen reader is told.

use leptos::prelude::*;

use crate::context::Announcement;

/// Shows the latest announcement.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let announcement = expect_context::<Announcement>().0;
    view! {
        <div class="toast" role="status" data-shown=move || (!announcement.get().is_empty()).to_string()>
            {move || announcement.get()}
        </div>
    }
    .into_any()
}

//! The toast, which is also what a screen reader is told.

use leptos::prelude::*;

use crate::context::Announcement;

/// Shows the latest announcement.
pub fn live_region() -> AnyView {
    let announcement = expect_context::<Announcement>().0;
    let is_shown = move || (!announcement.get().is_empty()).to_string();
    view! {
        <div class="toast" role="status" data-shown=is_shown>
            {move || announcement.get()}
        </div>
    }
    .into_any()
}

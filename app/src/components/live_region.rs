//! The toast, which is also what a screen reader is told.

use leptos::prelude::*;
use maud::html;

use super::live;
use crate::context::Announcement;

/// Shows the latest announcement.
pub fn live_region() -> AnyView {
    let announcement = expect_context::<Announcement>().0;
    live(move || {
        let text = announcement.get();
        html! { div .toast role="status" data-shown=(!text.is_empty()) { (text) } }
    })
}

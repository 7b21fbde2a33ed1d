//! What several of the pages show.

use maud::{Markup, html};
use model::bulk::{Bulk, State};
use model::text::bulk::text;

use super::jobs;

/// The way back and the heading.
pub fn head(title: &str, lead: &str, is_overview: bool, actions: &Markup) -> Markup {
    let t = text();
    let crumbs = [(t.users, "/users"), (t.title, "/bulk")];
    let crumbs = if is_overview { &crumbs[..1] } else { &crumbs[..] };
    jobs::head(crumbs, title, lead, actions)
}

/// A state as a badge.
pub fn state_badge(state: State) -> Markup {
    let class = match state {
        State::Done => "badge good",
        State::Running | State::Planning => "badge admin",
        State::Failed => "badge bad",
        State::Planned | State::Cancelled => "badge",
    };
    html! { span class=(class) { (state.label()) } }
}

/// A button that has something done to a mass change.
pub fn button(bulk: &Bulk, what: &str, class: &str, label: &str) -> Markup {
    jobs::button(&format!("/bulk/{}/{what}", bulk.id), class, label)
}

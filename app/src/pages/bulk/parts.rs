//! What several of the pages show.

use maud::{Markup, html};
use model::bulk::{Bulk, State};
use model::text::bulk::text;

/// A count.
pub fn number(n: u64) -> String {
    model::format::count(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The way back and the heading. It can take the focus when the page changes under it.
pub fn head(title: &str, lead: &str, is_overview: bool, actions: &Markup) -> Markup {
    let t = text();
    html! {
        header .head {
            div .grow {
                nav .crumbs aria-label=(t.crumbs) {
                    a href="/users" { (t.users) }
                    @if !is_overview { a href="/bulk" { (t.title) } }
                }
                h1 dir="auto" tabindex="-1" { (title) }
                @if !lead.is_empty() { p { (lead) } }
            }
            (actions)
        }
    }
}

/// A state as a badge.
pub fn state_badge(state: State) -> Markup {
    let class = match state {
        State::Done => "badge good",
        State::Running => "badge admin",
        State::Failed => "badge bad",
        State::Planned | State::Cancelled => "badge",
    };
    html! { span class=(class) { (state.label()) } }
}

/// A button that has something done to a mass change.
pub fn button(bulk: &Bulk, what: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action={ "/bulk/" (bulk.id) "/" (what) } {
            button class=(class) type="submit" { (label) }
        }
    }
}

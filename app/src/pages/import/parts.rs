//! What several of the pages show.

use maud::{Markup, html};
use model::import::{Counts, Import, Outcome, State};
use model::text::import::text;

use super::jobs;

/// The way back and the heading.
pub fn head(title: &str, lead: &str, is_overview: bool, actions: &Markup) -> Markup {
    let t = text();
    let crumbs = [(t.users, "/users"), (t.title, "/import")];
    let crumbs = if is_overview { &crumbs[..1] } else { &crumbs[..] };
    jobs::head(crumbs, title, lead, actions)
}

/// A state as a badge.
pub fn state_badge(state: State) -> Markup {
    let class = match state {
        State::Done => "badge good",
        State::Running => "badge admin",
        State::Failed => "badge bad",
        State::Uploaded | State::Cancelled => "badge",
    };
    html! { span class=(class) { (state.label()) } }
}

/// An outcome as a badge.
pub fn outcome_badge(outcome: Outcome) -> Markup {
    let class = match outcome {
        Outcome::Added => "badge good",
        Outcome::Existing => "badge",
        Outcome::Invalid => "badge bad",
    };
    html! { span class=(class) { (outcome.label()) } }
}

/// Three figures beside each other.
pub fn tally(counts: &Counts) -> Markup {
    jobs::tally(&[
        (Outcome::Added.label(), counts.added),
        (Outcome::Existing.label(), counts.existing),
        (Outcome::Invalid.label(), counts.invalid),
    ])
}

/// A button that has something done to an import.
pub fn button(import: &Import, action: &str, class: &str, label: &str) -> Markup {
    jobs::button(&format!("/import/{}/{action}", import.id), class, label)
}

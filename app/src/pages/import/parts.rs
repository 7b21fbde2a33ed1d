//! What several of the pages show.

use maud::{Markup, html};
use model::format::count;
use model::import::{Counts, Import, Outcome, State};
use model::text::import::text;

/// The way back and the heading. It can take the focus when the page changes under it.
pub fn head(title: &str, lead: &str, is_overview: bool, actions: &Markup) -> Markup {
    let t = text();
    html! {
        header .head {
            div .grow {
                nav .crumbs aria-label=(t.crumbs) {
                    a href="/users" { (t.users) }
                    @if !is_overview { a href="/import" { (t.title) } }
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
    let figures = [
        (Outcome::Added, counts.added),
        (Outcome::Existing, counts.existing),
        (Outcome::Invalid, counts.invalid),
    ];
    html! {
        dl .tally {
            @for (outcome, figure) in figures {
                div { dt { (outcome.label()) } dd { (number(figure)) } }
            }
        }
    }
}

/// A button that sends nothing but the wish.
pub fn button(import: &Import, action: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action={ "/import/" (import.id) "/" (action) } {
            button class=(class) type="submit" { (label) }
        }
    }
}

/// With separators.
pub fn number(n: u64) -> String {
    count(i64::try_from(n).unwrap_or(i64::MAX))
}

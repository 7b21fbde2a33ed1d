//! What the pages of imports and of mass changes share: both are jobs that are looked at, started, followed
//! and looked back on.

use maud::{Markup, html};
use model::format::count;

use crate::components::crumbs::crumbs;

/// The way back and the heading. It can take the focus when the page changes under it.
pub fn head(above: &[(&str, &str)], title: &str, lead: &str, actions: &Markup) -> Markup {
    html! {
        header .head {
            div .grow {
                (crumbs(above))
                h1 dir="auto" tabindex="-1" { (title) }
                @if !lead.is_empty() { p { (lead) } }
            }
            (actions)
        }
    }
}

/// Figures beside each other.
pub fn tally(figures: &[(&str, u64)]) -> Markup {
    html! {
        dl .tally {
            @for (label, figure) in figures { div { dt { (label) } dd { (count(*figure)) } } }
        }
    }
}

/// A button that sends nothing but the wish.
pub fn button(address: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(address) { button class=(class) type="submit" { (label) } }
    }
}

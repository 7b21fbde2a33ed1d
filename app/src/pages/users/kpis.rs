//! The main tabs, the cards, and what their figures mean, as the server wrote them (`cards.rs`).

use maud::{Markup, PreEscaped, html};
use model::text::text;
use model::users::Figures;

use super::head::is_of_all;
use crate::components::problem_state;
use crate::server_fns::Answer;

/// The main tabs, and the cards. A manager, who doesn't see everybody, has neither.
pub fn kpis(figures: &Option<Answer<Figures>>) -> Markup {
    let t = text();
    if !is_of_all(figures) {
        return Markup::default();
    }
    html! {
        nav .tabs.main aria-label=(t.nav_sections) {
            a href="/users" aria-current="page" { (t.nav_users) }
            a href="/trends" { (t.nav_trends) }
        }
        section .kpis {
            @match figures {
                Some(Ok(figures)) => { (PreEscaped(&figures.cards)) }
                Some(Err(problem)) => { (problem_state(t.failed_title, problem)) }
                None => {
                    div .skeleton {}
                    div .skeleton {}
                }
            }
        }
    }
}

/// What every figure means, in one place.
pub fn statistics(figures: &Option<Answer<Figures>>) -> Markup {
    match figures {
        Some(Ok(figures)) => PreEscaped(figures.statistics.clone()),
        _ => Markup::default(),
    }
}

//! Empty and error states.

use maud::{Markup, html};
use model::Problem;
use model::text::text;

use super::{Icon, icon};

/// Nothing to show, and what to do about it.
pub fn empty_state(title: &str, sentence: &str, way_on: &Markup) -> Markup {
    nothing(Icon::USERS, title, sentence, way_on)
}

/// The same of something that is not people.
pub fn nothing(of: Icon, title: &str, sentence: &str, way_on: &Markup) -> Markup {
    html! { div .state { (icon(of)) h2 { (title) } p { (sentence) } (way_on) } }
}

/// Something could not be loaded: why, and a way on.
pub fn problem_state(title: &str, problem: &Problem) -> Markup {
    let t = text();
    html! {
        div .state.bad role="alert" {
            (icon(Icon::WARNING))
            h2 { (title) }
            p { (problem.sentence()) }
            @if *problem == Problem::SignInRequired {
                a .btn.primary href="/sign-in" rel="external" { (t.sign_in_title) }
            } @else {
                button .btn type="button" data-refresh { (t.retry) }
            }
        }
    }
}

/// A sentence that something did not work.
pub fn problem_note(problem: &Problem) -> Markup {
    html! { p .note.bad role="alert" { (problem.sentence()) } }
}

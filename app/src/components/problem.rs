//! Empty and error states.

use leptos::prelude::*;
use model::Problem;
use model::text::text;

use super::{Icon, icons};
use crate::context::Refresh;

/// Nothing to show, and what to do about it.
#[component]
pub fn EmptyState(
    /// The heading.
    title: &'static str,
    /// The sentence under it.
    #[prop(into)]
    sentence: String,
    /// Links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <h2>{title}</h2>
            <p>{sentence}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

/// Something could not be loaded: why, and a way on.
#[component]
pub fn ProblemState(
    /// The heading.
    title: &'static str,
    /// What happened.
    problem: Problem,
) -> impl IntoView {
    let refresh = expect_context::<Refresh>();
    let t = text();
    let way_on = match problem {
        Problem::SignInRequired => {
            view! { <a class="btn primary" href="/sign-in" rel="external">{t.sign_in_title}</a> }
                .into_any()
        }
        _ => view! {
            <button class="btn js" on:click=move |_| refresh.now()>{t.retry}</button>
        }
        .into_any(),
    };
    view! {
        <div class="state bad" role="alert">
            <Icon path=icons::WARNING />
            <h2>{title}</h2>
            <p>{problem.sentence()}</p>
            {way_on}
        </div>
    }
    .into_any()
}

//! A person's panel, with an address of its own. What it says is written by the server
//! (`pages/person/panel.rs`).

use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};
use model::Problem;
use model::text::text;
use model::users::PersonPanel;

use super::data::use_users_data;
use crate::components::{About, block, close_link, live, problem_note, switch};
use crate::server_fns::Answer;
use crate::url::{UsersUrl, use_users_url};

/// What has the focus when the panel opens (`components/rows.js`): their name, and before it is there, what
/// stands for it.
pub const TOP: &str = "panel-top";

/// The panel; nothing while nobody is chosen.
pub fn panel() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    let link = Memo::new(move |_| {
        url.with(|query| query.person.map(|id| format!("person-{id}")).unwrap_or_default())
    });
    switch(move || {
        let link = link.get();
        (!link.is_empty()).then(|| {
            #[cfg(feature = "hydrate")]
            crate::components::on_escape(link, url.closed());
            let about = About { label: Some(text().person_title), ..About::default() };
            let content = live(move || content(url, &data.person.get().flatten()));
            block("aside", "panel", about, vec![content])
        })
    })
}

fn content(url: UsersUrl, person: &Option<Answer<PersonPanel>>) -> Markup {
    let t = text();
    let close = url.with(|query| url.href(&query.opened(None, None)));
    html! {
        (close_link(&close))
        @match person {
            None => { p .muted.loading #(TOP) tabindex="-1" { (t.loading) } }
            Some(Ok(person)) => { (PreEscaped(&person.html)) }
            Some(Err(Problem::NotFound)) => {
                p .note.bad #(TOP) tabindex="-1" role="alert" { (t.person_gone) }
            }
            Some(Err(problem)) => { div #(TOP) tabindex="-1" { (problem_note(problem)) } }
        }
    }
}

//! The heading, and what the window is called.

use leptos::prelude::*;
use maud::{Markup, html};
use model::format::count;
use model::people::Tab;
use model::text::{fill, text};
use model::users::{Dialog, Figures, PersonPanel, UsersPage};

use super::{save_view, words};
use crate::components::{Icon, icon};
use crate::server_fns::Answer;
use crate::url::UsersUrl;

/// Names the open person, else the saved view, else what is filtered.
pub fn name(url: UsersUrl, person: Option<Answer<PersonPanel>>) -> String {
    let saved = url.saved.with_value(|saved| saved.as_ref().map(|view| view.name.clone()));
    match person {
        Some(Ok(person)) => person.name,
        _ => saved.unwrap_or_else(|| url.with(words::title)),
    }
}

/// Whether the page is an administrator's, who sees everybody.
pub fn is_of_all(kpis: &Option<Answer<Figures>>) -> bool {
    !matches!(kpis, Some(Ok(kpis)) if !kpis.of_all)
}

/// The heading with the number of people and the refresh button.
pub fn head(
    url: UsersUrl,
    page: &Option<Answer<UsersPage>>,
    kpis: &Option<Answer<Figures>>,
) -> Markup {
    let t = text();
    let name = url.saved.with_value(|saved| saved.as_ref().map(|view| view.name.clone()));
    let here = url.with(|query| url.href(query));
    let export = url.with(|query| url.href(&query.opened(None, Some(Dialog::Export))));
    html! {
        header .head {
            div .grow {
                h1 dir="auto" {
                    (name.unwrap_or_else(|| t.users_title.to_owned()))
                    @if save_view::is_modified(url) { " " span .badge.warn { (t.view_modified) } }
                }
                @if let (Some(Ok(page)), Some(Ok(kpis))) = (page, kpis) {
                    p { (fill(t.users_as_of, &[&count(kpis.totals.of(Tab::Active)), &page.as_of.clock()])) }
                }
            }
            @if is_of_all(kpis) {
                a .btn href="/import" rel="external" { (t.import) }
                a .btn #open-export href=(export) data-noscroll { (t.export_button) }
            }
            a .btn.icon #refresh href=(here) data-noscroll data-refresh
                aria-label=(t.refresh) title=(t.refresh) { (icon(Icon::REFRESH)) }
            a .btn.primary href="/users/add" rel="external" { (t.add_user) }
        }
    }
}

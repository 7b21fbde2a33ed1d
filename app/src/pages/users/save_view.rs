//! Saved views on the page: the marker beside the heading, *Save*, *Update* and *Delete*.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use maud::{Markup, html};
use model::people::Role;
use model::query::UsersQuery;
use model::text::{fill, text};
use model::users::Dialog as Open;
use model::views::{LONGEST_NAME, Sharing};

use crate::components::{Icon, Send, dialog, field_error, fixed, form, quiet_link, sent_back};
use crate::server_fns::{DeleteView, SaveView, UpdateView};
use crate::url::{UsersUrl, use_users_url};

/// Whether the page shows something else than what was saved.
pub fn is_modified(url: UsersUrl) -> bool {
    url.saved.with_value(|saved| {
        saved.as_ref().is_some_and(|saved| {
            url.with(|query| query.to_save().print() != saved.query.to_save().print())
        })
    })
}

/// The buttons in the row of lists. *Update* is a plain form: it loads the view anew.
pub fn actions(url: UsersUrl, query: &UsersQuery) -> Markup {
    let t = text();
    let slug = url.saved.with_value(|saved| saved.as_ref().map(|view| view.slug.clone()));
    let label = if slug.is_some() { t.view_save_as } else { t.view_save };
    let save = url.href(&query.opened(None, Some(Open::SaveView)));
    html! {
        @if let (Some(slug), true) = (&slug, is_modified(url)) {
            form method="post" action=(UpdateView::PATH) {
                input type="hidden" name="slug" value=(slug);
                input type="hidden" name="query" value=(query.to_save().print());
                button .btn.small type="submit" { (t.view_update) }
            }
            a .btn.small.ghost href=(url.base()) data-noscroll { (t.view_reset) }
        }
        (quiet_link("open-save-view", &save, Icon::BOOKMARK, label))
    }
}

/// The dialog.
pub fn save_view() -> AnyView {
    let url = use_users_url();
    let t = text();
    let query = url.now(|query| query.to_save().print());
    let slug = url.saved.with_value(|saved| saved.as_ref().map(|view| view.slug.clone()));
    let sharing = [
        (Sharing::Private, t.view_private.to_owned()),
        (Sharing::With(Role::User), t.view_everyone.to_owned()),
        (Sharing::With(Role::Manager), fill(t.view_role_and_above, &[Role::Manager.label()])),
        (
            Sharing::With(Role::Administrator),
            fill(t.view_role_and_above, &[Role::Administrator.label()]),
        ),
    ];
    let problem = sent_back(SaveView::PATH);
    let fields: Vec<AnyView> = vec![
        fixed(html! {
            input type="hidden" name="query" value=(query);
            label for="view-name" { (t.view_name) }
            input #view-name name="name" required autofocus maxlength=(LONGEST_NAME)
                autocomplete="off" aria-describedby="view-name-error";
        }),
        field_error("view-name-error", problem),
        fixed(html! {
            label for="view-sharing" { (t.view_sharing) }
            select #view-sharing name="sharing" {
                @for (sharing, label) in &sharing {
                    option value=(sharing.word()) { (label) }
                }
            }
            footer { button .btn.primary type="submit" { (t.save) } }
        }),
    ];
    let save = form(Send::Post(SaveView::PATH), "fields", problem, fields.into_any());
    let delete = slug.map(|slug| {
        let problem = sent_back(DeleteView::PATH);
        let fields = fixed(html! {
            input type="hidden" name="slug" value=(slug);
            button .btn.ghost.danger type="submit" { (t.view_delete) }
        });
        form(Send::Post(DeleteView::PATH), "", problem, fields)
    });
    dialog(t.view_title, "open-save-view", url.closed(), vec![Some(save), delete].into_any())
}

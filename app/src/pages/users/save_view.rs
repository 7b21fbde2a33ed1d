//! Saved views on the page: the marker beside the heading, *Save*, *Update* and *Delete*.

use leptos::form::ActionForm;
use leptos::prelude::*;
use model::people::Role;
use model::text::{fill, text};
use model::users::Dialog as Open;
use model::views::{LONGEST_NAME, Sharing};

use crate::components::{Dialog, FieldError, Icon, icons};
use crate::server_fns::{DeleteView, SaveView as Save, UpdateView};
use crate::url::{UsersUrl, use_users_url};

/// Whether the page shows something else than what was saved.
fn is_modified(url: UsersUrl) -> bool {
    url.saved.with_value(|saved| {
        saved.as_ref().is_some_and(|saved| {
            url.query.with(|query| query.to_save().print() != saved.query.to_save().print())
        })
    })
}

/// "modified", beside a saved view's name.
#[component]
pub fn Marker() -> impl IntoView {
    let url = use_users_url();
    move || {
        is_modified(url)
            .then(|| view! { " " <span class="badge warn">{text().view_modified}</span> })
    }
}

/// The buttons in the row of lists.
#[component]
pub fn ViewActions() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let slug = url.saved.with_value(|saved| saved.as_ref().map(|view| view.slug.clone()));
    let is_saved = slug.is_some();
    let slug = StoredValue::new(slug.unwrap_or_default());
    let update = ServerAction::<UpdateView>::new();
    let save_label = if is_saved { t.view_save_as } else { t.view_save };
    reload_after(update.version());
    view! {
        {move || {
            (is_saved && is_modified(url))
                .then(|| {
                    let query = url.query.with(|query| query.to_save().print());
                    view! {
                        <ActionForm action=update>
                            <input type="hidden" name="slug" value=slug.get_value() />
                            <input type="hidden" name="query" value=query />
                            <button class="btn small" type="submit">
                                {t.view_update}
                            </button>
                        </ActionForm>
                        <a class="btn small ghost" href=url.base() data-noscroll="">
                            {t.view_reset}
                        </a>
                    }
                })
        }}
        <a
            class="btn small ghost"
            href=move || url.query.with(|query| url.href(&query.opened(None, Some(Open::SaveView))))
            data-noscroll=""
        >
            <Icon path=icons::BOOKMARK />
            {save_label}
        </a>
    }
    .into_any()
}

/// The dialog.
#[component]
pub fn SaveView() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let save = ServerAction::<Save>::new();
    let delete = ServerAction::<DeleteView>::new();
    reload_after(save.version());
    reload_after(delete.version());
    let close = url.query.with_untracked(|query| url.href(&query.opened(None, None)));
    let query = url.query.with_untracked(|query| query.to_save().print());
    let slug = url.saved.with_value(|saved| saved.as_ref().map(|view| view.slug.clone()));
    let error = Signal::derive(move || {
        save.value().with(|value| match value {
            Some(Err(problem)) => Some(problem.sentence()),
            _ => None,
        })
    });
    let sharing = [
        (Sharing::Private, t.view_private.to_owned()),
        (Sharing::With(Role::User), t.view_everyone.to_owned()),
        (Sharing::With(Role::Manager), fill(t.view_role_and_above, &[t.role_manager])),
        (Sharing::With(Role::Administrator), fill(t.view_role_and_above, &[t.role_administrator])),
    ]
    .into_iter()
    .map(|(sharing, label)| view! { <option value=sharing.word()>{label}</option> })
    .collect_view();
    view! {
        <Dialog title=t.view_title close=close>
            <ActionForm action=save attr:class="fields">
                <input type="hidden" name="query" value=query />
                <label for="view-name">{t.view_name}</label>
                <input
                    id="view-name"
                    name="name"
                    required
                    autofocus
                    maxlength=LONGEST_NAME
                    autocomplete="off"
                    aria-describedby="view-name-error"
                />
                <FieldError id="view-name-error" message=error />
                <label for="view-sharing">{t.view_sharing}</label>
                <select id="view-sharing" name="sharing">
                    {sharing}
                </select>
                <footer>
                    <button class="btn primary" type="submit" disabled=move || save.pending().get()>
                        {t.save}
                    </button>
                </footer>
            </ActionForm>
            {slug.map(|slug| view! {
                <ActionForm action=delete>
                    <input type="hidden" name="slug" value=slug />
                    <button class="btn ghost danger" type="submit">
                        {t.view_delete}
                    </button>
                </ActionForm>
            })}
        </Dialog>
    }
    .into_any()
}

/// What the sidebar and the page's heading show comes from what was just written.
fn reload_after(version: RwSignal<usize>) {
    let refresh = expect_context::<crate::context::Refresh>();
    Effect::new(move |before: Option<usize>| {
        let version = version.get();
        if before.is_some_and(|before| before != version) {
            refresh.now();
        }
        version
    });
}

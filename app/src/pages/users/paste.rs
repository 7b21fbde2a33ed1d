//! The dialog to paste a list of people into.

use leptos::form::ActionForm;
use leptos::prelude::*;
use model::text::text;

use crate::components::{Dialog, FieldError, TextArea};
use crate::server_fns::PasteList;
use crate::url::use_users_url;

/// The dialog.
#[component]
pub fn Paste() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let action = ServerAction::<PasteList>::new();
    let close = url.query.with_untracked(|query| url.href(&query.opened(None, None)));
    let back = url.query.with_untracked(|query| query.to_save().print());
    let error = Signal::derive(move || {
        action.value().with(|value| match value {
            Some(Err(problem)) => Some(problem.sentence()),
            _ => None,
        })
    });
    view! {
        <Dialog title=t.paste_title close=close>
            <ActionForm action=action attr:class="fields">
                <input type="hidden" name="back" value=back />
                <label for="entries">{t.paste_label}</label>
                <TextArea name="entries" id="entries" described_by="entries-hint entries-error" rows=9 />
                <p class="hint" id="entries-hint">
                    {t.paste_hint}
                </p>
                <FieldError id="entries-error" message=error />
                <footer>
                    <button class="btn primary" type="submit" disabled=move || action.pending().get()>
                        {t.paste_submit}
                    </button>
                </footer>
            </ActionForm>
        </Dialog>
    }
    .into_any()
}

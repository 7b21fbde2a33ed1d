//! The dialog to paste a list of people into.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use maud::html;
use model::text::text;

use crate::components::{Send, dialog, field_error, fixed, form, sent_back, text_area};
use crate::server_fns::PasteList;
use crate::url::use_users_url;

/// The dialog.
pub fn paste() -> AnyView {
    let url = use_users_url();
    let t = text();
    let problem = sent_back(PasteList::PATH);
    let back = url.now(|query| query.to_save().print());
    let fields: Vec<AnyView> = vec![
        fixed(html! {
            input type="hidden" name="back" value=(back);
            label for="entries" { (t.paste_label) }
        }),
        text_area("entries", "entries", "entries-hint entries-error"),
        fixed(html! { p .hint #entries-hint { (t.paste_hint) } }),
        field_error("entries-error", problem),
        fixed(html! { footer { button .btn.primary type="submit" { (t.paste_submit) } } }),
    ];
    let form = form(Send::Post(PasteList::PATH), "fields", problem, fields.into_any());
    dialog(t.paste_title, "open-paste", url.closed(), form)
}

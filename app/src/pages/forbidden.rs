//! What someone sees who is signed in without being an administrator, or not at all any more.

use leptos::prelude::AnyView;
use maud::html;
use model::session::Caller;
use model::text::{fill, text};

use crate::components::sheet;

/// 403, or a way to sign in.
pub fn forbidden(caller: Option<&Caller>) -> AnyView {
    let t = text();
    let Some(caller) = caller else {
        let content = html! {
            p { (t.problem_sign_in_required) }
            a .btn.primary href="/sign-in" rel="external" { (t.sign_in_submit) }
        };
        return sheet(t.sign_in_title, &content);
    };
    super::set_status(403);
    let content = html! {
        p { (fill(t.forbidden, &[&caller.name])) }
        form method="post" action="/sign-out" {
            button .btn type="submit" { (t.sign_out) }
        }
    };
    sheet(t.forbidden_title, &content)
}

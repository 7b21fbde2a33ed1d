//! Sign-in: a plain form, sent without scripts. The HTTP edge answers it and comes back here with
//! `problem=` where it failed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use maud::html;
use model::Problem;
use model::text::entry::text as entry;
use model::text::text;

use crate::components::{problem_note, sheet};

/// The form.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = text();
    let query = use_query_map().get_untracked();
    let code = query.get("problem").unwrap_or_default();
    let problem = match code.as_str() {
        "wrong-credentials" => Some(Problem::WrongCredentials),
        "too-many" => {
            let seconds = query.get("seconds").and_then(|s| s.parse().ok()).unwrap_or(60);
            Some(Problem::TooMany(seconds))
        }
        "set-up-done" => Some(Problem::SetUpDone),
        _ => None,
    };
    let login = query.get("login").unwrap_or_default();
    let is_known = !login.is_empty();
    let content = html! {
        @if let Some(problem) = &problem { (problem_note(problem)) }
        @if code == "signed-out" { p .note role="status" { (entry().sign_in_signed_out) } }
        form .fields method="post" action="/sign-in" {
            input type="hidden" name="return" value=(query.get("return").unwrap_or_default());
            label for="login" { (entry().sign_in_login) }
            input #login name="login" value=(login) required autofocus[!is_known]
                autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254";
            label for="password" { (entry().sign_in_password) }
            input #password name="password" type="password" required autofocus[is_known]
                autocomplete="current-password" maxlength="1024";
            button .btn.primary type="submit" { (t.sign_in_submit) }
        }
    };
    sheet(t.sign_in_title, &content)
}

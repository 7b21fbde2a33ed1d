//! Sign-in: a plain form, sent without scripts. The HTTP edge answers it and comes back here with
//! `problem=` where it failed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::Problem;
use model::text::text;

use crate::components::Page;

/// The form.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = text();
    let query = use_query_map().get_untracked();
    let problem = match query.get("problem").as_deref() {
        Some("wrong-credentials") => Some(Problem::WrongCredentials),
        Some("too-many") => {
            let seconds = query.get("seconds").and_then(|s| s.parse().ok()).unwrap_or(60);
            Some(Problem::TooMany(seconds))
        }
        Some("set-up-done") => Some(Problem::SetUpDone),
        _ => None,
    };
    let signed_out = query.get("problem").as_deref() == Some("signed-out");
    let login = query.get("login").unwrap_or_default();
    let is_known = !login.is_empty();
    view! {
        <Page title=t.sign_in_title>
            {problem.map(|problem| view! {
                <p class="note bad" role="alert">{problem.sentence()}</p>
            })}
            {signed_out.then(|| view! { <p class="note" role="status">{t.sign_in_signed_out}</p> })}
            <form method="post" action="/sign-in" class="fields">
                <input type="hidden" name="return" value=query.get("return").unwrap_or_default() />
                <label for="login">{t.sign_in_login}</label>
                <input
                    id="login"
                    name="login"
                    value=login
                    required
                    autofocus=!is_known
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="254"
                />
                <label for="password">{t.sign_in_password}</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    required
                    autofocus=is_known
                    autocomplete="current-password"
                    maxlength="1024"
                />
                <button class="btn primary" type="submit">
                    {t.sign_in_submit}
                </button>
            </form>
        </Page>
    }
    .into_any()
}

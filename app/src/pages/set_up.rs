//! Set-up: the first administrator, by the link that the server printed. The HTTP edge answers
//! the form and comes back here with `error=<field>:<code>` or `problem=` where it failed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::Problem;
use model::text::{fill, text};

use crate::components::{FieldError, Page};

/// The form.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let t = text();
    let query = use_query_map().get_untracked();
    let problem = match query.get("problem").as_deref() {
        Some("set-up-done") => Some(Problem::SetUpDone),
        Some("set-up-link") => Some(Problem::SetUpLinkInvalid),
        _ => None,
    };
    let errors: Vec<String> = query.get_all("error").unwrap_or_default();
    let error = move |field: &str| {
        errors.iter().find_map(|error| {
            let (of, code) = error.split_once(':')?;
            (of == field).then(|| sentence(field, code))
        })
    };
    let username = error("username");
    let email = error("email");
    let password = error("password");
    let value = |name: &str| query.get(name).unwrap_or_default();
    let (token, name, address) = (value("token"), value("username"), value("email"));
    view! {
        <Page title=t.set_up_title>
            <p class="muted">{t.set_up_lead}</p>
            {problem.map(|problem| view! {
                <p class="note bad" role="alert">
                    {problem.sentence()}
                    " "
                    <a href="/sign-in" rel="external">{t.sign_in_title}</a>
                </p>
            })}
            <form method="post" action="/setup" class="fields">
                <input type="hidden" name="token" value=token />
                <label for="username">{t.set_up_username}</label>
                <input
                    id="username"
                    name="username"
                    value=name
                    required
                    autofocus
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="50"
                    aria-describedby="username-error"
                    aria-invalid=username.is_some().to_string()
                />
                <FieldError id="username-error" message=Signal::stored(username) />
                <label for="email">{t.set_up_email}</label>
                <input
                    id="email"
                    name="email"
                    type="email"
                    value=address
                    required
                    autocomplete="email"
                    maxlength="254"
                    aria-describedby="email-error"
                    aria-invalid=email.is_some().to_string()
                />
                <FieldError id="email-error" message=Signal::stored(email) />
                <label for="password">{t.set_up_password}</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    required
                    minlength="8"
                    maxlength="128"
                    autocomplete="new-password"
                    aria-describedby="password-hint password-error"
                    aria-invalid=password.is_some().to_string()
                />
                <p class="hint" id="password-hint">{t.set_up_password_hint}</p>
                <FieldError id="password-error" message=Signal::stored(password) />
                <label class="check">
                    <input type="checkbox" name="demo" value="on" />
                    {t.set_up_demo}
                </label>
                <p class="hint">{t.set_up_demo_hint}</p>
                <button class="btn primary" type="submit">
                    {t.set_up_submit}
                </button>
            </form>
        </Page>
    }
    .into_any()
}

/// The sentence of a field's code. Only codes cross the address, so that nobody can put words in
/// our mouth with a link.
fn sentence(field: &str, code: &str) -> String {
    let t = text();
    match (field, code) {
        ("username", "taken") => t.field_username_taken.to_owned(),
        ("username", _) => t.field_username.to_owned(),
        ("email", "taken") => t.field_email_taken.to_owned(),
        ("email", _) => t.field_email.to_owned(),
        ("password", "long") => fill(t.field_password_long, &["128"]),
        _ => fill(t.field_password_short, &["8"]),
    }
}

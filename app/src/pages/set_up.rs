//! Set-up: the first administrator, by the link that the server printed. The HTTP edge answers
//! the form and comes back here with `error=<field>:<code>` or `problem=` where it failed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use maud::{Markup, html};
use model::Problem;
use model::text::entry::text as entry;
use model::text::{fill, text};

use crate::components::{problem_note, sheet};

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
    let errors = query.get_all("error").unwrap_or_default();
    let error = |field: &str| {
        errors.iter().find_map(|error| {
            let (of, code) = error.split_once(':')?;
            (of == field).then(|| sentence(field, code))
        })
    };
    let value = |name: &str| query.get(name).unwrap_or_default();
    let content = html! {
        p .muted { (entry().set_up_lead) }
        @if let Some(problem) = &problem {
            (problem_note(problem))
            p { a href="/sign-in" rel="external" { (t.sign_in_title) } }
        }
        form .fields method="post" action="/setup" {
            input type="hidden" name="token" value=(value("token"));
            label for="username" { (entry().set_up_username) }
            input #username name="username" value=(value("username")) required autofocus
                autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="50"
                aria-describedby="username-error" aria-invalid=(error("username").is_some());
            (field_error("username-error", error("username")))
            label for="email" { (entry().set_up_email) }
            input #email name="email" type="email" value=(value("email")) required
                autocomplete="email" maxlength="254"
                aria-describedby="email-error" aria-invalid=(error("email").is_some());
            (field_error("email-error", error("email")))
            label for="password" { (entry().set_up_password) }
            input #password name="password" type="password" required minlength="8" maxlength="128"
                autocomplete="new-password" aria-describedby="password-hint password-error"
                aria-invalid=(error("password").is_some());
            p .hint #password-hint { (entry().set_up_password_hint) }
            (field_error("password-error", error("password")))
            label .check { input type="checkbox" name="demo" value="on"; (entry().set_up_demo) }
            p .hint { (entry().set_up_demo_hint) }
            button .btn.primary type="submit" { (entry().set_up_submit) }
        }
    };
    sheet(entry().set_up_title, &content)
}

fn field_error(id: &str, sentence: Option<String>) -> Markup {
    html! { p .field-error #(id) { (sentence.unwrap_or_default()) } }
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
        // The code is how many it takes.
        (_, least) if least.bytes().all(|byte| byte.is_ascii_digit()) => {
            fill(t.field_password_short, &[least])
        }
        _ => fill(t.field_password_short, &["8"]),
    }
}

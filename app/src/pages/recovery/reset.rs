//! An administrator sets a password, or has a link sent.

use backend::recovery::Account;
use maud::{Markup, html};
use model::form::Typed;
use model::text::fill;
use model::text::invitations::text as words;
use model::text::recovery::text;

use super::STYLE;
use crate::components::crumbs::crumbs;
use crate::components::deed::deed;
use crate::components::fields::{
    Choice, Field, Line, buttons, choices, line, other_problems, tick,
};
use crate::components::secret::{COPY_SCRIPT, secret};
use crate::plain::Page;

/// Below so many characters, a password is easy to guess whatever the setting says.
const WEAK: u32 = 8;

/// What came of setting a password.
#[derive(Clone, Copy, Debug)]
pub struct Done<'a> {
    /// The password, where it was made up.
    pub made_up: Option<&'a str>,
    /// What to look out for.
    pub is_short: bool,
    /// It begins or ends with a space.
    pub has_spaces: bool,
    /// Whether the sessions were ended.
    pub signed_out: bool,
}

/// What the form shows at first.
pub fn first() -> Typed {
    Typed::default().with("how", "random").with("sign_out", "on").with("must_change", "on")
}

/// The form.
pub fn reset(account: &Account, least: u32, typed: &Typed) -> Page {
    let t = text();
    let typed_hint = fill(t.how_typed_hint, &[&least.to_string()]);
    let ways = [
        Choice { value: "random", label: t.how_random, sentence: t.how_random_hint },
        Choice { value: "typed", label: t.how_typed, sentence: &typed_hint },
    ];
    let weak = if least < WEAK { t.weak_least } else { "" };
    let shown = ["how", "password", "sign_out", "must_change"];
    let content = html! {
        form .card.plain-form method="post" action={ "/users/" (account.id) "/password" } {
            h2 { (t.reset_set) }
            (other_problems(&shown, typed))
            (choices(Field::new("how", t.how).required(), ways, typed))
            div .only-with-typed {
                (line(Field::new("password", t.password).hint(weak), Line::NewPassword, typed))
            }
            (tick(Field::new("sign_out", t.sign_out), typed))
            (tick(Field::new("must_change", t.must_change), typed))
            (buttons(t.reset_submit, "primary", &person(account), words().cancel))
        }
        (links(account))
    };
    page(account, &content)
}

fn links(account: &Account) -> Markup {
    let t = text();
    let to = |action: &str| format!("/users/{}/password/{action}", account.id);
    html! {
        section .card.plain-form {
            h2 { (t.link_title) }
            p .hint { (t.link_hint) }
            div .row.buttons {
                @if !account.email.is_empty() {
                    (deed(&to("mail"), "btn", &fill(t.link_mail, &[&account.email]), ""))
                }
                (deed(&to("link"), "btn", t.link_make, ""))
            }
        }
    }
}

/// After a password was set.
pub fn done(account: &Account, done: Done<'_>) -> Page {
    let t = text();
    let name = account.name.as_str();
    let content = html! {
        section .card.plain-form {
            p role="status" dir="auto" {
                (fill(t.reset_done, &[name]))
                @if done.signed_out { " " (t.sessions_ended) }
            }
            @if let Some(password) = done.made_up {
                (secret("made-up", t.reset_random, &fill(t.reset_random_hint, &[name]), password,
                    (words().copy, words().copied)))
            }
            @if done.is_short { p .note { (t.short_warning) } }
            @if done.has_spaces { p .note { (t.spaces_warning) } }
            (back(account))
        }
    };
    page(account, &content).scripted(COPY_SCRIPT)
}

/// A link, to be copied.
pub fn link(account: &Account, link: &str) -> Page {
    let t = text();
    let name = account.name.as_str();
    let (label, hint) = (fill(t.link_label, &[name]), fill(t.link_shown_hint, &[name]));
    let content = html! {
        section .card.plain-form {
            (secret("link", &label, &hint, link, (words().copy, words().copied)))
            (back(account))
        }
    };
    page(account, &content).scripted(COPY_SCRIPT)
}

fn back(account: &Account) -> Markup {
    html! {
        div .row.buttons {
            a .btn href=(person(account)) dir="auto" { (fill(text().back, &[&account.name])) }
        }
    }
}

/// The users page with their panel.
fn person(account: &Account) -> String {
    format!("/users?person={}", account.id)
}

fn page(account: &Account, content: &Markup) -> Page {
    let title = fill(text().reset_title, &[&account.name]);
    let whole = html! {
        div .newcomers {
            header .head { div .grow {
                (crumbs(&[(model::text::plain::text().users, "/users"), (&account.name, &person(account))]))
                h1 dir="auto" { (title) }
            } }
            (content)
        }
    };
    Page::new(title, "/users", whole).styled(STYLE)
}

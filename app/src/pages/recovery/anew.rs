//! People who set their own password.

use backend::recovery::Looked;
use maud::{Markup, html};
use model::form::Typed;
use model::text::fill;
use model::text::recovery::text;

use super::STYLE;
use crate::components::fields::{Field, Line, line, other_problems};
use crate::plain::Page;

const SHOWN: [&str; 2] = ["password", "password_again"];

/// What a link opens.
pub fn recover(looked: &Looked, token: &str, typed: &Typed) -> Page {
    let t = text();
    let content = html! {
        p dir="auto" { (fill(t.recovery_lead, &[&looked.name])) }
        form .sheet-form method="post" action="/recovery" {
            input type="hidden" name="token" value=(token);
            (fields(looked.least, typed))
            button .btn.primary type="submit" { (t.recovery_submit) }
        }
    };
    Page::new(t.recovery_title, "", content).styled(STYLE)
}

fn fields(least: u32, typed: &Typed) -> Markup {
    let t = text();
    let hint = fill(t.recovery_least, &[&least.to_string()]);
    html! {
        (other_problems(&SHOWN, typed))
        (line(Field::new("password", t.password).hint(&hint).required(), Line::NewPassword, typed))
        (line(Field::new("password_again", t.recovery_again).required(), Line::NewPassword, typed))
    }
}

/// What is open to somebody who has to choose a new password.
pub fn change(least: u32, typed: &Typed) -> Page {
    let t = text();
    let content = html! {
        p { (t.change_lead) }
        form .sheet-form method="post" action="/password" {
            (fields(least, typed))
            button .btn.primary type="submit" { (t.change_submit) }
        }
        form method="post" action="/sign-out" {
            button .btn.ghost type="submit" { (model::text::text().sign_out) }
        }
    };
    Page::new(t.change_title, "", content).styled(STYLE)
}

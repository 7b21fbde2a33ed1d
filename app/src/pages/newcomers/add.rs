//! The form for one person.

use backend::newcomers::Taken;
use backend::settings::Settings;
use maud::{Markup, html};
use model::form::Typed;
use model::format::count;
use model::people::{Role, Tab};
use model::settings::{FieldUse, LicenceNeed};
use model::text::fill;
use model::text::invitations::text;

use super::{May, nowhere, page, role_and_group};
use crate::components::fields::{
    Choice, Field, Line, buttons, choices, line, lines, other_problems, tick,
};
use crate::plain::Page;

/// What the form shows at first.
pub fn first() -> Typed {
    Typed::default().with("how", "invite").with("role", Role::User.word()).with("must_change", "on")
}

/// The page. `taken` is who has the address or the name that was typed.
pub fn add(settings: &Settings, may: &May, typed: &Typed, taken: Option<&Taken>) -> Page {
    let t = text();
    let shown = [
        "email",
        "username",
        "display_name",
        "phone",
        "birth_date",
        "about",
        "role",
        "group",
        "licensed",
        "password",
    ];
    if may.has_nowhere() && *typed == first() {
        return page(false, t.add_lead, &nowhere(may));
    }
    let content = html! {
        form .card.plain-form method="post" action="/users/add" data-guard {
            (other_problems(&shown, typed))
            (who(settings, typed, taken))
            (way_in(settings, typed))
            (rights(settings, may, typed))
            (optional(settings, typed))
            (buttons(t.add_submit, "primary", "/users", t.cancel))
        }
    };
    page(false, t.add_lead, &content)
}

fn who(settings: &Settings, typed: &Typed, taken: Option<&Taken>) -> Markup {
    let t = text();
    let is_about = |field| typed.problem(field).is_some();
    html! {
        (line(Field::new("email", t.email).hint(t.email_hint), Line::Email, typed))
        @if let Some(taken) = taken.filter(|_| is_about("email")) {
            (way_to(taken, t.see_email_taken))
        }
        @if settings.field_display_name != FieldUse::Hidden {
            (line(Field::new("display_name", t.display_name), Line::Name, typed))
        }
        (line(Field::new("username", t.username).hint(t.username_hint), Line::Username, typed))
        @if let Some(taken) = taken.filter(|_| is_about("username") && !is_about("email")) {
            (way_to(taken, t.see_username_taken))
        }
    }
}

/// Where somebody is who has a name already, with their panel open.
fn way_to(taken: &Taken, label: &str) -> Markup {
    let tab = match Tab::of(taken.status) {
        Tab::Active => String::new(),
        tab => format!("tab={}&", tab.word()),
    };
    html! { p .taken { a href={ "/users?" (tab) "person=" (taken.id) } { (label) } } }
}

fn way_in(settings: &Settings, typed: &Typed) -> Markup {
    let t = text();
    let ways = [
        Choice { value: "invite", label: t.how_invite, sentence: t.how_invite_hint },
        Choice { value: "password", label: t.how_password, sentence: t.how_password_hint },
    ];
    let hint = fill(t.password_hint, &[&count(settings.password_min_length)]);
    html! {
        (choices(Field::new("how", t.how).required(), ways, typed))
        div .only-with-password {
            (line(Field::new("password", t.password).hint(&hint), Line::NewPassword, typed))
            (tick(Field::new("must_change", t.must_change), typed))
        }
    }
}

fn rights(settings: &Settings, may: &May, typed: &Typed) -> Markup {
    let t = text();
    html! {
        (role_and_group(may, typed))
        @if may.gives_licences && settings.licence_needed_for != LicenceNeed::Off {
            (tick(Field::new("licensed", t.licensed).hint(t.licensed_hint), typed))
        }
    }
}

fn optional(settings: &Settings, typed: &Typed) -> Markup {
    let t = text();
    let shows = |use_of: FieldUse| use_of != FieldUse::Hidden;
    html! {
        @if shows(settings.field_phone) {
            (line(Field::new("phone", t.phone).hint(t.phone_hint), Line::Phone, typed))
        }
        @if shows(settings.field_birth_date) {
            (line(Field::new("birth_date", t.birth_date), Line::Date, typed))
        }
        @if shows(settings.field_about) { (lines(Field::new("about", t.about), 3, typed)) }
    }
}

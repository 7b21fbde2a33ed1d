//! What the link of an invitation opens: the form with which it is accepted, or why it can't be.

use backend::invitations::Offer;
use backend::links::Standing;
use maud::{Markup, html};
use model::Problem;
use model::form::Typed;
use model::people::Role;
use model::session::Caller;
use model::settings::FieldUse;
use model::text::invitations::text;
use model::text::{fill, text as words};

use super::STYLE;
use crate::components::fields::{Field, Line, line, lines, other_problems};
use crate::plain::Page;

/// What the form shows at first: what whoever invited them has typed.
pub fn first(offer: &Offer) -> Typed {
    let profile = &offer.profile;
    Typed::default()
        .with("display_name", &profile.display_name)
        .with("username", &profile.username)
        .with("phone", &profile.phone)
        .with("birth_date", &profile.birth_date)
        .with("about", &profile.about)
}

/// The form.
pub fn accept(offer: &Offer, token: &str, typed: &Typed) -> Page {
    let t = text();
    let lead = match offer.by.as_str() {
        "" => t.accept_lead_nobody.to_owned(),
        by => fill(t.accept_lead, &[by]),
    };
    let shown =
        ["display_name", "username", "password", "password_again", "phone", "birth_date", "about"];
    let content = html! {
        p dir="auto" { (lead) }
        p .hint dir="auto" {
            (fill(t.accept_for, &[&offer.email, &offer.until.minute()]))
            @if offer.role > Role::User { " " (fill(t.accept_role, &[offer.role.label()])) }
        }
        form .sheet-form method="post" action="/invitation" data-guard {
            input type="hidden" name="token" value=(token);
            (other_problems(&shown, typed))
            (fields(offer, typed))
            button .btn.primary type="submit" { (t.accept_submit) }
        }
    };
    sheet(fill(t.accept_title, &[words().product]), content)
}

fn fields(offer: &Offer, typed: &Typed) -> Markup {
    let t = text();
    let settings = &offer.settings;
    let [name, birth_date] =
        [t.accept_name, t.birth_date].map(|label| fill(t.accept_optional, &[label]));
    // Whether it is required, or its label says that it isn't.
    let field = |name, (label, optional), use_of: FieldUse| match use_of {
        FieldUse::Required => Field::new(name, label).required(),
        _ => Field::new(name, optional),
    };
    let shows = |use_of: FieldUse| use_of != FieldUse::Hidden;
    let age = settings.legal_age;
    let birth_hint = match age {
        0 => String::new(),
        age => fill(t.accept_birth_hint, &[&age.to_string()]),
    };
    let least = settings.password_min_length.to_string();
    html! {
        @if shows(settings.field_display_name) {
            (line(field("display_name", (t.accept_name, name.as_str()), settings.field_display_name), Line::Name, typed))
        }
        (line(Field::new("username", t.accept_username).hint(t.accept_username_hint), Line::Username, typed))
        @if shows(settings.field_birth_date) {
            (line(
                field("birth_date", (t.birth_date, birth_date.as_str()), settings.field_birth_date).hint(&birth_hint),
                Line::Date,
                typed
            ))
        }
        // What nobody has to say is asked for later, on their own page.
        @if settings.field_phone == FieldUse::Required {
            (line(Field::new("phone", t.phone).required().hint(t.phone_hint), Line::Phone, typed))
        }
        @if settings.field_about == FieldUse::Required {
            (lines(Field::new("about", t.about).required(), 3, typed))
        }
        (line(
            Field::new("password", t.accept_password).hint(&fill(t.accept_password_hint, &[&least])),
            Line::NewPassword,
            typed
        ))
        (line(Field::new("password_again", t.accept_password_again), Line::NewPassword, typed))
    }
}

/// An invitation that can't be accepted, and whom to ask.
pub fn over(standing: Standing, by: &str) -> Page {
    let t = text();
    let why = match standing {
        Standing::Used => t.over_used,
        Standing::Expired => t.over_expired,
        Standing::Ended | Standing::Open => t.over_ended,
    };
    let ask = match by {
        "" => t.over_ask_nobody.to_owned(),
        by => fill(t.over_ask, &[by]),
    };
    let content = html! {
        p { (why) }
        p dir="auto" { (ask) }
        a .btn href="/sign-in" { (t.sign_in) }
    };
    sheet(t.over_title.to_owned(), content)
}

/// A link of any kind that is over or none of ours, or that nobody may try just now.
pub fn link_problem(problem: &Problem) -> Page {
    let t = text();
    let content = html! {
        p .note.bad role="alert" { (problem.sentence()) }
        @if let Problem::Over(_) = problem { p { (t.link_ask) } }
        a .btn href="/sign-in" { (t.sign_in) }
    };
    sheet(t.link_title.to_owned(), content)
}

/// Whoever it was for has an account.
pub fn member(email: &str) -> Page {
    let t = text();
    let content = html! {
        p dir="auto" { (fill(t.member, &[email])) }
        a .btn.primary href={ "/sign-in?" (login(email)) } { (t.sign_in) }
    };
    sheet(t.member_title.to_owned(), content)
}

fn login(email: &str) -> String {
    let mut query = model::url::Printer::default();
    query.pair("login", email);
    query.finish()
}

/// An account that can't be used just now.
pub fn not_let_in() -> Page {
    let t = text();
    let content = html! { p { (t.not_let_in) } a .btn href="/sign-in" { (t.sign_in) } };
    sheet(t.member_title.to_owned(), content)
}

/// Where those are welcomed who have no page of their own.
pub fn welcome(caller: &Caller) -> Page {
    let t = text();
    let content = html! {
        p { (t.welcome) }
        form method="post" action="/sign-out" {
            button .btn type="submit" { (t.sign_out) }
        }
    };
    sheet(fill(t.welcome_title, &[&caller.name]), content)
}

fn sheet(title: String, content: Markup) -> Page {
    Page::new(title, "", content).styled(STYLE)
}

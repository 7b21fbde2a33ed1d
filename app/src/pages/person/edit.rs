//! `/users/<id>/edit`: all fields of a person.

use backend::people::{Standing, WAS};
use maud::{Markup, html};
use model::Problem;
use model::form::Typed;
use model::format::count;
use model::people::Role;
use model::rights::{Operation, gives};
use model::settings::{FieldUse, LicenceNeed};
use model::text::fill;
use model::text::person::text;

use super::{STYLE, head, return_field};
use crate::components::fields::{Choice, Field, Line, buttons, choices, line, lines};
use crate::components::problem_note;
use crate::plain::Page;

/// The page.
#[derive(Debug)]
pub struct Edit<'a> {
    /// Who is edited, and how they stand to who edits.
    pub standing: &'a Standing,
    /// The groups that they may be put into or taken out of by who edits.
    pub groups: &'a [(i64, String)],
    /// What stands in the fields, and what is wrong with it.
    pub typed: Typed,
    /// Where to go on.
    pub back: &'a str,
    /// What is wrong that is about no field.
    pub problem: Option<Problem>,
    /// Whether somebody else has changed the person since the form was opened.
    pub has_conflict: bool,
}

impl Edit<'_> {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let facts = &self.standing.facts;
        let title = fill(text().edit_title, &[&facts.name]);
        let content = html! {
            div .person-page {
                (head(&title, &facts.name, facts.id))
                @if let Some(problem) = &self.problem { (problem_note(problem)) }
                @if self.has_conflict {
                    p .note.warn role="alert" { (fill(text().edit_conflict, &[&facts.name])) }
                }
                (self.form())
            }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }

    fn form(&self) -> Markup {
        let t = text();
        html! {
            form .card.plain-form method="post" action={ "/users/" (self.standing.facts.id) "/edit" } data-guard {
                (return_field(self.back))
                (part(t.part_profile, &self.profile()))
                (part(t.part_access, &self.access()))
                @if self.is_administrator() { (part(t.part_limits, &self.limits())) }
                @if self.standing.may(Operation::ResetPassword) { (part(t.part_sign_in, &self.sign_in())) }
                @if self.standing.may(Operation::Notes) { (part(t.part_notes, &self.notes())) }
                (buttons(t.save, "primary", self.back, t.cancel))
            }
        }
    }

    fn is_administrator(&self) -> bool {
        self.standing.ground.doer.role == Role::Administrator
    }

    fn profile(&self) -> Markup {
        let t = text();
        let settings = &self.standing.settings;
        let age = fill(t.birth_date_hint, &[&settings.legal_age.to_string()]);
        let age = if settings.legal_age > 0 { age.as_str() } else { "" };
        let name = Field::new("display_name", t.display_name).hint(t.display_name_hint);
        html! {
            (self.optional(name, settings.field_display_name, Line::Name))
            (self.line(Field::new("email", t.email).hint(t.email_hint), Line::Email))
            (self.line(Field::new("username", t.username).hint(t.username_hint), Line::Username))
            (self.optional(Field::new("phone", t.phone).hint(t.phone_hint), settings.field_phone, Line::Phone))
            (self.optional(Field::new("birth_date", t.birth_date).hint(age), settings.field_birth_date, Line::Date))
            @if let Some(field) = self.used(Field::new("about", t.about).hint(t.about_hint), settings.field_about) {
                (self.was("about")) (lines(field, 4, &self.typed))
            }
        }
    }

    fn access(&self) -> Markup {
        let t = text();
        html! {
            @if self.standing.may(Operation::Role(Role::User)) || self.is_administrator() {
                (self.was("role"))
                (choices(Field::new("role", t.role).required(), self.roles(), &self.typed))
            }
            @if self.standing.may(Operation::Groups) && !self.groups.is_empty() { (self.memberships()) }
            (self.line(Field::new("expiry", t.expiry).hint(t.expiry_hint), Line::Date))
        }
    }

    /// A box for each group.
    fn memberships(&self) -> Markup {
        let t = text();
        let is_in = |id: i64| {
            let mut ticked = self.typed.value("groups").split(',');
            ticked.any(|number| number == id.to_string())
        };
        html! {
            (self.was("groups"))
            fieldset .field.groups-of aria-describedby="groups-error" {
                legend { (t.groups) }
                // Where nothing is ticked, that is sent too.
                input type="hidden" name="groups" value="";
                div .boxes {
                    @for (id, name) in self.groups {
                        label .check {
                            input type="checkbox" name="groups" value=(id) checked[is_in(*id)];
                            span dir="auto" { (name) }
                        }
                    }
                }
                p .field-error #groups-error role="alert" {
                    @if let Some(problem) = self.typed.problem("groups") { (problem) }
                }
            }
        }
    }

    /// Their own, and those that whoever looks gives.
    fn roles(&self) -> impl Iterator<Item = Choice<'static>> {
        let now = self.standing.facts.state.role;
        let doer = self.standing.ground.doer;
        Role::ALL.iter().filter(move |role| **role == now || gives(&doer, **role).is_ok()).map(
            |role| Choice { value: role.word(), label: role.label(), sentence: role.sentence() },
        )
    }

    fn limits(&self) -> Markup {
        let t = text();
        let (ground, settings) = (&self.standing.ground, &self.standing.settings);
        let free = ground.seats_free.unwrap_or(0).max(0).to_string();
        let hint = match self.standing.facts.state.can_hold_seat() {
            true => fill(t.licence_hint, &[&free, &count(settings.seats)]),
            false => t.licence_remembered_hint.to_owned(),
        };
        html! {
            @if settings.licence_needed_for != LicenceNeed::Off {
                (self.switch(Field::new("licence", t.licence_holds).hint(&hint)))
            }
            (self.switch(Field::new("paying", t.paying)))
            (self.line(Field::new("budget", t.budget).hint(t.budget_hint), Line::Text))
        }
    }

    fn sign_in(&self) -> Markup {
        let t = text();
        let least = self.standing.settings.password_min_length.to_string();
        let hint = fill(t.new_password_hint, &[&least]);
        html! {
            (self.line(Field::new("password", t.new_password).hint(&hint), Line::NewPassword))
            (self.switch(Field::new("must_change_password", t.must_change)))
        }
    }

    fn notes(&self) -> Markup {
        let field = Field::new("notes", text().part_notes).hint(text().notes_hint);
        html! { (self.was("notes")) (lines(field, 4, &self.typed)) }
    }

    fn line(&self, field: Field<'_>, kind: Line) -> Markup {
        html! { (self.was(field.name)) (line(field, kind, &self.typed)) }
    }

    /// A field of the catalogue, whose use is a setting.
    fn optional(&self, field: Field<'_>, field_use: FieldUse, kind: Line) -> Markup {
        self.used(field, field_use).map_or_else(Markup::default, |field| self.line(field, kind))
    }

    /// The field, where it is in use. What was never given may stay so: whoever changes something else
    /// does not have to know it. What is there can't be emptied.
    fn used<'f>(&self, field: Field<'f>, field_use: FieldUse) -> Option<Field<'f>> {
        let was = format!("{WAS}{}", field.name);
        match field_use {
            FieldUse::Hidden => None,
            FieldUse::Optional => Some(field),
            FieldUse::Required if self.typed.value(&was).is_empty() => {
                Some(field.hint(text().required_missing))
            }
            FieldUse::Required => Some(field.required()),
        }
    }

    /// A box that says `yes` where it is ticked and `no` where it is not.
    fn switch(&self, field: Field<'_>) -> Markup {
        let is_on = self.typed.values(field.name).last() == Some("yes");
        html! {
            (self.was(field.name))
            div .field {
                label .check {
                    input type="hidden" name=(field.name) value="no";
                    input id=(field.name) type="checkbox" name=(field.name) value="yes" checked[is_on]
                        aria-describedby={ (field.name) "-error" @if !field.hint.is_empty() { " " (field.name) "-hint" } };
                    span { (field.label) }
                }
                @if !field.hint.is_empty() { p .hint id={ (field.name) "-hint" } { (field.hint) } }
                p .field-error id={ (field.name) "-error" } role="alert" {
                    @if let Some(problem) = self.typed.problem(field.name) { (problem) }
                }
            }
        }
    }

    /// What stood in a field when the form was opened.
    fn was(&self, name: &str) -> Markup {
        let was = format!("{WAS}{name}");
        html! { input type="hidden" name=(was) value=(self.typed.value(&was)); }
    }
}

fn part(title: &str, fields: &Markup) -> Markup {
    html! { section .part { h2 { (title) } (fields) } }
}

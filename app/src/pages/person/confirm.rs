//! What has to be confirmed: `/users/<id>/delete` and `/users/<id>/erase`.

use backend::people::Standing;
use maud::{Markup, html};
use model::changes::Change;
use model::form::Typed;
use model::format::{count, counted};
use model::people::Status;
use model::text::fill;
use model::text::person::text;
use model::text::settings;

use super::{STYLE, head, record_button, return_field};
use crate::components::fields::{Field, Line, buttons, line};
use crate::plain::Page;

/// Moving a person to *Recently deleted*.
#[derive(Debug)]
pub struct Delete<'a> {
    /// Who.
    pub standing: &'a Standing,
    /// Where to go on.
    pub back: &'a str,
}

impl Delete<'_> {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let facts = &self.standing.facts;
        let title = fill(text().delete_title, &[&facts.name]);
        let content = html! {
            div .person-page {
                (head(&title, &facts.name, facts.id))
                @if self.standing.offers(&Change::Delete) { (self.form()) } @else { (self.not()) }
            }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }

    fn form(&self) -> Markup {
        let t = text();
        let facts = &self.standing.facts;
        let settings = &self.standing.settings;
        let kept = settings::text();
        let kept = counted(settings.retention_days, kept.day, kept.days);
        html! {
            div .card.confirm {
                ul {
                    li { (t.delete_ends) }
                    li { (fill(t.delete_kept, &[&kept])) }
                    @if facts.state.licensed { li { (t.delete_seat) } }
                    li { (t.delete_names) }
                }
                p { (t.record_first) }
                (record_button(facts.id))
                form method="post" action={ "/users/" (facts.id) "/delete" } {
                    (return_field(self.back))
                    (buttons(t.delete_submit, "destroy", self.back, t.cancel))
                }
            }
        }
    }

    fn not(&self) -> Markup {
        let t = text();
        let facts = &self.standing.facts;
        let sentence = match (facts.state.status, self.standing.refusal(&Change::Delete)) {
            (Status::Deleted, _) | (_, None) => fill(t.delete_already, &[&facts.name]),
            (_, Some(why)) => fill(t.delete_not, &[&facts.name, why.sentence()]),
        };
        html! {
            p .note.bad role="alert" { (sentence) }
            div .row { a .btn href=(self.back) { (t.cancel) } }
        }
    }
}

/// Removing a person for good.
#[derive(Debug)]
pub struct Erase<'a> {
    /// Their number.
    pub id: i64,
    /// Display name, or what stands for it.
    pub name: &'a str,
    /// What has to be typed.
    pub to_type: &'a str,
    /// What goes with them, and how much of it.
    pub parts: &'a [(&'static str, i64)],
    /// What was typed, and what is wrong with it.
    pub typed: &'a Typed,
    /// Where to go on.
    pub back: &'a str,
}

impl Erase<'_> {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let t = text();
        let title = fill(t.erase_title, &[self.name]);
        let confirm = fill(t.erase_confirm, &[self.to_type]);
        let content = html! {
            div .person-page {
                (head(&title, self.name, self.id))
                div .card.confirm {
                    p .note.bad { (t.erase_lead) }
                    h2 { (t.erase_goes) }
                    dl .goes {
                        @for (label, number) in self.parts { dt { (label) } dd { (count(*number)) } }
                    }
                    p { (t.record_first) }
                    (record_button(self.id))
                    form method="post" action={ "/users/" (self.id) "/erase" } {
                        (return_field(self.back))
                        (line(Field::new("confirm", &confirm).required(), Line::Text, self.typed))
                        (buttons(t.erase_submit, "destroy", self.back, t.cancel))
                    }
                }
            }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }
}

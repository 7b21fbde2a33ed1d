//! What to change of the people who were chosen: shown where no change was chosen with them, or one that
//! needs another value.

use maud::{Markup, html};
use model::bulk::Selection;
use model::changes::{Budget, Change};
use model::form::Typed;
use model::people::Role;
use model::rights::{Doer, highest_given, may_at_all};
use model::text::bulk::text;
use model::text::fill;

use super::STYLE;
use super::parts::{head, number};
use crate::components::fields::buttons;
use crate::plain::Page;

/// The page.
#[derive(Debug)]
pub struct Choose<'a> {
    /// Whom it is about.
    pub selection: &'a Selection,
    /// Who changes them.
    pub doer: Doer,
    /// Whether who is deleted is kept for a while.
    pub keeps_deleted: bool,
    /// Whether managers are in use.
    pub has_managers: bool,
    /// The groups that may be chosen, each with its number.
    pub groups: &'a [(i64, String)],
    /// What was chosen, and what is wrong with it.
    pub typed: &'a Typed,
    /// The view to go back to.
    pub back: &'a str,
}

impl Choose<'_> {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let t = text();
        let title = match self.selection {
            Selection::Ticked(ids) if ids.len() == 1 => t.choose_title_one.to_owned(),
            Selection::Ticked(ids) => fill(t.choose_title, &[&number(ids.len() as u64)]),
            Selection::Matching(_) => t.choose_title_all.to_owned(),
        };
        let content = html! {
            div .import {
                (head(&title, t.choose_lead, false, &Markup::default()))
                form .card.plain-form method="post" action="/bulk" {
                    (self.people())
                    input type="hidden" name="return" value=(self.back);
                    fieldset .field.choices-of {
                        legend { (t.choose) }
                        (self.changes())
                        @for field in ["change", "value"] {
                            p .field-error role="alert" {
                                @if let Some(problem) = self.typed.problem(field) { (problem) }
                            }
                        }
                    }
                    (buttons(t.look, "primary", self.back, t.cancel))
                }
            }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }

    fn people(&self) -> Markup {
        html! {
            @match self.selection {
                Selection::Ticked(ids) => {
                    @for id in ids { input type="hidden" name="id" value=(id); }
                }
                Selection::Matching(query) => {
                    input type="hidden" name="scope" value="matching";
                    input type="hidden" name="query" value=(query);
                }
            }
        }
    }

    fn changes(&self) -> Markup {
        let t = text();
        let groups: Vec<(String, &str)> =
            self.groups.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
        let groups: Vec<(&str, &str)> =
            groups.iter().map(|(id, name)| (id.as_str(), *name)).collect();
        let licences = [("yes", t.licence_yes), ("no", t.licence_no)];
        let payings = [("yes", t.paying_yes), ("no", t.paying_no)];
        html! {
            @for change in [
                Change::Suspend, Change::Reactivate, Change::Delete, Change::Restore, Change::SendInvitation,
            ] {
                (self.choice(&change, &change.label(), &Markup::default()))
            }
            (self.choice(&Change::Role(Role::User), t.choose_role, &self.select("role", t.choose_role, &self.roles())))
            (self.choice(&Change::Licence(true), t.choose_licence, &self.select("licence", t.choose_licence, &licences)))
            (self.choice(&Change::Paying(true), t.choose_paying, &self.select("paying", t.choose_paying, &payings)))
            (self.choice(&Change::Budget(Budget::Unlimited), t.choose_budget,
                &self.input("budget", "text", t.choose_budget, t.choose_budget_hint)))
            (self.choice(&Change::Expiry(None), t.choose_expiry,
                &self.input("expiry", "date", t.choose_expiry, t.choose_expiry_hint)))
            @if !groups.is_empty() {
                (self.choice(&Change::AddGroup(0), t.choose_group_add,
                    &self.select("group-add", t.choose_group_add, &groups)))
                (self.choice(&Change::RemoveGroup(0), t.choose_group_remove,
                    &self.select("group-remove", t.choose_group_remove, &groups)))
            }
            (self.choice(&Change::DeletePermanently, &Change::DeletePermanently.label(), &Markup::default()))
        }
    }

    fn roles(&self) -> Vec<(&'static str, &'static str)> {
        let may = |role: &&Role| may_at_all(Change::Role(**role).operation(), &self.doer).is_ok();
        let is_used = |role: &&Role| self.has_managers || **role != Role::Manager;
        let roles = Role::ALL.iter().filter(may).filter(is_used);
        roles
            .filter(|role| **role <= highest_given(self.doer.role))
            .map(|role| (role.word(), role.label()))
            .collect()
    }

    /// A change with the field of its value; nothing where who asks may do it to nobody.
    fn choice(&self, change: &Change, label: &str, value: &Markup) -> Markup {
        let operation = change.operation().where_kept(self.keeps_deleted);
        if may_at_all(operation, &self.doer).is_err() {
            return Markup::default();
        }
        let word = change.word();
        html! {
            div .choice-with {
                label .check {
                    input type="radio" name="change" value=(word) required
                        checked[self.typed.value("change") == word];
                    span { (label) }
                }
                (value)
            }
        }
    }

    fn select(&self, word: &str, label: &str, options: &[(&str, &str)]) -> Markup {
        let name = format!("value-{word}");
        html! {
            select name=(name) aria-label=(label) {
                @for (value, label) in options {
                    option value=(value) selected[self.typed.value(&name) == *value] { (label) }
                }
            }
        }
    }

    fn input(&self, word: &str, kind: &str, label: &str, hint: &str) -> Markup {
        let name = format!("value-{word}");
        html! {
            input type=(kind) name=(name) value=(self.typed.value(&name)) aria-label=(label)
                autocomplete="off" aria-describedby={ (name) "-hint" };
            p .hint id={ (name) "-hint" } { (hint) }
        }
    }
}

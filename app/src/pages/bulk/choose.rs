//! What to change of the people who were chosen: shown where no change was chosen with them, or one that
//! needs another value. Only what can make a difference to somebody is offered, with how many they are where
//! no value is still to be typed.

use backend::bulk::Choices;
use maud::{Markup, html};
use model::bulk::{Selection, people};
use model::changes::{Budget, Change};
use model::form::Typed;
use model::format::count;
use model::limits::Cap;
use model::lists::ListKind;
use model::people::Role;
use model::query::UsersQuery;
use model::rights::{Doer, gives, may_at_all};
use model::text::bulk::text;
use model::text::fill;

use super::STYLE;
use super::parts::head;
use crate::components::fields::buttons;
use crate::pages::users::title as view_title;
use crate::plain::Page;

/// The page.
#[derive(Debug)]
pub struct Choose<'a> {
    /// Whom it is about.
    pub selection: &'a Selection,
    /// What can be done to them, and to how many.
    pub choices: &'a Choices,
    /// Who changes them.
    pub doer: Doer,
    /// Whether who is deleted is kept for a while.
    pub keeps_deleted: bool,
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
        let title = fill(t.choose_title, &[&self.whom()]);
        let lead = match self.choices.of(&Change::Suspend) {
            Some(_) => t.choose_lead,
            None => t.choose_uncounted,
        };
        let changes = self.changes();
        // What is wrong with a value stands at its field, where there is one.
        let at_field = format!("id=\"{}-error\"", self.typed.value("change"));
        let of_value = self.typed.problem("value").filter(|_| !changes.0.contains(&at_field));
        let unsaid = [self.typed.problem("change"), of_value];
        let content = html! {
            div .jobs {
                (head(&title, lead, false, &Markup::default()))
                form .card.plain-form method="post" action="/bulk" {
                    (self.people())
                    input type="hidden" name="return" value=(self.back);
                    fieldset .field.choices-of {
                        legend { (t.choose) }
                        (changes)
                        @for problem in unsaid.iter().flatten() {
                            p .field-error role="alert" { (problem) }
                        }
                    }
                    (buttons(t.look, "primary", self.back, t.cancel))
                }
            }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }

    /// How many people it is about, and which.
    fn whom(&self) -> String {
        let n = self.choices.people;
        let Selection::Matching(query) = self.selection else { return people(n) };
        let view = UsersQuery::read(query).0;
        match view.list.as_deref() {
            Some(list) => ListKind::of(list).people(n),
            None if view.is_narrowed() => {
                fill(text().choose_view, &[&people(n), &view_title(&view)])
            }
            None => people(n),
        }
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

    /// What makes a difference to somebody; where nothing does, a sentence.
    fn changes(&self) -> Markup {
        let t = text();
        let choices: Vec<Markup> =
            self.bare().chain([self.of_roles(), self.of_licences()]).collect();
        let typed = [self.of_paying(), self.of_limits(), self.of_expiry()];
        // What ends most stands last.
        let last = [Change::Delete, Change::DeletePermanently].map(|change| self.exact(&change));
        let all = choices.into_iter().chain(typed).chain(self.of_groups()).chain(last);
        let all: Vec<Markup> = all.filter(|choice| !choice.0.is_empty()).collect();
        html! {
            @for choice in &all { (choice) }
            @if all.is_empty() { p .note { (t.choose_nothing) } }
        }
    }

    fn bare(&self) -> impl Iterator<Item = Markup> {
        let changes =
            [Change::Suspend, Change::Reactivate, Change::Restore, Change::SendInvitation];
        changes.map(|change| self.exact(&change)).into_iter()
    }

    /// A change without a value.
    fn exact(&self, change: &Change) -> Markup {
        if !self.may(change) {
            return Markup::default();
        }
        self.choice(change.word(), &change.label(), &self.counted(change), &Markup::default())
    }

    fn of_roles(&self) -> Markup {
        let roles = Role::ALL.iter().filter(|role| gives(&self.doer, **role).is_ok());
        let roles = roles.map(|role| (Change::Role(*role), role.label().to_owned()));
        self.one_of(text().choose_role, roles)
    }

    fn of_licences(&self) -> Markup {
        let t = text();
        let licences = [(true, t.licence_yes), (false, t.licence_no)];
        let licences = licences.map(|(on, label)| (Change::Licence(on), label.to_owned()));
        self.one_of(t.choose_licence, licences.into_iter())
    }

    fn of_paying(&self) -> Markup {
        let t = text();
        let payings = [(true, t.paying_yes), (false, t.paying_no)];
        let payings = payings.map(|(on, label)| (Change::Paying(on), label.to_owned()));
        self.one_of(t.choose_paying, payings.into_iter())
    }

    fn of_groups(&self) -> impl Iterator<Item = Markup> {
        let t = text();
        let of = |change: fn(i64) -> Change| {
            self.groups.iter().map(move |(id, name)| (change(*id), name.clone()))
        };
        [
            self.one_of(t.choose_group_add, of(Change::AddGroup)),
            self.one_of(t.choose_group_remove, of(Change::RemoveGroup)),
        ]
        .into_iter()
    }

    /// A limit of any kind: what is limited, and how much. For how many it makes a difference depends on what
    /// is typed, so that no number stands beside it; nor beside the end of the account.
    fn of_limits(&self) -> Markup {
        let t = text();
        let change = Change::Budget(Budget::Inherited);
        if !self.may(&change) {
            return Markup::default();
        }
        let none = html! {
            label .check {
                input type="checkbox" name="value-limit-none" value="on"
                    checked[self.typed.is_on("value-limit-none")];
                span { (t.choose_limit_none) }
            }
        };
        let value = html! {
            select name="value-limit" aria-label=(t.choose_limit_what) {
                @for cap in Cap::all() {
                    @let word = cap.word();
                    option value=(word) selected[self.typed.value("value-limit") == word] { (cap.label()) }
                }
            }
            (self.input(("limit", "value-limit-amount"), "text", t.choose_limit_amount, t.choose_limit_hint, &none))
        };
        self.choice("limit", t.choose_limit, "", &value)
    }

    fn of_expiry(&self) -> Markup {
        let t = text();
        let change = Change::Expiry(None);
        if !self.may(&change) {
            return Markup::default();
        }
        let word = change.word();
        let value = self.input(
            (word, "value-expiry"),
            "date",
            t.choose_expiry,
            t.choose_expiry_hint,
            &html! {},
        );
        self.choice(word, t.choose_expiry, "", &value)
    }

    /// Changes of one kind, by a list of values, each with how many people it changes.
    fn one_of(&self, label: &str, changes: impl Iterator<Item = (Change, String)>) -> Markup {
        let changes: Vec<(Change, String)> =
            changes.filter(|(change, _)| self.may(change)).collect();
        let Some((first, _)) = changes.first() else { return Markup::default() };
        let word = first.word();
        let (name, is_wrong) = (format!("value-{word}"), self.problem(word).is_some());
        let options = html! {
            select name=(name) aria-label=(label) autofocus[is_wrong]
                aria-invalid=[is_wrong.then_some("true")]
                aria-describedby=[is_wrong.then(|| format!("{word}-error"))] {
                @for (change, label) in &changes {
                    @let value = change.value();
                    option value=(value) selected[self.typed.value(&name) == value] {
                        (label)
                        @if let Some(n) = self.choices.of(change) { " (" (count(n)) ")" }
                    }
                }
            }
            (self.error(word))
        };
        self.choice(word, label, "", &options)
    }

    /// Whether who asks may do it to anybody, and it makes a difference to somebody. What was chosen is
    /// there in any case, with what is wrong with it.
    fn may(&self, change: &Change) -> bool {
        let operation = change.operation().where_kept(self.keeps_deleted);
        let is_offered = self.is_chosen(change.word()) || self.choices.offers(change);
        may_at_all(operation, &self.doer).is_ok() && is_offered
    }

    fn is_chosen(&self, word: &str) -> bool {
        self.typed.value("change") == word
    }

    /// To how many of them it can be done.
    fn counted(&self, change: &Change) -> String {
        let (pattern, all) = (text().choose_for, count(self.choices.people));
        self.choices.of(change).map_or_else(String::new, |n| fill(pattern, &[&count(n), &all]))
    }

    /// A change with how many people it is for, and the fields of its value.
    fn choice(&self, word: &str, label: &str, counted: &str, value: &Markup) -> Markup {
        html! {
            div .choice-with {
                label .check {
                    input type="radio" name="change" value=(word) required
                        checked[self.is_chosen(word)];
                    span { (label) }
                }
                @if !counted.is_empty() { span .people-of { (counted) } }
                @if !value.0.is_empty() { div .value { (value) } }
            }
        }
    }

    /// What is wrong with the value of a change, where it is the chosen one.
    fn problem(&self, word: &str) -> Option<&str> {
        self.typed.problem("value").filter(|_| self.is_chosen(word))
    }

    fn error(&self, word: &str) -> Markup {
        html! {
            @if let Some(problem) = self.problem(word) {
                p .field-error id={ (word) "-error" } role="alert" { (problem) }
            }
        }
    }

    /// The field of a change's value, with what stands beside it and what is wrong with it.
    fn input(
        &self,
        (word, name): (&str, &str),
        kind: &str,
        label: &str,
        hint: &str,
        beside: &Markup,
    ) -> Markup {
        let is_wrong = self.problem(word).is_some();
        let described =
            if is_wrong { format!("{word}-error {name}-hint") } else { format!("{name}-hint") };
        html! {
            input type=(kind) name=(name) value=(self.typed.value(name)) aria-label=(label)
                autocomplete="off" aria-describedby=(described) autofocus[self.is_chosen(word)]
                aria-invalid=[is_wrong.then_some("true")];
            (beside)
            (self.error(word))
            p .hint id={ (name) "-hint" } { (hint) }
        }
    }
}

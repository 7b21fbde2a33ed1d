//! `/users/<id>/budget`: how much a person may use in all. With scripts, its heading and its form open over
//! the list (`public/deeds.js`); each choice says there what the row shows once it is taken.

use maud::{Markup, html};
use model::changes::Budget;
use model::form::Typed;
use model::format::credits;
use model::limits::{Amount, Cap, GivenLimits, resolve_inherited};
use model::text::fill;
use model::text::person::text;
use model::text::text as common;
use model::users::UserRow;

use super::{STYLE, head, return_field};
use crate::components::fields::buttons;
use crate::plain::Page;

/// The page.
#[derive(Debug)]
pub struct BudgetPage<'a> {
    /// Whose.
    pub person: &'a UserRow,
    /// What else is set about their limits.
    pub given: &'a GivenLimits,
    /// Their own budget as a form has it.
    pub budget: &'a str,
    /// What was sent, and what is wrong with it.
    pub typed: &'a Typed,
    /// Where to go on.
    pub back: &'a str,
}

impl BudgetPage<'_> {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let title = fill(text().budget_title, &[&self.person.name]);
        let content = html! {
            div .person-page { (head(&title, &self.person.name, self.person.id)) (self.form()) }
        };
        Page::new(title, "/users", content).styled(STYLE)
    }

    fn form(&self) -> Markup {
        let t = text();
        let used = fill(t.budget_used, &[&credits(self.person.budget_used)]);
        let no_answer = common().problem_no_answer;
        html! {
            form .card.plain-form method="post" action={ "/users/" (self.person.id) "/budget" }
                data-guard data-quick=(no_answer) {
                (return_field(self.back))
                input type="hidden" name="was.budget" value=(self.budget);
                p .muted { (used) }
                fieldset .field {
                    legend .visually-hidden { (t.budget) }
                    (self.choices())
                }
                (buttons(t.save, "primary", self.back, t.cancel))
            }
        }
    }

    fn choices(&self) -> Markup {
        let t = text();
        let (inherited, source) = resolve_inherited(Cap::BUDGET, self.person.role, self.given);
        let used = credits(self.person.budget_used);
        let without = fill(common().budget_unlimited, &[&used]);
        let of = |limit: &str| fill(common().budget_of, &[&used, limit]);
        let shown = match inherited {
            Amount::AtMost(limit) => of(&credits(limit)),
            Amount::Unlimited => without.clone(),
        };
        let as_inherited = fill(t.budget_is, &[&inherited.shown(Cap::BUDGET), &source.words()]);
        let amount = match self.typed.value("amount") {
            "" if self.is() == "own" => self.budget,
            typed => typed,
        };
        let field = html! {
            input #amount name="amount" value=(amount) inputmode="decimal" autocomplete="off"
                aria-label=(t.budget_amount) aria-describedby="budget-error"
                aria-invalid=(self.typed.problem("budget").is_some()) autofocus;
        };
        html! {
            (self.choice("own", t.budget_own, &of("{}"), &field))
            p .field-error #budget-error role="alert" {
                @if let Some(problem) = self.typed.problem("budget") { (problem) }
            }
            (self.choice("none", t.budget_none, &without, &html! {}))
            (self.choice("inherit", t.budget_inherit, &shown, &html! { small .hint dir="auto" { (as_inherited) } }))
        }
    }

    /// Which of the choices holds now.
    fn is(&self) -> &'static str {
        match Budget::read(self.budget) {
            Ok(Budget::Inherited) => "inherit",
            Ok(Budget::Unlimited) => "none",
            _ => "own",
        }
    }

    /// A choice, with the text that the row shows for it.
    fn choice(&self, value: &str, label: &str, shown: &str, more: &Markup) -> Markup {
        let chosen = self.typed.values("is").next().unwrap_or(self.is());
        html! {
            label .choice {
                input type="radio" name="is" value=(value) checked[chosen == value] data-shown=(shown);
                span { b { (label) } (more) }
            }
        }
    }
}

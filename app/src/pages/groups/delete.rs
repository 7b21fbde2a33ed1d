//! `/groups/<id>/delete`: what goes, before it does.

use maud::{Markup, html};
use model::Problem;
use model::format::count;
use model::groups::Group;
use model::rights::Refusal;
use model::text::fill;
use model::text::groups::text;

use super::parts::head;
use super::{ADDRESS, way};
use crate::components::fields::buttons;
use crate::components::problem_note;

/// The page.
pub fn delete(
    group: &Group,
    rules: Option<&[String]>,
    problem: Option<&Problem>,
    with_people: bool,
) -> Markup {
    let t = text();
    let back = format!("{ADDRESS}/{}", group.id);
    let crumbs = way(with_people, &[(t.title, ADDRESS), (&group.name, &back)]);
    html! {
        div .groups {
            (head(&fill(t.delete_title, &[&group.name]), t.delete_lead, &crumbs, &html! {}))
            @if let Some(problem) = problem { (problem_note(problem)) }
            @if let Some(rules) = rules { (confirmation(group, rules, &back)) } @else {
                p .note { (Refusal::GroupHasRules.sentence()) }
                div .row { a .btn href=(back) { (t.cancel) } }
            }
        }
    }
}

fn confirmation(group: &Group, rules: &[String], back: &str) -> Markup {
    let t = text();
    html! {
            form .card.plain-form method="post" action={ (back) "/delete" } {
                ul .goes {
                    li { (fill(t.delete_members, &[&count(group.members)])) }
                    @if !rules.is_empty() {
                        li {
                            (fill(t.delete_rules, &[&count(group.members)]))
                            ul { @for rule in rules { li { (rule) } } }
                        }
                    }
                    li { (t.delete_views) }
                }
                input type="hidden" name="members" value=(group.members);
                (buttons(t.delete_confirm, "danger", back, t.cancel))
            }
    }
}

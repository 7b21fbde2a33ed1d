//! `/groups/<id>/delete`: what goes, before it does.

use maud::{Markup, html};
use model::Problem;
use model::format::count;
use model::groups::Group;
use model::text::fill;
use model::text::groups::text;

use super::ADDRESS;
use super::parts::head;
use crate::components::fields::buttons;
use crate::components::problem_note;

/// The page.
pub fn delete(group: &Group, rules: Option<(usize, usize)>, problem: Option<&Problem>) -> Markup {
    let t = text();
    let back = format!("{ADDRESS}/{}", group.id);
    let crumbs = [(t.users, "/users"), (t.title, ADDRESS), (group.name.as_str(), back.as_str())];
    html! {
        div .groups {
            (head(&fill(t.delete_title, &[&group.name]), t.delete_lead, &crumbs, &html! {}))
            @if let Some(problem) = problem { (problem_note(problem)) }
            form .card.plain-form method="post" action={ (back) "/delete" } {
                ul .goes {
                    li { (fill(t.delete_members, &[&count(group.members)])) }
                    @if let Some((permissions, limits)) = rules {
                        li { (fill(t.delete_rules, &[&permissions.to_string(), &limits.to_string()])) }
                    }
                    li { (t.delete_views) }
                }
                input type="hidden" name="members" value=(group.members);
                (buttons(t.delete_confirm, "danger", &back, t.cancel))
            }
        }
    }
}

//! `/groups/<id>`: who is in it, what it gives, and how it is called.

use maud::{Markup, html};
use model::form::Typed;
use model::format::{count, counted};
use model::groups::Group;
use model::rights::Refusal;
use model::text::fill;
use model::text::groups::text;

use super::members::{add, members, members_closed};
use super::parts::{head, people_of};
use super::{ADDRESS, GroupView, way};
use crate::components::fields::{Field, Line, line, lines, other_problems};

/// What the forms of the page show problems of by themselves.
const SHOWN: &[&str] = &["name", "description", "entries"];

/// The page.
pub fn one(view: &GroupView) -> Markup {
    let t = text();
    let group = &view.group;
    let with_people = view.members.is_some();
    let actions = html! {
        @if with_people { a .btn href=(people_of(&group.name)) { (t.on_users_page) } }
    };
    html! {
        div .groups {
            (head(&group.name, &group.description, &way(with_people, &[(t.title, ADDRESS)]), &actions))
            (other_problems(SHOWN, &view.typed))
            @match &view.members {
                Some(page) => { (members(view, page)) }
                None => { (members_closed(group.members)) }
            }
            @if !view.may_move() {
                p .note { (Refusal::GroupHasRules.sentence()) }
            } @else if with_people { (add(view)) }
            @if view.of_all { (gives(group)) }
            (rename(group, &view.typed, view.may_move()))
        }
    }
}

fn gives(group: &Group) -> Markup {
    let t = text();
    let line = |what: &str, label: &str, set: i64| {
        html! {
            a .card.choice-link href={ (ADDRESS) "/" (group.id) "/" (what) } {
                b { (label) }
                span .muted { (fill(t.permissions_set, &[&count(set)])) }
            }
        }
    };
    html! {
        section {
            h2 { (t.rules_title) }
            div .links {
                (line("permissions", t.permissions, group.permissions))
                (line("limits", t.limits, group.limits))
            }
            p .hint { (if group.has_rules() { t.rules_close } else { t.rules_would_close }) }
        }
    }
}

fn rename(group: &Group, typed: &Typed, may_delete: bool) -> Markup {
    let t = text();
    let is_sent = typed.has("form", "name");
    let shown = if is_sent {
        typed.clone()
    } else {
        Typed::default()
            .with("name", group.name.clone())
            .with("description", group.description.clone())
    };
    html! {
        section {
            h2 { (t.rename_title) }
            form .card.plain-form method="post" action={ (ADDRESS) "/" (group.id) } data-guard {
                input type="hidden" name="form" value="name";
                input type="hidden" name="version" value=(group.version);
                (line(Field::new("name", t.name).required(), Line::Text, &shown))
                (lines(Field::new("description", t.description).hint(t.description_hint), 3, &shown))
                div .row.buttons {
                    button .btn.primary type="submit" { (t.save) }
                    @if may_delete {
                        a .btn.danger href={ (ADDRESS) "/" (group.id) "/delete" } { (t.delete) }
                    }
                }
            }
        }
    }
}

/// How many members, in words.
pub fn members_label(members: i64) -> String {
    let t = text();
    counted(members, t.members_one, t.members_many)
}

//! `/groups`: those there are, and the form for a new one.

use maud::{Markup, html};
use model::form::Typed;
use model::format::count;
use model::groups::Group;
use model::text::fill;
use model::text::groups::text;

use super::parts::{head, people_of, search};
use super::{ADDRESS, GroupsView};
use crate::components::fields::{Field, Line, line, lines};
use crate::components::{Icon, nothing};

/// The page.
pub fn list(view: &GroupsView) -> Markup {
    let t = text();
    let (lead, none_why) = match (view.of_all, view.with_people) {
        (true, _) => (t.lead, t.none_why),
        (false, true) => (t.lead_manager, t.none_manager),
        (false, false) => (t.lead_only_groups, t.none_only_groups),
    };
    let is_refused = !view.typed.problems().is_empty();
    html! {
        div .groups {
            (head(t.title, lead, &[], &html! {}))
            details .card .new open[is_refused] {
                summary .btn.primary { (t.create_title) }
                (create(&view.typed))
            }
            div .over {
                (search(ADDRESS, "q", t.search, &view.term, &[]))
                @if !view.term.is_empty() { a .btn.ghost href=(ADDRESS) { (t.show_all) } }
            }
            @if view.groups.groups.is_empty() && view.term.is_empty() {
                (nothing(Icon::GROUPS, t.none, none_why, &html! {}))
            } @else if view.groups.groups.is_empty() {
                p .muted { (t.none_found) }
            } @else {
                (table(&view.groups.groups, view.with_people))
            }
            @if view.groups.more > 0 { p .muted { (fill(t.more, &[&count(view.groups.more)])) } }
        }
    }
}

fn create(typed: &Typed) -> Markup {
    let t = text();
    html! {
        form .plain-form method="post" action=(ADDRESS) data-guard {
            (line(Field::new("name", t.name).required(), Line::Text, typed))
            (lines(Field::new("description", t.description).hint(t.description_hint), 3, typed))
            div .row { button .btn.primary type="submit" { (t.create) } }
        }
    }
}

fn table(groups: &[Group], with_people: bool) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-label=(t.title) {
            table {
                thead { tr {
                    th scope="col" { (t.column_name) }
                    th scope="col" { (t.column_description) }
                    th .num scope="col" { (t.column_members) }
                } }
                tbody {
                    @for group in groups {
                        tr {
                            th scope="row" {
                                a .clip href={ (ADDRESS) "/" (group.id) } dir="auto" { (group.name) }
                            }
                            td { span .clip.muted dir="auto" title=(group.description) { (group.description) } }
                            td .num {
                                @if with_people {
                                    a href=(people_of(&group.name)) { (count(group.members)) }
                                } @else {
                                    (count(group.members))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

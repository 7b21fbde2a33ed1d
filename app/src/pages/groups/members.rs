//! The members of a group, to be looked through and removed, and the people who can be added.

use maud::{Markup, html};
use model::format::count;
use model::groups::MembersChanged;
use model::text::fill;
use model::text::groups::text;
use model::url::{Printer, join};
use model::users::{UserRow, UsersPage};

use super::one::members_label;
use super::parts::{person, search};
use super::{ADDRESS, Found, GroupView};
use crate::components::fields::{Field, lines};
use crate::components::{role_badge, status_badge};

/// How many of those who were not added are named.
const NAMED: usize = 20;

/// In its place, for whoever looks after groups alone.
pub fn members_closed(members: i64) -> Markup {
    let t = text();
    html! {
        section #members {
            h2 { (t.members) " " span .count { (members_label(members)) } }
            p .note { (t.members_closed) }
        }
    }
}

/// The section with a page of the members.
pub fn members(view: &GroupView, page: &UsersPage) -> Markup {
    let t = text();
    let path = format!("{ADDRESS}/{}", view.group.id);
    let looked_for = view.found.as_ref().map_or("", |found| &found.term);
    html! {
        section #members {
            h2 { (t.members) " " span .count { (members_label(view.group.members)) } }
            @if view.group.members > 0 {
                (search(&path, "q", t.members_search, &view.term, &[("add", looked_for)]))
            }
            @if page.rows.is_empty() {
                p .muted { (if view.term.is_empty() { t.members_none } else { t.members_none_found }) }
            } @else if !view.may_move() {
                (table(&page.rows, t.members, |_| Some("")))
                div .over { (pager(view, page, &path)) }
            } @else {
                form method="post" action={ (path) "/remove" } {
                    (table(&page.rows, t.members, |_| None))
                    div .over {
                        button .btn.danger type="submit" { (t.remove) }
                        (pager(view, page, &path))
                    }
                }
            }
        }
    }
}

/// The section that adds people.
pub fn add(view: &GroupView) -> Markup {
    let t = text();
    let path = format!("{ADDRESS}/{}", view.group.id);
    let looked_for = view.found.as_ref().map_or("", |found| &found.term);
    html! {
        section #add {
            h2 { (t.add_title) }
            @if let Some(outcome) = &view.outcome { (told(outcome)) }
            (search(&format!("{path}#add"), "add", t.add_search, looked_for, &[("q", &view.term)]))
            @if let Some(found) = &view.found { (results(found, &path)) }
            form .card.plain-form method="post" action={ (path) "/add#add" } data-guard {
                (lines(Field::new("entries", t.paste_label).hint(t.paste_hint), 4, &view.typed))
                div .row { button .btn type="submit" { (t.paste) } }
            }
        }
    }
}

fn results(found: &Found, path: &str) -> Markup {
    let t = text();
    let shown = count(found.people.len());
    let already = |row: &UserRow| found.are_in.contains(&row.id).then_some(t.is_member);
    html! {
        @if found.people.is_empty() {
            p .muted role="status" { (t.add_none) }
        } @else {
            form method="post" action={ (path) "/add" } {
                (table(&found.people, t.add_title, already))
                @if found.more { p .muted { (fill(t.add_more, &[&shown])) } }
                div .over { button .btn.primary type="submit" { (t.add_ticked) } }
            }
        }
    }
}

fn told(outcome: &MembersChanged) -> Markup {
    let t = text();
    let counts = [count(outcome.changed), count(outcome.unchanged)];
    html! {
        div .note role="status" {
            p { (fill(t.outcome, &[&counts[0], &counts[1]])) }
            @if outcome.refused > 0 { p { (fill(t.outcome_refused, &[&count(outcome.refused)])) } }
            (names(t.outcome_deleted, &outcome.deleted))
            (names(t.outcome_unknown, &outcome.unknown))
        }
    }
}

/// What of a list was not added, with the first of it by name.
fn names(sentence: &str, names: &[String]) -> Markup {
    let first = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(NAMED);
    html! {
        @if !names.is_empty() {
            p {
                (fill(sentence, &[&count(names.len())])) " "
                bdi { (first) }
                @if more > 0 { " " (fill(text().outcome_more, &[&count(more)])) } @else { "." }
            }
        }
    }
}

/// People with a box each; those who can't be ticked have a word in its place.
fn table(
    people: &[UserRow],
    label: &str,
    instead: impl Fn(&UserRow) -> Option<&'static str>,
) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-label=(label) {
            table {
                thead { tr {
                    th scope="col" { span .visually-hidden { (t.chosen) } }
                    th scope="col" { (t.column_person) }
                    th scope="col" { (t.column_email) }
                    th scope="col" { (t.column_role) }
                    th scope="col" { (t.column_status) }
                } }
                tbody {
                    @for row in people {
                        tr {
                            td {
                                @if let Some(word) = instead(row) {
                                    span .muted { (word) }
                                } @else {
                                    input type="checkbox" name="person" value=(row.id)
                                        aria-label=(fill(t.choose, &[&row.name]));
                                }
                            }
                            th scope="row" { (person(row)) }
                            td { span .clip.muted dir="ltr" { (row.email) } }
                            td { (role_badge(row.role)) }
                            td { (status_badge(row.status)) }
                        }
                    }
                }
            }
        }
    }
}

fn pager(view: &GroupView, members: &UsersPage, path: &str) -> Markup {
    let t = text();
    if members.previous.is_none() && members.next.is_none() {
        return Markup::default();
    }
    let href = |page: &str| {
        let mut out = Printer::default();
        out.option("q", Some(view.term.as_str()).filter(|term| !term.is_empty()));
        out.option("page", Some(page).filter(|page| !page.is_empty()));
        format!("{}#members", join(path, &out.finish()))
    };
    let link = |page: Option<&str>, label: &str| {
        html! {
            @if let Some(page) = page {
                a .btn.small href=(href(page)) { (label) }
            } @else {
                span .btn.small aria-disabled="true" { (label) }
            }
        }
    };
    html! {
        nav .pages aria-label=(t.pages) {
            (link(members.previous.as_ref().map(|_| ""), t.first))
            (link(members.previous.as_deref(), t.previous))
            (link(members.next.as_deref(), t.next))
            (link(members.next.as_ref().map(|_| "last"), t.last))
        }
    }
}

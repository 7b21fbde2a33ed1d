//! One entry of the log: a line that opens into all that it says.

use maud::{Markup, html};
use model::audit::{AuditEntry, AuditQuery, FieldChange, Said, Someone};
use model::format::count;
use model::lists::ListKind;
use model::query::UsersQuery;
use model::text::audit::{deed, field, text};
use model::text::fill;

use super::fold;
use crate::components::{Icon, icon};
use crate::pages::users::title;

/// How many letters of changes a closed line shows, about as many as it has room for.
const GIST: usize = 72;

/// The entry, or all of its part where it stands for those.
pub fn entry(entry: &AuditEntry, query: &AuditQuery, is_open: bool) -> Markup {
    html! {
        li {
            details #{ "entry-" (entry.id) } open[is_open] {
                summary {
                    time datetime=(entry.at.machine()) { (entry.at.clock()) }
                    span .what { (name(&entry.actor)) " " (what(entry)) }
                    span .gist dir="auto" { (gist(entry)) }
                    (icon(Icon::DOWN))
                }
                div .said {
                    @match &entry.folded {
                        Some(folded) => { (fold::all(entry, folded, query)) }
                        None => { (alone(entry, query)) }
                    }
                }
            }
        }
    }
}

fn alone(entry: &AuditEntry, query: &AuditQuery) -> Markup {
    html! {
        @if entry.is_blanked { p .note { (text().blanked) } }
        @if !entry.changes.is_empty() { (changes(&entry.changes)) }
        dl .facts { (details(entry)) (facts(entry)) }
        (links(entry, query))
    }
}

/// What was done to whom, as the sentence goes on behind the name of who did it.
fn what(entry: &AuditEntry) -> Markup {
    if let Some(folded) = &entry.folded
        && let Some(what) = fold::what(folded)
    {
        return html! { (what) };
    }
    let (before, after) = deed(&entry.action);
    let object = match (&entry.target, &entry.object) {
        (Some(target), _) if target.id == entry.actor.id => html! { (text().themselves) },
        (Some(target), _) => html! { b .name dir="auto" { (called(target)) } },
        (None, Some(object)) => html! { b .name dir="auto" { (object) } },
        (None, None) => html! { (text().someone) },
    };
    html! {
        (before)
        @if let Some(after) = after { (object) (after) }
    }
}

/// The name of somebody, or what stands for it.
pub fn name_of(someone: &Someone) -> String {
    let t = text();
    match (someone.id, someone.name.as_str()) {
        (0, "") => t.nobody.to_owned(),
        (id, "") => fill(t.deleted_person, &[&id.to_string()]),
        (_, name) => name.to_owned(),
    }
}

/// The same within a sentence, which need not say that they are deleted: it may be what it is about.
fn called(someone: &Someone) -> String {
    match (someone.id, someone.name.as_str()) {
        (id @ 1.., "") => fill(text().object_person, &[&id.to_string()]),
        _ => name_of(someone),
    }
}

/// Which entries somebody is asked about.
#[derive(Clone, Copy)]
enum Doing {
    By,
    On,
}

impl Doing {
    fn href(self, id: i64) -> String {
        let mut query = AuditQuery::default();
        match self {
            Self::By => query.by = Some(id),
            Self::On => query.person = Some(id),
        }
        query.href()
    }
}

/// The name on the closed line, which is a button as a whole: its links are in what it opens into.
fn name(someone: &Someone) -> Markup {
    html! { b .name dir="auto" { (name_of(someone)) } }
}

fn person(id: i64) -> String {
    format!("/users?tab=all&person={id}")
}

/// Whoever signs in does so to themselves, which need not be said.
fn other_than_the_actor(entry: &AuditEntry) -> Option<&Someone> {
    entry.target.as_ref().filter(|target| target.id != entry.actor.id)
}

/// The changes in the order of the closed line: that of the status, which brings others along, says most.
fn by_weight(changes: &[FieldChange]) -> Vec<&FieldChange> {
    let status = field("status");
    let mut changes: Vec<_> = changes.iter().collect();
    changes.sort_by_key(|change| change.field != status);
    changes
}

/// How many of the changes a closed line has room for, the first in any case.
fn fitting(changes: &[&FieldChange]) -> usize {
    let letters =
        |value: &Option<Said>| value.as_ref().map_or(text().nothing, Said::text).chars().count();
    let mut room = GIST;
    let fits = |change: &&&FieldChange| {
        let length = change.field.chars().count() + letters(&change.old) + letters(&change.new);
        let had_room = room;
        room = room.saturating_sub(length);
        had_room == GIST || length <= had_room
    };
    changes.iter().take_while(fits).count()
}

/// The most important of what it says, for the closed line.
fn gist(entry: &AuditEntry) -> Markup {
    let shown = |value: &Option<Said>| match value {
        Some(value) => said(value, false),
        None => html! { (text().nothing) },
    };
    let changes = by_weight(&entry.changes);
    let fitting = fitting(&changes);
    html! {
        @if let Some(folded) = &entry.folded {
            (fold::called(folded))
        } @else if !changes.is_empty() {
            @for (i, change) in changes.iter().take(fitting).enumerate() {
                @if i > 0 { " · " }
                (change.field) ": " (shown(&change.old)) " → " (shown(&change.new))
            }
            @if changes.len() > fitting {
                " " (fill(text().more, &[&(changes.len() - fitting).to_string()]))
            }
        } @else if let Some((name, value)) = further(entry) {
            (name) ": " (said(value, false))
        }
    }
}

/// The first of what it says that the sentence does not say already.
fn further(entry: &AuditEntry) -> Option<&(String, Said)> {
    let object = entry.object.as_deref().unwrap_or_default();
    entry.details.iter().find(|(_, value)| !object.contains(value.text()))
}

/// What a view is called; one of a list by what list that is.
fn view_title(query: &UsersQuery) -> String {
    match &query.list {
        Some(list) => ListKind::of(list).label(),
        None => title(query),
    }
}

/// A value, as a link where it leads somewhere and may.
pub fn said(value: &Said, may_lead: bool) -> Markup {
    let (shown, href) = match value {
        Said::Text(text) => (text.clone(), None),
        Said::Link(text, href) => (text.clone(), Some(href.clone())),
        Said::View(query) => {
            (view_title(&UsersQuery::read(query).0), Some(model::url::join("/users", query)))
        }
    };
    html! {
        @match href.filter(|_| may_lead) {
            Some(href) => { a href=(href) dir="auto" { (shown) } }
            None => { span dir="auto" { (shown) } }
        }
    }
}

fn changes(changes: &[FieldChange]) -> Markup {
    let t = text();
    let value = |value: &Option<Said>| {
        html! {
            @match value {
                Some(value) => { (said(value, true)) }
                None => { span .muted { (t.nothing) } }
            }
        }
    };
    html! {
        table .changes {
            caption .visually-hidden { (t.changes) }
            thead { tr {
                th scope="col" { (t.field) } th scope="col" { (t.old) } th scope="col" { (t.new) }
            } }
            tbody {
                @for change in changes {
                    tr {
                        th scope="row" { (change.field) }
                        td { del { (value(&change.old)) } }
                        td { ins { (value(&change.new)) } }
                    }
                }
            }
        }
    }
}

/// What it says beside the changes.
pub fn details(entry: &AuditEntry) -> Markup {
    html! {
        @for (name, value) in &entry.details {
            div { dt { (name) } dd { (said(value, true)) } }
        }
    }
}

fn facts(entry: &AuditEntry) -> Markup {
    let t = text();
    html! {
        @if let Some(part) = entry.part {
            div {
                dt { (t.part) }
                dd { a href=(fold::entries(part).href()) { (fold::label(part)) } }
            }
        }
        @if !entry.address.is_empty() { div { dt { (t.address) } dd { (entry.address) } } }
        div { dt { (t.time) } dd { (entry.at.minute()) } }
        div {
            dt { (t.chip_entry) }
            dd { (count(entry.id)) " · " code { (entry.action) } }
        }
        div { dt { (t.hash) } dd { code .hash { (entry.hash) } } }
    }
}

/// To whom it is about and who did it: the person, what they did, and what was done to them.
fn links(entry: &AuditEntry, query: &AuditQuery) -> Markup {
    let people = other_than_the_actor(entry).into_iter().chain([&entry.actor]);
    html! {
        div .row {
            @for someone in people { (links_of(someone)) }
            @if query.entry.is_none() {
                @let only = AuditQuery { entry: Some(entry.id), ..AuditQuery::default() };
                (button(&only.href(), text().only_this))
            }
        }
    }
}

/// To a person, to what they did, and to what was done to them.
pub fn links_of(someone: &Someone) -> Markup {
    let (t, name) = (text(), name_of(someone));
    html! {
        @if someone.is_there { (button(&person(someone.id), &fill(t.open_person, &[&name]))) }
        (button(&Doing::By.href(someone.id), &fill(t.all_by, &[&name])))
        @if someone.id > 0 { (button(&Doing::On.href(someone.id), &fill(t.all_on, &[&name]))) }
    }
}

fn button(href: &str, label: &str) -> Markup {
    html! { a .btn.small href=(href) { (label) } }
}

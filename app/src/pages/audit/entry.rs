//! One entry of the log: a line that opens into all that it says.

use maud::{Markup, html};
use model::audit::{AuditEntry, AuditQuery, FieldChange, Someone};
use model::format::count;
use model::text::audit::{action, field, text};
use model::text::fill;

use crate::components::{Icon, icon};

/// The entry.
pub fn entry(entry: &AuditEntry, query: &AuditQuery, is_open: bool) -> Markup {
    let t = text();
    html! {
        li {
            details #{ "entry-" (entry.id) } open[is_open] {
                summary {
                    time datetime=(entry.at.machine()) { (entry.at.clock()) }
                    span .what {
                        b dir="auto" { (name_of(&entry.actor)) } " " (action(&entry.action))
                        @if let Some(target) = other_than_the_actor(entry) {
                            " " b dir="auto" { (name_of(target)) }
                        }
                    }
                    span .gist dir="auto" { (gist(entry)) }
                    (icon(Icon::DOWN))
                }
                div .said {
                    @if entry.is_blanked { p .note { (t.blanked) } }
                    @if !entry.changes.is_empty() { (changes(&entry.changes)) }
                    (facts(entry))
                    (links(entry, query))
                }
            }
        }
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

/// Whoever signs in does so to themselves, which need not be said.
fn other_than_the_actor(entry: &AuditEntry) -> Option<&Someone> {
    entry.target.as_ref().filter(|target| target.id != entry.actor.id)
}

/// The most important of what it says, for the closed line.
fn gist(entry: &AuditEntry) -> String {
    let changes = entry.changes.iter().map(|change| field(&change.field));
    let told: Vec<String> = if entry.changes.is_empty() {
        let telling = entry.details.iter().filter(|(name, _)| name != "device");
        telling.take(1).map(|(_, value)| value.clone()).collect()
    } else {
        changes.collect()
    };
    told.join(", ")
}

fn changes(changes: &[FieldChange]) -> Markup {
    let t = text();
    let value = |value: &Option<String>| {
        html! {
            @match value {
                Some(value) => { span dir="auto" { (value) } }
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
                        th scope="row" { (field(&change.field)) }
                        td { del { (value(&change.old)) } }
                        td { ins { (value(&change.new)) } }
                    }
                }
            }
        }
    }
}

fn facts(entry: &AuditEntry) -> Markup {
    let t = text();
    html! {
        dl .facts {
            @for (name, value) in &entry.details {
                div { dt { (field(name)) } dd dir="auto" { (value) } }
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
}

fn links(entry: &AuditEntry, query: &AuditQuery) -> Markup {
    let t = text();
    let all = |change: &dyn Fn(&mut AuditQuery)| {
        let mut query = AuditQuery::default();
        change(&mut query);
        query.href()
    };
    html! {
        div .row {
            @if let Some(target) = &entry.target {
                @if target.is_there {
                    a .btn.small href={ "/users?tab=all&person=" (target.id) } {
                        (fill(t.open_person, &[&name_of(target)]))
                    }
                }
                a .btn.small href=(all(&|query| query.person = Some(target.id))) {
                    (fill(t.all_on, &[&name_of(target)]))
                }
            }
            a .btn.small href=(all(&|query| query.by = Some(entry.actor.id))) {
                (fill(t.all_by, &[&name_of(&entry.actor)]))
            }
            @if other_than_the_actor(entry).is_some() && entry.actor.is_there {
                a .btn.small href={ "/users?tab=all&person=" (entry.actor.id) } {
                    (fill(t.open_person, &[&name_of(&entry.actor)]))
                }
            }
            @if query.entry.is_none() {
                a .btn.small href=(all(&|query| query.entry = Some(entry.id))) { (t.only_this) }
            }
        }
    }
}

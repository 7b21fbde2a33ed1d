//! All entries of a mass change, an import or a list as one line: what was done to how many, and the
//! ways to the single entries.

use maud::{Markup, html};
use model::audit::{AuditEntry, AuditQuery, Folded, Part};
use model::bulk::{Work, people};
use model::format::count;
use model::text::audit::{action, done_to, text};
use model::text::fill;

use super::entry::{details, links_of};

/// What entries of a part are called together.
pub fn label(part: Part) -> String {
    let t = text();
    match part {
        Part::Bulk(id) => fill(t.part_bulk, &[&id.to_string()]),
        Part::Import(id) => fill(t.part_import, &[&id.to_string()]),
        Part::Together(_) => t.part_together.to_owned(),
    }
}

/// The same with what a mass change does; what an undo takes back, its sentence says.
pub fn called(folded: &Folded) -> String {
    match folded.bulk.as_ref().filter(|bulk| !matches!(bulk.work, Work::Undo(_))) {
        Some(bulk) => format!("{}: {}", label(folded.part), bulk.label()),
        None => label(folded.part),
    }
}

/// The query for the single entries.
pub fn entries(part: Part) -> AuditQuery {
    AuditQuery { part: Some(part), ..AuditQuery::default() }
}

/// What was done, and to how many: `suspended 10,000 people`; `None` where nothing was done to people.
pub fn what(folded: &Folded) -> Option<String> {
    let t = text();
    let deeds: Vec<_> = folded.people().collect();
    let most = deeds.iter().map(|deed| deed.entries).max()?;
    let whom = people(u64::try_from(most).unwrap_or(0));
    let bulk = folded.bulk.as_ref();
    Some(match (bulk.map(|bulk| (&bulk.work, bulk.undoes.as_str())), deeds.as_slice()) {
        (Some((Work::Undo(id), "")), _) => fill(t.folded_undid, &[&id.to_string(), &whom]),
        (Some((Work::Undo(id), undone)), _) => {
            fill(t.folded_undid_what, &[&id.to_string(), undone, &whom])
        }
        (_, [deed]) => done_to(&deed.action, &whom),
        _ => fill(t.folded_changed, &[&whom]),
    })
}

/// What the line opens into.
pub fn all(entry: &AuditEntry, folded: &Folded, query: &AuditQuery) -> Markup {
    let t = text();
    let part = folded.part;
    let every = AuditQuery { search: query.search.clone(), ..entries(part) };
    html! {
        table .changes {
            caption .visually-hidden { (t.folded_entries) }
            thead { tr { th scope="col" { (t.folded_entries) } th scope="col" { (t.folded_count) } } }
            tbody {
                @for deed in &folded.deeds {
                    @let of_deed = AuditQuery { action: deed.action.clone(), ..every.clone() };
                    tr {
                        th scope="row" { a href=(of_deed.href()) { (action(&deed.action)) } }
                        td { (count(deed.entries)) }
                    }
                }
            }
        }
        dl .facts {
            // Those of one person out of many would be taken for those of all.
            @if entry.target.is_none() { (details(entry)) }
            @if !entry.address.is_empty() { div { dt { (t.address) } dd { (entry.address) } } }
            div { dt { (t.time) } dd { (entry.at.minute()) } }
        }
        div .row {
            a .btn.small href=(every.href()) { (fill(t.folded_all, &[&count(folded.entries())])) }
            @if let Some(href) = part.href() {
                a .btn.small href=(href) { (fill(t.folded_open, &[&label(part)])) }
            }
            (links_of(&entry.actor))
        }
    }
}

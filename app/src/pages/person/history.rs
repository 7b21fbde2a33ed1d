//! The newest entries of the audit log about a person: what, by whom, and each field as it was and is.

use maud::{Markup, html};
use model::audit::{AuditEntry, AuditQuery, Said};
use model::format::WallTime;
use model::text::audit::{action, text as audit};
use model::text::fill;
use model::text::person::text;
use model::text::text as common;

use crate::pages::audit::{name_of, said};
use crate::pages::users::ago;

/// How many entries the panel shows; the log has all of them.
const SHOWN: usize = 12;

/// The section.
pub fn history(id: i64, entries: &[AuditEntry], now: WallTime) -> Markup {
    let t = text();
    let all = AuditQuery { person: Some(id), ..AuditQuery::default() }.href();
    html! {
        section {
            h3 { (t.history) " " a href=(all) rel="external" { (t.whole_history) } }
            @if entries.is_empty() { p .muted { (t.no_history) } }
            ol .history { @for one in entries.iter().take(SHOWN) { li { (entry(one, now)) } } }
        }
    }
}

fn entry(entry: &AuditEntry, now: WallTime) -> Markup {
    let value = |value: &Option<Said>| match value {
        Some(value) => said(value, false),
        None => html! { (common().none) },
    };
    html! {
        b { (action(&entry.action)) } " "
        span dir="auto" { (fill(audit().by_whom, &[&name_of(&entry.actor)])) } " "
        (ago(Some(entry.at), now))
        @for change in &entry.changes {
            p .from-to {
                (change.field) ": " del { (value(&change.old)) } " → " ins { (value(&change.new)) }
            }
        }
    }
}

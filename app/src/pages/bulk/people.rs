//! The people of a mass change, in a table: what would become of each, or what came of them, each with what
//! they were and what they are then.

use maud::{Markup, html};
use model::audit::{FieldChange, Said};
use model::bulk::{Outcome, Row};
use model::text::bulk::text;
use model::text::fill;

use super::jobs::number;
use crate::pages::audit::said;

/// What would become of the first people.
pub fn foreseen(people: &[Row]) -> Markup {
    let t = text();
    let outcome = |outcome| match outcome {
        Outcome::Changed => t.would_change,
        Outcome::Unchanged | Outcome::Skipped => outcome.label(),
    };
    table(people, [t.first, t.column_from_to, t.column_outcome], outcome)
}

/// What came of the first people.
pub fn came(rows: &[Row]) -> Markup {
    let t = text();
    table(rows, [t.results, t.column_was_to, t.column_came], Outcome::label)
}

fn table(
    rows: &[Row],
    [title, of_changes, of_outcome]: [&str; 3],
    label: impl Fn(Outcome) -> &'static str,
) -> Markup {
    let t = text();
    html! {
        section #came data-live {
            h2 #people { (fill(title, &[&number(rows.len() as u64)])) }
            div .card.sheet-table tabindex="0" role="region" aria-labelledby="people" {
                table {
                    thead { tr {
                        th scope="col" { (t.column_person) }
                        th scope="col" { (of_changes) }
                        th scope="col" { (of_outcome) }
                    } }
                    tbody {
                        @for row in rows {
                            tr {
                                (person(row))
                                td { @for change in &row.changes { (from_to(change)) } }
                                @match row.outcome {
                                    Some(outcome) => { (became(row, outcome, label(outcome))) }
                                    None => { td .muted { (t.waiting) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn person(row: &Row) -> Markup {
    let t = text();
    html! {
        th scope="row" {
            @if row.name.is_empty() {
                span .muted { "#" (row.id) " (" (if row.is_withheld { t.withheld } else { t.gone }) ")" }
            } @else {
                a .clip href={ "/users?tab=all&person=" (row.id) } dir="auto" { (row.name) }
            }
        }
    }
}

fn became(row: &Row, outcome: Outcome, label: &str) -> Markup {
    let class = match outcome {
        Outcome::Changed => "badge good",
        Outcome::Unchanged => "badge",
        Outcome::Skipped => "badge warn",
    };
    html! {
        td .reason {
            span class=(class) { (label) }
            @if let Some(reason) = row.reason { " " span .muted { (reason.sentence()) } }
        }
    }
}

fn from_to(change: &FieldChange) -> Markup {
    let value = |value: &Option<Said>| match value {
        Some(value) => said(value, false),
        None => html! { (text().empty) },
    };
    html! {
        span .from-to {
            (change.field) ": " del { (value(&change.old)) } " → " ins { (value(&change.new)) }
        }
    }
}

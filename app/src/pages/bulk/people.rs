//! The people of a mass change, in a table: what would become of each, or what came of them.

use backend::bulk::Foreseen;
use maud::{Markup, html};
use model::bulk::{Outcome, Row};
use model::format::counted;
use model::limits::Cap;
use model::people::{Role, Status};
use model::permissions::Choice;
use model::rights::Refusal;
use model::text::bulk::text;

fn person(id: i64, name: &str, is_withheld: bool) -> Markup {
    let t = text();
    html! {
        th scope="row" {
            @if name.is_empty() {
                span .muted { "#" (id) " (" (if is_withheld { t.withheld } else { t.gone }) ")" }
            } @else {
                a .clip href={ "/users?tab=all&person=" (id) } dir="auto" { (name) }
            }
        }
    }
}

fn became(outcome: Outcome, reason: Option<Refusal>) -> Markup {
    badge(outcome, outcome.label(), reason)
}

/// The same before anybody is changed.
fn becomes(outcome: Outcome, reason: Option<Refusal>) -> Markup {
    let label = match outcome {
        Outcome::Changed => text().would_change,
        Outcome::Unchanged | Outcome::Skipped => outcome.label(),
    };
    badge(outcome, label, reason)
}

fn badge(outcome: Outcome, label: &str, reason: Option<Refusal>) -> Markup {
    let class = match outcome {
        Outcome::Changed => "badge good",
        Outcome::Unchanged => "badge",
        Outcome::Skipped => "badge warn",
    };
    html! {
        td .reason {
            span class=(class) { (label) }
            @if let Some(reason) = reason { " " span .muted { (reason.sentence()) } }
        }
    }
}

/// What would become of the first people.
pub fn foreseen(people: &[Foreseen]) -> Markup {
    let t = text();
    html! {
        section {
            h2 #people { (counted(people.len(), t.first_one, t.first)) }
            div .card.sheet-table tabindex="0" role="region" aria-labelledby="people" {
                table {
                    thead { tr {
                        th scope="col" { (t.column_person) }
                        th scope="col" { (t.column_from_to) }
                        th scope="col" { (t.column_outcome) }
                    } }
                    tbody {
                        @for one in people {
                            tr {
                                (person(one.id, &one.name, one.reason != Some(Refusal::Gone)))
                                td { @for (field, was, is) in &one.fields { (from_to(field, was, is)) } }
                                (becomes(one.outcome, one.reason))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn from_to(field: &str, was: &str, is: &str) -> Markup {
    let t = text();
    let label = match field {
        "status" => t.field_status,
        "role" => t.field_role,
        "licence" => t.field_licence,
        "seat_remembered" => t.field_seat_remembered,
        "paying" => t.field_paying,
        "budget" => t.field_budget,
        "expiry" => t.field_expiry,
        "group" => t.field_group,
        other => &limited(other),
    };
    html! {
        span .from-to {
            (label) ": " del { (word(field, was)) } " → " ins { (word(field, is)) }
        }
    }
}

/// What is limited by a limit of this name.
fn limited(field: &str) -> String {
    Cap::from_word(field).map_or_else(|| field.to_owned(), Cap::label)
}

/// A value as the screen has it.
fn word<'w>(field: &str, value: &'w str) -> &'w str {
    let common = model::text::text();
    match field {
        "budget" if value.is_empty() => text().field_inherits,
        _ if value.is_empty() => text().empty,
        "status" => Status::from_word(value).map_or(value, |status| status.label()),
        "role" => Role::from_word(value).map_or(value, |role| role.label()),
        "licence" | "paying" | "seat_remembered" | "group" => {
            if value == "yes" {
                common.yes
            } else {
                common.no
            }
        }
        _ if value == Choice::Inherit.word() => text().field_inherits,
        _ => value,
    }
}

/// What came of the first people.
pub fn came(rows: &[Row]) -> Markup {
    let t = text();
    html! {
        section #came data-live {
            h2 #people { (counted(rows.len(), t.results_one, t.results)) }
            div .card.sheet-table tabindex="0" role="region" aria-labelledby="people" {
                table {
                    thead { tr { th scope="col" { (t.column_person) } th scope="col" { (t.column_outcome) } } }
                    tbody {
                        @for row in rows {
                            tr {
                                (person(row.id, &row.name, row.is_withheld))
                                @match row.outcome {
                                    Some(outcome) => { (became(outcome, row.reason)) }
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

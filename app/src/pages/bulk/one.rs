//! `/bulk/<id>`: what it would do, how far it is, and what came of it.

use backend::bulk::Foreseen;
use maud::{Markup, html};
use model::bulk::{Bulk, Counts, Outcome, Row, State, Work};
use model::people::{Role, Status};
use model::rights::Refusal;
use model::text::bulk::text;
use model::text::fill;

use model::form::Typed;

use super::STYLE;
use super::parts::{button, head, number, state_badge};
use crate::components::fields::{Field, Line, line};
use crate::plain::Page;

/// The people that the page shows.
#[derive(Debug)]
pub enum People {
    /// What would become of the first ones.
    Foreseen(Vec<Foreseen>),
    /// What came of the first ones.
    Came(Vec<Row>),
}

/// The page of one mass change.
#[derive(Debug)]
pub struct One {
    /// It.
    pub bulk: Bulk,
    /// Its first people.
    pub people: People,
    /// Whether what it does can be taken back.
    pub is_undoable: bool,
    /// Whether it removes people for good, which has to be confirmed.
    pub is_for_good: bool,
    /// What was typed to confirm it, and why that was refused.
    pub typed: Typed,
}

impl One {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let bulk = &self.bulk;
        let runs = bulk.state == State::Running;
        let title = bulk.work.label();
        let content = html! {
            div #bulk .import data-state=(bulk.state.word()) data-again=[runs.then_some("1")] {
                (head(&title, self.lead(), false, &html! { (state_badge(bulk.state)) }))
                @if !bulk.problem.is_empty() { p .note.bad role="alert" { (bulk.problem) } }
                (self.related())
                section .card.whole {
                    div .grow #so-far data-live {
                        @if runs { (bar(bulk)) }
                        (tally(bulk))
                    }
                    (self.go())
                }
                (self.further())
                (reasons(bulk))
                @match &self.people {
                    People::Foreseen(people) => { (foreseen(people)) }
                    People::Came(rows) => { (came(rows)) }
                }
            }
        };
        Page::new(title, "/users", content).styled(STYLE).going_on(runs)
    }

    fn lead(&self) -> &'static str {
        match self.bulk.state {
            State::Planned => text().planned_lead,
            State::Running => text().running_lead,
            _ => "",
        }
    }

    fn related(&self) -> Markup {
        let t = text();
        let change = |sentence: &str, id: i64| {
            html! { p .note { a href={ "/bulk/" (id) } { (fill(sentence, &[&id.to_string()])) } } }
        };
        html! {
            @if let Work::Undo(id) = self.bulk.work { (change(t.undoes, id)) }
            @if let Some(id) = self.bulk.undone_by { (change(t.undone_by, id)) }
        }
    }

    /// The button that has it done.
    fn go(&self) -> Markup {
        let t = text();
        let bulk = &self.bulk;
        let label = match bulk.plan.changed {
            1 => t.apply_one.to_owned(),
            n => fill(t.apply, &[&number(n)]),
        };
        html! {
            @match bulk.state {
                State::Planned if bulk.plan.changed > 0 && self.is_for_good => {
                    (self.confirm(&label))
                }
                State::Planned if bulk.plan.changed > 0 => {
                    div .go {
                        (button(bulk, "start", if self.is_undoable { "btn primary" } else { "btn destroy" }, &label))
                        p .hint { (if self.is_undoable { t.apply_hint } else { t.apply_for_good }) }
                    }
                }
                State::Planned => {
                    div .go { button .btn.primary type="button" disabled { (t.apply_none) } }
                }
                State::Running => { (button(bulk, "cancel", "btn danger", t.stop)) }
                State::Failed => { (button(bulk, "start", "btn primary", t.go_on)) }
                State::Done | State::Cancelled => {}
            }
        }
    }

    /// The button of what is for good, with the field that confirms it.
    fn confirm(&self, label: &str) -> Markup {
        let t = text();
        let bulk = &self.bulk;
        let sentence = fill(t.confirm_number, &[&bulk.plan.changed.to_string()]);
        html! {
            form .go method="post" action={ "/bulk/" (bulk.id) "/start" } {
                (line(Field::new("confirm", &sentence).required(), Line::Text, &self.typed))
                button .btn.destroy type="submit" { (label) }
                p .hint { (t.apply_for_good) }
            }
        }
    }

    /// Where to go from here.
    fn further(&self) -> Markup {
        let t = text();
        let bulk = &self.bulk;
        let can_be_undone = self.is_undoable && bulk.can_be_undone();
        let view = match bulk.query.as_str() {
            "" => "/users".to_owned(),
            query => model::url::join("/users", query),
        };
        html! {
            div .row {
                @if bulk.state == State::Planned { (button(bulk, "cancel", "btn ghost", t.discard)) }
                @if can_be_undone { (button(bulk, "undo", "btn", t.undo)) }
                @if !matches!(bulk.state, State::Planned | State::Running) {
                    a .btn href={ "/bulk/" (bulk.id) "/results.csv" } download { (t.download) }
                }
                a .btn.ghost href=(view) { (if bulk.query.is_empty() { t.back } else { t.of_view }) }
            }
            @if can_be_undone { p .hint { (t.undo_hint) } }
        }
    }
}

fn counts(bulk: &Bulk) -> &Counts {
    if bulk.state == State::Planned { &bulk.plan } else { &bulk.counts }
}

fn bar(bulk: &Bulk) -> Markup {
    let t = text();
    html! {
        progress aria-label=(t.progress_label) max=(bulk.people) value=(bulk.done) {}
        p .muted { (fill(t.progress, &[&number(bulk.done), &number(bulk.people)])) }
    }
}

fn tally(bulk: &Bulk) -> Markup {
    let t = text();
    let counts = counts(bulk);
    let changed = if bulk.state == State::Planned { t.would_change } else { t.changed };
    html! {
        dl .tally {
            @for (label, n) in [
                (changed, counts.changed),
                (t.would_stay, counts.unchanged),
                (t.would_skip, counts.all_skipped()),
            ] {
                div { dt { (label) } dd { (number(n)) } }
            }
        }
    }
}

fn reasons(bulk: &Bulk) -> Markup {
    let t = text();
    let skipped = &counts(bulk).skipped;
    html! {
        @if !skipped.is_empty() {
            section #why data-live {
                h2 #reasons { (t.reasons) }
                div .card.sheet-table role="region" aria-labelledby="reasons" {
                    table {
                        thead { tr { th scope="col" { (t.column_reason) } th .num scope="col" { (t.column_number) } } }
                        tbody {
                            @for (reason, n) in skipped {
                                tr { th .reason scope="row" { (reason.sentence()) } td .num { (number(*n)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

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

fn foreseen(people: &[Foreseen]) -> Markup {
    let t = text();
    html! {
        section {
            h2 #people { (fill(t.first, &[&number(people.len() as u64)])) }
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
        other => other,
    };
    html! {
        span .from-to {
            (label) ": " del { (word(field, was)) } " → " ins { (word(field, is)) }
        }
    }
}

/// A value as the screen has it.
fn word<'w>(field: &str, value: &'w str) -> &'w str {
    let common = model::text::text();
    match field {
        _ if value.is_empty() => text().empty,
        "status" => Status::from_word(value).map_or(value, |status| status.label()),
        "role" => Role::from_word(value).map_or(value, |role| role.label()),
        "licence" | "paying" | "seat_remembered" => {
            if value == "yes" {
                common.yes
            } else {
                common.no
            }
        }
        _ => value,
    }
}

fn came(rows: &[Row]) -> Markup {
    let t = text();
    html! {
        section #came data-live {
            h2 #people { (fill(t.results, &[&number(rows.len() as u64)])) }
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

//! `/bulk/<id>`: what it would do, how far it is, and what came of it.

use maud::{Markup, html};
use model::bulk::{Bulk, Counts, Row, State, Work, people};
use model::form::Typed;
use model::format::count;
use model::lists::ListKind;
use model::people::Tab;
use model::query::UsersQuery;
use model::text::bulk::text;
use model::text::fill;

use super::STYLE;
use super::jobs::number;
use super::parts::{button, head, state_badge};
use super::people::{came, foreseen};
use crate::components::fields::{Field, Line, line};
use crate::plain::Page;

/// The people that the page shows.
#[derive(Debug)]
pub enum People {
    /// None yet: they are being judged.
    None,
    /// What would become of the first ones.
    Foreseen(Vec<Row>),
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
    /// What goes for good with its people, and how much of it.
    pub goes: Vec<(&'static str, i64)>,
    /// What was typed to confirm it, and why that was refused.
    pub typed: Typed,
}

impl One {
    /// As a plain page.
    pub fn page(&self) -> Page {
        let bulk = &self.bulk;
        let runs = matches!(bulk.state, State::Running | State::Planning);
        let title = format!("{} {}", bulk.number(), bulk.label());
        let content = html! {
            div #bulk .jobs data-state=(bulk.state.word()) data-again=[runs.then_some("1")] {
                (head(&title, &self.lead(), false, &html! { (state_badge(bulk.state)) }))
                @if !bulk.problem.is_empty() { p .note.bad role="alert" { (bulk.problem) } }
                (self.related())
                section .card.whole {
                    div .grow #so-far data-live {
                        @if runs { (bar(bulk)) }
                        @if bulk.state != State::Planning { (tally(bulk)) }
                    }
                    (self.go())
                }
                (self.further())
                (reasons(bulk))
                @match &self.people {
                    People::None => {}
                    People::Foreseen(people) => { (foreseen(people)) }
                    People::Came(rows) => { (came(rows)) }
                }
            }
        };
        Page::new(title, "/users", content).styled(STYLE).going_on(runs)
    }

    fn lead(&self) -> String {
        let t = text();
        match self.bulk.state {
            State::Planning => t.planning_lead.to_owned(),
            State::Planned => t.planned_lead.to_owned(),
            State::Running => t.running_lead.to_owned(),
            State::Done => fill(t.done_lead, &[&people(self.bulk.counts.changed)]),
            State::Failed | State::Cancelled => String::new(),
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
        let label = bulk.deed();
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
                State::Planning => {}
                State::Running => { (button(bulk, "cancel", "btn danger", t.stop)) }
                State::Failed if self.is_for_good => { (self.confirm(t.go_on)) }
                State::Failed => {
                    div .go { (button(bulk, "start", "btn primary", t.go_on)) (self.undo()) }
                }
                State::Done | State::Cancelled => { (self.undo()) }
            }
        }
    }

    /// The way back.
    fn undo(&self) -> Markup {
        let t = text();
        html! {
            @if self.is_undoable && self.bulk.can_be_undone() {
                div .go {
                    (button(&self.bulk, "undo", "btn", t.undo))
                    p .hint { (t.undo_hint) }
                }
            }
        }
    }

    /// The button of what is for good, with what goes, and the field that confirms it.
    fn confirm(&self, label: &str) -> Markup {
        let t = text();
        let bulk = &self.bulk;
        let sentence = fill(t.confirm_number, &[&bulk.plan.changed.to_string()]);
        html! {
            form .for-good method="post" action={ "/bulk/" (bulk.id) "/start" } {
                p .note.bad { (t.goes_lead) }
                dl .goes {
                    @for (label, n) in &self.goes { dt { (label) } dd { (count(*n)) } }
                }
                (line(Field::new("confirm", &sentence).required(), Line::Text, &self.typed))
                button .btn.destroy type="submit" { (label) }
            }
        }
    }

    /// Where to go from here: to exactly those who were changed, wherever they are now.
    fn further(&self) -> Markup {
        let t = text();
        let bulk = &self.bulk;
        let is_planned = matches!(bulk.state, State::Planned | State::Planning);
        let view = match bulk.query.as_str() {
            "" => "/users".to_owned(),
            query => model::url::join("/users", query),
        };
        html! {
            div .row {
                @if is_planned { (button(bulk, "cancel", "btn ghost", t.discard)) }
                @if !is_planned && bulk.state != State::Running {
                    a .btn href={ "/bulk/" (bulk.id) "/results.csv" } download { (t.download) }
                }
                @if bulk.has_list {
                    a .btn href=(changed(bulk)) { (t.of_change) }
                } @else {
                    a .btn.ghost href=(view) { (if bulk.query.is_empty() { t.back } else { t.of_view }) }
                }
            }
            @if bulk.has_list { p .hint { (t.of_change_hint) } }
        }
    }
}

/// The view of those whom it changed.
fn changed(bulk: &Bulk) -> String {
    let list = Some(ListKind::Changed(bulk.id).prefix());
    let query = UsersQuery { tab: Tab::All, list, ..UsersQuery::default() };
    model::url::join("/users", &query.print())
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

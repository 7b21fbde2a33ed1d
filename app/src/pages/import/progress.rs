//! `/import/<id>` from its start on: how far it is, and what came of it.

use maud::{Markup, html};
use model::format::count;
use model::import::{BadRow, Import, State};
use model::text::fill;
use model::text::import::text;

use super::parts::{button, head, state_badge, tally};

/// The page.
pub fn progress(import: &Import, bad_rows: &[BadRow]) -> Markup {
    let t = text();
    let runs = import.state == State::Running;
    let title = match import.state {
        State::Running | State::Uploaded => t.running,
        State::Done => t.done,
        State::Failed => t.failed,
        State::Cancelled => t.cancelled,
    };
    let title = fill(title, &[&import.file_name]);
    html! {
        div #import .jobs data-state=(import.state.word()) data-again=[runs.then_some("1")] {
            (head(&title, if runs { t.leave } else { "" }, false, &html! {
                (state_badge(import.state))
                @if runs { (button(import, "cancel", "btn danger", t.stop)) }
            }))
            @if !import.problem.is_empty() { p .note.bad role="alert" { (import.problem) } }
            @if import.state == State::Cancelled { p .note { (t.cancelled_hint) } }
            section .card.whole {
                div .grow #so-far data-live {
                    @if runs { (bar(import)) }
                    (tally(&import.counts))
                }
            }
            (further(import))
            @if !runs && !bad_rows.is_empty() { (rows(import, bad_rows)) }
        }
    }
}

fn bar(import: &Import) -> Markup {
    let t = text();
    let rows = import.counts.rows();
    let all = import.forecast.map(|counts| counts.rows());
    html! {
        progress aria-label=(t.progress_label) max=[all] value=[all.map(|_| rows)] {}
        p .muted {
            @match all {
                Some(all) => { (fill(t.progress, &[&count(rows), &count(all)])) }
                None => { (fill(t.progress_open, &[&count(rows)])) }
            }
        }
    }
}

/// Where to go from here.
fn further(import: &Import) -> Markup {
    let t = text();
    html! {
        div .row {
            @match import.state {
                State::Done | State::Cancelled => {
                    a .btn.primary href="/users?tab=pending" { (t.see_pending) }
                }
                State::Failed if import.has_file => {
                    (button(import, "start", "btn primary", t.go_on))
                    p .hint { (t.go_on_hint) }
                }
                State::Failed => { p .hint { (t.file_gone) } }
                State::Running | State::Uploaded => {}
            }
            @if import.state != State::Running {
                @if import.counts.rows() > 0 {
                    a .btn href={ "/import/" (import.id) "/results.csv" } download { (t.results_download) }
                }
                a .btn href="/import" { (t.another) }
            }
        }
    }
}

fn rows(import: &Import, bad_rows: &[BadRow]) -> Markup {
    let t = text();
    let more = import.counts.invalid.saturating_sub(bad_rows.len() as u64);
    html! {
        section {
            div .over {
                h2 .grow #bad-rows { (t.bad_rows) }
                a .btn href={ "/import/" (import.id) "/bad-rows.csv" } download { (t.bad_rows_download) }
            }
            p .hint { (t.bad_rows_hint) }
            div .card.sheet-table tabindex="0" role="region" aria-labelledby="bad-rows" {
                table .rows {
                    thead { tr {
                        th .num scope="col" { (t.bad_rows_line) }
                        th scope="col" { (t.bad_rows_why) }
                        th scope="col" { (t.bad_rows_cells) }
                    } }
                    tbody {
                        @for row in bad_rows {
                            tr {
                                td .num { (row.line) }
                                td .why { (row.sentence()) }
                                td { span .cells dir="auto" { (row.cells.join(" · ")) } }
                            }
                        }
                    }
                }
            }
            @if more > 0 { p .hint { (fill(t.bad_rows_more, &[&count(more)])) } }
        }
    }
}

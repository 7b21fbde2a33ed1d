//! `/bulk`: the earlier mass changes.

use maud::{Markup, html};
use model::bulk::{Bulk, State, Work};
use model::text::bulk::text;
use model::text::fill;

use super::STYLE;
use super::jobs::number;
use super::parts::{head, state_badge};
use crate::components::{Icon, nothing};
use crate::plain::Page;

/// The page.
pub fn overview(bulks: &[Bulk]) -> Page {
    let t = text();
    let runs = bulks.iter().any(|bulk| bulk.state == State::Running);
    let content = html! {
        div .jobs data-state="overview" data-again=[runs.then_some("1")] {
            (head(t.title, t.lead, true, &Markup::default()))
            div #bulks data-live {
                @if bulks.is_empty() {
                    (nothing(Icon::LIST, t.none, t.none_why, &html! { a .btn href="/users" { (t.none_way) } }))
                } @else {
                    (list(bulks))
                }
            }
        }
    };
    Page::new(t.title, "/users", content).styled(STYLE).going_on(runs)
}

fn list(bulks: &[Bulk]) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-label=(t.title) {
            table {
                thead { tr {
                    th .num scope="col" { (t.column_id) }
                    th scope="col" { (t.column_change) }
                    th scope="col" { (t.column_state) }
                    th .num scope="col" { (t.column_people) }
                    th .num scope="col" { (t.column_changed) }
                    th .num scope="col" { (t.column_skipped) }
                    th scope="col" { (t.column_when) }
                    th scope="col" { (t.column_who) }
                } }
                tbody { @for bulk in bulks { (line(bulk)) } }
            }
        }
    }
}

fn line(bulk: &Bulk) -> Markup {
    html! {
        tr #{ "change-" (bulk.id) } {
            td .num { (bulk.number()) }
            th scope="row" { a .clip href={ "/bulk/" (bulk.id) } dir="auto" { (bulk.label()) } }
            td { (state_badge(bulk.state)) (related(bulk)) }
            td .num { (number(bulk.people)) }
            td .num { (number(bulk.counts.changed)) }
            td .num { (number(bulk.counts.all_skipped())) }
            td { (bulk.planned_at.minute()) }
            td { span .clip dir="auto" { (bulk.actor) } }
        }
    }
}

/// The mass change that it takes back, and the one that took it back.
fn related(bulk: &Bulk) -> Markup {
    let t = text();
    let link = |sentence: &str, id: i64| {
        html! { " " a .small href={ "/bulk/" (id) } { (fill(sentence, &[&id.to_string()])) } }
    };
    html! {
        @if let Work::Undo(id) = bulk.work { (link(t.undoes_short, id)) }
        @if let Some(id) = bulk.undone_by { (link(t.undone_by_short, id)) }
    }
}

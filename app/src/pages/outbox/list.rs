//! The list of mails.

use backend::outbox::{Mail, Mails, State};
use maud::{Markup, html};
use model::format::count;
use model::text::mail::text;

use super::{STYLE, badge, kind, label};
use crate::components::deed::deed;
use crate::components::empty_state;
use crate::plain::Page;

/// The page. `chosen` is the state whose mails are shown, `sends_mail` whether there is a mail server.
pub fn list(mails: &Mails, chosen: Option<State>, sends_mail: bool) -> Page {
    let t = text();
    let [waiting, _, failed, _] = mails.counts;
    let content = html! {
        div .newcomers {
            header .head {
                div .grow { h1 { (t.outbox_title) } p { (t.outbox_lead) } }
                @if sends_mail && waiting + failed > 0 {
                    (deed("/outbox/retry", "btn", t.retry_all, ""))
                }
            }
            @if !sends_mail { p .note { (t.outbox_no_server) } }
            (states(mails, chosen))
            @if mails.mails.is_empty() {
                @let why = if chosen.is_some() { t.outbox_empty_filtered } else { t.outbox_empty_all };
                (empty_state(t.outbox_empty, why, &html! {}))
            } @else {
                (table(&mails.mails))
            }
            @if let Some(next) = mails.next {
                p { a .btn href={ "/outbox?" (of(chosen)) "below=" (next) } { (t.older) } }
            }
        }
    };
    Page::new(t.outbox_title, "/outbox", content).styled(STYLE)
}

fn of(chosen: Option<State>) -> String {
    chosen.map_or_else(String::new, |state| format!("state={}&", state.word()))
}

fn states(mails: &Mails, chosen: Option<State>) -> Markup {
    let t = text();
    let all: i64 = mails.counts.iter().sum();
    html! {
        nav .ways aria-label=(t.outbox_states) {
            a href="/outbox" aria-current=[chosen.is_none().then_some("page")] {
                (t.state_all) " " span .n { (count(all)) }
            }
            @for (state, n) in State::ALL.into_iter().zip(mails.counts) {
                a href={ "/outbox?state=" (state.word()) }
                    aria-current=[(chosen == Some(state)).then_some("page")] {
                    (label(state)) " " span .n { (count(n)) }
                }
            }
        }
    }
}

fn table(mails: &[Mail]) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-label=(t.outbox_title) {
            table {
                thead { tr {
                    th scope="col" { (t.column_to) }
                    th scope="col" { (t.column_kind) }
                    th scope="col" { (t.column_state) }
                    th scope="col" { (t.column_created) }
                    th .num scope="col" { (t.column_tries) }
                    th scope="col" { (t.column_answer) }
                } }
                tbody {
                    @for mail in mails {
                        tr {
                            th scope="row" {
                                a .clip href={ "/outbox/" (mail.id) } dir="auto" { (mail.email) }
                            }
                            td { (kind(mail.purpose)) }
                            td { (badge(mail.state)) }
                            td { (mail.created.minute()) }
                            td .num { (mail.tries) }
                            td { span .clip title=(mail.answer) { (mail.answer) } }
                        }
                    }
                }
            }
        }
    }
}

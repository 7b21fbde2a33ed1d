//! The list of mails.

use backend::outbox::{Mail, Mails, State};
use maud::{Markup, html};
use model::format::count;
use model::text::fill;
use model::text::mail::text;

use super::{STYLE, badge, kind, label};
use crate::components::deed::deed;
use crate::components::{Icon, nothing};
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
                (nothing(Icon::MAIL, t.outbox_empty, why, &html! {}))
            } @else {
                (table(&mails.mails, sends_mail))
            }
            @if let Some(next) = mails.next {
                div .row { a .btn href={ "/outbox?" (of(chosen)) "below=" (next) } { (t.older) } }
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

fn table(mails: &[Mail], sends_mail: bool) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table.mails tabindex="0" role="region" aria-label=(t.outbox_title) {
            table {
                thead { tr {
                    th scope="col" { (t.column_to) }
                    th scope="col" { (t.column_state) }
                    th scope="col" { (t.column_kind) }
                    th scope="col" { (t.column_created) }
                    th scope="col" { (t.column_answer) }
                    @if sends_mail { th scope="col" { span .visually-hidden { (t.retry) } } }
                } }
                tbody { @for mail in mails { (row(mail, sends_mail)) } }
            }
        }
    }
}

fn row(mail: &Mail, sends_mail: bool) -> Markup {
    let t = text();
    let next = mail.next_try.filter(|_| sends_mail && mail.state == State::Waiting);
    html! {
        tr {
            th scope="row" {
                a .clip href={ "/outbox/" (mail.id) } dir="auto" { (mail.email) }
            }
            td .is-state {
                (badge(mail.state))
                @if mail.tries > 1 { " " span .hint { (fill(t.tried, &[&count(mail.tries)])) } }
                @if let Some(at) = next { p .hint { (fill(t.next_try_at, &[&at.minute()])) } }
                @if let Some(at) = mail.ended { p .hint { (at.minute()) } }
            }
            td { (kind(mail.purpose)) }
            td { (mail.created.minute()) }
            td .answer { span dir="auto" { (mail.answer) } }
            @if sends_mail {
                td {
                    @if mail.state == State::Failed {
                        (deed(&format!("/outbox/{}/retry", mail.id), "btn small", t.retry, ""))
                    }
                }
            }
        }
    }
}

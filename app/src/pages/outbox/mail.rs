//! One mail, as its reader gets it.

use backend::links::Standing;
use backend::outbox::{Shown, State};
use maud::{Markup, html};
use model::text::fill;
use model::text::mail::text;

use super::{STYLE, badge, kind};
use crate::components::crumbs::crumbs;
use crate::components::deed::deed;
use crate::components::secret::{COPY_SCRIPT, secret};
use crate::plain::Page;

/// The page. `sends_mail` says whether there is a mail server.
pub fn mail(shown: &Shown, sends_mail: bool) -> Page {
    let t = text();
    let title = fill(t.mail_title, &[&shown.mail.email]);
    let content = html! {
        div .newcomers {
            header .head { div .grow {
                (crumbs(&[(t.outbox_title, "/outbox")]))
                h1 dir="auto" { (title) }
            } }
            (facts(shown, sends_mail))
            (link(shown))
            section {
                h2 { (t.mail_html) }
                // Nothing in it runs or loads, whatever it says.
                iframe .letter sandbox="" srcdoc=(shown.letter.preview()) title=(t.mail_html) {}
            }
            section { h2 { (t.mail_text) } pre .card.letter-text dir="auto" { (shown.letter.text) } }
        }
    };
    Page::new(title, "/outbox", content).styled(STYLE).scripted(COPY_SCRIPT)
}

fn facts(shown: &Shown, sends_mail: bool) -> Markup {
    let t = text();
    let mail = &shown.mail;
    let can_retry = sends_mail && matches!(mail.state, State::Waiting | State::Failed);
    html! {
        dl .facts.card {
            div {
                dt { (t.column_to) }
                dd { a href={ "/users?tab=all&person=" (mail.user_id) } dir="auto" { (mail.name) } }
            }
            div { dt { (t.column_kind) } dd { (kind(mail.purpose)) } }
            div { dt { (t.mail_subject) } dd dir="auto" { (shown.letter.subject) } }
            div { dt { (t.column_state) } dd { (badge(mail.state)) } }
            div { dt { (t.column_created) } dd { (mail.created.minute()) } }
            @if let Some(at) = mail.next_try.filter(|_| sends_mail) { div { dt { (t.next_try) } dd { (at.minute()) } } }
            @if let Some(at) = mail.ended { div { dt { (t.mail_ended) } dd { (at.minute()) } } }
            @if mail.tries > 0 { div { dt { (t.column_tries) } dd { (mail.tries) } } }
            @if !mail.answer.is_empty() {
                div .wide { dt { (t.column_answer) } dd dir="auto" { (mail.answer) } }
            }
        }
        @if can_retry {
            div .row.buttons { (deed(&format!("/outbox/{}/retry", mail.id), "btn", t.retry, "")) }
        }
    }
}

fn link(shown: &Shown) -> Markup {
    let t = text();
    html! {
        @if shown.standing != Standing::Open {
            p .note { (t.mail_link_over) }
        } @else if let Some(link) = &shown.link {
            section .card.plain-form { (secret("link", t.mail_link, "", link, (t.copy, t.copied))) }
        } @else {
            section .deeds.card {
                (deed(&format!("/outbox/{}/open", shown.mail.id), "btn", t.mail_reveal, t.mail_reveal_hint))
            }
        }
    }
}

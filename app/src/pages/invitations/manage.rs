//! One person's invitation, and what can be done with it.

use backend::invitations::Invitation;
use maud::{Markup, html};
use model::form::Typed;
use model::text::fill;
use model::text::invitations::text;

use super::STYLE;
use crate::components::crumbs::crumbs;
use crate::components::deed::deed;
use crate::components::fields::other_problems;
use crate::components::secret::{COPY_SCRIPT, secret};
use crate::plain::Page;

/// The list that it stands on.
const LIST: &str = "/users?tab=pending";

/// The page, with what was wrong with what was wanted.
pub fn manage(invitation: &Invitation, problems: &Typed) -> Page {
    page(invitation, &html! { (other_problems(&[], problems)) (actions(invitation)) })
}

/// The page with the link, to be copied.
pub fn link(invitation: &Invitation, link: &str) -> Page {
    let t = text();
    let name = invitation.name.as_str();
    let (label, hint) = (fill(t.link_label, &[name]), fill(t.link_hint, &[name]));
    let content = html! {
        section .card.plain-form { (secret("link", &label, &hint, link, (t.copy, t.copied))) }
        (actions(invitation))
    };
    page(invitation, &content).scripted(COPY_SCRIPT)
}

fn page(invitation: &Invitation, content: &Markup) -> Page {
    let t = text();
    let title = fill(t.manage_title, &[&invitation.name]);
    let whole = html! {
        div .newcomers {
            header .head { div .grow {
                (crumbs(&[(model::text::plain::text().users, "/users"), (t.manage_back, LIST)]))
                h1 dir="auto" { (title) }
            } }
            (facts(invitation))
            (content)
        }
    };
    Page::new(title, "/users", whole).styled(STYLE)
}

fn facts(invitation: &Invitation) -> Markup {
    let t = text();
    let Invitation { sent, expires, is_open, .. } = invitation;
    let ends = match (expires, is_open) {
        (Some(at), true) => at.minute(),
        (Some(at), false) => fill(t.manage_expired, &[&at.minute()]),
        (None, _) if sent.is_some() => t.manage_withdrawn.to_owned(),
        (None, _) => model::text::text().none.to_owned(),
    };
    html! {
        dl .facts.card {
            @if !invitation.email.is_empty() {
                div { dt { (t.manage_to) } dd dir="auto" { (invitation.email) } }
            }
            div {
                dt { (t.manage_sent) }
                dd { (sent.map_or_else(|| t.manage_not_sent.to_owned(), |at| at.minute())) }
            }
            @if sent.is_some() {
                div { dt { (t.manage_expires) } dd { (ends) } }
                div { dt { (t.manage_times) } dd { (invitation.times) } }
                @if !invitation.by.is_empty() {
                    div { dt { (t.manage_by) } dd dir="auto" { (invitation.by) } }
                }
            }
        }
    }
}

fn actions(invitation: &Invitation) -> Markup {
    let t = text();
    let to = |action: &str| format!("/users/{}/invitation/{action}", invitation.user_id);
    let send = if invitation.sent.is_some() { t.manage_resend } else { t.manage_send };
    let send_hint = if invitation.sent.is_some() { t.manage_resend_hint } else { "" };
    let name = invitation.name.as_str();
    html! {
        section .deeds.card {
            @if !invitation.email.is_empty() { (deed(&to("send"), "btn primary", send, send_hint)) }
            @if invitation.is_open { (deed(&to("link"), "btn", t.manage_show, "")) }
            (deed(&to("new-link"), "btn", t.manage_make, t.manage_make_hint))
            @if invitation.is_kept {
                (deed(&to("revoke"), "btn danger", t.manage_revoke, &fill(t.manage_revoke_hint, &[name])))
            } @else if invitation.may_erase {
                form method="get" action={ "/users/" (invitation.user_id) "/erase" } {
                    button .btn.danger type="submit" { (t.manage_erase) }
                    p .hint dir="auto" { (fill(t.manage_erase_hint, &[name])) }
                }
            }
        }
    }
}

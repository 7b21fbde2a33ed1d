//! What the panel of a person says: written by the server, put in as it is by the browser
//! (`pages/users/person.rs`).

use backend::people::Standing;
use maud::{Markup, html};
use model::audit::AuditEntry;
use model::changes::Change;
use model::effect::Effect;
use model::format::{WallTime, count};
use model::limits::GivenLimits;
use model::people::{Role, Status};
use model::permissions::GivenPermissions;
use model::rights::{Operation, Refusal};
use model::text::person::text;
use model::text::text as common;
use model::users::{Column, Person};

use super::history::history;
use super::rules::{limits, permissions};
use crate::components::{avatar, role_badge, status_badge};
use crate::pages::users::{TOP, ago, budget, referral, time};

/// In milliseconds.
const DAY: i64 = 86_400_000;

/// What it is written from.
#[derive(Debug)]
pub struct Panel {
    /// What is known of them.
    pub person: Person,
    /// How they stand to whoever looks.
    pub standing: Standing,
    /// Their groups, each with its number.
    pub groups: Vec<(i64, String)>,
    /// What managers don't see.
    pub for_administrators: Option<ForAdministrators>,
}

/// What only administrators look at.
#[derive(Debug)]
pub struct ForAdministrators {
    /// All that is set about what they may do.
    pub permissions: GivenPermissions,
    /// All that is set about how much of it.
    pub limits: GivenLimits,
    /// The newest entries of the audit log about them.
    pub history: Vec<AuditEntry>,
}

/// All of it.
pub fn panel(panel: &Panel) -> Markup {
    let (t, c) = (text(), common());
    let person = &panel.person;
    let row = &person.row;
    let has_email = !row.email.is_empty() && row.email != row.name;
    html! {
        header .who {
            (avatar(&row.name, row.id))
            div {
                h2 #(TOP) tabindex="-1" dir="auto" title=(row.name) { (row.name) }
                p .muted dir="ltr" { (if has_email { &row.email } else { &row.username }) }
            }
        }
        p .badges {
            (status_badge(row.status))
            (role_badge(row.role))
            @if row.licensed && panel.standing.ground.seats_free.is_some() { span .badge { (c.licensed_yes) } }
            @if row.paying { span .badge { (c.paying_yes) } }
        }
        (actions(panel))
        (section(t.profile, &profile(person)))
        (section(t.access, &access(panel)))
        @if let Some(more) = &panel.for_administrators {
            (permissions(row, &more.permissions))
            (limits(row, &more.limits))
        }
        (section(t.usage, &usage(person)))
        @if let Some(more) = &panel.for_administrators {
            (history(row.id, &more.history, person.as_of))
        }
    }
}

/// What may be done to them by whoever looks, and would come to something.
fn actions(panel: &Panel) -> Markup {
    let t = text();
    let (id, standing) = (panel.person.row.id, &panel.standing);
    let status = standing.facts.state.status;
    let is_deleted = status == Status::Deleted;
    let is_administrator = standing.ground.doer.role == Role::Administrator;
    let at = |page: &str| format!("/users/{id}/{page}");
    let why = why_not(standing);
    html! {
        div .can role="group" aria-label=(t.actions) {
            @if !is_deleted && standing.may(Operation::Edit) {
                a .btn.small href=(at("edit")) rel="external" { (t.edit) }
            }
            @if status == Status::Pending && standing.may(Operation::Resend) {
                a .btn.small href=(at("invitation")) rel="external" { (t.invitation) }
            }
            @if !is_deleted && status != Status::Pending && is_administrator {
                a .btn.small href=(at("password")) rel="external" { (t.reset_password) }
            }
            form method="post" action=(at("change")) data-quick=(common().problem_no_answer) {
                @for (change, label) in [
                    (Change::Suspend, t.suspend),
                    (Change::Reactivate, t.reactivate),
                    (Change::Restore, t.restore),
                ] {
                    @if standing.offers(&change) {
                        button .btn.small name="change" value=(change.word()) { (label) }
                    }
                }
            }
            @if standing.offers(&Change::Delete) {
                a .btn.small.danger href=(at("delete")) rel="external" { (t.delete) }
            }
            @if why.is_some() {
                button .btn.small type="button" disabled aria-describedby="why-not" { (t.suspend) }
                button .btn.small type="button" disabled aria-describedby="why-not" { (t.delete) }
            }
            @if standing.offers(&Change::DeletePermanently) {
                a .btn.small.danger href=(at("erase")) rel="external" { (t.erase) }
            }
            @if is_administrator {
                form method="post" action=(at("record")) data-download {
                    button .btn.small type="submit" { (t.record) }
                }
            }
        }
        @if let Some(why) = why { p .muted #why-not { (why) } }
    }
}

/// Why the access of nobody else is in question: it is one's own account, or the last administrator's.
fn why_not(standing: &Standing) -> Option<&'static str> {
    match Change::Delete.effect(&standing.facts, &standing.ground) {
        Effect::Skipped(refusal @ (Refusal::Yourself | Refusal::LastAdministrator)) => {
            Some(refusal.sentence())
        }
        _ => None,
    }
}

type Line = (&'static str, Markup);

fn section(title: &str, lines: &[Line]) -> Markup {
    html! {
        section {
            h3 { (title) }
            dl { @for (label, value) in lines { dt { (label) } dd { (value) } } }
        }
    }
}

fn profile(person: &Person) -> Vec<Line> {
    let (t, c) = (text(), common());
    let row = &person.row;
    let origin = if row.origin.is_empty() { c.direct } else { row.origin.as_str() };
    let mut lines = vec![
        (t.id, words(&format!("#{}", row.id))),
        (c.column_email, words(&row.email)),
        (c.column_username, words(&row.username)),
        (c.column_phone, words(&row.phone)),
        (t.birth_date, words(&person.birth_date)),
        (c.column_origin, words(origin)),
        (c.column_promo, words(&row.promo_code)),
        (c.column_referral, referral(row)),
    ];
    for (label, value) in [(t.about, &person.about), (t.notes, &person.notes)] {
        if !value.is_empty() {
            lines.push((label, words(value)));
        }
    }
    lines
}

fn access(panel: &Panel) -> Vec<Line> {
    let person = &panel.person;
    let (t, c) = (text(), common());
    let row = &person.row;
    let is_pending = row.status == Status::Pending;
    let mut lines = Vec::new();
    // Whoever is invited has no account so far.
    if !is_pending {
        let password = if person.has_password { t.password_set } else { t.password_none };
        lines.push((c.column_created, time(Some(row.created), c.none)));
        lines.push((c.column_last_active, ago(row.last_active, person.as_of)));
        lines.push((t.password, words(password)));
    }
    if panel.standing.ground.seats_free.is_some() {
        let licence = match (row.licensed, person.seat_remembered) {
            (true, _) => c.licensed_yes,
            (false, true) if is_pending => t.seat_promised,
            (false, true) => t.seat_remembered,
            (false, false) => c.licensed_no,
        };
        lines.push((t.licence, words(licence)));
    }
    lines.push((c.column_budget, budget_of(panel)));
    if !panel.groups.is_empty() {
        lines.push((t.groups, groups(&panel.groups)));
    }
    if is_pending || row.invited.is_some() {
        lines.push((t.invited, time(row.invited, c.not_sent_yet)));
    }
    if row.invited.is_some() {
        if is_pending {
            lines.push((c.column_invite_expires, time(row.invite_expires, c.withdrawn)));
        }
        lines.push((c.column_invites_sent, words(&count(row.invites_sent))));
        lines.push((t.invited_by, words(&row.invited_by)));
    }
    let has_ended = person.expires.is_some_and(|at| at <= person.as_of);
    let ends = if has_ended { t.ended } else { t.expires };
    for (label, at) in [(ends, person.expires), (c.column_deleted, row.deleted)] {
        if at.is_some() {
            lines.push((label, time(at, c.none)));
        }
    }
    let days = i64::from(panel.standing.settings.retention_days);
    if let Some(WallTime(deleted)) = row.deleted.filter(|_| days > 0) {
        lines.push((t.gone_after, time(Some(WallTime(deleted + days * DAY)), c.none)));
    }
    lines.push((t.updated, time(Some(person.updated), c.none)));
    lines
}

/// What they use of it, which opens the form where it can be changed.
fn budget_of(panel: &Panel) -> Markup {
    let row = &panel.person.row;
    if row.status == Status::Deleted || !panel.standing.may(Operation::Limits) {
        return budget(row);
    }
    html! {
        a href={ "/users/" (row.id) "/budget" } rel="external" data-over {
            (budget(row))
        }
    }
}

fn usage(person: &Person) -> Vec<Line> {
    [
        Column::Agents,
        Column::Chats,
        Column::AiResponses,
        Column::ImportedPages,
        Column::Personas,
        Column::Sessions,
        Column::ApiKeys,
    ]
    .into_iter()
    .map(|column| (column.label(), words(&count(person.row.usage_of(column).unwrap_or(0)))))
    .collect()
}

fn groups(groups: &[(i64, String)]) -> Markup {
    html! {
        @for (i, (id, name)) in groups.iter().enumerate() {
            @if i > 0 { ", " }
            a href={ "/groups/" (id) } rel="external" dir="auto" { (name) }
        }
    }
}

fn words(value: &str) -> Markup {
    let value = if value.is_empty() { common().none } else { value };
    html! { span dir="auto" { (value) } }
}

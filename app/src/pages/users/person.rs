//! A person's panel, read only, with an address of its own.

use leptos::prelude::*;
use maud::{Markup, html};
use model::Problem;
use model::format::count;
use model::text::text;
use model::users::{Column, Person};

use super::data::use_users_data;
use super::table::{ago, budget, referral, time};
use crate::components::{
    About, avatar, block, close_link, live, problem_note, role_badge, status_badge, switch,
};
use crate::server_fns::Answer;
use crate::url::{UsersUrl, use_users_url};

/// The panel; nothing while nobody is chosen.
pub fn panel() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    let link = Memo::new(move |_| {
        url.with(|query| query.person.map(|id| format!("person-{id}")).unwrap_or_default())
    });
    switch(move || {
        let link = link.get();
        (!link.is_empty()).then(|| {
            #[cfg(feature = "hydrate")]
            crate::components::on_escape(link, url.closed());
            let about = About { label: Some(text().person_title), ..About::default() };
            let content = live(move || content(url, &data.person.get().flatten()));
            block("aside", "panel", about, vec![content])
        })
    })
}

fn content(url: UsersUrl, person: &Option<Answer<Person>>) -> Markup {
    let t = text();
    let close = url.with(|query| url.href(&query.opened(None, None)));
    html! {
        (close_link(&close))
        @match person {
            None => { p .muted.loading { (t.loading) } }
            Some(Ok(person)) => { (details(person)) }
            Some(Err(Problem::NotFound)) => { p .note.bad role="alert" { (t.person_gone) } }
            Some(Err(problem)) => { (problem_note(problem)) }
        }
    }
}

fn details(person: &Person) -> Markup {
    let t = text();
    let row = &person.row;
    let has_email = !row.email.is_empty() && row.email != row.name;
    html! {
        header .who {
            (avatar(&row.name, row.id))
            div {
                h2 dir="auto" { (row.name) }
                p .muted dir="ltr" { (if has_email { &row.email } else { &row.username }) }
            }
        }
        p .badges {
            (status_badge(row.status))
            (role_badge(row.role))
            @if row.licensed { span .badge { (t.licensed_yes) } }
            @if row.paying { span .badge { (t.paying_yes) } }
        }
        (section(t.person_profile, &profile(person)))
        (section(t.person_access, &access(person)))
        (section(t.person_usage, &usage(person)))
        (history(person))
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
    let t = text();
    let row = &person.row;
    let origin = if row.origin.is_empty() { t.direct } else { row.origin.as_str() };
    let mut lines = vec![
        (t.person_id, words(&format!("#{}", row.id))),
        (t.column_email, words(&row.email)),
        (t.column_username, words(&row.username)),
        (t.column_phone, words(&row.phone)),
        (t.person_birth_date, words(&person.birth_date)),
        (t.column_origin, words(origin)),
        (t.column_promo, words(&row.promo_code)),
        (t.column_referral, referral(row)),
    ];
    for (label, value) in [(t.person_about, &person.about), (t.person_notes, &person.notes)] {
        if !value.is_empty() {
            lines.push((label, words(value)));
        }
    }
    lines
}

fn access(person: &Person) -> Vec<Line> {
    let t = text();
    let row = &person.row;
    let password = if person.has_password { t.person_password_set } else { t.person_password_none };
    let mut lines = vec![
        (t.column_created, time(Some(row.created), t.none)),
        (t.column_last_active, ago(row.last_active, person.as_of)),
        (t.person_password, words(password)),
        (t.person_licence, words(if row.licensed { t.licensed_yes } else { t.licensed_no })),
        (t.column_budget, budget(row)),
    ];
    if person.seat_remembered {
        lines.push((t.person_licence, words(t.person_seat_remembered)));
    }
    if row.invited.is_some() {
        lines.push((t.person_invited, time(row.invited, t.not_sent_yet)));
        lines.push((t.column_invite_expires, time(row.invite_expires, t.none)));
        lines.push((t.column_invites_sent, words(&count(row.invites_sent))));
        lines.push((t.person_invited_by, words(&person.invited_by)));
    }
    for (label, at) in [(t.person_expires, person.expires), (t.column_deleted, row.deleted)] {
        if at.is_some() {
            lines.push((label, time(at, t.none)));
        }
    }
    lines.push((t.person_updated, time(Some(person.updated), t.none)));
    lines
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

fn history(person: &Person) -> Markup {
    let t = text();
    html! {
        section {
            h3 { (t.person_history) }
            @if person.history.is_empty() { p .muted { (t.person_no_history) } }
            ol .history {
                @for entry in &person.history {
                    li {
                        b { (entry.action) } " "
                        span .muted dir="auto" { (entry.actor) } " "
                        (ago(Some(entry.at), person.as_of))
                    }
                }
            }
        }
    }
}

fn words(value: &str) -> Markup {
    let value = if value.is_empty() { text().none } else { value };
    html! { span dir="auto" { (value) } }
}

//! A person's panel, read only, with an address of its own.

use leptos::prelude::*;
use leptos_meta::Title;
use model::Problem;
use model::format::{WallTime, count};
use model::text::{Text, fill, text};
use model::users::{Column, Person};

use super::data::use_users_data;
use super::table::{budget, referral};
use crate::components::{Avatar, Icon, RoleBadge, StatusBadge, icons};
use crate::url::{UsersUrl, use_users_url};

/// The panel; nothing while nobody is chosen.
#[component]
pub fn Panel() -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    let is_open = Memo::new(move |_| url.query.with(|query| query.person.is_some()));
    move || {
        is_open.get().then(|| {
            #[cfg(feature = "hydrate")]
            close_on_escape(url);
            view! {
                <aside class="panel" aria-label=text().person_title>
                    <a
                        class="btn icon ghost close"
                        href=move || url.query.with(|query| url.href(&query.opened(None, None)))
                        data-noscroll=""
                        aria-label=text().close
                    >
                        <Icon path=icons::CROSS />
                    </a>
                    <Transition fallback=|| {
                        view! { <p class="muted loading">{text().loading}</p> }
                    }>
                        {move || Suspend::new(async move {
                            match data.person.await? {
                                Ok(person) => Some(details(url, person)),
                                Err(problem) => Some(failed(&problem)),
                            }
                        })}
                    </Transition>
                </aside>
            }
        })
    }
}

fn failed(problem: &Problem) -> AnyView {
    let sentence = match problem {
        Problem::NotFound => text().person_gone.to_owned(),
        other => other.sentence(),
    };
    view! { <p class="note bad" role="alert">{sentence}</p> }.into_any()
}

fn details(url: UsersUrl, person: Person) -> AnyView {
    let t = text();
    let row = &person.row;
    let window_title = fill("{} · {}", &[&row.name, t.product]);
    let second = if row.email.is_empty() || row.email == row.name {
        row.username.clone()
    } else {
        row.email.clone()
    };
    let _ = url;
    view! {
        <Title text=window_title />
        <header class="who">
            <Avatar name=row.name.clone() id=row.id />
            <div>
                <h2 dir="auto">{row.name.clone()}</h2>
                <p class="muted" dir="ltr">{second}</p>
            </div>
        </header>
        <p class="badges">
            <StatusBadge status=row.status />
            <RoleBadge role=row.role />
            {row.licensed.then(|| view! { <span class="badge">{t.licensed_yes}</span> })}
            {row.paying.then(|| view! { <span class="badge">{t.paying_yes}</span> })}
        </p>
        {section(t.person_profile, profile(t, &person))}
        {section(t.person_access, access(t, &person))}
        {section(t.person_usage, usage(t, &person))}
        {history(t, &person)}
    }
    .into_any()
}

type Line = (&'static str, AnyView);

fn section(title: &'static str, lines: Vec<Line>) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|(label, value)| view! { <dt>{label}</dt> <dd>{value}</dd> })
        .collect_view();
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{lines}</dl>
        </section>
    }
}

fn profile(t: &'static Text, person: &Person) -> Vec<Line> {
    let row = &person.row;
    let mut lines = vec![
        (t.person_id, words(&format!("#{}", row.id))),
        (t.column_email, words(&row.email)),
        (t.column_username, words(&row.username)),
        (t.column_phone, words(&row.phone)),
        (t.person_birth_date, words(&person.birth_date)),
    ];
    for (label, value) in [(t.person_about, &person.about), (t.person_notes, &person.notes)] {
        if !value.is_empty() {
            lines.push((label, words(value)));
        }
    }
    let origin = if row.origin.is_empty() { t.direct } else { row.origin.as_str() };
    lines.push((t.column_origin, words(origin)));
    lines.push((t.column_promo, words(&row.promo_code)));
    lines.push((t.column_referral, referral(row)));
    lines
}

fn access(t: &'static Text, person: &Person) -> Vec<Line> {
    let row = &person.row;
    let password = if person.has_password { t.person_password_set } else { t.person_password_none };
    let mut lines = vec![
        (t.column_created, when(Some(row.created), t.none)),
        (t.column_last_active, when(row.last_active, t.never)),
        (t.person_password, words(password)),
        (t.person_licence, words(if row.licensed { t.licensed_yes } else { t.licensed_no })),
        (t.column_budget, budget(row)),
    ];
    if person.seat_remembered {
        lines.push((t.person_licence, words(t.person_seat_remembered)));
    }
    if row.invited.is_some() {
        lines.push((t.person_invited, when(row.invited, t.not_sent_yet)));
        lines.push((t.column_invite_expires, when(row.invite_expires, t.none)));
        lines.push((t.column_invites_sent, words(&count(row.invites_sent))));
        lines.push((t.person_invited_by, words(&person.invited_by)));
    }
    for (label, at) in [(t.person_expires, person.expires), (t.column_deleted, row.deleted)] {
        if at.is_some() {
            lines.push((label, when(at, t.none)));
        }
    }
    lines.push((t.person_updated, when(Some(person.updated), t.none)));
    lines
}

fn usage(_: &'static Text, person: &Person) -> Vec<Line> {
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
    .map(|column| {
        let n = person.row.usage_of(column).unwrap_or(0);
        (column.label(), count(n).into_any())
    })
    .collect()
}

fn history(t: &'static Text, person: &Person) -> impl IntoView + use<> {
    let now = person.as_of;
    let entries = person
        .history
        .iter()
        .map(|entry| {
            view! {
                <li>
                    <b>{entry.action.clone()}</b>
                    " "
                    <span class="muted" dir="auto">{entry.actor.clone()}</span>
                    " "
                    <time class="muted" datetime=entry.at.machine() title=entry.at.minute()>
                        {entry.at.ago(now)}
                    </time>
                </li>
            }
        })
        .collect_view();
    let is_empty = person.history.is_empty();
    view! {
        <section>
            <h3>{t.person_history}</h3>
            {is_empty.then(|| view! { <p class="muted">{t.person_no_history}</p> })}
            <ol class="history">{entries}</ol>
        </section>
    }
}

fn words(value: &str) -> AnyView {
    let value = if value.is_empty() { text().none } else { value };
    view! { <span dir="auto">{value.to_owned()}</span> }.into_any()
}

fn when(at: Option<WallTime>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <time datetime=at.machine()>{at.minute()}</time> }.into_any(),
        None => view! { <span class="muted">{otherwise}</span> }.into_any(),
    }
}

/// Escape closes the panel.
#[cfg(feature = "hydrate")]
fn close_on_escape(url: UsersUrl) {
    let navigate = leptos_router::hooks::use_navigate();
    let opener = crate::components::FocusReturn::here();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            let to = url.query.with_untracked(|query| url.href(&query.opened(None, None)));
            let options = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
            navigate(&to, options);
        }
    });
    on_cleanup(move || {
        handle.remove();
        opener.restore();
    });
}

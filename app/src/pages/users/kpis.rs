//! The cards, each a link to the people that it counts, and what the figures mean.

use leptos::prelude::*;
use model::format::{count, percent};
use model::people::{Role, Tab};
use model::query::{Invited, Licence, UsersQuery};
use model::text::{Text, fill, text};
use model::users::Kpis;

use super::data::use_users_data;
use crate::components::ProblemState;

/// One card as data: to add one, add it to [`ACCOUNTS`] or [`ONBOARDING`].
struct Card {
    label: fn(&Text) -> &'static str,
    definition: fn(&Text) -> &'static str,
    value: fn(&Kpis) -> String,
    note: fn(&Text, &Kpis) -> String,
    people: fn() -> UsersQuery,
}

const ACCOUNTS: [Card; 4] = [
    Card {
        label: |t| t.kpi_total,
        definition: |t| t.kpi_total_definition,
        value: |kpis| count(kpis.totals.active),
        note: |t, kpis| fill(t.kpi_total_note, &[&count(kpis.new_30_days)]),
        people: UsersQuery::default,
    },
    Card {
        label: |t| t.kpi_licensed,
        definition: |t| t.kpi_licensed_definition,
        value: |kpis| count(kpis.licensed),
        note: |t, kpis| fill(t.kpi_licensed_note, &[&percent(kpis.licensed, kpis.totals.active)]),
        people: || UsersQuery { licence: Some(Licence::Licensed), ..UsersQuery::default() },
    },
    Card {
        label: |t| t.kpi_unlicensed,
        definition: |t| t.kpi_unlicensed_definition,
        value: |kpis| count(kpis.unlicensed()),
        note: |t, kpis| {
            fill(t.kpi_licensed_note, &[&percent(kpis.unlicensed(), kpis.totals.active)])
        },
        people: || UsersQuery { licence: Some(Licence::Unlicensed), ..UsersQuery::default() },
    },
    Card {
        label: |t| t.kpi_administrators,
        definition: |t| t.kpi_administrators_definition,
        value: |kpis| count(kpis.administrators),
        note: |t, kpis| {
            fill(t.kpi_licensed_note, &[&percent(kpis.administrators, kpis.totals.active)])
        },
        people: || UsersQuery { roles: vec![Role::Administrator], ..UsersQuery::default() },
    },
];

const ONBOARDING: [Card; 4] = [
    Card {
        label: |t| t.kpi_invited,
        definition: |t| t.kpi_invited_definition,
        value: |kpis| count(kpis.invited),
        note: |t, _| t.kpi_invited_note.to_owned(),
        people: || invited(Tab::All, Invited::Sent),
    },
    Card {
        label: |t| t.kpi_completed,
        definition: |t| t.kpi_completed_definition,
        value: |kpis| count(kpis.invitations_completed),
        note: |t, _| t.kpi_completed_note.to_owned(),
        people: || invited(Tab::All, Invited::Completed),
    },
    Card {
        label: |t| t.kpi_pending,
        definition: |t| t.kpi_pending_definition,
        value: |kpis| count(kpis.invitations_pending),
        note: |t, kpis| fill(t.kpi_pending_note, &[&count(kpis.invitations_expired)]),
        people: || invited(Tab::Pending, Invited::Pending),
    },
    Card {
        label: |t| t.kpi_completion,
        definition: |t| t.kpi_completion_definition,
        value: |kpis| percent(kpis.invitations_completed, kpis.invited),
        note: |t, _| t.kpi_completion_note.to_owned(),
        people: || invited(Tab::All, Invited::Completed),
    },
];

fn invited(tab: Tab, invited: Invited) -> UsersQuery {
    UsersQuery { tab, invited: Some(invited), ..UsersQuery::default() }
}

/// Both strips of cards. They count the whole installation, whatever is filtered below.
#[component]
pub fn Cards() -> impl IntoView {
    let data = use_users_data();
    let t = text();
    view! {
        <section class="kpis">
            <Transition fallback=Skeleton>
                {move || Suspend::new(async move {
                    match data.kpis.await {
                        Ok(kpis) => {
                            view! {
                                {strip(t.kpi_accounts, &ACCOUNTS, &kpis)}
                                {strip(t.kpi_onboarding, &ONBOARDING, &kpis)}
                            }
                                .into_any()
                        }
                        Err(problem) => {
                            view! { <ProblemState title=t.failed_title problem=problem /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </section>
    }
    .into_any()
}

fn strip(label: &'static str, cards: &'static [Card], kpis: &Kpis) -> AnyView {
    let t = text();
    let cards = cards
        .iter()
        .map(|card| {
            let href = model::url::join("/users", &(card.people)().print());
            view! {
                <a class="kpi" href=href data-noscroll="">
                    <span>{(card.label)(t)}</span>
                    <b>{(card.value)(kpis)}</b>
                    <small>{(card.note)(t, kpis)}</small>
                    <span class="definition" role="tooltip">
                        {(card.definition)(t)}
                    </span>
                </a>
            }
        })
        .collect_view();
    view! {
        <div role="group" aria-label=label>
            {cards}
        </div>
    }
    .into_any()
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton"></div>
        <div class="skeleton"></div>
    }
    .into_any()
}

/// What every figure means, in one place.
#[component]
pub fn Statistics() -> impl IntoView {
    let t = text();
    let row = |card: &'static Card| {
        view! {
            <dt>{(card.label)(t)}</dt>
            <dd>{(card.definition)(t)}</dd>
        }
    };
    view! {
        <details class="statistics">
            <summary>{t.statistics}</summary>
            <p>{t.statistics_note}</p>
            <dl>{ACCOUNTS.iter().chain(&ONBOARDING).map(row).collect_view()}</dl>
            <ul>
                <li>{t.statistics_session}</li>
                <li>{t.statistics_usage}</li>
                <li>{t.statistics_budget}</li>
                <li>{t.statistics_active}</li>
            </ul>
        </details>
    }
    .into_any()
}

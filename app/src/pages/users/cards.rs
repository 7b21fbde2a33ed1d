//! The cards, each a link to the people that it counts, and what the figures mean. The server alone
//! writes them.

use maud::{Markup, html};
use model::format::{count, percent};
use model::people::{Role, Tab};
use model::query::{Invited, Licence, UsersQuery};
use model::text::fill;
use model::text::kpis::{Text, text};
use model::users::Kpis;

/// One card as data: to add one, add it to [`ACCOUNTS`] or [`ONBOARDING`].
struct Card {
    label: fn(&Text) -> &'static str,
    definition: fn(&Text) -> &'static str,
    value: fn(&Kpis) -> String,
    note: fn(&Text, &Kpis) -> String,
    people: fn() -> UsersQuery,
}

impl Card {
    fn is_of_seats(&self) -> bool {
        (self.people)().licence.is_some()
    }
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
        value: |kpis| count(kpis.totals.pending),
        note: |t, kpis| fill(t.kpi_pending_note, &[&count(kpis.invitations_expired)]),
        people: || UsersQuery { tab: Tab::Pending, ..UsersQuery::default() },
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
pub fn cards(kpis: &Kpis) -> Markup {
    let t = text();
    html! {
        (strip(t.kpi_accounts, &ACCOUNTS, kpis))
        (strip(t.kpi_onboarding, &ONBOARDING, kpis))
    }
}

/// Where seats are off, the cards of who holds one say nothing.
fn shown<'a>(cards: &'a [Card], kpis: &Kpis) -> impl Iterator<Item = &'a Card> {
    let has_seats = kpis.has_seats;
    cards.iter().filter(move |card| has_seats || !card.is_of_seats())
}

fn strip(label: &str, cards: &[Card], kpis: &Kpis) -> Markup {
    let t = text();
    html! {
        div role="group" aria-label=(label) {
            @for card in shown(cards, kpis) {
                a .kpi href=(model::url::join("/users", &(card.people)().print())) data-noscroll {
                    span { ((card.label)(t)) }
                    b { ((card.value)(kpis)) }
                    small { ((card.note)(t, kpis)) }
                    span .definition role="tooltip" { ((card.definition)(t)) }
                }
            }
        }
    }
}

/// What every figure means, in one place.
pub fn statistics(kpis: &Kpis) -> Markup {
    let t = text();
    html! {
        details .statistics {
            summary { (t.statistics) }
            p { (t.statistics_note) }
            dl {
                @for card in shown(&ACCOUNTS, kpis).chain(shown(&ONBOARDING, kpis)) {
                    dt { ((card.label)(t)) }
                    dd { ((card.definition)(t)) }
                }
            }
            ul {
                li { (t.statistics_session) }
                li { (t.statistics_usage) }
                li { (t.statistics_budget) }
                li { (t.statistics_active) }
            }
        }
        p .hint { a href="/bulk" rel="external" { (t.mass_changes) } }
    }
}

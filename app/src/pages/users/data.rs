//! What the users page loads, each part keyed by just what it depends on.

use leptos::prelude::*;
use model::query::UsersQuery;
use model::users::{Dialog, Figures, Filter, FilterOptions, PersonPanel, UsersPage, UsersTotals};

use crate::context::{Loaded, Refresh};
use crate::server_fns::{Answer, load_kpis, load_options, load_person, load_totals, load_users};
use crate::url::UsersUrl;

/// What is loaded.
#[derive(Clone, Copy)]
pub struct UsersData {
    /// The rows of the page.
    pub rows: Loaded<Answer<UsersPage>>,
    /// The exact totals of each list.
    pub totals: Loaded<Answer<UsersTotals>>,
    /// The cards.
    pub kpis: Loaded<Answer<Figures>>,
    /// The options of the opened filter.
    pub options: Loaded<Option<Answer<FilterOptions>>>,
    /// The person whose panel is open.
    pub person: Loaded<Option<Answer<PersonPanel>>>,
}

impl UsersData {
    /// Depends on all that the page can't be written without, so that the server waits for it.
    pub fn wait_for(self) {
        self.rows.track();
        self.totals.track();
        self.kpis.track();
        self.options.track();
        self.person.track();
    }
}

/// Provides it. A key is a query, and behind `#` what has everything loaded again.
pub fn provide_users_data(url: UsersUrl) {
    let refresh = expect_context::<Refresh>();
    // What is open and which columns are shown asks for no other rows.
    let rows_of =
        move || url.with(|query| UsersQuery { columns: None, ..query.opened(None, None) }.print());
    let rows = Loaded::new(
        move || format!("{}{}", rows_of(), refresh.key()),
        |key| load_users(query_of(&key)),
    );
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<String>| {
        rows.track();
        let asked = format!("{}{}", rows_of(), refresh.key());
        // The first of the two to change is the address, the second what it asked for.
        set_busy(before.is_some_and(|before| before != asked));
        asked
    });
    let scope = move || format!("{}{}", url.with(UsersQuery::scope), refresh.key());
    provide_context(UsersData {
        rows,
        totals: Loaded::new(scope, |key| load_totals(query_of(&key))),
        kpis: Loaded::new(move || refresh.key(), |_| load_kpis()),
        options: Loaded::new(
            move || {
                let filter = url.with(open_filter).map_or("", Filter::word);
                format!("{filter} {}", scope())
            },
            |key| async move {
                let (filter, query) = key.split_once(' ')?;
                let filter = Filter::from_word(filter)?;
                Some(load_options(query_of(query), filter.word().to_owned()).await)
            },
        ),
        person: Loaded::new(
            move || {
                let person = url.with(|query| query.person).unwrap_or(0);
                format!("{person}{}", refresh.key())
            },
            |key| async move {
                let id = key.split('#').next()?.parse().ok().filter(|id| *id > 0)?;
                Some(load_person(id).await)
            },
        ),
    });
}

/// Says on the table that other rows than those shown are on their way.
#[cfg(feature = "hydrate")]
fn set_busy(is_busy: bool) {
    if let Some(people) = document().get_element_by_id("people") {
        // Fails only for a name that is no attribute's.
        let _ = people.set_attribute("aria-busy", if is_busy { "true" } else { "false" });
    }
}

/// The query of a key. A printed query has no `#`: it is percent-encoded.
fn query_of(key: &str) -> UsersQuery {
    UsersQuery::read(key.split('#').next().unwrap_or_default()).0
}

/// The filter that the address has open.
pub fn open_filter(query: &UsersQuery) -> Option<Filter> {
    match query.dialog? {
        Dialog::Filter(filter) => Some(filter),
        _ => None,
    }
}

/// Whether there are seats, as far as that is known.
pub fn has_seats(page: &Option<Answer<UsersPage>>) -> bool {
    !matches!(page, Some(Ok(page)) if !page.has_seats)
}

/// What the page that this component is on loads.
pub fn use_users_data() -> UsersData {
    expect_context()
}

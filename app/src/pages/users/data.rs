//! What the users page loads, each part keyed by just what it depends on.

use leptos::prelude::*;
use model::query::UsersQuery;
use model::users::{Filter, FilterOptions, Kpis, Person, UsersPage, UsersTotals};

use crate::context::Refresh;
use crate::server_fns::{Answer, load_kpis, load_options, load_person, load_totals, load_users};
use crate::url::UsersUrl;

/// The page's resources.
#[derive(Clone, Copy)]
pub struct UsersData {
    /// The rows of the page.
    pub rows: Resource<Answer<UsersPage>>,
    /// The exact totals of each list.
    pub totals: Resource<Answer<UsersTotals>>,
    /// The cards.
    pub kpis: Resource<Answer<Kpis>>,
    /// The options of the opened filter.
    pub options: Resource<Option<Answer<FilterOptions>>>,
    /// Whether other rows than those shown are on their way.
    pub is_loading: RwSignal<bool>,
    /// The person whose panel is open.
    pub person: Resource<Option<Answer<Person>>>,
}

impl UsersData {
    /// Reads all that the page can't be written without, so that the server waits for it.
    pub fn wait_for(self) {
        let _ = self.rows.with(Option::is_some);
        let _ = self.totals.with(Option::is_some);
        let _ = self.kpis.with(Option::is_some);
        let _ = self.options.with(Option::is_some);
        let _ = self.person.with(Option::is_some);
    }
}

/// Provides them.
pub fn provide_users_data(url: UsersUrl) {
    let refresh = expect_context::<Refresh>().0;
    let query = url.query;
    // What is open and which columns are shown asks for no other rows.
    let rows_of =
        Memo::new(move |_| UsersQuery { columns: None, ..query.get().opened(None, None) });
    let scope = Memo::new(move |_| {
        let query = query.get();
        UsersQuery {
            sort: Default::default(),
            size: UsersQuery::default().size,
            columns: None,
            ..query.to_save()
        }
    });
    let filter = Memo::new(move |_| query.with(|query| open_filter(query)));
    let person = Memo::new(move |_| query.with(|query| query.person));
    let rows = Resource::new_blocking(
        move || (rows_of.get(), refresh.get()),
        |(query, _)| load_users(query),
    );
    let is_loading = RwSignal::new(false);
    Effect::new(move |before: Option<()>| {
        rows_of.track();
        refresh.track();
        is_loading.set(before.is_some());
    });
    Effect::new(move || {
        rows.track();
        is_loading.set(false);
    });
    provide_context(UsersData {
        rows,
        is_loading,
        totals: Resource::new_blocking(
            move || (scope.get(), refresh.get()),
            |(query, _)| load_totals(query),
        ),
        kpis: Resource::new_blocking(move || refresh.get(), |_| load_kpis()),
        options: Resource::new_blocking(
            move || (filter.get(), scope.get(), refresh.get()),
            |(filter, query, _)| async move {
                Some(load_options(query, filter?.word().to_owned()).await)
            },
        ),
        person: Resource::new_blocking(
            move || (person.get(), refresh.get()),
            |(id, _)| async move { Some(load_person(id?).await) },
        ),
    });
}

/// The filter that the address has open.
pub fn open_filter(query: &UsersQuery) -> Option<Filter> {
    match query.dialog? {
        model::users::Dialog::Filter(filter) => Some(filter),
        _ => None,
    }
}

/// The resources of the page that this component is on.
pub fn use_users_data() -> UsersData {
    expect_context()
}

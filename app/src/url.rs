//! The address as state: hooks that read it, and helpers that write it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::query::UsersQuery;
use model::url::{Ignored, join};
use model::views::SavedView;

/// The users view that the address stands for.
#[derive(Clone, Copy)]
pub struct UsersUrl {
    read: Memo<(UsersQuery, Vec<Ignored>)>,
    base: StoredValue<String>,
    /// The saved view at whose address the page is.
    pub saved: StoredValue<Option<SavedView>>,
}

impl UsersUrl {
    /// Reads the view.
    pub fn with<T>(self, read: impl FnOnce(&UsersQuery) -> T) -> T {
        self.read.with(|(query, _)| read(query))
    }

    /// Reads the view as it is now, without depending on it.
    pub fn now<T>(self, read: impl FnOnce(&UsersQuery) -> T) -> T {
        self.read.with_untracked(|(query, _)| read(query))
    }

    /// The view.
    pub fn query(self) -> UsersQuery {
        self.with(UsersQuery::clone)
    }

    /// What of the address had no effect.
    pub fn ignored(self) -> Vec<Ignored> {
        self.read.with(|(_, ignored)| ignored.clone())
    }

    /// The address of another view, on the same page. A view that is all defaults is spelt out
    /// under a saved view's address, which would otherwise mean the saved one.
    pub fn href(self, query: &UsersQuery) -> String {
        let mut printed = query.print();
        self.saved.with_value(|saved| {
            if let Some(saved) = saved {
                if *query == saved.query {
                    printed.clear();
                } else if printed.is_empty() {
                    "tab=active".clone_into(&mut printed);
                }
            }
        });
        self.base.with_value(|base| join(base, &printed))
    }

    /// The address of the view with nothing open over it.
    pub fn closed(self) -> impl Fn() -> String + Copy + Send + Sync {
        move || self.with(|query| self.href(&query.opened(None, None)))
    }

    /// The page's path, for forms.
    pub fn base(self) -> String {
        self.base.get_value()
    }
}

/// Provides the view of a page at `base`.
pub fn provide_users_url(base: String, saved: Option<SavedView>) -> UsersUrl {
    let search = use_location().search;
    let saved = StoredValue::new(saved);
    let read = Memo::new(move |_| {
        let search = search.get();
        saved.with_value(|saved| match saved {
            Some(saved) if search.trim_start_matches('?').is_empty() => {
                (saved.query.clone(), Vec::new())
            }
            _ => UsersQuery::read(&search),
        })
    });
    let url = UsersUrl { read, base: StoredValue::new(base), saved };
    provide_context(url);
    url
}

/// The view of the page that this component is on.
pub fn use_users_url() -> UsersUrl {
    expect_context()
}

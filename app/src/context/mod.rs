//! What is provided to every page: the signed-in person, the saved views, announcements.

mod loaded;

use leptos::prelude::*;
use model::session::Caller;
use model::views::SavedView;

pub use loaded::Loaded;

use crate::server_fns::{Answer, load_caller, load_views};

/// Who asks, as the HTTP edge found them: provided for each request.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The signed-in person, read afresh; `None` for nobody.
    pub caller: Option<Caller>,
    /// Their address.
    pub address: String,
    /// What the request before has done, to be told once.
    pub done: Option<crate::Said>,
}

/// The addresses of the client's files, with their hashes.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct PageFiles {
    /// The script that loads the module.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

/// The signed-in person, as the page was loaded.
#[derive(Clone, Copy)]
pub struct CurrentCaller(pub Loaded<Option<Caller>>);

/// The saved views of the sidebar.
#[derive(Clone, Copy)]
pub struct Views(pub Loaded<Answer<Vec<SavedView>>>);

/// Counts what makes loaded data stale: every resource that shows people depends on it.
#[derive(Clone, Copy)]
pub struct Refresh(pub RwSignal<u32>);

impl Refresh {
    /// What a key ends with, to change whenever all is to be loaded again.
    pub fn key(self) -> String {
        format!("#{}", self.0.get())
    }

    /// Has everything loaded again.
    #[cfg(feature = "hydrate")]
    pub fn now(self) {
        self.0.update(|n| *n += 1);
    }
}

/// What a screen reader is told, and a toast shows.
#[derive(Clone, Copy)]
pub struct Announcement(pub RwSignal<String>);

/// What the window is called.
#[derive(Clone)]
pub struct WindowTitle(pub ArcRwSignal<String>);

/// Provides all of them; once, by the application.
pub fn provide_all() {
    let refresh = Refresh(RwSignal::new(0));
    provide_context(refresh);
    provide_context(WindowTitle(ArcRwSignal::new(String::new())));
    provide_context(Announcement(RwSignal::new(String::new())));
    provide_context(CurrentCaller(Loaded::new(String::new, |_| async {
        load_caller().await.unwrap_or(None)
    })));
    provide_context(Views(Loaded::new(move || refresh.key(), |_| load_views())));
}

//! The users page: `/users`, and the same page at a saved view's address.
//!
//! Everything that can be chosen is a link or a GET form, so the page is the same without
//! scripts. Each section loads its own data; `data` says what depends on what.

mod acts;
#[cfg(feature = "ssr")]
mod cards;
mod chips;
mod columns;
mod data;
mod export;
mod filters;
mod head;
mod kpis;
mod notice;
mod pager;
mod paste;
mod person;
mod save_view;
mod search;
mod table;
mod tabs;
mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::people::Role;
use model::text::text;
use model::users::Dialog;
use model::views::SavedView;

use crate::components::{
    About, block, fixed, frame, live, problem_state, switch, waiting, window_title,
};
use crate::context::{Loaded, Refresh};
use crate::server_fns::load_view;
use crate::url::{provide_users_url, use_users_url};
#[cfg(feature = "ssr")]
pub use cards::{cards, statistics};
#[cfg(feature = "ssr")]
pub use chips::chip;
pub use chips::ignored_chip;
#[cfg(feature = "ssr")]
pub use chips::why_ignored;
use data::{provide_users_data, use_users_data};
pub use filters::range_fields;
#[cfg(feature = "ssr")]
pub use person::TOP;
#[cfg(feature = "ssr")]
pub use table::{ago, budget, referral, time};
#[cfg(feature = "ssr")]
pub use words::{period_label, title};

/// `/users`.
#[component]
pub fn UsersPage() -> impl IntoView {
    users_page("/users".to_owned(), None)
}

/// `/views/<slug>`: the same page, starting from what was saved.
#[component]
pub fn ViewPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let refresh = expect_context::<Refresh>();
    let view = Loaded::new(
        move || format!("{}{}", slug.get(), refresh.key()),
        |key| load_view(key.split('#').next().unwrap_or_default().to_owned()),
    );
    let page = move || {
        Some(match view.get()? {
            Ok(view) => users_page(format!("/views/{}", view.slug), Some(view)),
            Err(problem) => {
                super::set_status(problem.status());
                provide_context(StoredValue::new(problem));
                frame(Role::Manager, no_view)
            }
        })
    };
    waiting(move || view.track(), vec![switch(page)])
}

fn no_view() -> AnyView {
    let problem = expect_context::<StoredValue<model::Problem>>().get_value();
    let t = text();
    let html = maud::html! {
        header .head { h1 .grow { (t.users_title) } }
        (problem_state(t.users_failed_title, &problem))
    };
    vec![window_title(|| text().users_failed_title.to_owned()), fixed(html)].into_any()
}

fn users_page(base: String, saved: Option<SavedView>) -> AnyView {
    let url = provide_users_url(base, saved);
    provide_users_data(url);
    frame(Role::Manager, users_screen)
}

fn users_screen() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    let (kpis, rows) = (data.kpis, data.rows);
    // What is opened over the page is a view of its own: it has state.
    let dialog = Memo::new(move |_| url.with(|q| q.dialog.map_or("", Dialog::word).to_owned()));
    let dialog = switch(move || match dialog.with(|word| Dialog::from_word(word))? {
        Dialog::Columns => Some(columns::columns()),
        Dialog::Paste => Some(paste::paste()),
        Dialog::SaveView => Some(save_view::save_view()),
        Dialog::Export => Some(export::export()),
        Dialog::Filter(_) => None,
    });
    let sections: Vec<AnyView> = vec![
        window_title(move || head::name(url, data.person.get().flatten())),
        // It lies over the rest, so the keyboard comes to it before the rest.
        person::panel(),
        live(move || head::head(url, &rows.get(), &kpis.get())),
        notice::notice(),
        live(move || kpis::kpis(&kpis.get())),
        live(move || tabs::tabs(url, &kpis.get())),
        block("div", "bar", About::default(), vec![search::search(), filters::filters()]),
        live(move || chips::chips(url, &rows.get())),
        table::people(),
        live(move || kpis::statistics(&kpis.get())),
        dialog,
    ];
    waiting(move || data.wait_for(), sections)
}

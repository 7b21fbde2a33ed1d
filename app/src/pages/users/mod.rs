//! The users page: `/users`, and the same page at a saved view's address.
//!
//! Everything that can be chosen is a link or a GET form, so the page is the same without
//! scripts. Each section loads its own data; `data` says what depends on what.

mod chips;
mod columns;
mod data;
mod filters;
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
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::people::Tab;
use model::text::{fill, text};
use model::users::Dialog;
use model::views::SavedView;

use crate::components::{Frame, Icon, ProblemState, icons};
use crate::server_fns::load_view;
use crate::url::{provide_users_url, use_users_url};
use data::{provide_users_data, use_users_data};

/// `/users`.
#[component]
pub fn UsersPage() -> impl IntoView {
    view! {
        <Frame>
            <UsersScreen base="/users".to_owned() saved=None />
        </Frame>
    }
    .into_any()
}

/// `/views/<slug>`: the same page, starting from what was saved.
#[component]
pub fn ViewPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let refresh = expect_context::<crate::context::Refresh>().0;
    let view =
        Resource::new_blocking(move || (slug.get(), refresh.get()), |(slug, _)| load_view(slug));
    view! {
        <Frame>
            <Transition>
                {move || Suspend::new(async move {
                    match view.await {
                        Ok(view) => {
                            let base = format!("/views/{}", view.slug);
                            view! { <UsersScreen base=base saved=Some(view) /> }.into_any()
                        }
                        Err(problem) => {
                            super::set_status(problem.status());
                            view! { <ProblemState title=text().users_failed_title problem=problem /> }
                                .into_any()
                        }
                    }
                })}
            </Transition>
        </Frame>
    }
    .into_any()
}

#[component]
fn UsersScreen(base: String, saved: Option<SavedView>) -> impl IntoView {
    let url = provide_users_url(base, saved);
    provide_users_data(url);
    let t = text();
    let heading = move || {
        url.saved.with_value(|saved| {
            saved.as_ref().map_or_else(|| t.users_title.to_owned(), |view| view.name.clone())
        })
    };
    let window_title = move || {
        let of_query = url.query.with(words::of);
        let name = url.saved.with_value(|saved| saved.as_ref().map(|view| view.name.clone()));
        let shown = name.unwrap_or(of_query);
        fill("{} · {}", &[&shown, t.product])
    };
    view! {
        <Title text=window_title />
        <header class="head">
            <div class="grow">
                <h1 dir="auto">
                    {heading()}
                    <save_view::Marker />
                </h1>
                <AsOf />
            </div>
            <RefreshLink />
        </header>
        <notice::Notice />
        <kpis::Cards />
        <nav class="tabs main" aria-label=t.nav_main>
            <a href="/users" aria-current="page">
                {t.nav_users}
            </a>
            <a href="/trends">{t.nav_trends}</a>
        </nav>
        <tabs::Tabs />
        <div class="bar">
            <search::Search />
            <filters::Filters />
        </div>
        <chips::Chips />
        <table::People />
        <kpis::Statistics />
        {move || {
            let query = url.query.get();
            match query.dialog {
                Some(Dialog::Columns) => view! { <columns::Columns /> }.into_any(),
                Some(Dialog::Paste) => view! { <paste::Paste /> }.into_any(),
                Some(Dialog::SaveView) => view! { <save_view::SaveView /> }.into_any(),
                Some(Dialog::Filter(_)) | None => ().into_any(),
            }
        }}
        <person::Panel />
    }
    .into_any()
}

#[component]
fn AsOf() -> impl IntoView {
    let data = use_users_data();
    let t = text();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let total = data.kpis.await.ok()?.totals.of(Tab::Active);
                let as_of = data.rows.await.ok()?.as_of.clock();
                let people = model::format::count(total);
                Some(view! { <p>{fill(t.users_as_of, &[&people, &as_of])}</p> })
            })}
        </Transition>
    }
    .into_any()
}

/// Loads everything again: by itself where scripts run, else as a link to the same address.
#[component]
fn RefreshLink() -> impl IntoView {
    let url = use_users_url();
    let refresh = expect_context::<crate::context::Refresh>();
    let href = move || url.query.with(|query| url.href(query));
    view! {
        <a
            class="btn icon"
            href=href
            data-noscroll=""
            aria-label=text().refresh
            title=text().refresh
            on:click=move |event| {
                event.prevent_default();
                refresh.now();
            }
        >
            <Icon path=icons::REFRESH />
        </a>
    }
    .into_any()
}

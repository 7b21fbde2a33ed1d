//! What stands around a page: the sidebar with navigation and saved views for administrators, and
//! a plain sheet for everything before that.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use model::people::Role;
use model::text::{fill, text};

use super::user_menu::UserMenu;
use super::{Icon, icons};
use crate::context::{CurrentCaller, Views};
use crate::pages::ForbiddenPage;

/// The mark and the name.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/users">
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <rect x="1" y="1" width="22" height="22" rx="7" />
                <path d="M7 16.5v-4M12 16.5v-9M17 16.5v-6" />
            </svg>
            {text().product}
        </a>
    }
    .into_any()
}

/// A page outside of the admin area: a title and a sheet in the middle.
#[component]
pub fn Page(
    /// The heading, and the title of the window.
    title: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=fill("{} · {}", &[title, text().product]) />
        <main class="sheet-page" id="content">
            <Brand />
            <section class="sheet">
                <h1>{title}</h1>
                {children()}
            </section>
        </main>
    }
    .into_any()
}

/// A page of the admin area, for administrators; everybody else is told so.
#[component]
pub fn Frame(children: ChildrenFn) -> impl IntoView {
    let caller = expect_context::<CurrentCaller>().0;
    let children = StoredValue::new(children);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match caller.await {
                    Some(caller) if caller.role == Role::Administrator => {
                        view! {
                            <a class="skip" href="#content" rel="external">
                                {text().skip_to_content}
                            </a>
                            <div class="app">
                                <aside class="side">
                                    <Brand />
                                    <Navigation />
                                    <UserMenu caller=caller />
                                </aside>
                                <main id="content">{children.with_value(|children| children())}</main>
                            </div>
                        }
                            .into_any()
                    }
                    caller => view! { <ForbiddenPage caller=caller /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Navigation() -> impl IntoView {
    let t = text();
    let path = use_location().pathname;
    let views = expect_context::<Views>().0;
    let current = move |at: &'static str| move || (path.get() == at).then_some("page");
    view! {
        <nav class="nav" aria-label=t.nav_main>
            <a href="/users" aria-current=current("/users")>
                <Icon path=icons::USERS />
                {t.nav_users}
            </a>
            <a href="/trends" aria-current=current("/trends")>
                <Icon path=icons::TRENDS />
                {t.nav_trends}
            </a>
        </nav>
        <nav class="nav views" aria-labelledby="nav-views">
            <h2 id="nav-views">{t.nav_views}</h2>
            <Transition>
                {move || Suspend::new(async move {
                    let views = views.await.unwrap_or_default();
                    if views.is_empty() {
                        return view! { <p class="muted">{t.nav_no_views}</p> }.into_any();
                    }
                    views
                        .into_iter()
                        .enumerate()
                        .map(|(i, view)| {
                            let href = format!("/views/{}", view.slug);
                            let at = href.clone();
                            view! {
                                <a
                                    href=href
                                    aria-current=move || (path.get() == at).then_some("page")
                                >
                                    <span class="dot" style=format!("--h:{}", (i * 67 + 277) % 360)></span>
                                    <span class="clip" dir="auto">{view.name}</span>
                                </a>
                            }
                        })
                        .collect_view()
                        .into_any()
                })}
            </Transition>
        </nav>
    }
    .into_any()
}

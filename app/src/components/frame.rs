//! What stands around a page: the sidebar with navigation and saved views for administrators, and
//! a plain sheet for everything before that.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use model::Problem;
use model::people::Role;
use model::session::Caller;
use model::text::{fill, text};
use model::views::SavedView;

use super::theme::theme_switch;
use super::{About, Icon, avatar, block, fixed, icon, live, switch, waiting};
use crate::context::{CurrentCaller, Views, WindowTitle};
use crate::pages::forbidden;

/// The mark and the name, which lead to where somebody begins.
pub fn brand(home: &str) -> Markup {
    html! {
        a .brand href=(home) {
            svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" {
                rect x="1" y="1" width="22" height="22" rx="7" {}
                path d="M7 16.5v-4M12 16.5v-9M17 16.5v-6" {}
            }
            (text().product)
        }
    }
}

/// A page outside of the admin area: a title and a sheet in the middle.
pub fn sheet(title: &str, content: &Markup) -> AnyView {
    let html = html! {
        main .sheet-page #content {
            (brand("/users"))
            section .sheet { h1 { (title) } (content) }
        }
    };
    let name = title.to_owned();
    vec![window_title(move || name.clone()), fixed(html)].into_any()
}

/// Calls the window by a page's name. It stands inside of the `waiting` that loads what the name
/// is made of: the server writes the title last, as it was set last.
pub fn window_title(name: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let title = expect_context::<WindowTitle>().0;
    let name = move || fill("{} · {}", &[&name(), text().product]);
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move || title.set(name()));
        live(Markup::default)
    }
    #[cfg(not(feature = "hydrate"))]
    live(move || {
        // leptos_meta (0.8.7) writes it into the document as it is.
        title.set(html! { (name()) }.into_string());
        Markup::default()
    })
}

/// A page of the admin area for a role and those above; everybody else is told so, and managers
/// where they look after nobody. The content says what the window is called ([`window_title`]).
pub fn frame(least: Role, content: fn() -> AnyView) -> AnyView {
    let caller = expect_context::<CurrentCaller>().0;
    let views = expect_context::<Views>().0;
    let needs = move || {
        caller.track();
        views.track();
    };
    let page = move || {
        let who = caller.get()?;
        let is_refused = matches!(views.get(), Some(Err(Problem::AdminRequired)));
        let Some(who) = who.as_ref().filter(|who| who.role >= least && !is_refused) else {
            return Some(forbidden(who.as_ref()));
        };
        let skip = html! {
            a .skip href="#content" rel="external" { (text().skip_to_content) }
        };
        let side = vec![fixed(brand("/users")), live(navigation(who.role)), fixed(user_menu(who))];
        let main = About { id: Some("content"), ..About::default() };
        let app = vec![
            block("aside", "side", About::default(), side),
            block("main", "", main, vec![content()]),
        ];
        Some(vec![fixed(skip), block("div", "app", About::default(), app)].into_any())
    };
    waiting(needs, vec![switch(page)])
}

fn navigation(role: Role) -> impl Fn() -> Markup {
    let path = use_location().pathname;
    let views = expect_context::<Views>().0;
    move || {
        let views: Vec<SavedView> = views.get().and_then(Result::ok).unwrap_or_default();
        navigation_links((role, true), &path.get(), &views)
    }
}

/// The links of the sidebar that a role has, with the users page or without; that of the path is current.
pub fn navigation_links(
    (role, has_users): (Role, bool),
    path: &str,
    views: &[SavedView],
) -> Markup {
    let t = text();
    let current = |at: &str| (path == at).then_some("page");
    // Plain pages, which the application does not lead to by itself.
    let plain = [
        (Role::Manager, "/groups", Icon::GROUPS, t.nav_groups),
        (Role::Administrator, "/permissions", Icon::SHIELD, t.nav_permissions),
        (Role::Administrator, "/licences", Icon::SEAT, t.nav_licences),
        (Role::Administrator, "/outbox", Icon::MAIL, t.nav_outbox),
        (Role::Administrator, "/audit", Icon::LOG, t.nav_audit),
        (Role::Administrator, "/settings", Icon::SETTINGS, t.nav_settings),
    ];
    html! {
        nav .nav aria-label=(t.nav_main) {
            @if has_users {
                a href="/users" aria-current=[current("/users")] { (icon(Icon::USERS)) (t.nav_users) }
            }
            @if role == Role::Administrator {
                a href="/trends" aria-current=[current("/trends")] { (icon(Icon::TRENDS)) (t.nav_trends) }
            }
            @for (least, href, picture, label) in plain {
                @if role >= least {
                    a href=(href) rel="external" aria-current=[current(href)] { (icon(picture)) (label) }
                }
            }
        }
        // Managers have none of their own.
        @if !views.is_empty() || role == Role::Administrator {
            nav .nav.views aria-labelledby="nav-views" {
                h2 #nav-views { (t.nav_views) }
                @if views.is_empty() { p .muted { (t.nav_no_views) } }
                @for (i, view) in views.iter().enumerate() {
                    @let href = format!("/views/{}", view.slug);
                    a href=(href) aria-current=[current(&href)] {
                        span .dot style={ "--h:" ((i * 67 + 277) % 360) } {}
                        span .clip dir="auto" { (view.name) }
                    }
                }
            }
        }
    }
}

/// The signed-in person, with what they can do about themselves.
pub fn user_menu(caller: &Caller) -> Markup {
    let t = text();
    html! {
        details .me {
            summary {
                (avatar(&caller.name, caller.id))
                span .me-name {
                    b dir="auto" { (caller.name) }
                    small { (icon(Icon::SHIELD)) (caller.role.label()) }
                }
            }
            div .me-menu {
                (theme_switch())
                form method="post" action="/sign-out" {
                    button .btn.ghost type="submit" { (t.sign_out) }
                }
            }
        }
    }
}

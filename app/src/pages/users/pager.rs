//! The foot of the table: where one is, how many there are, hits on the other lists, and the way
//! on.

use leptos::prelude::*;
use model::format::count;
use model::people::Tab;
use model::query::{PageSize, UsersQuery};
use model::text::{fill, text};
use model::users::{UsersPage, UsersTotals};

use super::data::use_users_data;
use crate::components::{Icon, icons};
use crate::url::{UsersUrl, use_users_url};

/// The foot.
#[component]
pub fn Foot() -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    let t = text();
    view! {
        <footer class="foot">
            <Transition>
                {move || Suspend::new(async move {
                    let totals = data.totals.await.ok()?;
                    Some(other_hits(url, &url.query.get(), &totals))
                })}
            </Transition>
            <span class="grow"></span>
            <nav class="sizes" aria-label=t.page_size>
                {move || sizes(url, &url.query.get())}
            </nav>
            // The rows come first; the total may take longer.
            <span class="range" role="status">
                <Transition>
                    {move || Suspend::new(async move {
                        let page = data.rows.await.ok()?;
                        let total = data.totals.await.ok().map(|totals| totals.of(url.query.get().tab));
                        Some(range(&page, total))
                    })}
                </Transition>
            </span>
            <nav class="pager" aria-label=t.pager>
                <Transition>
                    {move || Suspend::new(async move {
                        let page = data.rows.await.ok()?;
                        Some(steps(url, &url.query.get(), &page))
                    })}
                </Transition>
            </nav>
        </footer>
    }
    .into_any()
}

fn range(page: &UsersPage, total: Option<i64>) -> String {
    let t = text();
    let shown = page.rows.len() as i64;
    if shown == 0 {
        return fill(t.users_total, &["0"]);
    }
    let first = match (page.offset, page.from_end, total) {
        (Some(offset), ..) => Some(offset + 1),
        (None, Some(from_end), Some(total)) => Some((total - from_end + 1).max(1)),
        _ => None,
    };
    match (first, total) {
        (Some(first), Some(total)) => fill(
            t.users_range,
            &[&count(first), &count(first + shown - 1), &count(total.max(first + shown - 1))],
        ),
        (Some(first), None) => {
            fill(t.users_range_open, &[&count(first), &count(first + shown - 1)])
        }
        (None, _) => fill(t.users_total, &[&count(shown)]),
    }
}

fn steps(url: UsersUrl, query: &UsersQuery, page: &UsersPage) -> impl IntoView + use<> {
    let t = text();
    let to = |place: Option<&str>| {
        let page = place.filter(|place| !place.is_empty()).map(str::to_owned);
        url.href(&UsersQuery { page, ..query.opened(None, None) })
    };
    let previous = page.previous.as_deref();
    let next = page.next.as_deref();
    view! {
        {step(previous.map(|_| to(None)), icons::FIRST, t.page_first)}
        {step(previous.map(|place| to(Some(place))), icons::LEFT, t.page_previous)}
        {step(next.map(|place| to(Some(place))), icons::RIGHT, t.page_next)}
        {step(next.map(|_| to(Some("last"))), icons::LAST, t.page_last)}
    }
}

/// A step that can't be taken stays in its place, without an address.
fn step(href: Option<String>, icon: &'static str, label: &'static str) -> AnyView {
    let disabled = href.is_none().then_some("true");
    let role = href.is_none().then_some("link");
    view! {
        <a
            class="btn icon small"
            href=href
            role=role
            aria-disabled=disabled
            aria-label=label
            title=label
            data-noscroll=""
        >
            <Icon path=icon />
        </a>
    }
    .into_any()
}

fn sizes(url: UsersUrl, query: &UsersQuery) -> impl IntoView + use<> {
    PageSize::ALL
        .iter()
        .map(|size| {
            let href = url.href(&query.changed(|query| query.size = *size));
            let current = (query.size == *size).then_some("true");
            view! {
                <a href=href aria-current=current data-noscroll="">
                    {size.word()}
                </a>
            }
        })
        .collect_view()
}

/// Links to the same search on the lists that it also found someone on.
fn other_hits(url: UsersUrl, query: &UsersQuery, totals: &UsersTotals) -> AnyView {
    let t = text();
    if !query.is_narrowed() || query.tab == Tab::All {
        return ().into_any();
    }
    let links = [Tab::Active, Tab::Pending, Tab::Deleted]
        .into_iter()
        .filter(|tab| *tab != query.tab && totals.of(*tab) > 0)
        .map(|tab| {
            let label = fill(t.users_other_hit, &[&count(totals.of(tab)), tab.label()]);
            view! {
                <a href=url.href(&query.on_tab(tab)) data-noscroll="">
                    {label}
                </a>
            }
        })
        .collect::<Vec<_>>();
    if links.is_empty() {
        return ().into_any();
    }
    view! { <span class="others">{fill(t.users_other_hits, &[""])} {links}</span> }.into_any()
}

//! The foot of the table: where one is, how many there are, hits on the other lists, and the way
//! on.

use maud::{Markup, html};
use model::format::count;
use model::people::Tab;
use model::query::{PageSize, UsersQuery};
use model::text::{fill, text};
use model::users::{UsersPage, UsersTotals};

use super::words::people;
use crate::components::{Icon, icon_link};
use crate::server_fns::Answer;
use crate::url::UsersUrl;

/// The foot. The rows come first; the total may take longer.
pub fn foot(
    url: UsersUrl,
    query: &UsersQuery,
    page: &Option<Answer<UsersPage>>,
    totals: &Option<Answer<UsersTotals>>,
) -> Markup {
    let t = text();
    let totals = totals.as_ref().and_then(|totals| totals.as_ref().ok());
    let page = page.as_ref().and_then(|page| page.as_ref().ok());
    html! {
        footer .foot {
            @if let Some(totals) = totals { (other_hits(url, query, totals)) }
            span .grow {}
            nav .sizes aria-label=(t.page_size) {
                @for size in PageSize::ALL {
                    a href=(url.href(&query.changed(|query| query.size = *size)))
                        aria-current=[(query.size == *size).then_some("true")] data-noscroll {
                        (size.word())
                    }
                }
            }
            @if let Some(page) = page {
                span .range role="status" { (range(page, totals.map(|totals| totals.of(query.tab)))) }
                nav .pager aria-label=(t.pager) { (steps(url, query, page)) }
            }
        }
    }
}

fn range(page: &UsersPage, total: Option<i64>) -> String {
    let t = text();
    let shown = page.rows.len() as i64;
    if shown == 0 {
        return people(0);
    }
    let first = match (page.offset, page.from_end, total) {
        (Some(offset), ..) => Some(offset + 1),
        (None, Some(from_end), Some(total)) => Some((total - from_end + 1).max(1)),
        _ => None,
    };
    match (first, total) {
        (Some(first), Some(total)) => {
            let last = first + shown - 1;
            fill(t.users_range, &[&count(first), &count(last), &count(total.max(last))])
        }
        (Some(first), None) => {
            fill(t.users_range_open, &[&count(first), &count(first + shown - 1)])
        }
        (None, _) => people(shown),
    }
}

fn steps(url: UsersUrl, query: &UsersQuery, page: &UsersPage) -> Markup {
    let t = text();
    let to = |place: &str| {
        let page = (!place.is_empty()).then(|| place.to_owned());
        url.href(&UsersQuery { page, ..query.opened(None, None) })
    };
    let step = |place: Option<&str>, picture, label| {
        icon_link("btn icon small", place.map(to).as_deref(), picture, label)
    };
    let previous = page.previous.as_deref();
    let next = page.next.as_deref();
    html! {
        (step(previous.map(|_| ""), Icon::FIRST, t.page_first))
        (step(previous, Icon::LEFT, t.page_previous))
        (step(next, Icon::RIGHT, t.page_next))
        (step(next.map(|_| "last"), Icon::LAST, t.page_last))
    }
}

/// Links to the same search on the lists that it also found someone on.
fn other_hits(url: UsersUrl, query: &UsersQuery, totals: &UsersTotals) -> Markup {
    let t = text();
    let others: Vec<Tab> = [Tab::Active, Tab::Pending, Tab::Deleted]
        .into_iter()
        .filter(|tab| *tab != query.tab && totals.of(*tab) > 0)
        .collect();
    if !query.is_narrowed() || query.tab == Tab::All || others.is_empty() {
        return Markup::default();
    }
    html! {
        span .others {
            (t.users_other_hits) " "
            @for tab in others {
                a href=(url.href(&query.on_tab(tab))) data-noscroll {
                    (fill(t.users_other_hit, &[&count(totals.of(tab)), tab.label()]))
                }
                " "
            }
        }
    }
}

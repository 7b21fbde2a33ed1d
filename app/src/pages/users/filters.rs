//! The filters: a link each that opens it, and the opened one with its options and their counts.

use leptos::prelude::*;
use model::format::count;
use model::query::{Period, UsersQuery};
use model::text::{fill, text};
use model::users::{Dialog, Filter, FilterOptions};

use super::data::{open_filter, use_users_data};
use super::words::{chosen, option_label, toggled, with};
use crate::components::{GetForm, Icon, icons};
use crate::server_fns::Answer;
use crate::url::{HiddenFields, UsersUrl, use_users_url};

/// The bar of filters.
#[component]
pub fn Filters() -> impl IntoView {
    let url = use_users_url();
    view! {
        <div class="filters" role="group" aria-label=text().filters>
            {move || {
                let query = url.query.get();
                Filter::ALL
                    .iter()
                    .filter(|filter| filter.fits(query.tab))
                    .map(|filter| opener(url, &query, *filter))
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}

fn opener(url: UsersUrl, query: &UsersQuery, filter: Filter) -> impl IntoView + use<> {
    let is_open = open_filter(query) == Some(filter);
    let dialog = (!is_open).then_some(Dialog::Filter(filter));
    let class = if chosen(query, filter).is_empty() { "filter" } else { "filter on" };
    view! {
        <span class="filter-place">
            <a
                class=class
                href=url.href(&query.opened(None, dialog))
                data-noscroll=""
                aria-expanded=is_open.to_string()
                id=format!("filter-{}", filter.word())
            >
                {filter.label()}
                <Icon path=icons::DOWN />
            </a>
            {is_open.then(|| view! { <Popover filter=filter /> })}
        </span>
    }
}

#[component]
fn Popover(filter: Filter) -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    let close = move || url.query.with(|query| url.href(&query.opened(None, None)));
    #[cfg(feature = "hydrate")]
    close_on_escape(url);
    view! {
        <div class="popover" role="group" aria-labelledby=format!("filter-{}", filter.word())>
            <header>
                <b>{filter.label()}</b>
                <a class="btn icon ghost small" href=close data-noscroll="" aria-label=text().close>
                    <Icon path=icons::CROSS />
                </a>
            </header>
            <Transition fallback=|| view! { <p class="muted loading">{text().loading}</p> }>
                {move || Suspend::new(async move {
                    data.options.await.map(|answer| options(url, filter, answer))
                })}
            </Transition>
            {(filter == Filter::Registered).then(|| view! { <CustomRange /> })}
            {(filter == Filter::Budget).then(|| view! { <CustomBudget /> })}
        </div>
    }
    .into_any()
}

fn options(url: UsersUrl, filter: Filter, answer: Answer<FilterOptions>) -> impl IntoView {
    let found = match answer {
        Ok(found) => found,
        Err(problem) => {
            return view! { <p class="note bad" role="alert">{problem.sentence()}</p> }.into_any();
        }
    };
    let query = url.query.get();
    let taken = chosen(&query, filter);
    let is_empty = found.options.is_empty();
    let rows = found
        .options
        .into_iter()
        .map(|option| {
            let is_chosen = taken.contains(&option.value);
            // The filter stays open, so that more than one can be chosen.
            let next = UsersQuery { dialog: query.dialog, ..toggled(&query, filter, &option.value) };
            let mark = if filter.takes_many() { "mark many" } else { "mark" };
            view! {
                <a
                    class="option"
                    href=url.href(&next)
                    data-noscroll=""
                    aria-current=is_chosen.to_string()
                >
                    <span class=mark>{is_chosen.then(|| view! { <Icon path=icons::CHECK /> })}</span>
                    <span class="clip" dir="auto">{option_label(filter, &option.value)}</span>
                    <span class="n">{count(option.count)}</span>
                </a>
            }
        })
        .collect_view();
    let more = (found.more > 0).then(|| {
        view! { <p class="muted">{fill(text().filter_search_options, &[&count(found.more)])}</p> }
    });
    view! {
        <div class="options">{rows}</div>
        {is_empty.then(|| view! { <p class="muted">{text().filter_no_options}</p> })}
        {more}
    }
    .into_any()
}

#[component]
fn CustomRange() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let query = url.query.get_untracked();
    let (from, to) = match query.registered {
        Some(Period::Range(from, to)) => (from, to),
        _ => (None, None),
    };
    let value = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
    view! {
        <GetForm action=url.base() class="range">
            <HiddenFields query=with(&query, Filter::Registered, &[]).print() />
            <label>
                {t.filter_from}
                <input type="date" name="from" value=value(from) min="1970-01-01" max="9999-12-31" />
            </label>
            <label>
                {t.filter_to}
                <input type="date" name="to" value=value(to) min="1970-01-01" max="9999-12-31" />
            </label>
            <button class="btn small" type="submit">
                {t.apply}
            </button>
        </GetForm>
    }
    .into_any()
}

#[component]
fn CustomBudget() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let query = url.query.get_untracked();
    let value = query.budget_over.map(|percent| percent.to_string());
    view! {
        <GetForm action=url.base() class="range">
            <HiddenFields query=with(&query, Filter::Budget, &[]).print() />
            <label>
                {t.filter_budget_over}
                <input type="number" name="budget" value=value min="0" max="1000" />
            </label>
            <button class="btn small" type="submit">
                {t.apply}
            </button>
        </GetForm>
    }
    .into_any()
}

/// Escape closes the filter, as it would close a menu.
#[cfg(feature = "hydrate")]
fn close_on_escape(url: UsersUrl) {
    let navigate = leptos_router::hooks::use_navigate();
    let opener = crate::components::FocusReturn::here();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            let to = url.query.with_untracked(|query| url.href(&query.opened(None, None)));
            let options = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
            navigate(&to, options);
        }
    });
    on_cleanup(move || {
        handle.remove();
        opener.restore();
    });
}

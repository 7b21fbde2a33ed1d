//! What narrows the list, each with a link that takes it out; and what of the address had no
//! effect.

use leptos::prelude::*;
use model::query::UsersQuery;
use model::text::{fill, text};
use model::url::{Ignored, IgnoredBecause};
use model::users::{Filter, ListSummary};

use super::data::use_users_data;
use super::words::{chosen, option_label, with};
use crate::components::{Icon, icons};
use crate::url::{UsersUrl, use_users_url};

/// The row of chips; nothing where nothing narrows.
#[component]
pub fn Chips() -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    view! {
        <div class="chips">
            {move || filter_chips(url, &url.query.get())}
            <Transition>
                {move || Suspend::new(async move {
                    let page = data.rows.await.ok();
                    let list = page.as_ref().and_then(|page| page.list.clone());
                    let mut ignored = url.ignored.get();
                    ignored.extend(page.map(|page| page.ignored).unwrap_or_default());
                    let query = url.query.get();
                    let clears = query.is_narrowed() || !ignored.is_empty();
                    view! {
                        {list.map(|list| list_chip(url, &query, &list))}
                        {ignored.iter().map(ignored_chip).collect_view()}
                        {clears.then(|| view! {
                            <a
                                class="btn small ghost"
                                href=url.href(&UsersQuery {
                                    tab: query.tab,
                                    columns: query.columns.clone(),
                                    size: query.size,
                                    ..UsersQuery::default()
                                })
                                data-noscroll=""
                            >
                                {text().clear_all}
                            </a>
                        })}
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn filter_chips(url: UsersUrl, query: &UsersQuery) -> impl IntoView + use<> {
    let mut chips = Vec::new();
    if !query.search.is_empty() {
        let without = query.changed(|query| query.search.clear());
        chips.push(chip(text().users_search, &query.search, url.href(&without)));
    }
    for filter in Filter::ALL {
        let values = chosen(query, *filter);
        if values.is_empty() {
            continue;
        }
        let words: Vec<String> = values.iter().map(|v| option_label(*filter, v)).collect();
        let without = with(query, *filter, &[]);
        chips.push(chip(filter.label(), &words.join(", "), url.href(&without)));
    }
    chips.collect_view()
}

fn chip(label: &'static str, value: &str, without: String) -> AnyView {
    let removes = fill(text().remove, &[label]);
    view! {
        <span class="chip">
            <em>{label}":"</em>
            <b dir="auto">{value.to_owned()}</b>
            <a href=without data-noscroll="" aria-label=removes>
                <Icon path=icons::CROSS />
            </a>
        </span>
    }
    .into_any()
}

fn list_chip(url: UsersUrl, query: &UsersQuery, list: &ListSummary) -> impl IntoView + use<> {
    let t = text();
    let numbers = [list.found.active, list.found.pending, list.found.deleted, list.unknown]
        .map(model::format::count);
    let summary = fill(t.paste_summary, &numbers.each_ref().map(String::as_str));
    let unknown = (!list.unknown_examples.is_empty()).then(|| {
        let examples = list.unknown_examples.join(", ");
        view! { <p class="note">{fill(t.paste_unknown, &[&examples])}</p> }
    });
    let without = query.changed(|query| query.list = None);
    view! {
        {chip(t.chip_list, &summary, url.href(&without))}
        {unknown}
    }
}

fn ignored_chip(ignored: &Ignored) -> impl IntoView + use<> {
    let t = text();
    let why = match ignored.why {
        IgnoredBecause::UnknownName => t.chip_ignored_unknown_name,
        IgnoredBecause::UnknownValue => t.chip_ignored_unknown_value,
        IgnoredBecause::Repeated => t.chip_ignored_repeated,
        IgnoredBecause::Contradicts => t.chip_ignored_contradicts,
        IgnoredBecause::Gone => t.chip_ignored_gone,
        IgnoredBecause::OtherQuery => t.chip_ignored_other_query,
    };
    view! {
        <span class="chip ignored" title=why>
            <em>{t.chip_ignored}":"</em>
            <b dir="auto">{ignored.name.clone()}"="{ignored.value.clone()}</b>
            <span class="visually-hidden">{why}</span>
        </span>
    }
}

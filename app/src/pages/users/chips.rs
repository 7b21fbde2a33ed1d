//! What narrows the list, each with a link that takes it out; and what of the address had no
//! effect.

use maud::{Markup, html};
use model::query::UsersQuery;
use model::text::{fill, text};
use model::url::{Ignored, IgnoredBecause};
use model::users::{Filter, ListSummary, UsersPage};

use super::words::{chosen, option_label, with};
use crate::components::{Icon, icon, icon_link};
use crate::server_fns::Answer;
use crate::url::UsersUrl;

/// The row of chips; nothing where nothing narrows.
pub fn chips(url: UsersUrl, page: &Option<Answer<UsersPage>>) -> Markup {
    let t = text();
    let query = url.query();
    let page = page.as_ref().and_then(|page| page.as_ref().ok());
    let mut ignored = url.ignored();
    ignored.extend(page.map(|page| page.ignored.clone()).unwrap_or_default());
    if !query.is_narrowed() && ignored.is_empty() {
        return Markup::default();
    }
    let clear = url.href(&UsersQuery {
        tab: query.tab,
        columns: query.columns.clone(),
        size: query.size,
        ..UsersQuery::default()
    });
    let without_search = query.changed(|query| query.search.clear());
    html! {
        div .chips {
            @if !query.search.is_empty() {
                (chip(t.chip_search, &query.search, &url.href(&without_search)))
            }
            @for filter in Filter::ALL {
                (filter_chip(url, &query, *filter, &ignored))
            }
            @if let Some(list) = page.and_then(|page| page.list.as_ref()) {
                (list_chip(url, &query, list))
            }
            @for ignored in &ignored {
                (ignored_chip(ignored))
            }
            a .btn.small.ghost href=(clear) data-noscroll { (t.clear_all) }
        }
    }
}

/// A filter with those of its values that narrow.
fn filter_chip(url: UsersUrl, query: &UsersQuery, filter: Filter, ignored: &[Ignored]) -> Markup {
    let mut values = chosen(query, filter);
    for gone in ignored.iter().filter(|one| one.why == IgnoredBecause::Gone) {
        values.retain(|value| *gone != Ignored::new(filter.word(), value, gone.why));
    }
    if values.is_empty() {
        return Markup::default();
    }
    let words: Vec<String> = values.iter().map(|value| option_label(filter, value)).collect();
    chip(filter.label(), &words.join(", "), &url.href(&with(query, filter, &[])))
}

/// What narrows a list, with the address without it.
pub fn chip(label: &str, value: &str, without: &str) -> Markup {
    let removes = fill(text().remove, &[label]);
    html! {
        span .chip {
            em { (label) ":" }
            b dir="auto" { (value) }
            (icon_link("", Some(without), Icon::CROSS, &removes))
        }
    }
}

fn list_chip(url: UsersUrl, query: &UsersQuery, list: &ListSummary) -> Markup {
    let t = text();
    let numbers = [list.found.active, list.found.pending, list.found.deleted, list.unknown]
        .map(model::format::count);
    let summary = fill(t.paste_summary, &numbers.each_ref().map(String::as_str));
    let without = query.changed(|query| query.list = None);
    html! {
        (chip(t.chip_list, &summary, &url.href(&without)))
        @if !list.unknown_examples.is_empty() {
            p .note { (fill(t.paste_unknown, &[&list.unknown_examples.join(", ")])) }
        }
    }
}

/// Why a part of an address had no effect.
pub fn why_ignored(ignored: &Ignored) -> &'static str {
    let t = text();
    match ignored.why {
        IgnoredBecause::UnknownName => t.chip_ignored_unknown_name,
        IgnoredBecause::UnknownValue => t.chip_ignored_unknown_value,
        IgnoredBecause::Repeated => t.chip_ignored_repeated,
        IgnoredBecause::Contradicts => t.chip_ignored_contradicts,
        IgnoredBecause::Gone => t.chip_ignored_gone,
        IgnoredBecause::OtherQuery => t.chip_ignored_other_query,
    }
}

/// A part of an address that had no effect, with the reason.
pub fn ignored_chip(ignored: &Ignored) -> Markup {
    let t = text();
    let why = why_ignored(ignored);
    html! {
        span .chip.ignored title=(why) {
            (icon(Icon::WARNING))
            em { (t.chip_ignored) ":" }
            b dir="auto" { (ignored.name) "=" (ignored.value) }
            span .visually-hidden { (why) }
        }
    }
}

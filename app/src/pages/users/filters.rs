//! The filters: a link each that opens it, and the opened one with its options and their counts.

use leptos::prelude::*;
use maud::{Markup, html};
use model::format::count;
use model::query::{Period, UsersQuery};
use model::text::{fill, text};
use model::users::{Dialog, Filter, FilterOptions, UsersPage};

use super::data::{has_seats, open_filter, use_users_data};
use super::words::{chosen, option_label, toggled, with};
use crate::components::{
    About, Icon, Send, block, close_link, form, hidden_fields, icon, live, problem_note, switch,
};
use crate::server_fns::Answer;
use crate::url::{UsersUrl, use_users_url};

/// The bar of filters, with the open one under its button.
pub fn filters() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    let filter = Memo::new(move |_| url.with(open_filter).map_or("", Filter::word).to_owned());
    let popover = switch(move || {
        let filter = filter.with(|word| Filter::from_word(word))?;
        #[cfg(feature = "hydrate")]
        crate::components::on_escape(format!("filter-{}", filter.word()), url.closed());
        let form = match filter {
            Filter::Registered => custom_range(url),
            Filter::Budget => custom_budget(url),
            _ => ().into_any(),
        };
        let options = live(move || options(url, filter, &data.options.get().flatten()));
        let about = About {
            role: Some("group"),
            labelled_by: Some(format!("filter-{}", filter.word())),
            ..About::default()
        };
        Some(block("div", "popover", about, vec![options, form]))
    });
    let about = About { role: Some("group"), label: Some(text().filters), ..About::default() };
    block("div", "filters", about, vec![live(move || openers(url, &data.rows.get())), popover])
}

fn openers(url: UsersUrl, page: &Option<Answer<UsersPage>>) -> Markup {
    let query = url.query();
    let has_seats = has_seats(page);
    let open = open_filter(&query);
    html! {
        @for filter in Filter::ALL.iter().filter(|filter| filter.fits(query.tab, has_seats)) {
            @let is_open = open == Some(*filter);
            @let dialog = (!is_open).then_some(Dialog::Filter(*filter));
            a #{ "filter-" (filter.word()) }
                class=(if chosen(&query, *filter).is_empty() { "filter" } else { "filter on" })
                href=(url.href(&query.opened(None, dialog))) aria-expanded=(is_open) data-noscroll {
                (filter.label())
                (icon(Icon::DOWN))
            }
        }
    }
}

fn options(url: UsersUrl, filter: Filter, answer: &Option<Answer<FilterOptions>>) -> Markup {
    let t = text();
    let query = url.query();
    let taken = chosen(&query, filter);
    // The filter stays open, so that more than one can be chosen.
    let next = |value: &str| {
        url.href(&UsersQuery { dialog: query.dialog, ..toggled(&query, filter, value) })
    };
    html! {
        header { b { (filter.label()) } (close_link(&url.href(&query.opened(None, None)))) }
        @match answer {
            None => { p .muted.loading { (t.loading) } }
            Some(Err(problem)) => { (problem_note(problem)) }
            Some(Ok(found)) => {
                div .options {
                    @for option in &found.options {
                        @let is_chosen = taken.contains(&option.value);
                        a .option #{ "option-" (option.value) } href=(next(&option.value))
                            aria-current=(is_chosen) data-noscroll {
                            span class=(if filter.takes_many() { "mark many" } else { "mark" }) {
                                @if is_chosen { (icon(Icon::CHECK)) }
                            }
                            span .clip dir="auto" { (option_label(filter, &option.value)) }
                            span .n { (count(option.count)) }
                        }
                    }
                }
                @if found.options.is_empty() { p .muted { (t.filter_no_options) } }
                @if found.more > 0 {
                    p .muted { (fill(t.filter_search_options, &[&count(found.more)])) }
                }
            }
        }
    }
}

fn custom_range(url: UsersUrl) -> AnyView {
    let query = url.now(UsersQuery::clone);
    let (from, to) = match query.registered {
        Some(Period::Range(from, to)) => (from, to),
        _ => (None, None),
    };
    let rest = with(&query, Filter::Registered, &[]).print();
    let fields = html! { (hidden_fields(&rest)) (range_fields(from, to)) };
    get_form(url.base(), fields)
}

/// The two dates of a range and their button.
pub fn range_fields(from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>) -> Markup {
    let t = text();
    let field = |name: &str, label: &str, date: Option<chrono::NaiveDate>| {
        html! {
            label {
                (label)
                input type="date" name=(name) value=[date.map(model::format::iso_day)] min="1970-01-01" max="9999-12-31";
            }
        }
    };
    html! {
        (field("from", t.filter_from, from))
        (field("to", t.filter_to, to))
        button .btn.small type="submit" { (t.apply) }
    }
}

fn custom_budget(url: UsersUrl) -> AnyView {
    let t = text();
    let query = url.now(UsersQuery::clone);
    let fields = html! {
        (hidden_fields(&with(&query, Filter::Budget, &[]).print()))
        label {
            (t.filter_budget_over)
            input type="number" name="budget" value=[query.budget_over] min="0" max="1000";
        }
        button .btn.small type="submit" { (t.apply) }
    };
    get_form(url.base(), fields)
}

/// A GET form whose fields are written once.
pub fn get_form(path: String, fields: Markup) -> AnyView {
    form(Send::Get(path), "range", RwSignal::new(None), crate::components::fixed(fields))
}

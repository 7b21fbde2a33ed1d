//! The column chooser: every choice is a link, so it works without scripts and lands in the
//! address at once.

use leptos::prelude::*;
use maud::{Markup, html};
use model::query::UsersQuery;
use model::text::{fill, text};
use model::users::Column;

use super::data::{has_seats, use_users_data};
use crate::components::{Icon, dialog, icon, icon_link, live};
use crate::url::{UsersUrl, use_users_url};

/// The dialog.
pub fn columns() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    dialog(
        text().columns_title,
        "open-columns",
        url.closed(),
        live(move || chooser(url, &url.query(), has_seats(&data.rows.get()))),
    )
}

fn chooser(url: UsersUrl, query: &UsersQuery, has_seats: bool) -> Markup {
    let t = text();
    let shown = query.shown_columns(has_seats);
    let defaults = UsersQuery { columns: None, ..query.clone() }.shown_columns(has_seats);
    let to = |columns: Option<Vec<Column>>| {
        let columns = columns.filter(|columns| *columns != defaults);
        url.href(&UsersQuery { columns, ..query.clone() })
    };
    let without = |i: usize| {
        let mut rest = shown.clone();
        rest.remove(i);
        // The last column can't be taken away: a table shows something.
        (!rest.is_empty()).then(|| to(Some(rest)))
    };
    let with = |column: Column| {
        let mut more = shown.clone();
        more.push(column);
        to(Some(more))
    };
    let moved = |i: usize, other: Option<usize>| {
        let other = other.filter(|other| *other < shown.len())?;
        let mut order = shown.clone();
        order.swap(i, other);
        Some(to(Some(order)))
    };
    html! {
        p .muted { (t.columns_hint) }
        ol .columns {
            @for (i, column) in shown.iter().enumerate() {
                li {
                    (choice(*column, true, without(i).as_deref()))
                    (arrow(moved(i, i.checked_sub(1)), Icon::UP, t.columns_up, *column))
                    (arrow(moved(i, Some(i + 1)), Icon::DOWN, t.columns_down, *column))
                }
            }
            @for column in Column::ALL.iter().filter(|column| column.fits(has_seats) && !shown.contains(column)) {
                li { (choice(*column, false, Some(&with(*column)))) }
            }
        }
        footer { a .btn href=(to(None)) data-noscroll { (t.columns_default) } }
    }
}

fn choice(column: Column, is_shown: bool, href: Option<&str>) -> Markup {
    html! {
        a .option #{ "column-" (column.word()) } href=[href] aria-current=(is_shown) data-noscroll {
            span .mark.many { @if is_shown { (icon(Icon::CHECK)) } }
            (column.label())
        }
    }
}

fn arrow(href: Option<String>, picture: Icon, label: &str, column: Column) -> Markup {
    match href {
        Some(href) => {
            let label = fill(label, &[column.label()]);
            icon_link("btn icon small ghost", Some(&href), picture, &label)
        }
        None => html! { span .btn.icon.small.ghost aria-hidden="true" {} },
    }
}

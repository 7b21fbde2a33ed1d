//! The column chooser: every choice is a link, so it works without scripts and lands in the
//! address at once.

use leptos::prelude::*;
use model::query::UsersQuery;
use model::text::{fill, text};
use model::users::Column;

use crate::components::{Dialog, Icon, icons};
use crate::url::{UsersUrl, use_users_url};

/// The dialog.
#[component]
pub fn Columns() -> impl IntoView {
    let url = use_users_url();
    let t = text();
    let close = url.query.with_untracked(|query| url.href(&query.opened(None, None)));
    view! {
        <Dialog title=t.columns_title close=close>
            <p class="muted">{t.columns_hint}</p>
            <ol class="columns">{move || rows(url, &url.query.get())}</ol>
            <footer>
                <a
                    class="btn"
                    href=move || {
                        url.query
                            .with(|query| url.href(&UsersQuery { columns: None, ..query.clone() }))
                    }
                    data-noscroll=""
                >
                    {t.columns_default}
                </a>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn rows(url: UsersUrl, query: &UsersQuery) -> impl IntoView + use<> {
    let t = text();
    let shown = query.shown_columns();
    let to = |columns: Vec<Column>| {
        let columns = (columns != Column::defaults(query.tab)).then_some(columns);
        url.href(&UsersQuery { columns, ..query.clone() })
    };
    let mut rows = Vec::new();
    for (i, column) in shown.iter().enumerate() {
        let mut without = shown.clone();
        without.remove(i);
        // The last column can't be taken away: a table shows something.
        let href = (!without.is_empty()).then(|| to(without));
        let moved = |other: Option<usize>| {
            let other = other.filter(|other| *other < shown.len())?;
            let mut moved = shown.clone();
            moved.swap(i, other);
            Some(to(moved))
        };
        let up = arrow(moved(i.checked_sub(1)), icons::UP, fill(t.columns_up, &[column.label()]));
        let down = arrow(moved(Some(i + 1)), icons::DOWN, fill(t.columns_down, &[column.label()]));
        rows.push(row(*column, true, href, Some((up, down))));
    }
    for column in Column::ALL.iter().filter(|column| !shown.contains(column)) {
        let mut with = shown.clone();
        with.push(*column);
        rows.push(row(*column, false, Some(to(with)), None));
    }
    rows
}

fn row(
    column: Column,
    is_shown: bool,
    href: Option<String>,
    arrows: Option<(AnyView, AnyView)>,
) -> AnyView {
    view! {
        <li>
            <a class="option" href=href data-noscroll="" aria-current=is_shown.to_string()>
                <span class="mark many">
                    {is_shown.then(|| view! { <Icon path=icons::CHECK /> })}
                </span>
                {column.label()}
            </a>
            {arrows}
        </li>
    }
    .into_any()
}

fn arrow(href: Option<String>, icon: &'static str, label: String) -> AnyView {
    match href {
        Some(href) => view! {
            <a class="btn icon small ghost" href=href data-noscroll="" aria-label=label>
                <Icon path=icon />
            </a>
        }
        .into_any(),
        None => view! { <span class="btn icon small ghost" aria-hidden="true"></span> }.into_any(),
    }
}

//! The table: headings that sort, a row for each person, and the states without rows.

use leptos::prelude::*;
use model::format::{WallTime, credits};
use model::people::{Status, Tab};
use model::query::{Sort, UsersQuery};
use model::text::{fill, text};
use model::users::{Column, UserRow, UsersPage};

use super::data::use_users_data;
use super::pager::Foot;
use crate::components::{Avatar, EmptyState, Icon, ProblemState, RoleBadge, StatusBadge, icons};
use crate::context::Announcement;
use crate::url::{UsersUrl, use_users_url};

/// The table with its foot.
#[component]
pub fn People() -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    let t = text();
    let (is_loading, set_loading) = signal(false);
    view! {
        <div class="people" aria-busy=move || is_loading.get().to_string()>
            <Transition fallback=Skeleton set_pending=set_loading>
                {move || Suspend::new(async move {
                    let answer = data.rows.await;
                    let query = url.query.get();
                    match answer {
                        Ok(page) if page.rows.is_empty() => empty(url, &query),
                        Ok(page) => table(url, &query, page),
                        Err(problem) => {
                            view! { <ProblemState title=t.users_failed_title problem=problem /> }
                                .into_any()
                        }
                    }
                })}
            </Transition>
            <Foot />
        </div>
    }
    .into_any()
}

fn table(url: UsersUrl, query: &UsersQuery, page: UsersPage) -> AnyView {
    let columns = query.shown_columns();
    let headings = columns.iter().map(|column| heading(url, query, *column)).collect_view();
    let now = page.as_of;
    let rows = page
        .rows
        .into_iter()
        .map(|row| {
            let is_open = query.person == Some(row.id);
            let cells = columns
                .iter()
                .enumerate()
                .map(|(i, column)| cell(url, query, *column, &row, now, i == 0))
                .collect_view();
            view! { <tr aria-selected=is_open.then_some("true")>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=text().users_table>
            <table>
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn heading(url: UsersUrl, query: &UsersQuery, column: Column) -> AnyView {
    let is_sorted = query.sort.column == column;
    let descending = if is_sorted { !query.sort.descending } else { column.descends_first() };
    let href = url.href(&query.changed(|query| query.sort = Sort { column, descending }));
    let order = is_sorted.then_some(if query.sort.descending { "descending" } else { "ascending" });
    let icon = if query.sort.descending { icons::DOWN } else { icons::UP };
    view! {
        <th scope="col" class=column.is_numeric().then_some("num") aria-sort=order>
            <a href=href data-noscroll="">
                {column.label()}
                {is_sorted.then(|| view! { <Icon path=icon /> })}
            </a>
        </th>
    }
    .into_any()
}

fn cell(
    url: UsersUrl,
    query: &UsersQuery,
    column: Column,
    row: &UserRow,
    now: WallTime,
    is_first: bool,
) -> AnyView {
    if column == Column::Name {
        return name(url, query, row, !query.shown_columns().contains(&Column::Email));
    }
    if is_first {
        // Whatever stands first names the row and opens the person.
        let href = url.href(&query.opened(Some(row.id), None));
        let content = content(column, row, now);
        return view! {
            <th scope="row">
                <a href=href data-noscroll="">
                    {content}
                </a>
            </th>
        }
        .into_any();
    }
    let class = column.is_numeric().then_some("num");
    view! { <td class=class>{content(column, row, now)}</td> }.into_any()
}

fn name(url: UsersUrl, query: &UsersQuery, row: &UserRow, with_email: bool) -> AnyView {
    let href = url.href(&query.opened(Some(row.id), None));
    let email = (with_email && row.email != row.name)
        .then(|| view! { <small dir="ltr">{row.email.clone()}</small> });
    view! {
        <th scope="row">
            <a class="person" href=href data-noscroll="" data-person=row.id>
                <Avatar name=row.name.clone() id=row.id />
                <span>
                    <b dir="auto">{row.name.clone()}</b>
                    {email}
                </span>
            </a>
        </th>
    }
    .into_any()
}

fn content(column: Column, row: &UserRow, now: WallTime) -> AnyView {
    let t = text();
    if let Some(n) = row.usage_of(column) {
        return model::format::count(n).into_any();
    }
    match column {
        Column::Email => plain(&row.email),
        Column::Username => plain(&row.username),
        Column::Phone => plain(&row.phone),
        Column::Promo => plain(&row.promo_code),
        Column::Origin if row.origin.is_empty() => muted(t.direct),
        Column::Origin => plain(&row.origin),
        Column::Created if row.status == Status::Pending => match row.invited {
            Some(sent) => time(sent),
            None => muted(t.not_sent_yet),
        },
        Column::Created => time(row.created),
        Column::Role => view! { <RoleBadge role=row.role /> }.into_any(),
        Column::Status => view! { <StatusBadge status=row.status /> }.into_any(),
        Column::Licence => check(row.licensed, t.licensed_yes, t.licensed_no),
        Column::Paying => check(row.paying, t.yes, t.no),
        Column::Budget => budget(row),
        Column::LastActive => match row.last_active {
            Some(at) => {
                let ago = at.ago(now);
                view! { <time class="muted" datetime=at.machine() title=at.minute()>{ago}</time> }
                    .into_any()
            }
            None => muted(t.never),
        },
        Column::Referral => referral(row),
        Column::InviteExpires => match row.invite_expires {
            Some(end) if row.status == Status::Pending && end <= now => {
                view! { <span class="badge warn">{fill(t.expired, &[&end.ago(now)])}</span> }
                    .into_any()
            }
            Some(end) => time(end),
            None => muted(t.none),
        },
        Column::Deleted => row.deleted.map_or_else(|| muted(t.none), time),
        _ => muted(t.none),
    }
}

fn plain(value: &str) -> AnyView {
    match value {
        "" => muted(text().none),
        value => view! { <span class="muted clip" dir="auto">{value.to_owned()}</span> }.into_any(),
    }
}

fn muted(value: &'static str) -> AnyView {
    view! { <span class="muted">{value}</span> }.into_any()
}

fn time(at: WallTime) -> AnyView {
    view! { <time datetime=at.machine()>{at.minute()}</time> }.into_any()
}

fn check(is: bool, yes: &'static str, no: &'static str) -> AnyView {
    if is {
        view! {
            <span class="check-mark" title=yes>
                <Icon path=icons::CHECK />
                <span class="visually-hidden">{yes}</span>
            </span>
        }
        .into_any()
    } else {
        view! {
            <span class="muted" title=no>
                <span aria-hidden="true">{text().none}</span>
                <span class="visually-hidden">{no}</span>
            </span>
        }
        .into_any()
    }
}

/// Credits used and allowed, with a meter where there is a limit.
pub fn budget(row: &UserRow) -> AnyView {
    let t = text();
    let used = credits(row.budget_used);
    let Some(limit) = row.budget_limit else {
        return view! { <span>{fill(t.budget_unlimited, &[&used])}</span> }.into_any();
    };
    let share = row.budget_used.saturating_mul(100) / limit.max(1);
    let level = match share {
        100.. => "meter over",
        80.. => "meter near",
        _ => "meter",
    };
    view! {
        <span class=level style=format!("--v:{}%", share.clamp(0, 100))>
            {fill(t.budget_of, &[&used, &credits(limit)])}
            <i></i>
        </span>
    }
    .into_any()
}

/// The person's referral link: a link where there are no scripts, else copied by a click.
pub fn referral(row: &UserRow) -> AnyView {
    let t = text();
    if row.referral_code.is_empty() {
        return muted(t.none);
    }
    let announcement = expect_context::<Announcement>();
    let href = format!("/?ref={}", row.referral_code);
    let label = fill(t.copy_link, &[&row.name]);
    view! {
        <a
            class="copy"
            href=href.clone()
            rel="external"
            aria-label=label.clone()
            title=label
            on:click=move |event| {
                if copy(&href, announcement) {
                    event.prevent_default();
                }
            }
        >
            <Icon path=icons::LINK />
        </a>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn copy(path: &str, announcement: Announcement) -> bool {
    let window = window();
    // Without a secure context there is no clipboard; then the link is followed.
    let Ok(origin) = window.location().origin() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    let written = window.navigator().clipboard().write_text(&format!("{origin}{path}"));
    leptos::task::spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            announcement.0.set(text().copied.to_owned());
            gloo_timers::future::TimeoutFuture::new(2_000).await;
            announcement.0.set(String::new());
        }
    });
    true
}

#[cfg(not(feature = "hydrate"))]
fn copy(_: &str, _: Announcement) -> bool {
    false
}

fn empty(url: UsersUrl, query: &UsersQuery) -> AnyView {
    let t = text();
    if query.is_narrowed() {
        let clear = url.href(&UsersQuery { tab: query.tab, ..UsersQuery::default() });
        return view! {
            <EmptyState title=t.users_empty_filtered_title sentence=t.users_empty_filtered>
                <a class="btn" href=clear data-noscroll="">
                    {t.clear_all}
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let sentence = match query.tab {
        Tab::Pending => t.users_empty_pending,
        Tab::Deleted => t.users_empty_deleted,
        Tab::Active | Tab::All => t.users_empty_active,
    };
    view! { <EmptyState title=t.users_empty_title sentence=sentence /> }.into_any()
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="table">
            {(0..12).map(|_| view! { <div class="skeleton row"></div> }).collect_view()}
        </div>
    }
    .into_any()
}

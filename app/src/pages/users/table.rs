//! The table: headings that sort, a row for each person, and the states without rows.

use leptos::prelude::*;
use maud::{Markup, html};
use model::format::{WallTime, count, credits};
use model::people::{Status, Tab};
use model::query::{Sort, UsersQuery};
use model::text::{fill, text};
use model::users::{Column, UserRow, UsersPage};

use super::acts::{self, Looker};
use super::data::use_users_data;
use super::pager;
use crate::components::{
    About, Icon, avatar, block, empty_state, icon, live, problem_state, role_badge, status_badge,
};
use crate::context::CurrentCaller;
use crate::server_fns::Answer;
use crate::url::{UsersUrl, use_users_url};

/// The table with its foot.
pub fn people() -> AnyView {
    let url = use_users_url();
    let data = use_users_data();
    let caller = expect_context::<CurrentCaller>().0;
    let table = live(move || {
        // Once the rows of a new view are there, its headings go with them.
        let page = data.rows.get();
        let looker = Looker::of(caller.get().flatten().as_ref());
        body(url, &url.query(), looker, &page)
    });
    let forms = live(move || match data.rows.get() {
        Some(Ok(page)) => {
            let query = url.query();
            let total = data.totals.get().and_then(Result::ok).map(|totals| totals.of(query.tab));
            acts::forms(Looker::of(caller.get().flatten().as_ref()), &query, &page, total)
        }
        _ => Markup::default(),
    });
    let foot = live(move || {
        let (page, totals) = (data.rows.get(), data.totals.get());
        pager::foot(url, &url.query(), &page, &totals)
    });
    let about = About { id: Some("people"), ..About::default() };
    block("div", "people", about, vec![table, forms, foot])
}

fn body(
    url: UsersUrl,
    query: &UsersQuery,
    looker: Looker,
    page: &Option<Answer<UsersPage>>,
) -> Markup {
    let t = text();
    match page {
        None => html! {
            div .table { @for _ in 0..12 { div .skeleton.row {} } }
        },
        Some(Err(problem)) => problem_state(t.users_failed_title, problem),
        Some(Ok(page)) if page.rows.is_empty() => empty(url, query),
        Some(Ok(page)) => table(url, query, looker, page),
    }
}

fn table(url: UsersUrl, query: &UsersQuery, looker: Looker, page: &UsersPage) -> Markup {
    let columns = query.shown_columns(page.has_seats);
    let now = page.as_of;
    html! {
        div .table tabindex="0" role="region" aria-label=(text().users_table) {
            table {
                thead {
                    tr {
                        th .tick { (acts::tick_page(page)) }
                        @for column in &columns { (heading(url, query, *column)) }
                        th .acts scope="col" { span .visually-hidden { (text().acts) } }
                    }
                }
                tbody {
                    @for row in &page.rows {
                        tr aria-selected=[(query.person == Some(row.id)).then_some("true")] {
                            td .tick { (acts::tick(row)) }
                            @for (i, column) in columns.iter().enumerate() {
                                @if i == 0 || *column == Column::Name {
                                    th scope="row" { (person(url, query, &columns, *column, row, now)) }
                                } @else {
                                    td class=[column.is_numeric().then_some("num")] { (cell(looker, *column, row, now)) }
                                }
                            }
                            td .acts { (acts::actions(looker, page, row)) }
                        }
                    }
                }
            }
        }
    }
}

fn heading(url: UsersUrl, query: &UsersQuery, column: Column) -> Markup {
    let sort = query.sort;
    let is_sorted = sort.column == column;
    let descending = if is_sorted { !sort.descending } else { column.descends_first() };
    let href = url.href(&query.changed(|query| query.sort = Sort { column, descending }));
    let (order, picture) = match sort.descending {
        true => ("descending", Icon::DOWN),
        false => ("ascending", Icon::UP),
    };
    html! {
        th scope="col" .num[column.is_numeric()] aria-sort=[is_sorted.then_some(order)] {
            a #{ "sort-" (column.word()) } href=(href) data-noscroll {
                (column.label())
                @if is_sorted { (icon(picture)) }
            }
        }
    }
}

/// What names the row, as the link that opens the person.
fn person(
    url: UsersUrl,
    query: &UsersQuery,
    columns: &[Column],
    column: Column,
    row: &UserRow,
    now: WallTime,
) -> Markup {
    let href = url.href(&query.opened(Some(row.id), None));
    // Who has no name yet is called by their address, which is said once.
    let has_email = !row.email.is_empty();
    let is_address = has_email && row.email == row.name;
    let has_column = columns.contains(&Column::Email);
    html! {
        a #{ "person-" (row.id) } .person[column == Column::Name] href=(href) data-noscroll {
            @if column == Column::Name {
                (avatar(&row.name, row.id))
                span {
                    @if is_address && has_column {
                        span .muted { (text().no_name) span .visually-hidden { " " (row.email) } }
                    } @else {
                        b dir="auto" title=[title(&row.name)] { (row.name) }
                    }
                    @if has_email && !is_address && !has_column {
                        small dir="ltr" title=[title(&row.email)] { (row.email) }
                    }
                }
            } @else {
                (content(column, row, now))
            }
        }
    }
}

/// What can be changed where it stands, for those who may.
fn cell(looker: Looker, column: Column, row: &UserRow, now: WallTime) -> Markup {
    let can_have = matches!(row.status, Status::Active | Status::Awaiting);
    match column {
        // Without seats there is no such column.
        Column::Licence if looker.is_administrator && can_have => acts::licence(row),
        Column::Budget if looker.is_administrator && row.status != Status::Deleted => html! {
            a href={ "/users/" (row.id) "/budget" } rel="external" data-over {
                (budget(row))
            }
        },
        _ => content(column, row, now),
    }
}

fn content(column: Column, row: &UserRow, now: WallTime) -> Markup {
    let t = text();
    if let Some(n) = row.usage_of(column) {
        return html! { (count(n)) };
    }
    match column {
        Column::Email => plain(&row.email),
        Column::Username => plain(&row.username),
        Column::Phone => plain(&row.phone),
        Column::Promo => plain(&row.promo_code),
        Column::Groups => plain(&row.groups),
        Column::InvitedBy => plain(&row.invited_by),
        Column::Origin if row.origin.is_empty() => muted(t.direct),
        Column::Origin => plain(&row.origin),
        Column::Created if row.status == Status::Pending => time(row.invited, t.not_sent_yet),
        Column::Created => time(Some(row.created), t.none),
        Column::Role => role_badge(row.role),
        Column::Status => status_badge(row.status),
        Column::Licence => check(row.licensed, t.licensed_yes, t.licensed_no),
        Column::Paying => check(row.paying, t.yes, t.no),
        Column::Budget => budget(row),
        Column::LastActive => ago(row.last_active, now),
        Column::Referral => referral(row),
        Column::InviteExpires => match row.invite_expires {
            Some(end) if row.status == Status::Pending && end <= now => {
                html! { span .badge.warn { (fill(t.expired, &[&end.ago(now)])) } }
            }
            // Sent once, and withdrawn since.
            None if row.status == Status::Pending && row.invited.is_some() => {
                html! { span .badge.warn { (t.withdrawn) } }
            }
            end => time(end, t.none),
        },
        Column::Deleted => time(row.deleted, t.none),
        Column::Sent if row.status == Status::Pending => time(row.invited, t.not_sent_yet),
        Column::Sent => time(row.invited, t.none),
        _ => muted(t.none),
    }
}

/// How many characters fit into a cell, however wide they are.
const FITS: usize = 24;

fn plain(value: &str) -> Markup {
    match value {
        "" => muted(text().none),
        value => html! { span .muted.clip dir="auto" title=[title(value)] { (value) } },
    }
}

/// The whole of a text that may be cut off.
fn title(value: &str) -> Option<&str> {
    (value.chars().count() > FITS).then_some(value)
}

fn muted(value: &str) -> Markup {
    html! { span .muted { (value) } }
}

/// A point in time, or what stands for none. Without its twin for machines, which two hundred rows would carry.
pub fn time(at: Option<WallTime>, otherwise: &str) -> Markup {
    match at {
        Some(at) => html! { (at.minute()) },
        None => muted(otherwise),
    }
}

/// How long ago, with the point in time on hover.
pub fn ago(at: Option<WallTime>, now: WallTime) -> Markup {
    match at {
        Some(at) => html! {
            span .muted title=(at.minute()) { (at.ago(now)) }
        },
        None => muted(text().never),
    }
}

fn check(is: bool, yes: &str, no: &str) -> Markup {
    html! {
        @if is {
            span .check-mark title=(yes) { (icon(Icon::CHECK)) span .visually-hidden { (yes) } }
        } @else {
            span .muted title=(no) {
                span aria-hidden="true" { (text().none) }
                span .visually-hidden { (no) }
            }
        }
    }
}

/// Credits used and allowed, with a meter where there is a limit.
pub fn budget(row: &UserRow) -> Markup {
    let t = text();
    let used = credits(row.budget_used);
    let Some(limit) = row.budget_limit else {
        return html! { span { (fill(t.budget_unlimited, &[&used])) } };
    };
    let share = row.budget_used.saturating_mul(100) / limit.max(1);
    let level = match share {
        100.. => "meter over",
        80.. => "meter near",
        _ => "meter",
    };
    html! {
        span class=(level) style={ "--v:" (share.clamp(0, 100)) "%" } {
            (fill(t.budget_of, &[&used, &credits(limit)]))
            i {}
        }
    }
}

/// The person's referral link: copied by a click, or followed where there are no scripts.
pub fn referral(row: &UserRow) -> Markup {
    let t = text();
    if row.referral_code.is_empty() {
        return muted(t.none);
    }
    let label = fill(t.copy_link, &[&row.name]);
    html! {
        a .copy href={ "/?ref=" (row.referral_code) } rel="external" data-copy
            aria-label=(label) title=(label) { (icon(Icon::LINK)) }
    }
}

fn empty(url: UsersUrl, query: &UsersQuery) -> Markup {
    let t = text();
    if query.is_narrowed() {
        let clear = url.href(&UsersQuery { tab: query.tab, ..UsersQuery::default() });
        let way_on = html! { a .btn href=(clear) data-noscroll { (t.clear_all) } };
        return empty_state(t.users_empty_filtered_title, t.users_empty_filtered, &way_on);
    }
    let sentence = match query.tab {
        Tab::Pending => t.users_empty_pending,
        Tab::Deleted => t.users_empty_deleted,
        Tab::Active | Tab::All => t.users_empty_active,
    };
    empty_state(t.users_empty_title, sentence, &Markup::default())
}

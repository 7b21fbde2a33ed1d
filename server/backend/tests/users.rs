//! The list: every order is walked there and back, every filter shows what its options count, and
//! nothing that an address can say is an error.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::demo::{Options, fill};
use backend::{Actor, Admin, Backend, lists, trends, users, views};
use files::Folder;
use model::Problem;
use model::people::{Role, Tab};
use model::query::{Sort, UsersQuery};
use model::trends::{Trends, TrendsQuery};
use model::url::IgnoredBecause;
use model::users::{Column, Filter, UserRow, UsersPage};
use model::views::Sharing;

async fn filled() -> (Folder, Backend, Admin) {
    let folder = Folder::new();
    let backend = folder.open().await;
    let options = Options { users: 420, seed: 3 };
    fill(&backend, &Actor::command_line(), options, |_| ()).await.unwrap();
    (folder, backend, Admin::command_line())
}

fn read(text: &str) -> UsersQuery {
    let (query, ignored) = UsersQuery::read(text);
    assert_eq!(ignored, [], "{text}");
    query
}

async fn page(backend: &Backend, admin: &Admin, query: &UsersQuery) -> UsersPage {
    users::list(backend, admin, query).await.unwrap()
}

/// All rows of a query, walked forwards.
async fn walk(backend: &Backend, admin: &Admin, query: &UsersQuery) -> Vec<UserRow> {
    let mut query = query.clone();
    let mut rows: Vec<UserRow> = Vec::new();
    loop {
        let page = page(backend, admin, &query).await;
        assert_eq!(page.offset, Some(rows.len() as i64), "{}", query.print());
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.page = Some(next),
            None => return rows,
        }
    }
}

/// All rows of a query, walked backwards from the last page.
async fn walk_back(backend: &Backend, admin: &Admin, query: &UsersQuery) -> Vec<UserRow> {
    let mut query = UsersQuery { page: Some("last".to_owned()), ..query.clone() };
    let mut rows: Vec<UserRow> = Vec::new();
    loop {
        let page = page(backend, admin, &query).await;
        rows.splice(0..0, page.rows);
        match page.previous {
            Some(previous) if previous.is_empty() => query.page = None,
            Some(previous) => query.page = Some(previous),
            None => return rows,
        }
        if query.page.is_none() {
            let first = self::page(backend, admin, &query).await;
            let seen = rows.iter().position(|row| row.id == rows[0].id).unwrap();
            assert_eq!(seen, 0);
            let missing = first.rows.iter().take_while(|row| row.id != rows[0].id).count();
            rows.splice(0..0, first.rows.into_iter().take(missing));
            return rows;
        }
    }
}

#[tokio::test]
async fn every_order_of_every_list_is_whole_stable_and_the_same_from_both_ends() {
    let (_folder, backend, admin) = filled().await;
    for tab in [Tab::Active, Tab::Pending, Tab::Deleted, Tab::All] {
        let mut all: Vec<i64> = Vec::new();
        for column in Column::ALL {
            for descending in [false, true] {
                let sort = Sort { column: *column, descending };
                let query = UsersQuery { tab, sort, ..read("size=100") };
                let rows = walk(&backend, &admin, &query).await;
                let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
                let back: Vec<i64> =
                    walk_back(&backend, &admin, &query).await.iter().map(|row| row.id).collect();
                assert_eq!(ids, back, "{}", query.print());
                let mut sorted = ids.clone();
                sorted.sort_unstable();
                if all.is_empty() {
                    all.clone_from(&sorted);
                    let total = users::totals(&backend, &admin, &query).await.unwrap().of(tab);
                    assert_eq!(all.len() as i64, total);
                }
                assert_eq!(sorted, all, "{}", query.print());
            }
        }
    }
}

#[tokio::test]
async fn sorting_means_what_the_column_shows() {
    let (_folder, backend, admin) = filled().await;
    let rows = walk(&backend, &admin, &read("tab=all&size=200&sort=-chats")).await;
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.usage[1])));
    let rows = walk(&backend, &admin, &read("size=200&sort=last-active")).await;
    assert!(rows.is_sorted_by_key(|row| row.last_active.map_or(i64::MIN, |at| at.0)));
    let rows = walk(&backend, &admin, &read("size=200&sort=email")).await;
    assert!(rows.is_sorted_by_key(|row| row.email.to_lowercase()));
}

#[tokio::test]
async fn every_option_counts_what_choosing_it_shows() {
    let (_folder, backend, admin) = filled().await;
    let scopes = [
        "",
        "tab=all",
        "tab=pending",
        "tab=deleted",
        "role=user&paying=no&q=an",
        "licence=licensed",
    ];
    for scope in scopes {
        let query = read(scope);
        for filter in Filter::ALL.iter().filter(|filter| filter.fits(query.tab, true)) {
            let options = users::options(&backend, &admin, &query, *filter).await.unwrap();
            for option in options.options.iter().take(6) {
                let name = filter.word();
                // Only this option: the filter's own choice doesn't narrow its options.
                let rest: Vec<&str> = scope
                    .split('&')
                    .filter(|part| !part.starts_with(&format!("{name}=")))
                    .collect();
                let chosen = read(&format!("{}&{name}={}", rest.join("&"), option.value));
                let totals = users::totals(&backend, &admin, &chosen).await.unwrap();
                assert_eq!(option.count, totals.of(query.tab), "{scope} + {name}={}", option.value);
            }
        }
    }
}

#[tokio::test]
async fn the_cards_count_what_they_link_to() {
    let (_folder, backend, admin) = filled().await;
    let kpis = users::kpis(&backend, &admin).await.unwrap();
    for (figure, link) in [
        (kpis.totals.active, ""),
        (kpis.licensed, "licence=licensed"),
        (kpis.unlicensed(), "licence=unlicensed"),
        (kpis.administrators, "role=administrator"),
        (kpis.invited, "tab=all&invited=sent"),
        (kpis.invitations_completed, "tab=all&invited=completed"),
        (kpis.totals.pending, "tab=pending"),
        (kpis.new_30_days, "tab=all&registered=30d"),
    ] {
        let rows = walk(&backend, &admin, &read(&format!("{link}&size=200"))).await;
        assert_eq!(figure, rows.len() as i64, "{link}");
    }
}

#[tokio::test]
async fn search_ignores_case_and_accents_and_takes_signs_literally() {
    let (_folder, backend, admin) = filled().await;
    let everyone = walk(&backend, &admin, &read("tab=all&size=200")).await;
    let someone = everyone.iter().find(|row| row.name.contains(['é', 'ü', 'ø', 'ñ', 'í'])).unwrap();
    let plain = backend::users::fold::fold(&someone.name);
    for term in [someone.name.clone(), someone.name.to_uppercase(), plain, someone.email.clone()] {
        let query = UsersQuery { search: term.clone(), ..read("tab=all&size=200") };
        let found = walk(&backend, &admin, &query).await;
        assert!(found.iter().any(|row| row.id == someone.id), "{term}");
        assert!(found.len() < everyone.len(), "{term}");
    }
    for (term, most) in [("%", 0), ("_____________", 0), ("\"", 0), ("' OR 1=1 --", 0), ("\\", 0)] {
        let query = UsersQuery { search: term.to_owned(), ..read("tab=all") };
        assert_eq!(page(&backend, &admin, &query).await.rows.len(), most, "{term}");
    }
    let by_id = UsersQuery { search: format!("#{}", someone.id), ..read("tab=all") };
    assert_eq!(page(&backend, &admin, &by_id).await.rows[0].id, someone.id);
    // Short terms are substrings as well.
    let short = UsersQuery { search: "an".to_owned(), ..read("tab=all&size=200") };
    let found = walk(&backend, &admin, &short).await.len();
    assert!(found > 0 && found < everyone.len());
}

#[tokio::test]
async fn what_names_nothing_is_reported_and_does_not_empty_the_list() {
    let (_folder, backend, admin) = filled().await;
    let query = read("promo=NO-SUCH-CODE&origin=nowhere.example&list=gone");
    let page = page(&backend, &admin, &query).await;
    assert_eq!(page.rows.len(), 50);
    assert!(page.ignored.iter().all(|one| one.why == IgnoredBecause::Gone));
    assert_eq!(page.ignored.len(), 3);
}

#[tokio::test]
async fn a_cursor_of_another_list_shows_the_first_page_and_says_so() {
    let (_folder, backend, admin) = filled().await;
    let first = page(&backend, &admin, &read("")).await;
    let next = first.next.clone().unwrap();
    for query in ["q=a", "tab=all", "sort=email", "size=25"] {
        let other = UsersQuery { page: Some(next.clone()), ..read(query) };
        let page = page(&backend, &admin, &other).await;
        assert_eq!(page.ignored[0].why, IgnoredBecause::OtherQuery, "{query}");
        assert_eq!(page.offset, Some(0));
        assert!(!page.rows.is_empty());
    }
    for broken in ["x", "last.", "ai.00000000.1.1.1", &next[..next.len() - 2].replace('i', "t")] {
        let query = UsersQuery { page: Some(broken.to_owned()), ..read("") };
        assert_eq!(page(&backend, &admin, &query).await.rows.len(), 50, "{broken}");
    }
}

#[tokio::test]
async fn a_page_whose_people_left_shows_the_end_of_the_list() {
    let (_folder, backend, admin) = filled().await;
    let query = read("tab=pending&size=25&sort=email");
    let first = page(&backend, &admin, &query).await;
    // Somebody pages on from the last row there is.
    let last = UsersQuery { page: Some("last".to_owned()), ..query.clone() };
    let end = page(&backend, &admin, &last).await;
    assert_eq!(end.next, None);
    let mut tx = backend.db().begin().await.unwrap();
    for row in &end.rows {
        sqlx::query("DELETE FROM users WHERE id = $1")
            .bind(row.id)
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    if let Some(next) = first.next {
        let stale = UsersQuery { page: Some(next), ..query };
        assert!(!page(&backend, &admin, &stale).await.rows.is_empty());
    }
}

#[tokio::test]
async fn a_mark_of_the_charts_counts_the_people_it_links_to() {
    let (_folder, backend, admin) = filled().await;
    for period in [
        "",
        "period=30d",
        "period=12m",
        "period=12m&grain=month",
        "period=2025-01-15..2025-06-03&grain=week",
    ] {
        let (query, _) = TrendsQuery::read(period);
        let report = trends::full_report(&backend, &admin, query).await.unwrap();
        assert_eq!(report.total, report.points.iter().map(|point| point.count).sum::<i64>());
        assert_eq!(report.total, report.origins.iter().map(|share| share.count).sum::<i64>());
        for point in report.points.iter().filter(|point| point.count > 0).take(12) {
            let people = Trends::people_of(point);
            let totals = users::totals(&backend, &admin, &people).await.unwrap();
            assert_eq!(totals.of(Tab::All) + point.gone, point.count, "{period}");
        }
        for share in report.origins.iter().take(5) {
            let people = report.people_from(&share.key);
            let totals = users::totals(&backend, &admin, &people).await.unwrap();
            assert_eq!(totals.of(Tab::All), share.count, "{period} {}", share.key);
        }
        for share in report.promo_codes.iter().take(5) {
            let people = report.people_with(&share.key);
            let totals = users::totals(&backend, &admin, &people).await.unwrap();
            assert_eq!(totals.of(Tab::All), share.count, "{period} {}", share.key);
        }
    }
}

#[tokio::test]
async fn the_trends_do_not_change_when_someone_is_deleted_for_good() {
    let (_folder, backend, admin) = filled().await;
    let query = TrendsQuery::read("period=12m").0;
    let before = trends::report(&backend, &admin, query).await.unwrap();
    let someone = page(&backend, &admin, &read("registered=12m")).await.rows[0].id;
    let mut tx = backend.db().begin().await.unwrap();
    sqlx::query("DELETE FROM users WHERE id = $1").bind(someone).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let after = trends::report(&backend, &admin, query).await.unwrap();
    assert_eq!(before.total, after.total);
    assert_eq!(after.points.iter().map(|point| point.gone).sum::<i64>(), 1);
}

#[tokio::test]
async fn periods_beyond_all_bounds_are_cut_and_say_so() {
    let (_folder, backend, admin) = filled().await;
    for (period, was_cut) in [
        ("period=1970-01-01..9999-12-31", true),
        ("period=9999-12-31..", false),
        ("period=..1970-01-01", false),
    ] {
        let report = trends::report(&backend, &admin, TrendsQuery::read(period).0).await.unwrap();
        assert_eq!(report.was_cut, was_cut, "{period}");
    }
}

#[tokio::test]
async fn a_pasted_list_finds_people_by_any_name_and_keeps_its_address() {
    let (_folder, backend, admin) = filled().await;
    let rows = walk(&backend, &admin, &read("tab=all&size=200")).await;
    let active = rows.iter().find(|row| Tab::of(row.status) == Tab::Active).unwrap();
    let pending = rows.iter().find(|row| Tab::of(row.status) == Tab::Pending).unwrap();
    let deleted = rows.iter().find(|row| Tab::of(row.status) == Tab::Deleted).unwrap();
    let pasted = format!(
        "{}, <{}>;\n#{}\t{} nobody@nowhere.example",
        active.username,
        pending.email.to_uppercase(),
        deleted.id,
        active.email,
    );
    let id = lists::paste(&backend, &admin, &pasted).await.unwrap();
    assert_eq!(lists::paste(&backend, &admin, &pasted).await.unwrap(), id);
    let page = page(&backend, &admin, &read(&format!("tab=all&list={id}"))).await;
    assert_eq!(page.rows.len(), 3);
    let list = page.list.unwrap();
    assert_eq!(
        (list.found.active, list.found.pending, list.found.deleted, list.unknown),
        (1, 1, 1, 1)
    );
    assert_eq!(list.unknown_examples, ["nobody@nowhere.example"]);
}

#[tokio::test]
async fn a_list_of_nothing_or_of_too_much_is_refused() {
    let (_folder, backend, admin) = filled().await;
    let many: String = (0..=lists::MOST_ENTRIES).map(|i| format!("user{i}\n")).collect();
    for pasted in ["", " \n,;\u{0} ", many.as_str()] {
        let problem = Problem::from(lists::paste(&backend, &admin, pasted).await.unwrap_err());
        assert!(problem.of_field("entries").is_some());
    }
}

#[tokio::test]
async fn views_are_kept_shared_changed_and_deleted() {
    let (_folder, backend, admin) = filled().await;
    let other = caller(&backend, 2, Role::Administrator);
    let query = read("role=manager&page=last&person=3");
    let slug = views::save(&backend, &admin, " Zoë's\tmanagers ", Sharing::Private, &query).await;
    // The command line has no account to own a view.
    assert!(slug.is_err());
    let owner = caller(&backend, 1, Role::Administrator);
    let slug =
        views::save(&backend, &owner, "Zoë's managers", Sharing::Private, &query).await.unwrap();
    assert_eq!(slug, "zoe-s-managers");
    let again = views::save(&backend, &owner, "Zoë's managers", Sharing::With(Role::User), &query)
        .await
        .unwrap();
    assert_eq!(again, "zoe-s-managers-2");
    assert_eq!(
        views::by_slug(&backend, &owner, &slug).await.unwrap().query.print(),
        "role=manager"
    );
    // A private view is nobody else's; a shared one is everybody's.
    let problem = Problem::from(views::by_slug(&backend, &other, &slug).await.unwrap_err());
    assert_eq!(problem, Problem::NotFound);
    for attempt in [
        views::update(&backend, &other, &slug, &query).await,
        views::delete(&backend, &other, &slug).await,
    ] {
        assert_eq!(Problem::from(attempt.unwrap_err()), Problem::NotFound);
    }
    assert_eq!(views::all(&backend, &other).await.unwrap().len(), 1);
    views::update(&backend, &other, &again, &read("tab=all")).await.unwrap();
    assert_eq!(views::by_slug(&backend, &owner, &again).await.unwrap().query.print(), "tab=all");
    views::delete(&backend, &owner, &slug).await.unwrap();
    assert!(views::by_slug(&backend, &owner, &slug).await.is_err());
}

#[tokio::test]
async fn views_want_a_name() {
    let (_folder, backend, _) = filled().await;
    let owner = caller(&backend, 1, Role::Administrator);
    for name in ["", "  \n", "!?", &"x".repeat(61)] {
        let saved = views::save(&backend, &owner, name, Sharing::Private, &read("")).await;
        assert!(Problem::from(saved.unwrap_err()).of_field("name").is_some(), "{name}");
    }
    let slug = views::save(&backend, &owner, "日本語", Sharing::Private, &read("")).await.unwrap();
    assert_eq!(slug, "view");
}

#[test]
fn only_administrators_become_one() {
    let of = |role| {
        let caller = model::session::Caller { id: 1, name: "x".to_owned(), role };
        Admin::of(Some(&caller), "").err()
    };
    assert_eq!(of(Role::User), Some(Problem::AdminRequired));
    assert_eq!(of(Role::Manager), Some(Problem::AdminRequired));
    assert_eq!(of(Role::Administrator), None);
    assert_eq!(Admin::of(None, "").err(), Some(Problem::SignInRequired));
}

#[tokio::test]
async fn a_person_is_read_or_is_not_there() {
    let (_folder, backend, admin) = filled().await;
    let row = page(&backend, &admin, &read("")).await.rows[0].clone();
    let person = users::person(&backend, &admin, row.id).await.unwrap();
    assert_eq!(person.row, row);
    for id in [0, -1, i64::MAX] {
        let problem = Problem::from(users::person(&backend, &admin, id).await.unwrap_err());
        assert_eq!(problem, Problem::NotFound);
    }
}

#[tokio::test]
async fn the_revision_rises_with_each_change_but_not_with_being_active() {
    let (_folder, backend, admin) = filled().await;
    let before = users::revision(&backend, &admin).await.unwrap();
    let mut tx = backend.db().begin().await.unwrap();
    sqlx::query("UPDATE users SET chats = chats + 1 WHERE id = 1").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(users::revision(&backend, &admin).await.unwrap(), before + 1);
    assert_eq!(page(&backend, &admin, &read("")).await.revision, before + 1);
    let mut tx = backend.db().begin().await.unwrap();
    sqlx::query("UPDATE users SET last_active_at = 5, sessions = 2 WHERE id = 1")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(users::revision(&backend, &admin).await.unwrap(), before + 1);
}

fn caller(_: &Backend, id: i64, role: Role) -> Admin {
    let caller = model::session::Caller { id, name: format!("admin {id}"), role };
    Admin::of(Some(&caller), "192.0.2.1").unwrap()
}

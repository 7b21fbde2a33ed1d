//! What is kept in memory is never older than the data: whoever changes it, and when time passes.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::clock::DAY;
use backend::demo::{Options, fill};
use backend::{Actor, Admin, Backend, Clock, Config, Zone, lists, trends, users, views};
use files::{Folder, NOW, execute};
use futures::future::maybe_done;
use model::people::Tab;
use model::query::UsersQuery;
use model::trends::TrendsQuery;
use model::users::{Filter, Kpis};
use model::views::Sharing;

struct World {
    folder: Folder,
    backend: Backend,
    clock: Clock,
    admin: Admin,
}

impl World {
    async fn new() -> Self {
        let folder = Folder::new();
        let clock = Clock::manual(NOW);
        let config =
            Config { database: folder.database(), zone: Zone::default(), clock: clock.clone() };
        let backend = Backend::open(config).await.unwrap();
        let options = Options { users: 300, seed: 3 };
        fill(&backend, &Actor::command_line(), options, |_| ()).await.unwrap();
        Self { folder, backend, clock, admin: Admin::command_line() }
    }

    async fn total(&self, query: &str) -> i64 {
        let (query, ignored) = UsersQuery::read(query);
        assert_eq!(ignored, []);
        users::totals(&self.backend, &self.admin, &query).await.unwrap().of(query.tab)
    }

    async fn option(&self, query: &str, filter: Filter, value: &str) -> i64 {
        let query = UsersQuery::read(query).0;
        let found = users::options(&self.backend, &self.admin, &query, filter).await.unwrap();
        found.options.iter().find(|option| option.value == value).unwrap().count
    }

    async fn kpis(&self) -> Kpis {
        users::kpis(&self.backend, &self.admin).await.unwrap()
    }

    /// As another process would.
    async fn change(&self, sql: &str) {
        execute(&mut self.folder.beside().await, sql).await;
    }
}

#[tokio::test]
async fn counts_follow_each_change_of_another_process() {
    let world = World::new().await;
    let paying = world.total("paying=yes").await;
    let option = world.option("role=user", Filter::Paying, "yes").await;
    let active = world.kpis().await.totals.active;
    assert_eq!(world.total("paying=yes").await, paying);
    let someone = "(SELECT MIN(id) FROM users WHERE tab = 0 AND role = 0 AND paying = 1)";
    world.change(&format!("UPDATE users SET paying = 0 WHERE id = {someone}")).await;
    assert_eq!(world.total("paying=yes").await, paying - 1);
    assert_eq!(world.option("role=user", Filter::Paying, "yes").await, option - 1);
    world
        .change("UPDATE users SET status_before = status, status = 4, licensed = 0 WHERE id = (SELECT MIN(id) FROM users WHERE status = 3)")
        .await;
    assert_eq!(world.kpis().await.totals.active, active - 1);
}

/// Where there are many people, a count may be a moment behind while it is made anew; in the end it
/// is right without anybody having waited.
#[tokio::test]
async fn counts_of_many_people_catch_up() {
    let world = World::new().await;
    world.change("UPDATE counters SET value = 60000 WHERE name = 'tab:0'").await;
    let paying = world.total("paying=yes").await;
    let someone = "(SELECT MIN(id) FROM users WHERE tab = 0 AND role = 0 AND paying = 1)";
    world.change(&format!("UPDATE users SET paying = 0 WHERE id = {someone}")).await;
    let caught_up = async {
        loop {
            let now = world.total("paying=yes").await;
            if now == paying - 1 {
                break;
            }
            assert_eq!(now, paying, "the count of before, or that of now");
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), caught_up).await.unwrap();
}

#[tokio::test]
async fn rows_follow_each_change_of_another_process() {
    let world = World::new().await;
    let first = async || {
        let query = UsersQuery::default();
        users::list(&world.backend, &world.admin, &query).await.unwrap().rows[0].clone()
    };
    let before = first().await;
    assert_eq!(first().await, before);
    // Being signed in raises no revision, but shows in a column.
    let id = before.id;
    world.change(&format!("UPDATE users SET sessions = sessions + 1 WHERE id = {id}")).await;
    assert_eq!(first().await.usage[5], before.usage[5] + 1);
}

#[tokio::test]
async fn counts_of_the_inactive_follow_who_becomes_active() {
    let world = World::new().await;
    let (never, seen) = (world.total("active=never").await, world.total("active=not-30d").await);
    let option = world.option("", Filter::LastActive, "never").await;
    assert_eq!(option, never);
    let someone = "(SELECT MIN(id) FROM users WHERE tab = 0 AND last_active_at = 0)";
    world.change(&format!("UPDATE users SET last_active_at = {NOW} WHERE id = {someone}")).await;
    assert_eq!(world.total("active=never").await, never - 1);
    assert_eq!(world.total("active=not-30d").await, seen - 1);
    assert_eq!(world.option("", Filter::LastActive, "never").await, never - 1);
}

#[tokio::test]
async fn counts_follow_the_clock() {
    let world = World::new().await;
    world
        .change(&format!("UPDATE users SET last_active_at = {NOW} - 30 * {DAY} WHERE id = 1"))
        .await;
    let before = world.total("active=not-30d").await;
    world.clock.advance(59_999);
    assert_eq!(world.total("active=not-30d").await, before);
    world.clock.advance(1);
    assert_eq!(world.total("active=not-30d").await, before + 1);
    let expired = world.kpis().await.invitations_expired;
    let pending = world.total("tab=pending&invited=pending").await;
    assert!(expired < pending && world.total("registered=7d").await > 0);
    let page = trends::report(&world.backend, &world.admin, TrendsQuery::default()).await.unwrap();
    world.clock.advance(60 * DAY);
    assert_eq!(world.kpis().await.invitations_expired, pending);
    assert_eq!(world.kpis().await.new_30_days, 0);
    assert_eq!(world.total("registered=7d").await, 0);
    let later = trends::report(&world.backend, &world.admin, TrendsQuery::default()).await.unwrap();
    assert_eq!(later.last_day, page.last_day + 60);
    assert!(later.total < page.total);
}

#[tokio::test]
async fn pasted_lists_and_saved_views_are_as_they_are_now() {
    let world = World::new().await;
    let id = lists::paste(&world.backend, &world.admin, "#1 #2 #3").await.unwrap();
    let query = format!("tab=all&list={id}");
    assert_eq!(world.total(&query).await, 3);
    world.change("DELETE FROM list_users WHERE user_id = 2").await;
    assert_eq!(world.total(&query).await, 2);
    let caller = model::session::Caller {
        id: 1,
        name: "anna".to_owned(),
        role: model::people::Role::Administrator,
    };
    let anna = Admin::of(Some(&caller), "").unwrap();
    assert_eq!(views::all(&world.backend, &anna).await.unwrap().len(), 0);
    let query = UsersQuery { tab: Tab::All, ..UsersQuery::default() };
    views::save(&world.backend, &anna, "All", Sharing::Private, &query).await.unwrap();
    assert_eq!(views::all(&world.backend, &anna).await.unwrap().len(), 1);
    assert_eq!(views::all(&world.backend, &world.admin).await.unwrap().len(), 0);
}

#[tokio::test]
async fn trends_follow_who_comes() {
    let world = World::new().await;
    let read = || trends::report(&world.backend, &world.admin, TrendsQuery::default());
    let before = read().await.unwrap().total;
    let day = NOW / DAY;
    world
        .change(&format!(
            "INSERT INTO users (username, status, created_at, created_day, updated_at) VALUES ('new', 2, {NOW}, {day}, {NOW})"
        ))
        .await;
    assert_eq!(read().await.unwrap().total, before + 1);
}

#[tokio::test]
async fn no_more_is_kept_than_fits() {
    let world = World::new().await;
    let first = world.total("budget=1").await;
    for percent in 1..=600 {
        world.total(&format!("budget={percent}")).await;
    }
    assert_eq!(world.total("budget=1").await, first);
}

#[tokio::test]
async fn whoever_gives_up_looking_leaves_nobody_with_what_was() {
    let world = World::new().await;
    let look = || Box::pin(maybe_done(users::revision(&world.backend, &world.admin)));
    let (mut first, mut second, mut third) = (look(), look(), look());
    begin(&mut first);
    begin(&mut second);
    begin(&mut third);
    first.as_mut().await;
    let before = first.as_mut().take_output().unwrap().unwrap();
    world.change("UPDATE users SET paying = 1 - paying WHERE id = 1").await;
    begin(&mut second);
    drop(second);
    third.as_mut().await;
    assert_eq!(third.as_mut().take_output().unwrap().unwrap(), before + 1);
}

/// Mostly it has to wait then; where the answer is there at once, nobody gives up.
fn begin<F: Future>(look: &mut std::pin::Pin<Box<F>>) {
    let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
    let _ = look.as_mut().poll(&mut nobody);
}

#[tokio::test]
async fn rows_and_sessions_follow_each_change_of_another_process() {
    let world = World::new().await;
    let query = UsersQuery::read("sort=created&size=25").0;
    let page = || async { users::list(&world.backend, &world.admin, &query).await.unwrap() };
    let before = page().await;
    let id = before.rows[0].id;
    assert_eq!(page().await.rows, before.rows);
    world.change("UPDATE users SET sessions = sessions + 7 WHERE created_at > 0").await;
    let after = page().await;
    assert_eq!((after.rows[0].id, after.rows[0].usage[5]), (id, before.rows[0].usage[5] + 7));
    world.clock.advance(DAY);
    assert_ne!(page().await.as_of, after.as_of);
}
